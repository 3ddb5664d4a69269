"""Step 3: decide which entity each mention means, and say why.

In: mentions from `relgraph.recognise`. Out: for each sentence the parties, places and the pair in focus (`Resolved`).
Passes from sure to less sure: full name, other spelling, surname, office of a state, counterpart, plural, pronoun. What none of them settles stays unresolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Person, Place, State
from relgraph.model import Article, EntityId
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import tokens
from relgraph.resolve.focus import set_focus
from relgraph.resolve.parties import Party, Resolved, Title, View
from relgraph.resolve.people import Everybody, attach, reference_office

__all__ = ["Party", "Resolved", "Title", "View", "resolve"]

_LOCATIVE = re.compile(r"\b(?:in|at|to|from|near|into|of|for|around|outside|through|reached|left|visited|via|towards?|capital|city|town)\s(?:the\s(?:city|capital|town|resort)\s(?:of\s)?)?$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def resolve(article: Article, mentions: Sequence[Mention], knowledge: Knowledge) -> Resolved:
    """Resolve the mentions of one article.

    Args:
        article: Supplies the date that picks between holders of one office.
        mentions: By position.
        knowledge: The reference and lexicons.
    """
    lexicon = knowledge.lexicon(article.language)
    years = _YEAR.findall(article.text)
    year = article.published[:4] if article.published else (years[0] if years and len(set(years)) == 1 else None)
    date = article.published or year
    people = Everybody(article, knowledge)
    for mention in mentions:
        if mention.kind == "person" and mention.form != "surname":
            named = people.name_of(mention, date)
            if named:
                people.learn(named[0], named[1])
    sides = lexicon.words("sides") if lexicon else frozenset()
    capital = str(lexicon.lists.get("capital", "capital")) if lexicon else ""
    views: list[View] = []
    index = 0
    ordered = list(mentions)
    unresolved: Counter[str] = Counter()
    for sentence in article.sentences:
        while index < len(ordered) and ordered[index].start < sentence.start:
            index += 1
        here = []
        while index < len(ordered) and ordered[index].start < sentence.end:
            here.append(ordered[index])
            index += 1
        views.append(_view(article, View(sentence=sentence, text=article.text[sentence.start : sentence.end], parties=[], mentions=here, places=[]),
                           people, knowledge, date, sides, unresolved, capital))  # fmt: skip
    _fill_states(people, date)
    for view in views:
        view.parties = [_with_state(p, people, date) for p in view.parties]
    _office_holders(views, people, knowledge, date)
    _counterparts(views, people)
    _bare_offices(views, people)
    _pronouns(views, people, knowledge)
    main = set_focus(article, views)
    ids = {**people.ids, **{p.name: p.id for v in views for p in [*v.parties, *v.places]}}
    return Resolved(views=views, titles=people.titles, states={n: people.state_of(n, date) for n in people.ids}, ids=ids, main=main, year=year,
                    unresolved=tuple(sorted(unresolved)))  # fmt: skip


def _view(article: Article, view: View, people: Everybody, knowledge: Knowledge, date: str | None, sides: frozenset[str], unresolved: Counter[str],
          capital: str) -> View:  # fmt: skip
    text, reference = article.text, knowledge.reference
    actors: list[Party] = []
    persons: list[Party] = []
    spans = [(m.start, m.end) for m in view.mentions if m.kind in ("body", "treaty", "organisation", "person") and m.form in ("name", "unknown")]
    for m in view.mentions:
        inside = any(s <= m.start and m.end <= e and (s, e) != (m.start, m.end) for s, e in spans)
        if m.kind == "state" and m.ids:
            entity = reference.entities[m.ids[0]]  # type: ignore[index]
            if not isinstance(entity, State) or (inside and m.form != "name"):
                continue
            located = m.form == "metonym" and (_LOCATIVE.search(text, max(0, m.start - 40), m.start) or text[m.end : m.end + 2] in ("-b", "-h"))
            if m.form == "metonym":
                view.places.append(_place(m, reference_place(knowledge, m.text) or m.text, entity))
                if located:
                    continue
            if entity.kind == "subnational" or (entity.kind == "region" and (m.form != "name" or inside)):
                continue
            actors.append(Party(start=m.start, end=m.end, name=entity.name, id=entity.id, kind="state", state=entity.name, form=m.form, reason=f"state-{m.form}",
                                confidence=0.8 if m.form == "metonym" else 1.0))  # fmt: skip
        elif m.kind == "organisation":
            if m.ids:
                name, entity_id = reference.name(m.ids[0]), m.ids[0]
            else:
                name, entity_id = m.text, None
            actors.append(Party(start=m.start, end=m.end, name=name, id=entity_id, kind="organisation", state=None, form="name", reason="organisation"))
        elif m.kind == "place" and m.ids:
            place = reference.entities[m.ids[0]]  # type: ignore[index]
            if isinstance(place, Place) and place.kind in ("city", "town", "resort", "cosmodrome", "port", "border crossing") and not inside:
                state = reference.name(place.states[0]) if place.states else None
                view.places.append(Party(start=m.start, end=m.end, name=m.text if m.text[:1].isupper() and not m.text.isupper() else place.name, id=place.id, kind="state", state=state, form="place", reason="place"))
        elif m.kind == "person" and m.form != "surname":
            named = people.name_of(m, date)
            if named:
                people.learn(named[0], named[1])
                persons.append(Party(start=m.start, end=m.end, name=named[0], id=named[1], kind="person", state=None, form="name", reason=named[2],
                                     confidence=1.0 if named[1] else 0.8))  # fmt: skip
    offices = view.of_kind("office")
    persons += _surnames(article, view, persons, actors, offices, people, date, unresolved)
    persons.sort(key=lambda p: p.start)
    joined, used = attach(text, offices, persons, sorted(actors, key=lambda a: a.start))
    parties = _titled(view, joined, persons, people, knowledge, date)
    _shared_titles(joined, persons, actors, people)
    parties += [p for p in _unnamed(joined, people) if not (p.kind == "state" and any(people.states.get(q.name) == p.name and abs(q.start - p.start) < 120 for q in persons))]
    for actor in actors:
        if actor.start in used:
            continue
        if actor.form == "adjective":
            following = tokens(text, actor.end, min(actor.end + 40, view.sentence.end))[:2]
            if following and following[0].low == capital and actor.id:
                entity = reference.entities[actor.id]  # type: ignore[index]
                if isinstance(entity, State) and entity.capital:
                    view.places.append(Party(start=actor.start, end=following[0].end, name=entity.capital, id=None, kind="state", state=entity.name, form="place", reason="capital-described"))
                    continue
            if following and (following[0].low in sides or (len(following) > 1 and following[1].low in sides and following[0].low in ("foreign", "government"))):
                parties.append(_change(actor, form="side", reason="side-of-a-state"))
            else:
                parties.append(actor)
        else:
            parties.append(actor)
    parties.sort(key=lambda p: (p.start, p.end))
    view.parties = parties
    return view


def _surnames(article: Article, view: View, persons: Sequence[Party], actors: Sequence[Party], offices: Sequence[Mention], people: Everybody,
              date: str | None, unresolved: Counter[str]) -> list[Party]:  # fmt: skip
    found = []
    text = article.text
    covered = [(p.start, p.end) for p in [*persons, *actors]]
    ids = {m.start: m.ids for m in view.mentions if m.kind == "person" and m.form == "surname"}
    for word in tokens(text, view.sentence.start, view.sentence.end):
        if not word.capital or any(s <= word.start < e for s, e in covered) or (word.start not in ids and word.low not in people.by_last):
            continue
        if any(o.start <= word.start < o.end for o in offices):
            continue
        near = [a.name for a in actors if word.start - 40 < a.start < word.start]
        titles = [str(o.value) for o in offices if 0 <= word.start - o.end < 4]
        settled = people.by_surname(word.text, ids.get(word.start, ()), date, near, titles)
        if settled is None:
            unresolved[word.text] += 1
            continue
        name, entity_id, reason, confidence = settled
        people.learn(name, entity_id)
        found.append(Party(start=word.start, end=word.end, name=name, id=entity_id, kind="person", state=None, form="surname", reason=reason, confidence=confidence))
    return found


def _titled(view: View, joined: Sequence[tuple[Mention, Party | None, Party | None, int, int]], persons: Sequence[Party], people: Everybody,
            knowledge: Knowledge, date: str | None) -> list[Party]:  # fmt: skip
    """Give persons their titles; record each as a Title."""
    spans: dict[int, tuple[int, int, str]] = {}
    for office, person, of, start, end in joined:
        if person is None:
            continue
        lead, tail, _ = spans.get(person.start, (person.start, person.end, ""))
        spans[person.start] = (min(lead, start), max(tail, end), str(office.value))
        said, of_name, of_id, confidence, reason = str(office.value), of.name if of else None, of.id if of else None, 0.95, "title-beside-name"
        entity = knowledge.reference.entities.get(EntityId(person.id)) if person.id else None
        if person.id:
            known = reference_office(entity if isinstance(entity, Person) else None, date)
            if known and of_name is None:
                of_id, of_name, reason = known[1], knowledge.reference.name(known[1]), "title-with-known-tenure"
            if known and office.text.lower() in ("leader", "head of state") and said == "president":
                said = known[0]
            if of_name is None:
                state = knowledge.reference.state_of(person.id, date)
                of_id, of_name, confidence = state, knowledge.reference.name(state) if state else None, 0.8
        if of is not None and of.kind == "state":
            people.states.setdefault(person.name, of.name)
        if office.form != "former" and not (office.text.lower() == "leader" and not person.id):
            people.titles.append(Title(person=person.name, office=said, of=of_name, of_id=of_id, start=start, end=max(end, person.end), reason=reason, confidence=confidence))
    out = []
    for person in persons:
        lead, tail, office_text = spans.get(person.start, (-1, -1, ""))
        out.append(_change(person, lead=lead, tail=tail, office=office_text or None))
    return out


def _shared_titles(joined: Sequence[tuple[Mention, Party | None, Party | None, int, int]], persons: Sequence[Party], actors: Sequence[Party], people: Everybody) -> None:
    """'The presidents of A and B, X and Y' and 'Presidents X of A and Y of B': an office said once for several persons."""
    for office, person, _of, start, end in joined:
        if office.form != "plural" or person is not None:
            continue
        said = str(office.value)
        ahead = [p for p in persons if p.end <= start][-6:]
        named = [a for a in actors if a.kind == "state" and a.start >= start and a.form in ("name", "metonym") and a.start - end < 80]
        if len(ahead) >= 2 and len(ahead) == len(named) and start - ahead[-1].end < 8:
            for party, state in zip(ahead, named, strict=True):
                people.states.setdefault(party.name, state.name)
                people.titles.append(Title(person=party.name, office=said, of=state.name, of_id=state.id, start=party.start, end=end, reason="title-said-once", confidence=0.9))
            continue
        group = [p for p in persons if p.start >= start][:6]
        states = [a for a in actors if a.kind == "state" and a.start >= start and a.form in ("name", "metonym")]
        if len(group) < 2 or group[0].start - end > 90:
            continue
        beside = {p.name: next((s for s in states if 0 < s.start - p.end < 9), None) for p in group}
        if any(beside.values()):
            pairs = [(p, s) for p in group if (s := beside[p.name]) is not None]
        else:
            before = [s for s in states if s.start < group[0].start]
            pairs = list(zip(group, before, strict=True)) if len(before) == len(group) else []
        for party, state in pairs:
            people.states.setdefault(party.name, state.name)
            people.titles.append(Title(person=party.name, office=said, of=state.name, of_id=state.id, start=start, end=party.end, reason="title-said-once", confidence=0.9))


def _unnamed(joined: Sequence[tuple[Mention, Party | None, Party | None, int, int]], people: Everybody) -> list[Party]:
    """An office holder who isn't named: the person of the article who holds the office, else his state."""
    found = []
    for office, person, of, start, end in joined:
        if person is not None or of is None or office.form == "former":
            continue
        if of.kind != "state" or office.form == "plural":
            found.append(_change(of, form="office" if office.form == "plural" else of.form))
            continue
        said = str(office.value)
        holder = next((t for t in people.titles if t.of == of.name and (t.office == said or office.text.lower() == "leader")), None)
        if holder is not None:
            found.append(Party(start=start, end=end, name=holder.person, id=people.ids.get(holder.person), kind="person", state=of.name, form="office",
                               reason="office-held-in-article", confidence=0.9, office=said))  # fmt: skip
        else:
            found.append(Party(start=start, end=end, name=of.name, id=of.id, kind="state", state=of.name, form="office", reason="unnamed-office-holder", confidence=0.85, office=said))
    return found


