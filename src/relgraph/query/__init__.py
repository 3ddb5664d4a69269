"""Step 8: ask a store. SPARQL, named queries with parameters, names of entities, facts with their sentences.

In: a store and a question. Out: a `Table`, a `Graph` or facts. Nothing here writes to a store.
"""

from __future__ import annotations

from relgraph.query.facts import Explanation, Facts, StoredFact, explain, fact_of, facts_of
from relgraph.query.named import NamedQuery, ask, get_query, load_queries
from relgraph.query.names import NamedEntity, Names
from relgraph.query.paths import find_path
from relgraph.query.sparql import run_query, unknown_terms
from relgraph.query.table import FORMATS, Graph, Iri, Table, written

__all__ = [
    "FORMATS",
    "Explanation",
    "Facts",
    "Graph",
    "Iri",
    "NamedEntity",
    "NamedQuery",
    "Names",
    "StoredFact",
    "Table",
    "ask",
    "explain",
    "fact_of",
    "facts_of",
    "find_path",
    "get_query",
    "load_queries",
    "run_query",
    "unknown_terms",
    "written",
]
