"""Summits, forums and sessions of councils: many take part, and the text names them in several sentences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import msgspec

from relgraph.knowledge.entities import Organisation
from relgraph.knowledge.lexicon import Entry
from relgraph.model import EntityId
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.clubs import club_at, of_organ
from relgraph.relate.events.encounters import two_at_a_summit
from relgraph.relate.events.forums import guest_alone, of_both, opened_by
from relgraph.relate.events.groups import group_of, listed
from relgraph.relate.events.participants import passage_group, whole
from relgraph.relate.events.retold import (
    Gathering,
    dated_later,
    definite,
    names_gathering,
    same_gathering,
    within_reach,
)
from relgraph.relate.events.scenes import rank_of
from relgraph.relate.events.stage import Pending, Stage, Waiting, kind_of, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.modality import modality_of
from relgraph.relate.when import dated
from relgraph.resolve import Party, View

_NAMED = ("group", "office", "name", "side")
_STATES = ("name", "metonym", "office", "side", "demonym")
_MEETING = ("meet", "meet-idiom")
_NEAR = 60
_AFTER = 100
_TABLE = 4
"""Heads of state or government that make a gathering where no word names one."""
_STATES_OF_A_CLUB = 3
"""As many states named at an organisation's exercise stand for themselves."""


def gather(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry, open_one: Gathering | None) -> Gathering | None:
    """A summit or forum: its persons, else its states, else the organisation whose summit it is."""
    rule, view, kind = f"event.{trigger.key}", sketch.view, kind_of(entry)
    if open_one is not None and same_gathering(stage, sketch, trigger, kind, open_one):
        stage.reject(view, trigger, rule, "told-before")
        dated_later(stage, sketch, trigger, open_one)
        return attend(stage, sketch, trigger, open_one)
    organisation = next((p for p in view.parties if p.kind == "organisation" and p.id and abs(p.start - trigger.start) < _NEAR), None) or of_organ(stage, sketch, trigger)
    persons = persons_at(stage, sketch, trigger)
    states = _states(sketch, trigger)
    people: Sequence[Party]
    gathered = str(entry.fields.get("who", "")) == "named"
    if gathered or sketch.clauses[sketch.clause(trigger.start)].opener in sketch.grammar.words("while_words") | sketch.grammar.words("where_words"):
        beside = _beside(stage, sketch, trigger)  # 'X and Y met in A when the SCO leaders gathered there'
        gathered, persons = gathered or bool(beside), beside if gathered else beside or persons
    if kind == "forum":
        persons = opened_by(stage, sketch, trigger) or persons
    persons, states, organisation = _format(stage, sketch, organisation, persons, states)
    confidence = 0.74 if kind == "summit" else 0.66
    group = group_of(stage, sketch, trigger)
    if kind == "summit" and not group and len(sides(persons)) == 2 and len(states) <= 2 and organisation is None and not any(p.kind == "state" and p.name == "Central Asia" for p in view.parties) and not {w.low for w in sketch.words} & sketch.grammar.words("among_words"):
        if view.sentence.index and len(persons) == 2 and not any(w.low in sketch.grammar.distancing for w in sketch.before(trigger.start, 12)):
            two_at_a_summit(stage, sketch, trigger, persons)
        else:
            stage.reject(view, trigger, rule, "other-sense", "participants")
        return open_one
    roster = () if gathered else _roster(stage, sketch, kind, old=stage.is_old(sketch, trigger, dated(sketch, trigger)[0], False))
    club = club_at(stage, sketch, trigger) if kind == "summit" and not group and len(sides(persons)) < _STATES_OF_A_CLUB else None
    if club is not None and gathered and (club.reason == "organ-of" or (persons and str(entry.fields.get("who", "")) == "named")):
        club = None
    aside = any(w.low in sketch.grammar.words("margins") for w in sketch.before(trigger.start, 12))
    if roster and not (club is not None and aside):
        people, rule = slim([*persons, *roster]), rule + ".roster"
    elif club is not None:
        people, rule, confidence = [club], rule + ".organisation", 0.64
    elif group:
        people, rule = unrepresented(stage, slim([*persons, *group])), rule + ".group"
    elif persons:
        people = persons
    elif kind == "forum" and (pair := _pair_in_name(stage, sketch, trigger)):
        people, rule = [stage.cast.state(n, view) for n in pair], rule + ".named"
    elif len(states) >= (3 if kind == "summit" else 2) or (states and any(s.name == "Central Asia" for s in states) and len(states) > 1):
        people, rule = states, rule + ".states"
    elif organisation is not None and kind == "summit":
        people, rule, confidence = [organisation], rule + ".organisation", 0.62
    elif kind == "forum" and view.sentence.index and of_both(stage, sketch) and not stage.is_old(sketch, trigger, dated(sketch, trigger)[0], False):
        people, rule, confidence = [stage.cast.state(s, view) for s in view.focus], rule + ".focus", 0.6
    elif view.sentence.index and len(states) != 2 and not persons and (passage := passage_group(stage, view, named=kind == "forum")):
        people, rule, confidence = passage, rule + ".passage", 0.62
    else:
        wait(stage, sketch, trigger, kind)
        if kind == "summit" and view.sentence.index:
            stage.waiting.append(Waiting(sketch, trigger, dated(sketch, trigger)[0]))
        stage.reject(view, trigger, rule, "no-pair", "participants")
        return open_one
    if kind == "forum" and len(sides(people)) == 1:
        people = slim([*people, *(stage.cast.state(n, view) for n in _pair_in_name(stage, sketch, trigger))])
        if len(sides(people)) < 2 and not guest_alone(stage, sketch, trigger, people):
            stage.reject(view, trigger, rule, "one-participant", "participants")
            return open_one
    if group and kind == "summit":
        stage.series = tuple(p for p in group if p.kind == "state") if len(group) >= len(stage.series) else stage.series
    draft = stage.add(sketch, trigger, kind, rule, people=people, confidence=confidence, when=_when(sketch, trigger))
    if draft is None:
        return open_one
    if draft.unasserted and organisation is not None and persons and kind == "summit" and not group:
        _itself(stage, sketch, trigger, organisation)
    draft.group = tuple(group)
    draft.closed = (gathered and len(persons) > 1) or stage.grammar.counts.get(trigger.text.lower().split()[0]) == len(sides(people))
    if not draft.fact.date and not draft.fact.place and kind == "summit" and not persons:
        stage.drafts.remove(draft)
        stage.reject(view, trigger, rule, "no-date-or-place")
        if view.sentence.index and not draft.unasserted and group:
            stage.announced = (tuple(people), view.sentence.index)
        return open_one
    return Gathering(draft) if view.sentence.index and not draft.unasserted else open_one


