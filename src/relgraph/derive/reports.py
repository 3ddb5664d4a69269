"""Event reports as values, read from a store: what fusion compares.

A report is one event as one article tells it. Its states are those that took part themselves or through office holders, as rules have inferred them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec
from pyoxigraph import Literal, NamedNode

from relgraph.derive.rule import FusionRule
from relgraph.graph import iris
from relgraph.graph.terms import RDF_TYPE, rg
from relgraph.periods import bounds
from relgraph.store import Store

_PART_OF = NamedNode(iris.PREFIXES["dcterms"] + "isPartOf")
_PLACE_KIND = NamedNode(iris.PREFIXES["dcterms"] + "type")
_REGION, _STATE = rg("Region"), rg("State")


class Place(msgspec.Struct, frozen=True):
    """Where an event took place: its node, the states it lies in, and whether it is a city."""

    iri: str
    states: frozenset[str] = frozenset()
    city: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One event as one article tells it. Nodes are given by their IRIs, days as dates.

    `first` and `last` are the days that its own date may mean, None when it has none; `published` likewise for its article.
    `actors` are the persons and organisations that it names, `states` the sides.
    """

    iri: str
    article: str
    kind: str
    states: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    visitors: frozenset[str] = frozenset()
    host: str | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    published: tuple[datetime.date, datetime.date] | None = None
    place: Place | None = None
    planned: bool = False
    session: str | None = None

    def days(self, rule: FusionRule) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and last day on which it may have happened, None when that can't be told or is too wide to compare."""
        widest = rule.widest_plan_days if self.planned else rule.widest_days
        if self.first and self.last:
            found = (self.first, self.last)
        elif self.published and self.planned:
            found = (self.published[0], self.published[1] + datetime.timedelta(days=rule.undated_plan.days_after))
        elif self.published:
            found = (self.published[0] - datetime.timedelta(days=rule.undated.days_before), self.published[1])
        else:
            return None
        return found if (found[1] - found[0]).days <= widest else None

    def exact(self, rule: FusionRule) -> bool:
        """Whether its own date is told, to a few days."""
        return bool(self.first and self.last and (self.last - self.first).days < rule.exact_days)


def blocks(report: Report, rule: FusionRule) -> frozenset[str]:
    """Return the keys of the blocks that a report is compared in: group of kinds, sides and month; none when its days can't be told.

    Two reports that may be one event share a block, so that no others need be compared.
    """
    days = report.days(rule)
    sides = sorted(report.states) or sorted(report.actors)
    if days is None or not sides:
        return frozenset()
    who = "+".join(s.rsplit("/", 1)[-1] for s in sides) if len(sides) < 3 else "several"
    slack = datetime.timedelta(days=len(rule.days_of(report.kind)) - 1)
    months = list(_months(days[0] - slack, days[1] + slack))
    return frozenset(f"event|{group}|{who}|{month}" for group in rule.groups_of(report.kind, len(sides)) for month in months)


def _months(first: datetime.date, last: datetime.date) -> Iterator[str]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def read_reports(store: Store, events: Iterable[str]) -> dict[str, Report]:
    """Return the reports of event nodes by IRI; nodes that the store doesn't describe as events are left out."""
    found = (_read(store, iri) for iri in events)
    return {report.iri: report for report in found if report is not None}


def _read(store: Store, iri: str) -> Report | None:
    node = NamedNode(iri)
    said: dict[str, list[NamedNode | Literal]] = {}
    for quad in store.match(node, None, None):
        if isinstance(quad.object, (NamedNode, Literal)):
            said.setdefault(quad.predicate.value.removeprefix(iris.RG), []).append(quad.object)
    kinds = sorted(v.value for v in said.get("eventKind", ()))
    if not kinds or rg("Event") not in said.get(RDF_TYPE.value, ()):
        return None
    article, published = _article_of(store, node)
    participants = [v.value for v in said.get("participant", ())]
    states = {v.value for v in said.get("onBehalfOf", ())}
    actors = set()
    for actor in participants:
        if actor in states:
            continue
        members = region_members(store, actor)
        states |= members
        if not members and not any(store.match(NamedNode(actor), RDF_TYPE, _STATE)):
            actors.add(actor)
    first, last = _day(said.get("earliest")), _day(said.get("latest"))
    places = sorted(v.value for v in said.get("place", ()))
    return Report(
        iri=iri, article=article, kind=kinds[0].rsplit("/", 1)[-1].replace("-", " "), states=frozenset(states), actors=frozenset(actors),
        visitors=frozenset(v.value for v in said.get("visitor", ())), host=min((v.value for v in said.get("host", ())), default=None),
        first=first, last=last, published=published, place=read_place(store, places[0]) if places else None,
        planned=any(v.value == "true" for v in said.get("planned", ())), session=min((v.value for v in said.get("sessionOf", ())), default=None),
    )  # fmt: skip


def region_members(store: Store, iri: str) -> set[str]:
    """Return the states of a region such as Central Asia; nothing for other actors."""
    node = NamedNode(iri)
    if not any(store.match(node, RDF_TYPE, _REGION)):
        return set()
    parts = (q.subject for q in store.match(None, _PART_OF, node))
    return {s.value for s in parts if isinstance(s, NamedNode) and any(store.match(s, RDF_TYPE, _STATE))}


def read_place(store: Store, iri: str) -> Place:
    """Return a place with its states."""
    node = NamedNode(iri)
    kinds = {q.object.value for q in store.match(node, _PLACE_KIND, None) if isinstance(q.object, Literal)}
    states = frozenset(q.object.value for q in store.match(node, rg("inState"), None) if isinstance(q.object, NamedNode))
    return Place(iri, states, bool(kinds & {"city", "town"}))


def _article_of(store: Store, event: NamedNode) -> tuple[str, tuple[datetime.date, datetime.date] | None]:
    for claim in store.match(None, rg("asserts"), event):
        for said in store.match(claim.subject, rg("inArticle"), None):  # type: ignore[arg-type]
            return said.object.value, published_of(store, said.object)  # type: ignore[union-attr,arg-type]
    return "", None


def published_of(store: Store, article: NamedNode) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day on which an article may have been published."""
    for quad in store.match(article, rg("published"), None):
        days = bounds(quad.object.value) if isinstance(quad.object, Literal) else None
        if days and days[0] and days[1]:
            return datetime.date.fromisoformat(days[0]), datetime.date.fromisoformat(days[1])
    return None


def _day(values: list[NamedNode | Literal] | None) -> datetime.date | None:
    return min((datetime.date.fromisoformat(v.value) for v in values), default=None) if values else None
