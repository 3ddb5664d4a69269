"""Occurrences as quads: what happened, with what its reports say together, and the matches that made it one.

Reports stay as they are. Of days the most exact counts that most reports give, of places the one that most give; a state stands among the
participants only where no report names who acted for it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from relgraph.derive.reports import Report
from relgraph.derive.reprints import independent
from relgraph.derive.rule import FusionRule
from relgraph.graph import iris
from relgraph.graph.terms import LABEL, Builder, decimal, rg, text, typed
from relgraph.store import Store

RULE = "fusion"
_ALL = ("visitor", "host", "sessionOf")
_ONE = ("eventKind", "visitLevel", "place")


def occurrence_of(members: Iterable[str]) -> str:
    """Return the node of the occurrence of some reports: it is named after the first of them."""
    return iris.node("occurrence", min(members).rsplit("/", 1)[-1])


def occurrence_quads(store: Store, members: Sequence[str], reports: Mapping[str, Report], rule: FusionRule) -> list[Quad]:
    """Return what an occurrence says; `members` are its reports."""
    out, node = Builder(iris.OCCURRENCES), NamedNode(occurrence_of(members))
    said = {iri: list(store.match(NamedNode(iri), None, None)) for iri in members}
    ordered = sorted(members, key=lambda iri: (-_detail(reports[iri], rule), iri))
    out.kind(node, "Occurrence")
    out.label(node, _label(said[ordered[0]]))
    out.add(node, "report", *(NamedNode(iri) for iri in members))
    out.add(node, "reportCount", typed(str(len(members)), "integer"))
    out.add(node, "sourceCount", typed(str(max(1, independent(store, (reports[m].article for m in members if reports[m].article)))), "integer"))
    for name in _ALL:
        out.add(node, name, *(q.object for iri in members for q in said[iri] if q.predicate == rg(name)))  # type: ignore[arg-type]
    for name in _ONE:
        counted = Counter(q.object for iri in members for q in said[iri] if q.predicate == rg(name))
        if counted:
            out.add(node, name, min(counted, key=lambda v: (-counted[v], str(v))))  # type: ignore[arg-type]
    out.add(node, "participant", *(NamedNode(p) for p in _participants(members, said, reports)))
    for dated in _dated(ordered, said, reports, rule):
        out.add(node, dated.predicate, dated.object)  # type: ignore[arg-type]
    if all(reports[m].planned for m in members):
        out.add(node, "planned", typed("true", "boolean"))
    return out.quads()


def match_quads(one: str, other: str, score: float, verdict: str, graph: str = iris.OCCURRENCES, rule: str = RULE) -> list[Quad]:
    """Return a match of two nodes: the score of a rule and what it says."""
    out, both = Builder(graph), " ".join(sorted((one, other)))
    node = NamedNode(iris.node("match", hashlib.sha256(f"{rule} {both}".encode()).hexdigest()[:16]))
    out.kind(node, "Match")
    out.label(node, f"{verdict}, by the rule {rule}, score {score:.2f}")
    out.add(node, "matched", NamedNode(one), NamedNode(other))
    out.add(node, "score", decimal(score))
    out.add(node, "verdict", out.concept("verdict", verdict))
    out.add(node, "rule", text(rule))
    return out.quads()


def owned(store: Store, events: Iterable[str]) -> set[Quad]:
    """Return what fusion wrote for some reports: their occurrences, and the matches of which a report is the smaller node."""
    found: set[Quad] = set()
    for iri in events:
        for said in store.match(None, rg("report"), NamedNode(iri), iris.OCCURRENCES):
            found |= set(store.match(said.subject, None, None, iris.OCCURRENCES))  # type: ignore[arg-type]
        for match in matches_of(store, iri):
            quads = set(store.match(match, None, None, iris.OCCURRENCES))
            if min(q.object.value for q in quads if q.predicate == rg("matched")) == iri:  # type: ignore[union-attr]
                found |= quads
    return found


def matches_of(store: Store, iri: str) -> list[NamedNode]:
    """Return the matches of a node that fusion made."""
    return [q.subject for q in store.match(None, rg("matched"), NamedNode(iri), iris.OCCURRENCES) if isinstance(q.subject, NamedNode)]


def _detail(report: Report, rule: FusionRule) -> int:
    return 4 * report.exact(rule) + 2 * (report.first is not None) + (report.place is not None) + len(report.actors)


def _label(quads: Sequence[Quad]) -> str:
    return min(q.object.value for q in quads if q.predicate == LABEL and isinstance(q.object, Literal))


def _participants(members: Sequence[str], said: Mapping[str, Sequence[Quad]], reports: Mapping[str, Report]) -> list[str]:
    named = {iri: {q.object.value for q in said[iri] if q.predicate == rg("participant")} for iri in members}  # type: ignore[union-attr]
    kept = {q.object.value for iri in members for q in said[iri] if q.predicate in (rg("host"), rg("visitor"))}  # type: ignore[union-attr]
    represented = {s for iri in members for s in reports[iri].states - named[iri] if reports[iri].actors}
    return sorted(set().union(*named.values()) - (represented - kept))


def _dated(ordered: Sequence[str], said: Mapping[str, Sequence[Quad]], reports: Mapping[str, Report], rule: FusionRule) -> list[Quad]:
    """Return the date of the report whose date most reports share, among the exact ones if there are any."""
    with_date = [iri for iri in ordered if reports[iri].first is not None]
    exact = [iri for iri in with_date if reports[iri].exact(rule)] or with_date
    if not exact:
        return []
    counted = Counter((reports[iri].first, reports[iri].last) for iri in exact)
    best = min(exact, key=lambda iri: (-counted[reports[iri].first, reports[iri].last], ordered.index(iri)))
    return [q for q in said[best] if q.predicate in (rg("date"), rg("edtf"), rg("earliest"), rg("latest"))]


