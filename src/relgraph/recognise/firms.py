"""Companies and universities that no list holds, by the shape of their names.

'Minsk Tractor Works' ends in a firm's noun, 'QazaqGaz' has a capital inside, 'Tajiktransgaz' a firm's ending; what 'and' joins to one is one too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import Mention
from relgraph.recognise.persons import covered
from relgraph.recognise.tokens import Token

_INNER = re.compile(r"[A-Z][a-z]{2,}(?:[A-Z][a-z]+)+$")
_LONGEST = 6  # words of one name


class Firms:
    """The word lists of a lexicon, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.heads = lexicon.words("firm_heads")
        self.endings = tuple(lexicon.lists.get("firm_endings", ()))
        self.ministries = lexicon.words("ministries")
        self.not_firms = lexicon.words("not_firms")
        self.stop = lexicon.words("stop")
        self.openers = lexicon.words("determiners") | lexicon.words("phrase_ends") | lexicon.words("inner_links") | lexicon.words("phrase_links")
        self.participle = tuple(lexicon.lists["word_endings"]["participle"])
        self.kinds = lexicon.words("firm_kinds")
        self.legal = lexicon.words("legal_forms")
        self.genitive = lexicon.words("genitive")
        self.naming: frozenset[str] = frozenset(lexicon.lists["small_words"]["naming"])
        self.joining: frozenset[str] = frozenset(lexicon.lists["small_words"]["joining"])

    def find(self, text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]], states: Mapping[int, int]) -> Iterator[Mention]:
        """Yield the firms of one sentence.

        Args:
            text: The article's text.
            words: The words of the sentence.
            taken: Spans of other names, sorted; only a state's name may be part of a firm's.
            states: Where names of states begin and end.
        """
        inside = covered(words, taken)
        other = inside - covered(words, [(w.start, states[w.start]) for w in words if w.start in states])
        found: list[tuple[int, int]] = []
        i = 0
        while i < len(words):
            if not words[i].capital or not self._part(words, i, other):
                i += 1
                continue
            last = i
            while last + 1 < len(words) and last - i < _LONGEST and self._goes_on(text, words, last + 1, inside, other):
                last += 1
            while i < last and (words[i].low in self.openers or self._describes(words[i])):
                i += 1
            end = self._firm(words, i, last, inside)
            if end is not None and not self._of_ministry(text, words, i):
                whole = self._with_state(text, words, i, end, states)
                if whole > end or not self._common(words[i : end + 1], states):
                    found.append((i, whole))
                elif end < last and words[end].low in self.kinds and not {w.start for w in words[end + 1 : last + 1]} & inside:
                    found.append((end + 1, last))  # 'the National Holding Company Uzneft'
                end = whole
            i = max(last, end or 0) + 1
        for first, last in list(found):
            joined = ((last + 2, last + 1), (first - 2, first - 1))
            found += [(k, k) for k, link in joined if 0 <= k < len(words) and words[link].low in self.joining and self._alone(text, words, k, inside)]
        for first, last in sorted(set(found)):
            yield Mention(words[first].start, words[last].end, text[words[first].start : words[last].end], "organisation", form="unknown")

    def _describes(self, word: Token) -> bool:
        """Whether a capital begins a word that only describes the firm: 'Saudi-listed', 'Almaty-based'."""
        tail = word.text.rpartition("-")[2]
        return "-" in word.text and tail.islower() and tail.endswith(self.participle)

    def _common(self, name: Sequence[Token], states: Mapping[int, int]) -> bool:
        """Whether all words of a name are common ones, which tell no firm apart: 'State Oil Company'."""
        return all(w.low in self.heads or w.low in self.stop for w in name) and not any(w.start in states for w in name)

    def _of_ministry(self, text: str, words: Sequence[Token], i: int) -> bool:
        """Whether a run of capitals goes on with a ministry's name: 'Natural Resources' of the 'Ministry of Energy and Natural Resources'."""
        k = i
        while k and i - k < _LONGEST and text[words[k - 1].end : words[k].start] == " " and (words[k - 1].capital or words[k - 1].low in self.joining or words[k - 1].low in self.genitive):
            k -= 1
            if words[k].low in self.ministries:
                return True
        return False

    @staticmethod
    def _part(words: Sequence[Token], i: int, other: set[int]) -> bool:
        return words[i].capital and words[i].start not in other

    def _goes_on(self, text: str, words: Sequence[Token], i: int, inside: set[int], other: set[int]) -> bool:
        gap = text[words[i - 1].end : words[i].start]
        if words[i].low in self.joining and words[i - 1].capital and words[i - 1].low not in self.heads and i + 2 < len(words) and words[i + 1].capital and words[i + 2].low in self.heads and gap == " ":
            return words[i + 1].start not in inside
        return gap == " " and self._part(words, i, other)

    def _firm(self, words: Sequence[Token], first: int, last: int, inside: set[int]) -> int | None:
        """Return the last word of a firm in a run of capitals, None when it is none."""
        for end in range(last, first, -1):
            if words[end].low in self.heads and words[end].start not in inside and not (end == first + 1 and words[first].start in inside and words[end].low in self.legal):
                return end
        word = words[last]
        if first == last and word.start not in inside and word.low not in self.not_firms and (_INNER.match(word.text) or (len(word.low) > 6 and word.low.endswith(self.endings)) or ("-" in word.low and word.low.rpartition("-")[2] in self.heads)):
            return last
        return None

    def _with_state(self, text: str, words: Sequence[Token], first: int, end: int, states: Mapping[int, int]) -> int:
        """Take in 'of Uzbekistan' where all else of the name is common words: 'National Electric Grid of Uzbekistan'."""
        if end + 2 < len(words) and words[end + 1].low in self.naming and words[end + 2].capital and text[words[end].end : words[end + 1].start] == " ":
            n = end + 2
            while n + 1 < len(words) and n - end < _LONGEST and words[n + 1].capital and text[words[n].end : words[n + 1].start] == " ":
                n += 1
            end = n  # 'Bank for Foreign Economic Activity'
        if end + 2 >= len(words) or words[end + 1].low not in self.genitive or words[end + 2].start not in states:
            return end
        plain = all(w.low in self.heads or w.low in self.stop or w.low in self.naming or w.start in states for w in words[first : end + 1])
        if not plain:
            return end
        return end + 3 if end + 3 < len(words) and words[end + 3].low in self.legal else end + 2

    def _alone(self, text: str, words: Sequence[Token], k: int, inside: set[int]) -> bool:
        word = words[k]
        if not word.capital or word.start in inside or word.low in self.stop or len(word.text) < 3:
            return False
        return not (k + 1 < len(words) and words[k + 1].capital and text[word.end : words[k + 1].start] == " ") and not (k and words[k - 1].capital and text[words[k - 1].end : word.start] == " ")


@functools.lru_cache(maxsize=8)
def firms_of(lexicon: Lexicon) -> Firms:
    """Compile the word lists of a lexicon once."""
    return Firms(lexicon)
