"""`relgraph trace`: every trigger of an article either gives a fact or a reason of the closed list."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from relgraph.knowledge import load_knowledge
from relgraph.model import Article
from relgraph.read import read_paths
from relgraph.read.text import article_from_text
from relgraph.relate.candidates import Reason
from relgraph.show.trace_page import pieces, trace_html, trace_text
from relgraph.trace import REASONS, SLOT_OF, SLOTS, TRIGGERS, Trace, trace

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


LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
NO_FACT = [
    ("Energy was discussed at length.", "Energy", "topic.energy", "no-pair", "between"),
    ("President Kassym-Jomart Tokayev spoke by telephone on Tuesday.", "by telephone", "event.phone", "one-participant", "participants"),
    ("President Kassym-Jomart Tokayev met Kazakh Foreign Minister Murat Nurtleu on Tuesday.", "met", "event.meet", "same-side", "participants"),
    ("President Kassym-Jomart Tokayev arrived on Tuesday.", "arrived", "event.travel", "no-host", "host"),
    ("The budget of Kazakhstan grew to $40 billion.", "$40 billion", "indicator", "no-kind", "kind"),
    ("The trade of Kazakhstan and Uzbekistan was 12 percent in May.", "12 percent", "indicator.turnover", "no-kind", "growth"),
    ("Trade reached $4 billion.", "$4 billion", "indicator.turnover", "no-pair", "between"),
    ("The foreign trade of Kazakhstan came to $140 billion.", "$140 billion", "indicator.turnover", "no-pair", "between"),
    ("Trade between Kazakhstan and Uzbekistan is expected to reach $9 billion.", "$9 billion", "indicator.turnover", "other-sense", "trigger"),
    ("An Intergovernmental Commission on Trade met.", "Intergovernmental Commission on Trade", "body", "unknown-members", "members"),
    ("Kazakhstan is a strategic partner.", "strategic partner", "relation.strategic-partnership", "no-pair", "between"),
    ("The sides signed an agreement.", "agreement", "treaty", "not-a-document", "name"),
    ("Kazakhstan had 5 billion kWh of electricity from Uzbekistan in mind.", "5 billion kWh", "indicator.electricity", "no-cue", "cue"),
    ("President Kassym-Jomart Tokayev congratulated on Tuesday.", "congratulated", "event.congratulate", "one-participant", "addressee"),
    ("Kazakhstan handed over blankets.", "handed over", "event.aid", "one-participant", "receiver"),
    ("Rashid Ibraimov was appointed.", "appointed", "event.appointment", "one-participant", "appointee"),
    ("President Kassym-Jomart Tokayev met President Sadyr Japarov in Osh on Tuesday. The meeting lasted two hours.", "meeting", "event.talks", "told-before", "trigger"),
    ("The factory of Kazakhstan employs people from Uzbekistan.", "factory", "topic.word", "below-threshold", "confidence"),
    ("Kazakhstan and Uzbekistan agreed.", "agreed", "event.discuss", "no-rule", "trigger"),
    ("Sanctions were imposed.", "Sanctions", "event.sanction", "one-participant", "actor"),
]


@pytest.mark.parametrize(("body", "trigger", "rule", "reason", "slot"), NO_FACT)
def test_a_trigger_without_a_fact_names_its_reason_and_slot(body: str, trigger: str, rule: str, reason: str, slot: str) -> None:
    """The sentence says which rule looked at the word, why it gave nothing, and what was missing."""
    failed = trace(article_from_text(LEAD + body, id="x"), load_knowledge()).sentences[-1].failed
    assert [(f.reason, f.slot) for f in failed if f.text == trigger and f.rule.startswith(rule)] == [(reason, slot)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_slot_is_of_the_closed_list(path: Path) -> None:
    """No trigger fails without a slot, and every reason has one."""
    assert set(SLOT_OF) == set(REASONS)
    assert {f.slot for s in traced(path).sentences for f in s.failed} <= SLOTS
