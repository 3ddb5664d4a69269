"""Give persons their titles: what stands beside the name, what is said once for several, counterparts, and the state where the title names none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Person
from relgraph.model import Article, EntityId
from relgraph.resolve.parties import Party, Title, View
from relgraph.resolve.people import Everybody, reference_office
from relgraph.resolve.shared import runs, shared
from relgraph.resolve.titles import Joined, state_beside
from relgraph.resolve.wording import Wording, pieces

_LEADER = ("leader", "head of state")


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
        _beside(one, scene, people, knowledge, date)
    for holding in shared(text, scene.joined, scene.persons, scene.actors, wording):
        of = holding.of
        scene.used.update({of.start} if of is not None else ())
        if of is not None:
            people.states.setdefault(holding.person.name, of.name)
        spans.setdefault(holding.person.start, (holding.person.start, holding.person.end, str(holding.office.value)))
        people.titles.append(Title(person=holding.person.name, office=_singular(holding.office.value), of=of.name if of else None, of_id=of.id if of else None,
                                   start=holding.start, end=holding.end, reason="title-said-once", confidence=0.9))  # fmt: skip
    out = []
    for person in scene.persons:
        lead, tail, office = spans.get(person.start, (-1, -1, ""))
        out.append(msgspec.structs.replace(person, lead=lead, tail=tail, office=office or None))
    return out


def _singular(office: object) -> str:
    return str(office)


def _beside(one: Joined, scene: Scene, people: Everybody, knowledge: Knowledge, date: str | None) -> None:
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
        if known and office.text.lower() in _LEADER and said == "president":
            said = known[0]
        if of_name is None:
            state = reference.state_of(person.id, date)
            of_id, of_name, confidence = state, reference.name(state) if state else None, 0.8
    if of_name is None and one.possessive:
        owner = _owner(one, scene, people, date)
        if owner is not None:
            of_name, of_id, confidence, reason = owner.state or owner.name, owner.id if owner.kind == "state" else None, 0.8, "possessive"
    if of is not None and of.kind == "state":
        people.states.setdefault(person.name, of.name)
    if office.form != "former" and not (office.text.lower() == "leader" and not person.id):
        people.titles.append(Title(person=person.name, office=said, of=of_name, of_id=of_id, start=one.start, end=max(one.end, person.end), reason=reason, confidence=confidence))


def _owner(one: Joined, scene: Scene, people: Everybody, date: str | None) -> Party | None:
    """Whose 'its ambassador' or 'his foreign minister' is: the nearest state or person before it in the sentence."""
    if one.possessive == "person":
        before = [p for p in scene.persons if p.end <= one.start and people.state_of(p.name, date)]
        return msgspec.structs.replace(before[-1], state=people.state_of(before[-1].name, date)) if before else None
    states = [a for a in scene.actors if a.end <= one.start and a.kind in ("state", "organisation") and a.form in ("name", "metonym", "demonym")]
    return states[0] if states else None


def counterparts(scenes: Sequence[Scene], people: Everybody, text: str, wording: Wording) -> None:
    """'his Kazakh counterpart X' holds the office of the person before him; 'who holds the same post' that of the one named before."""
    last: Title | None = None
    for scene in scenes:
        for mention in scene.view.of_kind("counterpart"):
            state = next((a for a in reversed(scene.actors) if a.end <= mention.start and mention.start - a.end < 3 and a.form == "adjective"), None)
            follow = next((p for p in scene.persons if p.start >= mention.end and all(g in wording.ranks or g == "," for g in pieces(text[mention.end : p.start]))), None)
            late = next((a for a in scene.actors if 0 < a.start - mention.end < 10 and a.kind == "state"), None) if state is None else None
            if state is None and late is not None and pieces(text[mention.end : late.start])[:1] and pieces(text[mention.end : late.start])[0] in (*wording.of, *wording.posted, "from"):
                state = late
                follow = next((p for p in scene.persons if p.start >= late.end and all(g in wording.ranks or g == "," for g in pieces(text[late.end : p.start]))), None)
            if follow is None:
                continue
            if state is not None:
                people.states.setdefault(follow.name, state.name)
            own = any(t.person == follow.name and t.reason != "counterpart" for t in people.titles)
            subject = _subject(scene, follow, state, people, last)
            if subject is not None and not own:
                of = state.name if state is not None else people.states.get(follow.name)
                people.titles.append(Title(person=follow.name, office=subject.office, of=of, of_id=state.id if state is not None else None,
                                           start=min(mention.start, follow.start), end=follow.end, reason="counterpart", confidence=0.85))  # fmt: skip
        _same_post(scene, people, text, wording)
        mine = [t for t in people.titles if scene.view.sentence.start <= t.start < scene.view.sentence.end]
        last = mine[0] if mine else last


def _subject(scene: Scene, follow: Party, state: Party | None, people: Everybody, last: Title | None) -> Title | None:
    """The title of the person whose counterpart is meant: the nearest before, not of the counterpart's own state; else that of the sentence before."""
    for person in reversed([p for p in scene.persons if p.end <= follow.start and p.name != follow.name]):
        title = next((t for t in people.titles if t.person == person.name), None)
        if title is not None and not (state is not None and title.of == state.name):
            return title
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
        person = next((p for p in reversed(scene.persons) if p.end <= at and at - p.end < 40), None)
        if person is None:
            return
        earlier = [t for t in people.titles if t.start < at and t.person != person.name]
        if not earlier or any(t.person == person.name for t in people.titles):
            return
        model = earlier[-1].person
        state = next((a for a in scene.actors if 0 < a.start - at < len(phrase) + 12 and a.kind == "state"), None)
        of = state.name if state is not None else people.states.get(person.name)
        for title in [t for t in earlier if t.person == model]:
            people.titles.append(Title(person=person.name, office=title.office, of=of, of_id=state.id if state else None, start=person.start, end=at + len(phrase), reason="same-post", confidence=0.8))
        if of:
            people.states.setdefault(person.name, of)
        return


