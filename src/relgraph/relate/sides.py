"""Whose document it is: the sides named with it, its signers, the group that it speaks of, else the pair in focus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from relgraph.knowledge.entities import Body, Entity, Organisation, State
from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.candidates import Bench
from relgraph.relate.signers import came_too, sides_of_signers
from relgraph.relate.wording import wording_of
from relgraph.resolve import Party, View

_LATER = 40  # characters behind a document and its verb from which on a name is of another clause
_OWN = 60  # characters before the first party of two sides that may hold its organ: 'the Ministry of ... of X'
_MOST = 8  # sides of one document
_LOOSE = frozenset({"inherited-across", "inherited", "with-the-anchor", "side-of-the-pair"})  # then the pair of the whole article is likelier


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
    size = group_size(bench, name)
    if document is not None and document.partner is not None:
        found = _with_partner(bench, view, mention, document.partner, word)
        whole = tuple(sorted({*found, *bench.resolved.main}))
        if len(found) < size == len(whole):
            return whole  # 'a trilateral treaty with Uzbekistan'
        if len(found) > 1:
            return found
    if came_too(bench, view, mention):
        return ()
    near = _states_first(bench, _near(bench, view, mention, word))
    signers = sides_of_signers(bench, view, word)
    firms = signers if not set(signers) < set(near) else ()
    firms = firms or _signing_firms(bench, view, mention, word)
    if len(firms) > 1:
        return firms
    organisations = [p for p in view.parties if p.kind == "organisation" and p.id and not _company(bench, p)]
    if set(name.lower().split()) & lent and not organisations:
        organisations = _lender_before(bench, view)
    if set(name.lower().split()) & lent and organisations:
        borrowers = [p for p in view.parties if p.kind == "organisation" and _company(bench, p) and not mention.start <= p.start < mention.end]
        if len({p.name for p in borrowers}) == 1:
            return tuple(sorted({organisations[0].name, borrowers[0].name}))
        state = view.explicit[0] if len(view.explicit) == 1 else next((s for s in view.focus if s != organisations[0].name), None) if not view.explicit else None
        if state is not None:
            return tuple(sorted({organisations[0].name, state}))
    if size:
        group = nearest_group(bench, view, size)
        if group:
            return group
    region = region_group(bench, view)
    if region:
        return region
    group = counted_group(bench, view)
    if group:
        return group
    named = _states_first(bench, tuple(sorted(view.explicit)))
    told = near or named
    if len(told) > 2 == len(view.focus) and set(view.focus) < set(told) and view.focus_reason == "both-named" and all(_is_state(bench, n) for n in told):
        return tuple(sorted(view.focus))  # 'the agreement that lets X use the base of Y for the war in Z'
    if 2 <= len(near) <= _MOST:
        return near
    if 2 <= len(named) <= _MOST and not _only_later(bench, view, mention):
        return named
    if len(view.explicit) == 1 and organisations and _named_beside(view, organisations[0], mention):
        return tuple(sorted({organisations[0].name, view.explicit[0]}))
    if not view.focus:
        with_lender = _with_lender(bench, view)
        if with_lender:
            return with_lender
    main = bench.resolved.main
    if len(main) == 2 and len(view.explicit) == 1 and view.focus_reason in _LOOSE and _far_behind(view, mention, word):
        return main  # 'was signed an hour before the first bombs fell on X'
    if pair_of_text(bench, view) == main and main:
        return main
    if not main and not view.explicit and len(view.focus) < 3 and view.focus_reason in ("", "inherited-across"):
        many = _paragraph_group(bench, view)
        if many:
            return many
    focus = _states_first(bench, tuple(sorted(view.focus)))
    return focus if 2 <= len(focus) <= _MOST else ()


def partners_of(bench: Bench, view: View, mention: Mention) -> tuple[str, ...]:
    """Return the sides that a document's own words name ('between X and Y'), sorted; empty when they name none."""
    document = mention.value
    if not isinstance(document, Document) or document.partner is None:
        return ()
    lexicon = bench.knowledge.lexicon(bench.article.language)
    lead = view.text[document.partner[0] - view.sentence.start :].split(maxsplit=1)[0].lower()
    if lexicon is None or lead in lexicon.lists["small_words"]["with"]:
        return ()
    found = _with_partner(bench, view, mention, document.partner, None)
    return found if len(found) > 1 else ()


