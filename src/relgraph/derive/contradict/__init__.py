"""Contradictions as things of their own: what does not fit, why, and which entry of the reference it puts in doubt.

Each is found inside one block and written together with the others of its block, so that a change looks at the blocks that it touches only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from relgraph.derive.contradict.denials import disagreeing_reports
from relgraph.derive.contradict.figures import disagreeing_figures
from relgraph.derive.contradict.found import Found, limits
from relgraph.derive.contradict.holders import disagreeing_holders, reference_holders
from relgraph.derive.contradict.steps import disagreeing_steps
from relgraph.derive.fusion import Fusion
from relgraph.derive.index import Index
from relgraph.derive.reading import subjects
from relgraph.graph import iris
from relgraph.graph.terms import rg

__all__ = ["REFERENCE_BLOCK", "find_contradictions"]

REFERENCE_BLOCK = "reference|"
"""The block of what the reference alone contradicts."""


def find_contradictions(fusion: Fusion, index: Index, blocks: Iterable[str]) -> None:
    """Find the contradictions of some blocks anew and write them.

    Args:
        fusion: Of this run.
        index: Up to date.
        blocks: 'office|...', 'figure|...', 'treaty|IRI', 'denial|IRI' or REFERENCE_BLOCK.
    """
    store, old, new = fusion.store, set[Quad](), set[Quad]()
    made: dict[str, set[str]] = {}
    for block in sorted(blocks):
        for node in index.nodes(f"made|{block}"):
            made.setdefault(node, set())
            old |= set(store.match(NamedNode(node), None, None, iris.INFERRED))
        for found in _in_block(fusion, index, block):
            made.setdefault(found.iri, set()).add(f"made|{block}")
            new |= set(found.quads())
    store.change_derived(old - new, new - old)
    index.write({}, made)


def _in_block(fusion: Fusion, index: Index, block: str) -> Iterator[Found]:
    store, (kind, _, rest) = fusion.store, block.partition("|")
    match kind:
        case "office":
            yield from disagreeing_holders(store, rest.rsplit("|", 1)[0], index.nodes(block), limits())
        case "figure":
            yield from disagreeing_figures(store, index.nodes(block), limits())
        case "treaty":
            yield from disagreeing_steps(store, rest, {rest} | subjects(store, "identifiedAs", rest), limits())
        case "denial":
            yield from disagreeing_reports(fusion, rest)
        case "reference":
            yield from reference_holders(store, limits())
            for treaty in sorted({q.subject.value for q in store.match(None, rg("step"), None, iris.REFERENCE) if isinstance(q.subject, NamedNode)}):
                yield from disagreeing_steps(store, treaty, [treaty], limits())
        case _:
            raise ValueError(block)
