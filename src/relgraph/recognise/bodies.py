"""Bodies that no list holds: councils, commissions and funds of states, by the grammar of their names.

'Kazakh-Uzbek Business Council' and 'joint commission on delimitation' are bodies; a bare 'commission' is not, nor is an organ of one state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.recognise.phrases import Phrases, close
from relgraph.recognise.tokens import Token


def find_bodies(text: str, words: Sequence[Token], states: frozenset[int], phrases: Phrases) -> Iterator[Mention]:
    """Yield the bodies of one sentence; `states`: where names of states begin."""
    done = -1
    for i, word in enumerate(words):
        options = phrases.body_heads.get(word.low)
        if options is None or word.start <= done:
            continue
        for form, entry in options:
            first = i - len(form) + 1
            if first < 0 or tuple(w.low for w in words[first : i + 1]) != form:
                continue
            found = _body(text, words, (first, i), entry, states, phrases)
            if found is not None:
                done = found.end
                yield found
                break


def _body(text: str, words: Sequence[Token], head: tuple[int, int], entry: Entry, states: frozenset[int], phrases: Phrases) -> Mention | None:
    """Return the body whose head is words `head`, or None when nothing beside it makes it a name, or it is one state's own."""
    first, last = head
    left, _ = phrases.left(text, words, first, phrases.known | phrases.body_adjectives)
    right = last
    if last + 1 < len(words) and words[last + 1].low in phrases.links and words[last + 1].low not in phrases.small["goal"] and close(text, words, last + 1):
        following = words[last + 2] if last + 2 < len(words) else None
        named = following is not None and (following.capital or (following.low in phrases.determiners and last + 3 < len(words) and words[last + 3].capital))
        members = words[last + 1].low in phrases.small["genitive"] and any(w.start in states for w in words[last + 2 : last + 4])
        if not members and (words[last + 1].low not in phrases.small["genitive"] or named or not words[first].capital):
            right = phrases.right(text, words, last + 1, len(words)) or last
    lead = words[left:first]
    capital = words[first].capital and (left < first or right > last) and (words[left].capital or left < first)
    described = any(w.low in entry.fields.get("adjectives", ()) for w in lead)
    if entry.fields.get("capitals") and not (words[last].capital and len([w for w in lead if w.capital]) >= 1):
        return None
    if not capital and not described:
        return None
    if lead and (lead[-1].low in phrases.national or any(w.low in phrases.national_first for w in lead)):
        return None
    start, end = words[left].start, words[right].end
    low = " ".join(w.low for w in words[left : right + 1])
    if low in phrases.own_names or (not described and any(own in low for own in phrases.states_own)):
        return None
    return Mention(start, end, text[start:end], "body", entry.id, form="unknown", value=" ".join(text[start:end].split()))