def pair_of_text(bench: Bench, view: View) -> tuple[str, ...]:
    """The pair of the whole article where a sentence names none of its own and its focus is a guess; else the focus."""
    main = bench.resolved.main
    loose = len(main) == 2 and len(view.explicit) < 2 and set(view.explicit) <= set(main) and view.focus_reason in _LOOSE
    return main if loose else tuple(sorted(view.focus))


def counted_group(bench: Bench, view: View) -> tuple[str, ...]:
    """The sides that a sentence only counts: 'the three presidents', 'the trio', 'the two republics and Kazakhstan'; else empty."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return ()
    counts: dict[str, int] = lexicon.lists.get("counted_sides", {})
    nouns = lexicon.words("collective")
    words = re.findall(r"[\w']+", view.text.lower())
    states = tuple(s for s in view.explicit if _is_state(bench, s))
    for n, w in enumerate(words):
        if w not in counts or not (set(words[n + 1 : n + 3]) & nouns or w in lexicon.words("group_nouns") or n == 1):
            continue
        size = counts[w]
        main = bench.resolved.main
        if size == 2:
            extra = tuple(s for s in states if s not in main)
            joined = n + 3 < len(words) and bool(set(words[n + 2 : n + 4]) & lexicon.words("group_links"))
            if len(main) == 2 and len(extra) == 1 and len(states) == 1 and joined:
                return tuple(sorted({*main, *extra}))
            continue
        if len(states) >= size:
            return ()
        group = nearest_group(bench, view, size) or ()
        joined = bool(set(words[n + 2 : n + 4]) & lexicon.words("group_links"))
        return tuple(sorted({*group, *states})) if joined else group
    return ()


def _states_first(bench: Bench, names: tuple[str, ...]) -> tuple[str, ...]:
    """Without the organisations that only gather states, where two states remain."""
    states = tuple(n for n in names if _is_state(bench, n) or _unites(bench, n))
    return states if len(states) > 1 else names


def _entity(bench: Bench, name: str) -> Entity | None:
    return next((bench.knowledge.reference.entities[i] for i in bench.knowledge.reference.find(name) if bench.knowledge.reference.name(i) == name), None)


def _is_state(bench: Bench, name: str) -> bool:
    return isinstance(_entity(bench, name), State)


def _unites(bench: Bench, name: str) -> bool:
    entity = _entity(bench, name)
    return entity is None or (isinstance(entity, Organisation) and entity.kind in ("supranational", "bank", "fund"))


def _only_later(bench: Bench, view: View, mention: Mention) -> bool:
    """Whether all sides named come in another part of the sentence, after the document."""
    sided = [p for p in view.parties if p.state]
    if not sided or any(p.start < mention.end for p in sided):
        return False
    gap = view.text[mention.end - view.sentence.start : sided[0].start - view.sentence.start]
    lexicon = bench.knowledge.lexicon(bench.article.language)
    return len(gap) > 60 and lexicon is not None and wording_of(lexicon).next_clause.search(gap) is not None


def _far_behind(view: View, mention: Mention, word: Mention | None) -> bool:
    """Whether all that a sentence names comes long after the document and its verb."""
    end = max(mention.end, word.end) if word is not None else mention.end
    return all(p.start - end > _LATER for p in view.parties)


def _paragraph_group(bench: Bench, view: View) -> tuple[str, ...]:
    """The states that the paragraph with the last list of three or more names: who meets, in a text about many."""
    lists = [v for v in bench.resolved.views if v.sentence.index < view.sentence.index and len(v.explicit) > 2]
    if not lists:
        return ()
    paragraph = lists[-1].sentence.paragraph if len(lists) == 1 or len(lists[-1].explicit) >= len(lists[0].explicit) else lists[0].sentence.paragraph
    names = {s for v in bench.resolved.views if v.sentence.paragraph == paragraph for s in v.explicit if _is_state(bench, s)}
    return tuple(sorted(names)) if 2 < len(names) <= _MOST else ()


def _with_partner(bench: Bench, view: View, mention: Mention, partner: tuple[int, int], word: Mention | None) -> tuple[str, ...]:
    """The sides in 'between X and Y'; for 'with X' also the one that stands before."""
    start, end = partner
    inside = [p for p in view.parties if start <= p.start < end + 1]
    two = _of_organs(bench, view, inside, end)
    if two:
        return two
    inside = [p for p in inside if not _organ(bench, p)]
    owners = {p.start for n, p in enumerate(inside) if p.kind == "state" and p.form in ("adjective", "name") and any(q.kind == "organisation" and 0 <= q.start - p.end < 30 for q in inside[n + 1 : n + 2])}
    named = sides(bench, [p for p in inside if p.start not in owners])
    unknown = _unknown_names(bench, view, inside, partner)
    if len(named) + len(unknown) > 1:
        return tuple(sorted({*named, *unknown}))
    named = named or unknown
    if not named:
        return ()
    firms = [p for p in view.parties if p.kind == "organisation" and _company(bench, p) and p.end <= mention.start]
    if firms and (word is None or word.start >= firms[-1].end):
        return tuple(sorted({*named, firms[-1].name}))
    ahead = [p for p in view.parties if p.end <= mention.start]
    before = sides(bench, [p for p in ahead if p.kind == "state"]) or sides(bench, ahead)
    taken = {*named, *_homes(bench, named)}
    others = tuple(s for s in before if s not in taken)
    if not others:
        others = tuple(s for s in view.focus if s not in taken)[:1] or _of_capitals(bench, view, mention, named)
        return tuple(sorted({*named, *others}))
    return tuple(sorted({*named, *(others[-1:] if len(others) > 1 else others)}))


def _of_capitals(bench: Bench, view: View, mention: Mention, named: Sequence[str]) -> tuple[str, ...]:
    """The state of a capital that stands before a document, where only one is: 'the Senate in A ratified the agreement with X'."""
    reference = bench.knowledge.reference
    found = {reference.name(m.ids[0]) for m in states_at(bench, view.mentions, view.sentence.start, mention.start)} - set(named)
    return tuple(found) if len(found) == 1 and all(_is_country(bench, n) for n in found) else ()


def _homes(bench: Bench, names: Sequence[str]) -> set[str]:
    """The states whose agencies and firms some sides are: a state signs nothing with its own."""
    found = [e for n in names if isinstance(e := _entity(bench, n), Organisation) and e.state]
    return {bench.knowledge.reference.name(e.state) for e in found if e.state}


def _is_country(bench: Bench, name: str) -> bool:
    entity = _entity(bench, name)
    return isinstance(entity, State) and entity.kind not in ("region", "subnational")


def _of_organs(bench: Bench, view: View, inside: Sequence[Party], end: int) -> tuple[str, ...]:
    """The two sides of 'the Ministry of A of X and the Agency B of Y': an organ stands for its state, a firm for itself; empty where no two states are named."""
    states = [p for p in inside if p.kind == "state"]
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if len({p.state for p in states}) != 2 or lexicon is None:
        return ()
    base, start = view.sentence.start, min(p.start for p in inside)
    joins = [start + m.start() for m in wording_of(lexicon).joins.finditer(view.text[start - base : end - base])]
    later = next((p for p in states if p.state != states[0].state), states[-1])
    cut = next((j for j in joins if states[0].end <= j < later.start), None)
    if cut is None:
        return ()
    organs = lexicon.words("state_organs")
    found = []
    for low, high, state in ((start, cut, states[0]), (cut, end, later)):
        firms = [p for p in inside if low <= p.start < high and p.kind == "organisation" and _company(bench, p)]
        own = set(re.findall(r"\w+", view.text[max(0, low - base - _OWN) if low == start else low - base : high - base].lower()))
        found.append(firms[0].name if firms and not own & organs else state.state)
    return tuple(sorted({f for f in found if f}))


def _organ(bench: Bench, party: Party) -> bool:
    """Whether an unknown organisation is only a part of the name of a state's organ: 'Management Organization', 'Working Group'."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    return party.kind == "organisation" and party.id is None and lexicon is not None and bool(set(party.name.lower().split()) & lexicon.words("state_organs"))


