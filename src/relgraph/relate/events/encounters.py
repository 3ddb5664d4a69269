"""Meetings, calls and video talks: two sides, found by the grammar around a verb or a noun."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token
from relgraph.relate.events import participants
from relgraph.relate.events.cast import slim
from relgraph.relate.events.partners import counterparts, implied, led_guest, somebody_else, them
from relgraph.relate.events.scenes import rank_of
from relgraph.relate.events.stage import Draft, Stage, kind_of, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.modality import modality_of
from relgraph.relate.when import dated
from relgraph.resolve import Party

_MANNER = 120  # characters between 'by telephone' and the partner
WEAKER = 0.12
"""How much less sure a talk is of which the text only says what was discussed."""
_LESS = 0.72
_BESIDE = 16  # characters behind a name in which 'the late president' begins
_BOTH = ("pair", "sides")
_SURE = {"meeting": 0.84, "phone call": 0.9, "video call": 0.86}


def meet(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry, kind: str) -> None:
    """'X met Y', 'X and Y met', 'With X he talked over ...'."""
    rule = f"event.{trigger.key}"
    if sketch.owned(trigger):
        stage.reject(sketch.view, trigger, rule, "other-sense")  # "the ministers' meet"
        return
    subject = sketch.subject(trigger)
    left = stage.members(subject, sketch.view)
    if not left:
        ahead = sketch.behind(trigger)
        subject, left = (ahead, stage.members(ahead, sketch.view)) if ahead is not None else (subject, left)
    group = sketch.complement(trigger, sketch.grammar.words("met_preps"), direct=True) or sketch.complement(trigger, sketch.grammar.words("met_preps"), direct=False)
    if sketch.passive(trigger) and (by := sketch.complement(trigger, sketch.grammar.agents, direct=False)) is not None and by.start >= trigger.end:
        group = by  # 'where he was met by'
    right = stage.members(group, sketch.view) if group is not subject else ()
    if any(w.low in sketch.grammar.words("object_pronouns") for w in sketch.between(trigger.start, trigger.end)):
        subject, left = None, led_guest(stage, sketch, right)  # 'his visit led him to X'
    if group is not None and group is not subject:
        right = slim([*right, *(p for more in sketch.also(group) for p in stage.members(more, sketch.view))])
    right = tuple(p for p in right if p.name not in {q.name for q in left})
    if left and all(p.kind == "state" and p.form in ("name", "metonym") for p in left) and right and trigger.text.lower() in sketch.grammar.words("seeing"):
        for guest in right:  # 'Bishkek last saw X in 2022': a visit, too
            if guest.kind == "person" and guest.side != left[0].side:
                stage.add(sketch, trigger, "visit", rule + ".by-state", visitor=[guest], host=left[0].name, confidence=0.66)
        return
    if right and all(p.kind == "state" and p.form in ("name", "metonym") for p in right[:1]) and any(w.low in sketch.grammar.words("guest_words") for w in sketch.between(trigger.start, trigger.end)):
        for guest in left:  # 'X is the guest of Tajikistan': a visit, not a talk
            if guest.kind == "person" and guest.side != right[0].side:
                stage.add(sketch, trigger, "visit", rule + ".by-state", visitor=[guest], host=right[0].name, confidence=0.7)
        return
    _settle(stage, sketch, trigger, kind, rule, left, right, subject, group, weak=bool(entry.fields.get("weak")))


def receive(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry, kind: str) -> None:
    """'X received Y', 'Y was received by X'; without 'by X' the host is who is at home."""
    rule = f"event.{trigger.key}"
    subject = sketch.subject(trigger)
    left = stage.members(subject, sketch.view)
    passive = sketch.passive(trigger)
    if subject is None or not left:
        ahead = sketch.behind(trigger)
        if ahead is not None:
            subject, left = ahead, stage.members(ahead, sketch.view)
    group = sketch.complement(trigger, sketch.grammar.agents, direct=False) if passive else sketch.complement(trigger, frozenset(map(str, entry.fields.get("preps", ()))), direct=True)
    right = stage.members(group, sketch.view)
    if passive and group is not None:
        right = slim([*right, *(p for more in sketch.also(group) for p in stage.members(more, sketch.view))])
    if passive:
        rule += ".passive"
        guest = next((p for p in left if p.kind == "person"), None)
        if not right and guest is not None:
            owners = [p for g in sketch.groups if g.start > trigger.end and g.position in ("owner", "governed") for p in g.parties if p.kind == "person" and p.side != guest.side]
            spot = next(iter(sketch.view.places), None)
            lead = stage.cast.leading
            home = spot.state if spot is not None else stage.cast.where or stage.cast.home()
            top = stage.cast.head_of(home) if home and home != guest.side else None
            if owners:
                right, rule = (owners[0],), rule + ".at-his-office"
            elif lead is not None and lead.side != guest.side and (spot is None or spot.state == lead.state):
                right, rule = (lead,), rule + ".anchor"
            elif top is not None:
                right, rule = (top,), rule + ".anchor"
    elif not right and left and (those := them(stage, sketch, trigger, left)):
        right, rule = those, rule + ".them"
    elif left and all(p.kind == "state" and p.form in ("name", "metonym") for p in left) and any(p.kind == "person" for p in right):
        for guest in right:  # 'Astana welcomed the president': a visit, not a talk
            if guest.side != left[0].side:
                stage.add(sketch, trigger, "visit", rule + ".by-state", visitor=[guest], host=left[0].name, confidence=0.62)
        return
    if not passive and not all(p.kind == "person" or p.form in ("office", "side", "anchor", "counterpart") for p in right):
        stage.reject(sketch.view, trigger, rule, "other-sense", "guest")
        return
    _settle(stage, sketch, trigger, kind, rule, left, right, subject, group, weak=False, strict=True)


def talks(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry, kind: str) -> None:
    """'Talks between X and Y', 'X had talks with Y', "X's meeting with Y", 'their meeting'."""
    rule, view = f"event.{trigger.key}", sketch.view
    both = sketch.complement(trigger, sketch.grammar.words("talkers_preps"), direct=False)
    first = next((g for g in sketch.groups if g.start >= trigger.end), None)
    if both is not None and both is first and both.start - trigger.end < 70:
        inside = stage.members(both, view)
        if len(sides(inside)) > 1:
            if entry.fields.get("persons") and not all(p.kind == "person" for p in inside):
                pair = stage.cast.members(Group(parties=(), start=trigger.start, end=trigger.end, anaphor="pair"), view)
                inside = tuple(pair) if len(pair) == 2 and sides(pair) == sides(inside) and all(p.kind == "person" for p in pair) else ()
            if len(sides(inside)) > 1:
                _write(stage, sketch, trigger, kind, rule + ".between", inside, ())
                return
    group = sketch.complement(trigger, sketch.grammar.words("talks_preps"), direct=False)
    if group is None and trigger.text.lower().endswith(tuple(f" {w}" for w in sketch.grammar.company)):
        group = next((g for g in sketch.groups if g.start >= trigger.end and g.prep in sketch.grammar.company and g.start - trigger.end < _MANNER), None)
    right = stage.members(group, view)
    further = next((g for g in sketch.groups if group is not None and group.prep in sketch.grammar.genitive and g.start >= group.end and g.prep in sketch.grammar.company and g.position == "governed" and not sketch.tied(g)), None)
    if further is not None and right and both is group:  # 'negotiations of A ... with B'
        theirs = tuple(p for p in stage.members(further, view) if p.side not in sides(right))
        if theirs:
            _settle(stage, sketch, trigger, kind, rule + ".of", right, theirs, group, further, weak=False)
            return
    if entry.fields.get("persons") and not (right and all(p.kind == "person" for p in right)):
        pair = stage.cast.members(Group(parties=(), start=trigger.start, end=trigger.end, anaphor="pair"), view)
        if len(sides(pair)) == 2 and all(p.kind == "person" for p in pair) and sides(pair) <= set(view.focus) and _definite(sketch, trigger):
            if _held_before(stage, sketch, trigger, pair):
                stage.reject(view, trigger, rule, "told-before")
                return
            _write(stage, sketch, trigger, kind, rule + ".again", pair, (), lower=0.1)
            return
        stage.reject(view, trigger, rule, "other-sense", "participants")
        return
    owner = sketch.owner(trigger)
    subject = owner or sketch.subject(trigger, verb=False)
    left = stage.members(subject, view)
    right = tuple(p for p in right if p.name not in {q.name for q in left})
    if not right and owner is None:
        given = next((g for g in reversed(sketch.groups) if g.end <= trigger.start and g.clause == sketch.clause(trigger.start) and g.position == "object" and g is not subject and trigger.start - g.end < 30), None)
        if given is not None and left:  # 'X gave him an official welcome'
            gift = tuple(p for p in stage.members(given, view) if p.side not in sides(left) and p.kind == "person")
            if gift:
                _settle(stage, sketch, trigger, kind, rule + ".given", left, gift, subject, given, weak=False)
                return
    if right and group is not None and (group.prep in sketch.grammar.words("partner_preps") or (kind != "meeting" and group.prep in sketch.grammar.words("caller_preps"))):
        if owner is None and (not left or len(sides([*left, *right])) < 2 or sketch.leads(trigger)):
            ahead = next((g for g in sketch.groups if g.start >= group.end and g.position == "subject" and g.clause == sketch.clause(trigger.start)), None)
            left = stage.members(ahead, view) or left  # 'In a meeting with Y, X said'
        if not left or (len(sides([*left, *right])) < 2 and owner is None):
            left = implied(stage, sketch, right) if any(p.kind != "state" or p.form != "name" for p in right) or len(right) == 1 else ()
            rule += ".implied"
        _settle(stage, sketch, trigger, kind, rule, left, right, subject, group, weak=False)
        return
    if len(sides(left)) > 1 and all(p.kind == "state" and p.form == "name" for p in left) and any(w.low in stage.gathering_links for w in sketch.before(trigger.start, 3)):
        stage.reject(view, trigger, rule, "other-sense", "participants")  # 'A and B were let in at another meeting'
        return
    if len(sides(left)) > 1 and _two_sided(left):
        lead = {w.low for w in sketch.before(trigger.start, 8)}
        coming = lead & sketch.grammar.words("preparing") and modality_of(view, trigger.start, trigger.end, stage.bench.modals)[1]
        if all(p.form == "anaphor" for p in left) and (coming or (stage.is_old(sketch, trigger, dated(sketch, trigger)[0], False) and lead & sketch.grammar.distancing)):
            _earlier(stage, sketch, trigger, kind, rule, left)
        else:
            _write(stage, sketch, trigger, kind, rule + ".subject", left, ())
        return
    if not trigger.text.lower().endswith(sketch.grammar.several) and (stage.cast.called(trigger, sketch) or _definite(sketch, trigger)):
        pair = stage.cast.members(Group(parties=(), start=trigger.start, end=trigger.end, anaphor="pair"), view)
        if len(pair) == 2 and (stage.is_old(sketch, trigger, dated(sketch, trigger)[0], False) or modality_of(view, trigger.start, trigger.end, stage.bench.modals)[1]):
            _earlier(stage, sketch, trigger, kind, rule, pair)
            return
        if len(sides(pair)) == 2 and view.focus and sides(pair) <= set(view.focus) and all(p.kind == "person" for p in pair):
            if _held_before(stage, sketch, trigger, pair):
                stage.reject(view, trigger, rule, "told-before")
                return
            fresh = bool(view.of_kind("date") or view.places)
            _write(stage, sketch, trigger, kind, rule + ".again", pair, (), lower=0.1 if fresh else 0.2, weak=not fresh)
            return
    if kind == "meeting" and not left and not right and participants.together(stage, sketch, trigger, rule) is not None:
        return
    listed = next((g for g in sketch.groups if g.position != "speaker" and not g.anaphor and len(sides([p for p in g.parties if p.kind == "person"])) == 2), None)
    if listed is not None and not left and len(sides([p for g in sketch.groups for p in g.parties if p.kind == "person"])) == 2:
        _write(stage, sketch, trigger, kind, rule + ".listed", [p for p in listed.parties if p.kind == "person"], (), lower=0.06)
        return
    plural = trigger.text.lower().endswith(sketch.grammar.plural)
    hosts = [p for p in left if p.kind == "person"] or [p for g in sketch.groups if g.start >= trigger.end and g.start - trigger.end < 40 for p in g.parties if p.kind == "person"]
    if plural and len(hosts) == 1 and view.sentence.index:
        iso, _ = dated(sketch, trigger)
        stage.cast.series = (hosts[0], iso, stage.place(sketch, trigger))
    stage.reject(view, trigger, rule, "one-participant" if left or right else "no-pair", "participants")


def _held_before(stage: Stage, sketch: Sketch, trigger: Mention, pair: Sequence[Party]) -> bool:
    """Whether the talk of two was told with its day, so that a later date is of something else: 'in the conversation he wished him well at the elections on 9 June'."""
    names, iso = {p.name for p in pair}, dated(sketch, trigger)[0]
    told = next((d for d in reversed(stage.drafts) if d.fact.kind in _SURE and d.own_date and not d.background and not d.fact.planned and {p.name for p in d.people} == names), None)
    return bool(told is not None and iso and told.fact.date and told.fact.date < iso and not modality_of(sketch.view, trigger.start, trigger.end, stage.bench.modals)[1])


def _earlier(stage: Stage, sketch: Sketch, trigger: Mention, kind: str, rule: str, pair: Sequence[Party]) -> None:
    """Talks of another time, of which the text only says that the same sides held them: 'agreements reached at the talks in May 2016'."""
    states = [stage.cast.as_state(p) for p in pair]
    iso, _ = dated(sketch, trigger)
    planned = modality_of(sketch.view, trigger.start, trigger.end, stage.bench.modals)[1]
    if iso and (planned or any(w.low in sketch.grammar.distancing for w in sketch.before(trigger.start, 8))) and len(sides(states)) == 2 and sides(states) <= set(sketch.view.focus):
        _write(stage, sketch, trigger, kind, rule + ".earlier", states, (), lower=0.1)
    else:
        stage.reject(sketch.view, trigger, rule, "no-date-or-place")


def ring(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry, kind: str) -> None:
    """'X telephoned Y'; 'X called Y' only where no name is given: 'X called Y a friend'."""
    if entry.fields.get("persons"):
        subject, group = sketch.subject(trigger), sketch.complement(trigger, frozenset(), direct=True)
        left, right = stage.members(subject, sketch.view), stage.members(group, sketch.view)
        follow = sketch.between(group.end, group.end + 24)[:1] if group is not None else []
        gap = sketch.text[group.end : follow[0].start] if group is not None and follow else ""
        named = bool(follow) and gap == " " and not (follow[0].low in sketch.grammar.prepositions or follow[0].low in sketch.grammar.adverbs or follow[0].low in sketch.grammar.infinitive or any(m.start <= follow[0].start < m.end for m in sketch.view.of_kind("date")))
        if named or sketch.passive(trigger) or gap.strip()[:1] in ('"', "“", "‘", "'") or len(left) != 1 or len(right) != 1 or not all(p.kind == "person" and p.form != "anaphor" for p in (*left, *right)):
            stage.reject(sketch.view, trigger, f"event.{trigger.key}", "other-sense")
            return
    meet(stage, sketch, trigger, entry, kind)


def discuss(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry, kind: str) -> None:
    """'X and Y discussed', 'X told Y': a talk, if nothing else in the article tells of it. Persons only."""
    rule, view = f"event.{trigger.key}", sketch.view
    subject = sketch.subject(trigger)
    if subject is not None and subject.anaphor and not subject.parties and subject.anaphor not in ("pair", "guest", "host"):
        return
    left = stage.members(subject, view)
    preps = frozenset(map(str, entry.fields.get("preps", sketch.grammar.company)))
    group = sketch.complement(trigger, preps, direct=True) or sketch.complement(trigger, preps, direct=False)
    right = stage.members(group, view) if group is not subject else ()
    if group is not None and trigger.text.lower() in sketch.grammar.words("inviting") and any(w.low in sketch.grammar.infinitive for w in sketch.between(group.end, group.end + 12)[:2]):
        return  # 'X invited Y to come': by letter as well as in a talk
    whole = slim([*left, *right])
    if any(_dead(sketch, sketch.between(p.end, p.end + _BESIDE)) or _dead(sketch, sketch.before(p.first, 3)) for p in whole):
        return  # 'X praised the late president Y'
    if len(sides(whole)) != 2 or not all(p.kind == "person" and (p.state or p.office or p.name in stage.cast.titles) for p in whole) or not any(p.state for p in whole):
        return
    _settle(stage, sketch, trigger, kind, rule, left, right, subject, group, weak=True)


def _dead(sketch: Sketch, words: Sequence[Token]) -> bool:
    """Whether words call somebody dead: 'the late president', but not 'late on Monday'."""
    return any(a.low in sketch.grammar.words("definite") and b.low in sketch.grammar.words("dead_words") for a, b in itertools.pairwise(words))


def manner(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'By telephone' with any verb: 'X said by telephone to Y'."""
    rule, kind = f"event.{trigger.key}", kind_of(entry)
    clause = sketch.clause(trigger.start)
    subject = sketch.subject(trigger)
    if subject is None:
        subject = next((g for g in sketch.groups if g.start >= trigger.end and g.clause == clause and g.position == "subject"), None)  # 'By telephone X and Y had found a way'
    left = stage.members(subject, sketch.view)
    others = [g for g in sketch.groups if g is not subject and g.clause == clause and (g.prep in sketch.grammar.words("contacted_preps") or g.position == "object") and abs(g.start - trigger.start) < _MANNER]
    near = min(others, key=lambda g: abs(g.start - trigger.start), default=None) if len(sides(left)) < 2 else None
    if kind == "video call" and near is None:
        stage.reject(sketch.view, trigger, rule, "other-sense", "participants")  # 'the presidents launched the line by video link'
        return
    beside = [g for g in others if g.prep in sketch.grammar.company] if near is not None and near.prep in sketch.grammar.company else [near] if near is not None else []
    right = [p for g in beside for p in stage.members(g, sketch.view)]
    named = [p for p in right if p.kind == "person" and p.form != "anaphor"]  # 'with both presidents, first with A and then with B'
    _settle(stage, sketch, trigger, kind, rule, left, named or right, subject, near, weak=False)