def _office_holders(views: Sequence[View], people: Everybody, knowledge: Knowledge, date: str | None) -> None:
    """'The Tajik president' is the person whom the article names anywhere and who holds the office, by the article or by the reference at its date."""
    offices: dict[tuple[str, str], str] = {}
    for name, entity_id in people.ids.items():
        for tenure in knowledge.reference.offices_of(entity_id, date) if entity_id and date else ():
            offices.setdefault((tenure.office, knowledge.reference.name(tenure.of)), name)
    for title in people.titles:
        if title.of:
            offices.setdefault((title.office, title.of), title.person)
    for view in views:
        out = []
        for party in view.parties:
            holder = offices.get((party.office, party.name)) if party.form == "office" and party.kind == "state" and party.office else None
            out.append(party if holder is None else _change(party, name=holder, id=people.ids.get(holder), kind="person", state=party.name, reason="office-held-in-article", confidence=0.9))
        view.parties = out


def _bare_offices(views: Sequence[View], people: Everybody) -> None:
    """'The president' and 'the guest' stand for the last person named with this office; the guest for the last visitor from elsewhere."""
    offices: dict[str, set[str]] = {}
    for title in people.titles:
        offices.setdefault(title.person, set()).add(title.office)
    recent: list[Party] = []
    for view in views:
        taken = [(p.first, p.last) for p in view.parties]
        found = []
        for mention in view.of_kind("office"):
            if mention.form or any(s <= mention.start < e for s, e in taken):
                continue
            holder = next((p for p in reversed(recent) if _same_office(str(mention.value), offices.get(p.name, set()))), None)
            before = view.text[: mention.start - view.sentence.start].rstrip().lower()
            if holder is not None and before.endswith(("the", "by", "that")):
                found.append(_change(holder, start=mention.start, end=mention.end, form="bare-office", reason="office-held-before", confidence=0.8, lead=-1, tail=-1))
        view.parties = sorted([*view.parties, *found], key=lambda p: (p.start, p.end))
        recent += [p for p in view.parties if p.kind == "person" and p.form in ("name", "surname")]


