"""Feeds into a store: a round of `relgraph.watch`, then the pipeline over what it brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pyoxigraph import Literal

from relgraph.corrections import Corrections
from relgraph.graph.terms import rg
from relgraph.knowledge import Knowledge
from relgraph.pipeline import BuildReport, add_articles
from relgraph.read.ids import canonical_url
from relgraph.store import is_address, open_store
from relgraph.watch import Feed, Fetcher, Memory, Outcome, watch_round


def watch_once(feeds: Iterable[Feed], place: str, *, fetcher: Fetcher, memory: Memory, now: float, knowledge: Knowledge, texts: Path, corrections: Corrections,
               told: Callable[[Outcome], None]) -> BuildReport | None:  # fmt: skip
    """Read the feeds once and add what is new to a store, made when absent; None when nothing was new.

    What was fetched by a run that was ended before it could add it is added now. The store is open only while it is read or written.

    Args:
        feeds: What to read.
        place: The store.
        fetcher: Fetches.
        memory: What was fetched.
        now: Unix time.
        knowledge: The reference and lexicons.
        texts: Where the full texts are kept.
        corrections: Laid over what is extracted.
        told: Called with everything that happens.
    """
    for outcome in watch_round(feeds, fetcher, memory, now=now, known=_known(place)):
        told(outcome)
    fresh = list(memory.waiting())
    if not fresh:
        return None
    store = open_store(place, create=True)
    try:
        report = add_articles(fresh, store, knowledge=knowledge, texts=texts, corrections=corrections)
    finally:
        store.close()
    memory.stored([a.id for a in fresh])
    return report


def _known(place: str) -> frozenset[str]:
    """Return the canonical addresses of the articles that a store holds; none where there is no store yet."""
    if not is_address(place) and not Path(place).is_dir():
        return frozenset()
    store = open_store(place, read_only=True)
    try:
        found = (canonical_url(q.object.value) for q in store.match(None, rg("url"), None) if isinstance(q.object, Literal))
        return frozenset(u for u in found if u)
    finally:
        store.close()
