"""Terms of office of the reference against what the articles of a store say: contradicted, or not confirmed for long.

In: a reference and a store. Out: lines for people. The clock plays no part: 'long' counts back from the newest article.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from relgraph.graph import iris
from relgraph.knowledge.reference import Reference, covers
from relgraph.periods import bounds
from relgraph.store import Store

LONG = 365
"""Days after which a term that is still open should have been confirmed."""


class Attested(msgspec.Struct, frozen=True):
    """An article gives a person an office on a day."""

    person: str
    name: str
    office: str
    of: str
    day: str
    article: str


class TermsReport(msgspec.Struct, frozen=True):
    """Lines on open terms: `contradicted` by another holder, `silent` for long though they were confirmed before; how many are never named."""

    contradicted: tuple[str, ...]
    silent: tuple[str, ...]
    confirmed: int
    never: int
    newest: str | None


def check_terms(reference: Reference, store: Store, *, days: int = LONG) -> TermsReport:
    """Return what the articles say of the terms of office that the reference holds to be open.

    Args:
        reference: With terms of office.
        store: Open for reading.
        days: How long before the newest article a term may go without being named.
    """
    said = _attested(store)
    newest = max((a.day for a in said), default=None)
    by_office: dict[tuple[str | None, str], list[Attested]] = defaultdict(list)
    several = {f.id for f in reference.functions if f.seats != "one"}
    for one in said:
        by_office[reference.function_of(one.office), one.of].append(one)
    contradicted, silent, confirmed, never = [], [], 0, 0
    for person in reference.persons:
        for tenure in person.tenures:
            if tenure.end is not None:
                continue
            function = reference.function_of(tenure.office)
            here = [a for a in by_office.get((function, str(tenure.of)), ()) if function not in (None, "minister", "head", "deputy minister") or a.office == tenure.office]
            own = max((a.day for a in here if a.person == person.id), default=None)
            others = [a for a in here if a.person != person.id and a.day > (own or "") and _after(tenure.start, a.day)] if function not in several else []
            named = f"{person.name}, {tenure.office} of {reference.name(tenure.of)} since {tenure.start or 'an unknown day'}"
            # another holder whose own term covers that day is no news: acting ones, and handover days
            news = [a for a in others if not any(covers(t, a.day) and t.of == tenure.of for t in reference.offices_of(a.person, a.day))]
            if news:
                contradicted.append(f"{named}: {_named(news)}" + (f"; the holder was last named on {own}" if own else ""))
            elif own is None:
                never += 1
            elif newest is not None and _days(own, newest) > days:
                silent.append(f"{named}: last named on {own}, {_days(own, newest)} days before the newest article")
            else:
                confirmed += 1
    return TermsReport(tuple(sorted(contradicted)), tuple(sorted(silent)), confirmed, never, newest)


def _attested(store: Store) -> list[Attested]:
    rows = store.query("""SELECT ?person ?name ?title ?of ?day ?article WHERE {
        ?claim rg:asserts ?tenure ; rg:inArticle ?article . ?tenure a rg:Tenure ; rg:holder ?person ; rg:office ?office ; rg:attestedOn ?day .
        ?office rg:officeOf ?of ; rdfs:label ?title . ?person rdfs:label ?name } ORDER BY ?day ?claim""")
    found = []
    for row in rows:
        day = bounds(row["day"].value)
        person, of = iris.entity_id(row["person"].value), iris.entity_id(row["of"].value)
        if day and day[0] and person and of:
            title = row["title"].value
            found.append(Attested(person, row["name"].value, title.rpartition(" of ")[0] or title, of, day[0], str(iris.article_id(row["article"].value))))
    return found


def _after(start: str | None, day: str) -> bool:
    known = bounds(start) if start else None
    return known is None or known[1] is None or day > known[1]


def _named(others: Iterable[Attested]) -> str:
    """Say who is named instead: the latest, with how many articles."""
    listed = list(others)
    last = max(listed, key=lambda a: (a.day, a.article))
    count = len({a.article for a in listed if a.person == last.person})
    return f"{last.name} is named on {last.day} ({last.article}; {count} article{'s' if count > 1 else ''})"


def _days(one: str, other: str) -> int:
    return (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one)).days