def _same_office(said: str, held: set[str]) -> bool:
    return said in held or (said in ("minister", "ambassador", "chancellor") and any(o.endswith(said) or said in o for o in held))


def _counterparts(views: Sequence[View], people: Everybody) -> None:
    """'his Kazakh counterpart' stands for the holder of the same office on the other side, if the article names one."""
    for view in views:
        for mention in view.of_kind("counterpart"):
            before = [p for p in view.parties if p.end <= mention.start and mention.start - p.end < 3 and p.form == "adjective"]
            follow = next((p for p in view.parties if 0 <= p.start - mention.end < 3 and p.kind == "person"), None)
            if not before:
                continue
            state = before[-1]
            if follow is not None:
                people.states.setdefault(follow.name, state.name)
                subject = next((p for p in view.parties if p.kind == "person" and p.end < state.start), None)
                title = next((t for t in people.titles if subject is not None and t.person == subject.name), None)
                if title is not None:
                    people.titles.append(Title(person=follow.name, office=title.office, of=state.name, of_id=state.id, start=state.start, end=follow.end, reason="counterpart", confidence=0.85))
                view.parties = [_change(p, lead=state.start, state=state.name) if p is follow else p for p in view.parties if p is not state]
                continue
            subject = next((p for p in view.parties if p.kind == "person" and p.end < state.start), None)
            office = next((t.office for t in people.titles if subject is not None and t.person == subject.name), None)
            holder = next((t for t in people.titles if t.of == state.name and (office is None or t.office == office)), None)
            party = _change(state, end=mention.end, form="counterpart", reason="counterpart")
            if holder is not None:
                party = _change(party, name=holder.person, id=people.ids.get(holder.person), kind="person", state=state.name)
            view.parties = [party if p is state else p for p in view.parties]


