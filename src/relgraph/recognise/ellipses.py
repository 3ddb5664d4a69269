"""Papers of a list that have no head of their own: 'one on trade', 'the first concerns transit, the second visas', 'others deal with A and with B'.

They stand for the head named last before them, in this sentence or the ones right before. What they are about follows a link, one of the verbs by which a
paper tells its field (`item_verbs`), or nothing at all where the item before had such a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relgraph.recognise.mentions import Mention
from relgraph.recognise.phrases import Phrases
from relgraph.recognise.tokens import Token

_COUNTED = 40  # characters before a plural in which its number stands
_CLAUSE = 16  # words of a clause between an item and its verb, at most
_ACTORS = 7  # words for those whom an item lets do something, at most
_SHORTEST = 3  # words of a sentence that tells a field, at least
_QUOTES = frozenset('"“«')
_OPENERS = frozenset(",;:–—(")


class Head(NamedTuple):
    """A head noun in its sentence: words `first` to `last`; its name begins at word `left`, before which stands `article`.

    `verb` is the last word of the verb that leads to the field of an item of a list, -1 for none; `several` says that the item stands for more papers than one.
    """

    mention: Mention
    first: int
    last: int
    left: int
    article: str
    verb: int = -1
    several: bool = False


def with_ellipses(text: str, words: Sequence[Token], placed: list[Head], earlier: Sequence[Mention], states: frozenset[int], phrases: Phrases) -> list[Head]:
    """Add the heads that 'one on ...', 'another between ...', 'the third concerns ...' stand for."""
    added: list[Head] = []
    bare = _bare(text, words, placed, earlier, phrases)
    if bare is not None:
        return [bare, *(p for p in placed if p.first > bare.verb)]
    for j in range(len(words) - 1):
        low = words[j].low
        if low not in phrases.elliptic and low not in phrases.items:
            continue
        before = [p.mention for p in placed if p.last < j] or list(earlier)
        if not before:
            continue
        verbs = [a.verb for a in added if a.verb >= 0] or [v for p in placed if p.last < j and (v := field_verb(words, p.last + 1, phrases)) >= 0]
        led = words[verbs[-1]].low if verbs else ""
        found = (_linked(text, words, j, before, phrases) if words[j + 1].low != led else None) or _told(text, words, j, before, states, led, phrases)
        if found is not None:
            added.append(found)
    inside = {k for a in added for k in range(a.first, a.verb + 1)}
    return sorted([*(p for p in placed if p.first not in inside), *added], key=lambda p: p.first) if added else placed  # 'they deal with' names no deal


def _bare(text: str, words: Sequence[Token], placed: Sequence[Head], earlier: Sequence[Mention], phrases: Phrases) -> Head | None:
    """'It deals with transit', 'The paper concerns transit', after a sentence that told nothing of its paper's field."""
    if not earlier or earlier[-1].form != "bare" or len(words) < _SHORTEST or text[words[0].start - 1 : words[0].start] in _QUOTES:
        return None  # in a quotation 'it' may be anything
    last = next((p.last for p in placed if p.first == 1), 0) if words[0].low in phrases.small["article"] else 0 if words[0].low in phrases.item_anaphors else -1
    if last < 0 or (last == 0 and words[0].low not in phrases.item_anaphors):
        return None
    verb = field_verb(words, last + 1, phrases)
    return _head(words, 0, 0, verb, earlier[-1], phrases) if 0 <= verb < len(words) - 1 else None


def _linked(text: str, words: Sequence[Token], j: int, before: Sequence[Mention], phrases: Phrases) -> Head | None:
    """'one on trade', 'one of them between the ministries'."""
    if words[j].low not in phrases.elliptic or j + 2 >= len(words) or (words[j].low in phrases.item_ordinals and not _opens(text, words, j, phrases)):
        return None
    last = j
    if j + 4 < len(words) and words[j + 1].low in phrases.small["genitive"] and words[j + 3].low in phrases.elliptic_links and words[j + 2].low in phrases.small["them"]:
        last = j + 2  # 'one of them between'
    if last + 2 >= len(words) or words[last + 1].low not in phrases.elliptic_links or text[words[last].end : words[last + 1].start] not in (" ", ", "):
        return None
    if words[last + 2].low in phrases.calendar or words[last + 2].low in phrases.elliptic or words[last + 2].text[0].isdigit():
        return None
    return _head(words, j, j, -1, before[-1], phrases)._replace(last=last)