def _beside(stage: Stage, sketch: Sketch, trigger: Mention) -> list[Party]:
    """Who is told to have met while leaders gathered: 'X and Y met in A when the SCO leaders gathered there'; empty where nothing says so."""
    parent = sketch.clauses[sketch.clause(trigger.start)].parent
    if parent < 0 or not any(t.key in _MEETING and sketch.clause(t.start) == parent for t in sketch.view.of_kind("event")):
        return []
    found = [p for g in sketch.groups if g.clause == parent and g.position in ("subject", "object") for p in stage.members(g, sketch.view) if p.kind == "person"]
    return list(slim(found)) if len(sides(found)) >= 2 else []


def _itself(stage: Stage, sketch: Sketch, trigger: Mention, organisation: Party) -> None:
    """An organisation's summit of which only who comes is in doubt: 'whether X and Y will see each other at the CIS summit on 5 December is open'."""
    lead = sketch.before(trigger.start, 8)
    iso, mention = dated(sketch, trigger)
    if not any(w.low in stage.gathering_links for w in lead) or not iso or len(iso) < len("2025-01"):
        return
    draft = stage.add(sketch, trigger, "summit", f"event.{trigger.key}.itself", people=[organisation], confidence=0.66, when=(iso, mention))
    published = stage.bench.article.published
    if draft is not None:
        later = bool(published and iso.split("/")[0] > published[: len(iso.split("/")[0])])
        draft.unasserted, draft.fact = False, msgspec.structs.replace(draft.fact, modality=None, planned=later, rule=f"event.{trigger.key}.itself")


