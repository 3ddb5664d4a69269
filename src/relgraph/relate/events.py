"""Facts of type event: who did what with whom, by the frame of the trigger.

between: two sides around or after the trigger. receive: a host and a guest. visit: visitor and host. group: a gathering. act: one side acts on another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from relgraph.model import EventFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, span
from relgraph.relate.modality import clause, modality_of
from relgraph.relate.when import date_of, place_of
from relgraph.resolve import Party, View

_JOIN = re.compile(r"(?:\s*,\s*|\s+and\s+|\s*,\s+and\s+|\s+as well as\s+|\s+with\s+)(?:the\s+|his\s+|her\s+|its\s+)?")
_PREPOSITION = re.compile(r"^\s*(?:,?\s?(?:on \w+ |in \w+ |also |again |separately |today |yesterday )*)?(?:with|between|by|of|to|from)?\s*(?:the\s|his\s|her\s|its\s|visiting\s|their\s)*", re.IGNORECASE)
_RANK = {"meeting": 0.82, "phone call": 0.9, "video call": 0.85, "visit": 0.8, "summit": 0.7, "signing": 0.75, "message": 0.75, "statement": 0.7, "opening": 0.6,
         "exercise": 0.7, "aid": 0.6, "incident": 0.6, "sanction": 0.55, "protest": 0.6, "appointment": 0.6, "forum": 0.6}  # fmt: skip
_WEAK_FORMS = ("adjective", "demonym")


def find_events(bench: Bench) -> None:
    """Add an event for each trigger that finds its participants, then merge reports of one event."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    entries = lexicon.entries["events"]
    for view in bench.resolved.views:
        names = [m for m in view.mentions if m.kind in ("body", "treaty", "organisation", "document")]
        for trigger in view.of_kind("event"):
            entry = entries[trigger.key]
            kind, frame = str(entry.fields["kind"]), str(entry.fields["frame"])
            if any(n.kind in ("body", "treaty") and n.start <= trigger.start and trigger.end <= n.end for n in names) and frame != "group":
                bench.reject(view, trigger.start, trigger.end, f"event.{trigger.key}", "inside-a-name")
                continue
            handler = {"between": _between, "receive": _between, "visit": _visit, "group": _group, "act": _act}[frame]
            handler(bench, view, trigger, kind, entry.fields.get("strength") == "weak")
    merged = _merged(bench, [f for f in bench.facts if isinstance(f, EventFact)])
    bench.facts[:] = [*(f for f in bench.facts if not isinstance(f, EventFact)), *merged]


def _actors(bench: Bench, view: View) -> list[Party]:
    """The parties that may act: no bare adjectives, and no unknown persons to whom the article gives no office."""
    titled = {t.person for t in bench.resolved.titles}
    return [p for p in view.parties if p.form not in _WEAK_FORMS and not (p.kind == "person" and p.id is None and p.name not in titled)]


def _anchor(bench: Bench) -> Party | None:
    """The person whom the article speaks of most: the host or traveller of a round of talks."""
    counts: dict[str, int] = {}
    first: dict[str, Party] = {}
    for view in bench.resolved.views:
        for party in _actors(bench, view):
            if party.kind == "person" and party.state:
                counts[party.name] = counts.get(party.name, 0) + (2 if view.sentence.paragraph <= 1 else 1)
                first.setdefault(party.name, party)
    best = max(counts, key=lambda n: (counts[n], -first[n].start), default=None)
    return first[best] if best is not None and counts[best] >= 3 else None


_CLASSES = ({"president", "acting president"}, {"prime minister", "chairman of the cabinet of ministers", "head of the cabinet of ministers", "chancellor"}, {"foreign minister", "acting foreign minister"})


