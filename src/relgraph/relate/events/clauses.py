"""Where the clauses of a sentence begin and end: by the words that open them, commas and stronger marks.

In: the words of a sentence and the spans of its parties. Out: the clauses and the clause of each word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.resolve import Party

if TYPE_CHECKING:
    from relgraph.relate.events.syntax import Sketch


class Clause(msgspec.Struct, frozen=True):
    """A clause: the word that opens it ('' for the main clause) and the clause it hangs on (-1 none)."""

    opener: str
    parent: int


def cut(sketch: Sketch, groups: Sequence[tuple[int, int, tuple[Party, ...]]]) -> tuple[list[Clause], list[int]]:
    """Number the clauses, and give each word its own."""
    grammar = sketch.grammar
    clauses = [Clause("", -1)]
    stack = [0]
    of = []
    spans = sorted([(s, e) for s, e, _ in groups] + sketch.dates)
    closing, opened = False, 0
    for n, word in enumerate(sketch.words):
        gap = sketch.text[sketch.words[n - 1].end : word.start] if n else ""
        inside = gap != " " and len(gap) > 1 and any(s < word.start < e for s, e in spans)
        if gap == " ":
            pass  # no mark between two words
        elif (n and not inside and any(c in gap for c in ";:—")) or " - " in gap or " – " in gap:
            clauses.append(Clause(";", -1))
            stack, closing = [len(clauses) - 1], False
        elif n and "," in gap and closing and len(stack) > 1 and not inside and not _apposed(sketch, n, opened, groups):
            stack.pop()
            closing = len(stack) > 1
        if (word.low in grammar.subordinators and opens(sketch, n, gap)) or (word.low in grammar.words("while_words") and _meanwhile(sketch, n, groups)):
            clauses.append(Clause(word.low, stack[-1]))
            stack.append(len(clauses) - 1)
            closing, opened = True, n
            sketch.openers.add(n)
        of.append(stack[-1])
    return clauses, of


def _meanwhile(sketch: Sketch, n: int, groups: Sequence[tuple[int, int, tuple[Party, ...]]]) -> bool:
    """Whether 'as' opens a clause: a party and a verb of an event follow ('as President X met Y')."""
    word = sketch.words[n]
    after = next(((s, e, p) for s, e, p in groups if s > word.start), None)
    if after is None or not any(q.kind == "person" for q in after[2]) or any(not (w.capital or w.low in sketch.grammar.fillers) for w in sketch.between(word.end, after[0])):
        return False
    n = sketch.at(after[1])
    while n < len(sketch.words) and sketch.words[n].low in sketch.grammar.adverbs | sketch.grammar.have:
        n += 1
    return n < len(sketch.words) and any(s == sketch.words[n].start for s, _ in sketch.triggers)


def _apposed(sketch: Sketch, n: int, opened: int, groups: Sequence[tuple[int, int, tuple[Party, ...]]]) -> bool:
    """Whether a comma only parts a name from its title, as no verb has come yet since the clause opened: 'when the crown prince, X, greeted Y'."""
    grammar, word, last = sketch.grammar, sketch.words[n], sketch.words[n - 1]
    if sketch.words[opened].low in grammar.relatives or not any(s == word.start or last.start < e <= last.end for s, e, p in groups if any(q.kind == "person" for q in p)):
        return False
    since = sketch.words[opened + 1 : n]
    return not any(w.low in grammar.be or w.low in grammar.have or w.low in grammar.words("modal_verbs") or w.low.endswith(grammar.participle) or any(s <= w.start < e for s, e in sketch.triggers) for w in since)


def opens(sketch: Sketch, n: int, gap: str) -> bool:
    """Return whether a word that may open a clause does so where it stands; `gap` is what parts it from the word before."""
    grammar, said = sketch.grammar, sketch.grammar.words("content_openers")
    low = sketch.words[n].low
    follow = sketch.words[n + 1] if n + 1 < len(sketch.words) else None
    if follow is None or any(s <= follow.start < e or s < sketch.words[n].start < e for s, e in sketch.dates) or (follow.low in said and low not in said):
        return False
    if low in grammar.relatives:
        lead = sketch.words[n - 1] if n else None
        fronted = n > 1 and lead is not None and lead.low in grammar.prepositions and "," in sketch.text[sketch.words[n - 2].end : lead.start]
        return "," in gap or low in grammar.words("sure_relatives") or fronted  # 'the bloc, in which A and B sit, ...'
    if low in said:
        before = sketch.words[n - 1].low if n else ""
        return n > 0 and before not in grammar.prepositions and follow.low not in grammar.be and (before in grammar.sayers or before in grammar.complement_verbs)
    return True
