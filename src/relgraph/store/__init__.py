"""Step 6: keep quads. `open_store` opens a folder, a SPARQL endpoint, or memory when none is given."""

from __future__ import annotations

from pathlib import Path
from typing import overload

from relgraph.store.oxigraph import BASIS, DERIVED, META, OxigraphStore
from relgraph.store.protocol import ArticleRecord, Store
from relgraph.store.snapshots import latest_snapshot

__all__ = ["BASIS", "DERIVED", "META", "ArticleRecord", "OxigraphStore", "Store", "is_address", "latest_snapshot", "open_store"]


@overload
def open_store(place: Path | None, *, create: bool = False, read_only: bool = False) -> OxigraphStore: ...
@overload
def open_store(place: str | None, *, create: bool = False, read_only: bool = False) -> Store: ...
def open_store(place: str | Path | None, *, create: bool = False, read_only: bool = False) -> Store:
    """Open a store.

    Args:
        place: A folder, the address of a SPARQL 1.1 endpoint (http://...), or None for memory.
        create: Make the store when it is absent.
        read_only: Open for queries, also while another process writes: it shows what was last published.

    Raises:
        StoreError: Not a store, of another format, locked, unreadable or not to be reached.
    """
    if is_address(place):
        from relgraph.store.remote import RemoteStore

        return RemoteStore(str(place), create=create, read_only=read_only)
    return OxigraphStore(Path(place) if place is not None else None, create=create, read_only=read_only)


def is_address(place: str | Path | None) -> bool:
    """Whether a store's place is an endpoint, not a folder."""
    return place is not None and str(place).startswith(("http://", "https://"))
