"""Whose document it is: the sides named with it, its signers, the group that it speaks of, else the pair in focus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relgraph.knowledge.entities import Organisation, State
from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.candidates import Bench
from relgraph.resolve import Party, View

_MOST = 8  # sides of one document


def sides_of(bench: Bench, view: View, mention: Mention, document: Document | None, word: Mention | None) -> tuple[str, ...]:
    """Return the sides of a document, sorted; empty when they can't be known.

    Args:
        bench: The article.
        view: The sentence that names it.
        mention: The document.
        document: What its name says, None for one of the reference.
        word: The word that tells its status.
    """
    lexicon = bench.knowledge.lexicon(bench.article.language)
    lent = lexicon.words("lent") if lexicon is not None else frozenset()
    name = document.name if document is not None else mention.text
    if document is not None and document.partner is not None:
        found = _with_partner(bench, view, mention, document.partner)
        if len(found) > 1:
            return found
    firms = _signing_firms(bench, view, mention, word)
    if len(firms) > 1:
        return firms
    organisations = [p for p in view.parties if p.kind == "organisation" and p.id and not _company(bench, p)]
    if set(name.lower().split()) & lent and organisations:
        state = view.explicit[0] if len(view.explicit) == 1 else next((s for s in view.focus if s != organisations[0].name), None) if not view.explicit else None
        if state is not None:
            return tuple(sorted({organisations[0].name, state}))
    size = group_size(bench, name)
    if size:
        group = nearest_group(bench, view, size)
        if group:
            return group
    region = region_group(bench, view)
    if region:
        return region
    near = _near(view, mention, word)
    if 2 <= len(near) <= _MOST:
        return near
    if 2 <= len(view.explicit) <= _MOST:
        return tuple(sorted(view.explicit))
    if len(view.explicit) == 1 and organisations and _named_beside(view, organisations[0], mention):
        return tuple(sorted({organisations[0].name, view.explicit[0]}))
    return tuple(sorted(view.focus)) if 2 <= len(view.focus) <= _MOST else ()


def _with_partner(bench: Bench, view: View, mention: Mention, partner: tuple[int, int]) -> tuple[str, ...]:
    """The sides in 'between X and Y'; for 'with X' also the one that stands before."""
    start, end = partner
    inside = [p for p in view.parties if start <= p.start < end + 1]
    owners = {p.start for n, p in enumerate(inside) if p.kind == "state" and p.form in ("adjective", "name") and any(q.kind == "organisation" and 0 <= q.start - p.end < 30 for q in inside[n + 1 : n + 2])}
    named = sides(p for p in inside if p.start not in owners)
    if len(named) != 1:
        return named
    before = sides(p for p in view.parties if p.end <= mention.start and p.kind != "person") or sides(p for p in view.parties if p.end <= mention.start)
    before = tuple(s for s in before if s not in named)[-1:] if len(before) > 2 else before
    return tuple(sorted({*named, *(before or tuple(s for s in view.focus if s not in named)[:1])}))


def _company(bench: Bench, party: Party) -> bool:
    """Whether an organisation is a firm: one that no list holds, or that the reference calls a company."""
    entity = bench.knowledge.reference.entities.get(party.id) if party.id else None  # type: ignore[call-overload]
    return entity is None or (isinstance(entity, Organisation) and entity.kind == "company")


def _signing_firms(bench: Bench, view: View, mention: Mention, word: Mention | None) -> tuple[str, ...]:
    """The companies that sign: all before the verb, or after it with 'by'."""
    if word is None:
        return ()
    firms = [p for p in view.parties if p.kind == "organisation" and _company(bench, p) and not mention.start <= p.start < mention.end]
    before = [p for p in firms if p.end <= min(word.start, mention.start)]
    after = [p for p in firms if p.start >= max(word.end, mention.end)]
    for group in (before, after):
        if len({p.name for p in group}) > 1:
            return sides(group)
    return ()


def _near(view: View, mention: Mention, word: Mention | None) -> tuple[str, ...]:
    """The sides that stand before the document and its verb, or after 'by': not those of a clause that follows."""
    text, base = view.text, view.sentence.start
    before = [p for p in view.parties if p.end <= mention.start and p.kind != "organisation"]
    if len(sides(before)) > 1:
        return sides(before)
    if word is not None and word.start >= mention.end:
        after = [p for p in view.parties if p.start >= mention.end and p.kind != "organisation" and not set(";:") & set(text[mention.end - base : p.start - base])]
        if len(sides(after)) > 1:
            return sides([*before, *after])
    return ()


def _named_beside(view: View, party: Party, mention: Mention) -> bool:
    return party.end <= mention.start or party.start - mention.end < 60


def sides(parties: Iterable[Party]) -> tuple[str, ...]:
    """Return the states and organisations that parties stand for, sorted."""
    return tuple(sorted({p.state or p.name if p.kind != "organisation" else p.name for p in parties if p.kind != "person" or p.state}))


def region_group(bench: Bench, view: View) -> tuple[str, ...]:
    """The states of a region that a sentence names as a whole ('China and the five Central Asian states'), with the other states named; else empty."""
    reference = bench.knowledge.reference
    lexicon = bench.knowledge.lexicon(bench.article.language)
    collective = lexicon.words("collective") if lexicon is not None else frozenset()
    text, base = view.text.lower(), view.sentence.start
    for m in view.mentions:
        if m.kind != "state" or not m.ids:
            continue
        entity = reference.entities[m.ids[0]]  # type: ignore[index]
        if not isinstance(entity, State) or entity.kind != "region" or len(entity.members) < 3:
            continue
        after = text[m.end - base : m.end - base + 40].split()[:2]
        before = text[max(0, m.start - base - 40) : m.start - base].split()[-4:]
        if any(w.strip(".,;") in collective for w in after[: 2 if m.form != "name" else 0]) or any(w in collective for w in before):
            others = [s for s in view.explicit if s != entity.name]
            return tuple(sorted({*(reference.name(s) for s in entity.members), *others}))
    return ()


def group_size(bench: Bench, name: str) -> int:
    """How many sides a name says that it has ('trilateral' three); 0 when it doesn't say."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    sizes: dict[str, int] = lexicon.lists.get("group_sizes", {}) if lexicon is not None else {}
    return next((sizes[w] for w in name.lower().split() if w in sizes), 0)


def nearest_group(bench: Bench, view: View, size: int) -> tuple[str, ...] | None:
    """The states of the nearest sentence, this one or one before, that names exactly so many; None when there is none."""
    if size < 3:
        return None
    earlier = [v for v in bench.resolved.views if v.sentence.index <= view.sentence.index and len(v.explicit) == size]
    return tuple(sorted(earlier[-1].explicit)) if earlier else None


def states_at(bench: Bench, mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The states and regions named between two offsets."""
    found = []
    for m in mentions:
        if m.kind == "state" and start <= m.start and m.end <= end and m.ids and isinstance(bench.knowledge.reference.entities[m.ids[0]], State):  # type: ignore[index]
            found.append(m)
    return found
