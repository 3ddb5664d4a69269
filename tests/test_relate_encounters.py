"""Meetings, visits, calls, letters and protests in the words that editors use instead of 'met' and 'visited'. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text
from relgraph.relate.events import LEARNED

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
T, M, J, R = "Kassym-Jomart Tokayev", "Shavkat Mirziyoyev", "Sadyr Japarov", "Emomali Rahmon"


def told(body: str) -> set[tuple[str, str, bool]]:
    """(kind, people or visitor > host, whether planned) of each event of a text."""
    facts = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts
    return {(f.kind, " & ".join(sorted(f.participants)) if f.participants else " & ".join(f.visitor) + f" > {f.host}", f.planned) for f in facts if isinstance(f, EventFact)}


def both(*names: str) -> str:
    return " & ".join(sorted(names))


@pytest.mark.parametrize(
    ("body", "kind", "people"),
    [
        ("President Sadyr Japarov called on President Emomali Rahmon in Dushanbe on Tuesday.", "meeting", both(J, R)),
        ("President Sadyr Japarov had a quiet word with President Emomali Rahmon in Dushanbe on Tuesday.", "meeting", both(J, R)),
        ("On Tuesday President Sadyr Japarov sat talking with President Emomali Rahmon in Dushanbe.", "meeting", both(J, R)),
        ("President Sadyr Japarov and President Emomali Rahmon talked for an hour in Dushanbe on Tuesday.", "meeting", both(J, R)),
        ("President Kassym-Jomart Tokayev was the guest of President Sadyr Japarov in Bishkek on Tuesday.", "meeting", both(T, J)),
        ("President Sadyr Japarov was in Tashkent on Tuesday. His talks with Shavkat Mirziyoyev lasted two hours.", "meeting", both(M, J)),
        ("Six papers were exchanged on Tuesday as President Sadyr Japarov met President Emomali Rahmon.", "meeting", both(J, R)),
        ("Salutes were fired on Tuesday when the Kyrgyz president, Sadyr Japarov, received President Emomali Rahmon.", "meeting", both(J, R)),
        ("President Sadyr Japarov, who heads Kyrgyzstan in his fifth year, and his Tajik opposite number, Emomali Rahmon, met on Tuesday.", "meeting", both(J, R)),
        ("Defence Minister Ruslan Mukambetov of Kyrgyzstan and his colleague from Tashkent, Shukhrat Kholmukhamedov, met on Tuesday.", "meeting", "Ruslan Mukambetov & Shukhrat Kholmukhamedov"),
        ("President Sadyr Japarov put the request to his Tajik colleague Emomali Rahmon in Dushanbe on Tuesday.", "meeting", both(J, R)),
        ("By telephone President Sadyr Japarov and President Emomali Rahmon found a way on Tuesday.", "phone call", both(J, R)),
        ("Prime Minister Olzhas Bektenov and his Russian colleague Mikhail Mishustin discussed a plant by telephone on Tuesday.", "phone call", "Mikhail Mishustin & Olzhas Bektenov"),
        ("President Sadyr Japarov came to Dushanbe on Tuesday. Emomali Rahmon saw him at the Palace of Nations.", "meeting", both(J, R)),
        ("President Kassym-Jomart Tokayev rang to congratulate President Sadyr Japarov on Tuesday.", "phone call", both(T, J)),
        ("President Kassym-Jomart Tokayev exchanged calls with President Sadyr Japarov on Tuesday.", "phone call", both(T, J)),
        ("President Kassym-Jomart Tokayev condoled with President Sadyr Japarov on Tuesday.", "message", both(T, J)),
    ],
)
def test_encounters_in_other_words(body: str, kind: str, people: str) -> None:
    """An idiom of talking gives the encounter with both sides."""
    assert (kind, people, False) in told(body)


@pytest.mark.parametrize(
    ("body", "visit", "planned"),
    [
        ("President Sadyr Japarov turned up in Dushanbe on Tuesday.", f"{J} > Tajikistan", False),
        ("On Tuesday President Sadyr Japarov went on to Dushanbe.", f"{J} > Tajikistan", False),
        ("President Sadyr Japarov left Tashkent for Dushanbe on Tuesday.", f"{J} > Tajikistan", False),
        ("President Sadyr Japarov accepted an invitation to visit Dushanbe.", f"{J} > Tajikistan", True),
        ("President Sadyr Japarov is awaited in Dushanbe on Friday.", f"{J} > Tajikistan", True),
        ("From Tashkent President Sadyr Japarov travels on to Dushanbe.", f"{J} > Tajikistan", True),
        ("Tajikistan last saw President Sadyr Japarov on 5 August.", f"{J} > Tajikistan", False),
        ("Far too few investors come, complained President Sadyr Japarov in Dushanbe on Tuesday.", f"{J} > Tajikistan", False),
        ("In Dushanbe President Sadyr Japarov spoke of water on Tuesday.", f"{J} > Tajikistan", False),
        ("While in Dushanbe on Tuesday, President Sadyr Japarov spoke of water.", f"{J} > Tajikistan", False),
    ],
)
def test_journeys_in_other_words(body: str, visit: str, planned: bool) -> None:
    """An idiom of travel gives the visit, planned where its words say so."""
    assert ("visit", visit, planned) in told(body)


def test_who_talks_in_another_country_came_there() -> None:
    """Talks at the home of one give the visit of the other; a list of a summit's members says nothing of journeys."""
    assert ("visit", f"{J} > Tajikistan", False) in told("President Sadyr Japarov and President Emomali Rahmon held talks in Dushanbe on Tuesday.")
    assert not [e for e in told("On Tuesday the presidents Kassym-Jomart Tokayev, Sadyr Japarov and Emomali Rahmon held a summit in Dushanbe.") if e[0] == "visit"]


