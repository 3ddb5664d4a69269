"""Bodies and documents that no list holds, by their grammar.

A name grows from its head noun: to the left over capitalised words and known modifiers ('free trade agreement', 'Kazakh-Uzbek Business Council'), to the
right over 'on', 'of', 'for' and what follows up to a verb, a comma or a preposition of time or place ('Agreement on the use of water').
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token

_LONGEST = 16  # words of one name


class Phrases:
    """The word lists of a lexicon, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.modifiers = lexicon.words("modifiers")
        self.ends = lexicon.words("phrase_ends")
        self.links = lexicon.words("phrase_links")
        bodies = lexicon.section("bodies")
        self.body_heads = frozenset(f for e in bodies for f in e.forms if " " not in f)
        self.body_adjectives = frozenset(a for e in bodies for a in e.fields.get("adjectives", ()))

    def body(self, text: str, words: Sequence[Token], i: int) -> Mention | None:
        """Return the body whose head noun is word `i`, or None when nothing beside it makes it a name."""
        left = self._left(text, words, i, self.modifiers | self.body_adjectives)
        right = self._right(text, words, i, capitals=words[i].capital)
        named = words[i].capital and (left < i or right > i)
        described = any(words[j].low in self.body_adjectives for j in range(left, i))
        if not named and not described:
            return None
        start, end = words[left].start, words[right].end
        return Mention(start, end, text[start:end], "body", words[i].low, form="unknown", value=text[start:end])

    def document(self, text: str, words: Sequence[Token], i: int, last: int, key: str) -> Mention:
        """Return the document whose head noun is words `i` to `last`."""
        left = self._left(text, words, i, self.modifiers)
        right = self._right(text, words, last, capitals=False)
        start, end = words[left].start, words[right].end
        return Mention(start, end, text[start:end], "document", key, form="plural" if words[last].low.endswith(("s", "moranda")) else "", value=text[start:end])

    def _left(self, text: str, words: Sequence[Token], i: int, allowed: frozenset[str]) -> int:
        left = i
        while left > 0 and i - left < _LONGEST:
            word = words[left - 1]
            if text[word.end : words[left].start].strip(" ") or not (word.capital or word.low in allowed):
                break
            if word.low in self.ends or word.low in ("the", "a", "an", "this", "both", "president", "minister"):
                break
            left -= 1
        while left < i and words[left].low in ("and", "of", "on"):
            left += 1
        return left

    def _right(self, text: str, words: Sequence[Token], i: int, *, capitals: bool) -> int:
        right, j = i, i + 1
        linked = False
        while j < len(words) and j - i < _LONGEST:
            gap, word = text[words[j - 1].end : words[j].start].strip(" "), words[j]
            if gap and not (gap == "," and linked and word.capital and capitals):
                break
            if word.low in self.links and not (j == i + 1 and word.low == "to"):
                linked = True
            elif not linked or (word.low in self.ends and not (word.capital and capitals)):
                break
            elif word.low not in ("and", "the", "a", "an", "their", "its", "in"):
                if capitals and not word.capital and not any(w.capital for w in words[j + 1 : j + 3]):
                    break
                right = j
            j += 1
        return right


def find_documents(text: str, words: Sequence[Token], heads: Sequence[Mention], phrases: Phrases) -> Iterator[Mention]:
    """Yield the documents of one sentence; `heads` are the automaton's head nouns in it."""
    starts = {w.start: n for n, w in enumerate(words)}
    done = -1
    for head in heads:
        i = starts.get(head.start)
        if i is None or head.start < done:
            continue
        last = i
        while last + 1 < len(words) and words[last + 1].start < head.end:
            last += 1
        found = phrases.document(text, words, i, last, head.key)
        done = found.end
        yield found


def find_bodies(text: str, words: Sequence[Token], phrases: Phrases) -> Iterator[Mention]:
    """Yield the bodies of one sentence."""
    done = -1
    for i, word in enumerate(words):
        if word.low in phrases.body_heads and word.start > done:
            found = phrases.body(text, words, i)
            if found:
                done = found.end
                yield found


@functools.lru_cache(maxsize=8)
def phrases_of(lexicon: Lexicon) -> Phrases:
    """Compile the grammar of a lexicon once."""
    return Phrases(lexicon)
