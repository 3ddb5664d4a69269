"""`relgraph trace`: every trigger of an article either gives a fact or a reason of the closed list."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from relgraph.knowledge import load_knowledge
from relgraph.model import Article
from relgraph.read import read_paths
from relgraph.relate.candidates import Reason
from relgraph.show.trace_page import pieces, trace_html, trace_text
from relgraph.trace import REASONS, TRIGGERS, Trace, trace

SAMPLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))


def traced(path: Path) -> Trace:
    article = next(iter(read_paths([str(path)])))
    assert isinstance(article, Article)
    return trace(article, load_knowledge())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_trigger_gives_a_fact_or_a_reason(path: Path) -> None:
    """No trigger is silently dropped, and reasons come from the closed list."""
    for sentence in traced(path).sentences:
        spans = [(start, end) for fact in sentence.facts for _, start, end in fact.spans] + [(f.start, f.end) for f in sentence.failed]
        for mention in sentence.mentions:
            if mention.kind in TRIGGERS:
                assert any(start < mention.end and mention.start < end for start, end in spans), (sentence.text, mention.text)
        assert {f.reason for f in sentence.failed} <= set(REASONS)


def test_pieces_join_to_the_sentence() -> None:
    """Marking spans loses and doubles nothing."""
    for sentence in traced(SAMPLES[0]).sentences:
        assert "".join(text for text, _, _ in pieces(sentence)) == sentence.text


def test_a_hostile_article_stays_text(tmp_path: Path) -> None:
    """Markup in a title or sentence is shown, not run."""
    path = tmp_path / "x.txt"
    path.write_text("<script>alert(1)</script> Kazakhstan\n\nKazakhstan and <img src=x onerror=alert(1)> Uzbekistan discussed trade.\n", "utf-8")
    page = trace_html([traced(path)])
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "Uzbekistan discussed trade." in trace_text(traced(path))


def test_every_reason_has_words() -> None:
    """What a rule may say when it gives no fact can be told to a reader."""
    assert set(get_args(Reason)) <= set(REASONS)
