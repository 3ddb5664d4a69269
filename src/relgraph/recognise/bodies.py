"""Bodies that no list holds: councils, commissions and funds of states, by the grammar of their names.

'Kazakh-Uzbek Business Council' and 'joint commission on delimitation' are bodies; a bare 'commission' is not, nor is an organ of one state.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.recognise.phrases import Phrases, close
from relgraph.recognise.tokens import Token


def find_bodies(text: str, words: Sequence[Token], states: frozenset[int], state_words: frozenset[str], phrases: Phrases) -> Iterator[Mention]:
    """Yield the bodies of one sentence.

    Args:
        text: The article's text.
        words: The words of the sentence.
        states: Where names of states begin.
        state_words: Names and adjectives of states, folded.
        phrases: The grammar.
    """
    done = -1
    for i, word in enumerate(words):
        options = phrases.body_heads.get(word.low)
        if options is None or word.start <= done:
            continue
        for form, entry in options:
            first = i - len(form) + 1
            if first < 0 or tuple(w.low for w in words[first : i + 1]) != form:
                continue
            found = _body(text, words, (first, i), entry, (states, state_words), phrases)
            if found is not None:
                done = found.end
                yield found
                break


@functools.lru_cache(maxsize=8)
def regions_of(state_words: frozenset[str]) -> tuple[str, ...]:
    """Return the names of several words among those of states and regions."""
    return tuple(sorted(name for name in state_words if " " in name))


def _body(text: str, words: Sequence[Token], head: tuple[int, int], entry: Entry, places: tuple[frozenset[int], frozenset[str]], phrases: Phrases) -> Mention | None:
    """Return the body whose head is words `head`, or None when nothing beside it makes it a name, or it is one state's own."""
    first, last = head
    left, _ = phrases.left(text, words, first, phrases.known | phrases.body_adjectives)
    right = _complement(text, words, last, words[first].capital, entry, places[0], phrases)
    lead = words[left:first]
    fields = entry.fields
    before = " ".join(w.low for w in lead).replace("-", " ")
    regions = sum(name in before for name in regions_of(places[1])) if lead else 0
    pair = fields.get("pairs", True) and regions + sum(part in places[1] for w in lead for part in w.low.split("-")) > 1
    capital = words[first].capital and (left < first or right > last or bool(fields.get("alone"))) and (words[left].capital or left < first)
    described = pair or any(w.low in fields.get("adjectives", ()) for w in lead) or any(w.low in fields.get("of", ()) for w in words[last + 1 : right + 1])
    if fields.get("joint") and not (pair or any(w.low in fields["joint"] for w in lead)):
        return None
    if not capital and not described:
        return None
    if lead and not pair and (lead[-1].low in phrases.national or any(w.low in phrases.national_first for w in lead)):
        return None
    start, end = words[left].start, words[right].end
    low = " ".join(w.low for w in words[left : right + 1])
    if low in phrases.own_names or (not described and any(own in low for own in phrases.states_own)):
        return None
    return Mention(start, end, text[start:end], "body", entry.id, form="unknown", value=" ".join(text[start:end].split()))


def _complement(text: str, words: Sequence[Token], last: int, title: bool, entry: Entry, states: frozenset[int], phrases: Phrases) -> int:
    """Return the last word of 'on trade', 'of Foreign Ministers' after a head; the head itself where what follows are the members."""
    if last + 2 >= len(words) or words[last + 1].low not in phrases.links or words[last + 1].low in phrases.small["goal"] or not close(text, words, last + 1):
        return last
    following = words[last + 2]
    named = following.capital or (following.low in phrases.determiners and last + 3 < len(words) and words[last + 3].capital)
    genitive = words[last + 1].low in phrases.small["genitive"]
    if genitive and any(w.start in states for w in words[last + 2 : last + 4]):
        return last
    if genitive and not named and title and not any(w.low in entry.fields.get("of", ()) for w in words[last + 2 : last + 6]):
        return last
    if genitive and not title and not any(w.low in entry.fields.get("of", ()) for w in words[last + 2 : last + 6]):
        return last
    return phrases.right(text, words, last + 1, len(words)) or last
