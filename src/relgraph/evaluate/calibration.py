"""What confidences are worth: calibration error, and how well they tell right from wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from relgraph.evaluate.atoms import RawFact, all_atoms, atoms, with_gold_titles
from relgraph.evaluate.names import GoldNames

_HANGING = frozenset({"event date", "event place"})
"""Lines that don't count when a fact is judged as a whole: they hang on the event."""


class Judged(NamedTuple):
    """One fact: its confidence (0 to 1) and the share of its tuples that are right (0 to 1)."""

    confidence: float
    right: float


class Calibration(msgspec.Struct, frozen=True):
    """How far confidences can be trusted.

    Attributes:
        facts: How many were judged.
        right: Mean share of right tuples.
        error: Expected calibration error over ten bins of equal width (Naeini et al., AAAI 2015).
        auroc: Chance that a right fact has a higher confidence than a wrong one; a fact is right when most of it is. NaN without both.
        top: Mean share of right tuples among the most confident 30 %.
    """

    facts: int
    right: float
    error: float
    auroc: float
    top: float


def judged(gold: Mapping[str, Any], facts: Iterable[RawFact]) -> list[Judged]:
    """Judge the facts of one article; one that annotators marked as doubtful, or that has no tuple, is left out."""
    name, doubtful = GoldNames(gold), list(gold.get("doubtful") or ())
    wanted = all_atoms(gold["facts"], name)
    free = all_atoms(doubtful, name) - wanted
    found = []
    for fact in facts:
        said = next(iter(with_gold_titles([fact], [*gold["facts"], *doubtful], name)))
        own = {a for a in atoms(said, name) if a[0] not in _HANGING and a not in free}
        if own:
            found.append(Judged(float(fact.get("confidence", 1.0)), len(own & wanted) / len(own)))
    return found


def calibrate(items: Sequence[Judged]) -> Calibration:
    """Return the calibration of judged facts.

    >>> calibrate([Judged(0.9, 1.0), Judged(0.1, 0.0)]).auroc
    1.0
    """
    if not items:
        return Calibration(0, float("nan"), float("nan"), float("nan"), float("nan"))
    bins: dict[int, list[Judged]] = {}
    for item in items:
        bins.setdefault(min(int(item.confidence * 10), 9), []).append(item)
    error = sum(abs(_mean(i.confidence for i in b) - _mean(i.right for i in b)) * len(b) for b in bins.values()) / len(items)
    best = sorted(items, key=lambda i: -i.confidence)[: max(1, round(0.3 * len(items)))]
    return Calibration(len(items), _mean(i.right for i in items), error, _auroc(items), _mean(i.right for i in best))


def _auroc(items: Sequence[Judged]) -> float:
    """Mann-Whitney: mean ranks, so that ties count half."""
    ordered = sorted(items, key=lambda i: i.confidence)
    rank_sum, right, i = 0.0, 0, 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j].confidence == ordered[i].confidence:
            j += 1
        positives = sum(1 for item in ordered[i:j] if item.right >= 0.5)
        rank_sum += positives * (i + j + 1) / 2
        right += positives
        i = j
    wrong = len(ordered) - right
    return (rank_sum - right * (right + 1) / 2) / (right * wrong) if right and wrong else float("nan")


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
