"""Oxigraph, on disk or in memory. On disk a writer works on its own files and publishes snapshots of them; readers read the newest snapshot.

The default graph is materialised (docs/decisions/0001): a triple enters it with the first named graph that holds it and leaves it with the last.
Each writing call is one SPARQL update, one `extend` or one set of files taken in whole: a transaction of the engine, so that a process killed in the middle leaves the state before
or after it. A loss of power may take the last calls with it, whole: the engine writes its log at its own pace until `close`.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from relgraph.errors import QueryError, StoreError
from relgraph.graph import iris
from relgraph.store.locks import LOCK, FolderLock
from relgraph.store.protocol import ArticleRecord, Store
from relgraph.store.records import article_records
from relgraph.store.snapshots import HeldSnapshot, hold_latest, publish

FORMAT = 2
"""1 had no snapshots; a writer upgrades it, a reader reads its quads as they are."""
_READABLE = (1, FORMAT)
META = NamedNode(f"{iris.GRAPHS}meta")
DERIVED = "derived"
"""The note that says with what the derived graphs were made. Every change of what they are made from takes it away, in the same transaction."""
CHUNK = 100_000
"""Quads of one graph that are written at once. An article is always written whole; only derived graphs ever grow beyond this."""
BASIS = "basis"
"""The note that says with what rules the derived graphs were made last. Only a change of reference or decisions takes it away: then all is derived anew."""
_BULK = (2_000, 400_000)
"""How many quads are taken in as files. Below, a transaction is quicker; above, the engine would make several files and take them in one after the other."""
_MANY = 1_000_000
"""Quads written from which on the engine's files are put in order before they are published: a look-up takes a half to a quarter of the time then."""
SOURCES = frozenset({iris.REFERENCE, iris.ONTOLOGY, iris.DECISIONS})
KEY = NamedNode(iris.term("contentKey"))
TOUCHED = NamedNode(f"{META.value}/touched")
MANIFEST = "relgraph-store.json"
_DEFAULT = DefaultGraph()
_QUADS = "quads"
_UNPUBLISHED = "unpublished"


