"""Step 6: keep quads. `open_store` opens a folder, or memory when none is given."""

from __future__ import annotations

from pathlib import Path

from relgraph.errors import StoreError
from relgraph.store.oxigraph import BASIS, DERIVED, META, OxigraphStore
from relgraph.store.protocol import ArticleRecord, Store
from relgraph.store.snapshots import latest_snapshot

__all__ = ["BASIS", "DERIVED", "META", "ArticleRecord", "OxigraphStore", "Store", "latest_snapshot", "open_store"]


def open_store(place: str | Path | None, *, create: bool = False, read_only: bool = False) -> OxigraphStore:
    """Open a store.

    Args:
        place: A folder; None for memory.
        create: Make the folder when it is absent or empty.
        read_only: Open for queries, also while another process writes: it shows what was last published.

    Raises:
        StoreError: Not a store, of another format, locked or unreadable.
    """
    if place is not None and str(place).startswith(("http://", "https://")):
        raise StoreError("a remote store can't be opened yet", path=str(place), hint="give a folder with --store")
    return OxigraphStore(Path(place) if place is not None else None, create=create, read_only=read_only)
