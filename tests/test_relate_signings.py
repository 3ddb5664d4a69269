"""Who signs: in clauses that describe a paper, beside whom, and where papers alone tell of it. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
T, J = "Kassym-Jomart Tokayev", "Sadyr Japarov"
KG_TJ = frozenset({"Kyrgyzstan", "Tajikistan"})


def events(body: str, kind: str) -> list[tuple[frozenset[str], str | None]]:
    """(people, date) of the events of a kind."""
    return [(frozenset(f.participants), f.date) for f in extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts if isinstance(f, EventFact) and f.kind == kind]


@pytest.mark.parametrize(
    "body",
    [
        "The five states welcome the treaty on the border that Kyrgyzstan and Tajikistan concluded on 13 March 2025, and the heads of Central Asia praise it.",
        "Ministers of Central Asia spoke of the border treaty which Kyrgyzstan and Tajikistan had signed on 13 March 2025.",
        "Ministers of Central Asia spoke of the agreement Kyrgyzstan and Tajikistan signed on 13 March 2025.",
    ],
)
def test_the_subject_of_a_describing_clause_signs(body: str) -> None:
    """Not the group that the sentence is about."""
    assert (KG_TJ, "2025-03-13") in events(body, "signing")


def test_the_one_beside_whom_somebody_signs_is_not_he() -> None:
    """'With X he exchanged notes; with Y he signed': he is the one named before."""
    body = "Finance Minister Almaz Baketayev of Kyrgyzstan was in Tokyo on Tuesday. With Ambassador Hiro Tanaka of Japan he exchanged notes; with Kenji Mori, the Japanese deputy finance minister, he signed a grant agreement."
    found = [people for people, _ in events(body, "signing")]
    assert found and all("Almaz Baketayev" in people for people in found)


TALKS = "President Sadyr Japarov was in Astana on Tuesday on an official visit. Kazakh President Kassym-Jomart Tokayev received him. "


@pytest.mark.parametrize(
    "body",
    [
        "The day ended with 12 agreements, on transport among other things.",
        "When they had finished, ten documents lay ready.",
        "The guest went home with several accords in his bag.",
        "On paper the talks left three contracts and nothing else.",
    ],
)
def test_papers_that_talks_leave_were_signed(body: str) -> None:
    """By the states of the day's talks, whose day it is."""
    assert events(TALKS + body, "signing") == [(frozenset({"Kazakhstan", "Kyrgyzstan"}), "2025-08-05")]


@pytest.mark.parametrize(
    "body",
    [
        "The talks will end with ten agreements.",
        "Ten documents on the history of the border lie in the museum of Osh.",
        "In 1993 the talks with Uzbekistan had yielded several agreements.",
        "The talks ended with a reception.",
    ],
)
def test_no_signing_without_papers_of_the_day(body: str) -> None:
    """Not where papers are wished for, are another state's or another time's, or aren't counted."""
    assert not events(TALKS + body, "signing")


def test_a_statement_that_both_signed_is_a_statement() -> None:
    """No signing beside it."""
    body = TALKS + "It yielded a joint statement on water; both signed."
    assert [people for people, _ in events(body, "statement")] == [frozenset({T, J})]
    assert not events(body, "signing")


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        (
            "A plan was signed in Astana on Tuesday by Vietnamese Foreign Minister Bui Thanh Son and Kazakh Foreign Minister Murat Nurtleu, and a treaty on prisoners by Vietnamese Interior"
            " Minister Tran Van Minh and Kazakh Prosecutor General Berik Assylov.",
            [{"Bui Thanh Son", "Murat Nurtleu"}, {"Tran Van Minh", "Berik Assylov"}],
        ),
        (
            "The capitals promise each other trade under an agreement; Mayor Rustam Emomali of Tajikistan signed it as chairman of the one on Tuesday, Governor Rahmonbek Usmonov of Uzbekistan as head of the other.",
            [{"Rustam Emomali", "Rahmonbek Usmonov"}],
        ),
        (TALKS + "The talks were followed by the signing of nine documents.", [{"Kazakhstan", "Kyrgyzstan"}]),
    ],
)  # fmt: skip
def test_each_paper_has_its_signers(body: str, pairs: list[set[str]]) -> None:
    """A second paper whose verb isn't said again, and a second signer who is named by his role alone."""
    assert sorted(map(sorted, pairs)) == sorted(sorted(people) for people, _ in events(body, "signing"))


def test_a_signing_told_as_past_is_no_plan() -> None:
    """'The accord the presidents signed in November', read in August, is of last year."""
    body = TALKS + "The border was settled by the accord the presidents signed in November."
    assert [date for _, date in events(body, "signing")] == ["2024-11"]


def test_papers_signed_in_another_state_are_not_the_pairs() -> None:
    """'Having dealt with X in Russia, where papers were signed' says nothing of the two whom the story is about."""
    body = TALKS + "The guest had come from Russia, where papers on gas had been signed with Vladimir Putin on Monday."
    assert all(people != {"Kazakhstan", "Kyrgyzstan"} for people, _ in events(body, "signing"))


def test_one_paper_each() -> None:
    """'China concluded one each with A, B and C' are three signings of two."""
    body = "Agreements on gas came in May 2024, when China concluded one each with Uzbekistan, Tajikistan and Kyrgyzstan."
    assert sorted(sorted(people) for people, _ in events(body, "signing")) == [["China", "Kyrgyzstan"], ["China", "Tajikistan"], ["China", "Uzbekistan"]]


@pytest.mark.parametrize(
    "body",
    [
        TALKS + "They signed no other document in Astana on Tuesday.",
        TALKS + "Soon, the ministry explains, an agreement on the use of the spring is going to be signed.",
    ],
)
def test_no_signing_of_nothing_or_of_some_day(body: str) -> None:
    """A paper that wasn't signed, or whose day isn't known yet."""
    assert not events(body, "signing")


def test_a_treaty_of_the_reference_is_signed_by_its_parties() -> None:
    """Though the sentence is about three."""
    body = (
        "The presidents of Kyrgyzstan, Tajikistan and Uzbekistan saw each other in Khujand on 31 March 2025. There was relief in all three capitals when Emomali Rahmon travelled to Bishkek"
        " for the signing of the Kyrgyz-Tajik border treaty on 13 March 2025."
    )
    assert [people for people, date in events(body, "signing") if date == "2025-03-13"] == [KG_TJ]


def test_those_who_meet_elsewhere_do_not_sit_at_the_summit() -> None:
    body = (
        "The leaders of the Shanghai Cooperation Organisation, Vladimir Putin, Xi Jinping, Kassym-Jomart Tokayev and Shavkat Mirziyoyev, held their summit in Astana on Tuesday.\n\n"
        "On Thursday Putin and Xi are both due in Paris to see Emmanuel Macron at a summit on climate."
    )
    assert all("Emmanuel Macron" not in people for people, date in events(body, "summit") if date == "2025-08-05")
