"""Which nodes are drawn at first: enough to understand the picture at a glance, never a tangle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from relgraph.show.look import KINDS
from relgraph.show.projection import Edge, Node

STATES = 12
"""How many states the first picture holds at most."""
SHARES = {"person": 10, "body": 7, "treaty": 7, "organisation": 3}
"""How many of each other kind it holds at most."""


def choose_start(nodes: Sequence[Node], edges: Sequence[Edge]) -> set[int]:
    """Return the positions of the nodes to draw at first.

    The states with the strongest ties, then what stands between or beside them, by the number of facts. Ties are broken by id.
    """
    strength: dict[int, float] = defaultdict(float)
    near: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
        if edge.kind == "pair":
            strength[edge.source] += edge.weight
            strength[edge.target] += edge.weight
    states = [n for n, node in enumerate(nodes) if node.kind == "state"]
    chosen = set(sorted(states, key=lambda n: (-strength[n], nodes[n].id))[:STATES])
    # A body or treaty of one drawn party alone would dangle; an organisation counts when two drawn states deal with it.
    least = {"person": 1, "body": 2, "treaty": 2, "organisation": 2}
    beside = [n for n, node in enumerate(nodes)
              if node.kind != "state" and KINDS[node.kind].at_start and len(near[n] & chosen) >= least.get(node.kind, 1)]  # fmt: skip
    by_facts = sorted(beside, key=lambda n: (-len(nodes[n].facts), nodes[n].id))
    for kind, share in SHARES.items():
        chosen.update([n for n in by_facts if nodes[n].kind == kind][:share])
    return chosen or set(sorted(range(len(nodes)), key=lambda n: (-len(nodes[n].facts), nodes[n].id))[:STATES])
