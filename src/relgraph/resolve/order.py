"""Neighbours in lists that are sorted by position, found in logarithmic time: a sentence may be as long as the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


P = TypeVar("P", bound=Placed)
_START = attrgetter("start")
_DEPTH = 6
"""How many that overlap are looked back over."""


def preceding(placed: Sequence[P], position: int) -> P | None:
    """Return the last one that ends at a position or before it."""
    index = bisect_right(placed, position, key=_START)
    return next((placed[i] for i in range(index - 1, max(-1, index - 1 - _DEPTH), -1) if placed[i].end <= position), None)


def following(placed: Sequence[P], position: int) -> P | None:
    """Return the first one that begins at a position or after it."""
    index = bisect_left(placed, position, key=_START)
    return placed[index] if index < len(placed) else None


def within(placed: Sequence[P], start: int, end: int) -> Sequence[P]:
    """Return those that begin in a stretch of the text, its end not included."""
    return placed[bisect_left(placed, start, key=_START) : bisect_left(placed, end, key=_START)]


def covers(placed: Sequence[P], position: int) -> bool:
    """Whether one of them holds a position."""
    index = bisect_right(placed, position, key=_START)
    return any(p.end > position for p in placed[max(0, index - _DEPTH) : index])
