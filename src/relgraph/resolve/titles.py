"""Join the offices of a sentence to who holds them and to the state or organisation they belong to.

In: the offices, persons and actors (states, organisations) of one sentence. Out: a `Joined` for each office.
Offices of one person form a chain ('deputy prime minister and foreign minister'): they share the name, and the state that one of them names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.resolve.order import following, preceding, within
from relgraph.resolve.parties import Party
from relgraph.resolve.wording import OWNS, Wording

_COMMAS = frozenset({",", "-", "("})
_LONGEST_GAP = 48
_BRACKETS = re.compile(r"\s\([^()\n]{2,60}\)(?=,?\s)")
ENVOYS = frozenset({"ambassador", "charge", "permanent-representative", "special-representative", "special-envoy", "consul-general", "resident-representative", "trade-representative"})
"""Offices that name a posting beside what they belong to."""


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """One office with its holder and what it is of.

    Attributes:
        office: The mention; `form` plural or former as recognised.
        person: The holder, when named beside it.
        of: The state or organisation, when named beside it.
        start: Where the whole title begins, the state before it included.
        end: Where it ends, the state after it included.
        possessive: 'its', 'his', 'their' before the title, when no state stands beside it.
        posted: The state an envoy is posted to.
    """

    office: Mention
    person: Party | None
    of: Party | None
    start: int
    end: int
    possessive: str = ""
    posted: Party | None = None
    open: bool = False
    """Whether it is of something that nobody knows ('head of the Institute')."""


class _One:
    """An office while it is being joined."""

    def __init__(self, office: Mention) -> None:
        self.office, self.start, self.end = office, office.start, office.end
        self.before: Party | None = None
        self.after: Party | None = None
        self.posted: Party | None = None
        self.possessive = ""
        self.open = False


def join(text: str, offices: Sequence[Mention], persons: Sequence[Party], actors: Sequence[Party], seats: Sequence[Party], wording: Wording) -> tuple[list[Joined], set[int]]:
    """Return the joined offices of a sentence in text order, and where the actors begin that are used up by titles.

    Args:
        text: The whole article.
        offices: By position.
        persons: By position.
        actors: States and organisations, by position.
        seats: Capitals that are only places here, as their states: 'deputy premier in Moscow'.
        wording: The language's small words.
    """
    singles = [_beside(text, o, actors, seats, wording) for o in offices]
    for one in singles:
        owner = preceding(persons, one.office.start)
        if one.before is None and one.after is None and owner is not None and wording.pieces(text[owner.end : one.office.start])[:1] == [OWNS] and all(p == OWNS or p in wording.adjectives for p in wording.pieces(text[owner.end : one.office.start])):
            one.possessive = "name"
    taken: set[int] = set()
    used: set[int] = set()
    joined: list[Joined] = []
    for chain in _chains(text, singles, persons, wording):
        person = _holder(text, chain, persons, taken, wording)
        shared = next((b for one in chain if (b := one.before or (one.after if one.office.key in wording.verbs else None)) is not None), None)
        tail = chain[-1].after
        late = state_beside(text, person, actors, wording) if person is not None else None
        if person is not None:
            taken.add(person.start)
        possessive = chain[0].possessive
        if len(chain) > 1 and chain[0].office.key in wording.verbs and wording.pieces(text[chain[0].end : chain[1].start])[:1] == list(wording.capacity):
            chain = chain[1:]  # 'who runs the embassy as charge d'affaires'
        for one in chain:
            of = one.before or one.after or shared
            if one.after is not None and one.before is not None and (one.office.form == "plural" or one.after.kind == "organisation"):
                of = one.after
            if of is None and tail is not None and tail.kind == "state":
                of = tail
            if of is None:
                of = late
            if of is not None:
                used.add(of.start)
            if one.posted is not None and person is not None and one.posted.end <= one.end:
                used.add(one.posted.start)  # where he is posted takes no part himself
            first = min(one.start, chain[0].start) if person is not None else one.start
            last = max(one.end, chain[-1].end) if person is not None else one.end
            if of is late and late is not None:
                last = max(last, late.end)
            joined.append(Joined(office=one.office, person=person, of=of, start=first, end=last, possessive=possessive if of is None else "", posted=one.posted,
                                 open=one.open and of is None))  # fmt: skip
    joined.sort(key=lambda j: (j.office.start, j.office.end))
    return joined, used


def _beside(text: str, office: Mention, actors: Sequence[Party], seats: Sequence[Party], wording: Wording) -> _One:
    """Find the state before an office, after it or inside it."""
    one = _One(office)
    before = preceding(actors, office.start)
    if before is not None and office.start - before.end < _LONGEST_GAP:
        gap = wording.pieces(text[before.end : office.start])
        if all(p == OWNS or p in wording.adjectives for p in gap):
            one.before, one.start = before, before.start
    if one.before is None:
        lead = text[max(0, office.start - 24) : office.start]
        words = wording.pieces(lead)
        while words and words[-1] in wording.adjectives and words[-1] not in wording.possessives:
            words.pop()
        if words and words[-1] in wording.possessives:
            one.possessive = wording.possessives[words[-1]]
        elif any(" ".join(words[-3:-1]) + e in wording.possessives for e in wording.possessive) or " ".join(words[-2:]) in wording.possessives:
            one.possessive = "state"
    after = following(actors, office.end)
    firm = following(actors, after.end) if after is not None and after.form == "adjective" and office.key in wording.generic else None
    if after is not None and firm is not None and firm.kind == "organisation" and firm.start - after.end < 32 and all(p.isalpha() for p in wording.pieces(text[after.end : firm.start])) and text[after.end : firm.start].islower():
        after = firm  # 'deputy director of the Tajik energy company X'
    if after is not None and after.start - office.end < _LONGEST_GAP:
        gap = wording.pieces(text[office.end : after.start])
        envoy = office.key in ENVOYS
        if gap and gap[0] in wording.of and all(p in wording.articles or _describes(p, after, text) for p in gap[1:]):
            if not (envoy and gap[0] not in wording.genitive):
                one.after, one.end = after, after.end
            else:
                one.posted = after
        elif gap and gap[0] in wording.under and gap[-1] in wording.genitive and len(gap) < 9 and after.kind == "state":
            one.after, one.end = after, after.end  # 'director of the Agency for Water under the Cabinet of Ministers of A'
        elif office.key in wording.verbs and all(p in wording.articles or _describes(p, after, text) for p in gap):
            one.after, one.end = after, after.end
        elif gap and envoy and gap[0] in wording.posted and all(p in wording.articles for p in gap[1:]) and after.kind in ("state", "organisation"):
            one.posted = after
    if one.after is not None and one.after.form == "adjective" and one.end == one.after.end:
        noun = re.match(r"\s(\w+)", text[one.end : one.end + 24])
        if noun is not None and noun[1] in wording.sides:
            one.end += noun.end()  # 'the speaker of the Turkmen parliament, X'
    if office.key in ENVOYS:
        _post(text, one, actors, seats, wording)
    if one.before is None and one.after is None:
        inside = next((a for a in within(actors, office.start + 1, office.end) if a.end <= office.end), None)  # 'head of Tajikistan's State Committee'
        if inside is None and office.key in wording.of_places:
            inside = next((a for a in within(seats, office.start, office.end) if a.end <= office.end), None)  # 'governor of Batken'
        if inside is not None:
            one.before = inside
    gap = wording.pieces(text[office.end : office.end + 24])
    if one.before is None and one.after is None:
        seat = next((s for s in within(seats, office.end + 1, office.end + 12) if s.reason == "seat"), None)
        if seat is not None and office.key not in ENVOYS and not (office.key in wording.generic and office.value == office.text.lower()) and all(g in wording.posted for g in wording.pieces(text[office.end : seat.start])):
            one.after, one.end = seat, seat.end
    one.open = bool(gap) and gap[0] in wording.of and one.after is None and office.key in wording.generic
    return one


def _post(text: str, one: _One, actors: Sequence[Party], seats: Sequence[Party], wording: Wording) -> None:
    """Take in where an envoy is posted, so that the name after it is his: 'ambassador of A to B X', 'A's envoy in Astana, X', 'ambassador to the country X'."""
    for post in (following(actors, one.end), *(s for s in within(seats, one.end + 1, one.end + 12)[:1] if s.reason == "seat")):
        if post is not None and post.start - one.end < _LONGEST_GAP:
            gap = wording.pieces(text[one.end : post.start])
            if gap and gap[0] in wording.posted and all(p in wording.articles for p in gap[1:]):
                one.end = post.end
                if one.posted is None:
                    one.posted = post
                return
    gap = wording.pieces(text[one.end : one.end + 24])
    if len(gap) > 2 and gap[0] in wording.posted and gap[1] in wording.articles and gap[2] in wording.countries:
        one.end = text.index(gap[2], one.end) + len(gap[2]) if gap[2] in text[one.end : one.end + 24] else one.end


