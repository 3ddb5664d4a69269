"""Which states take part where many do. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import ArticleFacts, EventFact, TopicFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
FIVE = {"Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"}
STATES = {"Kassym-Jomart Tokayev": "Kazakhstan", "Sadyr Japarov": "Kyrgyzstan", "Emomali Rahmon": "Tajikistan", "Serdar Berdimuhamedow": "Turkmenistan",
          "Shavkat Mirziyoyev": "Uzbekistan", "Ilham Aliyev": "Azerbaijan", "Recep Tayyip Erdoğan": "Turkey", "Viktor Orbán": "Hungary", "Masoud Pezeshkian": "Iran"}  # fmt: skip


def read(body: str) -> ArticleFacts:
    return extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE)


def sides(body: str, kind: str) -> set[str]:
    """The states that take part in the largest event of a kind."""
    found = [{STATES.get(p, p) for p in f.participants} for f in read(body).facts if isinstance(f, EventFact) and f.kind == kind]
    return max(found, key=len, default=set())


SUMMIT = "The foreign ministers of Iran and the five Central Asian countries met in Astana on Tuesday."


@pytest.mark.parametrize("body", [SUMMIT, "A meeting of experts came first. The ministers of the five Central Asian countries and Iran held talks in Astana on Tuesday."])
def test_a_group_meets_without_names(body: str) -> None:
    """Ministers of a region and of a partner who meet make a summit of them all."""
    assert sides(body, "summit") - {"Central Asia"} >= {"Iran"}
    assert sides(body, "summit") & {"Central Asia", *FIVE}


def test_a_group_adopts_a_statement() -> None:
    """A joint statement after a meeting of a group is adopted by the group."""
    assert sides(f"{SUMMIT} They spoke about trade. A joint statement was adopted at the end.", "statement") - {"Central Asia"} >= {"Iran"}


def test_the_host_of_a_clubs_summit_takes_part() -> None:
    """Who is host of an organisation's summit sits at it, though only the guests are named."""
    body = ("Azerbaijani President Ilham Aliyev, Turkish President Recep Tayyip Erdoğan and Uzbek President Shavkat Mirziyoyev attended the summit of the "
            "Organization of Turkic States in Bishkek, Kyrgyzstan, on Tuesday.")  # fmt: skip
    assert sides(body, "summit") == {"Azerbaijan", "Turkey", "Uzbekistan", "Kyrgyzstan"}


@pytest.mark.parametrize(
    ("body", "topic", "states"),
    [
        ("The presidents of Uzbekistan and Kyrgyzstan discussed the China-Kyrgyzstan-Uzbekistan railway.", "transport", {"China", "Kyrgyzstan", "Uzbekistan"}),
        ("Turkmenistan reported on work at the TAPI pipeline. Afghanistan and Pakistan wait for the gas, and so does India.", "energy", {"Turkmenistan", "Afghanistan", "Pakistan", "India"}),
        ("Engineers from Tashkent studied the Uzbekistan-Kazakhstan-Russia power line.", "energy", {"Uzbekistan", "Kazakhstan", "Russia"}),
    ],
)
def test_a_project_joins_its_states(body: str, topic: str, states: set[str]) -> None:
    """What several states build together is a field between all of them."""
    assert any(f.topic == topic and set(f.between) == states for f in read(body).facts if isinstance(f, TopicFact))


def test_a_project_named_in_passing_joins_nobody() -> None:
    """A project of four states of which the article names only two says nothing of the others."""
    body = "The premiers of Pakistan and Tajikistan spoke about education and mentioned CASA-1000."
    assert not any(len(f.between) > 2 for f in read(body).facts if isinstance(f, TopicFact))
