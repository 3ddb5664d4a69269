"""Whose figure it is: both sides of a trade, lender or donor and receiver, the pair in focus."""

from __future__ import annotations

import re
from typing import NamedTuple

from relgraph.knowledge.entities import Organisation, State
from relgraph.knowledge.lexicon import Lexicon, either
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench
from relgraph.resolve import Party, View

GIVEN = frozenset({"loan", "grant", "debt", "investment", "humanitarian aid"})
_TAKES_MANY = frozenset({"contracts", "documents signed", "trade turnover", "transit volume", "gas supply", "imports", "exports", "electricity volume"})
_UNIONS = frozenset({"supranational", "intergovernmental"})
_LENDERS = frozenset({"bank", "fund", "UN agency", "supranational", "national agency", "programme"})


class Context(NamedTuple):
    """What the sentences before say: the sides of the figure before, who gave, the pair of the sentence before, and the state named most."""

    between: tuple[str, ...]
    giver: str | None
    given_in: int
    earlier: tuple[str, ...]
    anchor: str | None


class SideWords:
    """The word lists for sides of figures of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.from_whom = lexicon.words("from_whom")
        self.to_whom = lexicon.words("to_whom")
        self.into = lexicon.words("into_what")
        self.loose = frozenset({"inherited-across", "inherited", "with-the-anchor", "side-of-the-pair"})
        self.collective = lexicon.words("collective")
        self.region_links = lexicon.words("region_links")
        self.union_words = tuple(sorted(lexicon.words("union_words")))
        self.several = tuple(sorted(lexicon.words("several_states")))
        self.articles = lexicon.words("determiners")
        self.part_of = tuple(f" {w}" for w in sorted(lexicon.words("part_of")))
        self.region_words = tuple(sorted(lexicon.words("region_words")))
        self.shared = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, lexicon.lists['small_words']['between'])))})\s", re.IGNORECASE)
        self.along = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, lexicon.lists['small_words']['with'])))})\s(?:{either(lexicon.words('articles'))}\s)?$", re.IGNORECASE)


def sides_of_figure(bench: Bench, view: View, amount: Mention, word: Mention | None, kind: str, words: SideWords, context: Context) -> tuple[tuple[str, ...], str | None]:
    """Return the sides, sorted, and who gives; no sides when they can't be known.

    Args:
        bench: The article.
        view: The sentence.
        amount: The figure.
        word: What says what is measured, None when that is carried on from before.
        kind: The kind of figure.
        words: The word lists.
        context: What the sentences before say.
    """
    if kind in GIVEN:
        found = _given(bench, view, amount, kind, words, context)
        if found is not None:
            return found
    if word is not None:
        named = _named_with(bench, view, word, amount, words)
        if len(named) == 2:
            return _spread(bench, named), None
    group = _region(bench, view, words, context)
    if group:
        return group, None
    partner = _partner(view, amount, words)
    if partner is not None:
        other = next((s for s in view.explicit if s != partner and not any(p.name == s and _after_with(view, p, words) for p in view.parties)), None)
        other = other or (context.anchor if context.anchor != partner else None)
        if other is not None:
            return tuple(sorted((partner, other))), None
    if word is None and len(view.explicit) < 2 and context.between and set(view.explicit) <= set(context.between):
        return context.between, context.giver
    union = _union(bench, view, words)
    if union is not None and len(view.explicit) == 1:
        return tuple(sorted((union, view.explicit[0]))), None
    if not sides_named(view, view.sentence.start, amount.start) and _only_later(view, amount):
        pair = context.earlier if len(context.earlier) == 2 else bench.resolved.main
        if len(pair) == 2:
            return tuple(sorted(pair)), None
    near = _near(view, amount)
    if near is not None and len(view.explicit) == 2:
        if near in context.earlier and len(context.earlier) == 2:
            return context.earlier, None
    if not view.explicit and kind in _TAKES_MANY:
        group = _region_before(bench, view, words, context)
        if group:
            return group, None
    main = bench.resolved.main
    if len(main) == 2 and len(view.explicit) < 2 and set(view.explicit) <= set(main) and view.focus_reason in words.loose:
        return main, None
    most = 4 if kind in _TAKES_MANY else 2
    if kind in ("contracts", "documents signed"):
        most = 6
    return (tuple(sorted(view.focus)) if 2 <= len(view.focus) <= most else ()), None


def _named_with(bench: Bench, view: View, word: Mention, amount: Mention, words: SideWords) -> tuple[str, ...]:
    """The two sides in 'trade between A and B', also where they are named by their capitals."""
    text, base = view.text, view.sentence.start
    match = words.shared.search(text, max(0, word.start - base - 2), min(len(text), word.end - base + 30))
    if match is None:
        return ()
    start = base + match.start()
    end = min(start + 90, amount.start if amount.start > start else view.sentence.end)
    inside = [p for p in [*view.parties, *view.places] if start <= p.start < end and p.state]
    named: dict[str, None] = {}
    for party in sorted(inside, key=lambda p: p.start):
        if len(named) < 2 and party.state:
            named[party.state] = None
    return tuple(sorted(named))


def _region(bench: Bench, view: View, words: SideWords, context: Context) -> tuple[str, ...]:
    """The states of a region and the one that faces it: 'trade of India with the five states of Central Asia', 'trade with the region'."""
    reference = bench.knowledge.reference
    low = view.text.lower()
    regions = [r for r in reference.regions if len(r.members) == 5]
    if not regions:
        return ()
    members = tuple(reference.name(m) for m in regions[0].members)
    named = any(m.kind == "state" and m.ids == (regions[0].id,) and _as_side(view, m, words) for m in view.mentions)
    if not named and not any(low.find(w) >= 0 and not low[: low.find(w)].rstrip().endswith(words.part_of) for w in words.region_words):
        return ()
    outside = [s for s in view.explicit if s not in members and s != regions[0].name and _is_now(bench, s)]
    inside = [s for s in view.explicit if s in members]
    union = _union(bench, view, words)
    if union is not None:
        outside = [*outside, union]
    if len(inside) > 1 or len(outside) > 1:
        return ()
    if not outside and not inside and context.anchor and context.anchor not in members:
        outside = [context.anchor]
    return tuple(sorted({*members, *outside})) if outside or inside else ()


def _region_before(bench: Bench, view: View, words: SideWords, context: Context) -> tuple[str, ...]:
    """The sides that the sentence before speaks of, where this one only says 'the countries' and that one names the region."""
    together = any(m.kind == "plural" and m.key == "states" for m in view.mentions) or any(w in view.text.lower() for w in words.several)
    if view.sentence.index == 0 or not together:
        return ()
    before = bench.resolved.views[view.sentence.index - 1]
    return _region(bench, before, words, context) if before.sentence.paragraph == view.sentence.paragraph and before.sentence.index > 0 else ()


def _spread(bench: Bench, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with a region's states instead of the region."""
    reference = bench.knowledge.reference
    regions = {r.name: r.members for r in reference.regions}
    return tuple(sorted({s for n in names for s in ([reference.name(m) for m in regions[n]] if n in regions else [n])}))


