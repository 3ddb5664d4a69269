"""Offices said once for several persons: 'the presidents of A and B, X and Y', 'prime ministers X of A and Y of B', 'the envoys of six countries'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.resolve.order import preceding, within
from relgraph.resolve.parties import Party
from relgraph.resolve.titles import Joined, state_beside
from relgraph.resolve.wording import OWNS, Wording

_FAR = 600
"""Characters that a list of persons or states is sought over."""


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """A person who holds an office that stands elsewhere; `of` None when no state can be told."""

    person: Party
    office: Mention
    of: Party | None
    start: int
    end: int


def shared(text: str, joined: Sequence[Joined], persons: Sequence[Party], actors: Sequence[Party], wording: Wording) -> Iterator[Holding]:
    """Yield who holds each office in the plural, for one sentence."""
    lists = runs(text, actors, wording)
    run_of = {party.start: run for run in lists for party in run}
    for one in joined:
        office = one.office
        if office.form != "plural":
            continue
        own = run_of.get(one.of.start, []) if one.of is not None else []
        beside_it = preceding(actors, office.start)
        near = run_of.get(beside_it.start, []) if beside_it is not None and office.start - beside_it.end < 3 else []
        before = own if own and own[-1] is one.of and own[-1].end <= office.start else near if near and near[-1] is beside_it else []
        after = own if own and own[0].start >= office.end else []
        end = max(one.end, after[-1].end if after else 0)
        group = _group_after(text, persons, end, wording) or _group_before(text, persons, one.start if not before else before[0].start, wording)
        if not group:
            continue
        beside = {p.start: state_beside(text, p, actors, wording) for p in group}
        states = after or before
        if not states and one.possessive == "states":
            states = next((r for r in _earlier(run_of, actors, office.start) if len(r) > 1), [])
        if any(beside.values()):
            of = [beside[p.start] for p in group]
        elif len(states) == len(group):
            of = list(states)
        elif len(states) == 1:
            of = [states[0]] * len(group)
        else:
            of = [None] * len(group)
        for person, state in zip(group, of, strict=True):
            yield Holding(person=person, office=office, of=state, start=min(one.start, person.start), end=max(person.end, office.end))


def runs(text: str, parties: Sequence[Party], wording: Wording) -> list[list[Party]]:
    """Return the lists in which parties stand one after the other with only commas, 'and' and articles between, lists of one included."""
    found: list[list[Party]] = []
    for party in parties:
        gap = wording.pieces(text[found[-1][-1].end : party.start]) if found and party.start - found[-1][-1].end < 40 else ["."]
        if gap and party.start >= found[-1][-1].end if found else False:
            joins = all(p == "," or p in wording.coordinators or p in wording.articles or p in wording.genitive for p in gap) and any(p == "," or p in wording.conjunctions for p in gap)
            if joins:
                found[-1].append(party)
                continue
        found.append([party])
    return found


def _earlier(run_of: Mapping[int, list[Party]], actors: Sequence[Party], position: int) -> Iterator[list[Party]]:
    """The lists before a position, the nearest first."""
    for party in reversed(within(actors, position - _FAR, position)):
        run = run_of.get(party.start, [])
        if run and run[-1].end <= position:
            yield run


def _group_after(text: str, persons: Sequence[Party], end: int, wording: Wording) -> list[Party]:
    """The persons listed after a position."""
    group: list[Party] = []
    for person in within(persons, end, end + _FAR):
        gap = wording.pieces(text[end : person.start])
        if not group:
            if len(gap) > 6 or not all(p in (",", "-", ":", "(", OWNS) or p in wording.ranks or p in wording.articles for p in gap):
                return []
        elif not _continues(gap, wording):
            break
        group.append(person)
        end = person.end
    return group if len(group) > 1 else []


def _group_before(text: str, persons: Sequence[Party], start: int, wording: Wording) -> list[Party]:
    """The persons listed before a position, which a comma must close: 'X and Y, the presidents'."""
    group: list[Party] = []
    for person in reversed(within(persons, start - _FAR, start)):
        if person.end > start:
            continue
        gap = wording.pieces(text[person.end : start])
        if not group:
            if not gap or gap[0] not in (",", "-", "(") or not all(p in (",", "-", "(") or p in wording.articles or p in wording.appositive for p in gap):
                return []
        elif not _continues(gap, wording):
            break
        group.insert(0, person)
        start = person.start
    return group if len(group) > 1 else []


def _continues(gap: Sequence[str], wording: Wording) -> bool:
    """Whether a list of persons goes on: between two names stand 'and' or a comma, and at most the state of the first and a rank of the second."""
    if not any(p in wording.conjunctions or p in (",", ";") for p in gap) or len(gap) > 9:
        return False
    plain = [p for p in gap if p not in wording.coordinators and p not in (",", ";", "(", ")") and p not in wording.ranks and p not in wording.articles]
    return not plain or (plain[0] in wording.genitive and len(plain) <= 4) or (len(plain) <= 2 and "(" in gap)
