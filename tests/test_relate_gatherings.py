"""Summits, forums, sessions, visits, openings and exercises: who takes part, when and where. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import ArticleFacts, EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
FIVE = frozenset({"Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"})
T, M, J, R = "Kassym-Jomart Tokayev", "Shavkat Mirziyoyev", "Sadyr Japarov", "Emomali Rahmon"


def read(body: str) -> ArticleFacts:
    return extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE)


def events(body: str, kind: str) -> list[tuple[frozenset[str], str | None, str | None]]:
    """(people, date, place) of the events of a kind."""
    return [(frozenset(f.participants or f.visitor), f.date, f.place) for f in read(body).facts if isinstance(f, EventFact) and f.kind == kind]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The heads of state of Central Asia gathered for a consultative meeting in Tashkent on Tuesday.", (FIVE, "2025-08-05", "Tashkent")),
        ("A summit of the Central Asian presidents and China took place in Tashkent on Tuesday.", (FIVE | {"China"}, "2025-08-05", "Tashkent")),
        ("The fifth ministerial meeting of the Central Asia plus Japan Dialogue was held in Bishkek on Tuesday.", (FIVE | {"Japan"}, "2025-08-05", "Bishkek")),
        (
            "A summit of the region opened in Dushanbe on Tuesday under the chairmanship of Tajik President Emomali Rahmon.\n\nThe event was attended by Kazakh President"
            " Kassym-Jomart Tokayev, Kyrgyz President Sadyr Japarov and Uzbek President Shavkat Mirziyoyev.",
            (frozenset({T, M, J, R}), "2025-08-05", "Dushanbe"),
        ),
    ],
)  # fmt: skip
def test_a_gathering_has_all_its_sides(body: str, expected: tuple[frozenset[str], str | None, str | None]) -> None:
    """A region stands for its states, a dialogue format for its members, and 'the event was attended by' adds who came."""
    assert expected in events(body, "summit")


def test_a_session_seats_the_heads_whom_a_later_sentence_names() -> None:
    """Who chaired a council's session takes the place of the two states."""
    body = "The third session of the Kazakh-Kyrgyz Intergovernmental Council was held in Osh on Tuesday. The meeting was chaired by Prime Minister Olzhas Bektenov of Kazakhstan and Kyrgyz Prime Minister Adylbek Kasymaliev."
    assert (frozenset({"Olzhas Bektenov", "Adylbek Kasymaliev"}), "2025-08-05", "Osh") in events(body, "meeting")


def test_the_summit_of_an_organisation_is_no_summit_of_a_region() -> None:
    """An organisation's summit doesn't take in all states of a region that the sentence names beside it."""
    body = "Leaders met at the SCO summit in Astana on Tuesday. The group unites Russia, China and Central Asian countries."
    assert all(not people >= FIVE for people, _, _ in events(body, "summit"))