def _named(bench: Bench, view: View, parties: Sequence[Party]) -> list[Party]:
    """Put the persons whom the article names for 'the heads of government of A and B' or 'the Kazakh minister' in the place of their states."""
    said = {str(m.value) for m in view.of_kind("office")}
    wanted = [c for c in _CLASSES if c & said] or ([said] if said else [])
    out = []
    for party in parties:
        title = next((t for t in bench.resolved.titles if party.kind == "state" and t.of == party.name and any(t.office in c for c in wanted)), None)
        out.append(party if title is None else msgspec.structs.replace(party, name=title.person, id=bench.resolved.ids.get(title.person), kind="person"))
    return out


def _group_at(parties: Sequence[Party], text: str, base: int, i: int, step: int) -> list[Party]:
    """Return the coordinated parties that begin at index `i` and go on in a direction: 'A, B and C'."""
    group = [parties[i]]
    j = i + step
    while 0 <= j < len(parties):
        one, two = (parties[j], group[-1]) if step < 0 else (group[-1], parties[j])
        gap = text[one.last - base : max(two.first - base, one.last - base)]
        if two.first <= one.last or _JOIN.fullmatch(gap) or (len(gap) < 60 and re.fullmatch(r"(?:,? (?:the )?[\w'’-]+(?: [\w'’-]+){0,4})?,? and (?:the )?", gap)):
            group.append(parties[j])
            j += step
        else:
            break
    return group if step > 0 else group[::-1]


def _between(bench: Bench, view: View, trigger: Mention, kind: str, weak: bool) -> None:
    base, text = view.sentence.start, view.text
    low, high = clause(view, trigger.start, trigger.end)
    parties = _actors(bench, view)
    before = [p for p in parties if p.last <= trigger.start]
    after = [p for p in parties if p.first >= trigger.end]
    rule = f"event.{trigger.key}"
    right: list[Party] = []
    if after and (after[0].first < high or after[0].first - trigger.end < 25):
        gap = text[trigger.end - base : after[0].first - base]
        near = _PREPOSITION.fullmatch(gap) or re.search(r"\b(?:with|between|by|of)\s(?:[\w'’-]+\s){0,4}$", gap)
        if near and not re.search(r"\b(?:in|at|near)\s(?:the\s)?$", gap):
            right = _group_at(after, text, base, 0, 1)
    left = _group_at(before, text, base, len(before) - 1, -1) if before else []
    if left and trigger.start - left[-1].last > 90:
        left = []
    if kind == "signing" and not right:
        by = re.search(r"\bby\s(?:the\s)?(?:[\w'’-]+\s){0,3}$", text[: after[0].first - base]) if after else None
        if by:
            right, left = _group_at(after, text, base, 0, 1), []
    sides = _sided([*left, *right])
    if len(sides) < 2 and right and not left:
        others = [p for p in parties if p.kind == "person" and p.side not in {q.side for q in right} and p.first >= base]
        sides = _sided([*right, *others[:1]])
        rule += ".other-person"
    if len(sides) < 2 and not weak:
        whole = _sided([p for p in parties if p.kind == "person"] or [p for p in parties if low <= p.first < high])
        if len(whole) == 2:
            sides, rule = whole, rule + ".sentence"
    plural = any(m.kind == "plural" and m.end <= trigger.start and trigger.start - m.end < 60 for m in view.mentions)
    if len(sides) < 2 and plural and len(view.focus) == 2:
        sides, rule = _focus_parties(bench, view, persons=any(m.key == "leaders" for m in view.of_kind("plural")) or view.of_kind("office") != []), rule + ".plural"
    if len(sides) == 1 and kind in ("meeting", "phone call", "video call") and sides[0].kind == "person" and (not weak or right):
        anchor = _anchor(bench)
        if anchor is not None and anchor.side != sides[0].side and (right or kind != "meeting" or trigger.key == "receive"):
            sides, rule = [msgspec.structs.replace(anchor, start=view.sentence.start, end=view.sentence.start, lead=-1, tail=-1, form="anchor", confidence=0.8), *sides], rule + ".anchor"
            weak = False
    if len(sides) < 2 and kind in ("signing", "statement") and len(view.focus) >= 2 and not weak and view.focus_reason in ("both-named", "side-of-the-pair", "inherited", "group-named", "side-of-the-main-pair"):
        sides, rule = _focus_parties(bench, view), rule + ".focus"
    if kind == "signing" and not _has_document(view, trigger):
        bench.reject(view, trigger.start, trigger.end, rule, "not-a-document")
        return
    if len(sides) < 2:
        bench.reject(view, trigger.start, trigger.end, rule, "one-participant" if sides else "no-pair", "participants")
        return
    if len({p.side for p in sides}) < 2:
        bench.reject(view, trigger.start, trigger.end, rule, "same-side", "participants")
        return
    sides = _named(bench, view, sides)
    if kind == "meeting" and all(p.kind == "state" and p.form == "name" for p in sides) and not view.of_kind("office"):
        weak = True
    if kind == "meeting" and len(left) == 1 and len(right) > 1 and (trigger.text.lower().endswith("meetings") or "separate" in text.lower()):
        # 'held a series of meetings with the presidents of A, B and C': one meeting each
        for other in right:
            _add(bench, view, trigger, kind, rule + ".each", participants=[left[0], _holder(bench, other)], confidence=_RANK[kind] - 0.05)
        return
    _add(bench, view, trigger, kind, rule + (".noun" if weak else ""), participants=sides, confidence=_RANK[kind] - (0.2 if weak else 0.0) - (0.08 if rule.count(".") > 1 else 0.0))


