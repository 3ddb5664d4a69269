"""Words of a text with their offsets, and small questions about them."""

from __future__ import annotations

import re

import msgspec

from relgraph.recognise.fold import fold

_WORD = re.compile(r"[^\W_]+(?:['’.\-‑][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


class Token(msgspec.Struct, frozen=True):
    """One word: `text[start:end]`, without a possessive ending; `low` is folded."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words of `text[start:end]`."""
    found = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if len(word) > 2 and word[-2] in "'’" and word[-1] == "s":
            word = word[:-2]
        found.append(Token(match.start(), match.start() + len(word), word, fold(word)))
    return found
