"""Step 5: facts and reference to quads. Pure: the same facts give the same quads, in any order."""

from relgraph.graph.facts import facts_to_quads
from relgraph.graph.reference import reference_to_quads

__all__ = ["facts_to_quads", "reference_to_quads"]