def _unknown_names(bench: Bench, view: View, inside: Sequence[Party], partner: tuple[int, int]) -> tuple[str, ...]:
    """Names with a capital in 'between X and Y', 'with X' that nothing has recognised: companies, universities."""
    text, base = view.text, view.sentence.start
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return ()
    start, end = partner
    found = []
    for part in wording_of(lexicon).items.split(text[start - base : end - base]):
        at = text.find(part, start - base) + base
        if any(at <= p.start < at + len(part) for p in inside) or any(m.start < at + len(part) and at < m.end for m in view.mentions if m.kind in ("state", "person", "organisation", "place", "date", "office")):
            continue
        words = part.split()
        while words and not words[0][:1].isupper():
            words = words[1:]
        if words and all(w[:1].isupper() for w in words) and len(words[0]) > 2:
            found.append(" ".join(words))
    return tuple(found)


def _with_lender(bench: Bench, view: View) -> tuple[str, ...]:
    """The state named and the bank or fund that the text speaks of, where there is no second state."""
    lender = [p for p in view.parties if _lends(bench, p)] or _lender_before(bench, view)
    if not lender or len(view.explicit) > 1:
        return ()
    counts = Counter(s for v in bench.resolved.views for s in v.explicit)
    state = view.explicit[0] if view.explicit else counts.most_common(1)[0][0] if counts else None
    return tuple(sorted((lender[0].name, state))) if state is not None else ()


