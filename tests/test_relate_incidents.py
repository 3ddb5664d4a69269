"""Incidents and exercises: between whom, when and where. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nOSH, 6 August 2025 (Agency)\n\nSadyr Japarov received Emomali Rahmon in Osh on Tuesday.\n\n"
PAIR = frozenset({"Kyrgyzstan", "Tajikistan"})
CSTO = frozenset({"Collective Security Treaty Organization"})


def of_kind(body: str, kind: str) -> list[tuple[frozenset[str], str | None, str | None]]:
    facts = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts
    return [(frozenset(f.participants), f.date, f.place) for f in facts if isinstance(f, EventFact) and f.kind == kind]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kyrgyz and Tajik guards fired at one another near Batken on 11 January 2024.", [(PAIR, "2024-01-11", "Batken")]),
        ("The two countries remember two bouts of fighting, in April 2021 and September 2022.", [(PAIR, "2021-04", None), (PAIR, "2022-09", None)]),
        ("Kyrgyzstan shut its land border with Tajikistan on 21 May 2021.", [(PAIR, "2021-05-21", None)]),
    ],
)
def test_an_incident_has_two_sides_and_its_own_date(body: str, expected: list[tuple[frozenset[str], str | None, str | None]]) -> None:
    assert of_kind(body, "incident") == expected


@pytest.mark.parametrize("body", ["Dozens died in the shooting of demonstrators in Bishkek in April 2010.", "There had been fighting on the Uzbek border in September 2000."])
def test_what_is_no_incident_of_the_pair(body: str) -> None:
    assert of_kind(body, "incident") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Troops of the CSTO exercised near Balykchy from 7 to 9 July 2025.", [(CSTO, "2025-07-07/2025-07-09", "Balykchy")]),
        (
            "The CSTO held manoeuvres near Balykchy on 7 July 2025. A thousand soldiers took part, from Kyrgyzstan, Russia, Kazakhstan and Tajikistan.",
            [(PAIR | {"Russia", "Kazakhstan"}, "2025-07-07", "Balykchy")],
        ),
        ("The leaders watched the last day of the exercise on Wednesday.", []),
    ],
)
def test_an_exercise_has_its_states_or_its_organisation(body: str, expected: list[tuple[frozenset[str], str | None, str | None]]) -> None:
    assert of_kind(body, "exercise") == expected


US, UK, EU = "United States", "United Kingdom", "European Union"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The US Treasury imposed sanctions on Keremet Bank on 15 January 2025.", [({US, "Keremet Bank"}, "2025-01-15")]),
        ("Keremet Bank had been hit by the U.S. in January 2025 and by London in February 2025.", [({US, "Keremet Bank"}, "2025-01"), ({UK, "Keremet Bank"}, "2025-02")]),
        ("In July 2025 Brussels blacklisted Eurasian Savings Bank and Tolubay Bank.", [({EU, "Eurasian Savings Bank"}, "2025-07"), ({EU, "Tolubay Bank"}, "2025-07")]),
        ("On 5 March 2025 Tajikistan barred imports of meat from Kyrgyzstan.", [({"Tajikistan", "Kyrgyzstan"}, "2025-03-05")]),
    ],
)
def test_a_sanction_has_its_actor_and_each_target(body: str, expected: list[tuple[set[str], str]]) -> None:
    assert {(people, date) for people, date, _ in of_kind(body, "sanction")} == {(frozenset(p), d) for p, d in expected}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A Kyrgyz convoy with medicines and tents left for Tajikistan on 4 March 2025.", [(PAIR, "2025-03-04")]),
        ("Kyrgyzstan has sent flour and rice to Tajikistan on 4 March 2025.", [(PAIR, "2025-03-04")]),
        ("A consignment of medicines for the Tajik people was delivered by Kyrgyzstan on 4 March 2025.", [(PAIR, "2025-03-04")]),
        ("Kyrgyzstan sent a letter to Tajikistan on 4 March 2025.", []),
        ("Kyrgyzstan shipped coal to Tajikistan on 4 March 2025.", []),
    ],
)
def test_aid_needs_goods_or_people_that_help(body: str, expected: list[tuple[frozenset[str], str]]) -> None:
    assert [(people, date) for people, date, _ in of_kind(body, "aid")] == expected
