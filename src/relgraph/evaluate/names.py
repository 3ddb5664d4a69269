"""How names are compared: spelling that says nothing is forgiven, as in the annotation guide's scorer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# Names that the measure takes as one. They belong to its definition and stay as they are when the reference grows,
# so that scores of different versions can be compared.
_ONE_NAME = {
    short: name
    for name, shorts in {
        "kyrgyzstan": ("kyrgyz republic",),
        "kazakhstan": ("republic of kazakhstan",),
        "tajikistan": ("republic of tajikistan",),
        "uzbekistan": ("republic of uzbekistan",),
        "turkey": ("turkiye",),
        "russia": ("russian federation",),
        "china": ("peoples republic of china", "prc"),
        "united states": ("usa", "us", "united states of america"),
        "united kingdom": ("uk",),
        "united arab emirates": ("uae",),
        "european union": ("eu",),
        "united nations": ("un",),
        "shanghai cooperation organisation": ("sco", "shanghai cooperation organization"),
        "commonwealth of independent states": ("cis",),
        "collective security treaty organization": ("csto",),
        "eurasian economic union": ("eaeu",),
        "organization of turkic states": ("ots", "organisation of turkic states"),
        "conference on interaction and confidence building measures in asia": ("cica",),
        "international monetary fund": ("imf",),
        "asian development bank": ("adb",),
        "eurasian development bank": ("edb",),
        "european bank for reconstruction and development": ("ebrd",),
    }.items()
    for short in shorts
}
FIVE_STATES = frozenset({"kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"})
_SMALL_WORDS = frozenset({"of", "the", "for", "and", "on", "in", "between", "to", "a", "with", "s"})
_SAME_RANK = {"chairman": "head", "chairwoman": "head", "chairperson": "head", "chair": "head", "chief": "head", "director": "head"}
_SAME_WORDS = (("foreign affairs", "foreign"), ("defense", "defence"), ("labor ", "labour "), ("vice ", "deputy "), ("prime minister", "premier"))
_ROMANISATIONS = (
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("yo", "o"), ("ye", "e"), ("ya", "a"), ("yu", "u"), ("w", "v"), ("ck", "k"), ("q", "k"),
)  # fmt: skip


def plain(value: object) -> str:
    """Fold case, accents, punctuation, a leading article and the best known second names of states and organisations.

    >>> plain("The Kyrgyz Republic"), plain("Good-Neighbourly")
    ('kyrgyzstan', 'good neighbourly')
    """
    text = "".join(c for c in unicodedata.normalize("NFKD", str(value)) if not unicodedata.combining(c))
    text = text.casefold().replace("'s", "").replace("-", " ").replace("’", "")
    text = " ".join(re.sub(r"[^\w\s%]", " ", text).split())
    text = re.sub(r"^(the|a|an) ", "", text)
    return _ONE_NAME.get(text, text)


def heard(value: object) -> str:
    """Return a key that habits of romanisation don't change.

    >>> heard("Zheenbek Kulubaev") == heard("Jeenbek Kulubayev")
    True
    """
    key = plain(value)
    for habit, letter in _ROMANISATIONS:
        key = key.replace(habit, letter)
    key = re.sub(r"[yi]+", "i", key)
    key = re.sub(r"ia|ai|ie|ei", lambda m: m[0].strip("i"), key)
    return re.sub(r"(.)\1+", r"\1", key)


class GoldNames:
    """Brings each spelling to the one of the gold file: by its listed aliases first, then by sound."""

    def __init__(self, gold: Mapping[str, Any]) -> None:
        spellings = [(alias, plain(name)) for name, aliases in (gold.get("aliases") or {}).items() for alias in aliases]
        self._listed = {plain(alias): name for alias, name in spellings}
        self._heard = {heard(alias): name for alias, name in spellings}
        for fact in gold["facts"]:
            people = [fact.get("person"), *(fact.get("participants") or ()), *(fact.get("visitor") or ())]
            self._heard |= {heard(p): self(p) for p in people if p}

    def __call__(self, value: object) -> str:
        """Return the key under which a name is compared."""
        key = plain(value)
        return self._listed.get(key) or self._heard.get(heard(value), key)


def content_words(name: object) -> set[str]:
    """Return the words of a name without small ones."""
    return set(plain(name).split()) - _SMALL_WORDS


def titles_agree(one: object, other: object) -> bool:
    """Whether two names of a body or treaty share at least half of their content words."""
    a, b = content_words(one), content_words(other)
    return bool(a and b) and 2 * len(a & b) >= len(a | b)


def office_key(value: object) -> str:
    """Bring 'Minister of Foreign Affairs' and 'foreign minister' to one key: content words in any order."""
    text = plain(value)
    for words, same in _SAME_WORDS:
        text = text.replace(words, same)
    return " ".join(sorted({_SAME_RANK.get(word, word) for word in text.split()} - _SMALL_WORDS))
