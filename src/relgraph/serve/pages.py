"""Pages for people, made from the newest snapshot: the viewer, the query page, an entity with its facts or as RDF, dossiers."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from relgraph.errors import RelgraphError
from relgraph.graph import iris
from relgraph.query.export import serialized
from relgraph.query.facts import facts_of
from relgraph.query.lexer import meaningful
from relgraph.query.named import NamedQuery, bind, load_queries
from relgraph.query.names import NamedEntity, Names
from relgraph.query.sparql import run_query
from relgraph.query.table import Table
from relgraph.resources import resource
from relgraph.serve.dossiers import dossier_response
from relgraph.serve.negotiate import TRIPLES
from relgraph.serve.problems import Problem
from relgraph.store import OxigraphStore, latest_snapshot, open_store

MOST_FACTS = 500
"""Facts on one entity's page at most; the rest is counted."""
_IN_DOSSIERS = frozenset({"State", "Territory", "Organisation", "Person"})
_CALLED = {"skos:altLabel": "also called", "owl:sameAs": "the same as"}
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
# The editor sets styles on elements and carries its icons as data; it has no eval that runs.
_QUERY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


class _ViewerData(NamedTuple):
    """What the viewer of one snapshot fetches."""

    snapshot: Path | None
    graph: str
    sentences: list[str]


class Pages:
    """Pages of one store. Calls come from several threads; each page is made by one at a time."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._store: OxigraphStore | None = None
        self._viewer: _ViewerData | None = None
        self._query: tuple[Path | None, str] | None = None
        self._names: tuple[Path | None, Names] | None = None
        self._lock = threading.Lock()

    def _newest(self) -> OxigraphStore:
        if self._store is None or latest_snapshot(self._folder) != self._store.snapshot:
            old, self._store = self._store, open_store(self._folder, read_only=True)
            if old is not None:
                old.close()
        return self._store

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def health(self) -> dict[str, Any]:
        """Return the state of the service as plain values."""
        try:
            with self._lock:
                articles = len(self._newest().keys())
        except RelgraphError as error:
            return {"status": "unreadable", "detail": error.message}
        return {"status": "ok", "articles": articles}

    def viewer(self) -> Response:
        """Return the viewer's page; it fetches the graph and the sentences it needs."""
        from relgraph.show.viewer import served_html

        page = served_html()
        return HTMLResponse(page, headers={"Content-Security-Policy": _policy_of(page)})

    def viewer_graph(self) -> Response:
        """Return the graph as the viewer draws it, without its sentences."""
        return Response(self._viewer_data().graph, media_type="application/json", headers={"Cache-Control": "no-cache"})

    def viewer_sentences(self, first: int, last: int) -> Response:
        """Return the sentences from a number to another, at most a thousand."""
        return Response(json.dumps(self._viewer_data().sentences[max(0, first) : min(last, first + 1000)], ensure_ascii=False), media_type="application/json", headers={"Cache-Control": "no-cache"})

    def _viewer_data(self) -> _ViewerData:
        from relgraph.show.project import project
        from relgraph.show.viewer import served_graph

        with self._lock:
            store = self._newest()
            if self._viewer is None or self._viewer.snapshot != store.snapshot:
                projection = project(store)
                self._viewer = _ViewerData(store.snapshot, served_graph(projection), [sentence.text for sentence in projection.sentences])
            return self._viewer

    def query(self) -> Response:
        """Return the page with the SPARQL editor."""
        with self._lock:
            store = self._newest()
            if self._query is None or self._query[0] != store.snapshot:
                self._query = (store.snapshot, _query_page(store))
            page = self._query[1]
        return HTMLResponse(page, headers={"Content-Security-Policy": _QUERY_POLICY})

    def entity(self, path: str, media: str) -> Response:
        """Return what is known of the entity whose IRI ends in a path.

        Raises:
            Problem: 404 when the store knows nothing of it.
        """
        iri = f"{iris.BASE}id/{path}"
        if not path or any(c in '<>"{}|\\^`' or c <= " " for c in path):
            raise Problem(404, "Not found", "no entity has such a path")
        with self._lock:
            store = self._newest()
            if media != "text/html":
                return Response(self._described(store, iri, media), media_type=media)
            name, kinds = self._name_of(store, iri)
            facts = facts_of(store, NamedEntity(name, iri, kinds[0] if kinds else "Thing"))
            known = _properties(store, iri)
        shown = [f for f in facts if f.evidence][:MOST_FACTS]
        page = _environment().get_template("entity.html.j2").render(name=name, kinds=[_called(f"rg:{kind}") for kind in kinds if kind != "Actor"], iri=iri, facts=shown, more=len(facts) - len(shown), known=known, path=path,
                                                                     dossier=f"/dossier?{urlencode({'a': iri})}" if _IN_DOSSIERS & set(kinds) else "")  # fmt: skip
        return HTMLResponse(page, headers={"Content-Security-Policy": _PAGE_POLICY})

    def dossier(self, wanted: Sequence[str], asked: Mapping[str, str]) -> Response:
        """Return the dossier of one or two entities; raises Problem as `dossier_response`."""
        with self._lock:
            store = self._newest()
            if self._names is None or self._names[0] != store.snapshot:
                self._names = (store.snapshot, Names(store))
            return dossier_response(store, self._names[1], wanted, asked)

    def _described(self, store: OxigraphStore, iri: str, media: str) -> bytes:
        triples = _around(store, iri)
        if not triples:
            raise _unknown(iri)
        return serialized(triples, "turtle") if media == "text/turtle" else ox.serialize(triples, format=getattr(ox.RdfFormat, TRIPLES[media])) or b""

    def _name_of(self, store: OxigraphStore, iri: str) -> tuple[str, list[str]]:
        rows = _rows(store, f"SELECT ?kind ?label WHERE {{ <{iri}> a ?kind OPTIONAL {{ <{iri}> rdfs:label ?label FILTER(LANG(?label) IN (\"en\", \"\")) }} }} ORDER BY ?kind ?label")
        if not rows:
            raise _unknown(iri)
        kinds = list(dict.fromkeys(str(kind).removeprefix(iris.RG) for kind, _ in rows if str(kind).startswith(iris.RG)))
        return next((str(label) for _, label in rows if label is not None), iri.rsplit("/", 1)[-1]), kinds

    @staticmethod
    def ontology() -> Path:
        """Return where the ontology's Turtle lies."""
        return resource("ontology", "relgraph.ttl")