def _told(text: str, words: Sequence[Token], j: int, before: Sequence[Mention], states: frozenset[int], led: str, phrases: Phrases) -> Head | None:
    """'The first concerns transit', 'the other visas', 'others deal with A and with B'."""
    low = words[j].low
    start = _start(words, j, phrases)
    fronted = start > 0 and words[start - 1].low in phrases.item_fronts and (start == 1 or bool(set(text[words[start - 2].end : words[start - 1].start]) & _OPENERS))
    if low not in phrases.items or not (fronted or _opens(text, words, j, phrases)):
        return None
    last = j
    several = low in phrases.item_plurals
    if phrases.numbers.get(words[j + 1].low, 0) > 1 and j + 2 < len(words):
        last, several = j + 1, True  # 'the other two'
    elif j + 3 < len(words) and words[j + 1].low in phrases.small["genitive"] and words[j + 2].low in phrases.small["them"]:
        last = j + 2
    head = next((m for m in reversed(before) if m.text.split()[-1].lower() in phrases.singular), before[-1])
    if low in phrases.item_pronouns and _counted(text, head, phrases) < 2:
        return None
    if fronted:
        return None if several or low in phrases.item_pronouns or not _done(text, words, last + 1, states, phrases) else _head(words, j, start - 1, last, head, phrases)
    at = _past_clause(text, words, last, phrases)
    verb = field_verb(words, at, phrases)
    verb = verb if verb >= 0 or several else _caused(text, words, at, states, phrases)
    if verb < 0 and led and low in phrases.item_sequels and last + 1 < len(words) and not text[words[last].end : words[last + 1].start].strip():
        follow = words[last + 1]
        verb = last + 1 if follow.low == led else last if follow.low not in phrases.ends and follow.low not in phrases.links and follow.low not in phrases.inner and not follow.low.endswith(phrases.participle) else -1
    if verb < 0 or verb + 1 >= len(words):
        return None
    verb += words[verb + 1].low in phrases.item_manners and verb + 2 < len(words)
    return _head(words, j, start, verb, head, phrases)._replace(several=several, article=words[start].low if start < j and several else phrases.any_indefinite)


def _start(words: Sequence[Token], j: int, phrases: Phrases) -> int:
    return j - 1 if j and (words[j - 1].low in phrases.determiners or words[j - 1].low in phrases.item_leads) else j


def _opens(text: str, words: Sequence[Token], j: int, phrases: Phrases) -> bool:
    """Whether an item stands at the beginning of its clause."""
    start = _start(words, j, phrases)
    before = words[start - 1].low if start else ""
    return start == 0 or bool(set(text[words[start - 1].end : words[start].start]) & _OPENERS) or before in phrases.small["joining"] or before in phrases.clause_links or before in phrases.small["them"]


def _done(text: str, words: Sequence[Token], at: int, states: frozenset[int], phrases: Phrases) -> bool:
    """Whether a thing, no side, begins at word `at`: 'by the first, visas are abolished'."""
    k = at
    while k < len(words) - 1 and words[k].low in phrases.determiners:
        k += 1
    near = words[at : k + 3]
    return at < len(words) - 1 and text[words[at - 1].end : words[at].start].strip() in ("", ",") and not any(w.capital or w.start in states or w.low in phrases.small["sides"] or w.low in phrases.organs or w.low in phrases.both_organs for w in near)


def _head(words: Sequence[Token], j: int, left: int, verb: int, head: Mention, phrases: Phrases) -> Head:
    noun = head.text.lower().split()
    said = " ".join([phrases.singular.get(noun[0], noun[0]), *noun[1:-1], *([phrases.singular.get(noun[-1], noun[-1])] if len(noun) > 1 else [])])
    return Head(Mention(words[j].start, words[j].end, said, "document", head.key, form="ellipsis"), j, j, left, phrases.any_indefinite, verb)


def _past_clause(text: str, words: Sequence[Token], last: int, phrases: Phrases) -> int:
    """The word after an item, but for a clause between commas: 'one, which the ministers signed, exempts'; for 'one that opens' the word after 'that'."""
    if words[last + 1].low not in phrases.relatives:
        return last + 1
    if text[words[last].end : words[last + 1].start] != ", ":
        return last + 2
    return next((k for k in range(last + 3, min(last + _CLAUSE, len(words))) if "," in text[words[k - 1].end : words[k].start]), last + 1)


def _caused(text: str, words: Sequence[Token], at: int, states: frozenset[int], phrases: Phrases) -> int:
    """The verb of what an item lets a side do: 'one lets the Chinese open shops', 'one has the two build cars'; -1 for none."""
    if at + 2 >= len(words) or words[at].low not in phrases.item_causes:
        return -1
    k = at + 1
    while k + 1 < len(words) and k < at + _ACTORS and (words[k].start in states or words[k].low in phrases.determiners or words[k].low in phrases.small["genitive"] or words[k].low.endswith(phrases.plural)):
        k += 1
    k += words[k].low in phrases.small["goal"]
    plain = at + 1 < k < len(words) - 1 and not text[words[at].end : words[k].start].count(",")
    return k if plain and not (words[k].capital or words[k].low in phrases.stops or words[k].low in phrases.links or words[k].low in phrases.inner or words[k].low.endswith((*phrases.plural, *phrases.adverb))) else -1


def field_verb(words: Sequence[Token], j: int, phrases: Phrases) -> int:
    """The last word of a verb that tells a field, -1 for none."""
    best = -1
    if j < len(words):
        for form in phrases.item_verbs.get(words[j].low, ()):
            if len(form) > best - j + 1 and tuple(w.low for w in words[j : j + len(form)]) == form:
                best = j + len(form) - 1
    return best


def _counted(text: str, head: Mention, phrases: Phrases) -> int:
    """The number that stands before a plural, 0 for none: 'three papers'."""
    lead = text[max(0, head.start - _COUNTED) : head.start].lower().split()[-3:]
    return next((int(phrases.numbers[w]) for w in reversed(lead) if w in phrases.numbers), 0)


def count_of(text: str, earlier: Sequence[Mention], phrases: Phrases) -> int:
    """The number of the papers that 'they' stands for, 0 for none said."""
    head = next((m for m in reversed(earlier) if m.text.split()[-1].lower() in phrases.singular), None)
    return _counted(text, head, phrases) if head is not None else 0
