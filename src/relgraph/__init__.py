"""relgraph: news about Central Asian relations as a knowledge graph whose every statement cites its sentence.

    import relgraph as rg
    kg = rg.build("data/articles")          # or rg.open("relgraph.db")
    kg.ask("meetings", of="Rahmon").frame()

Names are bound when they are first used, so that importing this package is cheap.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relgraph.api import KnowledgeGraph as KnowledgeGraph
    from relgraph.api import build as build
    from relgraph.api import open as open
    from relgraph.errors import ArticleError as ArticleError
    from relgraph.errors import EntityNameError as EntityNameError
    from relgraph.errors import KnowledgeError as KnowledgeError
    from relgraph.errors import MissingExtra as MissingExtra
    from relgraph.errors import QueryError as QueryError
    from relgraph.errors import RelgraphError as RelgraphError
    from relgraph.errors import ShapesBroken as ShapesBroken
    from relgraph.errors import StoreError as StoreError
    from relgraph.model import Article as Article
    from relgraph.model import ArticleFacts as ArticleFacts
    from relgraph.query import Explanation as Explanation
    from relgraph.query import Facts as Facts
    from relgraph.query import Graph as Graph
    from relgraph.query import NamedEntity as NamedEntity
    from relgraph.query import StoredFact as StoredFact
    from relgraph.query import Table as Table
    from relgraph.show.changes import Changes as Changes
    from relgraph.show.dossier import Dossier as Dossier
    from relgraph.show.page import Page as Page

_HOME = {
    "relgraph.api": ("KnowledgeGraph", "build", "open"),
    "relgraph.errors": ("ArticleError", "EntityNameError", "KnowledgeError", "MissingExtra", "QueryError", "RelgraphError", "ShapesBroken", "StoreError"),
    "relgraph.model": ("Article", "ArticleFacts"),
    "relgraph.show.changes": ("Changes",),
    "relgraph.show.dossier": ("Dossier",),
    "relgraph.show.page": ("Page",),
    "relgraph.query": ("Explanation", "Facts", "Graph", "NamedEntity", "StoredFact", "Table"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Article",
    "ArticleError",
    "ArticleFacts",
    "Changes",
    "Dossier",
    "EntityNameError",
    "Explanation",
    "Facts",
    "Graph",
    "KnowledgeError",
    "KnowledgeGraph",
    "MissingExtra",
    "NamedEntity",
    "Page",
    "QueryError",
    "RelgraphError",
    "ShapesBroken",
    "StoreError",
    "StoredFact",
    "Table",
    "__version__",
    "build",
    "open",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("relgraph")
    if name in _MODULE_OF:
        value = getattr(importlib.import_module(_MODULE_OF[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'relgraph' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
