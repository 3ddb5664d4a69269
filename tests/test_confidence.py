"""The confidence model: a readable file of weights, scored without any library."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.errors import KnowledgeError
from relgraph.knowledge.weights import read_weights
from relgraph.model import TopicFact
from relgraph.relate import MANY, threshold_of
from relgraph.relate.confidence import score


def test_a_file_of_weights_is_read(tmp_path: Path) -> None:
    """Comments and empty lines are skipped; a missing file is no model."""
    path = tmp_path / "en.tsv"
    path.write_text("# words\n\ntopic\tbias\t0.5\ntopic\theadline\t-1\n", "utf-8")
    assert read_weights(path) == {"topic": {"bias": 0.5, "headline": -1.0}}
    assert read_weights(tmp_path / "xx.tsv") == {}


@pytest.mark.parametrize("line", ["topic\tbias", "topic\tbias\tmuch", "topic bias 1"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """The file and the line stand in the error."""
    path = tmp_path / "en.tsv"
    path.write_text(f"topic\tbias\t1\n{line}\n", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_weights(path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_scores_stay_probabilities() -> None:
    """However far the sum, a fact is neither certain nor impossible."""
    assert score({"topic": {"bias": 50.0}}, "topic", {}) == 0.99
    assert score({"topic": {"bias": 0.0, "hand": -100.0}}, "topic", {"hand": 1.0}) == 0.01
    assert score({"topic": {}}, "topic", {"new": 1.0}) == 0.5


def test_a_topic_of_many_states_must_be_surer() -> None:
    """Four states in one topic are six pairs, so that a topic of theirs is kept only when it is surer than that of a pair; a strict model stays strict."""
    pair, many = (TopicFact(id="x", rule="r", confidence=0.7, evidence=(), between=tuple(states), topic="trade") for states in ("AB", "ABCD"))
    weights = {"topic": {"threshold": 0.6}}
    assert (threshold_of(pair, weights), threshold_of(many, weights)) == (0.6, MANY)
    assert threshold_of(many, {"topic": {"threshold": 0.9}}) == 0.9
