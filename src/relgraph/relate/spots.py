"""The words before a name by which it is, or is not, the place where something happens."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from relgraph.knowledge.lexicon import Lexicon, either


class SpotWords:
    """The words of place of a language, as patterns for the text that ends where a name begins."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists: Mapping[str, Any] = lexicon.lists.get("places_wording", {})
        at, leads, kinds, kind_links, origin, far, far_kinds, joins = (
            either(map(str, lists.get(name, ()))) for name in ("at", "leads", "other_nouns", "other_links", "origin", "far_from", "town_of", "way_joins"))  # fmt: skip
        the = either(lexicon.words("articles"))
        self.at = re.compile(rf"\b(?:{leads}|,)\s(?:{the}\s)?(?:[\w-]+\s){{0,3}}$", re.IGNORECASE)
        self.not_at = re.compile(rf"\b{kinds}\s(?:{kind_links}\s)?(?:{the}\s)?$", re.IGNORECASE)
        self.come_from = re.compile(rf"\b{origin}\s(?:{the}\s)?$|\b{far} (?:{the} )?(?:{far_kinds} )?$", re.IGNORECASE)
        self.way = re.compile(rf"\b{origin}\s[^,.;]{{2,40}}\s{joins}\s(?:{the}\s)?$", re.IGNORECASE)
        """'from A to', where the name behind only ends a way."""
        self.inside = re.compile(rf"\b{at}\s$", re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def spot_words_of(lexicon: Lexicon) -> SpotWords:
    """Compile the words of place of a lexicon once."""
    return SpotWords(lexicon)
