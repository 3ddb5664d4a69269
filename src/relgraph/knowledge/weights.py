"""The weights of the models: of confidence (data/confidence/<language>.tsv) and of learned events (data/learned/<language>.tsv).

Both are lines of a name, a feature and its weight; the name is a type of fact, a kind of event, `any` kind of event, or `second` model.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from relgraph.errors import KnowledgeError

Weights = Mapping[str, Mapping[str, float]]
BIAS = "bias"
"""The feature that every fact of a type has."""
THRESHOLD = "threshold"
"""No feature: the least confidence of a fact of the type that is kept."""


ANY, SECOND = "any", "second"
"""In the model of learned events: the weights that all kinds share, and those of the model that decides after the first."""


class Learned:
    """The model of learned events of one language, made once.

    Attributes:
        kinds: The weights of each kind of event, those that all kinds share added.
        second: The weights of the model that decides after the first; with the threshold.
    """

    def __init__(self, weights: Weights) -> None:
        shared = weights.get(ANY, {})
        self.kinds = {k: {f: shared.get(f, 0.0) + own.get(f, 0.0) for f in (*shared, *own)} for k, own in weights.items() if k not in (ANY, SECOND)}
        self.second = weights.get(SECOND, {})


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
