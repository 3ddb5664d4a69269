"""What the steps know beforehand: the reference and the lexicon of each language."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from relgraph.knowledge.lexicon import Lexicon, load_lexicon
from relgraph.knowledge.reference import Reference, load_reference
from relgraph.knowledge.weights import Weights, read_weights
from relgraph.resources import resource

__all__ = ["Knowledge", "load_knowledge"]


class Knowledge:
    """The reference and, by language, the lexicons. Made once and shared; never changes."""

    def __init__(self, reference: Reference, lexicons: dict[str, Lexicon], weights: dict[str, Weights]) -> None:
        self.reference, self.lexicons, self._weights = reference, lexicons, weights

    def weights(self, language: str) -> Weights:
        """Return the confidence model of a language; empty when it has none."""
        return self._weights.get(language, {})

    def lexicon(self, language: str) -> Lexicon | None:
        """Return the lexicon of a language, or None when it isn't read yet."""
        return self.lexicons.get(language)

    @property
    def version(self) -> str:
        """A short hash that changes with any entry."""
        model = hashlib.sha256(repr(sorted((k, sorted(w.items())) for x in self._weights.values() for k, w in x.items())).encode()).hexdigest()[:8]
        return "-".join([self.reference.content_hash, *(x.content_hash for x in self.lexicons.values()), model])


@functools.lru_cache(maxsize=4)
def load_knowledge(reference_dir: Path | None = None, lexicon_dir: Path | None = None) -> Knowledge:
    """Load reference and lexicons; `lexicon_dir` is a user's own folder laid over the shipped lexicon.

    Raises:
        KnowledgeError: An entry is wrong; names file and line.
    """
    languages = sorted(p.name for p in resource("data", "lexicon").iterdir() if p.is_dir())
    weights = {x: read_weights(resource("data") / "confidence" / f"{x}.tsv") for x in languages}
    return Knowledge(load_reference(reference_dir), {x: load_lexicon(x, extra=lexicon_dir) for x in languages}, weights)
