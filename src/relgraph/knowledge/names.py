"""Keys under which names are compared: folded, and as they sound."""

from __future__ import annotations

import functools
import re
import unicodedata

_PUNCTUATION = re.compile(r"[^\w\s]")
# Habits of romanisation of Russian and Turkic names that tell no two persons apart.
_HABITS = (
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("yo", "o"), ("ye", "e"), ("ya", "a"), ("yu", "u"), ("iy", "i"), ("ii", "i"),
    ("w", "v"), ("ck", "k"), ("q", "k"), ("ou", "u"), ("ogly", "oglu"),
)  # fmt: skip
_GLIDES = re.compile(r"[yi]+")
_DIPHTHONGS = re.compile(r"ia|ai|ie|ei")
_DOUBLES = re.compile(r"(.)\1+")


@functools.lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Fold case, accents, hyphens and punctuation: 'Kassym-Jomart Tokaýev' gives 'kassym jomart tokayev'."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(_PUNCTUATION.sub(" ", plain.casefold().replace("ə", "a").replace("ı", "i").replace("'s", "").replace("’", "").replace("'", "")).split())


@functools.lru_cache(maxsize=16384)
def sound(name: str) -> str:
    """Return a key that habits of transliteration don't change: 'Zheenbek Kulubaev' and 'Jeenbek Kulubayev' share one."""
    key = fold(name)
    for habit, plain in _HABITS:
        key = key.replace(habit, plain)
    key = _GLIDES.sub("i", key)
    key = _DIPHTHONGS.sub(lambda m: m[0].strip("i"), key)
    return _DOUBLES.sub(r"\1", key)
