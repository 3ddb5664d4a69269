"""The pair or group that each sentence is about, followed through the discourse.

A sentence that names two sides sets the pair; one that names a side of the current pair keeps it; one that names none inherits it within its
paragraph and, with a plural ('both leaders', 'bilateral'), across paragraphs; a third side replaces the partner of the anchor. A state that is
only the place of something ('in Istanbul, Turkey') sets nothing unless the article is about it; a region stands for its states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Organisation
from relgraph.model import Article, EntityId
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import words_of
from relgraph.resolve.order import within
from relgraph.resolve.parties import Party, View
from relgraph.resolve.people import Everybody
from relgraph.resolve.wording import OWNS, Wording

_PARTNERS = frozenset({"bank", "fund", "supranational", "UN agency"})
"""Kinds of organisation that deal with a state as another state does."""
_CLUBS = frozenset({"intergovernmental", "supranational", "military alliance", "dialogue format", "joint mechanism"})
_LEAD = 1
_FEW = 3
"""An article that names more states of a region than this is about the region."""
_LIST_GAP = 60
_GROUP = 6


class _Sides(msgspec.Struct):
    """What a sentence names: sides that act, states that are only places, and members of one list."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    listed: tuple[str, ...]
    region: tuple[str, ...] = ()


def set_focus(article: Article, views: Sequence[View], people: Everybody, knowledge: Knowledge, wording: Wording) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill `explicit` and `focus` of each view; return the article's main pair and its group, each empty when there is none."""
    regions = {s.name: tuple(knowledge.reference.name(m) for m in s.members) for s in knowledge.reference.regions}
    partners = _partners(views, knowledge)
    agents = {t.person: t.of for t in people.titles if t.of in partners}
    found = [_sides(article.text, view, regions, partners, agents, wording) for view in views]
    counts: Counter[str] = Counter()
    for view, sides in zip(views, found, strict=True):
        view.explicit = tuple(dict.fromkeys((*sides.strong, *sides.weak)))
        for side in sides.strong:
            counts[side] += 3 if view.sentence.paragraph <= _LEAD else 1
        for side in sides.weak:
            counts[side] += 1
    ranked = [s for s, _ in counts.most_common()]
    lead = [s for v in views if v.sentence.paragraph <= _LEAD for s in v.explicit]
    anchor = ranked[0] if ranked else None
    partner = next((s for s in ranked if s != anchor), None)
    main: tuple[str, ...] = ()
    if anchor and partner:
        third = counts[ranked[2]] if len(ranked) > 2 else 0
        if counts[partner] > third or (partner in lead and (len(ranked) < 3 or ranked[2] not in lead)):
            main = tuple(sorted((anchor, partner)))
    sizes = [_sizes(article.text, view, wording) for view in views]
    group, hub = _group(views, found, ranked, counts)
    if group:
        main = ()
    else:
        group, hub = _several(found, ranked, counts, lead, [n if v.sentence.paragraph <= _LEAD + 1 else 0 for v, n in zip(views, sizes, strict=True)], main, _clubs(views, knowledge))
        if len(group) > _FEW and set(main) < set(group) and any(v.sentence.paragraph <= _LEAD and set(f.listed) | set(f.strong) >= set(group) for v, f in zip(views, found, strict=True)):
            main = ()  # title or lead name them all together
    base = main or group
    current: tuple[str, ...] = ()
    brief = False
    paragraph = -1
    for view, sides, size in zip(views, found, sizes, strict=True):
        plural = any(m.kind == "plural" for m in view.mentions)
        if brief and base and view.sentence.paragraph != paragraph:
            current = base  # a partner named in passing is left with his paragraph
        few = len(sides.strong) < 2 or (len(sides.strong) < size and set(sides.strong) <= set(group))
        said = _said(size, group, ranked, sides.strong, tuple(regions.values())) if few else ()
        if said:
            view.focus, view.focus_reason, lasts = said, "group-named", True
        elif hub and len(sides.strong) == 1 and sides.strong[0] != hub and not sides.region:
            view.focus, view.focus_reason, lasts = tuple(sorted((hub, sides.strong[0]))), "with-the-anchor", sides.strong[0] in group
        else:
            view.focus, view.focus_reason, lasts = _focus(sides, current, base, anchor, plural=plural, same=view.sentence.paragraph == paragraph)
        if view.focus and lasts and view.sentence.index > 0:
            current, brief = view.focus, view.focus_reason == "with-the-anchor" or (brief and view.focus_reason in ("inherited", "side-of-the-pair"))
        elif group and not main and not hub and view.sentence.paragraph != paragraph:
            current = group
        paragraph = view.sentence.paragraph
    return main, group