def _holder(bench: Bench, party: Party) -> Party:
    """Return the head of state whom the article names for a state, else the state."""
    if party.kind != "state":
        return party
    title = next((t for t in bench.resolved.titles if t.of == party.name and t.office == "president"), None)
    return party if title is None else msgspec.structs.replace(party, name=title.person, id=bench.resolved.ids.get(title.person), kind="person")


def _has_document(view: View, trigger: Mention) -> bool:
    return any(m.kind in ("document", "treaty") or (m.kind == "quantity" and "document" in view.text.lower()) for m in view.mentions)


def _focus_parties(bench: Bench, view: View, *, persons: bool = False) -> list[Party]:
    """Return the states in focus; with `persons` the one person that the discourse named last for each, where there is one."""
    chosen = []
    for side in view.focus:
        spoken = [p for v in bench.resolved.views if v.sentence.index <= view.sentence.index for p in v.parties if p.kind == "person" and p.state == side]
        if persons and spoken:
            chosen.append(msgspec.structs.replace(spoken[-1], start=view.sentence.start, end=view.sentence.start, lead=-1, tail=-1, form="focus", reason="leader-in-focus", confidence=0.85))
            continue
        chosen.append(Party(start=view.sentence.start, end=view.sentence.start, name=side, id=bench.resolved.ids.get(side), kind="state", state=side, form="focus", reason="pair-in-focus", confidence=0.7))
    return chosen


def _sided(parties: Sequence[Party]) -> list[Party]:
    """Drop repeats, and states whose person is named."""
    chosen: dict[str, Party] = {}
    for party in parties:
        chosen.setdefault(party.name, party)
    persons = {p.state for p in chosen.values() if p.kind == "person"}
    kept = [p for p in chosen.values() if not (p.kind == "state" and p.name in persons)]
    return kept if len({p.side for p in kept}) > 1 else kept[:1]


