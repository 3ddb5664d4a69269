"""Which parties of a sentence stand in one list: 'A, B and C', with titles and appositions between.

In: the parties that can act, in text order. Out: spans with the parties of each list.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from relgraph.recognise.tokens import Token
from relgraph.resolve import Party

if TYPE_CHECKING:
    from relgraph.relate.events.syntax import Sketch

_LONG_GAP = 16  # words of an apposition inside a list
_TITLE_WORDS = 7  # words of a colleague's title before his name


def listed(sketch: Sketch, parties: Sequence[Party]) -> list[tuple[int, int, tuple[Party, ...]]]:
    """Join the parties of a list: 'A, B and C', with appositions between."""
    out: list[tuple[int, int, list[Party]]] = []
    for party in parties:
        if out:
            start, end, group = out[-1]
            if party.first < end:
                group.append(party)
                out[-1] = (start, max(end, party.last), group)
                continue
            if _joined(sketch, group, end, party):
                group.append(party)
                out[-1] = (start, party.last, group)
                continue
        out.append((party.first, party.last, [party]))
    return [(s, e, tuple(p)) for s, e, p in _completed(sketch, out)]


def _completed(sketch: Sketch, groups: list[tuple[int, int, list[Party]]]) -> list[tuple[int, int, list[Party]]]:
    """Undo a list held together by commas alone whose parts are of different kinds ('in Kazakhstan, Xi said')."""
    out: list[tuple[int, int, list[Party]]] = []
    for start, end, parties in groups:
        cut = [n for n in range(1, len(parties)) if parties[n].kind != parties[n - 1].kind and _only_comma(sketch, parties[n - 1].last, parties[n].first)]
        if not _has_join(sketch, parties) and len(parties) > 1 and any(_only_comma(sketch, a.last, b.first) or sketch.text[a.last : b.first].startswith(",") for a, b in itertools.pairwise(parties)):
            out += [(p.first, p.last, [p]) for p in parties]
        elif cut and "," in sketch.text[parties[0].last : parties[-1].first] and not _has_join(sketch, parties):
            n = cut[0]
            out += [(start, parties[n - 1].last, parties[:n]), (parties[n].first, end, parties[n:])]
        else:
            out.append((start, end, parties))
    return out


def _only_comma(sketch: Sketch, start: int, end: int) -> bool:
    return sketch.text[start:end].strip() == ","


def _has_join(sketch: Sketch, parties: Sequence[Party]) -> bool:
    return any(is_join(sketch, sketch.between(a.last, b.first)) for a, b in itertools.pairwise(parties))


def is_join(sketch: Sketch, words: Sequence[Token]) -> bool:
    """Whether words end in a joining word, articles and the like behind it apart."""
    rest = list(words)
    if len(rest) > 1 and rest[-1].low in sketch.grammar.prepositions and rest[-2].low in sketch.grammar.words("plain_joins"):
        rest.pop()
    while rest and (rest[-1].low in sketch.grammar.fillers or (rest[-1].low in sketch.grammar.genitive and len(rest) > 1 and rest[-2].low in sketch.grammar.collectives) or (rest[-1].low in sketch.grammar.collectives and len(rest) > 1)):
        rest.pop()
    return any(tuple(w.low for w in rest[-len(join) :]) == join for join in sketch.grammar.joining)


def _joined(sketch: Sketch, group: Sequence[Party], end: int, party: Party) -> bool:
    gap = sketch.text[end : party.first]
    words = sketch.between(end, party.first)
    if any(c in gap for c in ";:—") or gap.startswith(sketch.grammar.possessive):
        return gap.strip().startswith(";") and is_join(sketch, words) and all(w.low in sketch.grammar.words("plain_joins") for w in words[:1]) and party.kind == group[-1].kind
    if _introduced(sketch, end, party, words):
        return True
    if not words:
        return gap.strip() in (",", "") and (party.kind == group[-1].kind) and gap != "" and not _has_join(sketch, group)
    if is_join(sketch, words):
        middle = [w for w in words if w.low not in sketch.grammar.fillers and w.low not in sketch.grammar.collectives and w.low not in sketch.grammar.genitive]
        if len(middle) <= 2:
            return not any(end <= s < party.first for s, _ in sketch.triggers)
        titled = group[-1].tail > group[-1].end  # 'X, who heads the ministry' is one party: its comma is gone
        return (titled or gap.lstrip().startswith((",", "("))) and len(words) <= _LONG_GAP and not any(w.low in sketch.grammar.sayers for w in words) and gap.count(",") >= 2 - titled
    return gap.lstrip().startswith(",") and all(w.low in sketch.grammar.fillers for w in words) and party.kind == group[-1].kind and not _has_join(sketch, group)


def _introduced(sketch: Sketch, end: int, party: Party, words: Sequence[Token]) -> bool:
    """Whether a colleague joins the list by his title first: 'X, who heads the ministry, and his Kyrgyz opposite number, Y'."""
    at = max((n for n, w in enumerate(words) if (w.low,) in sketch.grammar.joining), default=None)
    if party.kind != "person" or at is None or at + 1 >= len(words) or sketch.text[words[-1].end : party.first].strip() != ",":
        return False
    head, tail = words[:at], words[at + 1 :]
    if tail[0].low not in sketch.grammar.possessives or len(tail) > _TITLE_WORDS or not any(w.low in sketch.grammar.words("equals") for w in tail):
        return False
    if any(end <= s < party.first for s, _ in sketch.triggers) or any(w.low in sketch.grammar.sayers for w in words):
        return False
    return not head or (len(head) <= _LONG_GAP and sketch.text[head[-1].end : words[at].start].strip() == ",")
