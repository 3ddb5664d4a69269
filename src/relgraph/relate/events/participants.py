"""Who takes part where many do: the group that a passage is about, guests named later, lines that list who came, the host of a club's summit."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.entities import Organisation
from relgraph.model import EntityId
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.stage import Draft, Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party, View

_MANY = 3
_LINE = 140
"""A line that lists one participant is no longer than this."""
_CLUBS = frozenset({"intergovernmental", "supranational", "military alliance", "dialogue format", "joint mechanism"})


def passage_group(stage: Stage, view: View, *, named: bool = False) -> tuple[Party, ...]:
    """Return the three or more states that a passage is about together, at no word of it; empty when it is about a pair or unsure.

    Args:
        stage: The article being read.
        view: The sentence.
        named: Whether the sentence itself must say who or how many they are.
    """
    focus, whole = view.focus, stage.bench.resolved.group
    if len(focus) < _MANY or (named and view.focus_reason != "group-named"):
        return ()
    if set(focus) != set(whole) and view.focus_reason != "group-named":
        return ()
    return tuple(stage.cast.state(name, view) for name in focus)


def of_ministers(stage: Stage, view: View, people: Sequence[Party]) -> bool:
    """Whether unnamed holders of high office of three or more states, or of a region and a partner, are said to meet."""
    regions = {r.name for r in stage.bench.knowledge.reference.regions}
    many = len(sides(people)) >= _MANY or (len(sides(people)) > 1 and any(p.name in regions for p in people))
    return many and any(stage.grammar.is_office(str(m.value), "leader") for m in view.of_kind("office"))


def together(stage: Stage, sketch: Sketch, trigger: Mention, rule: str) -> Draft | None:
    """'The ministers of the six countries met': a summit of the group that the sentence names or counts, where no words say it otherwise."""
    view = sketch.view
    if not view.sentence.index or any(p.kind == "person" and p.form in ("name", "surname") for p in view.parties):
        return None
    people = passage_group(stage, view, named=True)
    clause = sketch.clause(trigger.start)
    if not people or not any(sketch.clause(m.start) == clause for m in view.of_kind("office", "plural")):
        return None
    draft = stage.add(sketch, trigger, "summit", f"{rule}.group", people=people, confidence=0.62)
    if draft is not None and not draft.fact.date and not draft.fact.place:
        stage.drafts.remove(draft)
        return None
    return draft


def line_of(view: View, before: View | None, *, opened: bool) -> Party | None:
    """Return whom a line of a list names ('Kazakhstan - President X'): one person of one state, no sentence; `opened` when the line before belongs to the list."""
    text = view.text.strip()
    if before is None or len(text) > _LINE or not (opened or before.text.rstrip().endswith(":")) or view.of_kind("event"):
        return None
    persons = [p for p in view.parties if p.kind == "person" and p.state]
    return persons[0] if len(sides(view.parties)) == 1 and len(persons) == 1 else None


def whole(stage: Stage, people: Sequence[Party]) -> tuple[Party, ...]:
    """Persons, and the states of which no person is named; a region only while one of its states has none."""
    reference = stage.bench.knowledge.reference
    here = {p.side for p in people if p.kind == "person"}
    regions = {r.name: {reference.name(m) for m in r.members} for r in reference.regions}
    return tuple(p for p in people if p.kind == "person" or (p.side not in here and not regions.get(p.name, {p.name}) <= here))


def with_host(stage: Stage, drafts: Sequence[Draft]) -> None:
    """Add the host, if the article names that state, to a summit of a club to which it belongs: 'all leaders have arrived in Bishkek, Kyrgyzstan'."""
    if not any(d.fact.kind == "summit" for d in drafts):
        return
    clubs, named = _clubs(stage), {s for v in stage.bench.resolved.views for s in v.explicit}
    for draft in drafts:
        fact = draft.fact
        here = sides(draft.people)
        if fact.kind != "summit" or len(here) < _MANY or not fact.place or not draft.view.sentence.index:
            continue
        states = set(stage.states_of(fact.place))
        if len(states) != 1 or states & here or not states <= named:
            continue
        host = next(iter(states))
        if any(host in club and len(here & club) * 3 >= len(here) * 2 for club in clubs):
            party = stage.cast.state(host, draft.view)
            draft.people = (*draft.people, party)
            draft.fact = msgspec.structs.replace(fact, participants=(*fact.participants, host), ids={**fact.ids, **stage.bench.ids([host])}, rule=fact.rule + ".host")


def _clubs(stage: Stage) -> list[frozenset[str]]:
    """The members and observers of each organisation of states that the article names."""
    reference = stage.bench.knowledge.reference
    found = {p.id for v in stage.bench.resolved.views for p in v.parties if p.kind == "organisation" and p.id}
    entities = [reference.entities.get(EntityId(i)) for i in sorted(found)]
    clubs = [frozenset(reference.name(m.actor) for m in e.memberships) for e in entities if isinstance(e, Organisation) and e.kind in _CLUBS]
    regions = [r for r in reference.regions if any(p.name == r.name for v in stage.bench.resolved.views for p in v.parties)]
    return [*clubs, *(frozenset(reference.name(m) for m in r.members) for r in regions)]