def _visit(bench: Bench, view: View, trigger: Mention, kind: str, weak: bool) -> None:
    base, text = view.sentence.start, view.text
    parties = _actors(bench, view)
    rule = f"event.{trigger.key}"
    word = trigger.text.lower()
    before = [p for p in parties if p.last <= trigger.start and p.kind in ("person", "state")]
    persons = [p for p in before if p.kind == "person"]
    visitor = persons[-1:] or [p for p in before if p.form == "office"][-1:]
    if visitor:
        group = _group_at(before, text, base, before.index(visitor[0]), -1)
        group = [p for p in group if p.kind == visitor[0].kind]
        visitor = group if trigger.start - visitor[0].last < 60 else visitor
    after_persons = [p for p in parties if p.first >= trigger.end and p.kind == "person"]
    if persons and re.search(r"visit|trip|stay|tour$", word) and not re.match(r"visited|visiting|visits$", word):
        owner = next((p for p in persons if trigger.start - p.last < 16 and text[p.end - base : trigger.start - base].startswith(("'s", "’s"))), None)
        visitor = [owner] if owner is not None else [persons[0]] if len(visitor) == 1 else visitor
        if owner is None and after_persons and re.match(r"\s(?:of|by|that)\s", text[trigger.end - base :]):
            visitor = after_persons[:1]
    if not visitor and after_persons and re.match(r"\s(?:of|by)\s", text[trigger.end - base :]):
        visitor = after_persons[:1]
    host, where = _host(view, trigger)
    if host is None and "visit" in word and bench.article.dateline_place and view.sentence.paragraph <= 2:
        found = [i for i in bench.knowledge.reference.find(bench.article.dateline_place) if i.startswith("place:")]
        entity = bench.knowledge.reference.entities[found[0]] if found else None
        states = getattr(entity, "states", ())
        if states and visitor and bench.knowledge.reference.name(states[0]) not in {v.side for v in visitor}:
            host, rule = bench.knowledge.reference.name(states[0]), rule + ".dateline"
    if not visitor:
        bench.reject(view, trigger.start, trigger.end, rule, "one-participant", "visitor")
        return
    if host is None and re.search(r"visit|arriv|flew|flown|travel|had come|has come", word) and visitor[0].kind == "person" and len(view.focus) == 2 and visitor[0].state in view.focus:
        host, rule = next(s for s in view.focus if s != visitor[0].state), rule + ".focus"
    if host is None:
        bench.reject(view, trigger.start, trigger.end, rule, "no-host", "host")
        return
    visitor = [v for v in visitor if v.side != host]
    if not visitor:
        bench.reject(view, trigger.start, trigger.end, rule, "same-side", "host")
        return
    if view.sentence.index == 0:
        rule += ".headline"
    confidence = _RANK["visit"] - (0.08 if rule.count(".") > 1 else 0.0) - (0.25 if word.startswith(("is in", "was in", "are in", "left for", "departed", "called")) else 0.0) - (0.15 if visitor[0].kind == "state" else 0.0)
    level = next((m.key for m in view.of_kind("level")), None)
    _add(bench, view, trigger, "visit", rule, visitor=visitor, host=host, level=level, place=where, confidence=confidence)


def _host(view: View, trigger: Mention) -> tuple[str | None, Party | None]:
    """Return (host state, city) that a visit leads to: the nearest place or state after the trigger with 'to', 'in' or nothing between."""
    base, text = view.sentence.start, view.text
    options = sorted([*view.places, *(p for p in view.parties if p.kind == "state")], key=lambda p: p.start)
    for party in options:
        if party.start < trigger.end:
            continue
        gap = text[trigger.end - base : party.first - base]
        if len(gap) < 70 and re.search(r"^\s*$|\b(?:to|in|at|into|of|for|from)\s(?:the\s)?(?:[\w'’-]+\s){0,3}$", gap) and not re.search(r"\bfrom\s", gap[-8:]):
            if party.kind == "state" and party.state:
                return party.state, (party if party.form == "place" else None)
    possessive = next((p for p in options if p.end <= trigger.start and trigger.start - p.end < 4), None)
    if possessive is not None and possessive.form == "place":
        return possessive.state, possessive
    return None, None


