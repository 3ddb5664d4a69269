"""Which states have to do with each other, and how: a coarser measure in which unlike systems can be compared.

Facts become (state, state, class): contact, agreement, cooperation or conflict. A person stands for the state of his office.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from relgraph.evaluate.atoms import RawFact
from relgraph.evaluate.names import FIVE_STATES, heard, plain
from relgraph.evaluate.scores import Tally

CLASSES = {
    "contact": ("meeting", "phone call", "video call", "visit", "summit", "message", "forum"), "agreement": ("signing", "statement"),
    "cooperation": ("aid",), "conflict": ("incident", "protest", "sanction"),
}  # fmt: skip
_CLASS_OF_KIND = {kind: name for name, kinds in CLASSES.items() for kind in kinds}
_FIELD = {"treaty": "parties", "body": "members", "event": "participants"}
_GROUPS = frozenset({"central asia", "central asian states", "central asian countries", "central asian republics"})
Pair = tuple[str, str, str]


def pair_tallies(gold: Mapping[str, Any], facts: Iterable[RawFact], states: frozenset[str]) -> dict[str, Tally]:
    """Return the tallies of one article: 'pair', 'pair+class' and one for each class.

    Args:
        gold: The gold file.
        facts: What was found.
        states: Plain names of the states of the world; organisations, companies and places are none.
    """
    said = list(facts)
    people = _offices(gold.get("doubtful") or (), gold, states) | _offices(gold["facts"], gold, states)
    want, maybe = _pairs(gold["facts"], people, states), _pairs(gold.get("doubtful") or (), people, states)
    have = _pairs(said, _offices(said, {}, states) | people, states)
    rows = {"pair": _tally({p[:2] for p in want}, {p[:2] for p in maybe}, {p[:2] for p in have}), "pair+class": _tally(want, maybe, have)}
    return rows | {name: _tally(*({p for p in side if p[2] == name} for side in (want, maybe, have))) for name in CLASSES}


def _offices(facts: Iterable[RawFact], gold: Mapping[str, Any], states: frozenset[str]) -> dict[str, str]:
    """Return the state of each person, in any listed spelling, by the first office that names one."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.get("type") == "office" and plain(fact.get("of")) in states:
            for name in (fact.get("person"), *((gold.get("aliases") or {}).get(fact.get("person")) or ())):
                for key in (plain(name), heard(name)):
                    found.setdefault(key, plain(fact["of"]))
    return found


def _pairs(facts: Iterable[RawFact], people: Mapping[str, str], states: frozenset[str]) -> set[Pair]:
    found: set[Pair] = set()
    for fact in facts:
        kind, contact = plain(fact.get("kind")), _class_of(fact)
        if contact is None:
            continue
        field = _FIELD.get(str(fact.get("type")), "between")
        both: Iterable[tuple[str, str]]
        if kind == "visit" and fact.get("host"):
            guests = {*_states(fact, "visitor", people, states), *_states(fact, "participants", people, states)}
            both = itertools.product(guests, set(_states(fact, "host", people, states)))
        else:
            both = itertools.combinations({*_states(fact, field, people, states), *(_states(fact, "visitor", people, states) if kind == "visit" else ())}, 2)
        for two in both:
            if two[0] != two[1]:
                first, second = sorted(two)
                found.add((first, second, contact))
    return found


def _class_of(fact: RawFact) -> str | None:
    match fact.get("type"):
        case "event":
            return _CLASS_OF_KIND.get(plain(fact.get("kind")))
        case "relation":
            return {"dispute": "conflict", "membership": None}.get(plain(fact.get("kind")), "cooperation")
        case "treaty":
            return "agreement"
        case "body" | "indicator" | "target" | "topic":
            return "cooperation"
        case _:
            return None


def _states(fact: RawFact, field: str, people: Mapping[str, str], states: frozenset[str]) -> Iterator[str]:
    value = fact.get(field) or ()
    for name in [value] if isinstance(value, str) else value:
        short = plain(name)
        if short in _GROUPS:
            yield from FIVE_STATES
        elif short in states:
            yield short
        elif short in people or heard(name) in people:
            yield people.get(short) or people[heard(name)]


def _tally(want: set[Any], maybe: set[Any], have: set[Any]) -> Tally:
    return Tally(len(want & have), len(have - want - maybe), len(want - have))