def listed(scenes: Sequence[Scene], people: Everybody, text: str, wording: Wording) -> None:
    """'X of A, Y of B and Z of C' under an office in the plural that a sentence shortly before names."""
    offices: list[Joined] = []
    for scene in scenes:
        offices = [*offices, *(j for j in scene.joined if j.office.form == "plural" and j.office.start < scene.view.sentence.end)][-3:]
        titled = {t.person for t in people.titles}
        beside = [(p, state_beside(text, p, scene.actors, wording)) for p in scene.persons]
        found = [(p, s) for p, s in beside if s is not None and p.name not in titled]
        for person, state in found:
            people.states.setdefault(person.name, state.name)
        if len(found) < 2 or not offices:
            continue
        office = offices[-1].office
        for person, state in found:
            people.titles.append(Title(person=person.name, office=_singular(office.value), of=state.name, of_id=state.id, start=person.start, end=state.end, reason="title-of-a-list", confidence=0.75))
            scene.used.add(state.start)


def place_titles(article: Article, scenes: Sequence[Scene], people: Everybody, knowledge: Knowledge, date: str | None, wording: Wording) -> None:
    """Find the state of each title that names none: by its holder, the sentence, or the country that the publisher reports from."""
    home = _home(article, knowledge, wording)
    for i, title in enumerate(people.titles):
        if title.of is not None:
            continue
        state = people.state_of(title.person, date)
        reason, confidence = "state-of-the-holder", 0.85
        if state is None:
            scene = next((s for s in scenes if s.view.sentence.start <= title.start < s.view.sentence.end), None)
            found = _from_sentence(scene, title, people, date, home) if scene is not None else None
            if found is None:
                continue
            state, reason, confidence = found
        of_id = next(iter(s.id for s in knowledge.reference.states if s.name == state), None)
        people.titles[i] = msgspec.structs.replace(title, of=state, of_id=of_id, reason=reason, confidence=confidence)
        people.states.setdefault(title.person, state)


def _from_sentence(scene: Scene, title: Title, people: Everybody, date: str | None, home: str | None) -> tuple[str, str, float] | None:
    sides = list(dict.fromkeys(p.name for p in scene.view.parties if p.kind == "state" and p.form == "side"))
    others = {people.state_of(p.name, date) for p in scene.persons if p.name != title.person} - {None}
    named = list(dict.fromkeys(a.name for a in scene.actors if a.kind == "state"))
    if len(sides) == 1:
        return sides[0], "side-in-the-sentence", 0.75
    if home is not None and home not in others:
        return home, "publisher", 0.7
    if len(named) == 1 and not others - set(named):
        return named[0], "state-in-the-sentence", 0.65
    if home is not None:
        return home, "publisher", 0.62
    if len(others) == 1 and not named:
        return str(next(iter(others))), "beside-a-holder", 0.62
    return None


def _home(article: Article, knowledge: Knowledge, wording: Wording) -> str | None:
    """The state whose own press the article comes from, by the publisher's name; its officials are named without their state."""
    publisher = (article.publisher or "").casefold()
    if publisher:
        for slug, names in wording.publishers.items():
            if any(n in publisher for n in names):
                entity = knowledge.reference.entities.get(EntityId(f"state:{slug}"))
                return entity.name if entity is not None else None
    return None


def names_in(parties: Iterable[Party]) -> set[str]:
    """The names of some parties."""
    return {p.name for p in parties}


__all__ = ["Scene", "counterparts", "give_titles", "listed", "names_in", "place_titles", "runs"]
