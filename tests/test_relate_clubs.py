"""Summits, declarations and exercises of organisations, and forums of two states. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"
SCO = frozenset({"Shanghai Cooperation Organisation"})
OTS = frozenset({"Organization of Turkic States"})


def events(body: str, kind: str) -> list[tuple[frozenset[str], str | None, bool]]:
    """(people, date, whether planned) of the events of a kind."""
    return [(frozenset(f.participants), f.date, f.planned) for f in extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts if isinstance(f, EventFact) and f.kind == kind]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("In Bishkek on 14 July, where Emomali Rahmon attended the summit of the Shanghai Cooperation Organisation, he had spoken of water.", (SCO, "2025-07-14", False)),
        ("Iran has belonged to the Shanghai Cooperation Organisation since Monday. The heads of state took it in at their 23rd summit in Tashkent, two years after Pakistan; Belarus and India had been let in elsewhere.", (SCO, "2025-08-04", False)),
        ("Emomali Rahmon is in Bishkek. On Friday the guest stays on for the summit of the Organization of Turkic States.", (OTS, "2025-08-08", True)),
    ],
)  # fmt: skip
def test_a_summit_of_an_organisation_is_its_own(body: str, expected: tuple[frozenset[str], str | None, bool]) -> None:
    """Of whose guests a sentence names one or none, it is the organisation's, which a sentence before may have named."""
    assert events(body, "summit") == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "The loan being repaid, they say in a declaration passed by the Shanghai Cooperation Organisation at its summit in Astana on Tuesday, trade can grow.",
        "The Shanghai Cooperation Organisation held its summit in Astana on Tuesday. Kassym-Jomart Tokayev led the proceedings. The Astana Declaration was adopted at the end.",
    ],
)
def test_an_organisation_adopts_its_declaration(body: str) -> None:
    """Named behind 'by', or because the text tells of its summit and of hardly any guest."""
    assert [people for people, _, _ in events(body, "statement")] == [SCO]


def test_the_armies_before_an_exercise_hold_it() -> None:
    """Not the states that a relative clause calls members of the bloc."""
    body = "The Shanghai Cooperation Organisation was founded in 2001. The bloc, in which Kazakhstan sits together with Russia, Tajikistan and Uzbekistan, lent its roof, as it did when Chinese and Kyrgyz soldiers trained in 2002."
    assert events(body, "exercise") == [(frozenset({"China", "Kyrgyzstan"}), "2002", False)]


TALKS = "President Sadyr Japarov and Kazakh President Kassym-Jomart Tokayev met in Astana on Tuesday. "


@pytest.mark.parametrize(
    ("body", "forums"),
    [
        (TALKS + "Four hundred entrepreneurs, half of them guests, sat in a business forum in Astana meanwhile.", 1),
        (TALKS + "A Kazakh-Kyrgyz investment forum was held in Astana on Tuesday.", 1),
        (TALKS + "In Astana on Tuesday the third Altai Diplomacy Forum had brought together ministers from everywhere.", 0),
        (TALKS + "On the fair use of water depends whether Kyrgyzstan and Kazakhstan have a harvest, it was said in Astana on Tuesday.", 0),
    ],
)
def test_two_states_hold_a_forum_only_where_the_text_says_whose_it_is(body: str, forums: int) -> None:
    """Their entrepreneurs sit in it or its name tells; a forum of the whole world isn't theirs."""
    assert [people for people, _, _ in events(body, "forum")] == [frozenset({"Kazakhstan", "Kyrgyzstan"})] * forums


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Vladimir Putin was in Bishkek on Tuesday for a session of the Collective Security Treaty Organization's council, and toasted his hosts.", frozenset({"Collective Security Treaty Organization"})),
        ("Emomali Rahmon was in Bishkek on Tuesday for the CIS heads' council.", frozenset({"Commonwealth of Independent States"})),
        ("In Tashkent he found time for a walk before the leaders of the SCO took their seats on Tuesday evening.", SCO),
    ],
)  # fmt: skip
def test_the_heads_of_an_organisation_meet(body: str, expected: frozenset[str]) -> None:
    """Told by the name of their council, or by leaders who sit down."""
    assert expected in [people for people, _, _ in events(body, "summit")]


def test_two_states_share_what_is_opened() -> None:
    """Both own a part of it."""
    body = "When the ribbon was cut at the pass on Tuesday, 20 kilometres of Kazakh track and 30 kilometres of Kyrgyz track became one railway."
    assert [people for people, _, _ in events(body, "opening")] == [frozenset({"Kazakhstan", "Kyrgyzstan"})]


def test_a_state_of_another_clause_holds_no_forum() -> None:
    """Where somebody goes afterwards isn't whose round table it was."""
    body = "On Tuesday, after a business round table of German and Uzbek firms in Tashkent, the guest spoke of what he wants; he flies on to Kazakhstan."
    assert all("Kazakhstan" not in people for people, _, _ in events(body, "forum"))
