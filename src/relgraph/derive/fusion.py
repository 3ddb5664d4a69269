"""Fusion in a store: find the components that a change touches, group their reports anew, and write their occurrences and matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from relgraph.derive.clusters import Clusters, Decisions, Pair, cluster, pair
from relgraph.derive.index import Index
from relgraph.derive.occurrences import match_quads, occurrence_quads, owned
from relgraph.derive.reports import Report, read_reports
from relgraph.derive.rule import FusionRule
from relgraph.derive.scoring import score
from relgraph.graph import iris
from relgraph.graph.terms import rg
from relgraph.store import Store

_AT_ONCE = 2000
"""Reports whose occurrences are written at once."""


class Fusion:
    """One run of fusion over a store whose index of blocks is up to date."""

    def __init__(self, store: Store, index: Index, rule: FusionRule, decisions: Decisions) -> None:
        self.store, self.index, self.rule, self.decisions = store, index, rule, decisions
        self.reports: dict[str, Report] = {}
        self._absent: set[str] = set()
        self._beside: dict[str, list[str]] = {}
        self._stands: dict[str, set[str]] = {}
        self._scores: dict[Pair, float] = {}
        self._decided: dict[str, set[str]] = {}
        for one, other in decisions.same:
            self._decided.setdefault(one, set()).add(other)
            self._decided.setdefault(other, set()).add(one)

    def run(self, seeds: Iterable[str], gone: Iterable[str]) -> set[str]:
        """Group anew every component that holds a seed, and forget reports that are gone.

        Args:
            seeds: Event nodes that changed, and those of the blocks that they stand or stood in.
            gone: Event nodes that the store doesn't hold any more.

        Returns:
            The occurrences that are new, gone, or say something else.
        """
        changed: set[str] = set()
        done: set[str] = set()
        old, new, count = owned(self.store, gone), set[Quad](), 0
        partners = {p for iri in gone for p in self._decided.get(iri, ())}
        for seed in sorted({*seeds, *partners}):
            if seed in done or self.report(seed) is None:
                continue
            component = self._component(seed)
            done |= component
            old |= owned(self.store, component)
            new |= self._written(component)
            count += len(component)
            if count >= _AT_ONCE:
                changed |= self._flush(old, new)
                old, new, count = set(), set(), 0
        return changed | self._flush(old, new)

    def report(self, iri: str) -> Report | None:
        """Return a report, None when the store holds no such event."""
        if iri not in self.reports and iri not in self._absent:
            found = read_reports(self.store, [iri])
            self.reports.update(found)
            if not found:
                self._absent.add(iri)
        return self.reports.get(iri)

    def near(self, iri: str, *, planned: bool) -> Iterator[Report]:
        """Yield the reports that share a block with one, those of plans or those of what was held."""
        if iri not in self._beside:
            self._beside[iri] = sorted({n for key in self.index.blocks(iri) for n in self.standing(key)} - {iri})
        for other in self._beside[iri]:
            report = self.report(other)
            if report is not None and report.planned == planned:
                yield report

    def standing(self, block: str) -> set[str]:
        """Return the nodes of a block of reports, each block read once."""
        if block not in self._stands:
            self._stands[block] = self.index.nodes(block)
        return self._stands[block]

    def score_of(self, one: Report, other: Report) -> float:
        """Return the score of two reports, each pair reckoned once."""
        both = pair(one.iri, other.iri)
        if both not in self._scores:
            self._scores[both] = score(one, other, self.rule).whole
        return self._scores[both]

    def same(self, one: Report, other: Report) -> bool:
        """Whether the score of two reports alone makes them one."""
        limits = self.rule.limits
        return self.score_of(one, other) >= (limits.same_article if one.article == other.article else limits.same)

    def _component(self, seed: str) -> set[str]:
        found, waiting = {seed}, [seed]
        while waiting:
            own = self.report(waiting.pop())
            if own is None:
                continue
            linked = {r.iri for r in self.near(own.iri, planned=own.planned) if self.same(own, r)}
            linked |= {iri for iri in self._decided.get(own.iri, ()) if self.report(iri) is not None}
            waiting += linked - found
            found |= linked
        return found

    def _written(self, component: set[str]) -> set[Quad]:
        reports = {iri: self.reports[iri] for iri in component}
        scores: dict[Pair, float] = {}
        unclear: dict[Pair, float] = {}
        for own in reports.values():
            for other in self.near(own.iri, planned=own.planned):
                both, found = pair(own.iri, other.iri), self.score_of(own, other)
                if other.iri in component and self.same(own, other):
                    scores[both] = found
                elif found >= self.rule.limits.unclear and own.iri == both[0] and own.article != other.article:
                    unclear[both] = found
        clusters = cluster(reports, scores, self.decisions, self.rule)
        return self._quads(clusters, scores, unclear)

    def _quads(self, clusters: Clusters, scores: dict[Pair, float], unclear: dict[Pair, float]) -> set[Quad]:
        new: set[Quad] = set()
        place = {iri: number for number, group in enumerate(clusters.groups) for iri in group}
        for members in clusters.groups:
            new |= set(occurrence_quads(self.store, members, self.reports, self.rule))
        for both in clusters.joined:
            if both not in self.decisions.same:
                new |= set(match_quads(*both, scores[both], "same"))
        # what scored enough and was kept apart all the same, is as unclear as what nearly scored enough
        for both, found in {**scores, **unclear}.items():
            if both not in self.decisions.different and place.get(both[0]) != place.get(both[1], -1):
                new |= set(match_quads(*both, found, "unclear"))
        return new

    def _flush(self, old: set[Quad], new: set[Quad]) -> set[str]:
        self.store.change_derived(old - new, new - old)
        occurrences = {q.subject for q in old | new if q.predicate == rg("report")}
        return {q.subject.value for q in old ^ new if q.subject in occurrences and isinstance(q.subject, NamedNode)}

    def fulfil(self, occurrences: Iterable[str]) -> None:
        """Link what was held to the plans that it makes good, for the plans that are among or near some occurrences that changed.

        Each plan is made good by one occurrence at most: by that of the highest score that ended no earlier than the plan was published.
        """
        verb, graph = rg("fulfils"), iris.OCCURRENCES
        plans, old, new = set[str](), set[Quad](), set[Quad]()
        for node in occurrences:
            old |= set(self.store.match(None, verb, NamedNode(node), graph))
            for member in self.members(node):
                own = self.report(member)
                if own is not None and own.planned:
                    plans.add(node)
                elif own is not None:
                    plans |= {o for r in self.near(member, planned=True) if (o := self.occurrence(r.iri))}
        for plan in plans:
            old |= set(self.store.match(None, verb, NamedNode(plan), graph))
            best = self._fulfilment(plan)
            if best is not None:
                new.add(Quad(NamedNode(best), verb, NamedNode(plan), NamedNode(graph)))
        self.store.change_derived(old - new, new - old)

    def _fulfilment(self, plan: str) -> str | None:
        found: dict[str, float] = {}
        for member in self.members(plan):
            own = self.reports[member]
            for other in self.near(member, planned=False):
                days = other.days(self.rule)
                late = own.published is not None and days is not None and days[1] < own.published[0]
                held = self.occurrence(other.iri)
                if held and not late and (mark := self.score_of(own, other)) >= self.rule.limits.fulfils:
                    found[held] = max(found.get(held, 0.0), mark)
        return min(found, key=lambda o: (-found[o], o), default=None)

    def members(self, occurrence: str) -> list[str]:
        """Return the reports of an occurrence that the store holds."""
        return sorted(q.object.value for q in self.store.match(NamedNode(occurrence), rg("report"), None, iris.OCCURRENCES))  # type: ignore[union-attr]

    def occurrence(self, event: str) -> str | None:
        """Return the occurrence of a report."""
        return next((q.subject.value for q in self.store.match(None, rg("report"), NamedNode(event), iris.OCCURRENCES)), None)  # type: ignore[union-attr]


