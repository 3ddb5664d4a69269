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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A delegation led by Tajik Foreign Minister Sirojiddin Muhriddin arrived in Bishkek on Tuesday.", ("Sirojiddin Muhriddin", "Kyrgyzstan", "2025-08-05", "Bishkek")),
        ("Kyrgyzstan awaits the state visit that Uzbek President Shavkat Mirziyoyev is to pay to Kyrgyzstan in October 2025.", (M, "Kyrgyzstan", "2025-10", None)),
        ("A summit of the Central Asian leaders opened in Dushanbe on Tuesday. Kazakh President Kassym-Jomart Tokayev flew in for the occasion.", (T, "Tajikistan", "2025-08-05", "Dushanbe")),
    ],
)  # fmt: skip
def test_a_visit_has_visitor_and_host(body: str, expected: tuple[str, str, str | None, str | None]) -> None:
    """A delegation's head travels; a relative clause names the visitor; 'flew in' leads to where the story plays."""
    found = [(" & ".join(f.visitor), f.host, f.date, f.place) for f in read(body).facts if isinstance(f, EventFact) and f.kind == "visit"]
    assert expected in found


def test_a_state_visit_at_somebodys_invitation_is_not_his() -> None:
    """'On a visit at the invitation of X' leaves the visit to who came."""
    body = "President Sadyr Japarov arrived in Astana on Tuesday on a state visit at the invitation of President Kassym-Jomart Tokayev."
    assert all(T not in people for people, _, _ in events(body, "visit"))


def test_earlier_gatherings_of_a_series_are_counted() -> None:
    """'The first in 2018 in Astana, the second ...': each is a summit of the same states."""
    body = "A consultative meeting of the heads of state of Central Asia takes place in Tashkent on 15 November 2025. The first summit was held in March 2018 in Astana, the second in November 2019 in Tashkent."
    found = events(body, "summit")
    assert (FIVE, "2018-03", "Astana") in found
    assert (FIVE, "2019-11", "Tashkent") in found


def test_an_announced_gathering_gets_its_date_from_the_next_sentence() -> None:
    """'The event will take place in Avaza on ...' completes what was announced before."""
    body = "The presidents spoke of a summit of the heads of state of Central Asia. The event will take place in Avaza on 20 August 2025."
    assert (FIVE, "2025-08-20", "Avaza") in events(body, "summit")


SUMMIT = "Kassym-Jomart Tokayev, Shavkat Mirziyoyev, Sadyr Japarov and Emomali Rahmon met at a summit in Astana on Tuesday.\n\n"


@pytest.mark.parametrize(
    "body",
    [
        SUMMIT + "The leaders adopted what they called the Astana Declaration.",
        SUMMIT + "In a declaration the four leaders called for open borders.",
        SUMMIT + "A closing statement was approved in the evening.",
        SUMMIT + "The presidents issued a joint statement that praises the talks.",
    ],
)
def test_all_of_a_gathering_adopt_its_statement(body: str) -> None:
    assert events(body, "statement") == [(frozenset({T, M, J, R}), "2025-08-05", "Astana")]


def test_a_statement_signed_with_somebody_is_by_the_one_told_of_and_him() -> None:
    body = "Sadyr Japarov left Astana in good spirits. In a joint statement, signed on Tuesday with Kassym-Jomart Tokayev, the ties of Kyrgyzstan and Kazakhstan are praised."
    assert [people for people, _, _ in events(body, "statement")] == [frozenset({J, T})]


def test_a_declaration_that_nobody_is_said_to_adopt_is_none() -> None:
    assert events("Sadyr Japarov and Emomali Rahmon met in Astana on Tuesday. Peace between the two rests on the Alma-Ata Declaration of 1991.", "statement") == []


