"""What an article's main scene tells of its events: who sits at the day's gathering, who adopted its papers, whom a visitor came to see.

In: the drafts of an article. Out: the same drafts, filled, with those that the scene implies. A reader takes these slots from sentences far apart:
persons are named one by one while the summit goes on, 'the leaders adopted a statement' means all of them, and a visit is told by its talks.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.entities import Organisation
from relgraph.model import EventFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import HEADS, same_rank
from relgraph.relate.events.participants import whole
from relgraph.relate.events.stage import Draft, Stage, compatible, days_apart, sides, within
from relgraph.relate.events.syntax import Sketch
from relgraph.relate.when import usable
from relgraph.resolve import Party, View

_MINISTERS = ("foreign minister",)
_ENCOUNTERS = ("meeting", "phone call", "video call", "summit")
_TALKS = ("meeting", "phone call", "video call")
_PAIR = 2
_NAMED = ("name", "surname", "office")
_PAPERS = ("statement", "signing")
_FROM_SCENE = ("gathered", "roster", "talks", "focus", "three", "group")
_LEAST = 3
_FIRST = 3
"""The last paragraph in which leaders named together are the day's story."""
_NEAR_DAYS = 7
_APART = ("message", "phone call", "video call")
_AHEAD = 2
"""How many sentences before its gathering a paper may be told of."""


