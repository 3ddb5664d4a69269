"""What the steps know beforehand: the reference and the lexicon of each language."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from relgraph.knowledge.lexicon import Lexicon, load_lexicon
from relgraph.knowledge.reference import Reference, load_reference
from relgraph.knowledge.weights import SECOND, Learned, Weights, read_weights
from relgraph.resources import resource

__all__ = ["Knowledge", "load_knowledge"]


class Knowledge:
    """The reference and, by language, the lexicons. Made once and shared; never changes.

    Attributes:
        models: The models of learned events by language.
        origin: The user's folders of reference and lexicon that it was loaded from, so that another process can load the same.
    """

    def __init__(self, reference: Reference, lexicons: dict[str, Lexicon], weights: dict[str, Weights], origin: tuple[Path | None, Path | None] = (None, None), learned: dict[str, Learned] | None = None) -> None:
        self.reference, self.lexicons, self._weights, self.origin = reference, lexicons, weights, origin
        self.models = learned or {}
        self._versions: dict[str, str] = {}

    def weights(self, language: str) -> Weights:
        """Return the confidence model of a language; empty when it has none."""
        return self._weights.get(language, {})

    def learned(self, language: str) -> Learned | None:
        """Return the model of learned events of a language, or None when it has none."""
        return self.models.get(language)

    def lexicon(self, language: str) -> Lexicon | None:
        """Return the lexicon of a language, or None when it isn't read yet."""
        return self.lexicons.get(language)

    @property
    def version(self) -> str:
        """A short hash that changes with any entry."""
        return "-".join(self.version_for(language) for language in sorted(self.lexicons))

    def version_for(self, language: str) -> str:
        """Return a short hash that changes with any entry that an article in this language may depend on."""
        if language not in self._versions:
            learned = self.learned(language)
            models = [self.weights(language), *([{**learned.kinds, SECOND: learned.second}] if learned is not None else [])]
            model = hashlib.sha256(repr([sorted((k, sorted(w.items())) for k, w in each.items()) for each in models]).encode()).hexdigest()[:8]
            lexicon = self.lexicon(language)
            self._versions[language] = "-".join([self.reference.content_hash, *([lexicon.content_hash, model] if lexicon else [])])
        return self._versions[language]


@functools.lru_cache(maxsize=4)
def load_knowledge(reference_dir: Path | None = None, lexicon_dir: Path | None = None) -> Knowledge:
    """Load reference and lexicons; `lexicon_dir` is a user's own folder laid over the shipped lexicon.

    Raises:
        KnowledgeError: An entry is wrong; names file and line.
    """
    languages = sorted(p.name for p in resource("data", "lexicon").iterdir() if p.is_dir())
    weights = {x: read_weights(resource("data") / "confidence" / f"{x}.tsv") for x in languages}
    learned = {x: Learned(w) for x in languages if (w := read_weights(resource("data") / "learned" / f"{x}.tsv"))}
    return Knowledge(load_reference(reference_dir), {x: load_lexicon(x, extra=lexicon_dir) for x in languages}, weights, (reference_dir, lexicon_dir), learned)
