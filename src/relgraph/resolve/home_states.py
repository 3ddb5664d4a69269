"""Whose an official is where his title names no state: by the sentence, the side left over, the place the text reports from, the ending of his name."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.model import Article, EntityId
from relgraph.recognise.fold import fold
from relgraph.resolve.holders import Scene
from relgraph.resolve.order import within
from relgraph.resolve.parties import Party, Title
from relgraph.resolve.people import Everybody
from relgraph.resolve.wording import Wording

_PUBLISHER = re.compile(r"[\w.-]+")
_GUESSED = frozenset({"publisher", "dateline", "state-of-the-article", "beside-a-holder"})
"""Ways to find a state that no word of the sentence says."""
_MOVING = ("travel", "presence")
_NEXT, _GOAL = 40, 14
"""Characters between a title and the verb of motion behind it, and between that and its goal."""


def place_titles(article: Article, scenes: Sequence[Scene], people: Everybody, knowledge: Knowledge, date: str | None, wording: Wording) -> None:
    """Find the state of each title that names none: by its holder, the sentence, or the country that the publisher reports from."""
    ids, countries = knowledge.reference.state_ids, knowledge.reference.country_names
    said = ([*(people.state_of(p.name, date) or p.name for p in s.persons), *(a.name for a in s.actors if a.kind == "state")] for s in scenes)
    counts = Counter(side for sides_of in said for side in dict.fromkeys(sides_of))  # in text order, so that ties fall the same way in every run
    sides = [n for n, _ in counts.most_common() if n in countries]
    found_homes = ((_home(article, knowledge, wording), "publisher"), (_dateline(article, knowledge), "dateline"))
    homes = [(state if state in sides else None, reason) for state, reason in found_homes]
    if sides:
        homes.append((sides[0], "state-of-the-article"))
    starts = [s.view.sentence.start for s in scenes]
    lexicon = knowledge.lexicon(article.language)
    moving = frozenset(e.id for e in lexicon.section("events") if e.fields.get("frame") in _MOVING) if lexicon is not None else frozenset()
    _share_out(people, date, sides, ids)
    for i, title in enumerate(people.titles):
        if title.of is not None or title.person in people.stateless:
            continue
        state = people.state_of(title.person, date)
        reason, confidence = "state-of-the-holder", 0.85
        if state is None:
            scene = scenes[bisect_right(starts, title.start) - 1] if scenes else None
            found = _sent_from(scene, title, sides, homes, wording) if scene is not None else None
            found = found or (_from_sentence(scene, title, people, date, homes, wording, article.text, sides[:2], ids, moving) if scene is not None else None)
            if found is None:
                continue
            state, reason, confidence = found
            if reason in _GUESSED:
                state = _by_name(title.person, state, sides[:2], ids, wording) or state
        of_id = ids.get(state)
        people.titles[i] = msgspec.structs.replace(title, of=state, of_id=of_id, reason=reason, confidence=confidence)
        people.states.setdefault(title.person, state)


def _share_out(people: Everybody, date: str | None, sides: Sequence[str], ids: Mapping[str, str]) -> None:
    """Of two or three who hold one office that is said once ('the defence ministers, X and Y'), the one whose state nobody says is of the side left over."""
    together: dict[int, list[int]] = {}
    for i, title in enumerate(people.titles):
        if title.reason == "title-said-once":
            together.setdefault(title.start, []).append(i)
    for places in (t for t in together.values() if len(t) in (2, 3)):
        titles = [people.titles[i] for i in places]
        known = [people.state_of(t.person, date) or t.of for t in titles]
        pool = sides[: len(titles)]
        left = [s for s in pool if s not in known]
        if known.count(None) != 1 or len(left) != 1 or len(pool) < len(titles):
            continue
        stranger, state = titles[known.index(None)], left[0]
        people.titles[places[known.index(None)]] = msgspec.structs.replace(stranger, of=state, of_id=ids.get(state), reason="other-of-two", confidence=0.8)
        people.states.setdefault(stranger.person, state)


def _by_name(person: str, state: str, pair: Sequence[str], ids: Mapping[str, str], wording: Wording) -> str | None:
    """Of the two sides of an article, the one that a person's name is from, where a guess says the one or the other."""
    if state not in pair or len(pair) < 2:
        return None
    kin = _kin(person, pair, ids, wording)
    if kin is None and not any(_ends(person, s, ids, wording) for s in pair):
        always = [str(ids.get(s)).partition(":")[2] in wording.always_ending for s in pair]
        return pair[always.index(False)] if always[0] != always[1] else None
    return kin


def _kin(person: str, pair: Sequence[str], ids: Mapping[str, str], wording: Wording) -> str | None:
    """Of two sides, the one whose names end like a person's, where only one's do."""
    ends = [s for s in pair if _ends(person, s, ids, wording)]
    return ends[0] if len(pair) == 2 and len(ends) == 1 else None


def _ends(person: str, state: str, ids: Mapping[str, str], wording: Wording) -> bool:
    last = fold(person).replace("-", " ").split()[-1]
    return last.endswith(wording.name_endings.get(str(ids.get(state)).partition(":")[2], ()))


