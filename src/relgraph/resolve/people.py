"""Persons and their offices: full names, variants of spelling, surnames alone, titles beside names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Person
from relgraph.knowledge.names import fold, sound
from relgraph.knowledge.reference import covers
from relgraph.model import Article
from relgraph.recognise.mentions import Mention
from relgraph.resolve.parties import Party, Title

_BETWEEN = re.compile(r"[\s,]*(?:(?:his|her)?\s?(?:excellency|majesty|highness)|mr|mrs|ms|dr|general|colonel|lieutenant general|major general|academician)?\.?[\s,]*", re.IGNORECASE)
_APPOSITION = re.compile(r",?\s(?:the|a|an|who is|who is also|who is the|who is also the|as|the country's|his|her|then|then the|its|and|also)?\s?", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|to|for|in|at)\s(?:the\s)?")


class Everybody:
    """The persons of one article: names to entities, built in text order."""

    def __init__(self, article: Article, knowledge: Knowledge) -> None:
        self.article, self.reference = article, knowledge.reference
        self.ids: dict[str, str | None] = {}
        self.by_last: dict[str, list[str]] = {}
        self.titles: list[Title] = []
        self.states: dict[str, str | None] = {}
        self._sounds = _sounds(knowledge)

    def name_of(self, mention: Mention, date: str | None) -> tuple[str, str | None, str] | None:
        """Return (name, id, reason) of a person mention with more than a surname."""
        if mention.form == "name":
            chosen = self._choose(mention.ids, date)
            return (self.reference.name(chosen), chosen, "full-name") if chosen else None
        heard = self._sounds.get(sound(mention.text))
        if heard:
            chosen = self._choose(heard, date)
            if chosen:
                return self.reference.name(chosen), chosen, "transliteration"
        words = fold(mention.text).split()
        for known in self.by_last.get(words[-1], ()):
            if set(words) <= set(fold(known).split()):
                return known, self.ids[known], "shorter-name"
        return mention.text.replace("\n", " "), None, "unknown-name"

    def learn(self, name: str, entity_id: str | None) -> None:
        """Remember a person of the article."""
        if name not in self.ids:
            self.ids[name] = entity_id
            words = fold(name).split()
            keys = {words[-1], sound(words[-1])}
            if entity_id:
                person = self.reference.entities[entity_id]  # type: ignore[index]
                keys |= {fold(a).split()[-1] for a in person.aliases if fold(a)}
                keys |= {sound(a.split()[-1]) for a in person.aliases}
            for key in keys:
                self.by_last.setdefault(key, []).append(name)

    def by_surname(self, text: str, candidates: Sequence[str], date: str | None, near: Sequence[str], offices: Sequence[str]) -> tuple[str, str | None, str, float] | None:
        """Return (name, id, reason, confidence) for a surname alone: a person of the article, else the office list at the date.

        `near` names the states beside it, `offices` the titles.
        """
        known = list(dict.fromkeys(self.by_last.get(fold(text), []) + self.by_last.get(sound(text), [])))
        if len(known) > 1 and near:
            known = [n for n in known if self.state_of(n, date) in near] or known
        if len(known) > 1 and offices:
            known = [n for n in known if any(t.person == n and t.office in offices for t in self.titles)] or known
        if known:
            return known[0], self.ids[known[0]], "surname-in-article", 0.95 if len(known) == 1 else 0.6
        ids = [c for c in candidates if (date and self.reference.offices_of(c, date)) or (not date)]
        if near:
            ids = [c for c in ids if self._state_name(self.reference.state_of(c, date)) in near] or ids
        if offices:
            ids = [c for c in ids if any(t.office in offices for t in self.reference.offices_of(c, date))] or ids
        if len(ids) == 1 and (near or offices or date):
            return self.reference.name(ids[0]), ids[0], "surname-in-office", 0.8
        return None

    def state_of(self, name: str, date: str | None) -> str | None:
        """Return the name of a person's state: what the article says, else the reference at the date."""
        if self.states.get(name):
            return self.states[name]
        entity_id = self.ids.get(name)
        return self._state_name(self.reference.state_of(entity_id, date)) if entity_id else None

    def _state_name(self, state: str | None) -> str | None:
        return self.reference.name(state) if state else None

    def _choose(self, ids: Sequence[str], date: str | None) -> str | None:
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


def attach(text: str, offices: Sequence[Mention], persons: Sequence[Party], actors: Sequence[Party]) -> tuple[list[tuple[Mention, Party | None, Party | None, int, int]], set[int]]:
    """Join each office of a sentence with the person who holds it and the state or organisation it belongs to.

    Returns:
        (office, person, of, start, end) for each office, and the starts of the actors that are used up as part of a title.
    """
    joined: list[tuple[Mention, Party | None, Party | None, int, int]] = []
    used: set[int] = set()
    taken: set[int] = set()
    for office in offices:
        start, end = office.start, office.end
        of: Party | None = None
        before = next((a for a in reversed(actors) if a.end <= start and a.end >= start - 4), None)
        if before is not None and re.fullmatch(r"(?:['’]s?)?\s", text[before.end : start]):
            of, start = before, before.start
        gap = _OF.match(text, end)
        after = next((a for a in actors if gap and a.start == gap.end()), None)
        if after is not None and gap is not None and (of is None or office.form == "plural"):
            if (re.match(r"\s(?:to|in|at)\s", text[end:]) and office.key not in ("ambassador", "charge")) or (office.key in ("ambassador", "charge") and re.match(r"\s(?:to|in|at)\s", text[end:])):
                after = None
            else:
                of, end = after, after.end
        if of is None:
            of = next((a for a in actors if office.start < a.start and a.end <= office.end), None)  # 'head of Tajikistan's State Committee'
        person = None
        if office.form != "plural":
            follow = next((p for p in persons if p.start >= end), None)
            if follow is not None and follow.start not in taken and _BETWEEN.fullmatch(text, end, follow.start):
                person = follow
            if person is None:
                previous = next((p for p in reversed(persons) if p.end <= start), None)
                if previous is not None and start - previous.end < 32 and _APPOSITION.fullmatch(text, previous.end, start) and text[previous.end : start] != " ":
                    person = previous
        if person is not None:
            taken.add(person.start)
        if of is not None:
            used.add(of.start)
        joined.append((office, person, of, start, end))
    return joined, used


def reference_office(reference_person: Person | None, date: str | None) -> tuple[str, str] | None:
    """Return (office, of) that the reference gives at a date, when it is one of the highest."""
    if reference_person is None or date is None:
        return None
    held = [t for t in reference_person.tenures if covers(t, date)]
    return (held[0].office, held[0].of) if held else None
