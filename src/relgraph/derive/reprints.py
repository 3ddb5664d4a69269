"""Reprints: articles whose texts are nearly the same, by the fingerprints that their graphs carry.

The earliest by day of publication, then by id, is the original; texts without a day come last.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from relgraph.derive.index import Index
from relgraph.derive.shelves import Shelves
from relgraph.graph import iris
from relgraph.graph.fingerprint import Numbers, numbers, shared
from relgraph.graph.terms import rg
from relgraph.periods import bounds
from relgraph.store import Store

SAME = 0.75
"""Share of equal runs of words from which on a text counts as a reprint; chosen so that a shortened or newly headed text still does."""
_VERB = rg("reprintOf")
_AT_ONCE = 2000
"""Articles whose links are written at once."""

Rank = tuple[str, str]
"""Day of publication and article."""


class Reprints:
    """The reprints of a store; each text is read once, or once more every few thousand."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._shelves = store, Shelves(index, SAME)
        self._texts: dict[str, Numbers | None] = {}
        self._ranks: dict[str, Rank] = {}
        self._originals: dict[str, str] = {}

    def link(self, changed: set[str]) -> set[str]:
        """Link changed articles anew, and those that a change of them concerns; return the articles whose link changed.

        An unchanged article has another original only where its own is changed or gone, or where a changed one is an earlier text that it repeats.
        """
        orphans = {q.subject.value for a in changed for q in self._store.match(None, _VERB, NamedNode(a), iris.OCCURRENCES)}  # type: ignore[union-attr]
        again = sorted({*changed, *orphans})
        self._learn(again)
        for article in again:
            self._originals.pop(article, None)
            self._shelves.take(article)
        # from the earliest on, so that all that an article may repeat is there before it
        again.sort(key=self._rank)
        found = set[str]()
        for start in range(0, len(again), _AT_ONCE):
            part = again[start : start + _AT_ONCE]
            touched = {*part, *(later for article in part for later in self._place(article))}
            old = {q for a in touched for q in self._store.match(NamedNode(a), _VERB, None, iris.OCCURRENCES)}
            new = {Quad(NamedNode(a), _VERB, NamedNode(o), NamedNode(iris.OCCURRENCES)) for a in touched if (o := self._originals.get(a))}
            self._store.change_derived(old - new, new - old)
            self._shelves.flush()
            self._texts.clear()
            found |= {q.subject.value for q in old ^ new}  # type: ignore[union-attr]
        return found

    def _place(self, article: str) -> set[str]:
        """Find what an article repeats and put it on its shelf; return the later ones whose original it is now."""
        text, own = self._text(article), self._rank(article)
        if text is None:
            return set()
        for near in self._shelves.earlier(text, _year(own)):
            if (best := min((r for r in map(self._rank, self._alike(text, near)) if r < own), default=None)) is not None:
                self._originals[article] = best[1]
                break
        self._put(article)
        later = {a for a in self._alike(text, self._shelves.repeating_later(text, _year(own))) if self._first(a) > own}
        for other in later:
            self._originals[other] = article
            self._put(other)
        return later

    def _put(self, article: str) -> None:
        text = self._text(article)
        if text is not None:
            self._shelves.put(article, text, _year(self._rank(article)), _year(self._first(article)))

    def _alike(self, text: Numbers, near: Iterable[str]) -> list[str]:
        found = [a for a in near if (other := self._text(a)) is not None and shared(text, other) >= SAME]
        self._learn(found)
        return found

    def _first(self, article: str) -> Rank:
        """Return the rank of what an article repeats, its own when it repeats nothing."""
        return self._rank(self._originals.get(article, article))

    def _rank(self, article: str) -> Rank:
        if article not in self._ranks:
            self._learn([article])
        return self._ranks[article]

    def _learn(self, articles: Iterable[str]) -> None:
        """Read the ranks and originals of articles, many at once."""
        new = [a for a in articles if a not in self._ranks]
        self._ranks.update({a: ("9999", a) for a in new})
        for start in range(0, len(new), _AT_ONCE):
            values = " ".join(f"<{a}>" for a in new[start : start + _AT_ONCE])
            for row in self._store.query(f"SELECT ?a ?day ?of WHERE {{ VALUES ?a {{ {values} }} OPTIONAL {{ ?a rg:published ?day }} OPTIONAL {{ ?a rg:reprintOf ?of }} }}"):
                article, known = row["a"].value, bounds(row["day"].value) if row["day"] is not None else None
                if known and known[0] and known[1]:
                    self._ranks[article] = (known[0], article)
                if row["of"] is not None:
                    self._originals[article] = row["of"].value

    def _text(self, article: str) -> Numbers | None:
        if article not in self._texts:
            found = fingerprint_of(self._store, article)
            self._texts[article] = numbers(found) if found else None
        return self._texts[article]


def fingerprint_of(store: Store, article: str) -> str | None:
    """Return the fingerprint that an article's graph carries."""
    return next((q.object.value for q in store.match(NamedNode(article), rg("fingerprint"), None) if isinstance(q.object, Literal)), None)


def independent(store: Store, articles: Iterable[str]) -> int:
    """Return how many independent texts some articles are: one and its reprints count once."""
    originals = {a: next((q.object.value for q in store.match(NamedNode(a), _VERB, None, iris.OCCURRENCES)), a) for a in set(articles)}  # type: ignore[union-attr]
    return len({originals.get(o, o) for o in originals.values()})


def _year(rank: Rank) -> str:
    return rank[0][:4]  # of days as text, which are in the order of their first characters
