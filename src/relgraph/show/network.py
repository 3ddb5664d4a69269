"""The projection as models of other libraries: a pyvis Network (what the page is made from) and a networkx MultiDiGraph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from relgraph.show.layout import Point, place_nodes
from relgraph.show.look import KINDS, STANDINGS
from relgraph.show.projection import FactLine, Projection

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network


def to_pyvis(projection: Projection, positions: Sequence[Point] | None = None) -> Network:
    """Return a normal pyvis Network: directed, with positions, physics off.

    Nodes and edges carry more than pyvis knows of (`kind`, `facts` ...), which pyvis hands on untouched.

    Args:
        projection: What is to be drawn.
        positions: One for each node; computed when not given.
    """
    from pyvis.network import Network
    from pyvis.node import Node as PyvisNode

    net = Network(height="750px", width="100%", directed=True, cdn_resources="in_line")
    net.toggle_physics(False)
    net.options.edges.smooth.enabled = False
    places = positions if positions is not None else place_nodes(projection)
    for node, (x, y) in zip(projection.nodes, places, strict=True):
        look = KINDS[node.kind]
        # Set as `add_node` does; that one searches a list for each node, which takes a minute at 10,000.
        made = PyvisNode(node.id, look.shape, label=node.label, font_color=False, x=x, y=y, size=look.size, color=look.colour,
                         kind=node.kind, group=node.kind, iri=node.iri, label_ru=node.label_ru, aliases=list(node.aliases), facts=list(node.facts), start=node.start)  # fmt: skip
        net.nodes.append(made.options)
        net.node_ids.append(node.id)
        net.node_map[node.id] = made.options
    for edge in projection.edges:
        net.edges.append({
            "id": edge.id, "from": projection.nodes[edge.source].id, "to": projection.nodes[edge.target].id, "arrows": "", "width": line_width(edge.kind, edge.weight),
            "dashes": list(STANDINGS[edge.standing]) or False, "kind": edge.kind, "standing": edge.standing, "facts": list(edge.facts), "lifted": list(edge.lifted), "weight": edge.weight,
        })  # fmt: skip
    return net


def line_width(kind: str, weight: float) -> float:
    """Return the width of a line: the square root of its weight for pairs, so that a hundred facts are not a bar."""
    return round(min(0.9 + 0.9 * weight**0.5, 9.0), 2) if kind == "pair" else 1.0


def to_networkx(projection: Projection, at: str | None = None) -> nx.MultiDiGraph:
    """Return a networkx MultiDiGraph; nodes and edges carry label, kind, standing and their facts as dictionaries.

    Args:
        projection: What is to be turned.
        at: An ISO day, month or year: only edges with a fact whose time reaches into it or has no date, and the nodes they join.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    kept: list[tuple[Any, tuple[int, ...]]] = []
    for edge in projection.edges:
        facts = tuple(f for f in edge.facts if at is None or _holds(projection.facts[f], at))
        if facts:
            kept.append((edge, facts))
    ends = {n for edge, _ in kept for n in (edge.source, edge.target)}
    for number, node in enumerate(projection.nodes):
        if at is None or number in ends:
            graph.add_node(node.id, iri=node.iri, kind=node.kind, label=node.label, facts=len(node.facts))
    for edge, facts in kept:
        graph.add_edge(projection.nodes[edge.source].id, projection.nodes[edge.target].id, key=edge.id, kind=edge.kind, standing=edge.standing, weight=edge.weight,
                       facts=[_plain(projection, f) for f in facts])  # fmt: skip
    return graph


def _holds(fact: FactLine, at: str) -> bool:
    return not fact.first_day or (fact.first_day[: len(at)] <= at and at[: len(fact.last_day)] <= fact.last_day[: len(at)])


def _plain(projection: Projection, number: int) -> dict[str, Any]:
    fact = projection.facts[number]
    return {"id": fact.id, "type": fact.type, "text": fact.text, "confidence": fact.confidence,
            "sentences": [projection.sentences[c.sentence].text for c in fact.cited]}  # fmt: skip
