"""Events that one article denies or calls off and another reports."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pyoxigraph import NamedNode

from relgraph.derive.contradict.found import Found
from relgraph.derive.fusion import Fusion
from relgraph.derive.reading import concept, days, label, nodes, tenures_of_person
from relgraph.derive.reports import Report, published_of, read_place, region_members
from relgraph.graph import iris
from relgraph.graph.terms import RDF_TYPE, rg
from relgraph.store import Store


def denied_report(store: Store, claim: str) -> Report | None:
    """Return what a claim that is not asserted would report, None for other claims."""
    kinds = sorted(nodes(store, claim, "eventKind"))
    modality = {concept(m) for m in nodes(store, claim, "modality")}
    if not kinds or not modality & {"denied", "cancelled", "postponed"}:
        return None
    article = next(iter(nodes(store, claim, "inArticle")), "")
    published, told = published_of(store, NamedNode(article)) if article else None, days(store, claim)
    at = told or published
    states, actors = set[str](), set[str]()
    for actor in nodes(store, claim, "involves"):
        members = region_members(store, actor)
        if members or any(store.match(NamedNode(actor), RDF_TYPE, rg("State"))):
            states |= members or {actor}
            continue
        actors.add(actor)
        held = (t for t in tenures_of_person(store, actor) if at and t.days[0] <= at[1] and at[0] <= t.days[1])
        states |= {s for t in held for s in nodes(store, t.office, "officeOf", iris.REFERENCE) if any(store.match(NamedNode(s), RDF_TYPE, rg("State")))}
    places = sorted(nodes(store, claim, "place"))
    return Report(iri=claim, article=article, kind=concept(kinds[0]), states=frozenset(states), actors=frozenset(actors), first=told[0] if told else None,
                  last=told[1] if told else None, published=published, place=read_place(store, places[0]) if places else None,
                  planned="denied" not in modality and (told is None or bool(published and told[1] >= published[0] - datetime.timedelta(days=1))))  # fmt: skip


def disagreeing_reports(fusion: Fusion, claim: str) -> Iterator[Found]:
    """Yield the occurrences that other articles report or announce and that a claim denies or calls off."""
    store = fusion.store
    own = denied_report(store, claim)
    if own is None:
        return
    denied = any(concept(m) == "denied" for m in nodes(store, claim, "modality"))
    limit = fusion.rule.limits.same if not own.planned else fusion.rule.limits.fulfils
    found: dict[str, bool] = {}
    for planned in (False, True):
        for other in fusion.near(claim, planned=planned):
            occurrence = fusion.occurrence(other.iri)
            if occurrence and other.article != own.article and fusion.score_of(own, other) >= limit:
                found[occurrence] = planned
    for occurrence, planned in sorted(found.items()):
        if denied and planned:
            continue  # that something has not happened does not contradict that it is planned
        said = f"{label(store, occurrence)} - but: {label(store, claim)}"
        yield Found(kind="planned and cancelled" if planned else "denied and reported", said=said, conflicting=(claim, occurrence), concerns=(occurrence,))
