"""Earlier and coming rounds of a gathering: who takes part, when and where. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
FIVE = frozenset({"Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"})
MAIN = "The heads of state of Central Asia held a consultative meeting in Astana on Tuesday.\n\n"
WITH_INDIA = "A summit of India and the Central Asian countries took place in Astana on Tuesday.\n\n"


def rounds(body: str) -> list[tuple[frozenset[str], str | None, str | None, bool]]:
    """(participants, date, place, planned) of the gatherings that aren't the day's."""
    facts = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts
    return [(frozenset(f.participants), f.date, f.place, f.planned) for f in facts if isinstance(f, EventFact) and f.kind == "summit" and f.date != "2025-08-05"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (MAIN + "The next round will be held in Dushanbe in 2026.", [(FIVE, "2026", "Dushanbe", True)]),
        (MAIN + "Uzbekistan is to be the venue of the next gathering in September 2026.", [(FIVE, "2026-09", "Uzbekistan", True)]),
        (MAIN + "Tashkent saw the first in March 2019, and Bishkek the second on 20 May 2021.", [(FIVE, "2019-03", "Tashkent", False), (FIVE, "2021-05-20", "Bishkek", False)]),
        (MAIN + "The previous meeting, in Cholpon-Ata in July 2022, brought no treaty.", [(FIVE, "2022-07", "Cholpon-Ata", False)]),
        (MAIN + "The leaders first met in this format in Ashgabat in May 2018.", [(FIVE, "2018-05", "Ashgabat", False)]),
        (WITH_INDIA + "A second edition is due in New Delhi in 2027.", [(FIVE | {"India"}, "2027", "New Delhi", True)]),
    ],
)  # fmt: skip
def test_a_round_has_the_sides_of_the_gathering(body: str, expected: list[tuple[frozenset[str], str | None, str | None, bool]]) -> None:
    assert rounds(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        MAIN + "The next meeting of the Kazakh-Uzbek intergovernmental commission is due in Tashkent in 2026.",
        MAIN + "Sadyr Japarov and Emomali Rahmon met for the first time in Osh in March 2021.",
        MAIN + "The region had its first metro in Tashkent in 1977.",
        "Kazakhstan and Uzbekistan signed an agreement in Astana on Tuesday.\n\nThe next round will be held in Dushanbe in 2026.",
    ],
)
def test_what_only_two_do_or_what_is_no_gathering_is_no_round(body: str) -> None:
    assert rounds(body) == []


def test_a_gathering_of_the_same_kind_is_a_round() -> None:
    body = "The leaders Kassym-Jomart Tokayev, Sadyr Japarov, Emomali Rahmon and Shavkat Mirziyoyev met at a summit in Astana on Tuesday.\n\nA gathering of the same kind took place in Osh on 9 August 2019."
    assert rounds(body) == [(FIVE - {"Turkmenistan"}, "2019-08-09", "Osh", False)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Antonio Costa, who will see all five Central Asian leaders in Samarkand on 3 September, called it historic.", (FIVE | {"António Costa"}, "2025-09-03", "Samarkand", True)),
        ("The C5+1 was launched in Samarkand in November 2015 by John Kerry and the five foreign ministers.", (FIVE | {"John Kerry"}, "2015-11", "Samarkand", False)),
        ("S. Jaishankar had chaired the third India-Central Asia Dialogue in New Delhi in December 2021.", (FIVE | {"Subrahmanyam Jaishankar"}, "2021-12", "New Delhi", False)),
        (MAIN + "Prime ministers will meet in Tashkent in October.", (FIVE, "2025-10", "Tashkent", True)),
    ],
)
def test_a_round_whose_own_sentence_says_who_meets(body: str, expected: tuple[frozenset[str], str, str, bool]) -> None:
    assert expected in rounds(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The SCO heads of state are to assemble in Tianjin on 31 August 2025.", ("Shanghai Cooperation Organisation", "2025-08-31", "Tianjin", True)),
        ("The defence ministers of the CSTO countries met in Bishkek on 12 June 2025.", ("Collective Security Treaty Organization", "2025-06-12", "Bishkek", False)),
    ],
)
def test_leaders_of_an_organisation_meet(body: str, expected: tuple[str, str, str, bool]) -> None:
    name, date, place, planned = expected
    assert rounds(body) == [(frozenset({name}), date, place, planned)]