@pytest.mark.parametrize(
    "body",
    [
        "The ambassador of Kyrgyzstan, Asel Omurova, met President Emomali Rahmon in Dushanbe on Tuesday.",
        "President Emomali Rahmon met President Sadyr Japarov in New York on Tuesday.",
        "Russian soldiers left the Panj in 2005, President Emomali Rahmon said in Dushanbe on Tuesday.",
    ],
)
def test_no_visit_where_nobody_travels(body: str) -> None:
    """Envoys at their posting, talks at the seat of an organisation and departures give no visit."""
    assert not [e for e in told(body) if e[0] == "visit"]


@pytest.mark.parametrize(
    ("body", "people"),
    [
        ("On Tuesday the Foreign Ministry in Bishkek summoned Tajikistan's ambassador, Rustam Soliev, over the shots.", "Kyrgyzstan & Rustam Soliev"),
        ("Tajikistan's ambassador, Rustam Soliev, was called to the Kyrgyz Foreign Ministry on Tuesday.", "Kyrgyzstan & Rustam Soliev"),
        ("The Russian ambassador in Astana, Alexei Borodavkin, was handed a note on Tuesday.", "Alexei Borodavkin & Kazakhstan"),
    ],
)
def test_protests_to_an_envoy(body: str, people: str) -> None:
    """Who is called in is an envoy; the ministry that calls him is that of its city, its state or the article's country."""
    assert ("protest", people, False) in told(body)


@pytest.mark.parametrize(
    "body",
    [
        "President Emomali Rahmon said in Dushanbe on Tuesday that Sadyr Japarov is a friend.",
        "President Sadyr Japarov was born in Dushanbe in 1968.",
        "A portrait of President Sadyr Japarov hung in Dushanbe on Tuesday.",
        "Sadyr Japarov's name was mentioned by Emomali Rahmon in Dushanbe on Tuesday.",
    ],
)
def test_who_is_only_spoken_of_is_not_there(body: str) -> None:
    """The rules that guess talks and journeys from who is where leave out who is quoted, portrayed or at home there."""
    rules = {f.rule.split(".")[1] for f in extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts if isinstance(f, EventFact)}
    assert not rules & {"copresent", "abroad", "located"}


def test_an_invitation_is_no_talk() -> None:
    """Who invites somebody to come needn't have met him: no rule takes it for a talk."""
    body = "President Emomali Rahmon invited President Sadyr Japarov to visit Dushanbe."
    facts = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts
    assert not [f for f in facts if isinstance(f, EventFact) and f.kind == "meeting" and not f.rule.startswith(LEARNED)]
