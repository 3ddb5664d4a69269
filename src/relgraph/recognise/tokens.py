"""Words of a text with their offsets, found once for each article."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left

import msgspec

from relgraph.recognise.fold import fold

_WORD = re.compile(r"[^\W_]+(?:['’.\-‑][^\W_]+)*+")


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word: `text[start:end]`, without a possessive ending; `low` is folded. `capital`: it begins with a capital."""

    start: int
    end: int
    text: str
    low: str
    capital: bool


def tokens(text: str, start: int, end: int, endings: tuple[str, ...], folded: str | None = None) -> list[Token]:
    """Return the words of `text[start:end]` without `endings`, a language's possessives; `folded` is the whole text folded, when that is at hand."""
    shift = 0 if folded is not None else start
    folded = fold(text[start:end]) if folded is None else folded
    found = []
    for match in _WORD.finditer(text, start, end):
        begin, stop = match.span()
        low = folded[begin - shift : stop - shift]
        for ending in endings:
            if len(low) > len(ending) and low.endswith(ending):
                stop, low = stop - len(ending), low[: -len(ending)]
                break
        found.append(Token(begin, stop, text[begin:stop], low, text[begin].isupper()))
    return found


class Words:
    """All words of a text; no word goes beyond the sentence or line in which it begins."""

    def __init__(self, text: str, endings: tuple[str, ...]) -> None:
        self.folded = fold(text)
        self.all = tokens(text, 0, len(text), endings, self.folded)
        self.starts = [w.start for w in self.all]

    def within(self, start: int, end: int) -> list[Token]:
        """Return the words that begin in a stretch of the text, its end not included."""
        return self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@functools.lru_cache(maxsize=2)
def words_of(text: str, endings: tuple[str, ...]) -> Words:
    """Return the words of a text without `endings`, its language's possessives; steps 2 to 4 of an article share them."""
    return Words(text, endings)
