"""Reprints: articles whose texts are nearly the same, by the fingerprints that their graphs carry.

The earliest by day of publication, then by id, is the original; texts without a day come last.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from relgraph.derive.index import Index
from relgraph.graph import iris
from relgraph.graph.fingerprint import bands, likeness
from relgraph.graph.terms import rg
from relgraph.periods import bounds
from relgraph.store import Store

SAME = 0.75
"""Share of equal runs of words from which on a text counts as a reprint; chosen so that a shortened or newly headed text still does."""
_VERB = rg("reprintOf")

Rank = tuple[str, str]
"""Day of publication and article."""


def fingerprint_of(store: Store, article: str) -> str | None:
    """Return the fingerprint that an article's graph carries."""
    return next((q.object.value for q in store.match(NamedNode(article), rg("fingerprint"), None) if isinstance(q.object, Literal)), None)


class Reprints:
    """The reprints of a store whose index of blocks is up to date; each text and block is read once."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._index = store, index
        self._texts: dict[str, str | None] = {}
        self._ranks: dict[str, Rank] = {}
        self._originals: dict[str, str] = {}
        self._nodes: dict[str, set[str]] = {}
        self._blocks: dict[str, list[Rank]] = {}

    def link(self, changed: set[str]) -> set[str]:
        """Link changed articles anew, and those that a change of them concerns; return the articles whose link changed.

        An unchanged article has another original only where its own is changed or gone, or where a changed one is an earlier text that it repeats.
        """
        blocks: dict[str, set[str]] = {}
        for article in changed:
            for key in self._bands(article):
                blocks.setdefault(key, set()).add(article)
        near: dict[str, set[str]] = {}
        for key, articles in blocks.items():
            for other in self._in(key) - changed:
                near.setdefault(other, set()).update(articles)
        orphans = {q.subject.value for a in changed for q in self._store.match(None, _VERB, NamedNode(a), iris.OCCURRENCES)} - changed  # type: ignore[union-attr]
        found = {a: self._original(a) for a in sorted({*changed, *orphans})}
        self._learn(near)
        for article, earlier in near.items():
            was = self._originals.get(article)
            better = sorted(r for r in map(self._rank, earlier) if was is None or r < self._rank(was))
            if article not in orphans and better and (best := self._first(article, better)) is not None:
                found[article] = best
        old = {q for a in found for q in self._linked(a)}
        new = {Quad(NamedNode(a), _VERB, NamedNode(o), NamedNode(iris.OCCURRENCES)) for a, o in found.items() if o is not None}
        self._store.change_derived(old - new, new - old)
        return {q.subject.value for q in old ^ new}  # type: ignore[union-attr]

    def _original(self, article: str) -> str | None:
        # merged one by one: of a text that stands on a thousand sites the first is the original, and the rest need not be looked at
        return self._first(article, heapq.merge(*(self._block(key) for key in self._bands(article))))

    def _first(self, article: str, near: Iterable[Rank]) -> str | None:
        """Return the earliest of some articles, given in order, that an article repeats."""
        own, text, before = self._rank(article), None, None
        for rank in near:
            text = text or self._text(article)
            if rank >= own or text is None:
                return None
            if rank != before and likeness(text, str(self._text(rank[1]))) >= SAME:
                return rank[1]
            before = rank
        return None

    def _linked(self, article: str) -> set[Quad]:
        return set(self._store.match(NamedNode(article), _VERB, None, iris.OCCURRENCES))

    def _block(self, key: str) -> list[Rank]:
        if key not in self._blocks:
            found = self._in(key)
            self._learn(found)
            self._blocks[key] = sorted(map(self._rank, found))
        return self._blocks[key]

    def _in(self, key: str) -> set[str]:
        if key not in self._nodes:
            self._nodes[key] = self._index.nodes(key)
        return self._nodes[key]

    def _bands(self, article: str) -> list[str]:
        text = self._text(article)
        return bands(text) if text else []

    def _rank(self, article: str) -> Rank:
        if article not in self._ranks:
            self._learn([article])
        return self._ranks[article]

    def _learn(self, articles: Iterable[str]) -> None:
        """Read the ranks and originals of articles, many at once: one by one would cost most of the time that one more copy of a text takes."""
        new = [a for a in articles if a not in self._ranks]
        if not new:
            return
        self._ranks.update({a: ("9999", a) for a in new})
        said = f"SELECT ?a ?day ?of WHERE {{ VALUES ?a {{ {' '.join(f'<{a}>' for a in new)} }} OPTIONAL {{ ?a rg:published ?day }} OPTIONAL {{ ?a rg:reprintOf ?of }} }}"
        for row in self._store.query(said):
            article, known = row["a"].value, bounds(row["day"].value) if row["day"] is not None else None
            if known and known[0] and known[1]:
                self._ranks[article] = (known[0], article)
            if row["of"] is not None:
                self._originals[article] = row["of"].value

    def _text(self, article: str) -> str | None:
        if article not in self._texts:
            self._texts[article] = fingerprint_of(self._store, article)
        return self._texts[article]


def independent(store: Store, articles: Iterable[str]) -> int:
    """Return how many independent texts some articles are: one and its reprints count once."""
    originals = {a: next((q.object.value for q in store.match(NamedNode(a), _VERB, None, iris.OCCURRENCES)), a) for a in set(articles)}  # type: ignore[union-attr]
    return len({originals.get(o, o) for o in originals.values()})
