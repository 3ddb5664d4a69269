"""What must hold in the reference: references resolve, dates exist, sources are given, one seat has one holder at a time.

The tenures of one office may share a handover day, and, where a date is known to the month or year only, that month or year.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from relgraph.errors import KnowledgeError
from relgraph.knowledge.entities import (
    Body,
    Entity,
    Function,
    Organisation,
    Person,
    Place,
    State,
    Tenure,
    Treaty,
    function_in,
)
from relgraph.knowledge.vocabularies import labels
from relgraph.model import EntityId
from relgraph.periods import bounds


class Checker:
    """Checks all entries together and names the file and line of the first that is wrong."""

    def __init__(self) -> None:
        self._places: dict[EntityId, tuple[str, Any]] = {}

    def place(self, entity_id: EntityId, path: str, row: Any) -> None:
        """Remember where an entry stands. `row` and the mappings in it have a `line`."""
        self._places[entity_id] = (path, row)

    def status(self, treaty: Treaty, said: str) -> None:
        """Check that a status given beside a treaty's steps is the one that they lead to.

        Raises:
            KnowledgeError: It isn't; names the line of the status.
        """
        order = labels("treaty-status")
        reached = max((s.status for s in treaty.steps), key=lambda s: order.get(s) or 0, default=None)
        if said != reached:
            path, row = self._places[treaty.id]
            problem = f"'{treaty.id.partition(':')[2]}': the status '{said}' is not what its steps lead to ({reached or 'no step'})"
            raise KnowledgeError(problem, path=path, line=row.lines["status"], hint="leave it out, or add the step")

    def check(self, entities: Mapping[EntityId, Entity], functions: tuple[Function, ...]) -> None:
        """Check everything that more than one entry or field decides.

        Raises:
            KnowledgeError: For the first problem, in file order.
        """
        for entity in entities.values():
            for said, problem in _problems(entity, entities):
                raise self._bad(entity.id, said, f"'{entity.id.partition(':')[2]}': {problem}")
        several = {f.id for f in functions if f.seats == "several"}
        for entity_id, said, problem in _overlaps(entities, functions, several):
            raise self._bad(entity_id, said, problem)

    def _bad(self, entity_id: EntityId, said: str, problem: str) -> KnowledgeError:
        path, row = self._places[entity_id]
        return KnowledgeError(problem, path=path, line=_line(row, said) or row.line)


def _line(value: Any, said: str) -> int | None:
    """Return the line of the innermost key whose value is, or lists, a text."""
    if not said:
        return None
    if isinstance(value, list):
        return next((found for child in value if (found := _line(child, said))), None)
    if not isinstance(value, dict):
        return None
    for child in value.values():
        found = _line(child, said)
        if found:
            return found
    lines: dict[str, int] = getattr(value, "lines", {})
    return next((lines[k] for k, v in value.items() if str(v) == said or (isinstance(v, list) and said in v)), None)


def _problems(entity: Entity, entities: Mapping[EntityId, Entity]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one entry, with the words that stand in the file."""
    if not entity.source.strip():
        yield "", "has no source"
    if not entity.name.strip():
        yield "", "has no name"
    wanted: list[tuple[str, tuple[str, ...]]] = []
    dates: list[tuple[str | None, str | None]] = []
    sides, any_side = ("state", "organisation"), ("state", "organisation", "body", "person", "place")
    match entity:
        case State():
            wanted += [(m, ("state",)) for m in (*entity.members, *entity.located_in, entity.group, entity.part_of) if m]
            dates += [(None, entity.dissolved), *((None, c.end) for c in entity.capital_former)]
        case Organisation():
            wanted += [(m.actor, sides) for m in entity.memberships] + [(o, ("organisation", "state")) for o in (entity.part_of, entity.state) if o]
            dates += [(m.start, m.end) for m in entity.memberships] + [(entity.founded, None)]
            for kind in {m.kind for m in entity.memberships} - set(labels("membership-kind")):
                yield kind, f"has a membership '{kind}', which is no kind of ontology/vocabularies/membership-kind.ttl"
        case Body():
            wanted += [(m, sides) for m in entity.members] + ([(entity.under, ("organisation", "body"))] if entity.under else [])
            dates.append((entity.since, None))
            if len(entity.members) < 2:
                yield "", "has fewer than two members"
            if entity.level is not None and entity.level not in labels("body-level"):
                yield entity.level, f"meets at the level '{entity.level}', which is no level of ontology/vocabularies/body-level.ttl"
        case Treaty():
            wanted += [(p, sides) for p in entity.parties] + [(p, sides) for s in entity.steps for p in s.by]
            dates += [(s.date, None) for s in entity.steps]
            if len(entity.parties) < 2:
                yield "", "has fewer than two parties"
            for step in entity.steps:
                if step.status not in labels("treaty-status"):
                    yield step.status, f"has a step '{step.status}', which is no status of ontology/vocabularies/treaty-status.ttl"
                for side in step.by:
                    if side not in entity.parties:
                        yield side, f"has a step by '{side}', which is no party"
            yield from _disordered(entity)
        case Place():
            wanted += [(s, ("state",)) for s in entity.states]
        case Person():
            wanted += [(t.of, any_side) for t in entity.tenures]
            dates += [*((t.start, t.end) for t in entity.tenures), *((None, n.end) for n in entity.name_former)]
            for former in entity.name_former:
                if former.name not in entity.aliases:
                    yield former.name, f"has the former name '{former.name}', which is none of its aliases"
    for other, classes in wanted:
        if other not in entities:
            yield other, f"names '{other}', which is no entry"
        elif other.partition(":")[0] not in classes:
            yield other, f"names '{other}' where a {' or '.join(classes)} is due"
    for start, end in dates:
        for day in (start, end):
            if day is not None and ("/" in day or bounds(day) is None):
                yield day, f"the date '{day}' does not exist"
        low, high = start and bounds(start), end and bounds(end)
        if low and high and (low[0] or "") > (high[1] or ""):
            yield end or "", f"ends ({end}) before it begins ({start})"


