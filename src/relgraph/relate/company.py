"""The company of a fact: what else an article tells of the same sides, which makes a fact likelier or doubtful.

In: the candidates of one article. Out: for each its features for the confidence model. A meeting beside a visit of the two is seldom wrong, a
pair that nothing else of the article speaks of often is.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from relgraph.model import AnyFact, EventFact, names_of
from relgraph.resolve import Resolved

_FEW = 4
"""Sides of a fact up to which each pair of them is counted; a larger group counts as one."""
_MOST_SAID, _MOST_BESIDE, _MOST_HERE = 4, 4, 6
"""Numbers beyond which more makes no difference."""


class Company:
    """All candidates of an article by their sides."""

    def __init__(self, resolved: Resolved, facts: Sequence[AnyFact]) -> None:
        self._states = resolved.states
        self._said = Counter(p.name for view in resolved.views for p in view.parties)
        self._here = Counter(f.evidence[0].start for f in facts)
        self._beside: dict[frozenset[str], Counter[str]] = {}
        for fact in facts:
            sides, tag = self._sides(fact), _tag(fact)
            for some in self._parts(sides):
                self._beside.setdefault(some, Counter())[tag] += 1

    def features(self, fact: AnyFact) -> Iterator[str]:
        """Yield what the article tells beside a fact; itself counts only among what its sentence tells (`told-here`)."""
        names, sides, tag = names_of(fact), self._sides(fact), _tag(fact)
        if names:
            yield f"least-said={min(_MOST_SAID, min(self._said[n] for n in names))}"
        yield f"told-here={min(_MOST_HERE, self._here[fact.evidence[0].start])}"
        beside = Counter(self._beside.get(sides, ())) if len(sides) > 1 else Counter()
        beside[tag] -= 1
        beside += Counter()  # drops what is not left
        yield f"beside={min(_MOST_BESIDE, beside.total())}"
        for other in beside:
            yield f"beside-{other}"
            if tag.startswith("event") and other.startswith("event"):
                yield f"{tag}+{other}"

    def _sides(self, fact: AnyFact) -> frozenset[str]:
        """The states that a fact's names belong to; a name without a state stands for itself."""
        return frozenset(self._states.get(n) or n for n in names_of(fact))

    @staticmethod
    def _parts(sides: frozenset[str]) -> Iterator[frozenset[str]]:
        yield sides
        if 2 < len(sides) <= _FEW:
            yield from map(frozenset, itertools.combinations(sorted(sides), 2))


def _tag(fact: AnyFact) -> str:
    """The type of a fact, of an event with its kind."""
    kind = str(type(fact).__struct_config__.tag)
    return f"{kind}:{fact.kind}" if isinstance(fact, EventFact) else kind
