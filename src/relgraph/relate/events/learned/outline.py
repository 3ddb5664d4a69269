"""An article in outline: how often each name is said, which sides stand together, and whom the title names."""

from __future__ import annotations

import itertools
from collections import Counter

from relgraph.resolve import Resolved

_MOST = 12
"""Names of one sentence beyond which it is a list, that brings nobody together."""


class Outline:
    """Counts over all sentences of an article."""

    def __init__(self, resolved: Resolved) -> None:
        self.titled = frozenset(p.side for view in resolved.views[:1] for p in view.parties)
        self._said: Counter[str] = Counter()
        self._together: Counter[frozenset[str]] = Counter()
        self._kinds: dict[str, str] = {}
        for view in resolved.views:
            names = {p.name: p for p in view.parties}
            self._said.update(p.name for p in view.parties)
            self._kinds.update((n, p.kind) for n, p in names.items())
            if len(names) <= _MOST:
                self._together.update(frozenset(pair) for pair in itertools.combinations(sorted(names), 2))
        ranked = [n for n, _ in sorted(self._said.items(), key=lambda s: (-s[1], s[0])) if self._kinds[n] == "person"]
        self._ranks = {n: i for i, n in enumerate(ranked)}

    def said(self, name: str) -> int:
        """How often a name is said, or meant."""
        return self._said[name]

    def together(self, one: str, other: str) -> int:
        """How many sentences name both."""
        return self._together[frozenset((one, other))]

    def rank(self, name: str) -> int:
        """The rank of a person among the article's persons by how often they are said, 0 the first; -1 for what is no person."""
        return self._ranks.get(name, -1)
