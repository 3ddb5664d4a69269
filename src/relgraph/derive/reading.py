"""Short ways to what a store says of a node."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from relgraph.graph import iris
from relgraph.graph.terms import LABEL, rg
from relgraph.store import Store

Days = tuple[datetime.date, datetime.date]


def nodes(store: Store, subject: str, term: str, graph: str | None = None) -> set[str]:
    """Return the nodes that a property of ours leads to."""
    return {q.object.value for q in store.match(NamedNode(subject), rg(term), None, graph) if isinstance(q.object, NamedNode)}


def subjects(store: Store, term: str, value: str, graph: str | None = None) -> set[str]:
    """Return the nodes from which a property of ours leads to a node."""
    return {q.subject.value for q in store.match(None, rg(term), NamedNode(value), graph) if isinstance(q.subject, NamedNode)}


def literals(store: Store, subject: str, term: str) -> list[str]:
    """Return the literals of a property of ours, sorted."""
    return sorted(q.object.value for q in store.match(NamedNode(subject), rg(term), None) if isinstance(q.object, Literal))


def days(store: Store, subject: str) -> Days | None:
    """Return the first and last day that the date of a node may mean."""
    first, last = literals(store, subject, "earliest"), literals(store, subject, "latest")
    return (datetime.date.fromisoformat(first[0]), datetime.date.fromisoformat(last[-1])) if first and last else None


def label(store: Store, iri: str) -> str:
    """Return the English label of a node, its slug when it has none."""
    found = [q.object for q in store.match(NamedNode(iri), LABEL, None) if isinstance(q.object, Literal)]
    named = sorted(v.value for v in found if v.language == "en") or sorted(v.value for v in found)
    return named[0] if named else iri.rsplit("/", 1)[-1]


def concept(iri: str) -> str:
    """Return the English name that a concept's IRI was made of, as our vocabularies write it in small letters."""
    return iri.rsplit("/", 1)[-1].replace("-", " ") if "secretary-general" not in iri else "secretary-general"


class Tenure:
    """One term of office of the reference."""

    def __init__(self, store: Store, iri: str) -> None:
        self.iri = iri
        self.holder = next(iter(nodes(store, iri, "holder", iris.REFERENCE)), "")
        self.office = next(iter(nodes(store, iri, "office", iris.REFERENCE)), "")
        self.days = days(store, iri) or (datetime.date.min, datetime.date.max)
        self.acting = bool(literals(store, iri, "acting"))

    @property
    def open(self) -> bool:
        """Whether it lasts as far as the reference knows."""
        return self.days[1].year == datetime.MAXYEAR


def tenures_of_office(store: Store, office: str) -> list[Tenure]:
    """Return the terms of an office that the reference knows, by day."""
    found = [Tenure(store, t) for t in subjects(store, "office", office, iris.REFERENCE)]
    return sorted(found, key=lambda t: (t.days, t.iri))


def tenures_of_person(store: Store, person: str) -> Iterator[Tenure]:
    """Yield the terms of a person that the reference knows."""
    yield from (Tenure(store, t) for t in sorted(subjects(store, "holder", person, iris.REFERENCE)))


def claims_of(store: Store, node: str) -> list[str]:
    """Return the claims that assert a node, sorted."""
    return sorted(subjects(store, "asserts", node))


def articles_of(store: Store, node: str) -> set[str]:
    """Return the articles whose claims assert a node."""
    return {a for claim in claims_of(store, node) for a in nodes(store, claim, "inArticle")}
