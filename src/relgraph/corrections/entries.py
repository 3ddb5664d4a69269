"""What a correction is, and which corrections may concern an article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from relgraph.graph.fingerprint import fingerprint, likeness
from relgraph.model import Article

Verdict = Literal["accept", "reject", "edit", "name"]
SAME_TEXT = 0.75
"""Share of equal runs of words from which on a text is a reprint; as in the derivation of reprints."""
_WORD = re.compile(r"\w{4,}")


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a file of corrections: about a fact (accept, reject, edit) or about a name.

    Attributes:
        id: 16 hex digits of a hash of all it says, but for who, when and why.
        fact: The id of the fact, as answers show it.
        article: The id of the article in which it was seen; its reprints are concerned, too.
        says: The fact in words.
        quote: The sentence it rests on.
        change: For an edit, fields of the fact and their values.
        everywhere: Whether it also concerns independent articles that say the same.
        name: The name that stands for another one.
        means: The id of an entity, or the right name; empty where the name stands for nothing that is known.
        articles: The articles in which the name is so; all where empty.
        line: Where it stands in its file.
    """

    id: str
    verdict: Verdict
    fact: str = ""
    article: str = ""
    says: str = ""
    quote: str = ""
    change: Mapping[str, Any] = {}
    everywhere: bool = False
    name: str = ""
    means: str = ""
    articles: tuple[str, ...] = ()
    who: str = ""
    when: str = ""
    why: str = ""
    line: int = 0

    @property
    def said(self) -> str:
        """The correction in a few words, for messages."""
        if self.verdict == "name":
            return f"name '{self.name}' means '{self.means or 'nothing known'}'"
        return f"{self.verdict} '{self.says or self.fact}'"


class Corrections(msgspec.Struct, frozen=True):
    """All corrections of a file, and the fingerprints of the articles that they were made on, as far as these are known."""

    entries: tuple[Correction, ...] = ()
    prints: Mapping[str, str] = {}
    path: str = ""

    @property
    def state(self) -> str | None:
        """A hash of all of it, None where there is nothing: two runs with the same state ask for the same."""
        return None if not self.entries else hashlib.sha256(repr((self.entries, sorted(self.prints.items()))).encode("utf-8", "replace")).hexdigest()[:16]

    def concerning(self, article: Article) -> tuple[Correction, ...]:
        """Return the corrections that may concern an article: made on it, on what it reprints, or on a name in it."""
        if not self.entries:
            return ()
        own = fingerprint(article.text[article.body_start :]) if self.prints else None
        same = {article.id} | {name for name, other in self.prints.items() if own and likeness(own, other) >= SAME_TEXT}
        folded = article.text.casefold()
        return tuple(c for c in self.entries if c.article in same or _named(c, article.id, folded))

    def version_for(self, article: Article) -> str:
        """Return a short hash of what may concern an article, empty where nothing does."""
        found = self.concerning(article)
        return hashlib.sha256(repr([(c.id, c.who, c.when, c.why) for c in found]).encode()).hexdigest()[:8] if found else ""


def _named(correction: Correction, article_id: str, text: str) -> bool:
    """Whether a correction that isn't bound to one article speaks of names in a text; its words are looked for, for names are shortened."""
    if correction.verdict == "name":
        words = correction.name if not correction.articles or article_id in correction.articles else ""
    else:
        words = correction.says if correction.everywhere else ""
    return any(w in text for w in _WORD.findall(words.casefold())) or (bool(words) and words.casefold() in text)