def _as_side(view: View, mention: Mention, words: SideWords) -> bool:
    """Whether a region is a side of a figure: 'with Central Asia', 'Central Asian states'; not 'the Central Asian republic', 'in Central Asia'."""
    text, base = view.text, view.sentence.start
    if mention.form != "name":
        return bool(set(text[mention.end - base :].lower().split()[:1]) & words.collective)
    return bool(set(text[: mention.start - base].lower().split()[-1:]) & words.region_links) or bool(set(re.findall(r"\w+", mention.text.lower())) & words.collective)


def _is_now(bench: Bench, name: str) -> bool:
    entity = next((bench.knowledge.reference.entities[i] for i in bench.knowledge.reference.find(name)), None)
    return isinstance(entity, State) and entity.kind == "state"


def _union(bench: Bench, view: View, words: SideWords) -> str | None:
    """The union of states that a sentence names as a side of its own."""
    for party in view.parties:
        entity = bench.knowledge.reference.entities.get(party.id) if party.kind == "organisation" and party.id else None  # type: ignore[call-overload]
        if isinstance(entity, Organisation) and entity.kind == "supranational":
            return party.name
    low = view.text.lower()
    if any(w in low for w in words.union_words):
        for other in bench.resolved.views:
            for party in other.parties:
                entity = bench.knowledge.reference.entities.get(party.id) if party.kind == "organisation" and party.id else None  # type: ignore[call-overload]
                if isinstance(entity, Organisation) and entity.kind == "supranational":
                    return party.name
    return None