class OxigraphStore:
    """A store of pyoxigraph; `folder` None keeps it in memory.

    Attributes:
        folder: Where it is, None in memory.
        snapshot: What a reader reads. When `latest_snapshot(folder)` is another one, opening the store again shows what was written since.
    """

    def __init__(self, folder: Path | None = None, *, create: bool = True, read_only: bool = False) -> None:
        self.folder = folder
        self.snapshot: Path | None = None
        self._lock: FolderLock | None = None
        self._held: HeldSnapshot | None = None
        self._closed = self._unpublished = False
        self._written = 0
        if folder is None:
            self._store = ox.Store()
            return
        if read_only and (held := _held(folder)) is not None:
            self._held, self.snapshot = held, held.path
            self._store = _opened(held.quads, folder, read_only=True, release=held.close)
            return
        # a new store that nothing was published of yet: read as it is, while no one writes
        self._lock = locked(folder, create=create and not read_only, write=not read_only)
        try:
            upgraded = check_manifest(folder, write=not read_only)
        except StoreError:
            self._lock.close()
            raise
        quads = folder / _QUADS
        if not read_only and not quads.exists():
            from relgraph.store.backups import finish_restore  # which builds on this module

            finish_restore(folder)
        if read_only and not quads.is_dir():
            self._lock.close()
            raise _missing(folder)
        self._store = _opened(quads, folder, read_only=read_only, release=self._lock.close)
        self._unpublished = upgraded or (folder / _UNPUBLISHED).exists()

    def replace_article(self, article_id: str, quads: Iterable[Quad], key: str) -> None:
        """See `Store.replace_article`."""
        self.replace_articles([(article_id, quads, key)])

    def replace_articles(self, articles: Iterable[tuple[str, Iterable[Quad], str]]) -> None:
        """See `Store.replace_articles`."""
        fresh: set[Quad] = set()
        old: set[Quad] = set()
        for article_id, quads, key in articles:
            graph, node = NamedNode(iris.article_graph(article_id)), NamedNode(iris.article(article_id))
            said = set(quads)
            if any(q.graph_name != graph for q in said):
                raise ValueError(f"quads of article '{article_id}' lie outside of <{graph.value}>")
            said.add(Quad(node, KEY, Literal(key), META))
            was = self._of_article(article_id)
            if said != was:
                fresh |= said | {Quad(node, TOUCHED, Literal(""), META)}
                old |= was
        self._change(old - fresh, fresh - old)

    def remove_article(self, article_id: str) -> None:
        """See `Store.remove_article`."""
        old = self._of_article(article_id)
        if not old:
            raise StoreError(f"holds no article '{article_id}'", path=str(self.folder or "memory"), hint="list them with: relgraph articles")
        self._change(old, {Quad(NamedNode(iris.article(article_id)), TOUCHED, Literal(""), META)})

    def replace_graph(self, graph: str, quads: Iterable[Quad]) -> None:
        """See `Store.replace_graph`."""
        fresh, old = set(quads), set(self._store.quads_for_pattern(None, None, None, NamedNode(graph)))
        gone, new = old - fresh, fresh - old
        if graph in SOURCES:
            self._change(gone | self._note(BASIS) if gone or new else gone, new)
            return
        for part in _chunks(gone):
            self._apply(part, set())
        for part in _chunks(new):
            self._apply(set(), part)

    def touched(self) -> set[str]:
        """See `Store.touched`."""
        return {str(iris.article_id(q.subject.value)) for q in self.match(None, TOUCHED, None, META.value) if isinstance(q.subject, NamedNode)}

    def change_derived(self, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        """See `Store.change_derived`."""
        old, fresh = set(gone), set(new)
        for part in _chunks(old - fresh):
            self._apply(part, set())
        for part in _chunks(fresh - old):
            self._apply(set(), part)

    def forget_touched(self) -> None:
        """See `Store.forget_touched`."""
        self._apply(set(self.match(None, TOUCHED, None, META.value)), set())

    def match(self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | Literal | None, graph: str | None = None) -> Iterator[Quad]:
        """See `Store.match`."""
        return self._store.quads_for_pattern(subject, predicate, value, _DEFAULT if graph is None else NamedNode(graph))  # not 'yield from', which takes half of the time

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads of named graphs as they are, also notes; for a copy of another store."""
        for part in _chunks(quads):
            self._apply(set(), part)

    @contextlib.contextmanager
    def local(self) -> Iterator[Store]:
        """See `Store.local`."""
        yield self

    def _of_article(self, article_id: str) -> set[Quad]:
        said = set(self._store.quads_for_pattern(None, None, None, NamedNode(iris.article_graph(article_id))))
        return said | set(self._store.quads_for_pattern(NamedNode(iris.article(article_id)), KEY, None, META))

    def _change(self, gone: set[Quad], new: set[Quad]) -> None:
        """Apply a change of what the derived graphs are made from."""
        if gone or new:
            self._apply(self._note(DERIVED), set())  # before: if the process is killed between the two, what is derived is made anew for nothing
            self._apply(gone, new)

    def _apply(self, gone: set[Quad], new: set[Quad]) -> None:
        """Remove and add quads of named graphs, and keep the default graph their union, in one transaction."""
        if not gone and not new:
            return
        self._note_change()
        self._written += len(gone) + len(new)
        default = DefaultGraph()
        if not gone:
            self._write(lambda: self._insert([*new, *(Quad(q.subject, q.predicate, q.object, default) for q in new if q.graph_name != META)]))
            return
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
        self._write(lambda: self._store.update(f"DELETE DATA {{ {_data([*gone, *leaving])} }} ; INSERT DATA {{ {_data([*new, *entering])} }}"))

    def _insert(self, quads: list[Quad]) -> None:
        """Add quads, all or none."""
        if _BULK[0] <= len(quads) <= _BULK[1]:
            self._store.bulk_extend(quads)  # sorted into files of the engine's own that it takes in at once: a third of the time, a sixth of the disk
        else:
            self._store.extend(quads)

    def _write(self, change: Callable[[], None]) -> None:
        try:
            change()
        except OSError as error:
            raise StoreError(f"can't be written: {_one_line(error)}", path=str(self.folder), hint="free some space and run the command again; what was there is intact") from error

    def _note_change(self) -> None:
        """Leave a mark that there is something to publish, which outlives a killed process."""
        if self.folder is not None and not self._unpublished:
            try:
                (self.folder / _UNPUBLISHED).touch()
            except OSError as error:
                raise StoreError(f"can't be written: {error.strerror}", path=str(self.folder), hint="check the folder's permissions and the room on its disk") from error
        self._unpublished = True

    def keys(self) -> dict[str, str]:
        """See `Store.keys`."""
        base = iris.article("")
        found: list[Any] = list(self._store.quads_for_pattern(None, KEY, None, META))  # Any: the engine's types allow triple terms, this graph has none
        return {q.subject.value[len(base) :]: q.object.value for q in found if q.subject.value.startswith(base)}

    def key_of(self, article_id: str) -> str | None:
        """See `Store.key_of`."""
        found = self._store.quads_for_pattern(NamedNode(iris.article(article_id)), KEY, None, META)
        return next((q.object.value for q in found if isinstance(q.object, Literal)), None)

    def articles(self) -> tuple[ArticleRecord, ...]:
        """See `Store.articles`."""
        return article_records(self)

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
        return next((q.object.value for q in self._note(name) if isinstance(q.object, Literal)), None)

    def set_note(self, name: str, value: str | None) -> None:
        """See `Store.set_note`."""
        old, fresh = self._note(name), set() if value is None else {Quad(note_node(name), KEY, Literal(value), META)}
        self._apply(old - fresh, fresh - old)

    def _note(self, name: str) -> set[Quad]:
        return set(self._store.quads_for_pattern(note_node(name), KEY, None, META))

    def pending(self) -> tuple[str, ...]:
        """See `Store.pending`."""
        return ()

    def publish(self) -> Path | None:
        """Let readers see what has been written: make a snapshot, in milliseconds whatever the size. Returns it; None in memory or when nothing is new.

        After very much was written, the files are put in order first, which takes a small part of the time that writing took.

        Raises:
            StoreError: There is no room; readers keep what they had.
        """
        if self.folder is None or self._lock is None or not self._lock.write or not self._unpublished:
            return None
        try:
            if self._written >= _MANY:
                self._store.optimize()
                self._written = 0
            published = publish(self.folder, self._store.backup)
            (self.folder / _UNPUBLISHED).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"the snapshot for readers can't be written: {_one_line(error)}", path=str(self.folder), hint="free some space and run the command again") from error
        self._unpublished = False
        return published

    def backup(self, target: Path) -> None:
        """Make a copy that can be opened as a store, without stopping readers."""
        if self.folder is None:
            raise StoreError("a store in memory can't be backed up", path="memory")
        if target.exists():
            raise StoreError("exists already", path=str(target), hint="name a folder that doesn't exist yet")
        try:
            target.mkdir(parents=True)
            self._store.backup(str(target / _QUADS))
            shutil.copy2(self.folder / MANIFEST, target / MANIFEST)
        except OSError as error:
            raise StoreError(f"the backup can't be written: {_one_line(error)}", path=str(target), hint="free some space, or name another folder") from error

    def close(self) -> None:
        """Write out what is still in memory, publish it, and release the folder."""
        if self._closed:
            return
        self._closed = True
        try:
            if self.folder is not None and self._lock is not None and self._lock.write:
                self._store.flush()
                self.publish()
        except OSError as error:
            raise StoreError(f"can't be written: {_one_line(error)}", path=str(self.folder), hint="free some space and run the command again") from error
        finally:
            self._store = ox.Store()  # drops the engine's own handle before the lock goes
            for held in (self._lock, self._held):
                if held is not None:
                    held.close()


def _opened(quads: Path, folder: Path, *, read_only: bool, release: Callable[[], None]) -> ox.Store:
    try:
        return ox.Store.read_only(str(quads)) if read_only else ox.Store(str(quads))
    except OSError as error:
        release()
        raise StoreError(f"can't be opened: {_one_line(error)}", path=str(folder), hint="restore it from a backup, or build it anew in another folder") from error


def _held(folder: Path) -> HeldSnapshot | None:
    """Hold the newest snapshot of a store that this version reads."""
    if not (folder / MANIFEST).is_file():
        return None
    check_manifest(folder, write=False)
    try:
        return hold_latest(folder)
    except OSError as error:
        raise StoreError(f"can't be read: {error.strerror}", path=str(folder), hint="check the folder's permissions") from error


def locked(folder: Path, *, create: bool, write: bool) -> FolderLock:
    """Lock a folder that is a store or may become one; another program's folder is refused before anything is written into it."""
    if folder.exists() and not folder.is_dir():
        raise StoreError("is a file, not a store", path=str(folder), hint="give the folder of a store with --store")
    try:
        names = {p.name for p in folder.iterdir()} if folder.is_dir() else set()
        if names and MANIFEST not in names and not names <= {MANIFEST + ".new", LOCK}:
            raise StoreError("is not a relgraph store, and is left as it is", path=str(folder), hint="give another folder with --store")
        if MANIFEST not in names:
            if not create:
                raise _missing(folder)
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"can't be {'made' if create else 'read'}: {error.strerror}", path=str(folder), hint="check the folder's permissions, or give another with --store") from error
    if MANIFEST in names:
        check_manifest(folder, write=False)  # before the lock, which leaves a file behind
    return FolderLock(folder, write=write)