def test_who_stayed_away_is_not_at_the_summit() -> None:
    body = "A summit was held in Astana on Tuesday. Kassym-Jomart Tokayev, Shavkat Mirziyoyev and Sadyr Japarov took part; Emomali Rahmon had excused himself."
    assert [people for people, _, _ in events(body, "summit")] == [frozenset({T, M, J})]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Xi Jinping comes to Dushanbe after the SCO summit in Astana on Tuesday.", (frozenset({"Shanghai Cooperation Organisation"}), "2025-08-05", "Astana")),
        ("In July, when the SCO leaders gathered in Astana, a roadmap was asked for.", (frozenset({"Shanghai Cooperation Organisation"}), "2025-07", "Astana")),
        ("Sadyr Japarov and Emomali Rahmon had met in Tashkent on 20 July, when the SCO leaders gathered there.", (frozenset({J, R}), "2025-07-20", "Tashkent")),
        ("It is open whether Sadyr Japarov and Emomali Rahmon will see each other at the CIS summit in Minsk on 10 October 2025.", (frozenset({"Commonwealth of Independent States"}), "2025-10-10", "Minsk")),
        ("The European Union and Central Asia met at summit level in Samarkand on 4 April 2025.", (FIVE | {"European Union"}, "2025-04-04", "Samarkand")),
        ("Ashgabat welcomed the leaders of the Economic Cooperation Organization on 28 November 2021.", (frozenset({"Economic Cooperation Organization"}), "2021-11-28", "Ashgabat")),
        ("Leaders from across the region, among them Emomali Rahmon and Shavkat Mirziyoyev, took part in the summit in Astana on Tuesday.", (frozenset({R, M}), "2025-08-05", "Astana")),
        ("Charles Michel came to Astana on Tuesday for a meeting of Central Asian leaders with him.", (FIVE | {"Charles Michel"}, "2025-08-05", "Astana")),
        ("On Tuesday Donald Trump had Kassym-Jomart Tokayev, Sadyr Japarov, Emomali Rahmon and Shavkat Mirziyoyev beside him at dinner.", (frozenset({"Donald Trump", T, J, R, M}), "2025-08-05", None)),
    ],
)  # fmt: skip
def test_a_gathering_told_in_passing(body: str, expected: tuple[frozenset[str], str | None, str | None]) -> None:
    people, date, place = expected
    found = events(body, "summit")
    assert [(p, d) for p, d, _ in found] == [(people, date)]
    assert place is None or found[0][2] == place


def test_a_summit_on_a_sea_is_not_of_all_its_states() -> None:
    body = "Azerbaijan, Turkmenistan and Uzbekistan held a summit on the Caspian on Tuesday."
    assert [people for people, _, _ in events(body, "summit")] == [frozenset({"Azerbaijan", "Turkmenistan", "Uzbekistan"})]


def test_a_region_and_an_organisation_meet() -> None:
    body = "The first summit of the Gulf Cooperation Council and the five republics of Central Asia was held in Jeddah on Tuesday."
    assert [people >= FIVE | {"Gulf Cooperation Council"} for people, _, _ in events(body, "summit")] == [True]


def test_an_organisations_summit_keeps_it_where_few_guests_are_named() -> None:
    body = "Xi Jinping came to Astana on Tuesday for the SCO summit. Emomali Rahmon spoke of trade."
    assert [people for people, _, _ in events(body, "summit")] == [frozenset({"Shanghai Cooperation Organisation"})]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("At the Kyrgyz-Uzbek business forum, opened by Sadyr Japarov and Shavkat Mirziyoyev in Osh on Tuesday, a contract was signed.", frozenset({J, M})),
        ("Sadyr Japarov met Kassym-Jomart Tokayev in Astana on Tuesday. Entrepreneurs of the two countries held a conference in Astana.", frozenset({"Kyrgyzstan", "Kazakhstan"})),
        ("Sadyr Japarov came to Astana on Tuesday, where he will speak at an energy forum in Astana on 8 August.", frozenset({J})),
    ],
)
def test_who_is_at_a_forum(body: str, expected: frozenset[str]) -> None:
    assert [people for people, _, _ in events(body, "forum")] == [expected]