def _pronouns(views: Sequence[View], people: Everybody, knowledge: Knowledge) -> None:
    """He and she at the head of a sentence: the person who was subject of the sentence before, if there is only one of that gender."""
    last: list[Party] = []
    for view in views:
        lead = next((m for m in view.mentions if m.kind == "pronoun" and m.text.lower() in ("he", "she") and m.start - view.sentence.start < 60), None)
        if lead is not None and not any(p.kind == "person" and p.start < lead.start for p in view.parties):
            options = [p for p in last if _gender(p, knowledge) in (lead.key, None) and (p.id or any(t.person == p.name for t in people.titles))]
            if options:
                view.parties = sorted([*view.parties, _change(options[0], start=lead.start, end=lead.end, form="pronoun", reason="subject-before", confidence=0.75, lead=-1, tail=-1)],
                                      key=lambda p: p.start)  # fmt: skip
        subjects = [p for p in view.parties if p.kind == "person" and p.form != "pronoun"]
        if subjects:
            last = subjects[:1]


def _gender(party: Party, knowledge: Knowledge) -> str | None:
    entity = knowledge.reference.entities.get(EntityId(party.id)) if party.id else None
    return getattr(entity, "gender", None)


def _fill_states(people: Everybody, date: str | None) -> None:
    for title in people.titles:
        if title.of_id and title.of_id.startswith("state:"):
            people.states.setdefault(title.person, title.of)


def _with_state(party: Party, people: Everybody, date: str | None) -> Party:
    return _change(party, state=people.state_of(party.name, date)) if party.kind == "person" and party.state is None else party


def reference_place(knowledge: Knowledge, name: str) -> str | None:
    """Return the name of the place that a capital's name means."""
    found = [i for i in knowledge.reference.find(name) if i.startswith("place:")]
    return knowledge.reference.name(found[0]) if found else None


def _place(mention: Mention, name: str, state: State) -> Party:
    return Party(start=mention.start, end=mention.end, name=name, id=None, kind="state", state=state.name, form="place", reason="capital")


def _change(party: Party, **changes: object) -> Party:
    return msgspec.structs.replace(party, **changes)
