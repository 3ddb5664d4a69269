"""How likely it is that two reports speak of one event, by data/fusion/rule.yaml. Pure: the same two reports give the same score in either order."""

from __future__ import annotations

import datetime

import msgspec

from relgraph.derive.reports import Place, Report
from relgraph.derive.rule import FusionRule


class Score(msgspec.Struct, frozen=True):
    """The likenesses of two reports and the weighted whole, each 0 to 1. A veto makes the whole 0."""

    whole: float
    sides: float = 0.0
    date: float = 0.0
    place: float = 0.0
    kind: float = 0.0


NOTHING = Score(0.0)


def score(one: Report, other: Report, rule: FusionRule) -> Score:
    """Return how alike two reports are. Plans are compared with plans, and with what was held, by the same rule."""
    kind = rule.kind_likeness(one.kind, other.kind, min(_size(one), _size(other)))
    sides = _sides(one, other, rule) if kind else 0.0
    date = _date(one, other, rule) if sides else 0.0
    if not date or (one.session and other.session and one.session != other.session):
        return NOTHING
    place = _place(one.place, other.place, rule)
    w = rule.weights
    whole = w.sides * sides + w.date * date + w.place * place + w.kind * kind
    if place == rule.place.other and not {one.kind, other.kind} & set(rule.not_damped):
        whole *= rule.place.damping
    return Score(round(whole, 4), sides, date, place, kind)


def gap(one: tuple[datetime.date, datetime.date], other: tuple[datetime.date, datetime.date]) -> int:
    """Return the days between two spans of days, 0 when they share one."""
    return max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)


def _size(report: Report) -> int:
    return len(report.states or report.actors)


def _sides(one: Report, other: Report, rule: FusionRule) -> float:
    if one.visitors and other.visitors and (one.host != other.host):
        return 0.0
    if max(len(one.states), len(other.states)) >= 3:
        whole = one.states | other.states
        shared = len(one.states & other.states) / len(whole) if whole else 0.0
        if shared < rule.least_shared_states or min(len(one.states), len(other.states)) < 3:
            return 0.0
        return shared  # lists of who came to a summit differ from paper to paper
    if one.states != other.states or not (one.states or one.actors & other.actors):
        return 0.0
    return _named(one.actors, other.actors, rule)


def _named(one: frozenset[str], other: frozenset[str], rule: FusionRule) -> float:
    if one == other:
        return rule.sides.equal
    if not one or not other:
        return rule.sides.states
    if one <= other or other <= one:
        return rule.sides.shared
    return rule.sides.partly if one & other else rule.sides.others


def _date(one: Report, other: Report, rule: FusionRule) -> float:
    days, others = one.days(rule), other.days(rule)
    if days is None or others is None:
        return 0.0
    apart = gap(days, others)
    if one.exact(rule) and other.exact(rule):
        by_days = min(rule.days_of(one.kind), rule.days_of(other.kind), key=len)
        return by_days[apart] if apart < len(by_days) else 0.0
    if apart:
        return 0.0
    undated = [r for r in (one, other) if not (r.first and r.last)]
    if undated:
        return min((rule.undated_plan if r.planned else rule.undated).likeness for r in undated)
    return rule.coarse


def _place(one: Place | None, other: Place | None, rule: FusionRule) -> float:
    if one is None or other is None:
        return rule.place.missing
    if one.iri == other.iri:
        return rule.place.same
    if one.city and other.city:
        return rule.place.other
    # a venue and its city, a city and its state; places in different states are different
    return rule.place.inside if not (one.states and other.states) or one.states & other.states else rule.place.other