def _disordered(treaty: Treaty) -> Iterator[tuple[str, str]]:
    """Yield steps of the same sides that lie before a step of a lower order: in force before signed. Later accessions of single parties are none."""
    order = labels("treaty-status")
    for one, other in itertools.permutations(treaty.steps, 2):
        if one.by == other.by and (order.get(one.status) or 0) < (order.get(other.status) or 0):
            lower, higher = one.date and bounds(one.date), other.date and bounds(other.date)
            if lower and higher and (higher[1] or "9999") < (lower[0] or ""):
                yield other.date or "", f"is {other.status} ({other.date}) before it is {one.status} ({one.date})"


def _overlaps(entities: Mapping[EntityId, Entity], functions: tuple[Function, ...], several: set[str]) -> Iterator[tuple[EntityId, str, str]]:
    """Yield tenures of one seat that overlap by more than a handover day at the coarser precision. An acting holder may stand beside the one he stands in for."""
    by_seat: dict[tuple[str, str, str, bool], list[tuple[Person, Tenure]]] = defaultdict(list)
    for person in entities.values():
        if isinstance(person, Person):
            for tenure in person.tenures:
                function = function_in(tenure.office, functions)
                if function is None or function.id not in several:
                    by_seat[tenure.office, tenure.of, tenure.chamber or "", tenure.acting].append((person, tenure))
    for (office, of, _, _), held in by_seat.items():
        held.sort(key=lambda pair: (pair[1].start or "", pair[1].end or "9999"))
        for i, (first, one) in enumerate(held):
            for second, other in held[i + 1 :]:
                # A term begins at the latest on the last day its start may mean and ends at the earliest on the first day its end may mean.
                start = max(_last(one.start), _last(other.start))
                end = min(_first(one.end), _first(other.end))
                if start < end:
                    said = f"{office} of {of}: {first.name} (to {one.end or 'now'}) and {second.name} (from {other.start or 'unknown'}) overlap"
                    yield second.id, other.start or "", said


def _last(day: str | None) -> str:
    known = bounds(day) if day else None
    return (known[1] or "9999") if known else "9999"


def _first(day: str | None) -> str:
    known = bounds(day) if day else None
    return (known[0] or "9999") if known else "9999"
