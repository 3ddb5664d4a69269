"""Occurrences: what happened, apart from the reports of it. One for each report until reports are fused."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from relgraph.graph import iris
from relgraph.graph.terms import LABEL, RDF_TYPE, rg, typed
from relgraph.store import OxigraphStore

_COPIED = ("eventKind", "participant", "visitor", "host", "visitLevel", "date", "earliest", "latest", "place", "planned")


def occurrence_quads(store: OxigraphStore) -> list[Quad]:
    """Return the occurrences of all event reports, with what their reports say."""
    graph = NamedNode(iris.OCCURRENCES)
    copied = " ".join(f"rg:{name}" for name in _COPIED)
    quads: set[Quad] = set()
    rows = store.query(f"SELECT ?event ?verb ?value WHERE {{ ?event a rg:Event . VALUES ?verb {{ {copied} rdfs:label }} ?event ?verb ?value }}")
    for row in rows:
        node = NamedNode(iris.node("occurrence", row["event"].value.rsplit("/", 1)[-1]))
        quads.add(Quad(node, RDF_TYPE, rg("Occurrence"), graph))
        quads.add(Quad(node, rg("report"), row["event"], graph))
        quads.add(Quad(node, rg("sourceCount"), typed("1", "integer"), graph))
        quads.add(Quad(node, LABEL if row["verb"] == LABEL else row["verb"], row["value"], graph))
    return sorted(quads, key=str)
