"""Sums that are not the figure they seem to be: a share's whole, one state's records, works that nobody concluded, loans and grants together, partners that are not named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Reason
from relgraph.relate.figure_sides import sides_named
from relgraph.resolve import View

_TRADE = frozenset({"trade turnover", "exports", "imports", "investment", "transit volume"})
_LENT = frozenset({"loan", "grant"})
_WITH_ONE = frozenset({"exports", "imports", "loan", "grant", "debt", "electricity volume", "gas supply"})
_AROUND = 60
"""Characters around a sum in which its other side is told."""
_JOINED = 8
"""Characters between two words of a list: 'loans and grants'."""
_BEFORE = 12
"""Characters before a word of trade in which 'regional' may stand."""


class SenseWords:
    """The word lists for the senses of sums of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.heads = lexicon.words("own_heads")
        self.works = lexicon.words("works")
        self.concluded = tuple(sorted(lexicon.words("concluded_stems")))
        self.shares = tuple(f" {w} " for w in sorted(lexicon.words("share_verbs")))
        self.records = lexicon.words("records")
        self.mutual = lexicon.words("mutual_words")
        self.region_trade = tuple(sorted(lexicon.words("region_trade")))
        self.unnamed = tuple(sorted(lexicon.words("unnamed_partners")))
        self.joints = lexicon.words("coordinators")


def another_sense(view: View, amount: Mention, word: Mention | None, kind: str, words: SenseWords, kinds: Mapping[str, str]) -> Reason | None:
    """Return why a sum is no figure of this kind and of two sides, None when nothing speaks against it.

    Args:
        view: The sentence.
        amount: The sum.
        word: What says what is measured, None when that is carried on from before.
        kind: The kind of figure.
        words: The word lists.
        kinds: The kind of figure by indicator entry.
    """
    if kind == "contracts" and word is not None and word.text.lower() in words.works and not any(c in view.text.lower() for c in words.concluded):
        return "no-cue"
    if kind in _TRADE and _of_a_whole(view, amount, words):
        return "no-pair"
    if kind in ("imports", "exports") and _of_records(view, words):
        return "no-pair"
    if kind in _WITH_ONE and _of_nobody_named(view, amount, words):
        return "no-pair"
    return "other-sense" if kind in _LENT and word is not None and _mixed(view, word, kind, words, kinds) else None


def of_a_region(view: View, word: Mention, words: SenseWords) -> bool:
    """Whether a word of trade speaks of a region's: 'regional trade with Germany'."""
    base = view.sentence.start
    near = view.text[max(0, word.start - base - _BEFORE) : word.end - base].lower()
    return any(w in near for w in words.region_trade)


def _of_a_whole(view: View, amount: Mention, words: SenseWords) -> bool:
    """Whether a sum is a whole of which a state named after it has only a share: 'it was $70 billion, with A accounting for half of it'."""
    base = view.sentence.start
    after = f" {view.text[amount.end - base :].lower()}"
    return len(sides_named(view, base, amount.start)) < 2 and any(w in after for w in words.shares) and bool(sides_named(view, amount.end, view.sentence.end))


def _of_nobody_named(view: View, amount: Mention, words: SenseWords) -> bool:
    """Whether the other side of a sum is many that are not named: 'it owes $2 billion abroad', 'credits of international institutions'."""
    text, base = view.text.lower(), view.sentence.start
    sums = view.of_kind("money", "quantity")
    for at in (base + m.start() for w in words.unnamed for m in re.finditer(rf"\b{re.escape(w)}\b", text)):
        before = [m for m in sums if m.end <= at <= m.end + _AROUND and "," not in text[m.end - base : at - base]]
        after = [m for m in sums if at < m.start <= at + _AROUND]
        if (before[-1] if before else after[0] if after else None) == amount:
            return True
    return False


def _of_records(view: View, words: SenseWords) -> bool:
    """Whether a sentence tells what the offices of one state count, without a partner."""
    said = set(re.findall(r"\w+", view.text.lower()))
    return len(view.explicit) == 1 and bool(said & words.records) and not said & words.mutual


def _mixed(view: View, word: Mention, kind: str, words: SenseWords, kinds: Mapping[str, str]) -> bool:
    """Whether a sum is of loans and grants together, partners that are not named."""
    for m in view.of_kind("indicator"):
        other = kinds[m.key]
        if other in _LENT and other != kind and 0 <= max(m.start - word.end, word.start - m.end) <= _JOINED:
            gap = view.text[min(m.end, word.end) - view.sentence.start : max(m.start, word.start) - view.sentence.start]
            link = set(re.findall(r"\w+", gap.lower()))
            if link <= words.joints and (link or "," in gap):
                return True
    return False
