"""Fold text for matching without moving any offset: each character becomes exactly one."""

from __future__ import annotations

import unicodedata

_FIXED = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
          "\n": " ", "\t": " ", "“": '"', "”": '"', "«": '"', "»": '"', "ə": "a", "ı": "i", "İ": "i", "Ə": "a", "ё": "е", "Ё": "е", "й": "й", "Й": "й"}  # fmt: skip


class _Table(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _FIXED:
            plain = _FIXED[char]
        else:
            base = unicodedata.normalize("NFKD", char)
            base = base[0] if len(base) >= 1 and all(unicodedata.combining(c) for c in base[1:]) else char
            lower = base.lower()
            plain = lower if len(lower) == 1 else base
        self[code] = plain
        return plain


_TABLE = _Table()


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with plain quotes, hyphens and spaces; of the same length."""
    if not text.isascii():
        return text.translate(_TABLE)
    return text.lower().replace("`", "'").replace("\n", " ").replace("\t", " ")
