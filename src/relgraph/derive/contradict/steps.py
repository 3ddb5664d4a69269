"""Steps of a treaty that are dated before those they need: in force before it was signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from relgraph.derive.contradict.found import Found, Limits
from relgraph.derive.reading import Days, concept, days, label, nodes
from relgraph.store import Store


class _Step(msgspec.Struct, frozen=True):
    iri: str
    status: str
    by: frozenset[str]
    days: Days


def disagreeing_steps(store: Store, treaty: str, names: Iterable[str], limits: Limits) -> Iterator[Found]:
    """Yield each pair of kinds of steps that stand in the wrong order; `names` are the nodes that mean the treaty.

    A party that joins later signs later: a step that is dated before every step that it needs contradicts them, not one that is dated before some.
    """
    steps = [s for name in sorted(names) for s in _steps(store, name)]
    for first, second in limits.order:
        needed = [s for s in steps if s.status == first]
        for late in (s for s in steps if s.status == second):
            before = [s for s in needed if not late.by or not s.by or s.by & late.by]
            if before and all(late.days[1] < s.days[0] for s in before):
                nearest = min(before, key=lambda s: (s.days, s.iri))
                said = f"{label(store, treaty)}: {second} {late.days[1].isoformat()}, but {first} {nearest.days[0].isoformat()}"
                yield Found(kind="steps out of order", said=said, conflicting=(late.iri, nearest.iri), concerns=(treaty,))


def _steps(store: Store, treaty: str) -> list[_Step]:
    found = []
    for step in sorted(nodes(store, treaty, "step")):
        told, status = days(store, step), next(iter(sorted(nodes(store, step, "stepStatus"))), "")
        if told:
            found.append(_Step(step, concept(status), frozenset(nodes(store, step, "stepBy")), told))
    return found