def _lender_before(bench: Bench, view: View) -> list[Party]:
    """The bank or fund that the sentences right before speak of."""
    for earlier in reversed([v for v in bench.resolved.views if 0 < view.sentence.index - v.sentence.index <= 3]):
        found = [p for p in earlier.parties if _lends(bench, p)]
        if found:
            return found[:1]
    return []


def _company(bench: Bench, party: Party) -> bool:
    """Whether an organisation is a firm: one that no list holds, or that the reference calls a company."""
    entity = bench.knowledge.reference.entities.get(party.id) if party.id else None  # type: ignore[call-overload]
    return (entity is None and not _organ(bench, party)) or (isinstance(entity, Organisation) and entity.kind == "company")


def _lends(bench: Bench, party: Party) -> bool:
    entity = bench.knowledge.reference.entities.get(party.id) if party.kind == "organisation" and party.id else None  # type: ignore[call-overload]
    return isinstance(entity, Organisation) and entity.kind in ("bank", "fund", "supranational") and not party.reason.startswith("office")


def _is_union(bench: Bench, party: Party) -> bool:
    entity = bench.knowledge.reference.entities.get(party.id) if party.id else None  # type: ignore[call-overload]
    return isinstance(entity, Organisation) and entity.kind == "supranational" and not party.reason.startswith("office")


def _signing_firms(bench: Bench, view: View, mention: Mention, word: Mention | None) -> tuple[str, ...]:
    """The companies that sign: all before the verb, or after it with 'by'."""
    if word is None:
        return ()
    documents = [d for d in view.of_kind("document", "treaty") if d.end <= min(word.start, mention.start)]
    low = max((d.end for d in documents), default=view.sentence.start)
    firms = [p for p in view.parties if p.kind == "organisation" and _company(bench, p) and not mention.start <= p.start < mention.end]
    before = [p for p in firms if low <= p.start and p.end <= mention.start]
    after = [p for p in firms if p.start >= max(word.end, mention.end)]
    if after and word.key != "signed":
        after = []  # 'ratified the agreement by which A becomes the property of B'
    for group in (before, after):
        if len({p.name for p in group}) > 1:
            return sides(bench, group)
    if len({p.name for p in before}) == 1 and word.start >= before[0].end:
        others = sides(bench, [p for p in view.parties if low <= p.start and p.end <= word.start and p.kind != "organisation" and p.form != "adjective" and not _owns(bench, view, p, before[0])])
        if len(others) == 1:
            return tuple(sorted({before[0].name, *others}))
    return ()