def set_scene(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Fill the main gathering and its papers; add the talks of a visit that its text only implies."""
    for draft in drafts:
        _name_sides(stage, draft)
    main = _main_gathering(stage, drafts)
    if main is None:
        main = _untold(stage, drafts) or _behind_papers(stage, drafts) or _named_together(stage, drafts)
        if main is not None:
            drafts = [*drafts, main]
    if main is not None:
        _fill(stage, main)
        for draft in drafts:
            if draft.fact.kind in _PAPERS and draft is not main and _of_gathering(draft, main):
                _give(stage, draft, main.people, ".scene-people")
    return [*drafts, *_talks_behind_papers(stage, drafts), *_talks_of_a_visit(stage, drafts)]


def _name_sides(stage: Stage, draft: Draft) -> None:
    """Put the only person of each side whom its sentence names in the place of two states that talk: 'X recalled it when the two sat together during the visit of Y'."""
    if draft.fact.kind not in _TALKS or len(draft.people) != len(sides(draft.people)) or len(draft.people) != _PAIR or any(p.kind != "state" for p in draft.people) or not draft.view.sentence.index:
        return
    persons = {p.name: p for p in draft.view.parties if p.kind == "person" and p.state and p.form in _NAMED}
    if len(persons) == _PAIR and sides(list(persons.values())) == sides(draft.people) and all(rank_of(stage, p) for p in persons.values()):
        _give(stage, draft, list(persons.values()), ".by-name")


def _met(drafts: Sequence[Draft], one: Party, other: Party, place: str | None = None) -> bool:
    """Whether an encounter of the day between two persons, or their states, is told; a summit in another place is none."""
    return any(d.fact.kind in _ENCOUNTERS and not (d.fact.kind == "summit" and place and d.fact.place and d.fact.place != place) and not d.background and {one.side, other.side} <= sides(d.people) and all(p.kind != "person" or p.name in (one.name, other.name) for p in d.people if p.side in (one.side, other.side)) for d in drafts)


def _talks_behind_papers(stage: Stage, drafts: Sequence[Draft]) -> list[Draft]:
    """Two leaders who sign or open something together met."""
    out: list[Draft] = []
    for draft in drafts:
        pair = [p for p in draft.people if p.kind == "person" and rank_of(stage, p)]
        if draft.fact.kind not in _PAPERS or len(draft.people) != 2 or len(sides(pair)) != 2 or draft.unasserted or draft.fact.planned or not draft.view.sentence.index or draft.background:
            continue
        if all(rank_of(stage, p) == "minister" for p in pair) and _with_heads(stage, drafts, sides(pair)):
            continue  # ministers who sign what their presidents have agreed
        if not _met([*drafts, *out], pair[0], pair[1], draft.fact.place if draft.own_place else None):
            fact = msgspec.structs.replace(draft.fact, kind="meeting", rule="event.meeting.signers", confidence=0.6)
            out.append(Draft(view=draft.view, fact=fact, people=draft.people, own_date=draft.own_date, own_place=draft.own_place))
    return out


def _with_heads(stage: Stage, drafts: Sequence[Draft], both: set[str]) -> bool:
    """Whether the day's story tells that the heads of two sides met, or that one came to the other's."""
    return any(d.fact.kind in ("meeting", "visit", "summit") and not d.background and any(p.kind == "person" and p.side in both and rank_of(stage, p) == "head" for p in d.people) for d in drafts)


def _talks_of_a_visit(stage: Stage, drafts: Sequence[Draft]) -> list[Draft]:
    """A leader or foreign minister who comes is received by the one of his rank whom the day's story shows at home."""
    out: list[Draft] = []
    leaders: dict[tuple[str | None, str], list[Party]] = {}
    for draft in drafts:
        visitors = [p for p in draft.people if p.kind == "person"]
        rank = rank_of(stage, visitors[0]) if len(visitors) == 1 else None
        if draft.fact.kind != "visit" or draft.background or draft.unasserted or draft.fact.planned or rank is None or not draft.view.sentence.index:
            continue
        key = draft.fact.date, rank
        if key not in leaders:
            leaders[key] = _leaders(stage, draft.fact.date, (), rank)
        hosts = [p for p in leaders[key] if p.state == draft.host]
        if len(hosts) == 1 and not _met([*drafts, *out], visitors[0], hosts[0]):
            fact = msgspec.structs.replace(draft.fact, kind="meeting", participants=(visitors[0].name, hosts[0].name), visitor=(), host=None, level=None, rule="event.meeting.visit", confidence=0.58, ids={**draft.fact.ids, **stage.bench.ids([hosts[0].name])})
            out.append(Draft(view=draft.view, fact=fact, people=(visitors[0], hosts[0]), own_date=draft.own_date, own_place=draft.own_place))
    return out


def rank_of(stage: Stage, person: Party) -> str | None:
    """'head' for heads of state and government, 'minister' for foreign ministers, None for others."""
    held = set(stage.cast.titles.get(person.name, ()))
    if person.office:
        held.add(person.office)
    published = stage.bench.article.published
    if person.id and published:
        held |= {t.office for t in stage.bench.knowledge.reference.offices_of(person.id, published)}
    if any(same_rank(o, h) for o in HEADS for h in held):
        return "head"
    return "minister" if any(same_rank(o, h) for o in _MINISTERS for h in held) else None


def _main_gathering(stage: Stage, drafts: Sequence[Draft]) -> Draft | None:
    """The summit of the day's story with most people."""
    found = [d for d in drafts if d.fact.kind == "summit" and not d.background and not d.unasserted and d.view.sentence.index and not d.fact.planned]
    return max(found, key=lambda d: (len(d.people), -d.view.sentence.index), default=None)


def _untold(stage: Stage, drafts: Sequence[Draft]) -> Draft | None:
    """A summit of the day whose sentence names nobody, when three leaders or more stand on stage."""
    for waiting in stage.waiting:
        people = _leaders(stage, waiting.date, ())
        if len(sides(people)) < _LEAST:
            return None
        draft = stage.add(waiting.sketch, waiting.trigger, "summit", f"event.{waiting.trigger.key}.scene-people", people=people, confidence=0.6)
        if draft is not None:
            stage.drafts.remove(draft)
            return None if draft.background or draft.unasserted or draft.fact.planned else draft
    return None


def _behind_papers(stage: Stage, drafts: Sequence[Draft]) -> Draft | None:
    """Three leaders or more who sign or adopt a paper together sat at one table."""
    for draft in drafts:
        heads = [p for p in draft.people if p.kind == "person" and rank_of(stage, p) == "head"]
        if draft.fact.kind in _PAPERS and not draft.background and not draft.unasserted and not draft.fact.planned and draft.view.sentence.index and len(sides(heads)) >= _LEAST:
            fact = msgspec.structs.replace(draft.fact, kind="summit", participants=tuple(p.name for p in heads), rule="event.summit.signers", confidence=0.6)
            return Draft(view=draft.view, fact=fact, people=tuple(heads), own_date=draft.own_date, own_place=draft.own_place)
    return None


def _named_together(stage: Stage, drafts: Sequence[Draft]) -> Draft | None:
    """Four leaders or more whom one of the first sentences names as acting together, without telling of letters, calls or another time."""
    for view in stage.bench.resolved.views:
        heads = {p.side: p for p in stage.acting.get(view.sentence.index, ()) if p.kind == "person" and p.state and rank_of(stage, p) == "head"}
        if not view.sentence.index or view.sentence.paragraph > _FIRST or len(heads) <= _LEAST or view.of_kind("modality") or view.of_kind("planned") or _another_day(stage, view):
            continue
        if any(d.fact.kind in _APART for d in stage.drafts.told_in(view)) or any(d.fact.kind == "summit" and not d.background and not d.fact.planned for d in drafts):
            return None
        sketch = Sketch(stage.bench.article.text, view, stage.grammar, [])
        first = min(heads.values(), key=lambda p: p.start)
        trigger = Mention(start=first.start, end=first.end, text=sketch.text[first.start : first.end], kind="event", key="summit")
        draft = stage.add(sketch, trigger, "summit", "event.summit.roster-only", people=tuple(heads.values()), confidence=0.66)
        if draft is not None:
            stage.drafts.remove(draft)
            return None if draft.background or draft.unasserted or draft.fact.planned else draft
    return None


def _leaders(stage: Stage, date: str | None, members: Sequence[Party], rank: str = "head") -> list[Party]:
    """The heads of state and government (or the foreign ministers), one of a side, whom sentences of the day's story name as acting."""
    found: dict[str, Party] = {p.side: p for p in members if p.kind == "person"}
    for view in stage.bench.resolved.views:
        acting = stage.acting.get(view.sentence.index, ())
        if not view.sentence.index or not acting or _elsewhen(stage, view, date):
            continue
        for party in acting:
            if party.kind == "person" and (party.state or party.id) and party.side not in found and rank_of(stage, party) == rank:
                found[party.side] = party
    return list(found.values())


def _elsewhen(stage: Stage, view: View, date: str | None) -> bool:
    """Whether a sentence tells of another time than the scene: a date of its own or a word like 'previous'."""
    day = (date or stage.bench.article.published or "").split("/")[0]
    for mention in usable(view, stage.grammar.possessive):
        iso = str(mention.value.iso)
        first = iso.split("/")[0]
        if compatible(iso, day if date else day[:7]) or within(iso, day) or (len(first) == 10 == len(day) and 0 <= days_apart(first, day) <= 1):  # guests come on the eve
            continue
        return True
    return any(w.strip(".,;") in stage.grammar.words("older") for w in view.text.lower().split())


def _another_day(stage: Stage, view: View) -> bool:
    """Whether a sentence names a day or month that isn't the article's, or says 'previous'."""
    day = stage.lead_day or stage.bench.article.published or ""
    firsts = [str(m.value.iso).split("/")[0] for m in usable(view, stage.grammar.possessive)]
    other = any(len(f) >= len("2025-01") and not compatible(f, day) and not (len(f) == len(day) and abs(days_apart(f, day)) <= _NEAR_DAYS) for f in firsts)
    return other or any(w.strip(".,;") in stage.grammar.words("older") for w in view.text.lower().split())


def _fill(stage: Stage, main: Draft) -> None:
    """Put the leaders of the day's story in the place of their states, and add those of the gathering's members."""
    persons = [p for p in main.people if p.kind == "person"]
    if main.closed or ".many" in main.fact.rule or (not persons and len(main.people) == _LEAST):
        return
    if persons and not any(rank_of(stage, p) == "head" for p in persons):
        return
    leaders = _leaders(stage, main.fact.date, persons)
    wanted = {p.name for p in main.people if p.kind == "state"} | members_at(stage, main)
    if not persons and all(p.kind == "organisation" for p in main.people) and len(leaders) <= _LEAST:
        return  # the organisation's own summit, of whose guests the article names a few
    people: list[Party] = list(persons)
    for leader in leaders:
        if leader.name not in {p.name for p in people} and (leader.state in wanted or len(persons) >= 2):
            people.append(leader)
    unseen = not {p.state for p in people} & members_at(stage, main)  # of an organisation nobody is named
    people = list(whole(stage, [*people, *(p for p in main.people if p.kind == "state" or (unseen and p.kind == "organisation" and len(main.people) > 1))]))
    if len(sides(people)) >= 2 and {p.name for p in people} != {p.name for p in main.people}:
        _give(stage, main, people, ".scene-people")


def members_at(stage: Stage, draft: Draft) -> set[str]:
    """The member states of an organisation whose summit an event is."""
    reference = stage.bench.knowledge.reference
    out: set[str] = set()
    for party in draft.people if draft.fact.kind == "summit" else ():
        entity = reference.entities.get(party.id) if party.kind == "organisation" and party.id else None  # type: ignore[call-overload]
        if isinstance(entity, Organisation):
            out |= {reference.name(m.actor) for m in entity.memberships}
    return out


def _of_gathering(draft: Draft, main: Draft) -> bool:
    """Whether a paper is the gathering's: told beside it or after it, of the same day, by some of its people."""
    fact = draft.fact
    if draft.background or draft.unasserted or fact.planned or not draft.view.sentence.index or len(sides(main.people)) < _LEAST:
        return False
    if main.view.sentence.index > draft.view.sentence.index + _AHEAD:
        return False  # the gathering is told of only later
    if fact.date and main.fact.date and fact.date.split("/")[0] != main.fact.date.split("/")[0]:
        return False
    mine, theirs = sides(draft.people), sides(main.people)
    return any(part in _FROM_SCENE for part in fact.rule.split(".")) and (mine < theirs or len(mine & theirs) >= 2)


def _give(stage: Stage, draft: Draft, people: Sequence[Party], rule: str) -> None:
    """Write other participants into a draft; spans stay those of its sentence."""
    fact: EventFact = draft.fact
    draft.people = tuple(people)
    draft.fact = msgspec.structs.replace(fact, participants=tuple(p.name for p in people), rule=fact.rule + rule, confidence=round(fact.confidence - 0.04, 3), ids={**fact.ids, **stage.bench.ids(p.name for p in people)})
