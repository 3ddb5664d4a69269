"""Step 3: decide which entity each mention means, and say why.

In: mentions from `relgraph.recognise`. Out: for each sentence the parties, places and the pair in focus (`Resolved`).
Passes from sure to less sure: full name, other spelling, surname, title and its state, office of a state, counterpart, plural, pronoun.
What none of them settles stays unresolved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.model import Article
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import words_of
from relgraph.resolve.actors import actors_of, provinces_of, sides_of
from relgraph.resolve.focus import set_focus
from relgraph.resolve.holders import Scene, counterparts, give_titles, introduced, represented
from relgraph.resolve.home_states import place_titles
from relgraph.resolve.order import covers, within
from relgraph.resolve.parties import Party, Resolved, Title, View, view_at
from relgraph.resolve.people import Everybody
from relgraph.resolve.posts import envoys, heads_of_firms, its_head, of_organisations, organisation_nouns, succession
from relgraph.resolve.stand_ins import bare_offices, counterpart_parties, office_holders, pronouns, unnamed
from relgraph.resolve.titles import join
from relgraph.resolve.wording import Wording, wording_of

__all__ = ["Party", "Resolved", "Title", "View", "resolve", "view_at"]

_INITIAL = re.compile(r"^(?:[^\W\d_]\.){1,2}(?=[^\W\d_]{3})")
_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")  # a year as a word; beginning with a digit, it is looked for only at digits


def resolve(article: Article, mentions: Sequence[Mention], knowledge: Knowledge) -> Resolved:
    """Resolve the mentions of one article.

    Args:
        article: Supplies the date that picks between holders of one office.
        mentions: By position.
        knowledge: The reference and lexicons.
    """
    wording = wording_of(knowledge.lexicon(article.language))
    text = article.text
    years = _YEAR.findall(text)
    year = article.published[:4] if article.published else (years[0] if years and len(set(years)) == 1 else None)
    date = article.published or year
    people = Everybody(article, knowledge)
    for mention in mentions:
        if mention.kind == "person" and mention.form != "surname":
            named = people.name_of(mention, date)
            if named:
                people.learn(named[0], named[1], mention.text)
    unresolved: Counter[str] = Counter()
    scenes: list[Scene] = []
    organisations: list[Party] = []
    for view in _views(article, mentions):
        actors = actors_of(text, view, knowledge, wording)
        offices = view.of_kind("office")
        persons = _full_names(view, people, date)
        persons += _surnames(text, view, [*persons, *actors], actors, offices, people, date, unresolved, wording.possessive)
        persons = [p for p in persons if not _namesake(text, p, wording)]
        persons.sort(key=lambda p: p.start)
        seats = [msgspec.structs.replace(p, name=p.state or p.name, form="metonym", reason="seat") for p in view.places if p.reason == "capital" and p.state]
        seats += provinces_of(view, knowledge)
        seats += [msgspec.structs.replace(p, name=p.state, form="metonym", reason="governed") for p in view.places if p.reason == "place" and p.state]
        seats.sort(key=lambda p: p.start)
        organisations += (a for a in actors if a.kind == "organisation")
        nouns = organisation_nouns(text, view, organisations, knowledge, wording)
        organisations += nouns
        view.nouns = nouns
        joined, used = join(text, offices, persons, sorted([*actors, *nouns], key=lambda a: (a.start, -a.end)), seats, wording)
        scene = Scene(view=view, actors=actors, persons=persons, joined=joined, used=used)
        view.parties = sides_of(text, view, actors, used, knowledge, wording)
        scene.persons = give_titles(text, scene, people, knowledge, date, wording)
        scenes.append(scene)
    counterparts(scenes, people, knowledge, text, date, wording)
    represented(scenes, people, text, wording)
    introduced(scenes, people, text, wording)
    its_head(scenes, people, wording, text)
    envoys(scenes, people, text, wording)
    succession(scenes, people, knowledge, text, date, wording)
    heads_of_firms(scenes, people, text, wording)
    of_organisations(organisations, people, knowledge, wording)
    _fill_states(people)
    place_titles(article, scenes, people, knowledge, date, wording)
    held: dict[str, list[Title]] = defaultdict(list)
    for title in people.titles:
        if title.of is not None:
            held[title.of].append(title)
    for scene in scenes:
        view = scene.view
        view.places = [p for p in view.places if p.reason != "capital-described"]
        rest = sides_of(text, view, scene.actors, scene.used, knowledge, wording)
        parties = [*scene.persons, *unnamed(scene, people, held, date, wording), *rest]
        view.parties = [_with_state(p, people, date) for p in sorted(parties, key=lambda p: (p.start, p.end))]
    views = [s.view for s in scenes]
    office_holders(views, people, knowledge, date, wording)
    counterpart_parties(views, people, held)
    bare_offices(views, people, wording)
    pronouns(views, people, knowledge, wording)
    main, group = set_focus(article, views, people, knowledge, wording)
    ids = {**people.ids, **{p.name: p.id for v in views for p in [*v.parties, *v.places]}}
    return Resolved(views=views, titles=people.titles, states={n: people.state_of(n, date) for n in people.ids}, ids=ids, main=main, group=group, year=year,
                    unresolved=tuple(sorted(unresolved)))  # fmt: skip


def _views(article: Article, mentions: Sequence[Mention]) -> list[View]:
    """Return a view of each sentence with its mentions."""
    views = []
    index = 0
    for sentence in article.sentences:
        while index < len(mentions) and mentions[index].start < sentence.start:
            index += 1
        here = []
        while index < len(mentions) and mentions[index].start < sentence.end:
            here.append(mentions[index])
            index += 1
        views.append(View(sentence=sentence, text=article.text[sentence.start : sentence.end], parties=[], mentions=here, places=[]))
    return views


def _full_names(view: View, people: Everybody, date: str | None) -> list[Party]:
    persons: list[Party] = []
    for m in view.mentions:
        if m.kind == "person" and m.form != "surname" and not (persons and m.start < persons[-1].end):
            named = people.name_of(m, date)
            if named:
                people.learn(named[0], named[1], m.text)
                persons.append(Party(start=m.start, end=m.end, name=named[0], id=named[1], kind="person", state=None, form="name", reason=named[2],
                                     confidence=1.0 if named[1] else 0.8))  # fmt: skip
    return persons


def _namesake(text: str, person: Party, wording: Wording) -> bool:
    """Whether a name is only part of another: 'the Heydar Aliyev Foundation', 'the Boris Yeltsin Presidential Library'."""
    rest = text[person.end : person.end + 40].split(maxsplit=2)[:2]
    return text[person.end : person.end + 1] == " " and any(rest[n].strip(".,;").lower() in wording.namesakes and all(w[:1].isupper() for w in rest[: n + 1]) for n in range(len(rest)))


def _surnames(text: str, view: View, named: Sequence[Party], actors: Sequence[Party], offices: Sequence[Mention], people: Everybody,
              date: str | None, unresolved: Counter[str], endings: tuple[str, ...]) -> list[Party]:  # fmt: skip
    """Return the persons named by surname alone; what can't be told is counted."""
    found = []
    covered = sorted(named, key=lambda p: p.start)
    dates = view.of_kind("date")
    ids = {m.start: m.ids for m in view.of_kind("person") if m.form == "surname"}
    for word in words_of(text, endings).within(view.sentence.start, view.sentence.end):
        if not word.capital:
            continue
        surname = _INITIAL.sub("", word.text)  # 'A.Surname'
        at = word.end - len(surname)
        if at not in ids and word.start not in ids and surname.lower() not in people.by_last:
            continue
        if covers(covered, word.start) or covers(offices, word.start) or covers(dates, word.start):
            continue  # 'on 23 May 2016'
        near = [a.name for a in within(actors, word.start - 39, word.start)]
        titles = [str(o.value) for o in within(offices, word.start - 120, word.start) if 0 <= word.start - o.end < 4]
        settled = people.by_surname(surname, ids.get(word.start) or ids.get(at, ()), date, near, titles)
        if settled is None:
            unresolved[surname] += 1
            continue
        name, entity_id, reason, confidence = settled
        people.learn(name, entity_id)
        found.append(Party(start=word.start, end=word.end, name=name, id=entity_id, kind="person", state=None, form="surname", reason=reason, confidence=confidence))
    return found


def _fill_states(people: Everybody) -> None:
    for title in people.titles:
        if title.of_id and title.of_id.startswith("state:"):
            people.states.setdefault(title.person, title.of)


def _with_state(party: Party, people: Everybody, date: str | None) -> Party:
    return msgspec.structs.replace(party, state=people.state_of(party.name, date)) if party.kind == "person" and party.state is None else party
