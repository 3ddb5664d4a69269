"""How sure a fact is: a logistic regression over what its rule saw, scored from a readable text file.

In: a candidate fact and the resolved sentence it rests on. Out: the probability that an annotator would write it down.
The weights (data/confidence/<language>.tsv: type, feature, weight) are trained by benchmarks/confidence/train.py. A language
without weights keeps the confidence that the rule gave by hand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping

from relgraph.knowledge.weights import BIAS, Weights
from relgraph.model import AnyFact, EventFact, Figure, OfficeFact, RelationFact, TopicFact, TreatyFact, names_of
from relgraph.relate.candidates import Bench
from relgraph.relate.company import Company
from relgraph.resolve import View, view_at

_FAR, _NEAR = 90, 30
"""Characters between a trigger and the nearest party: beyond these it is far, within those near."""
_FEW = 3
"""Participants of an event up to which its pairs are looked at."""
RULED_OUT = -4.0
"""Log-odds of a pair that the learned model of events rules out."""


def score(weights: Weights, kind: str, features: Mapping[str, float]) -> float:
    """Return the probability that a fact of a type with these features is right, 0.01 to 0.99; unknown features weigh nothing.

    >>> score({"topic": {BIAS: 0.0, "headline": -2.0}}, "topic", {"headline": 1.0})
    0.119
    """
    own = weights[kind]
    total = own.get(BIAS, 0.0) + sum([own[name] * value for name, value in features.items() if name in own])
    return round(min(0.99, max(0.01, 1.0 / (1.0 + math.exp(-total)))), 3)


def features_of(bench: Bench, fact: AnyFact, company: Company) -> dict[str, float]:
    """Return the features of a candidate: its rule, what it says, its sentence, how its parties were found, and its company. All but `hand`, `odds` and `odds-<kind>` are 0 or 1."""
    view = _view_of(bench, fact)
    found: dict[str, float] = {"hand": _logit(fact.confidence)}
    if isinstance(fact, EventFact) and (odds := _odds(bench, fact)) is not None:
        if odds > RULED_OUT:
            found["odds"] = found[f"odds-{fact.kind}"] = odds
        else:
            found[f"ruled-out {fact.kind}"] = 1.0
    for part in (_of_rule(fact), _of_content(fact), company.features(fact), _of_names(bench, fact, view), *([_of_sentence(fact, view)] if view is not None else ())):
        found.update(dict.fromkeys(part, 1.0))
    return found


def _odds(bench: Bench, fact: EventFact) -> float | None:
    """The log-odds that the learned model of events gives the surest pair of an event of two or three; None for one of many, or of a kind that the model doesn't know."""
    learned = bench.knowledge.learned(bench.article.language)
    if learned is None or fact.kind not in learned.kinds:
        return None
    pairs = [(v, str(fact.host)) for v in fact.visitor] if fact.visitor else itertools.combinations(fact.participants, 2) if len(fact.participants) <= _FEW else ()
    return max((bench.odds.get((fact.kind, frozenset(pair)), RULED_OUT) for pair in pairs), default=None)


def _of_rule(fact: AnyFact) -> Iterator[str]:
    parts = fact.rule.split(".")
    yield "rule=" + ".".join(parts[:2])
    yield from (f"way={part}" for part in parts[2:])


def _of_content(fact: AnyFact) -> Iterator[str]:
    match fact:
        case EventFact():
            yield f"kind={fact.kind}"
            yield "dated" if fact.date else "undated"
            yield "placed" if fact.place else "unplaced"
            if fact.planned:
                yield "planned"
            if fact.level:
                yield "levelled"
        case TreatyFact():
            yield f"status={fact.status}"
            yield "dated" if fact.date else "undated"
            yield f"words={min(len(fact.name.split()), 6)}"
        case TopicFact():
            yield f"topic={fact.topic}"
        case RelationFact():
            yield f"kind={fact.kind}"
        case Figure():
            yield f"kind={fact.kind}"
            yield f"unit={fact.unit}"
            yield "dated" if getattr(fact, "period", None) or getattr(fact, "by", None) else "undated"
        case OfficeFact():
            yield f"office={fact.office}"
            yield f"words={min(len(fact.office.split()), 5)}"
        case _:
            pass


def _of_names(bench: Bench, fact: AnyFact, view: View | None) -> Iterator[str]:
    names = names_of(fact)
    yield f"names={min(len(names), 4)}"
    unknown = sum(1 for n in names if fact.ids.get(n) is None)
    yield f"unknown={min(unknown, 3)}"
    if view is None:
        return
    here = {p.name for p in view.parties} | {p.state for p in view.parties if p.state}
    said = sum(1 for n in names if n in here)
    yield "all-said" if said == len(names) else "none-said" if not said else "some-said"
    sides = {s for n in names if (s := bench.resolved.states.get(n) or (n if (fact.ids.get(n) or "").startswith("state:") else None))}
    if len(sides) == 2:
        yield "main-pair" if tuple(sorted(sides)) == tuple(sorted(bench.resolved.main)) else "other-pair"
    yield from (f"form={form}" for form in sorted({p.form for p in view.parties if p.name in names}))


def _of_sentence(fact: AnyFact, view: View) -> Iterator[str]:
    sentence = view.sentence
    yield "headline" if sentence.index == 0 else f"paragraph={min(sentence.paragraph, 4)}"
    yield f"focus={view.focus_reason or 'none'}"
    yield f"sides={min(len(view.explicit), 4)}"
    trigger = next((s for s in fact.spans if sentence.start <= s.start < sentence.end), None)
    if trigger is not None:
        gap = min((max(p.start - trigger.end, trigger.start - p.end) for p in view.parties), default=None)
        yield "alone" if gap is None else "near" if gap <= _NEAR else "far" if gap > _FAR else "middling"
        before = len(view.of_kind("topic")) if isinstance(fact, TopicFact) else 0
        if before:
            yield f"topics={min(before, 4)}"
    if view.of_kind("date"):
        yield "date-said"
    if view.of_kind("modality"):
        yield "modal"
    if view.of_kind("plural"):
        yield "plural-said"
    if view.of_kind("event"):
        yield "event-said"
    if len(view.text) > 260:
        yield "long"


def _view_of(bench: Bench, fact: AnyFact) -> View | None:
    start = (fact.spans[0].start if fact.spans else fact.evidence[0].start)
    return view_at(bench.resolved.views, start)


def _logit(probability: float) -> float:
    p = min(0.98, max(0.02, probability))
    return math.log(p / (1 - p))
