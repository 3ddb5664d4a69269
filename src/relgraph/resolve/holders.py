"""Give persons their titles: what stands beside the name, what is said once for several, counterparts, and the state where the title names none."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Person
from relgraph.model import Article, EntityId
from relgraph.recognise.fold import fold
from relgraph.recognise.mentions import Mention
from relgraph.resolve.order import preceding, within
from relgraph.resolve.parties import Party, Title, View
from relgraph.resolve.people import Everybody, reference_office
from relgraph.resolve.shared import runs, shared
from relgraph.resolve.titles import Joined, state_beside
from relgraph.resolve.wording import Wording, pieces

_PUBLISHER = re.compile(r"[\w.-]+")
_GUESSED = frozenset({"publisher", "dateline", "state-of-the-article", "beside-a-holder"})
"""Ways to find a state that no word of the sentence says."""
_FAR, _NEAR = 600, 44
"""Characters that an owner or a subject, and what stands beside a name, is sought over."""


class Scene(msgspec.Struct, kw_only=True):
    """What is known of one sentence while titles are given."""

    view: View
    actors: list[Party]
    persons: list[Party]
    joined: list[Joined]
    used: set[int]


def give_titles(text: str, scene: Scene, people: Everybody, knowledge: Knowledge, date: str | None, wording: Wording) -> list[Party]:
    """Record the titles of one sentence; return its persons with the span of their titles."""
    spans: dict[int, tuple[int, int, str]] = {}
    for one in scene.joined:
        if one.person is None:
            continue
        lead, tail, _ = spans.get(one.person.start, (one.person.start, one.person.end, ""))
        spans[one.person.start] = (min(lead, one.start), max(tail, one.end), str(one.office.value))
        _beside(one, scene, people, knowledge, date, wording)
    for holding in shared(text, scene.joined, scene.persons, scene.actors, wording):
        of = holding.of
        own = knowledge.reference.state_of(holding.person.id, date) if holding.person.id else None
        if own is not None and of is not None and of.kind == "state" and of.id != own:
            of = None  # the states are listed elsewhere: the reference knows whose he is
        scene.used.update({of.start} if of is not None else ())
        if of is not None:
            people.states.setdefault(holding.person.name, of.name)
        spans.setdefault(holding.person.start, (holding.person.start, holding.person.end, str(holding.office.value)))
        people.give(Title(person=holding.person.name, office=str(holding.office.value), of=of.name if of else None, of_id=of.id if of else None,
                                   start=holding.start, end=holding.end, reason="title-said-once", confidence=0.9))  # fmt: skip
    out = []
    for person in scene.persons:
        lead, tail, office = spans.get(person.start, (-1, -1, ""))
        out.append(msgspec.structs.replace(person, lead=lead, tail=tail, office=office or None))
    return out


def _beside(one: Joined, scene: Scene, people: Everybody, knowledge: Knowledge, date: str | None, wording: Wording) -> None:
    person, office, of = one.person, one.office, one.of
    if person is None:
        return
    reference = knowledge.reference
    said, of_name, of_id, confidence, reason = str(office.value), of.name if of else None, of.id if of else None, 0.95, "title-beside-name"
    if person.id:
        entity = reference.entities.get(EntityId(person.id))
        known = reference_office(entity if isinstance(entity, Person) else None, date)
        if known and of_name is None:
            of_id, of_name, reason = known[1], reference.name(known[1]), "title-with-known-tenure"
        if known and office.text.lower() in wording.leader_words and said == "president":
            said = known[0]
        if known and said in wording.vague and said in known[0].split():
            said = known[0]  # 'the minister' of a person whose field is known
        if of_name is None:
            state = reference.state_of(person.id, date)
            of_id, of_name, confidence = state, reference.name(state) if state else None, 0.8
    if of_name is None and one.possessive:
        owner = _owner(one, scene, people, date)
        if owner is not None:
            of_name, of_id, confidence, reason = owner.state or owner.name, owner.id if owner.kind != "person" else None, 0.8, "possessive"
    if of is not None and of.kind == "state":
        people.states.setdefault(person.name, of.name)
    if one.open and of_name is None:
        return
    if office.form != "former" and not (office.text.lower() in wording.leader_words and not person.id):
        people.give(Title(person=person.name, office=said, of=of_name, of_id=of_id, start=one.start, end=max(one.end, person.end), reason=reason, confidence=confidence))


def _owner(one: Joined, scene: Scene, people: Everybody, date: str | None) -> Party | None:
    """Whose 'its ambassador' or 'his foreign minister' is: the nearest state or person before it in the sentence."""
    if one.possessive == "whose":
        owner = preceding(scene.actors, one.start)
        return owner if owner is not None and one.start - owner.end < 16 else None
    if one.possessive in ("person", "name"):
        before = [p for p in within(scene.persons, one.start - _FAR, one.start) if p.end <= one.start and people.state_of(p.name, date)]
        return msgspec.structs.replace(before[-1], state=people.state_of(before[-1].name, date)) if before else None
    owners = [a for a in within(scene.actors, one.start - _FAR, one.start) if a.end <= one.start and a.kind in ("state", "organisation") and a.form in ("name", "metonym", "demonym")]
    return owners[-1] if owners else None


def counterparts(scenes: Sequence[Scene], people: Everybody, knowledge: Knowledge, text: str, date: str | None, wording: Wording) -> None:
    """'his Kazakh counterpart X' holds the office of the person before him; 'who holds the same post' that of the one named before."""
    last: Title | None = None
    for scene in scenes:
        view = scene.view
        for mention in view.of_kind("counterpart"):
            state = preceding(scene.actors, mention.start)
            state = state if state is not None and mention.start - state.end < 3 and state.form == "adjective" else None
            end = mention.end
            late = next((a for a in within(scene.actors, mention.end + 1, mention.end + 10) if a.kind == "state"), None) if state is None else None
            if late is not None and (gap := pieces(text[mention.end : late.start])) and (gap[0] in wording.of or gap[0] in wording.posted or gap[0] in wording.locative):
                state, end = late, late.end
            if state is not None:
                people.borrowed.setdefault(view.sentence.index, set()).add(state.name)
            follow = next((p for p in within(scene.persons, end, end + 40)[:1] if all(g in wording.ranks or g == "," for g in pieces(text[end : p.start]))), None)
            if follow is None:
                follow = _named_ahead(text, scene, mention if state is None or state.start > mention.start else state, wording)
            if follow is None:
                continue
            if state is not None:
                people.states.setdefault(follow.name, state.name)
            if follow.name in people.title_of and people.title_of[follow.name].reason != "counterpart":
                continue
            subject = _subject(scene, follow, state, people, last, wording)
            if subject is None:
                continue
            of, of_id, office = (state.name, state.id, subject.office) if state is not None else (people.states.get(follow.name), None, subject.office)
            entity = knowledge.reference.entities.get(EntityId(follow.id)) if follow.id else None
            known = reference_office(entity if isinstance(entity, Person) else None, date)
            if known is not None:
                office, of_id, of = known[0], known[1], knowledge.reference.name(known[1])
            elif subject.of is not None:
                people.not_of[follow.name] = subject.of
                office = office if office not in wording.local_titles else str(knowledge.reference.function_of(office) or office)
            people.give(Title(person=follow.name, office=office, of=of, of_id=of_id, start=min(mention.start, follow.start), end=follow.end, reason="counterpart", confidence=0.85))
        _same_post(scene, people, text, wording)
        last = next((people.title_of[p.name] for p in scene.persons if p.name in people.title_of), last)


def _named_ahead(text: str, scene: Scene, mention: Mention | Party, wording: Wording) -> Party | None:
    """The person of 'X, his Kazakh counterpart'."""
    person = preceding(scene.persons, mention.start)
    gap = pieces(text[person.end : mention.start]) if person is not None and mention.start - person.end < 20 else []
    return person if len(gap) > 1 and gap[0] == "," and gap[1] in wording.possessives and all(g in wording.adjectives for g in gap[2:]) else None


def _subject(scene: Scene, follow: Party, state: Party | None, people: Everybody, last: Title | None, wording: Wording) -> Title | None:
    """The title of the person whose counterpart is meant, never of the counterpart's own state: the sentence's subject, else the nearest before."""
    base = scene.view.sentence.start
    pronoun = any(m.kind == "pronoun" and m.text.lower() in wording.subjects for m in within(scene.view.mentions, base, base + 60))
    before = [p for p in [*scene.persons[:1], *within(scene.persons, follow.start - _FAR, follow.start)] if p.end <= follow.start and p.name != follow.name]
    candidates = [] if pronoun and last is not None and (not before or before[0].start - scene.view.sentence.start > 12) else before
    for person in [*candidates[:1], *reversed(candidates[1:])]:
        title = people.title_of.get(person.name)
        if title is not None and not (state is not None and title.of == state.name):
            return title
    for one in scene.joined[:8]:
        if one.person is None and one.of is not None and one.office.form == "" and one.end <= follow.start and not (state is not None and one.of.name == state.name):
            return Title(person="", office=str(one.office.value), of=one.of.name, of_id=one.of.id, start=one.start, end=one.end, reason="unnamed", confidence=0.7)
    return last if last is not None and last.person != follow.name and not (state is not None and last.of == state.name) else None


def _same_post(scene: Scene, people: Everybody, text: str, wording: Wording) -> None:
    """'X, who holds the same post in A'."""
    view = scene.view
    low = view.text.lower()
    for phrase in wording.same_post:
        at = low.find(phrase)
        if at < 0:
            continue
        at += view.sentence.start
        person = preceding(scene.persons, at)
        person = person if person is not None and at - person.end < 40 else None
        if person is None:
            return
        earlier = [t for t in people.titles if t.start < at and t.person != person.name]
        if not earlier or any(t.person == person.name for t in people.titles):
            return
        model = earlier[-1].person
        state = next((a for a in scene.actors if 0 < a.start - at < len(phrase) + 12 and a.kind == "state"), None)
        of = state.name if state is not None else people.states.get(person.name)
        for title in [t for t in earlier if t.person == model]:
            people.give(Title(person=person.name, office=title.office, of=of, of_id=state.id if state else None, start=person.start, end=at + len(phrase), reason="same-post", confidence=0.8))
        if of:
            people.states.setdefault(person.name, of)
        return


def represented(scenes: Sequence[Scene], people: Everybody, text: str, wording: Wording) -> None:
    """'X represented A', 'A was represented by X', 'X of A': the state; and the office in the plural that the article names before, if several come so."""
    offices: list[Joined] = []
    for scene in scenes:
        offices = [*offices, *(j for j in scene.joined if j.office.form == "plural")][-3:]
        titled = people.title_of
        beside = [(p, _for_whom(text, p, scene, wording)) for p in scene.persons if not p.id]
        found = [(p, s) for p, s in beside if s is not None]
        for person, state in found:
            people.states.setdefault(person.name, state.state or state.name)
        found = [(p, s) for p, s in found if p.name not in titled and s.kind == "state"]
        first = min((min(p.start, s.start) for p, s in found), default=0)
        office = next((j.office for j in reversed(offices) if j.start < first and j.office.value not in wording.known_offices), None)
        if office is None or (len(found) < 2 and not any(text[p.end : s.start].strip() not in {"(", *wording.genitive} for p, s in found)):
            continue
        for person, state in found:
            people.give(Title(person=person.name, office=str(office.value), of=state.name, of_id=state.id, start=min(person.start, state.start), end=max(person.end, state.end),
                                       reason="title-of-a-list", confidence=0.75))  # fmt: skip
            scene.used.add(state.start)


def _for_whom(text: str, person: Party, scene: Scene, wording: Wording) -> Party | None:
    beside = state_beside(text, person, scene.actors, wording)
    if beside is not None and beside.kind == "state":
        return beside
    seats = [msgspec.structs.replace(p, name=p.state or p.name) for p in within(scene.view.places, person.start - _NEAR, person.end + _NEAR) if p.reason == "capital"]
    for state in [*within(scene.actors, person.start - _NEAR, person.end + _NEAR), *seats]:
        if state.kind != "state" or state.form == "adjective":
            continue
        if 0 < state.start - person.end < 40 and tuple(w for w in pieces(text[person.end : state.start]) if w not in wording.articles) in wording.represents:
            return state
        begin = person.lead if 0 <= person.lead < person.start else person.start
        if 0 < begin - state.end < 40 and tuple(w for w in pieces(text[state.end : begin]) if w not in wording.articles) in wording.represented_by:
            return state
    return None


def introduced(scenes: Sequence[Scene], people: Everybody, text: str, wording: Wording) -> None:
    """A stranger opens a paragraph and the next sentence calls him by his office: 'X said ... The director of the bank signed ...'."""
    for earlier, scene in pairwise(scenes):
        if earlier.view.sentence.paragraph != scene.view.sentence.paragraph or not earlier.persons:
            continue
        person = earlier.persons[0]
        if person.id or person.name in people.title_of or (len(earlier.persons) > 1 and earlier.persons[1].name != person.name):
            continue
        one = next((j for j in scene.joined if j.person is None and j.office.form == "" and j.of is not None), None)
        if one is None or (scene.persons and scene.persons[0].start < one.start):
            continue
        lead = pieces(text[scene.view.sentence.start : one.start])
        if lead and len(lead) <= 4 and all(p in wording.articles or p in wording.subjects or p in wording.links or p in wording.adjectives for p in lead) and one.of is not None:
            people.give(Title(person=person.name, office=str(one.office.value), of=one.of.name, of_id=one.of.id, start=one.start, end=one.end, reason="named-before", confidence=0.72))


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
    _share_out(people, date, sides[:2], ids)
    for i, title in enumerate(people.titles):
        if title.of is not None or title.person in people.stateless:
            continue
        state = people.state_of(title.person, date)
        reason, confidence = "state-of-the-holder", 0.85
        if state is None:
            scene = scenes[bisect_right(starts, title.start) - 1] if scenes else None
            found = _sent_from(scene, title, sides, homes, wording) if scene is not None else None
            found = found or (_from_sentence(scene, title, people, date, homes, wording, article.text, sides[:2]) if scene is not None else None)
            if found is None:
                continue
            state, reason, confidence = found
            if reason in _GUESSED:
                state = _by_name(title.person, state, sides[:2], ids, wording) or state
        of_id = ids.get(state)
        people.titles[i] = msgspec.structs.replace(title, of=state, of_id=of_id, reason=reason, confidence=confidence)
        people.states.setdefault(title.person, state)


def _share_out(people: Everybody, date: str | None, pair: Sequence[str], ids: Mapping[str, str]) -> None:
    """Of two who hold one office that is said once ('the defence ministers, X and Y'), the one whose state nobody says is of the other side."""
    together: dict[int, list[Title]] = {}
    for title in people.titles:
        if title.reason == "title-said-once":
            together.setdefault(title.start, []).append(title)
    for titles in (t for t in together.values() if len(t) == 2 and len(pair) == 2):
        known = [people.state_of(t.person, date) or t.of for t in titles]
        if known.count(None) != 1 or not set(known) - {None} <= set(pair):
            continue
        stranger = titles[known.index(None)]
        state = next(s for s in pair if s not in known)
        at = people.titles.index(stranger)
        people.titles[at] = msgspec.structs.replace(stranger, of=state, of_id=ids.get(state), reason="other-of-two", confidence=0.8)
        people.states.setdefault(stranger.person, state)


def _by_name(person: str, state: str, pair: Sequence[str], ids: Mapping[str, str], wording: Wording) -> str | None:
    """Of the two sides of an article, the one whose names end like a person's, where only one's do; the other one for a name that ends otherwise."""
    if state not in pair or len(pair) < 2:
        return None
    last = fold(person).replace("-", " ").split()[-1]
    ends = [last.endswith(wording.name_endings.get(str(ids.get(s)).partition(":")[2], ())) for s in pair]
    if not any(ends):
        always = [str(ids.get(s)).partition(":")[2] in wording.always_ending for s in pair]
        return pair[always.index(False)] if always[0] != always[1] else None
    if all(ends):
        return None
    return pair[ends.index(True)]


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
                   pair: Sequence[str]) -> tuple[str, str, float] | None:  # fmt: skip
    """Return (state, reason, confidence) for a title without a state; never the state of the person whose counterpart the holder is."""
    borrowed = {*people.borrowed.get(scene.view.sentence.index, ()), people.not_of.get(title.person)}
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
    if title.office in wording.bare:
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
    if len(others) == 1 and not named and not borrowed & others:
        return str(next(iter(others))), "beside-a-holder", 0.62
    return None


def _listed_before(scene: Scene, title: Title, people: Everybody, date: str | None, text: str, wording: Wording) -> str | None:
    """The state of the person before, in a list of officials of three or more: 'the Kazakh prime minister X, finance minister Y and ...'."""
    before = next((p for p in reversed(scene.persons) if max(p.end, p.tail) <= title.start and p.name != title.person), None)
    if before is None or pieces(text[max(before.end, before.tail) : title.start]) not in ([","], [",", *wording.articles]):
        return None
    later = any(p.start > title.end and any(w in wording.conjunctions for w in pieces(text[title.end : p.start])[:2]) for p in within(scene.persons, title.end, title.end + 90)[:2])
    return people.state_of(before.name, date) if later and title.office not in wording.bare else None


def _delegation(text: str, place: Party, scene: Scene, wording: Wording) -> bool:
    """'the delegation from Minsk'."""
    before = pieces(text[max(scene.view.sentence.start, place.start - 30) : place.start])
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


__all__ = ["Scene", "counterparts", "give_titles", "introduced", "place_titles", "represented", "runs"]