def _definite(sketch: Sketch, trigger: Mention) -> bool:
    before = sketch.before(trigger.start, 2)
    return any(w.low in sketch.grammar.words("definite_words") for w in before)


def _two_sided(parties: Sequence[Party]) -> bool:
    """Whether a list may be the two sides of a talk: persons, or states that act through somebody."""
    return any(p.kind == "person" or p.form in ("office", "side", "anaphor") for p in parties) or all(p.kind == "organisation" or p.form == "metonym" for p in parties) or all(p.kind == "state" for p in parties)


def _settle(stage: Stage, sketch: Sketch, trigger: Mention, kind: str, rule: str, left: Sequence[Party], right: Sequence[Party], subject: Group | None, group: Group | None,
            *, weak: bool, strict: bool = False) -> None:  # fmt: skip
    view = sketch.view
    left, right = slim(stage.leaders(sketch, subject, left)), slim(stage.leaders(sketch, group, right))
    if (left or right) and sides(left) | sides(right) in (sides(left), sides(right)):
        right = somebody_else(stage, sketch, group, left) or right
        left = left if right and sides(right) - sides(left) else somebody_else(stage, sketch, subject, right) or left
    right = counterparts(stage, left, right)
    if left and right and subject is not None and group is not None and subject.anaphor in _BOTH and group.anaphor in _BOTH:
        stage.reject(view, trigger, rule, "other-sense", "participants")  # 'the sides want to see both done'
        return
    if left and right:
        persons = [p for p in left if p.kind == "person"]
        left = tuple(persons) if persons and any(p.kind == "person" for p in right) else left
        cross = [(a, b) for a in left for b in right if a.side != b.side]
        if not cross:
            stage.reject(view, trigger, rule, "same-side", "participants")
            return
        several = kind != "meeting" or any(p.form == "counterpart" for p in right) or len(sides(right)) == 1 or any(p.kind == "person" for p in right) or trigger.text.lower().endswith(sketch.grammar.several)
        if (len(left) == 1 and (len(right) == 1 or several)) or (len(right) == 1 and len(sides(left)) == 1) or (len(sides(left)) == 1 and len(sides(right)) == 1):
            if len(left) == 1 and len(right) > 1:
                rule += ".each"
            for a, b in cross:
                _write(stage, sketch, trigger, kind, rule, (a, b), (), weak=weak)
            return
        _write(stage, sketch, trigger, kind, rule, (*left, *(r for r in right if r.name not in {x.name for x in left})), (), weak=weak)
        return
    if not strict and len(sides(left)) > 1 and _two_sided(left):
        _write(stage, sketch, trigger, kind, rule + ".together", left, (), weak=weak)
        return
    if kind == "meeting" and not strict and not weak and participants.together(stage, sketch, trigger, rule) is not None:
        return
    stage.reject(view, trigger, rule, "one-participant" if left or right else "no-pair", "participants")


