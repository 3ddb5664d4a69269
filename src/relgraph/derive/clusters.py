"""Which reports are one occurrence: components of pairs that score high enough, with a limit on how many days one spans.

Pure, and local: the clusters of a component depend on that component alone, so that one more article changes no other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from relgraph.derive.reports import Report
from relgraph.derive.rule import FusionRule

Pair = tuple[str, str]


class Decisions(msgspec.Struct, frozen=True):
    """What a person decided on pairs of nodes, in IRIs, the smaller one first. It goes before every rule."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


class Clusters(msgspec.Struct, frozen=True):
    """Reports by occurrence, and the pairs whose scores joined them."""

    groups: tuple[tuple[str, ...], ...]
    joined: tuple[Pair, ...]


def pair(one: str, other: str) -> Pair:
    """Return two nodes in order."""
    return (one, other) if one < other else (other, one)


def cluster(reports: Mapping[str, Report], scores: Mapping[Pair, float], decisions: Decisions, rule: FusionRule) -> Clusters:
    """Group reports into occurrences.

    Pairs are joined from the highest score down, unless a decision or another report in between keeps them apart: a group never spans more
    days than its kind allows, nor holds two reports that were decided to differ. A report dated by the month that fits two events which are
    not one stays alone, since nobody can say which it means.

    Args:
        reports: By IRI; whole components.
        scores: Scores of the pairs that reach the limit.
        decisions: On these reports.
        rule: The rule of fusion.
    """
    unsure = _ambiguous(reports, scores, rule)
    group = {iri: iri for iri in reports}
    members = {iri: [iri] for iri in reports}
    joined: list[Pair] = []
    decided = sorted(p for p in decisions.same if p[0] in reports and p[1] in reports)
    ranked = sorted((p for p in scores if p not in decisions.same and not unsure & set(p)), key=lambda p: (-scores[p], p))
    for number, (one, other) in enumerate((*decided, *ranked)):
        a, b = group[one], group[other]
        if a == b:
            continue
        both = members[a] + members[b]
        if _kept_apart(members[a], members[b], decisions) or (number >= len(decided) and not _fits(both, reports, rule)):
            continue
        for iri in members.pop(b):
            group[iri] = a
        members[a] = both
        joined.append((one, other))
    return Clusters(tuple(sorted(tuple(sorted(m)) for m in members.values())), tuple(joined))


def _kept_apart(one: Iterable[str], other: Iterable[str], decisions: Decisions) -> bool:
    return bool(decisions.different) and any(pair(x, y) in decisions.different for x in one for y in other)


def _fits(iris_: Iterable[str], reports: Mapping[str, Report], rule: FusionRule) -> bool:
    found = [reports[i] for i in iris_]
    exact = [r for r in found if r.exact(rule)]
    if not exact:
        return True
    first = min(r.first for r in exact if r.first)
    # each report may itself last some days; what counts is how far apart they begin
    begins = max(r.first for r in exact if r.first)
    return begins - first <= datetime.timedelta(days=min(rule.span_of(r.kind) for r in found))


def _ambiguous(reports: Mapping[str, Report], scores: Mapping[Pair, float], rule: FusionRule) -> set[str]:
    """Return the reports without an exact date that fit exactly dated ones too far apart to be one event."""
    near: dict[str, list[str]] = {}
    for one, other in scores:
        for iri, partner in ((one, other), (other, one)):
            if not reports[iri].exact(rule) and reports[partner].exact(rule):
                near.setdefault(iri, []).append(partner)
    return {iri for iri, partners in near.items() if not _fits(partners, reports, rule)}
