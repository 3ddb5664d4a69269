"""Whose document a name says it is: 'with X', 'between X and Y', among them organs of states with long names of their own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from relgraph.recognise.phrases import LONGEST, Phrases, close
from relgraph.recognise.tokens import Token

_WIDEST = 48
"""Words of two sides at most: 'between the Committee on X under the Government of Y and the National Organisation of Z'."""
_INSIDE = frozenset(" \n-,'’()“”\"«»")
_OWN_WORDS = 9
"""Words of two organs that a name repeats at most; longer ones say little of the subject."""


class Sides(NamedTuple):
    """'with X', 'between X and Y': words `first` to `last`, and the text that belongs to the name ('between the ministries')."""

    first: int
    last: int
    together: str


def read_sides(text: str, words: Sequence[Token], j: int, stop: int, states: frozenset[int], phrases: Phrases) -> Sides | None:
    """Read 'with X' or 'between X and Y' at word `j`.

    Args:
        text: The article's text.
        words: The words of the sentence.
        j: The word that may open the sides.
        stop: The first word of the next document.
        states: Where names and adjectives of states begin.
        phrases: The grammar.
    """
    if j >= stop or words[j].low not in phrases.partners or not close(text, words, j):
        return None
    if words[j].low in phrases.small["with"]:
        return Sides(j, max(j, phrases.noun_phrase(text, words, j + 1, stop)), "")
    last = _last(text, words, j, stop, states, phrases)
    return Sides(j, last, _together(text, words, j, last, states, phrases)) if last > j else None


def _last(text: str, words: Sequence[Token], j: int, stop: int, states: frozenset[int], phrases: Phrases) -> int:
    """The last word of the sides: up to a verb, a link that leads to the subject, or a comma that isn't in a list."""
    last = j
    depth = 0  # of brackets: 'Khujand (Sughd region, Tajikistan)'
    organ = stated = False  # whether the side that is being read is an organ, and whether its state has been named
    for k in range(j + 1, min(len(words), stop, j + _WIDEST)):
        word = words[k]
        gap = text[words[k - 1].end : word.start]
        if set(gap) - _INSIDE - phrases.possessive_letters:
            break
        depth += gap.count("(") - gap.count(")")
        if "," in gap and depth < 1 and not any(words[n].low in phrases.small["joining"] for n in range(k, min(k + 12, len(words)))):
            break
        if word.low in phrases.small["joining"] and (stated or not organ):
            organ = stated = False
        organ = organ or word.low in phrases.organs
        stated = stated or word.start in states
        if word.low in phrases.small["indefinite"] or (word.low in phrases.small["article"] and k > j + 1 and k == last + 1):
            break
        if word.low in phrases.determiners or word.low in phrases.small["joining"] or word.low in phrases.small["genitive"]:
            continue
        if word.low in phrases.links or word.low in phrases.partners or word.low in phrases.inner or word.low in phrases.small["beneath"]:
            if not _inside(words, k, organ=organ and not stated, states=states, phrases=phrases):
                break
            continue
        if not word.capital and (word.low in phrases.ends or (word.low.endswith(phrases.participle) and word.low not in phrases.plain)):
            break
        last = k
    return last


def _inside(words: Sequence[Token], k: int, *, organ: bool, states: frozenset[int], phrases: Phrases) -> bool:
    """Whether a preposition stands inside the name of a side: 'Committee on Television', 'Agency under the President'."""
    word, before = words[k], words[k - 1]
    if word.capital:
        return True
    if word.low in phrases.small["beneath"]:
        return organ
    ahead = next((w for w in words[k + 1 : k + 3] if w.low not in phrases.determiners), None)
    if word.low in phrases.small["naming"] and before.capital and before.start not in states:
        return True
    return organ and before.capital and ahead is not None and ahead.capital and ahead.start not in states


def _together(text: str, words: Sequence[Token], j: int, last: int, states: frozenset[int], phrases: Phrases) -> str:
    """What of the sides belongs to the name: organs in small letters ('between the ministries of culture')."""
    own, cut = j, False
    for k in range(j + 1, last + 1):
        named = words[k].capital and words[k].low not in phrases.topic_words and words[k].low not in phrases.organs and not (own > j and words[own].capital)
        if words[k].start in states or named or words[k].low in phrases.small["sides"]:
            cut = True
            break
        if words[k].low not in phrases.determiners and words[k].low not in phrases.small["joining"] and words[k].low not in phrases.links:
            own = k
    if cut and not tells_both(words[j + 1 : own + 1], phrases):
        return ""
    return text[words[j].start : words[own].end] if j < own <= j + min(_OWN_WORDS, LONGEST) else ""


def tells_both(sides: Sequence[Token], phrases: Phrases) -> bool:
    """Whether words of two sides tell of both: 'the ministries of culture', 'the Academy of Sciences and the Institute of Law', not 'the Ministry of Building and Housing'."""
    for word in sides:
        if word.low in phrases.small["genitive"]:
            break
        if word.low not in phrases.determiners and word.low.endswith(phrases.plural) and not word.low.endswith(phrases.not_plural):
            return True
    return any(w.low in phrases.small["joining"] and (following.low in phrases.articles or following.low in phrases.organs) for w, following in itertools.pairwise(sides))
