"""A store's quads as one of the standard formats, always in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relgraph.errors import StoreError
from relgraph.graph import iris

if TYPE_CHECKING:
    from relgraph.store import Store

FORMATS = {"nquads": "N_QUADS", "trig": "TRIG", "turtle": "TURTLE", "ntriples": "N_TRIPLES", "rdfxml": "RDF_XML", "jsonld": "JSON_LD"}
WITH_GRAPHS = frozenset({"nquads", "trig", "jsonld"})
_BARE = frozenset({"nquads", "ntriples"})


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
    data = quads if fmt in WITH_GRAPHS else list(dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads))
    return ox.serialize(data, format=getattr(ox.RdfFormat, FORMATS[fmt]), prefixes=None if fmt in _BARE else dict(iris.PREFIXES)) or b""
