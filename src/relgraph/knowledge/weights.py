"""The weights of the confidence model: data/confidence/<language>.tsv, lines of type, feature and weight."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from relgraph.errors import KnowledgeError

Weights = Mapping[str, Mapping[str, float]]
BIAS = "bias"
"""The feature that every fact of a type has."""
THRESHOLD = "threshold"
"""No feature: the least confidence of a fact of the type that is kept."""


def read_weights(path: Path) -> Weights:
    """Return the weights by type of fact and feature; empty when there is no such file.

    Raises:
        KnowledgeError: A line isn't type, feature and number, parted by tabs.
    """
    weights: dict[str, dict[str, float]] = {}
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        try:
            kind, feature, weight = line.split("\t")
            weights.setdefault(kind, {})[feature] = float(weight)
        except ValueError as error:
            raise KnowledgeError("expected type, feature and weight, parted by tabs", path=str(path), line=number) from error
    return weights
