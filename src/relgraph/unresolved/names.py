"""Names, titles, bodies and treaties that were seen and not known, and terms of office that the reference doesn't have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.names import fold
from relgraph.model import AnyFact, Article, BodyFact, OfficeFact, TreatyFact
from relgraph.recognise import recognise
from relgraph.relate import relate
from relgraph.resolve import Resolved, resolve

Kind = Literal["person", "organisation", "body", "treaty", "title", "tenure", "surname"]
KINDS: tuple[Kind, ...] = ("person", "organisation", "body", "treaty", "title", "tenure", "surname")
_NAMED = frozenset({"name", "surname", "unknown"})
_NEW = re.compile(r"\b(?:newly[- ]appointed|newly[- ]elected|was appointed|has been appointed|appointment as|new (?:foreign|prime|defen[cs]e)?\s?(?:minister|president|ambassador|head))\b", re.IGNORECASE)
_MOST_EXAMPLES = 3


class Seen(msgspec.Struct, frozen=True):
    """One place where a name was seen."""

    article: str
    published: str | None
    source: str
    sentence: str


class Unknown(msgspec.Struct):
    """One name: how often it was seen, where, and what was said of it.

    Attributes:
        count: Mentions.
        articles: Ids.
        offices: Office, what it is of, and that one's id, as articles give them to a person, each with where it was first seen.
        sides: Ids of the members or parties that a body or treaty was seen with.
        status: A treaty's step and its day.
        person: Of a term of office, the id of the person who holds it.
        fresh: Whether a sentence says that somebody is new in office.
    """

    kind: Kind
    name: str
    count: int = 0
    articles: set[str] = msgspec.field(default_factory=set)
    examples: list[Seen] = msgspec.field(default_factory=list)
    offices: dict[tuple[str, str, str | None], Seen] = msgspec.field(default_factory=dict)
    sides: tuple[str, ...] = ()
    status: tuple[str, str | None] | None = None
    person: str | None = None
    fresh: bool = False

    def saw(self, seen: Seen, times: int = 1) -> None:
        """Count a place; the first few are kept as examples, one an article."""
        self.count += times
        if seen.article not in self.articles and len(self.examples) < _MOST_EXAMPLES:
            self.examples.append(seen)
        self.articles.add(seen.article)
        self.fresh = self.fresh or bool(_NEW.search(seen.sentence))


def find_unknown(articles: Iterable[Article], knowledge: Knowledge) -> list[Unknown]:
    """Return what is not known, the most frequent first."""
    found: dict[tuple[Kind, str], Unknown] = {}
    for article in articles:
        resolved = resolve(article, recognise(article, knowledge), knowledge)
        facts = relate(article, resolved, knowledge)
        for kind, name, seen in _mentioned(article, resolved):
            _entry(found, kind, name).saw(seen)
        for fact in (*facts.facts, *facts.unasserted):
            _told(article, fact, found, knowledge)
    return sorted(found.values(), key=lambda u: (-u.count, -len(u.articles), u.kind, u.name))


def _entry(found: dict[tuple[Kind, str], Unknown], kind: Kind, name: str) -> Unknown:
    """The entry of a name; 'KazAtomProm' and 'Kazatomprom' are one."""
    return found.setdefault((kind, fold(name)), Unknown(kind, name))


def _seen(article: Article, sentence: str) -> Seen:
    said = ", ".join(p for p in (article.publisher, article.published) if p)
    return Seen(article.id, article.published, (article.url or "").partition(" ; ")[0] or f"article {article.id}" + (f" ({said})" if said else ""), " ".join(sentence.split()))


def _mentioned(article: Article, resolved: Resolved) -> Iterator[tuple[Kind, str, Seen]]:
    surnames = set(resolved.unresolved)
    for view in resolved.views:
        for party in view.parties:
            if party.id is None and party.form in _NAMED and party.kind != "state":
                yield ("person" if party.kind == "person" else "organisation"), party.name, _seen(article, view.text)
        for name in sorted(surnames):
            dates = [(m.start - view.sentence.start, m.end - view.sentence.start) for m in view.of_kind("date")]
            # 'May' and the like, within a date, are nobody's name
            if any(not any(start <= m.start() < end for start, end in dates) for m in re.finditer(rf"\b{re.escape(name)}\b", view.text)):
                yield "surname", name, _seen(article, view.text)


def _told(article: Article, fact: AnyFact, found: dict[tuple[Kind, str], Unknown], knowledge: Knowledge) -> None:
    """Add what a fact says of names that are not known."""
    seen, reference = _seen(article, fact.evidence[0].quote), knowledge.reference
    match fact:
        case OfficeFact():
            office = (fact.office, fact.of, fact.ids.get(fact.of))
            person = fact.ids.get(fact.person)
            if reference.function_of(fact.office) is None:
                _entry(found, "title", fact.office).saw(seen)
            elif person is None:
                _entry(found, "person", fact.person).offices.setdefault(office, seen)
            elif article.published and office[2] and not any(_same_office(t.office, fact.office, knowledge) and t.of == office[2] for t in reference.offices_of(person, article.published)):
                name = f"{fact.person}, {fact.office} of {fact.of}"
                entry = _entry(found, "tenure", name)
                entry.person = person
                entry.saw(seen)
                entry.offices.setdefault(office, seen)
        case BodyFact() if fact.ids.get(fact.name) is None:
            entry = _entry(found, "body", fact.name)
            entry.saw(seen)
            entry.sides = entry.sides or tuple(i for m in fact.members if (i := fact.ids.get(m)))
        case TreatyFact() if fact.ids.get(fact.name) is None:
            entry = _entry(found, "treaty", fact.name)
            entry.saw(seen)
            entry.sides = entry.sides or tuple(i for p in fact.parties if (i := fact.ids.get(p)))
            entry.status = entry.status or ((fact.status, fact.date) if fact.status else None)
        case _:
            pass


def _same_office(one: str, other: str, knowledge: Knowledge) -> bool:
    """Whether two titles are of one kind; 'minister' alone may be any."""
    function = knowledge.reference.function_of
    return one == other or (function(one) == function(other) and function(one) not in (None, "minister", "head", "deputy minister"))