def _sizes(text: str, view: View, wording: Wording) -> int:
    """How many sides a sentence says there are: 'the three presidents', 'trilateral', 'all six countries'; 0 when it doesn't say."""
    if not any(w.low in wording.group_sizes or w.low in wording.counts for w in words_of(text, wording.possessive).within(view.sentence.start, view.sentence.end)):
        return 0
    words = wording.pieces(view.text)
    for i, word in enumerate(words):
        if word in wording.group_sizes:
            return wording.group_sizes[word]
        if word in wording.counts and (any(w in wording.counted for w in words[i + 1 : i + 4]) or (i and words[i - 1] in wording.articles and (i + 1 == len(words) or not words[i + 1].isalpha()))):
            return wording.counts[word]
    return 0


def _said(size: int, group: tuple[str, ...], ranked: Sequence[str], strong: Sequence[str], regions: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The group that a number of sides means: the article's own, a region of so many states most of which it names, else its foremost three."""
    if size < 3:
        return ()
    if len(group) in (size, size + 1):
        return group
    region = next((r for r in regions if len(r) == size and sum(s in r for s in ranked) > 2), ())
    if region:
        return tuple(sorted({*region, *strong}))
    return tuple(sorted(ranked[:3])) if size == 3 and len(ranked) >= 3 else ()


def _clubs(views: Sequence[View], knowledge: Knowledge) -> list[frozenset[str]]:
    """The members and observers of each organisation that the article names."""
    found = {p.id for v in views for p in v.parties if p.kind == "organisation" and p.id}
    entities = [knowledge.reference.entities.get(EntityId(i)) for i in sorted(found)]
    return [frozenset(knowledge.reference.name(m.actor) for m in e.memberships) for e in entities if isinstance(e, Organisation) and e.memberships and e.kind in _CLUBS]


def _several(found: Sequence[_Sides], ranked: Sequence[str], counts: Counter[str], lead: Sequence[str], sizes: Sequence[int], main: tuple[str, ...],
             clubs: Sequence[frozenset[str]]) -> tuple[tuple[str, ...], str | None]:  # fmt: skip
    """The three or more states that an article without a region is about, and who meets them: those of a list as long as the text says, or all of the lead."""
    said = {n for n in sizes if n > 2}
    lists = sorted((f for f in found if len(f.listed) > 2), key=lambda f: -len(f.listed))
    for sides in lists:
        listed = set(sides.listed)
        others = [s for s in sides.strong if s not in listed]
        hub = others[0] if len(others) == 1 and others[0] == ranked[0] else None
        if {len(listed), len(listed) + 1} & said or (not main and ranked[0] in listed) or (hub and not main):
            member = ranked[0] if any(listed | {ranked[0]} <= club for club in clubs) else None  # the host of a club, named apart from his guests
            return tuple(sorted(listed | ({hub} if hub else set()) | ({member} if member else set()))), hub
    first = next((n for n in sizes if n > 2), 0)
    if first > 2 and len(ranked) >= first and counts[ranked[first - 1]] > (counts[ranked[first]] if len(ranked) > first else 0):
        return tuple(sorted(ranked[:first])), None
    if len(ranked) > 2 and counts[ranked[2]] * 2 >= counts[ranked[1]] and all(s in lead for s in ranked[:3]) and (len(ranked) < 4 or counts[ranked[3]] * 2 <= counts[ranked[2]]):
        return tuple(sorted(ranked[:3])), None
    return (), None


def _focus(sides: _Sides, current: tuple[str, ...], main: tuple[str, ...], anchor: str | None, *, plural: bool, same: bool) -> tuple[tuple[str, ...], str, bool]:
    """Return (focus, reason, whether it holds for the sentences after) of one sentence."""
    here = tuple(dict.fromkeys((*sides.strong, *sides.weak)))
    if len(sides.listed) > 2:
        others = [s for s in sides.strong if s not in sides.listed]
        return tuple(sorted({*sides.listed, *(others if len(others) == 1 else ())})), "group-named", True
    if sides.region and len(sides.strong) <= 1 and not set(sides.strong) & set(sides.region):
        return tuple(sorted({*sides.region, *sides.strong})), "group-named", bool(sides.strong)
    if len(sides.strong) == 2:
        return tuple(sorted(sides.strong)), "both-named", True
    if len(sides.strong) > 2:
        for pair in (current, main):
            if len(pair) == 2 and set(pair) <= set(sides.strong[:3]):
                return pair, "both-named", True
        return tuple(sorted(sides.strong)), "group-named", True
    if len(here) == 2 and (set(here) == set(main) or not main or not current):
        return tuple(sorted(here)), "both-named", True
    if len(here) >= 2 and len(sides.strong) == 1 and len(main) == 2 and sides.strong[0] not in main:
        return tuple(sorted(here[:2])), "both-named", False
    for side in (*sides.strong, *(sides.weak if not sides.strong else ())):
        if side in current and len(current) == 2:
            return current, "side-of-the-pair", True
        if side in main:
            return main, "side-of-the-main-pair", True
    if sides.strong and anchor and sides.strong[0] != anchor:
        return tuple(sorted((anchor, sides.strong[0]))), "with-the-anchor", True
    if len(here) == 2:
        return tuple(sorted(here)), "both-named", False
    if current and (plural or same):
        return current, "inherited", True
    if 2 <= len(current) <= _GROUP:
        return current, "inherited-across", True
    return (main, "main-pair", True) if main else ((), "", False)


def _group(views: Sequence[View], found: Sequence[_Sides], ranked: Sequence[str], counts: Counter[str]) -> tuple[tuple[str, ...], str | None]:
    """The group that an article is about, and the side outside it that meets it: a region, or the states that title or lead list together."""
    for view, sides in zip(views, found, strict=True):
        if view.sentence.paragraph > _LEAD:
            break
        if sides.region and not _pairs_up(ranked, counts, sides.region):
            hub = next((s for s in ranked[:3] if s not in sides.region), None)
            hub = hub if hub and counts[hub] * 2 >= max(counts[m] for m in ranked[:1]) else None
            return tuple(sorted({*sides.region, *((hub,) if hub else ())})), hub
        if len(sides.listed) > 2:
            outside = [s for s in ranked if s not in sides.listed]
            if all(counts[m] >= counts[o] for o in outside[:1] for m in sides.listed[1:]):
                return tuple(sorted(sides.listed)), None
    return (), None


def _pairs_up(ranked: Sequence[str], counts: Counter[str], region: tuple[str, ...]) -> bool:
    """Whether an article that names a region is still about two sides: one of its states leads by far, with one partner."""
    if sum(s in region for s in ranked) > _FEW:
        return False
    if len(ranked) < 2 or ranked[0] not in region:
        return bool(len(ranked) > 1 and counts[ranked[1]] * 2 >= counts[ranked[0]] and ranked[1] in region and (len(ranked) < 3 or counts[ranked[2]] * 3 < counts[ranked[1]]))
    return len(ranked) < 3 or counts[ranked[2]] * 2 < counts[ranked[1]]


def _partners(views: Sequence[View], knowledge: Knowledge) -> frozenset[str]:
    """The organisations that the article treats as a side: named twice or in the title and lead, where those name at most one state."""
    counts: Counter[str] = Counter()
    states: set[str] = set()
    for view in views:
        for party in view.parties:
            if party.kind == "organisation" and party.id:
                entity = knowledge.reference.entities.get(EntityId(party.id))
                if isinstance(entity, Organisation) and entity.kind in _PARTNERS:
                    counts[party.name] += 2 if view.sentence.paragraph <= _LEAD else 1
            elif view.sentence.paragraph <= _LEAD and party.state and party.kind != "organisation":
                states.add(party.state)
    return frozenset(n for n, k in counts.items() if k >= 2) if len(states) <= 1 else frozenset()


def _sides(text: str, view: View, regions: Mapping[str, tuple[str, ...]], partners: frozenset[str], agents: Mapping[str, str | None], wording: Wording) -> _Sides:
    """What a sentence names, directly or by persons, in text order."""
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    region: tuple[str, ...] = ()
    members: list[tuple[Party, str]] = []
    for party in view.parties:
        if party.kind == "person" and agents.get(party.name):
            strong[str(agents[party.name])] = None
            members.append((party, str(agents[party.name])))
        elif party.kind == "person" and party.state:
            strong[party.state] = None
            members.append((party, party.state))
        elif party.kind == "organisation" and party.name in partners:
            strong[party.name] = None
            members.append((party, party.name))
        elif party.kind == "state" and party.name in regions:
            region = region or (regions[party.name] if party.form in ("name", "adjective", "side", "office") and not _within(text, party, wording) else ())
        elif party.kind == "state":
            only_place = (party.form == "name" and _within(text, party, wording)) or _beside_border(text, party, wording)
            (weak if only_place else strong)[party.name] = None
            members.append((party, party.name))
    return _Sides(strong=tuple(strong), weak=tuple(n for n in weak if n not in strong), listed=_listed(text, view, members, wording), region=region)


def _within(text: str, party: Party, wording: Wording) -> bool:
    """Whether a state is named only as where something is: 'in Turkey', 'Istanbul, Turkey'."""
    before = wording.pieces(text[max(0, party.start - 30) : party.start])
    while before and before[-1] in wording.place_links and before[-1] not in wording.inside:
        before.pop()
    if before and before[-1] in wording.inside:
        return True
    comma = text[max(0, party.start - 2) : party.start] == ", "
    return comma and _in_city(text, party, wording)


def _beside_border(text: str, party: Party, wording: Wording) -> bool:
    """'the Afghan frontier', 'its border with Afghanistan': only where something is."""
    if party.form == "adjective" and (after := wording.pieces(text[party.end : party.end + 20])) and after[0] in wording.borders:
        return True
    before = wording.pieces(text[max(0, party.start - 20) : party.start])[-2:]
    return len(before) == 2 and before[0] in wording.borders


def _in_city(text: str, party: Party, wording: Wording) -> bool:
    """'in Istanbul, Turkey': a word and the state after a preposition of place."""
    before = wording.pieces(text[max(0, party.start - 40) : party.start])
    return len(before) >= 3 and before[-1] == "," and (before[-3] in wording.inside or (len(before) >= 4 and before[-4] in wording.inside))


def _listed(text: str, view: View, members: Sequence[tuple[Party, str]], wording: Wording) -> tuple[str, ...]:
    """The longest list in which states or persons of states stand one after the other ('A, B and C', 'X of A, the presidents of B and C')."""
    offices = view.of_kind("office")
    best: list[str] = []
    run: list[str] = []
    end = -1
    for party, name in members:
        gap = _gap(text, end, party.first, offices, wording) if 0 <= party.first - end < _LIST_GAP else ["."]
        small = all(p == "," or p in wording.coordinators or p in wording.articles or p in wording.genitive or p in wording.ranks or p in wording.adjectives or p == OWNS for p in gap)
        if run and name == run[-1] and party.first - end < 24 and "," not in gap and "." not in gap:
            pass  # 'X of A', 'A's X', 'the Belarusian ruler X'
        elif run and (party.first < end or (small and any(p == "," or p in wording.conjunctions for p in gap))):
            if name not in run:
                run.append(name)
        else:
            run = [name]
        best = list(run) if len(run) > len(best) else best
        end = max(end, party.last) if run != [name] or end < 0 else party.last
    return tuple(best)


def _gap(text: str, start: int, end: int, offices: Sequence[Mention], wording: Wording) -> list[str]:
    """The words and marks between two members of a list, without the offices among them."""
    gap = text[start:end]
    for office in within(offices, start, end):
        gap = gap[: office.start - start] + " " * (office.end - office.start) + gap[office.end - start :]
    return wording.pieces(gap)