def _around(store: OxigraphStore, iri: str) -> list[ox.Triple]:
    """Return the triples that an IRI is subject or object of. A function of its own: the engine's result must not outlive this thread."""
    return sorted(set(store.query(f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}")), key=str)


def _unknown(iri: str) -> Problem:
    return Problem(404, "Not found", f"the graph knows nothing of <{iri[:300]}>", hint="search for a name in the viewer, or with relgraph find NAME")


def _rows(store: OxigraphStore, sparql: str) -> tuple[tuple[Any, ...], ...]:
    result = run_query(store, sparql)
    return result.rows if isinstance(result, Table) else ()


def _properties(store: OxigraphStore, iri: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what is said of an entity itself: (property, its values), each value with the path of the entity that it is or ''."""
    rows = _rows(store, f"""SELECT DISTINCT ?p ?o ?label WHERE {{ <{iri}> ?p ?o FILTER(?p != rdf:type && ?p != rdfs:label)
      OPTIONAL {{ ?o rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }} }} ORDER BY ?p ?label ?o LIMIT 300""")  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {}
    for verb, value, label in rows:
        text, base = str(value), f"{iris.BASE}id/"
        found.setdefault(_called(_short(str(verb))), []).append((str(label) if label is not None else _short(text), text[len(base) :] if text.startswith(base) else ""))
    return list(found.items())


def _called(term: str) -> str:
    """Return what a term is called: its label where it is ours, else the words of its name."""
    ours = next((t["label"] for t in _terms() if t["name"] == term), None)
    return ours or _CALLED.get(term) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", term.partition(":")[2] or term).lower()


def _short(iri: str) -> str:
    return next((f"{prefix}:{iri[len(space) :]}" for prefix, space in iris.PREFIXES.items() if iri.startswith(space) and prefix != "id"), iri)


def _policy_of(page: str) -> str:
    """Return the policy that a page carries in its head, as a header, with who may frame it."""
    start = page.index('content="', page.index("Content-Security-Policy")) + len('content="')
    policy = page[start : page.index('"', start)].replace("&#39;", "'").replace("&amp;", "&")
    return f"{policy.rstrip('; ')}; frame-ancestors 'self'"


def _query_page(store: OxigraphStore) -> str:
    names = Names(store)
    queries = [ready for query in load_queries().values() if (ready := _ready(query, names))]
    data = json.dumps({"prefixes": iris.PREFIXES, "queries": queries, "terms": _terms()}, ensure_ascii=False)
    static = files("relgraph.serve") / "static"
    version = hashlib.sha256((static / "query.js").read_bytes()).hexdigest()[:12]
    return _environment().get_template("query.html.j2").render(data=base64.b64encode(data.encode()).decode(), queries=queries, version=version)


def _ready(query: NamedQuery, names: Names) -> dict[str, str] | None:
    """Return a named query as it can be run, with the values of its first example that this store knows; None where it knows none."""
    for values in query.examples:
        try:
            text = bind(query, values, names)
        except RelgraphError:
            continue
        used = {t.text.split(":")[0] for t in meaningful(text) if t.kind == "name"}
        lines = [f"PREFIX {p}: <{space}>" for p, space in iris.PREFIXES.items() if p in used] + [line.rstrip() for line in text.splitlines() if line.strip()]
        said = ", ".join(f"{key}={value}" for key, value in values.items())
        return {"name": query.name, "title": query.title, "question": query.question + (f" (here {said})" if said else ""), "sparql": "\n".join(lines)}
    return None


@cache
def _terms() -> list[dict[str, str]]:
    """Return the ontology's terms for completion: name, label and what it is."""
    store = ox.Store()
    store.load(path=str(resource("ontology", "relgraph.ttl")), format=ox.RdfFormat.TURTLE)
    rows: Any = store.query("""SELECT ?term ?label (SAMPLE(?k) AS ?kind) WHERE { ?term a ?k ; rdfs:label ?label FILTER(LANG(?label) = "en" && STRSTARTS(STR(?term), STR(rg:))) }
      GROUP BY ?term ?label ORDER BY ?term""", prefixes=iris.PREFIXES)  # fmt: skip
    return [{"name": "rg:" + r["term"].value.removeprefix(iris.RG), "label": r["label"].value, "kind": "class" if r["kind"].value.endswith("Class") else "property"} for r in rows]


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("relgraph.serve"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
