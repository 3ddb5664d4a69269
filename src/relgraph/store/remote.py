"""Any SPARQL 1.1 endpoint as a store.

The merged triples stand in the engine's default graph where that is a graph of its own, else in the named graph `MERGED`, which is then given as
the default with each query. An article is written in steps, as HTTP knows no transactions: first a marker that it is pending, then what goes, then
what comes, last its key. An interrupted add leaves the marker; the next writer takes the whole article back, and adding it again makes it whole.
What leaves is first copied into graphs under `GONE`, so that each step can be done again.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import socket
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from relgraph.errors import QueryError, StoreError
from relgraph.graph import iris
from relgraph.store.http import Endpoint
from relgraph.store.literals import normalised, normalised_text
from relgraph.store.locks import running
from relgraph.store.oxigraph import BASIS, DERIVED, FORMAT, KEY, META, SOURCES, TOUCHED, OxigraphStore, note_node
from relgraph.store.protocol import ArticleRecord, Store
from relgraph.store.records import article_records

MERGED = f"{iris.GRAPHS}merged"
GONE = f"{iris.GRAPHS}gone/"
CHUNK = 20_000
"""Triples sent at once."""
_FORMAT, _WRITER, _MERGED_IN = "format", "writer", "merged-in"
_DERIVED = (iris.INFERRED, iris.OCCURRENCES)
_PENDING = NamedNode(f"{META.value}/pending")
_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in iris.PREFIXES.items()) + " "
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_HEAD = re.compile(r"(?:\s|#[^\n]*\n|(?:PREFIX\s+[^\s:]*:|BASE)\s*<[^>]*>)*", re.IGNORECASE)


class RemoteStore:
    """A store behind a SPARQL 1.1 endpoint; see `relgraph.store.http` for addresses and credentials."""

    folder: Path | None = None
    snapshot: Path | None = None

    def __init__(self, place: str, *, create: bool = False, read_only: bool = False) -> None:
        self.place, self._end, self._writes = place, Endpoint(place), False
        try:
            self._default: str | None = None
            self._open(create=create and not read_only, write=not read_only)
        except BaseException:
            self.close()
            raise

    def _open(self, *, create: bool, write: bool) -> None:
        found = self._meta_text(note_node(_FORMAT))
        if found is None and not create:
            raise StoreError("there is no store here", path=self.place, hint=f"make one with: relgraph build PATH... --store {self.place}")
        if found is not None and found != str(FORMAT):
            raise StoreError(f"has format {found}, this relgraph reads format {FORMAT}", path=self.place, hint="build the store anew from its articles, in another place")
        if write:
            self._take()
        if found is None:
            self._make()
        self._default = self._meta_text(note_node(_MERGED_IN)) or None
        if write:
            self.repair()

    # One writer at a time

    def _take(self) -> None:
        """Become the writer; raises StoreError when there is another."""
        own = json.dumps({"host": socket.gethostname(), "process": os.getpid(), "since": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")})
        node = note_node(_WRITER)
        held = self._meta_text(node)
        if held is not None and not _is_dead(held):
            by = json.loads(held)
            raise StoreError(f"is in use by process {by['process']} of {by['host']} since {by['since']}", path=self.place,
                             hint="wait until that run has ended; if it is dead: relgraph check --repair --store ...")  # fmt: skip
        if held is not None:
            self._end.update(f"DELETE WHERE {{ GRAPH {META} {{ {node} {KEY} ?held }} }}")
        self._end.update(f"INSERT {{ GRAPH {META} {{ {node} {KEY} {Literal(own)} }} }} WHERE {{ FILTER NOT EXISTS {{ GRAPH {META} {{ {node} {KEY} ?held }} }} }}")
        if self._meta_text(node) != own:
            raise StoreError("another run has just begun to write", path=self.place, hint="wait until it has ended")
        self._writes = True

    def _make(self) -> None:
        """Find out what the engine's default graph is, and note that this is a store."""
        probe = NamedNode(f"{META.value}/probe")
        self._end.post(META.value, f"{probe} {KEY} \"1\" .\n".encode())
        seen = self._rows(f"SELECT ?v WHERE {{ {probe} {KEY} ?v }} LIMIT 1")
        self._end.update(f"DELETE WHERE {{ GRAPH {META} {{ {probe} {KEY} ?v }} }}")
        self._end.post(META.value, b"".join(_line(Quad(note_node(name), KEY, Literal(value), META)) for name, value in ((_MERGED_IN, MERGED if seen else ""), (_FORMAT, str(FORMAT)))))

    @staticmethod
    def free(place: str) -> None:
        """Take the writer's mark away from a store whose writer is dead."""
        end = Endpoint(place)
        try:
            end.update(f"DELETE WHERE {{ GRAPH {META} {{ {note_node(_WRITER)} {KEY} ?held }} }}")
        finally:
            end.close()

    # Writing

    def replace_article(self, article_id: str, quads: Iterable[Quad], key: str) -> None:
        """See `Store.replace_article`."""
        self.replace_articles([(article_id, quads, key)])

    def replace_articles(self, articles: Iterable[tuple[str, Iterable[Quad], str]]) -> None:
        """See `Store.replace_articles`; an interrupted call leaves markers, see `pending`."""
        known, gone, new, keys = self.keys(), set[Quad](), set[Quad](), dict[str, str]()
        for article_id, quads, key in articles:
            graph = iris.article_graph(article_id)
            said = {normalised(q) for q in quads}
            if any(q.graph_name != NamedNode(graph) for q in said):
                raise ValueError(f"quads of article '{article_id}' lie outside of <{graph}>")
            old = set(self.quads(graph)) if article_id in known else set[Quad]()
            if old == said and known.get(article_id) == key:
                continue
            keys[article_id] = key
            gone |= old - said
            new |= said - old
        if not keys:
            return
        nodes = [NamedNode(iris.article(a)) for a in keys]
        self._mark(nodes)
        self._apply(gone, new)
        self._forget(KEY, nodes)
        said_of = [q for node, key in zip(nodes, keys.values(), strict=True) for q in (Quad(node, KEY, Literal(key), META), Quad(node, TOUCHED, Literal(""), META))]
        self._end.post(META.value, b"".join(map(_line, said_of)))
        self._forget(_PENDING, nodes)

    def remove_article(self, article_id: str) -> None:
        """See `Store.remove_article`."""
        if article_id not in self.keys():
            raise StoreError(f"holds no article '{article_id}'", path=self.place, hint="list them with: relgraph articles")
        node = NamedNode(iris.article(article_id))
        self._mark([node])
        self._take_back(node)

    def replace_graph(self, graph: str, quads: Iterable[Quad]) -> None:
        """See `Store.replace_graph`."""
        fresh, old = {normalised(q) for q in quads}, set(self.quads(graph))
        if fresh != old:
            if graph in SOURCES:
                self.set_note(DERIVED, None)
                self.set_note(BASIS, None)
            self._apply(old - fresh, fresh - old)
        if graph in SOURCES:
            self._send(self._default, fresh)  # also what an interrupted run wrote into the graph and not yet here

    def change_derived(self, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        """See `Store.change_derived`."""
        old, fresh = {normalised(q) for q in gone}, {normalised(q) for q in new}
        self._apply(old - fresh, fresh - old)

    @contextlib.contextmanager
    def local(self) -> Iterator[Store]:
        """See `Store.local`: reads the store once whole into a temporary folder, and sends back how the derived graphs have changed."""
        with tempfile.TemporaryDirectory(prefix="relgraph-") as folder:
            copy = OxigraphStore(Path(folder) / "copy")
            try:
                held = {g: set(self.quads(g)) for g in (*_DERIVED, META.value)}
                for graph in self._graphs():
                    copy.load(held.get(graph) or self.quads(graph))
                yield copy
                changes = {g: set(copy.quads(g)) for g in held}
            finally:
                copy.close()
        self.set_note(BASIS, None)  # until all has come back
        for graph, quads in changes.items():  # the notes last
            self._apply(held[graph] - quads, quads - held[graph])

    def _mark(self, nodes: list[NamedNode]) -> None:
        self.set_note(DERIVED, None)
        self._end.post(META.value, b"".join(_line(Quad(n, _PENDING, Literal("1"), META)) for n in nodes))

    def _take_back(self, node: NamedNode) -> None:
        """Take away all of an article, and its marker last."""
        graph = NamedNode(iris.article_graph(str(iris.article_id(node.value))))
        gone = NamedNode(f"{GONE}{graph.value.removeprefix(iris.GRAPHS)}")
        self._end.update(f"INSERT {{ GRAPH {gone} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        self._end.update(f"DROP SILENT GRAPH {graph}")
        self._leave(gone)
        self._forget(KEY, [node])
        self._end.post(META.value, _line(Quad(node, TOUCHED, Literal(""), META)))
        self._forget(_PENDING, [node])

    def _apply(self, gone: set[Quad], new: set[Quad]) -> None:
        """Remove and add quads of named graphs, and keep the merged triples their union."""
        for graph, quads in _by_graph(gone).items():
            gone_graph = NamedNode(f"{GONE}{graph.removeprefix(iris.GRAPHS)}")
            self._send(gone_graph.value, quads)
            self._end.update(f"DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH {gone_graph} {{ ?s ?p ?o }} }}")
        for graph, quads in _by_graph(new).items():
            self._send(graph, quads)
        for graph in _by_graph(gone):
            if graph != META.value:
                self._leave(NamedNode(f"{GONE}{graph.removeprefix(iris.GRAPHS)}"))
            else:
                self._end.update(f"DROP SILENT GRAPH <{GONE}{graph.removeprefix(iris.GRAPHS)}>")
        self._send(self._default, [q for q in new if q.graph_name != META])

    def _leave(self, gone: NamedNode) -> None:
        """Let triples that were copied to a graph leave the merged ones, unless a named graph still holds them."""
        pattern = f"GRAPH <{self._default}> {{ ?s ?p ?o }}" if self._default else "?s ?p ?o"
        held = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), \"{iris.GRAPHS}\") && !STRSTARTS(STR(?g), \"{GONE}\") && ?g != {META} && ?g != <{MERGED}>)"
        self._end.update(f"DELETE {{ {pattern} }} WHERE {{ GRAPH {gone} {{ ?s ?p ?o }} FILTER NOT EXISTS {{ {held} }} }}")
        self._end.update(f"DROP SILENT GRAPH {gone}")

    def _send(self, graph: str | None, quads: Iterable[Quad]) -> None:
        lines = list(dict.fromkeys(map(_line, quads)))
        for start in range(0, len(lines), CHUNK):
            self._end.post(graph, b"".join(lines[start : start + CHUNK]))

    def _forget(self, verb: NamedNode, nodes: Iterable[NamedNode]) -> None:
        for node in nodes:
            self._end.update(f"DELETE WHERE {{ GRAPH {META} {{ {node} {verb} ?value }} }}")

    # Interrupted runs

    def pending(self) -> tuple[str, ...]:
        """Return the articles whose adding, replacing or removing was interrupted."""
        rows = self._rows(f"SELECT ?a WHERE {{ GRAPH {META} {{ ?a {_PENDING} ?v }} }}")
        return tuple(sorted(str(iris.article_id(r["a"]["value"])) for r in rows))

    def repair(self) -> tuple[str, ...]:
        """Take back the articles that are pending, and finish what an interrupted run had begun to take away; return them: they are to be added again."""
        left = [r["g"]["value"] for r in self._rows(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), \"{GONE}\")) }}")]
        broken = self.pending()
        for article_id in broken:
            self._take_back(NamedNode(iris.article(article_id)))
        for gone in left:
            of = f"{iris.GRAPHS}{gone.removeprefix(GONE)}"
            self._end.update(f"DELETE {{ GRAPH <{of}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{gone}> {{ ?s ?p ?o }} }}")
            self._leave(NamedNode(gone))
        if left or broken:
            self.set_note(DERIVED, None)
            self.set_note(BASIS, None)  # a derived graph may be half written: all is derived anew
        return broken

    # Reading

    def touched(self) -> set[str]:
        """See `Store.touched`."""
        return {str(iris.article_id(r["a"]["value"])) for r in self._rows(f"SELECT ?a WHERE {{ GRAPH {META} {{ ?a {TOUCHED} ?v }} }}")}

    def forget_touched(self) -> None:
        """See `Store.forget_touched`."""
        self._end.update(f"DELETE WHERE {{ GRAPH {META} {{ ?a {TOUCHED} ?v }} }}")

    def match(self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | Literal | None, graph: str | None = None) -> Iterator[Quad]:
        """See `Store.match`."""
        terms = [str(term) if term is not None else f"?{name}" for term, name in ((subject, "s"), (predicate, "p"), (value, "o"))]
        pattern = " ".join(terms)
        wanted = " ".join(t for t in terms if t.startswith("?"))
        place = f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern
        name = NamedNode(graph) if graph else DefaultGraph()
        if not wanted:
            if self.query(f"ASK {{ {place} }}"):
                yield Quad(subject, predicate, value, name)  # type: ignore[arg-type]
            return
        for row in self.query(f"SELECT DISTINCT {wanted} WHERE {{ {place} }}"):
            yield Quad(subject or row["s"], predicate or row["p"], value if value is not None else row["o"], name)

    def keys(self) -> dict[str, str]:
        """See `Store.keys`."""
        rows = self._rows(f"SELECT ?a ?k WHERE {{ GRAPH {META} {{ ?a {KEY} ?k }} }}")
        return {str(iris.article_id(r["a"]["value"])): r["k"]["value"] for r in rows if r["a"]["value"].startswith(iris.article(""))}

    def key_of(self, article_id: str) -> str | None:
        """See `Store.key_of`."""
        return self._meta_text(NamedNode(iris.article(article_id)))

    def articles(self) -> tuple[ArticleRecord, ...]:
        """See `Store.articles`."""
        return article_records(self)

    def query(self, sparql: str, **_: Any) -> Any:
        """Run a SPARQL query over the merged triples; our prefixes are known. The answer is the engine's own kind, as of a store on disk."""
        body = sparql[len(_head(sparql)) :]
        form = _FORM.match(body)
        kind = form[1].upper() if form else ""
        text = sparql if sparql.startswith(_PROLOGUE.split(" <")[0]) else _PROLOGUE + sparql
        _check_syntax(text)
        if kind in ("CONSTRUCT", "DESCRIBE"):
            held = ox.Store()
            triples = parse(self._end.triples(text, self._default), format=RdfFormat.N_TRIPLES)
            held.bulk_extend(normalised(q) for q in triples)
            return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        return ox.parse_query_results(json.dumps(_tidied(self._end.rows(text, self._default), ask=kind == "ASK")).encode(), format=ox.QueryResultsFormat.JSON)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """See `Store.quads`."""
        if graph is None:
            for name in self._graphs():
                yield from self.quads(name)
            return
        for quad in parse(self._end.get(graph), format=RdfFormat.N_TRIPLES):
            found = normalised(Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph)))
            if graph != META.value or found.subject not in _OWN:
                yield found

    def _graphs(self) -> list[str]:
        rows = self._rows(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), \"{iris.GRAPHS}\")) }}")
        return sorted(name for r in rows if (name := r["g"]["value"]) != MERGED and not name.startswith(GONE))

    def default_triples(self) -> Iterator[Quad]:
        """See `Store.default_triples`."""
        for quad in parse(self._end.get(self._default), format=RdfFormat.N_TRIPLES):
            yield normalised(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))

    def get_note(self, name: str) -> str | None:
        """See `Store.get_note`."""
        return self._meta_text(note_node(name))

    def set_note(self, name: str, value: str | None) -> None:
        """See `Store.set_note`."""
        if self.get_note(name) != value:
            self._forget(KEY, [note_node(name)])
            if value is not None:
                self._end.post(META.value, _line(Quad(note_node(name), KEY, Literal(value), META)))

    def publish(self) -> None:
        """See `Store.publish`; here readers see what is written."""

    def close(self) -> None:
        """Give up the writer's mark and close the connections."""
        try:
            if self._writes:
                self._writes = False
                self._forget(KEY, [note_node(_WRITER)])
        finally:
            self._end.close()

    def _meta_text(self, node: NamedNode) -> str | None:
        rows = self._rows(f"SELECT ?v WHERE {{ GRAPH {META} {{ {node} {KEY} ?v }} }}")
        return rows[0]["v"]["value"] if rows else None

    def _rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        try:
            found = self._end.rows(query)
        except QueryError as error:
            raise StoreError(f"is no SPARQL 1.1 endpoint, or refuses us: {error.message}", path=self.place, hint="check the address") from error
        rows: list[dict[str, dict[str, str]]] = found.get("results", {}).get("bindings", [])
        return rows