def _write(stage: Stage, sketch: Sketch, trigger: Mention, kind: str, rule: str, people: Sequence[Party], _: Sequence[Party], *, weak: bool = False, lower: float = 0.0) -> Draft | None:
    confidence = _SURE.get(kind, _LESS) - lower - (WEAKER if weak else 0.0)
    if any(p.kind == "state" and p.form in ("name", "demonym") for p in people):
        confidence -= 0.12
    if any(p.kind == "organisation" for p in people):
        confidence -= 0.12
    if any(p.form in ("anaphor", "anchor", "focus") for p in people):
        rule += ".meant"
        confidence -= 0.04
    persons = [p for p in people if p.kind == "person"]
    ranks = [p for p in persons if rank_of(stage, p) or any(stage.grammar.is_office(o, "leader") for o in stage.cast.titles.get(p.name, ()))]
    if kind == "meeting" and len(sides(people)) >= 3 and len(ranks) >= 2 and len(persons) >= 3:
        kind = "summit"
        rule += ".many"
    elif kind == "meeting" and ((len(sides(people)) >= 4 and persons and any(p.form == "office" for p in people)) or (sketch.view.sentence.index and participants.of_ministers(stage, sketch.view, people))):
        kind, rule = "summit", rule + ".leaders"
    if kind == "meeting" and all(p.form in ("anaphor", "anchor", "focus") for p in people) and not trigger.text.lower().endswith(sketch.grammar.several):
        known = next((d for d in reversed(stage.drafts) if {p.side for p in d.people} == sides(people) and d.fact.kind in _SURE), None)
        if known is not None and known.fact.kind != "meeting":
            kind = known.fact.kind
    draft = stage.add(sketch, trigger, kind, rule, people=people, confidence=confidence, weak=weak)
    if draft is not None and stage.cast.series is not None and not draft.background:
        who, iso, spot = stage.cast.series
        if who.name in {p.name for p in people} and not draft.fact.date and not draft.fact.planned and kind == "meeting":
            draft.fact = msgspec.structs.replace(draft.fact, date=iso, place=draft.fact.place or (spot.name if spot is not None else None), ids={**draft.fact.ids, **stage.bench.ids([spot.name if spot else None])})
    if draft is not None and view_is_body(draft):
        stage.cast.met(draft.view, people)
    return draft


