"""Offices: who holds which on both sides, and at which level two sides meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from relgraph.graph import iris
from relgraph.query.dossier.sheet import Row, Section, Sheet
from relgraph.query.reader import Reader, listed

_OF_PERSONS = "SELECT DISTINCT ?tenure WHERE { VALUES ?person { %s } ?tenure rg:holder ?person }"
_OF_SIDE = "SELECT DISTINCT ?tenure WHERE { ?office rg:officeOf <%s> . ?tenure rg:office ?office }"
_ATTESTED = 400
"""Days around an article's date for which the office it gives somebody is taken to hold, where the reference says nothing."""


class Term(msgspec.Struct, frozen=True):
    """One term in one office: dated in the reference, or attested by an article on its day."""

    node: str
    person: str
    office: str
    of: str
    function: str
    begin: str
    end: str
    attested: str
    acting: bool

    def covers(self, day: str) -> bool:
        """Whether it is known, by the reference, to hold on a day; dates are compared at the coarser precision."""
        if self.attested:
            return False
        return (not self.begin or self.begin <= day[: len(self.begin)]) and (not self.end or day[: len(self.end)] <= self.end)


def read_terms(reader: Reader, sparql: str) -> list[Term]:
    """Return the terms that a query names as ?tenure."""
    tenures = reader.described(str(row[0]) for row in reader.rows(sparql))
    offices = reader.described(t.one("office") for t in tenures.values())
    return [
        Term(
            node=t.iri, person=t.one("holder"), office=t.one("office"), of=offices[t.one("office")].one("officeOf"), function=offices[t.one("office")].one("function").rpartition("/")[2],
            begin=t.one("from"), end=t.one("to"), attested=t.one("attestedOn"), acting=t.one("acting") == "true",
        )
        for t in tenures.values() if t.one("office") and t.one("holder") and (t.one("from") or t.one("to") or t.one("attestedOn") or t.one("source"))
    ]  # fmt: skip


def terms_of_persons(reader: Reader, persons: Iterable[str]) -> dict[str, list[Term]]:
    """Return the terms of each person."""
    wanted = sorted(set(persons))
    found: dict[str, list[Term]] = {p: [] for p in wanted}
    for begin in range(0, len(wanted), 400):
        for term in read_terms(reader, _OF_PERSONS % listed(wanted[begin : begin + 400])):
            found[term.person].append(term)
    return found


def terms_on(terms: Iterable[Term], day: str) -> list[Term]:
    """Return the terms that hold on a day: those the reference dates so, else those that an article attests near it."""
    held = list(terms)
    known = [t for t in held if t.covers(day)] if day else []
    return known or [t for t in held if t.attested and (not day or _near(t.attested, day))]


def level_of(terms: Mapping[str, Iterable[Term]], persons: Iterable[str], day: str, sheet: Sheet) -> str:
    """Return the level of a contact: the one that the best placed person of each side reaches.

    Args:
        terms: Of all persons.
        persons: Who took part; states and organisations among them say nothing about a level.
        day: When, '' when unknown.
        sheet: For the levels.
    """
    ranks = {f: n for n, level in enumerate(sheet.words.levels) for f in level.functions}
    best: dict[str, int] = {}
    for person in persons:
        for term in terms_on(terms.get(person, ()), day):
            if term.function in ranks:
                best[term.of] = min(best.get(term.of, len(ranks)), ranks[term.function])
    if not best:
        return sheet.words.levels[-1].id
    # At a gathering of many the sides that the dossier is about count; of one state, that and the best placed of the others.
    own = [best[e.iri] for e in sheet.entities if e.iri in best]
    others = [rank for of, rank in best.items() if of not in {e.iri for e in sheet.entities}]
    if not own:
        return sheet.words.levels[max(best.values())].id
    return sheet.words.levels[max(own) if len(sheet.entities) > 1 or not others else max(max(own), min(others))].id


def offices(sheet: Sheet) -> Section:
    """Who holds which office of each side on the day; of a person: every term."""
    rows: list[Row] = []
    for entity in sheet.entities:
        terms = terms_of_persons(sheet.reader, [entity.iri])[entity.iri] if entity.kind == "Person" else read_terms(sheet.reader, _OF_SIDE % entity.iri)
        dated = [t for t in terms if not t.attested and (t.covers(sheet.at) or (entity.kind == "Person" and (not t.begin or t.begin <= sheet.at[: len(t.begin)])))]
        known = {(t.person, t.office) for t in dated}
        posts = {t.office for t in dated}
        latest: dict[str, Term] = {}
        for term in sorted((t for t in terms if t.attested and t.attested <= sheet.at[: len(t.attested)] and (t.person, t.office) not in known), key=lambda t: (t.attested, t.node)):
            if entity.kind == "Person" or (term.office not in posts and _near(term.attested, sheet.at)):
                if sheet.grounded(term.node):
                    latest[term.office] = term
        order = {f: n for n, f in enumerate(sheet.words.offices)}
        shown = sorted([*dated, *latest.values()], key=lambda t: (order.get(t.function, 99), t.end == "", t.begin or t.attested, t.node))
        if entity.kind == "Person":
            shown.sort(key=lambda t: t.begin or t.attested, reverse=True)
        names = sheet.reader.names([n for t in shown for n in (t.person, t.office)])
        rows += [
            Row(
                (names[t.person] + (f" ({sheet.word('acting')})" if t.acting else ""), _office(sheet, t), sheet.word("attested").format(t.attested) if t.attested else t.begin, "" if t.attested else t.end),
                sheet.node_notes(t.node), group=entity.name if len(sheet.entities) > 1 else "",
            )
            for t in shown
        ]  # fmt: skip
    return sheet.section("offices", ("person", "office", "from", "to"), rows)


def _office(sheet: Sheet, term: Term) -> str:
    """Return the office; in another language than English, in which offices are named, by its function and whose it is, where that says all."""
    if sheet.lang != "en" and term.function in sheet.words.own_offices:
        return f"{sheet.reader.name(f'{iris.BASE}vocab/function/{term.function}')} ({sheet.reader.name(term.of)})"
    return sheet.reader.name(term.office)


def _near(one: str, other: str) -> bool:
    import datetime

    try:
        return abs((datetime.date.fromisoformat(one[:10]) - datetime.date.fromisoformat(other[:10])).days) <= _ATTESTED
    except ValueError:  # a month or year
        return one[:4] == other[:4]