_OWN = frozenset(note_node(name) for name in (_FORMAT, _WRITER, _MERGED_IN))


def _is_dead(held: str) -> bool:
    by = json.loads(held)
    return by["host"] == socket.gethostname() and not running(str(by["process"]))


def _head(sparql: str) -> str:
    match = _HEAD.match(sparql)
    return match[0] if match else ""


def _check_syntax(text: str) -> None:
    """Refuse what is no SPARQL before it is sent, with the place of the error: servers say it each in their own way."""
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        raise QueryError(str(error)) from error


def _tidied(found: dict[str, Any], *, ask: bool) -> dict[str, Any]:
    """Bring an answer into the standard's form: Virtuoso writes 'typed-literal' and answers ASK with a row."""
    if ask and "boolean" not in found:
        found = {"head": {}, "boolean": any(v["value"] == "1" for row in found["results"]["bindings"] for v in row.values())}
    for row in found.get("results", {}).get("bindings", ()):
        for value in row.values():
            if value["type"] == "typed-literal":
                value["type"] = "literal"
            if "datatype" in value:
                value["value"] = normalised_text(value["value"], value["datatype"])
    if "head" in found:
        found["head"] = {"vars": found["head"].get("vars", [])} if "boolean" not in found else {}
    return {k: v for k, v in found.items() if k in ("head", "boolean")} | ({"results": {"bindings": found["results"]["bindings"]}} if "results" in found else {})


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        found[str(getattr(quad.graph_name, "value", ""))].append(quad)
    return dict(sorted(found.items()))


def _line(quad: Quad) -> bytes:
    return serialize([quad.triple], format=RdfFormat.N_TRIPLES) or b""
