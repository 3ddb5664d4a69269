"""Oxigraph, on disk or in memory.

The default graph is materialised (docs/decisions/0001): a triple enters it with the first named graph that holds it and leaves it with the last.
Each writing call is one SPARQL update or one `extend`: a transaction of the engine.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from relgraph.errors import QueryError, StoreError
from relgraph.graph import iris
from relgraph.store.locks import FolderLock
from relgraph.store.protocol import ArticleRecord

FORMAT = 1
META = NamedNode(f"{iris.GRAPHS}meta")
_KEY = NamedNode(iris.term("contentKey"))
_MANIFEST = "relgraph-store.json"


class OxigraphStore:
    """A store of pyoxigraph; `folder` None keeps it in memory."""

    def __init__(self, folder: Path | None = None, *, create: bool = True, read_only: bool = False) -> None:
        self.folder, self._lock = folder, None
        if folder is None:
            self._store = ox.Store()
            return
        self._prepare(folder, create=create, read_only=read_only)
        self._lock: FolderLock | None = FolderLock(folder, write=not read_only)
        try:
            self._store = ox.Store.read_only(str(folder / "quads")) if read_only else ox.Store(str(folder / "quads"))
        except OSError as error:
            self._lock.close()
            raise StoreError(f"can't be opened: {error}", path=str(folder), hint="restore it from a backup, or build it anew in another folder") from error

    @staticmethod
    def _prepare(folder: Path, *, create: bool, read_only: bool) -> None:
        manifest = folder / _MANIFEST
        if folder.exists() and not folder.is_dir():
            raise StoreError("is a file, not a store", path=str(folder), hint="give the folder of a store with --store")
        if not folder.exists() or not any(folder.iterdir()):
            if not create or read_only:
                raise StoreError("there is no store here", path=str(folder), hint="make one with: relgraph build PATH... --store " + str(folder))
            try:
                folder.mkdir(parents=True, exist_ok=True)
                temporary = folder / (_MANIFEST + ".new")
                temporary.write_text(json.dumps({"program": "relgraph", "format": FORMAT}) + "\n", "utf-8")
                temporary.replace(manifest)
            except OSError as error:
                raise StoreError(f"can't be made: {error.strerror}", path=str(folder)) from error
        elif not manifest.is_file():
            if {p.name for p in folder.iterdir()} <= {_MANIFEST + ".new", ".lock"}:
                shutil.rmtree(folder)
                OxigraphStore._prepare(folder, create=create, read_only=read_only)
                return
            raise StoreError("is not a relgraph store, and is left as it is", path=str(folder), hint="give another folder with --store")
        try:
            found = json.loads(manifest.read_text("utf-8")).get("format")
        except (OSError, ValueError, AttributeError) as error:
            raise StoreError("its manifest can't be read", path=str(manifest), hint="restore it from a backup") from error
        if found != FORMAT:
            raise StoreError(f"has format {found}, this relgraph reads format {FORMAT}", path=str(folder), hint="build the store anew from its articles")

    def replace_article(self, article_id: str, quads: Iterable[Quad], key: str) -> None:
        """See `Store.replace_article`."""
        node = NamedNode(iris.article(article_id))
        fresh = set(quads) | {Quad(node, _KEY, Literal(key), META)}
        old = set(self._store.quads_for_pattern(None, None, None, NamedNode(iris.article_graph(article_id))))
        old |= set(self._store.quads_for_pattern(node, _KEY, None, META))
        self._apply(old - fresh, fresh - old)

    def remove_article(self, article_id: str) -> None:
        """See `Store.remove_article`."""
        node = NamedNode(iris.article(article_id))
        old = set(self._store.quads_for_pattern(None, None, None, NamedNode(iris.article_graph(article_id))))
        if not old:
            raise StoreError(f"holds no article '{article_id}'", path=str(self.folder or "memory"), hint="list them with: relgraph articles")
        self._apply(old | set(self._store.quads_for_pattern(node, _KEY, None, META)), set())

    def replace_graph(self, graph: str, quads: Iterable[Quad]) -> None:
        """See `Store.replace_graph`."""
        fresh, old = set(quads), set(self._store.quads_for_pattern(None, None, None, NamedNode(graph)))
        self._apply(old - fresh, fresh - old)

    def _apply(self, gone: set[Quad], new: set[Quad]) -> None:
        """Remove and add quads of named graphs, and keep the default graph their union, in one transaction."""
        if not gone and not new:
            return
        default = DefaultGraph()
        still = {(q.subject, q.predicate, q.object) for q in new if q.graph_name != META}
        leaving = []
        for quad in gone:
            triple = (quad.subject, quad.predicate, quad.object)
            if quad.graph_name == META or triple in still:
                continue
            holders = self._store.quads_for_pattern(*triple, None)
            if all(h.graph_name in (default, META) or h in gone for h in holders):
                leaving.append(Quad(*triple, default))
        entering = [Quad(*triple, default) for triple in still]
        try:
            if not gone:
                self._store.extend([*new, *entering])
            else:
                self._store.update(f"DELETE DATA {{ {_data([*gone, *leaving])} }} ; INSERT DATA {{ {_data([*new, *entering])} }}")
            if self.folder is not None:
                self._store.flush()
        except OSError as error:
            raise StoreError(f"can't be written: {error}", path=str(self.folder), hint="free some space and run the command again; what was there is intact") from error

    def keys(self) -> dict[str, str]:
        """See `Store.keys`."""
        start = len(iris.article(""))
        return {q.subject.value[start:]: q.object.value for q in self._store.quads_for_pattern(None, _KEY, None, META)}

    def articles(self) -> tuple[ArticleRecord, ...]:
        """See `Store.articles`."""
        rows = self.query(
            "SELECT ?a (SAMPLE(?t) AS ?title) (SAMPLE(?p) AS ?publisher) (SAMPLE(?d) AS ?date) (COUNT(DISTINCT ?c) AS ?claims) WHERE { ?a a rg:Article ; dcterms:title ?t ."
            " OPTIONAL { ?a dcterms:publisher ?p } OPTIONAL { ?a rg:published ?d } OPTIONAL { ?c a rg:Claim ; rg:inArticle ?a } } GROUP BY ?a"
        )
        keys, start = self.keys(), len(iris.article(""))
        found = [ArticleRecord(r["a"].value[start:], r["title"].value, r["publisher"].value if r["publisher"] else None, r["date"].value if r["date"] else None,
                               keys.get(r["a"].value[start:], ""), int(r["claims"].value)) for r in rows]  # fmt: skip
        return tuple(sorted(found, key=lambda a: a.id))

    def query(self, sparql: str, **options: Any) -> Any:
        """Run a SPARQL query over the default graph; our prefixes are known. Raises QueryError for text that isn't SPARQL."""
        try:
            return self._store.query(sparql, prefixes=iris.PREFIXES, **options)
        except SyntaxError as error:
            raise QueryError(str(error)) from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query can't be run: {error}") from error

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """See `Store.quads`."""
        if graph is not None:
            yield from self._store.quads_for_pattern(None, None, None, NamedNode(graph))
            return
        default = DefaultGraph()
        for quad in self._store.quads_for_pattern(None, None, None, None):
            if quad.graph_name != default:
                yield quad

    def default_triples(self) -> Iterator[Quad]:
        """Yield the quads of the default graph."""
        yield from self._store.quads_for_pattern(None, None, None, DefaultGraph())

    def get_note(self, name: str) -> str | None:
        """See `Store.get_note`."""
        found = list(self._store.quads_for_pattern(NamedNode(f"{META.value}/{name}"), _KEY, None, META))
        return found[0].object.value if found else None

    def set_note(self, name: str, value: str) -> None:
        """See `Store.set_note`."""
        node = NamedNode(f"{META.value}/{name}")
        self._apply(set(self._store.quads_for_pattern(node, _KEY, None, META)), {Quad(node, _KEY, Literal(value), META)})

    def backup(self, target: Path) -> None:
        """Make a copy of the quads that can be opened as a store, without stopping readers."""
        if self.folder is None:
            raise StoreError("a store in memory can't be backed up", path="memory")
        if target.exists():
            raise StoreError("exists already", path=str(target), hint="name a folder that doesn't exist yet")
        target.mkdir(parents=True)
        self._store.backup(str(target / "quads"))
        shutil.copy2(self.folder / _MANIFEST, target / _MANIFEST)

    def close(self) -> None:
        """Release the folder."""
        self._store = ox.Store()
        if self._lock is not None:
            self._lock.close()


def _data(quads: Iterable[Quad]) -> str:
    default = DefaultGraph()
    lines = []
    for q in quads:
        triple = f"{q.subject} {q.predicate} {q.object} ."
        lines.append(triple if q.graph_name == default else f"GRAPH {q.graph_name} {{ {triple} }}")
    return "\n".join(lines)
