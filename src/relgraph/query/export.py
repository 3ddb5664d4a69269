"""A store's quads as one of the standard formats, always in the same order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from relgraph.errors import StoreError
from relgraph.graph import iris
from relgraph.resources import resource

if TYPE_CHECKING:
    import pyoxigraph

    from relgraph.store import Store

FORMATS = {"nquads": "N_QUADS", "trig": "TRIG", "turtle": "TURTLE", "ntriples": "N_TRIPLES", "rdfxml": "RDF_XML", "jsonld": "JSON_LD"}
WITH_GRAPHS = frozenset({"nquads", "trig", "jsonld"})
_TURTLES = frozenset({"turtle", "trig"})


def exported(store: Store, fmt: str, *, graph: str | None = None) -> bytes:
    """Return the quads of all named graphs, or of one; formats without graphs get the merged triples.

    The store's notes about itself are left out.

    Raises:
        StoreError: It holds no such graph.
    """
    import pyoxigraph as ox

    quads = sorted((q for q in store.quads(graph) if q.graph_name != ox.NamedNode(f"{iris.GRAPHS}meta")), key=str)
    if graph and not quads:
        raise StoreError(f"the store holds no graph <{graph}>", hint="SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } lists them")
    if fmt == "jsonld":
        return _json_ld(quads)
    return serialized(quads if fmt in WITH_GRAPHS else list(dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads)), fmt)


def _json_ld(quads: Sequence[pyoxigraph.Quad]) -> bytes:
    """Return quads as JSON-LD with the terms of ontology/context.jsonld, which stand in it: nothing is fetched to read it."""
    import pyoxigraph as ox
    import rdflib

    context = json.loads(resource("ontology", "context.jsonld").read_text("utf-8"))
    data = rdflib.Dataset()
    data.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    written = json.loads(data.serialize(format="json-ld", context=context["@context"], auto_compact=False))
    return (json.dumps(_in_order(written), ensure_ascii=False, indent=1) + "\n").encode()


def _in_order(value: Any) -> Any:
    """Sort what JSON-LD takes for sets, so that the same quads give the same bytes; our graph holds no lists."""
    if isinstance(value, dict):
        return {k: v if k == "@context" else _in_order(v) for k, v in sorted(value.items())}
    return sorted((_in_order(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True)) if isinstance(value, list) else value


def serialized(data: Sequence[pyoxigraph.Quad] | Sequence[pyoxigraph.Triple], fmt: str) -> bytes:
    """Return quads or triples in one of `FORMATS`; the same ones in the same order give the same bytes."""
    import pyoxigraph as ox

    # pyoxigraph declares prefixes in an order that changes from run to run; RDF/XML and JSON-LD do without them
    prefixes = dict(iris.PREFIXES) if fmt in _TURTLES else None
    written = ox.serialize(data, format=getattr(ox.RdfFormat, FORMATS[fmt]), prefixes=prefixes) or b""
    if prefixes is None:
        return written
    lines = written.split(b"\n")
    declared = [line for line in lines if line.startswith(b"@prefix ")]
    return b"\n".join([*sorted(declared), *lines[len(declared) :]])
