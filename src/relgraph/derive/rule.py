"""The rule of fusion as data: weights, limits and tolerances of data/fusion/rule.yaml."""

from __future__ import annotations

import functools

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.resources import resource


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each likeness counts; together 1."""

    sides: float
    date: float
    place: float
    kind: float


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which score on two reports are the same, unclear, the same inside one article; a held event fulfils a plan."""

    same: float
    unclear: float
    same_article: float
    fulfils: float


class KindPair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds that may tell of one event; with `least_sides` only where so many sides took part."""

    kinds: tuple[str, str]
    likeness: float
    least_sides: int = 0


class Sides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Likeness of who took part, by how the lists of named actors stand to each other."""

    equal: float
    shared: float
    states: float
    partly: float
    others: float


class Undated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How old an undated report may be when it is published, and the likeness that its date has to others."""

    likeness: float
    days_before: int = 0
    days_after: int = 0


class PlaceLikeness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Likeness of places; `damping` multiplies the score where two cities differ."""

    same: float
    missing: float
    inside: float
    other: float
    damping: float


class FusionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole rule; its fields are explained beside their values."""

    weights: Weights
    limits: Limits
    kinds: tuple[KindPair, ...]
    sides: Sides
    least_shared_states: float
    days: dict[str, tuple[float, ...]]
    exact_days: int
    coarse: float
    widest_days: int
    widest_plan_days: int
    undated: Undated
    undated_plan: Undated
    span_days: dict[str, int]
    place: PlaceLikeness
    not_damped: tuple[str, ...]

    def days_of(self, kind: str) -> tuple[float, ...]:
        """Return the likenesses by days apart of a kind of event."""
        return self.days.get(kind, self.days["default"])

    def span_of(self, kind: str) -> int:
        """Return how many days an occurrence of a kind may last."""
        return self.span_days.get(kind, self.span_days["default"])

    def kind_likeness(self, one: str, other: str, sides: int) -> float:
        """Return how alike two kinds are for an event of so many sides, 0 to 1."""
        if one == other:
            return 1.0
        return max((p.likeness for p in self.kinds if {one, other} == set(p.kinds) and sides >= p.least_sides), default=0.0)

    def groups_of(self, kind: str, sides: int) -> frozenset[str]:
        """Return the names of the groups of kinds that reports of a kind are compared in."""
        pairs = ["/".join(sorted(p.kinds)) for p in self.kinds if kind in p.kinds and sides >= p.least_sides]
        return frozenset([*pairs, kind])


@functools.lru_cache(maxsize=1)
def fusion_rule() -> FusionRule:
    """Return the shipped rule; raises KnowledgeError when its file is wrong."""
    path = resource("data", "fusion", "rule.yaml")
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), FusionRule)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"the rule of fusion is wrong: {' '.join(str(error).split())}", path=str(path)) from error