def check_manifest(folder: Path, *, write: bool) -> bool:
    """Read the manifest; a writer makes that of a new store and upgrades an older one. Returns whether it did either."""
    manifest = folder / MANIFEST
    try:
        found = json.loads(manifest.read_text("utf-8")).get("format") if manifest.exists() or not write else None
    except (OSError, ValueError, AttributeError) as error:
        raise StoreError("its manifest can't be read", path=str(manifest), hint="restore the store from a backup, or build it anew in another folder") from error
    if found not in _READABLE and manifest.exists():
        raise StoreError(f"has format {found}, this relgraph reads formats 1 to {FORMAT}", path=str(folder), hint="build the store anew from its articles, in another folder")
    if not write or found == FORMAT:
        return False
    temporary = folder / (MANIFEST + ".new")
    temporary.write_text(json.dumps({"program": "relgraph", "format": FORMAT}) + "\n", "utf-8")
    temporary.replace(manifest)
    return found is not None


def _missing(folder: Path) -> StoreError:
    return StoreError("there is no store here", path=str(folder), hint=f"make one with: relgraph build PATH... --store {folder}")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def note_node(name: str) -> NamedNode:
    """Return the node of a note."""
    return NamedNode(f"{META.value}/{name}")


def _chunks(quads: Iterable[Quad]) -> Iterator[set[Quad]]:
    rest = iter(quads)
    while part := set(itertools.islice(rest, CHUNK)):
        yield part


def _data(quads: Iterable[Quad]) -> str:
    default = DefaultGraph()
    lines = []
    for q in quads:
        triple = f"{q.subject} {q.predicate} {q.object} ."
        lines.append(triple if q.graph_name == default else f"GRAPH {q.graph_name} {{ {triple} }}")
    return "\n".join(lines)
