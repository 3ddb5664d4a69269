"""What a paper is about, said before it: 'On transit a protocol was signed', 'Pensions are the matter of one agreement'."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.recognise.phrases import Phrases
from relgraph.recognise.tokens import Token

_LONGEST = 12  # words of a field that stands before its paper, at most
_FARTHEST = 40  # words between the beginning of a clause and its paper, at most
_BREAKS = frozenset(";:–—")


def field_before(text: str, words: Sequence[Token], left: int, heads: frozenset[int], states: frozenset[int], phrases: Phrases) -> tuple[int, int] | None:
    """Return the first and last word of the field that stands before a paper, None for none.

    Args:
        text: The article's text.
        words: The words of the sentence.
        left: The first word of the paper's name; the article stands right before.
        heads: The last words of all papers of the sentence: between a field and its paper stands none.
        states: Where names and adjectives of states begin.
        phrases: The grammar.
    """
    at = left - 1
    begin = _clause(text, words, at, _BREAKS)
    if begin < 0 or at - begin < 1 or heads & set(range(begin, at)):
        return None
    return _led(text, words, begin, at, states, phrases) or _subject(text, words, begin, at, states, phrases)


def _clause(text: str, words: Sequence[Token], at: int, breaks: frozenset[str]) -> int:
    """The first word of the clause of word `at`; -1 where it begins too far before."""
    low = max(0, at - _FARTHEST)
    return next((k for k in range(at, low, -1) if set(text[words[k - 1].end : words[k].start]) & breaks), -1 if low else 0)


def _led(text: str, words: Sequence[Token], begin: int, at: int, states: frozenset[int], phrases: Phrases) -> tuple[int, int] | None:
    """'On transit a protocol was signed', 'For lorries there is now an agreement'."""
    if words[begin].low not in phrases.fronts:
        return None
    end = phrases.right(text, words, begin, min(at, begin + _LONGEST))
    return (begin + 1, end) if end and _field(words, begin + 1, end, states, phrases) else None


def _subject(text: str, words: Sequence[Token], begin: int, at: int, states: frozenset[int], phrases: Phrases) -> tuple[int, int] | None:
    """'Pensions are the matter of one agreement'."""
    for verb in phrases.holds:
        first = at - len(verb)
        if first > begin and tuple(w.low for w in words[first:at]) == verb:
            start = begin + (words[begin].low in phrases.determiners)
            told = first - start <= _LONGEST and not text[words[start].start : words[first].start].count(",")
            return (start, first - 1) if start < first and told and _field(words, start, first - 1, states, phrases) else None
    return None


def _field(words: Sequence[Token], a: int, b: int, states: frozenset[int], phrases: Phrases) -> bool:
    """Whether some words name a field: they end in one, and no state or organ stands among them."""
    own = words[a : b + 1]
    return own[-1].low in phrases.topic_words and not any(w.start in states or w.low in phrases.organs or w.low in phrases.ends or (w.capital and n + a) for n, w in enumerate(own))


def organs_before(text: str, words: Sequence[Token], left: int, heads: frozenset[int], states: frozenset[int], phrases: Phrases) -> str:
    """The organs of both sides that a bare paper is of: 'the aviation authorities reached a memorandum'; empty for none."""
    begin = _clause(text, words, left - 1, _BREAKS | {","})
    if begin < 0:
        return ""
    at = next((k for k in range(begin, min(begin + _LONGEST, left)) if words[k].low in phrases.both_organs), 0)
    if not at or at - begin < 1 or heads & set(range(begin, left - 1)):
        return ""
    own = [w for w in words[begin : at + 1] if w.low not in phrases.determiners and w.low not in phrases.small["joining"]]
    after = at + 1
    if words[after].low in phrases.small["genitive"]:  # 'the academies of sciences'
        after = phrases.right(text, words, after, left) + 1
        own = [*own, *words[at + 1 : after]] if after > 1 else own
    plain = own and not any(w.start in states or (w.capital and w.start != words[0].start) or w.low in phrases.ends or (w.low in phrases.links and w.low not in phrases.small["genitive"]) for w in own)
    return text[own[0].start : own[-1].end] if plain and after < left else ""
