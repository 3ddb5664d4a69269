"""The company of a fact: what else the article tells of the same sides."""

from __future__ import annotations

from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text
from relgraph.recognise import recognise
from relgraph.relate import candidates_of
from relgraph.relate.company import Company
from relgraph.resolve import resolve

LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"


def company(body: str, kind: str) -> set[str]:
    """The features of the first event of a kind."""
    knowledge = load_knowledge()
    article = article_from_text(LEAD + body, id="x")
    bench = candidates_of(article, resolve(article, recognise(article, knowledge), knowledge), knowledge)
    fact = next(f for f in bench.facts if isinstance(f, EventFact) and f.kind == kind)
    return set(Company(bench.resolved, bench.facts).features(fact))


def test_a_meeting_beside_a_visit_is_told_so() -> None:
    body = "President Shavkat Mirziyoyev arrived in Astana on a state visit on 5 August. Kassym-Jomart Tokayev and Shavkat Mirziyoyev held talks in Astana on 5 August."
    found = company(body, "meeting")
    assert {"beside-event:visit", "event:meeting+event:visit"} <= found
    assert "least-said=1" in found


def test_a_fact_is_no_company_to_itself() -> None:
    found = company("President Emomali Rahmon met President Sadyr Japarov in Batken on 5 August.", "meeting")
    assert {f for f in found if f.startswith("beside")} == {"beside=1", "beside-event:visit"}


def test_what_three_do_is_company_to_two_of_them() -> None:
    """A small group counts for each pair of it, for no pair with a stranger."""
    signed = "Kazakhstan, Uzbekistan and Kyrgyzstan signed an agreement on trade in Astana on 5 August. "
    assert "beside-event:signing" in company(signed + "President Kassym-Jomart Tokayev met President Shavkat Mirziyoyev in Astana on 5 August.", "meeting")
    assert "beside-event:signing" not in company(signed + "President Emomali Rahmon met President Shavkat Mirziyoyev in Astana on 5 August.", "meeting")
