"""What the steps know beforehand: the reference and the lexicon of each language."""

from __future__ import annotations

import functools
from pathlib import Path

from relgraph.knowledge.lexicon import Lexicon, load_lexicon
from relgraph.knowledge.reference import Reference, load_reference
from relgraph.resources import resource

__all__ = ["Knowledge", "load_knowledge"]


class Knowledge:
    """The reference and, by language, the lexicons. Made once and shared; never changes."""

    def __init__(self, reference: Reference, lexicons: dict[str, Lexicon]) -> None:
        self.reference, self.lexicons = reference, lexicons

    def lexicon(self, language: str) -> Lexicon | None:
        """Return the lexicon of a language, or None when it isn't read yet."""
        return self.lexicons.get(language)

    @property
    def version(self) -> str:
        """A short hash that changes with any entry."""
        return "-".join([self.reference.content_hash, *(x.content_hash for x in self.lexicons.values())])


@functools.lru_cache(maxsize=4)
def load_knowledge(reference_dir: Path | None = None, lexicon_dir: Path | None = None) -> Knowledge:
    """Load reference and lexicons; `lexicon_dir` is a user's own folder laid over the shipped lexicon.

    Raises:
        KnowledgeError: An entry is wrong; names file and line.
    """
    languages = sorted(p.name for p in resource("data", "lexicon").iterdir() if p.is_dir())
    return Knowledge(load_reference(reference_dir), {x: load_lexicon(x, extra=lexicon_dir) for x in languages})