def attend(stage: Stage, sketch: Sketch, trigger: Mention, gathering: Gathering | None) -> Gathering | None:
    """Words by which somebody takes part: they fill the gathering told of before; three persons at one table are one of their own."""
    view = sketch.view
    if any(p.start <= trigger.start < p.end for p in view.parties if p.reason == "unnamed-office-holder"):
        return gathering  # 'who chairs the committee on tourism'
    persons = [p for g in sketch.groups if g.position != "speaker" and not g.anaphor and not sketch.absent(g) for p in g.parties if p.kind == "person" and (p.state or p.office or p.name in stage.cast.titles)]
    told = any(t.key in stage.gatherings for t in view.of_kind("event"))
    other = any(t.key in stage.gatherings and not definite(stage, sketch, t) for t in view.of_kind("event"))
    if gathering is not None and gathering.draft.view is not view and not other and bool(gathering.draft.fact.planned) == bool(view.of_kind("planned")) and within_reach(stage, sketch, gathering):
        _join(stage, sketch, trigger, gathering, persons)
        return gathering
    if gathering is not None and gathering.draft.view is view:
        return gathering
    pending = stage.pending if stage.pending is not None and view.sentence.paragraph - stage.pending.paragraph <= 1 else None
    if pending is not None and pending.kind == "forum" and gathering is not None and gathering.draft.fact.kind == "summit" and not gathering.draft.background and len(sides(persons)) >= _STATES_OF_A_CLUB:
        _join(stage, sketch, trigger, gathering, persons)  # the guests of the summit, though a forum was spoken of in between
        return gathering
    states = listed(sketch, stage, trigger.start) if not told and (pending is not None or names_gathering(stage, sketch) or {w.low for w in sketch.between(trigger.start, trigger.end)} & sketch.grammar.words("table_words")) else ()
    people = slim([*persons, *states])
    if pending is None and not told and sum(rank_of(stage, p) == "head" for p in persons) < _TABLE:
        return gathering  # three officials somewhere are no gathering yet
    if len(sides(people)) >= 3 and view.sentence.index and not any(d.fact.kind in ("summit", "meeting", "forum") for d in stage.drafts.told_in(view)):
        kind = pending.kind if pending is not None else "summit" if _ministers(stage, persons) or (states and len(sides(persons)) < 3) or len(sides(persons)) > 3 else "meeting"
        draft = stage.add(sketch, trigger, kind, f"event.{trigger.key}", people=people, confidence=0.7, place=pending.place if pending is not None else None)
        if draft is not None and pending is not None and not draft.fact.date:
            draft.fact = msgspec.structs.replace(draft.fact, date=pending.date)
        return Gathering(draft) if draft is not None else None
    return gathering


def unrepresented(stage: Stage, people: Sequence[Party]) -> tuple[Party, ...]:
    """Without the organisations for which a person named stands: the presidents of its organs for the European Union."""
    entities = stage.bench.knowledge.reference.entities
    names = {p.name for p in people if p.kind == "person"}
    held = {str(t.of_id) for t in stage.bench.resolved.titles if t.person in names and t.of_id}
    held |= {str(e.part_of) for i in held if isinstance(e := entities.get(EntityId(i)), Organisation) and e.part_of}
    return tuple(p for p in people if p.kind != "organisation" or str(p.id) not in held)


