"""Reprints: articles whose texts are nearly the same, by the fingerprints that their graphs carry."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from relgraph.derive.index import Index
from relgraph.derive.reports import published_of
from relgraph.graph import iris
from relgraph.graph.fingerprint import bands, likeness
from relgraph.graph.terms import rg
from relgraph.store import Store

SAME = 0.75
"""Share of equal runs of words from which on a text counts as a reprint; chosen so that a shortened or newly headed text still does."""
def fingerprint_of(store: Store, article: str) -> str | None:
    """Return the fingerprint that an article's graph carries."""
    return next((q.object.value for q in store.match(NamedNode(article), rg("fingerprint"), None) if isinstance(q.object, Literal)), None)


def reprint_quads(store: Store, index: Index, articles: Iterable[str]) -> set[Quad]:
    """Return which of these articles repeat an earlier one, and which.

    The earliest by day of publication, then by id, is the original; texts without a day come last.
    """
    found = set()
    for article in articles:
        own = fingerprint_of(store, article)
        if own is None:
            continue
        near = {a for key in bands(own) for a in index.nodes(key)} - {article}
        earlier = [a for a in near if _rank(store, a) < _rank(store, article) and likeness(own, str(fingerprint_of(store, a))) >= SAME]
        if earlier:
            original = min(earlier, key=lambda a: _rank(store, a))
            found.add(Quad(NamedNode(article), rg("reprintOf"), NamedNode(original), NamedNode(iris.OCCURRENCES)))
    return found


def independent(store: Store, articles: Iterable[str]) -> int:
    """Return how many independent texts some articles are: one and its reprints count once."""
    originals = {a: next((q.object.value for q in store.match(NamedNode(a), rg("reprintOf"), None, iris.OCCURRENCES)), a) for a in set(articles)}  # type: ignore[union-attr]
    return len({originals.get(o, o) for o in originals.values()})


def _rank(store: Store, article: str) -> tuple[str, str]:
    published = published_of(store, NamedNode(article))
    return (published[0].isoformat() if published else "9999", article)
