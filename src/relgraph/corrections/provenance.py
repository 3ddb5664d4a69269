"""Who corrected what, when and why, as quads of the article's own graph: taken back with the article, and asked by SPARQL."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from relgraph.corrections.apply import Made
from relgraph.graph import iris
from relgraph.graph.terms import Builder, date_literal, text


def correction_node(correction_id: str) -> NamedNode:
    """Return the node of a correction."""
    return NamedNode(iris.node("correction", correction_id))


def correction_quads(article_id: str, made: Iterable[Made]) -> list[Quad]:
    """Return what says which corrections met which facts of an article."""
    out = Builder(iris.article_graph(article_id))
    for one in made:
        correction, node = one.correction, correction_node(one.correction.id)
        out.kind(node, "Correction")
        out.label(node, correction.said)
        out.add(node, "correctionKind", text(correction.verdict))
        out.add(node, "inArticle", NamedNode(iris.article(article_id)))
        out.add(node, "correctedClaim", NamedNode(iris.node("claim", one.before)))
        if one.after is not None:
            out.add(node, "resultingClaim", NamedNode(iris.node("claim", one.after)))
        for verb, said in (("correctedBy", correction.who), ("correctionReason", correction.why), ("correctedQuote", correction.quote)):
            if said:
                out.add(node, verb, text(said))
        if correction.when:
            out.add(node, "correctedOn", date_literal(correction.when))
    return out.quads()
