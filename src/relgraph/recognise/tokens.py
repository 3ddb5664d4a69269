"""Words of a text with their offsets."""

from __future__ import annotations

import re

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


def tokens(text: str, start: int, end: int, folded: str | None = None) -> list[Token]:
    """Return the words of `text[start:end]`; `folded` is the whole text folded, when that is at hand."""
    shift = 0 if folded is not None else start
    folded = fold(text[start:end]) if folded is None else folded
    found = []
    for match in _WORD.finditer(text, start, end):
        begin, stop = match.span()
        low = folded[begin - shift : stop - shift]
        if len(low) > 2 and low.endswith("'s"):
            stop, low = stop - 2, low[:-2]
        found.append(Token(begin, stop, text[begin:stop], low, text[begin].isupper()))
    return found