def _sent_from(scene: Scene, title: Title, sides: Sequence[str], homes: Sequence[tuple[str | None, str]], wording: Wording) -> tuple[str, str, float] | None:
    """An envoy for whom no state is said is the other's of the two sides that an article is about, seen from where he is received."""
    if title.office not in wording.envoy_offices or len(sides) < 2:
        return None
    seats = list(dict.fromkeys(p.state for p in scene.view.places if p.reason == "capital" and p.state in sides[:2]))
    host = seats[0] if len(seats) == 1 else next((state for state, _ in homes[:2] if state in sides[:2]), None)
    named = list(dict.fromkeys(a.name for a in scene.actors if a.kind == "state" and a.name != host))
    other = named if len(named) == 1 else [s for s in sides[:2] if s != host]
    return (other[0], "envoy-of-the-other", 0.72) if host is not None and len(other) == 1 else None


def _from_sentence(scene: Scene, title: Title, people: Everybody, date: str | None, homes: Sequence[tuple[str | None, str]], wording: Wording, text: str,
                   pair: Sequence[str], ids: Mapping[str, str], moving: frozenset[str]) -> tuple[str, str, float] | None:  # fmt: skip
    """Return (state, reason, confidence) for a title without a state; never the state of the person whose counterpart the holder is."""
    borrowed = {*people.borrowed.get(scene.view.sentence.index, ()), people.not_of.get(title.person), *_where_to(scene, title, moving)}
    sides = list(dict.fromkeys(p.name for p in scene.view.parties if p.kind == "state" and p.form == "side" and p.name not in borrowed))
    others = {people.state_of(p.name, date) for p in scene.persons if p.name != title.person} - {None}
    others |= {j.of.name for j in scene.joined if j.of is not None and j.of.kind == "state" and (j.person is None or j.person.name != title.person)}
    named = [n for n in dict.fromkeys(a.name for a in scene.actors if a.kind == "state") if n not in borrowed]
    listed = _listed_before(scene, title, people, date, text, wording)
    if listed is not None:
        return listed, "side-in-the-sentence", 0.75
    from_there = [p.state for p in scene.view.places if p.reason == "capital" and p.state and _delegation(text, p, scene, wording)]
    if len(from_there) == 1 and from_there[0]:
        return from_there[0], "delegation-from", 0.75
    if title.office in wording.bare and (title.office not in wording.stately or any(a.kind == "organisation" for a in scene.actors)):
        return None  # a chairman or director of nothing that is known: it may be a company's
    if len(sides) == 1:
        return sides[0], "side-in-the-sentence", 0.75
    for state, reason in homes:
        if reason == "publisher" and others:
            continue  # beside foreigners even an agency says whose officials its own are, or they are foreign, too
        if state is not None and state not in borrowed and state not in others and (not named or state in named):
            return state, reason, 0.7
    for state, reason in homes:
        if state is not None and state not in borrowed and state not in others:
            return state, reason, 0.64
    left = [s for s in pair if s not in borrowed and s not in others]
    if len(pair) == 2 and len(left) == 1:
        return left[0], "beside-a-holder", 0.62
    if title.office not in wording.bare and (kin := _kin(title.person, pair, ids, wording)) is not None:
        return kin, "name-ending", 0.64
    if len(others) == 1 and not named and not borrowed & others:
        return str(next(iter(others))), "beside-a-holder", 0.62
    return None


def _where_to(scene: Scene, title: Title, moving: frozenset[str]) -> set[str]:
    """The state to which somebody is said to have come, or where he is found abroad: he isn't of it ('Vice Premier X had been in Astana')."""
    trip = next((m for m in scene.view.of_kind("event") if m.key in moving and m.start >= title.end and m.start - title.end < _NEXT), None)
    return {str(p.state) for p in scene.view.places if trip is not None and p.state and p.reason == "capital" and 0 <= p.start - trip.end < _GOAL}


def _listed_before(scene: Scene, title: Title, people: Everybody, date: str | None, text: str, wording: Wording) -> str | None:
    """The state of the person before, in a list of officials of three or more: 'the Kazakh prime minister X, finance minister Y and ...'."""
    before = next((p for p in reversed(scene.persons) if max(p.end, p.tail) <= title.start and p.name != title.person), None)
    if before is None or wording.pieces(text[max(before.end, before.tail) : title.start]) not in ([","], [",", *wording.articles]):
        return None
    later = any(p.start > title.end and any(w in wording.conjunctions for w in wording.pieces(text[title.end : p.start])[:2]) for p in within(scene.persons, title.end, title.end + 90)[:2])
    return people.state_of(before.name, date) if later and title.office not in wording.bare else None


def _delegation(text: str, place: Party, scene: Scene, wording: Wording) -> bool:
    """'the delegation from Minsk'."""
    before = wording.pieces(text[max(scene.view.sentence.start, place.start - 30) : place.start])
    return len(before) >= 2 and before[-1] in wording.locative and before[-2] in wording.sides


def _home(article: Article, knowledge: Knowledge, wording: Wording) -> str | None:
    """The state whose own press the article comes from, by the publisher's name; its officials are named without their state."""
    slug = _slug_of(article.publisher, wording) if article.publisher else None
    entity = knowledge.reference.entities.get(EntityId(f"state:{slug}")) if slug else None
    return entity.name if entity is not None else None


@functools.lru_cache(maxsize=1024)
def _slug_of(publisher: str, wording: Wording) -> str | None:
    """The state whose press a publisher is, by the lexicon."""
    words = f" {' '.join(_PUBLISHER.findall(publisher.casefold()))} "
    return next((slug for slug, names in wording.publishers.items() if any(f" {n} " in words or (n.startswith(".") and f"{n} " in words) for n in names)), None)


def _dateline(article: Article, knowledge: Knowledge) -> str | None:
    """The state whose capital the dateline names."""
    return knowledge.reference.by_capital.get(article.dateline_place) if article.dateline_place else None
