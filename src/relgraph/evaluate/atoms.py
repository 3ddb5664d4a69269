"""Facts broken into small tuples, so that a partly right fact earns part of the score."""

from __future__ import annotations

import itertools
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from relgraph.evaluate.names import FIVE_STATES, GoldNames, office_key, plain, titles_agree

Atom = tuple[Hashable, ...]
RawFact = Mapping[str, Any]

_PARTS_OF_YEAR = {("01", "06"): "-H1", ("07", "12"): "-H2", ("01", "03"): "-Q1", ("04", "06"): "-Q2", ("07", "09"): "-Q3", ("10", "12"): "-Q4", ("01", "12"): ""}


def _number(value: object) -> float | str:
    try:
        return round(float(value), 2)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return plain(value)


def _period(value: object) -> str:
    """Bring '2025-01/2025-06' and '2025-H1' to one spelling."""
    months = re.fullmatch(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)", str(value))
    if months and months[1] == months[3] and (months[2], months[4]) in _PARTS_OF_YEAR:
        return months[1] + _PARTS_OF_YEAR[months[2], months[4]]
    return str(value)


def atoms(fact: RawFact, name: GoldNames) -> Iterator[Atom]:
    """Yield the small tuples of one fact; the first member says under which line of the table it counts."""

    def all_of(field: str) -> tuple[str, ...]:
        found = {name(x) for x in fact.get(field) or ()}
        if "central asia" in found:
            found = found - {"central asia"} | FIVE_STATES
        return tuple(sorted(found))

    kind = fact.get("type")
    match kind:
        case "office":
            yield ("office", name(fact.get("person")), office_key(fact.get("office")), name(fact.get("of")))
        case "event":
            yield from _event_atoms(fact, name, all_of("participants"), all_of("visitor"))
        case "body":
            yield ("body", name(fact.get("name")))
            yield from (("body", name(fact.get("name")), member) for member in all_of("members"))
        case "treaty":
            treaty = name(fact.get("name"))
            yield ("treaty", treaty)
            yield from (("treaty", treaty, "party", party) for party in all_of("parties"))
            if fact.get("status"):
                yield ("treaty", treaty, "status", plain(fact["status"]))
        case "indicator" | "target":
            figure = (kind, plain(fact.get("kind")), all_of("between"), _number(fact.get("value")), plain(fact.get("unit")))
            yield figure
            when = fact.get("period") or fact.get("by")
            if when:
                yield (*figure, _period(when))
        case "relation":
            yield ("relation", plain(fact.get("kind")), all_of("between"))
        case "topic":
            yield ("topic", all_of("between"), plain(fact.get("topic")))


def _event_atoms(fact: RawFact, name: GoldNames, participants: tuple[str, ...], visitors: tuple[str, ...]) -> Iterator[Atom]:
    kind, people = plain(fact.get("kind")), participants or visitors
    groups: Iterable[tuple[str, ...]]
    if visitors and not fact.get("participants"):
        groups = [(visitor, name(fact.get("host"))) for visitor in people]
    elif len(people) in (2, 3):
        groups = itertools.combinations(people, 2)
    else:
        groups = [(person,) for person in people]
    for group in groups:
        yield ("event", kind, *group, *(("planned",) if fact.get("planned") else ()))
        if fact.get("date"):
            yield ("event date", kind, *group, str(fact["date"]).split("/")[0])
        if fact.get("place"):
            yield ("event place", kind, *group, plain(fact["place"]))


def all_atoms(facts: Iterable[RawFact], name: GoldNames) -> set[Atom]:
    """Return the small tuples of several facts."""
    return {atom for fact in facts for atom in atoms(fact, name)}


def with_gold_titles(facts: Iterable[RawFact], gold_facts: Sequence[RawFact], name: GoldNames) -> Iterator[RawFact]:
    """Yield the facts, each body or treaty under the first gold name of its type that agrees with its own."""
    for fact in facts:
        titles = [name(g.get("name")) for g in gold_facts if g.get("type") == fact.get("type")] if fact.get("type") in ("body", "treaty") else []
        mine = name(fact.get("name"))
        same = None if mine in titles else next((title for title in titles if titles_agree(mine, title)), None)
        yield fact if same is None else {**fact, "name": same}