def _owns(bench: Bench, view: View, party: Party, firm: Party) -> bool:
    """Whether a state is only said to be a firm's home: 'Russia's Gazprom', 'Masdar of the UAE'."""
    text, base = view.text, view.sentence.start
    if party.kind != "state":
        return False
    between = text[party.end - base : firm.start - base] if party.end <= firm.start else text[firm.end - base : party.start - base]
    lexicon = bench.knowledge.lexicon(bench.article.language)
    return len(between) < 24 and "," not in between and lexicon is not None and wording_of(lexicon).joins.search(between) is None


def _near(bench: Bench, view: View, mention: Mention, word: Mention | None) -> tuple[str, ...]:
    """The sides that stand before the document and its verb, or after 'by': not those of a clause that follows."""
    text, base = view.text, view.sentence.start
    able = [p for p in view.parties if p.kind != "organisation" or _is_union(bench, p)]
    before = [p for p in able if p.end <= mention.start]
    if len(sides(bench, before)) > 1:
        return sides(bench, before)
    if word is not None and word.start >= mention.end:
        after = [p for p in able if p.start >= mention.end and not set(";:") & set(text[mention.end - base : p.start - base])]
        if len(sides(bench, after)) > 1:
            return sides(bench, [*before, *after])
    return ()


def _named_beside(view: View, party: Party, mention: Mention) -> bool:
    return party.end <= mention.start or party.start - mention.end < 60


def sides(bench: Bench, parties: Iterable[Party]) -> tuple[str, ...]:
    """Return the states and organisations that parties stand for, sorted; a person stands for his state or for the organisation that he heads."""
    found = set()
    for party in parties:
        if party.kind == "organisation":
            found.add(party.name)
        elif party.state:
            found.add(party.state)
        else:
            title = next((t for t in bench.resolved.titles if t.person == party.name and t.of_id and t.of_id.startswith("organisation:")), None)
            if title is not None and title.of:
                found.add(title.of)
    return tuple(sorted(found))


def states_of_body(bench: Bench, body: Body) -> tuple[str, ...]:
    """The members of a body; of a summit of a region only the states of the region, since others are its guests."""
    reference = bench.knowledge.reference
    if body.kind != "regional summit":
        return tuple(sorted(reference.name(m) for m in body.members))
    region = max(reference.regions, key=lambda s: (len(set(s.members) & set(body.members)), s.id))
    return tuple(sorted(reference.name(m) for m in body.members if m in region.members))


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
        if m.form == "name" and view.text[m.end - base : m.end - base + 2].strip().isupper():
            continue  # 'the Central Asia International Center'
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
    before = [v for v in bench.resolved.views if v.sentence.index <= view.sentence.index]
    for earlier in reversed(before):
        named = [s for s in earlier.explicit if _is_state(bench, s)]
        if len(named) == size:
            return tuple(sorted(named))
    for n in range(len(before) - 1, 0, -1):
        union = {s for v in before[n:] for s in v.explicit if _is_state(bench, s)}
        if len(union) >= size:
            return tuple(sorted(union)) if len(union) == size else None
    return None


def states_at(bench: Bench, mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The states and regions named between two offsets."""
    entities = bench.knowledge.reference.entities
    return [m for m in mentions if m.kind == "state" and start <= m.start and m.end <= end and m.ids and isinstance(entities[m.ids[0]], State)]  # type: ignore[index]
