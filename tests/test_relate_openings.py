"""Openings: who opened something together, when and where. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nOSH, 6 August 2025 (Agency)\n\n"
T, M, J, R = "Kassym-Jomart Tokayev", "Shavkat Mirziyoyev", "Sadyr Japarov", "Emomali Rahmon"


def openings(body: str) -> list[tuple[frozenset[str], str | None]]:
    facts = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts
    return [(frozenset(f.participants), f.date) for f in facts if isinstance(f, EventFact) and f.kind == "opening"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Sadyr Japarov and Shavkat Mirziyoyev pressed a button in Osh on Tuesday, and the substation came to life.", (frozenset({J, M}), "2025-08-05")),
        ("On Tuesday Shavkat Mirziyoyev cut the ribbon at the dry port together with Kassym-Jomart Tokayev.", (frozenset({M, T}), "2025-08-05")),
        ("The plant was put into service on Tuesday by the presidents of Kyrgyzstan and Tajikistan, Sadyr Japarov and Emomali Rahmon.", (frozenset({J, R}), "2025-08-05")),
        ("The presidents of Kazakhstan and Uzbekistan lifted the barrier of the new crossing on Tuesday. Kassym-Jomart Tokayev and Shavkat Mirziyoyev then had tea.", (frozenset({T, M}), "2025-08-05")),
        ("Crowds cheered on Tuesday as Sadyr Japarov and Emomali Rahmon inaugurated the bridge.", (frozenset({J, R}), "2025-08-05")),
        ("On Tuesday Emomali Rahmon and Kassym-Jomart Tokayev spoke in Astana. A Tajik consulate in Almaty has been in operation since May 2022.", (frozenset({"Tajikistan", "Kazakhstan"}), "2022-05")),
        ("Emomali Rahmon sent greetings to Shavkat Mirziyoyev, with whom he opened the tunnel on 3 March 2021.", (frozenset({R, M}), "2021-03-03")),
    ],
)  # fmt: skip
def test_who_opens_together(body: str, expected: tuple[frozenset[str], str | None]) -> None:
    assert openings(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "Sadyr Japarov and Shavkat Mirziyoyev opened a business forum in Osh on Tuesday.",
        "Sadyr Japarov and Shavkat Mirziyoyev are awaited at a fair that is now open in Osh.",
        "The two sides agreed to open a hospital in Osh. Sadyr Japarov thanked Shavkat Mirziyoyev.",
        "The new Tajik consulate in Almaty was to be inaugurated on Tuesday; the ceremony has been postponed.",
    ],
)
def test_what_is_no_opening(body: str) -> None:
    assert openings(body) == []
