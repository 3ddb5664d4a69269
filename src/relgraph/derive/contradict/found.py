"""A contradiction as a value and as quads, and the limits of data/fusion/contradictions.yaml."""

from __future__ import annotations

import functools
import hashlib
from typing import Literal

import msgspec
import yaml
from pyoxigraph import NamedNode, Quad

from relgraph.errors import KnowledgeError
from relgraph.graph import iris
from relgraph.graph.terms import Builder, decimal
from relgraph.resources import resource


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When statements don't fit together; explained beside the values."""

    single_holder: tuple[str, ...]
    days_of_grace: int
    past_words: tuple[str, ...]
    days_of_news: int
    figures_apart: float
    bounds: dict[str, Literal["low", "high", "around"]]
    around: float
    order: tuple[tuple[str, str], ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Statements that don't fit together. `said` tells it in words; nodes are given by IRI."""

    kind: str
    said: str
    conflicting: tuple[str, ...]
    concerns: tuple[str, ...] = ()
    stale: str | None = None
    difference: float | None = None

    @property
    def iri(self) -> str:
        """Its node, named after what conflicts."""
        key = " ".join([self.kind, *sorted(self.conflicting)])
        return iris.node("contradiction", hashlib.sha256(key.encode()).hexdigest()[:16])

    def quads(self) -> list[Quad]:
        """Return it as quads of the inferred graph."""
        out, node = Builder(iris.INFERRED), NamedNode(self.iri)
        out.kind(node, "Contradiction")
        out.label(node, self.said)
        out.add(node, "contradictionKind", out.concept("contradiction-kind", self.kind))
        out.add(node, "conflicting", *(NamedNode(c) for c in self.conflicting))
        out.add(node, "concerns", *(NamedNode(c) for c in self.concerns))
        if self.stale:
            out.add(node, "staleEntry", NamedNode(self.stale))
        if self.difference is not None:
            out.add(node, "difference", decimal(round(self.difference, 4)))
        return out.quads()


@functools.lru_cache(maxsize=1)
def limits() -> Limits:
    """Return the shipped limits; raises KnowledgeError when their file is wrong."""
    path = resource("data", "fusion", "contradictions.yaml")
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), Limits)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"the limits of contradictions are wrong: {' '.join(str(error).split())}", path=str(path)) from error
