"""Give persons their titles: what stands beside the name, what is said once for several, counterparts, and the state where the title names none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Person
from relgraph.model import EntityId
from relgraph.recognise.mentions import Mention
from relgraph.resolve.order import preceding, within
from relgraph.resolve.parties import Party, Title, View
from relgraph.resolve.people import Everybody, reference_office
from relgraph.resolve.shared import runs, shared
from relgraph.resolve.titles import Joined, state_beside
from relgraph.resolve.wording import Wording

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
            if late is not None and (gap := wording.pieces(text[mention.end : late.start])) and (gap[0] in wording.of or gap[0] in wording.posted or gap[0] in wording.locative):
                state, end = late, late.end
            city = next((p for p in within(scene.view.places, mention.end + 1, mention.end + 12) if p.state and p.reason == "capital"), None) if state is None else None
            if city is not None and (gap := wording.pieces(text[mention.end : city.start])) and all(g in wording.locative for g in gap):
                state, end = msgspec.structs.replace(city, name=str(city.state), id=knowledge.reference.state_ids.get(str(city.state))), city.end  # 'his colleague from Tashkent'
            if state is not None:
                people.borrowed.setdefault(view.sentence.index, set()).add(state.name)
            follow = next((p for p in within(scene.persons, end, end + 40)[:1] if all(g in wording.ranks or g == "," for g in wording.pieces(text[end : p.start]))), None)
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
    gap = wording.pieces(text[person.end : mention.start]) if person is not None and mention.start - person.end < 20 else []
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
        if 0 < state.start - person.end < 40 and tuple(w for w in wording.pieces(text[person.end : state.start]) if w not in wording.articles) in wording.represents:
            return state
        begin = person.lead if 0 <= person.lead < person.start else person.start
        if 0 < begin - state.end < 40 and tuple(w for w in wording.pieces(text[state.end : begin]) if w not in wording.articles) in wording.represented_by:
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
        lead = wording.pieces(text[scene.view.sentence.start : one.start])
        if lead and len(lead) <= 4 and all(p in wording.articles or p in wording.subjects or p in wording.links or p in wording.adjectives for p in lead) and one.of is not None:
            people.give(Title(person=person.name, office=str(one.office.value), of=one.of.name, of_id=one.of.id, start=one.start, end=one.end, reason="named-before", confidence=0.72))


__all__ = ["Scene", "counterparts", "give_titles", "introduced", "represented", "runs"]