def _aside(text: str, end: int) -> int:
    """Return where what stands in brackets right after a title ends: '(SCNS)', '(with a residence in Astana)'; else the title's own end."""
    found = _BRACKETS.match(text, end)
    return found.end() if found is not None else end


def _describes(piece: str, actor: Party, text: str) -> bool:
    """Whether a word may stand before an organisation's name in a title: 'head of the state company X'; none before a state."""
    return actor.kind == "organisation" and piece.isalpha() and text[actor.start : actor.start + 1].isupper()


def _chains(text: str, singles: Sequence[_One], persons: Sequence[Party], wording: Wording) -> list[list[_One]]:
    chains: list[list[_One]] = []
    for one in singles:
        last = chains[-1][-1] if chains else None
        if last is not None and one.office.start < last.end and last.after is None:
            continue  # inside the office before
        if last is not None and one.office.form != "plural" and last.office.form != "plural" and _joins(text, last, one, wording):
            chains[-1].append(one)
        else:
            chains.append([one])
    return chains


def _joins(text: str, last: _One, one: _One, wording: Wording) -> bool:
    """Whether two offices belong to one person: only 'and', commas and articles stand between them."""
    if not last.end <= one.start or one.start - last.end > 24:
        return False
    gap = wording.pieces(text[last.end : one.start])
    if not gap or not any(p in wording.joints for p in gap):
        return False
    if any(p not in wording.joints and p != "," and p not in wording.articles and p not in wording.possessives and p not in wording.adjectives and p not in wording.links for p in gap):
        return False
    if any(p in wording.links for p in gap):
        return True  # 'the finance minister who is also first deputy premier'
    article = any(p in wording.articles for p in gap)
    capital = text[last.office.start].isupper(), text[one.office.start].isupper()
    if one.before is not None and one.before is not last.before:
        return False  # 'the Kazakh minister and Uzbekistan's ambassador' are two
    return (not article and capital[0] == capital[1]) or (article and "," not in gap and not wording.also.isdisjoint(gap))


