"""What may stand between a head and what it is about: a verb, a place, a date, a sum, a bracket, an aside."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.recognise.phrases import Phrases, close
from relgraph.recognise.tokens import Token


def past_verb(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases) -> int:
    """Step over what may part a head from its complement: 'agreements were signed on trade', 'a deal worth $5 million on a mine'."""
    if j < stop and words[j].low in phrases.interrupts:
        k = j
        while k < stop and words[k].low in phrases.interrupts and k - j < 6 and close(text, words, k):
            k += 1
        if k > j and k < stop and words[k].low in phrases.partners:
            return k
        if (k > j and k + 1 < len(words) and k < stop and words[k].low in phrases.links and words[k].low not in phrases.small["goal"] and close(text, words, k)
                and (words[k].low not in phrases.small["not_split_off"] or _of_work(words, k, phrases)) and words[k + 1].low not in phrases.calendar and not words[k + 1].low[0].isdigit()):  # fmt: skip
            return k
    elif (k := _past_place(text, words, j, stop, phrases)) > j:
        return k
    elif j < stop and (words[j].low in phrases.worth or _sum(text, words, j, stop, phrases)):
        ahead = [n for n in range(j + 1, min(j + 9, stop)) if words[n].low in phrases.links and words[n].low not in phrases.small["not_split_off"]]
        return ahead[0] if ahead and not set(text[words[j].start : words[ahead[0]].start]) & set(",;:") else j
    return j


def _of_work(words: Sequence[Token], k: int, phrases: Phrases) -> bool:
    """Whether 'for' after a verb leads to what a document is for: 'was signed for the construction of'."""
    return words[k].low in phrases.small["naming"] and any(w.low in phrases.works for w in words[k + 1 : k + 4])


def _past_place(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases) -> int:
    """Step over a place or date between a head and its complement: 'signed a memorandum in Bishkek on Monday on swapping land'; else stay."""
    if j >= stop or not (words[j].low in phrases.small["at_place"] or words[j].low in phrases.calendar):
        return j
    for k in range(j + 1, min(stop - 1, j + 8)):
        word = words[k]
        if set(text[words[k - 1].end : word.start]) & set(";:.") or not close(text, words, k):
            return j
        dated = words[k + 1].low in phrases.calendar or words[k + 1].text[0].isdigit() or words[k + 1].capital
        if word.low in phrases.links and word.low not in phrases.small["goal"] and word.low not in phrases.small["genitive"] and not dated:
            return k
        if not (word.capital or word.low in phrases.calendar or word.text[0].isdigit() or word.low in phrases.links or word.low in phrases.determiners or word.low in phrases.small["at_place"]):
            return j
    return j


def _sum(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases) -> bool:
    """Whether 'for', 'of' at word `j` leads to a sum of money, which says nothing of the subject."""
    if words[j].low not in phrases.links or j + 1 >= stop:
        return False
    sign = text[words[j].end : words[j + 1].start].strip()
    return sign in phrases.signs or (words[j + 1].text[0].isdigit() and any(w.low in phrases.money for w in words[j + 2 : j + 5]))


def past_date(text: str, words: Sequence[Token], j: int, phrases: Phrases) -> int:
    """Step over 'of May 16, 2008'."""
    if j + 1 >= len(words) or words[j].low not in phrases.small["dated"] or not (words[j + 1].low in phrases.calendar or words[j + 1].low[0].isdigit()):
        return j
    k = j + 1
    while k < len(words) and (words[k].low in phrases.calendar or words[k].low[0].isdigit()):
        k += 1
    return k


def past_bracket(text: str, words: Sequence[Token], j: int) -> int:
    """Step over '(MoU)'."""
    if j < len(words) and text[words[j - 1].end : words[j].start].strip() == "(" and text[words[j].end : words[j].end + 1] == ")":
        return j + 1
    return j


def past_aside(text: str, words: Sequence[Token], k: int, stop: int, link: str, phrases: Phrases) -> int:
    """Step over what a name leaves out ('in civil cases') where a further 'on ...' of the same list follows; else stay."""
    for n in range(k, min(stop, k + 6)):
        gap = text[words[n - 1].end : words[n].start]
        if set(gap) & set(";:.") or words[n].low in phrases.ends:
            return k
        joined = words[n].low in phrases.small["joining"] and n + 1 < stop and words[n + 1].low == link
        if joined or ("," in gap and words[n].low == link):
            return n
    return k
