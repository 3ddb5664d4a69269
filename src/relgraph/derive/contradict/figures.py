"""Figures of one indicator, actors, period and unit that lie further apart than rounding and bounds allow."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator

import msgspec

from relgraph.derive.contradict.found import Found, Limits
from relgraph.derive.reading import concept, label, literals, nodes
from relgraph.store import Store


class _Range(msgspec.Struct, frozen=True):
    """The values that a figure may mean."""

    iri: str
    low: float
    high: float


def figure_block(store: Store, observation: str) -> set[str]:
    """Return the block of a figure: indicator, actors, direction, period and unit; none without a period."""
    period = literals(store, observation, "period")
    indicator = sorted(nodes(store, observation, "indicator"))
    if not period or not indicator:
        return set()
    parts = [indicator, *(sorted(nodes(store, observation, t)) for t in ("between", "fromActor", "toActor", "unit")), period]
    return {f"figure|{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"}


def disagreeing_figures(store: Store, observations: Iterable[str], limits: Limits) -> Iterator[Found]:
    """Yield one contradiction for the figures of a block of which two lie too far apart."""
    found = sorted((_range(store, o, limits) for o in observations), key=lambda r: (r.low, r.high, r.iri))
    if len(found) < 2:
        return
    # of positive figures the lowest upper end and the highest lower end lie furthest apart; others are compared each with each
    positive, lowest, highest = found[0].low > 0, min(r.high for r in found), max(r.low for r in found)
    lows, highs = ([r for r in found if r.high == lowest], [r for r in found if r.low == highest]) if positive else (found, found)
    apart, low, high = max(((_apart(a, b), a, b) for a in lows for b in highs), key=lambda x: (x[0], x[1].iri, x[2].iri))
    if apart > limits.figures_apart:
        actors = tuple(sorted(nodes(store, low.iri, "between") | nodes(store, low.iri, "fromActor") | nodes(store, low.iri, "toActor")))
        said = f"{label(store, low.iri)} - but also: {label(store, high.iri)} ({apart:.0%} apart)"
        yield Found(kind="differing figures", said=said, conflicting=tuple(r.iri for r in found), concerns=actors, difference=apart)


def _range(store: Store, iri: str, limits: Limits) -> _Range:
    value = float(literals(store, iri, "value")[0])
    upper = [float(v) for v in literals(store, iri, "maxValue")]
    bound = next((limits.bounds.get(concept(b)) for b in nodes(store, iri, "bound")), None)
    low, high = value, max([value, *upper])
    match bound:
        case "low":
            high = math.inf
        case "high":
            low = -math.inf
        case "around":
            low, high = low - abs(low) * limits.around, high + abs(high) * limits.around
        case _:
            pass
    return _Range(iri, low, high)


def _apart(one: _Range, other: _Range) -> float:
    """Return how far the lower figure's upper end lies under the other's lower end, as a share of the latter."""
    return (other.low - one.high) / abs(other.low) if other.low > one.high and other.low and math.isfinite(one.high) and math.isfinite(other.low) else 0.0