def _group(bench: Bench, view: View, trigger: Mention, kind: str, weak: bool) -> None:
    """A summit or forum: the persons of the sentence, else its states, else the organisation whose summit it is."""
    rule = f"event.{trigger.key}"
    parties = _actors(bench, view)
    organisation = next((p for p in view.parties if p.kind == "organisation" and p.id and abs(p.start - trigger.start) < 50), None)
    persons = _sided([p for p in parties if p.kind == "person"])
    states = _sided([p for p in parties if p.kind == "state" and p.form in ("name", "metonym", "office", "side")])
    date, _ = date_of(bench, view, trigger.start, trigger.end)
    place = place_of(view, trigger.start, trigger.end)
    if date is None and place is None:
        bench.reject(view, trigger.start, trigger.end, rule, "no-date-or-place")
        return
    if organisation is not None and kind == "summit":
        chosen = [organisation]
    elif len(persons) >= 3:
        chosen = persons
    elif len(states) >= (3 if kind == "summit" else 2):
        chosen = states
    elif len(persons) == 2 and kind == "summit":
        chosen = persons
    else:
        bench.reject(view, trigger.start, trigger.end, rule, "no-pair", "participants")
        return
    _add(bench, view, trigger, kind, rule + (".organisation" if chosen == [organisation] else ""), participants=chosen, confidence=_RANK[kind])


def _act(bench: Bench, view: View, trigger: Mention, kind: str, weak: bool) -> None:
    """A side acts on another: message, aid, sanction, protest, appointment."""
    rule = f"event.{trigger.key}"
    parties = _actors(bench, view)
    before = [p for p in parties if p.last <= trigger.start]
    after = [p for p in parties if p.first >= trigger.end]
    if kind == "appointment":
        person = next((p for p in after if p.kind == "person"), None) if not re.match(r"(?:was|has been|took|is)\b", trigger.text, re.IGNORECASE) else None
        person = person or next((p for p in reversed(before) if p.kind == "person"), None)
        if person is None or not view.of_kind("office"):
            bench.reject(view, trigger.start, trigger.end, rule, "one-participant", "appointee")
            return
        _add(bench, view, trigger, kind, rule, participants=[person], confidence=_RANK[kind])
        return
    sides = _sided([*before[-1:], *after[:1]])
    anchor = _anchor(bench) if kind == "message" and len(sides) == 1 and sides[0].kind == "person" else None
    if anchor is not None and anchor.side != sides[0].side:
        sides, rule = [*sides, msgspec.structs.replace(anchor, start=view.sentence.start, end=view.sentence.start, lead=-1, tail=-1, form="anchor", confidence=0.8)], rule + ".anchor"
    if len(sides) < 2:
        bench.reject(view, trigger.start, trigger.end, rule, "one-participant", "addressee")
        return
    _add(bench, view, trigger, kind, rule, participants=sides, confidence=_RANK[kind])


def _add(bench: Bench, view: View, trigger: Mention, kind: str, rule: str, *, participants: Sequence[Party] = (), visitor: Sequence[Party] = (),
         host: str | None = None, level: str | None = None, place: Party | None = None, confidence: float) -> None:  # fmt: skip
    modality, planned = modality_of(view, trigger.start, trigger.end)
    date, dated = date_of(bench, view, trigger.start, trigger.end)
    place = None if kind in ("phone call", "video call", "message") else place or place_of(view, trigger.start, trigger.end)
    everyone = [*participants, *visitor]
    if view.sentence.index == 0:
        confidence -= 0.15
    if kind == "meeting" and any(p.kind == "organisation" for p in participants):
        confidence -= 0.2
    if planned and date and bench.article.published and date < bench.article.published[: len(date)]:
        planned = False
    spans = [span("trigger", trigger.start, trigger.end)]
    spans += [span("visitor" if p in visitor else "participants", p.start, p.end) for p in everyone if p.end > p.start and view.sentence.start <= p.start < view.sentence.end]
    if dated is not None:
        spans.append(span("date", dated.start, dated.end))
    if place is not None:
        spans.append(span("place", place.start, place.end))
    fact = EventFact(
        kind=kind, participants=tuple(p.name for p in participants), visitor=tuple(v.name for v in visitor), host=host, level=level, date=date,
        place=place.name if place else None, planned=planned, evidence=bench.evidence(view), spans=tuple(sorted(spans, key=lambda s: (s.start, s.end, s.role))),
        rule=rule, confidence=round(confidence * min((p.confidence for p in everyone), default=1.0), 3),
        ids=bench.ids([*(p.name for p in everyone), host, place.name if place else None]), modality=modality,
    )  # fmt: skip
    (bench.unasserted if modality else bench.facts).append(fact)


