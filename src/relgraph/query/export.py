"""A store's quads as one of the standard formats, always in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from relgraph.errors import StoreError
from relgraph.graph import iris

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
    return serialized(quads if fmt in WITH_GRAPHS else list(dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads)), fmt)


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