def _holder(text: str, chain: Sequence[_One], persons: Sequence[Party], taken: set[int], wording: Wording) -> Party | None:
    """Return the person who holds the offices of a chain, named after it or before it."""
    start, end = chain[0].start, max(one.end for one in chain)
    if chain[0].office.form == "plural":
        return None
    end = _aside(text, end)
    follow = following(persons, end)
    behind: list[str] | None = None
    if follow is not None and follow.start not in taken and follow.start - end < _LONGEST_GAP + 12:
        behind = wording.pieces(text[end : follow.start])
        if not all(p in wording.ranks or p in (",", ".", '"') for p in behind) and not _purpose(text[end : follow.start], behind, wording):
            behind = None
    previous = preceding(persons, start)
    ahead: list[str] | None = None
    if previous is not None and previous.start not in taken and start - previous.end < _LONGEST_GAP:
        ahead = wording.pieces(text[previous.end : start])
        marked = bool(ahead) and (ahead[0] in _COMMAS or any(p in wording.links for p in ahead))
        if not marked or not all(p in _COMMAS or p in wording.appositive or p in wording.adjectives or p in wording.ranks for p in ahead) or (ahead[-1:] == [","] and len(ahead) == 1 and text[chain[0].office.start].isupper() and behind == []) or (ahead and ahead[0] == "," and len(ahead) > 1 and ahead[1] in wording.conjunctions):
            ahead = None
    if follow is not None and behind is not None and (ahead is None or "," not in behind):
        return follow
    if previous is not None and ahead is not None:
        return previous
    return None


def _purpose(gap: str, said: Sequence[str], wording: Wording) -> bool:
    """Whether what stands between a title and a name tells what it is for: 'Deputy Foreign Minister for Economic Diplomacy X'."""
    if len(said) < 2 or said[0] not in wording.of or said[0] in wording.genitive or said[-1] in wording.joints:
        return False
    return all(p in wording.joints or p in wording.articles or word[:1].isupper() for word, p in zip(gap.split()[1:], said[1:], strict=False) if p.isalpha()) and "," not in said


def state_beside(text: str, person: Party, actors: Sequence[Party], wording: Wording) -> Party | None:
    """The state right after a name: 'Minister X of Turkmenistan', 'X (Turkmenistan)'."""
    after = following(actors, person.end)
    if after is None or after.start - person.end > 12 or after.form not in ("name", "metonym"):
        return None
    gap = wording.pieces(text[person.end : after.start])
    return after if gap == ["("] or (gap and gap[0] in wording.genitive and all(p in wording.articles for p in gap[1:])) else None
