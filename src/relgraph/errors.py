"""Every error relgraph raises on purpose.

    RelgraphError 70
        ArticleError 3      an input that can't be read as an article, or none that can
        KnowledgeError 4    ontology, reference or lexicon
        ShapesBroken 5      a graph that breaks its SHACL shapes
        QueryError 6        SPARQL that doesn't parse or run
        StoreError 7        a store that can't be opened, locked or written
        MissingExtra 8      an optional dependency that isn't installed
        EntityNameError 9   an entity or named query that is unknown or ambiguous

The number is the exit code of the command line.
"""

from __future__ import annotations

from collections.abc import Sequence


class RelgraphError(Exception):
    """Base of the tree, and what the command line catches once.

    Args:
        message: One line: what is wrong, naming the file and the place.
        hint: One line: what to do next.
        path: The file concerned, as the user named it.
        line: The line in it, from 1.
    """

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "", path: str | None = None, line: int | None = None) -> None:
        self.message, self.hint, self.path, self.line = message, hint, path, line
        place = "" if path is None else f"{path}:{line}: " if line is not None else f"{path}: "
        super().__init__(f"{place}{message}")


class ArticleError(RelgraphError):
    """An input that can't be read as an article."""

    exit_code = 3


class KnowledgeError(RelgraphError):
    """A bad entry in ontology, reference or lexicon."""

    exit_code = 4


class ShapesBroken(RelgraphError):
    """A graph that breaks its shapes."""

    exit_code = 5


class QueryError(RelgraphError):
    """A query that can't be parsed or run. For SPARQL, `line` and `column` count from 1."""

    exit_code = 6

    def __init__(self, message: str, *, hint: str = "", path: str | None = None, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, hint=hint, path=path, line=line)
        self.column = column


class StoreError(RelgraphError):
    """A store that can't be opened, is locked, is of another format or can't be written."""

    exit_code = 7


class MissingExtra(RelgraphError):
    """An optional dependency that isn't installed; the hint is the install line."""

    exit_code = 8


class EntityNameError(RelgraphError):
    """A name that no entity has, or several have.

    Args:
        message: What was asked for.
        candidates: The names it may have meant.
    """

    exit_code = 9

    def __init__(self, message: str, *, candidates: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.candidates = tuple(candidates)