def _near(view: View, amount: Mention) -> str | None:
    """The only state named before an amount, where a second one comes in a later clause."""
    before = sides_named(view, view.sentence.start, amount.start)
    after = [p for p in view.parties if p.start >= amount.end and p.state]
    if len(before) != 1 or not after:
        return None
    gap = view.text[amount.end - view.sentence.start : after[0].start - view.sentence.start]
    return before[0] if len(gap) > 40 or "," in gap else None


def _only_later(view: View, amount: Mention) -> bool:
    """Whether states are named only in a part of the sentence that follows the figure's own."""
    after = [p for p in view.parties if p.start >= amount.end and p.state]
    return bool(after) and after[0].start - amount.end > 40 and "," in view.text[amount.end - view.sentence.start : after[0].start - view.sentence.start]


def sides_named(view: View, start: int, end: int) -> tuple[str, ...]:
    """The states named between two offsets, in order."""
    return tuple(dict.fromkeys(p.state for p in view.parties if start <= p.start < end and p.state and p.kind != "organisation"))


def _given(bench: Bench, view: View, amount: Mention, kind: str, words: SideWords, context: Context) -> tuple[tuple[str, ...], str | None] | None:
    """Giver and receiver of a loan, a grant, an investment; None when no organisation takes part."""
    text, base = view.text, view.sentence.start
    organisations = [p for p in view.parties if p.kind == "organisation" and not p.reason.startswith("office") and _can_give(bench, p, kind)
                     and not _follows(text, p.start - base, words.into, words.articles)]  # fmt: skip
    source = next((p for p in organisations if _follows(text, p.start - base, words.from_whom, words.articles)), None)
    target = next((p for p in [*organisations, *(q for q in view.parties if q.kind == "state")] if p is not source and _follows(text, p.start - base, words.to_whom, words.articles)), None)
    if source is None:
        before = [p for p in organisations if p.end <= amount.start and p is not target]
        source = before[0] if before else min((p for p in organisations if p is not target), key=lambda p: (abs(p.start - amount.start), p.start), default=None)
    if kind == "debt" and source is not None and not source.start - 60 < amount.start < source.end + 60:
        source = None
    giver = source.name if source is not None else None
    if giver is None:
        if context.giver and view.sentence.index - context.given_in <= 2 and not view.explicit:
            giver = context.giver
        else:
            return None
    if target is not None:
        receiver: str | None = target.name
    else:
        firm = next((p for p in organisations if p is not source and p.id is None), None)
        apart = {p.state for p in view.parties if p.kind == "state" and not any(o.start <= p.start < o.end for o in organisations)}
        states = [s for s in view.explicit if s != giver and (s in apart or not any(s in o.name for o in organisations))]
        usual = context.anchor if context.anchor is None or context.anchor not in giver else next((s for s in bench.resolved.main if s not in giver), None)  # 'Export-Import Bank of China'
        receiver = firm.name if firm is not None and kind == "loan" else states[0] if len(states) == 1 else usual if not states or usual in states else None
    if receiver is None or receiver == giver:
        return None
    return tuple(sorted((giver, receiver))), giver


def _can_give(bench: Bench, party: Party, kind: str) -> bool:
    entity = bench.knowledge.reference.entities.get(party.id) if party.id else None  # type: ignore[call-overload]
    if entity is None:
        return kind in ("loan", "investment")
    return isinstance(entity, Organisation) and entity.kind in _LENDERS


def _follows(text: str, at: int, leads: frozenset[str], articles: frozenset[str]) -> bool:
    """Whether one of some words stands right before an offset, an article between."""
    before = text[max(0, at - 24) : at].lower().split()
    while before and before[-1] in articles:
        before.pop()
    return bool(before) and before[-1] in leads


def _after_with(view: View, party: Party, words: SideWords) -> bool:
    return words.along.search(view.text[: party.start - view.sentence.start]) is not None


def _partner(view: View, amount: Mention, words: SideWords) -> str | None:
    """The state in '... with Kazakhstan it is $4 billion', when it stands shortly before the amount."""
    if len(view.of_kind("money")) < 2 and len(view.explicit) != 1 and len(view.explicit) < 3:
        return None
    options = [p for p in view.parties if p.kind == "state" and 0 <= amount.start - p.end < 40 and _after_with(view, p, words)]
    return options[-1].name if options else None
