"""What of an article matters for others: its nodes, and the blocks that each stands in."""

from __future__ import annotations

from pyoxigraph import NamedNode

from relgraph.derive.contradict.denials import denied_report
from relgraph.derive.contradict.figures import figure_block
from relgraph.derive.contradict.holders import office_block
from relgraph.derive.naming import name_block
from relgraph.derive.reports import blocks, read_reports
from relgraph.derive.rule import FusionRule
from relgraph.graph import iris
from relgraph.graph.terms import RDF_TYPE, rg
from relgraph.store import Store

_PERSONS = iris.node("actor", "x")[:-1]
_CLASSES = frozenset(rg(c) for c in ("Event", "Membership", "Body", "Relation", "Treaty", "Observation", "Tenure"))


def article_nodes(store: Store, article: str) -> set[str]:
    """Return the nodes of an article that something may follow from together with others'."""
    graph = iris.article_graph(str(iris.article_id(article)))
    found = {q.subject.value for q in store.match(None, RDF_TYPE, None, graph) if q.object in _CLASSES and isinstance(q.subject, NamedNode)}
    found |= {q.subject.value for q in store.match(None, rg("modality"), None, graph) if isinstance(q.subject, NamedNode)}
    return found | {q.subject.value for q in store.match(None, RDF_TYPE, rg("Person"), graph) if isinstance(q.subject, NamedNode) and is_person(q.subject.value)}


def is_person(node: str) -> bool:
    """Whether a node that an article holds is a person that the reference doesn't know."""
    return node.startswith(_PERSONS)


def blocks_of(store: Store, node: str, rule: FusionRule) -> set[str]:
    """Return the blocks that a node stands in, none for a node that is gone."""
    kind = node.removeprefix(iris.PREFIXES["id"]).partition("/")[0]
    match kind:
        case "event":
            return {key for report in read_reports(store, [node]).values() for key in blocks(report, rule)}
        case "claim":
            denied = denied_report(store, node)
            return set(blocks(denied, rule)) if denied else set()
        case "tenure":
            return office_block(store, node)
        case "observation":
            return figure_block(store, node)
        case "treaty" | "body":
            return name_block(store, node)
        case _:
            return set()