def _pair_in_name(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[str, ...]:
    """The two states in the name of a forum: 'the Korean-Uzbek business forum', 'a forum of Kazakhstan and Uzbekistan'; empty when it names no pair."""
    reference, text = stage.bench.knowledge.reference, sketch.text
    states = [m for m in sketch.view.mentions if m.kind == "state" and m.ids]
    for one, other in itertools.pairwise(states):
        joint = text[one.end : other.start].strip() in ("-", "–", "") or [w.low for w in sketch.between(one.end, other.start)] in [list(j) for j in sketch.grammar.joining]
        gap = sketch.between(other.end, trigger.start) if other.end <= trigger.start else sketch.between(trigger.end, one.start)
        behind = one.start >= trigger.end and len(gap) == 1 and gap[0].low in sketch.grammar.words("members_preps")
        if joint and (behind or (other.end <= trigger.start and len(gap) <= 2 and not any(w.low in sketch.grammar.prepositions for w in gap))):
            return (reference.name(EntityId(one.ids[0])), reference.name(EntityId(other.ids[0])))
    return ()


def _when(sketch: Sketch, trigger: Mention) -> tuple[str | None, Mention | None] | None:
    """The date of a gathering where its words give one of their own: 'at the 2004 summit', 'the meeting scheduled to take place in autumn'."""
    for mention in sketch.view.of_kind("date"):
        if isinstance(mention.value, DateValue) and mention.value.iso and len(mention.value.iso) == len("2004") and 0 <= trigger.start - mention.end <= 1:
            return mention.value.iso, mention
    iso, date = dated(sketch, trigger)
    if date is not None and date.end <= trigger.start and any(trigger.end <= m.start < trigger.end + _AFTER and sketch.clause(m.start) == sketch.clause(trigger.start) for m in sketch.view.of_kind("planned")):
        return None, None
    return iso, date


def _join(stage: Stage, sketch: Sketch, trigger: Mention, gathering: Gathering, persons: Sequence[Party]) -> None:
    """Seat persons, and states whose office holders aren't named, at a gathering told of before; one of a side at a summit or session."""
    draft = gathering.draft
    if draft.fact.kind == "exercise":  # 'soldiers from A, B and C took part'
        many = max((tuple(p for p in g.parties if p.kind == "state") for g in sketch.groups), key=len, default=())
        gathering.people.update({p.name: p for p in many if len(many) >= _STATES_OF_A_CLUB})
        return
    seated = {p.side for p in gathering.people.values() if p.kind == "person"}
    for person in persons:
        if person.name not in gathering.people and draft.fact.kind != "forum" and (person.side in seated or (gathering.closed and person.side not in gathering.closed)):
            continue
        seated.add(person.side)
        gathering.people.setdefault(person.name, person)
        spot = stage.cast.spot
        if trigger.text.lower().split()[0] in stage.came and spot is not None and spot.state and person.state and person.state != spot.state:
            stage.add(sketch, trigger, "visit", f"event.{trigger.key}.visit", visitor=[person], host=spot.state, place=spot, confidence=0.66)
    if not gathering.closed:
        for state in listed(sketch, stage, trigger.start):
            if state.side not in seated:
                gathering.people.setdefault(state.name, state)


def wait(stage: Stage, sketch: Sketch, trigger: Mention, kind: str) -> None:
    """Keep when and where a gathering was until the text says who came."""
    iso, _ = dated(sketch, trigger)
    spot = stage.place(sketch, trigger)
    if modality_of(sketch.view, trigger.start, trigger.end, stage.bench.modals)[0] is not None:
        return
    if sketch.view.sentence.index and (iso or spot is not None or stage.pending is None):
        stage.pending = Pending(kind, iso, spot, sketch.view.sentence.paragraph)


def _roster(stage: Stage, sketch: Sketch, kind: str, *, old: bool) -> tuple[Party, ...]:
    """Three or more persons whom this sentence or one just before or after names together: who sits at the day's summit."""
    if kind != "summit" or old or not sketch.view.sentence.index:
        return ()
    here = [p for g in sketch.groups if g.position != "speaker" and not g.anaphor for p in g.parties if p.kind == "person" and p.state]
    if len(sides(here)) >= 3 and any(len(g.parties) >= 2 for g in sketch.groups):
        return slim(here)
    cast = stage.cast
    return cast.roster if sketch.view.sentence.index - cast.rostered_in <= 3 and not any(d.fact.kind == "summit" and len(d.people) > 2 for d in stage.drafts) else ()


def fill(stage: Stage, view: View, gathering: Gathering | None) -> Gathering | None:
    """Give a gathering of the day, or one still without people, the persons that a sentence names together."""
    roster = stage.cast.roster if stage.cast.rostered_in == view.sentence.index else ()
    if not roster or gathering is None or gathering.draft.fact.kind != "summit" or gathering.draft.background or gathering.draft.unasserted:
        return gathering
    if any(d.fact.kind == "summit" for d in stage.drafts.told_in(view)) and gathering.draft.view is not view:
        return gathering  # those who meet elsewhere
    if view.sentence.paragraph - gathering.draft.view.sentence.paragraph <= 2 and gathering.draft.view is not view:
        here = {p.side for p in gathering.people.values() if p.kind == "person"}
        for person in roster:
            if person.side not in here:
                gathering.people.setdefault(person.name, person)
    return gathering


def _format(stage: Stage, sketch: Sketch, organisation: Party | None, persons: list[Party], states: list[Party]) -> tuple[list[Party], list[Party], Party | None]:
    """A format named by its sides ('Germany - Central Asia') stands for them."""
    if organisation is None or not organisation.id:
        return persons, states, organisation
    reference, at = stage.bench.knowledge.reference, sketch.view.sentence.start
    named = [i for word in re.split(r"\s[-–+]\s|\s\(|\)", organisation.name) for i in reference.find(word.strip()) if i.startswith("state:")]
    if len(named) < 2:
        return persons, states, organisation
    members = [Party(start=at, end=at, name=reference.name(i), id=i, kind="state", state=reference.name(i), form="name", reason="format-named") for i in dict.fromkeys(named)]
    if len(persons) == 1 and persons[0].state in {m.name for m in members}:
        return [*persons, *(m for m in members if m.name != persons[0].state)], [], None
    return persons, list(slim([*members, *(s for s in states if s.name not in {m.name for m in members})])), None


def persons_at(stage: Stage, sketch: Sketch, trigger: Mention) -> list[Party]:
    """Who is told to be there: all persons of the clause that aren't speakers or owners; those an anaphor stands for."""
    clause = sketch.clause(trigger.start)
    out: list[Party] = []
    if not _linked(stage, sketch, trigger) or any(w.low in sketch.grammar.words("margins") for w in sketch.before(trigger.start, 12)):
        return []
    coming = [t for t in sketch.view.of_kind("event") if t.key in ("attend", "travel", "presence") and t.end <= trigger.start and sketch.clause(t.start) == clause]
    subject = sketch.subject(coming[-1] if coming else trigger, verb=False)
    own = sketch.clauses[clause].opener in sketch.grammar.words("content_openers")
    others = [t.start for t in sketch.view.of_kind("event") if t.key in stage.gatherings and t.start != trigger.start]
    for group in sketch.groups:
        if own and group.clause != clause:
            continue  # 'X said that the visit fell on the summit'
        if group.position in ("speaker", "owner") or sketch.absent(group) or (group.anaphor in ("sides", "host")) or (subject is not None and group.end <= subject.start and group.clause == subject.clause):
            continue
        if any(min(group.start, trigger.start) < o < max(group.start, trigger.start) for o in others):
            continue  # 'X saw Y at the summit, and Z was at a conference'
        near = group.clause == clause if sketch.clauses[clause].opener in sketch.grammar.words("time_openers") else group.clause == clause or sketch.clauses[group.clause].parent == clause or sketch.clauses[clause].parent == group.clause
        if near and (group.anaphor or group.parties) and not (group.position == "governed" and group.prep in sketch.grammar.words("no_seat")):
            out += [p for p in stage.members(group, sketch.view) if p.kind == "person" and (p.state or p.office or p.id or p.name in stage.cast.titles)]
    return list(slim(out))


def _linked(stage: Stage, sketch: Sketch, trigger: Mention) -> bool:
    """Whether the sentence says that somebody is at the gathering: 'at the summit', 'came for the summit', 'took part in the summit'."""
    clause = sketch.clause(trigger.start)
    if any(w.low in stage.earlier for w in sketch.words if sketch.clause(w.start) == clause) and not sketch.view.of_kind("date"):
        return False
    for word in reversed(sketch.before(trigger.start, 12)):
        if sketch.clause(word.start) != clause:
            break
        if word.low in stage.gathering_links:
            return True
        if word.low in stage.gathering_goals:
            break
    return any(sketch.clause(t.start) == clause for t in sketch.view.of_kind("event") if t.key in ("attend", "travel", "presence", "meet"))


def _states(sketch: Sketch, trigger: Mention) -> list[Party]:
    """The states of a list of three or more, else all of the clause; not those of a relative clause that describes somebody ('the SCO, to which A and B belong')."""
    clause = sketch.clause(trigger.start)
    groups = [g for g in sketch.groups if g.position != "speaker" and not g.anaphor and (g.clause == clause or sketch.clauses[g.clause].opener not in sketch.grammar.words("describing_openers"))]
    lists = sorted(((len([p for p in g.parties if p.kind == "state"]), -abs(g.start - trigger.start), n) for n, g in enumerate(groups)), reverse=True)
    best: list[Party] = []
    if lists and lists[0][0] >= 3:
        best = [p for p in groups[lists[0][2]].parties if p.kind == "state" and p.form in _STATES]
    else:
        best = [p for g in groups if g.clause == clause for p in g.parties if p.kind == "state" and p.form in _STATES]
    return list(slim(best))


def _ministers(stage: Stage, persons: Sequence[Party]) -> bool:
    date = stage.bench.article.published
    known = [p for p in persons if p.id and date and any(t.office in ("president", "prime minister", "king", "foreign minister") for t in stage.bench.knowledge.reference.offices_of(p.id, date))]
    if len(known) >= 3:
        return True
    held = [any(stage.grammar.is_office(o, "ruler") for o in stage.cast.titles.get(p.name, ())) for p in persons]
    return sum(held) >= 3


def finish(gathering: Gathering | None, stage: Stage) -> None:
    """Write the persons found later into the draft."""
    if gathering is None or set(gathering.people) == {p.name for p in gathering.draft.people}:
        return
    draft = gathering.draft
    people = list(gathering.people.values())
    if draft.fact.kind == "exercise":
        people = [p for p in people if p.kind == "state"]
        if len(people) < _STATES_OF_A_CLUB:
            return
    elif draft.fact.kind == "summit" and all(p.kind == "organisation" for p in draft.people):
        people = [p for p in people if p.kind == "person"]
        if len(sides(people)) < _STATES_OF_A_CLUB:
            return  # an organisation's summit of whose guests the text names one or two
    elif draft.fact.kind == "summit":
        people = list(whole(stage, slim(people)))
    elif any(p.kind == "person" for p in people):
        people = list(slim([p for p in people if p.kind == "person" or (p.kind == "state" and p.form in _NAMED)]))
    fact = msgspec.structs.replace(draft.fact, participants=tuple(p.name for p in people), ids={**draft.fact.ids, **stage.bench.ids(p.name for p in people)})
    draft.fact, draft.people = fact, tuple(people)


def in_view(view: View, group: Group) -> bool:
    """Whether a group stands in a sentence."""
    return view.sentence.start <= group.start < view.sentence.end
