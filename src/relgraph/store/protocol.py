"""What every store offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import msgspec
from pyoxigraph import Literal, NamedNode, Quad


class ArticleRecord(msgspec.Struct, frozen=True):
    """One article of a store: id, title, publisher, date, and the key that says whether it has changed."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    key: str
    claims: int = 0


class Store(Protocol):
    """A store of quads in named graphs, whose default graph holds each triple of all of them exactly once.

    Every writing call is all or nothing on this machine: a killed process leaves the state before or after it. Over HTTP a killed process leaves
    a marker, and the next writer takes back what was half done.

    Attributes:
        folder: Where it is on this machine, if it is.
        snapshot: What a reader of a folder reads.
    """

    folder: Path | None
    snapshot: Path | None

    def replace_article(self, article_id: str, quads: Iterable[Quad], key: str) -> None:
        """Add an article or replace the one with its id; `key` says later whether it has changed."""

    def replace_articles(self, articles: Iterable[tuple[str, Iterable[Quad], str]]) -> None:
        """Add or replace several articles, each given as id, quads and key: all of them or none."""

    def remove_article(self, article_id: str) -> None:
        """Take back exactly what only this article said. Raises StoreError when there is none with this id."""

    def replace_graph(self, graph: str, quads: Iterable[Quad]) -> None:
        """Make the quads the whole content of a graph. Graphs that are derived may be written in several steps."""

    def touched(self) -> set[str]:
        """Return the ids of the articles that were added, replaced or removed since `forget_touched`."""

    def forget_touched(self) -> None:
        """Say that what follows from the touched articles is derived."""

    def change_derived(self, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Remove and add quads of derived graphs, in as many steps as their number needs."""

    def match(self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | Literal | None, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads that fit a pattern, of a named graph or of the default graph; an index lookup."""

    def local(self) -> AbstractContextManager[Store]:
        """Give a store on this machine with the same content, for work that looks up very much; its derived graphs and notes are this store's afterwards."""

    def keys(self) -> dict[str, str]:
        """Return the key of each article by its id."""

    def key_of(self, article_id: str) -> str | None:
        """Return the key of one article, None when it isn't held; costs the same whatever the size."""

    def articles(self) -> tuple[ArticleRecord, ...]:
        """Return the articles, by id."""

    def query(self, sparql: str, **options: Any) -> Any:
        """Run a SPARQL query; raises QueryError."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of a named graph, or of all named graphs."""

    def default_triples(self) -> Iterator[Quad]:
        """Yield the merged triples, as quads of the default graph."""

    def get_note(self, name: str) -> str | None:
        """Return a note of the store about itself, e.g. what the derived graphs were made of."""

    def set_note(self, name: str, value: str | None) -> None:
        """Keep a note, or take it away. Every change of articles or reference takes away the note 'derived'."""

    def pending(self) -> tuple[str, ...]:
        """Return the articles whose adding or removing was interrupted half way; a store on this machine has none."""

    def publish(self) -> object:
        """Let readers see what has been written so far; does nothing where they see it anyway. `close` does it too."""

    def close(self) -> None:
        """Release the store."""
