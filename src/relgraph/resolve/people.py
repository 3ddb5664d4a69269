"""Persons and their offices: full names, variants of spelling, surnames alone, titles beside names."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Person
from relgraph.knowledge.names import fold, sound
from relgraph.knowledge.reference import covers
from relgraph.model import Article
from relgraph.recognise.mentions import Mention
from relgraph.resolve.parties import Title
from relgraph.resolve.wording import wording_of

_NAMESAKE_YEARS = 6
_RANKS = ("president", "prime minister", "foreign minister", "speaker")
"""Of two persons of one surname in office, the higher one is meant when nothing tells them apart."""


class Everybody:
    """The persons of one article: names to entities, built in text order."""

    def __init__(self, article: Article, knowledge: Knowledge) -> None:
        self.article, self.reference = article, knowledge.reference
        self.ids: dict[str, str | None] = {}
        self.by_last: dict[str, list[str]] = {}
        self.titles: list[Title] = []
        self.title_of: dict[str, Title] = {}
        """The first title that the text gives to a person."""
        self._given: set[tuple[str, str, str | None]] = set()
        self.states: dict[str, str | None] = {}
        self.borrowed: dict[int, set[str]] = {}
        """States that a sentence (by number) names only as a counterpart's: no state of its other persons."""
        self.not_of: dict[str, str] = {}
        """For a counterpart, the state of the person he is the counterpart of."""
        self.stateless: set[str] = set()
        """Whose title is of an organisation that the article does not name: it is no state's."""
        self._sounds = _sounds(knowledge)
        self._surname_first = wording_of(knowledge.lexicon(article.language)).surname_first

    def name_of(self, mention: Mention, date: str | None) -> tuple[str, str | None, str] | None:
        """Return (name, id, reason) of a person mention with more than a surname."""
        if mention.form == "name":
            chosen = self._choose(mention.ids, date)
            return (self.reference.name_at(chosen, date), chosen, "full-name") if chosen else (mention.text.replace("\n", " "), None, "namesake")
        heard = self._sounds.get(sound(mention.text))
        if heard:
            chosen = self._choose(heard, date)
            if chosen:
                return self.reference.name_at(chosen, date), chosen, "transliteration"
        words = fold(mention.text).split()
        for known in self.by_last.get(words[-1], ()):
            if set(words) <= set(fold(known).split()):
                return known, self.ids[known], "shorter-name"
        heard_as = sound(mention.text)
        for known in self.by_last.get(heard_as.split()[-1], ()) if heard_as else ():
            if sound(known) == heard_as:
                return known, self.ids[known], "shorter-name"  # spelled otherwise before
        return mention.text.replace("\n", " "), None, "unknown-name"

    def learn(self, name: str, entity_id: str | None, written: str = "") -> None:
        """Remember a person of the article; `written` is the name as the text spells it ('Borrel')."""
        last = fold(written).split()[-1:]
        if last and name in self.ids and name not in self.by_last.get(last[0], ()):
            self.by_last.setdefault(last[0], []).append(name)
        if name not in self.ids:
            self.ids[name] = entity_id
            words = fold(name).split()
            keys = {words[-1], sound(words[-1]), *last}
            if entity_id:
                person = self.reference.entities[entity_id]  # type: ignore[index]
                keys |= {fold(a).split()[-1] for a in (person.name, *person.aliases) if fold(a)}
                keys |= {sound(a.split()[-1]) for a in (person.name, *person.aliases)}
                if self.state_of(name, self.article.published) in self._surname_first:
                    keys.add(words[0])
            for key in keys:
                self.by_last.setdefault(key, []).append(name)

    def give(self, title: Title) -> None:
        """Record a title, once."""
        key = (title.person, title.office, title.of)
        if key not in self._given:
            self._given.add(key)
            self.titles.append(title)
            if title.of in self._surname_first and title.person in self.ids:
                self.by_last.setdefault(fold(title.person).split()[0], []).append(title.person)
            self.title_of.setdefault(title.person, title)

    def by_surname(self, text: str, candidates: Sequence[str], date: str | None, near: Sequence[str], offices: Sequence[str]) -> tuple[str, str | None, str, float] | None:
        """Return (name, id, reason, confidence) for a surname alone: a person of the article, else the office list at the date.

        `near` names the states beside it, `offices` the titles.
        """
        known = list(dict.fromkeys(self.by_last.get(fold(text), []) + self.by_last.get(sound(text), [])))
        if len(known) > 1 and near:
            known = [n for n in known if self.state_of(n, date) in near] or known
        if len(known) > 1 and offices:
            known = [n for n in known if n in self.title_of and self.title_of[n].office in offices] or known
        if known:
            return known[0], self.ids[known[0]], "surname-in-article", 0.95 if len(known) == 1 else 0.6
        ids = [c for c in candidates if (date and self.reference.offices_of(c, date)) or (not date)]
        if near:
            ids = [c for c in ids if self._state_name(self.reference.state_of(c, date)) in near] or ids
        if offices:
            ids = [c for c in ids if any(t.office in offices for t in self.reference.offices_of(c, date))] or ids
        if len(ids) == 1 and (near or offices or date):
            return self.reference.name_at(ids[0], date), ids[0], "surname-in-office", 0.8
        foremost = sorted((self._rank(c, date), c) for c in ids) if date else []
        if len(foremost) > 1 and foremost[0][0] < min(foremost[1][0], len(_RANKS)):
            return self.reference.name_at(foremost[0][1], date), foremost[0][1], "foremost-namesake", 0.7
        return None

    def _rank(self, person: str, date: str | None) -> int:
        """How high the highest office of a person at a date is, 0 the highest."""
        held = [_RANKS.index(t.office) for t in self.reference.offices_of(person, date) if t.office in _RANKS]
        return min(held, default=len(_RANKS))

    def state_of(self, name: str, date: str | None) -> str | None:
        """Return the name of a person's state: what the article says, else the reference at the date."""
        if self.states.get(name):
            return self.states[name]
        entity_id = self.ids.get(name)
        return self._state_name(self.reference.state_of(entity_id, date)) if entity_id else None

    def serves(self, title: Title, date: str | None) -> bool:
        """Whether the reference says that the holder of a title has that office at a date."""
        entity_id = self.ids.get(title.person)
        return bool(entity_id and date) and any(t.office == title.office for t in self.reference.offices_of(str(entity_id), date))

    def _later(self, person: str, date: str | None) -> bool:
        """Whether all that is known of a person lies well after a date: then a namesake is meant."""
        starts = [t.start for t in self.reference.offices_of(person, None) if t.start]
        return bool(date and starts) and int(min(starts)[:4]) > int(str(date)[:4]) + _NAMESAKE_YEARS

    def _state_name(self, state: str | None) -> str | None:
        return self.reference.name(state) if state else None

    def _choose(self, ids: Sequence[str], date: str | None) -> str | None:
        ids = [i for i in ids if not self._later(i, date)]
        if len(ids) == 1:
            return ids[0]
        serving = [i for i in ids if date and self.reference.offices_of(i, date)]
        return serving[0] if serving else (ids[0] if ids else None)


def _sounds(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    cached = _SOUNDS.get(id(knowledge))
    if cached is None:
        table: dict[str, dict[str, None]] = {}
        for person in knowledge.reference.persons:
            for name in (person.name, *person.aliases):
                if " " in name:
                    table.setdefault(sound(name), {})[person.id] = None
        cached = {key: tuple(ids) for key, ids in table.items()}
        _SOUNDS.clear()
        _SOUNDS[id(knowledge)] = cached
    return cached


_SOUNDS: dict[int, dict[str, tuple[str, ...]]] = {}


def reference_office(reference_person: Person | None, date: str | None) -> tuple[str, str] | None:
    """Return (office, of) that the reference gives at a date, when it is one of the highest."""
    if reference_person is None or date is None:
        return None
    held = sorted((t for t in reference_person.tenures if covers(t, date)), key=lambda t: _RANKS.index(t.office) if t.office in _RANKS else len(_RANKS))
    return (held[0].office, held[0].of) if held else None
