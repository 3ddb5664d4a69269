"""Step 7: what needs more than one article: occurrences, and the rules of ontology/rules to a fixpoint.

Each goes into a graph of its own that is replaced as a whole, so that nothing derived outlives its premises.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from relgraph.derive.occurrences import occurrence_quads
from relgraph.graph import iris
from relgraph.resources import resource
from relgraph.store import OxigraphStore

__all__ = ["derive", "rules_version"]

VERSION = "1"
"""Changes when the same articles may give other occurrences or inferences though no rule file has changed."""


def derive(store: OxigraphStore) -> int:
    """Make the occurrence and inferred graphs anew; return the number of inferred quads.

    The same articles and reference give the same graphs, whatever was derived before.
    """
    store.replace_graph(iris.OCCURRENCES, occurrence_quads(store))
    store.replace_graph(iris.INFERRED, ())
    known: set[Quad] = set()
    while True:
        fresh = {quad for quad in _applied(store) if quad not in known}
        if not fresh:
            return len(known)
        known |= fresh
        store.replace_graph(iris.INFERRED, known)


def rules_version() -> str:
    """Return a hash of all that derived graphs depend on besides what the store holds."""
    said = [VERSION, *(path.read_text("utf-8") for path in _rules())]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


def _rules() -> list[Path]:
    return sorted(resource("ontology", "rules").glob("*.rq"))


def _applied(store: OxigraphStore) -> Iterator[Quad]:
    graph = NamedNode(iris.INFERRED)
    for path in _rules():
        for triple in store.query(path.read_text("utf-8")):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