def view_is_body(draft: Draft) -> bool:
    """Whether a draft stands in the body of the article, not in its title."""
    return draft.view.sentence.index > 0


def colleagues(stage: Stage, sketch: Sketch) -> None:
    """Somebody who tells, hands or offers his colleague something talked to him, if nothing else says so: 'X put the request to his colleague Y'."""
    view, grammar = sketch.view, sketch.grammar
    if not view.sentence.index:
        return
    for group in sketch.groups:
        people = [p for p in group.parties if p.kind == "person"]
        if len(people) != 1 or group.position not in ("object", "governed") or (group.position == "governed" and group.prep not in grammar.words("contact_preps")):
            continue
        lead = sketch.between(group.start, people[0].start) or sketch.before(group.start, 4)
        at = next((n for n, w in enumerate(lead) if w.low in grammar.words("equals")), None)
        if at is None or not any(w.low in grammar.possessives for w in [*sketch.before(group.start, 3), *lead[:at]]):
            continue
        subject = next((g for g in reversed(sketch.groups) if g.end <= group.start and g.clause == group.clause and g.position == "subject"), None)
        if subject is None or any(subject.end <= s < group.start for s, _ in sketch.triggers):
            continue  # the verb says it itself
        left = [p for p in stage.members(subject, view) if p.kind == "person"]
        if len(left) == 1 and left[0].side != people[0].side and not any(w.low in grammar.be for w in sketch.between(subject.end, group.start)[-2:]):
            mention = Mention(group.start, group.end, sketch.text[group.start : group.end], "event", "colleague")
            stage.add(sketch, mention, "meeting", "event.colleague", people=[left[0], people[0]], confidence=0.6, weak=True)


def together(stage: Stage, sketch: Sketch) -> None:
    """A visitor and somebody of the state visited who act as one subject ('X and his host looked on'): they met, if nothing else says so."""
    cast, view = stage.cast, sketch.view
    if cast.visitor is None or cast.where is None or not view.sentence.index or cast.planned:
        return
    for group in sketch.groups:
        if group.position != "subject" or group.anaphor in ("pair", "sides", "three"):
            continue
        people = [p for p in stage.members(group, view) if p.kind == "person"]
        if len(people) == 2 and {p.state for p in people} == {cast.visitor.state, cast.where} and cast.visitor.name in {p.name for p in people}:
            mention = Mention(group.start, group.end, sketch.text[group.start : group.end], "event", "together")
            stage.add(sketch, mention, "meeting", "event.together", people=people, confidence=0.6, weak=True)
            return


def two_at_a_summit(stage: Stage, sketch: Sketch, trigger: Mention, people: Sequence[Party]) -> None:
    """'X and Y held a summit': a meeting of two."""
    _write(stage, sketch, trigger, "meeting", f"event.{trigger.key}.two", people, (), lower=0.1)