def _merged(bench: Bench, events: list[EventFact]) -> list[EventFact]:
    """Two reports of one event in one text are one: same kind and people, dates that don't differ; the better dated and placed one is kept."""
    kept: list[EventFact] = []
    for event in events:
        people = frozenset(event.participants or event.visitor)
        for i, other in enumerate(kept):
            theirs = frozenset(other.participants or other.visitor)
            if other.kind != event.kind or other.host != event.host or not (people == theirs or _sides_of(bench, people) == _sides_of(bench, theirs) != set() or (event.kind == "summit" and people & theirs)):
                continue
            if people != theirs and event.kind != "summit" and not any(bench.resolved.states.get(n) is None for n in (*people, *theirs)):
                continue
            if event.date and other.date and not _compatible(event.date, other.date):
                continue
            if event.place and other.place and event.place != other.place and event.date != other.date:
                continue
            named = [e for e in (event, other) if all(n in bench.resolved.states for n in (e.participants or e.visitor))]
            better = named[0] if len(named) == 1 else event if (bool(event.date) + bool(event.place), event.confidence) > (bool(other.date) + bool(other.place), other.confidence) else other
            worse = other if better is event else event
            date = max((d for d in (better.date, worse.date) if d), key=len, default=None)
            kept[i] = msgspec.structs.replace(better, date=date, place=better.place or worse.place, level=better.level or worse.level, planned=better.planned and worse.planned,
                                              ids={**worse.ids, **better.ids}, confidence=max(better.confidence, worse.confidence),
                                              evidence=better.evidence if (better.date or not worse.date) and (better.place or not worse.place) else tuple(sorted({better.evidence[0], worse.evidence[0]}, key=lambda e: e.start)))  # fmt: skip
            break
        else:
            kept.append(event)
    return _inherit(bench, kept)


def _sides_of(bench: Bench, people: frozenset[str]) -> set[str]:
    return {bench.resolved.states.get(n) or n for n in people}


def _compatible(one: str, other: str) -> bool:
    a, b = one.split("/")[0], other.split("/")[0]
    return a.startswith(b) or b.startswith(a)


def _siblings(people: set[str], theirs: set[str], event: EventFact, other: EventFact) -> bool:
    """Whether two events share date and place: the same people, a visit and what its visitor did, or one told right after the other."""
    shared = len(people & theirs)
    return shared >= 2 or (shared == 1 and ("visit" in (event.kind, other.kind) or abs(event.evidence[0].start - other.evidence[0].start) < 300))


def _inherit(bench: Bench, events: list[EventFact]) -> list[EventFact]:
    """Give an event without date or place those of a sibling: same people, or a visit and its talks; else the dateline's place in the lead."""
    out = []
    for event in events:
        date, place = event.date, event.place
        people = set(event.participants or event.visitor)
        siblings = [o for o in events if o is not event and o.planned == event.planned and _siblings(people, set(o.participants or o.visitor), event, o)]
        if date is None:
            date = next((o.date for o in siblings if o.date and (not place or not o.place or o.place == place)), None)
        if place is None and event.kind not in ("phone call", "video call", "message"):
            near = [o for o in siblings if o.place and o.kind not in ("phone call", "video call", "message") and (_compatible(o.date, date) if o.date and date else not o.date and abs(o.evidence[0].start - event.evidence[0].start) < 600)]
            place = next((o.place for o in near), None)
        out.append(event if (date, place) == (event.date, event.place) else msgspec.structs.replace(event, date=date, place=place, ids={**event.ids, **bench.ids([place])}))
    return out
