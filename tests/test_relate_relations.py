"""Step 4: relations of a pair and memberships, and words that mean something else. The sentences are our own."""

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import RelationFact
from relgraph.read.text import article_from_text


def relations(body: str, head: str = "Kazakhstan and Kyrgyzstan\nASTANA, 5 May 2023 (Wire)\n\nKazakhstan and Kyrgyzstan met.") -> set[tuple[str, tuple[str, ...]]]:
    article = article_from_text(f"{head} {body}", id="x")
    return {(f.kind, tuple(sorted(f.between))) for f in extract(article, load_knowledge()).facts if isinstance(f, RelationFact)}


PAIR = ("Kazakhstan", "Kyrgyzstan")
CIS, EAEU = "Commonwealth of Independent States", "Eurasian Economic Union"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The two states sit side by side in the CIS and the EAEU.",
         {("membership", (CIS, "Kazakhstan")), ("membership", (CIS, "Kyrgyzstan")), ("membership", (EAEU, "Kazakhstan")), ("membership", (EAEU, "Kyrgyzstan"))}),
        ("The EAEU grows. Armenia, Belarus and Russia form the bloc with them.", {("membership", ("Armenia", EAEU)), ("membership", ("Belarus", EAEU)), ("membership", (EAEU, "Russia"))}),
        ("Kazakhstan and Kyrgyzstan are allies.", {("alliance", PAIR)}),
        ("It sells to friends and allies.", set()),
        ("The alliance held a session.", set()),
        ("Observers read the day differently.", set()),
        ("In the Organization of Turkic States Turkmenistan is still no more than an observer.", {("observer", ("Organization of Turkic States", "Turkmenistan"))}),
        ("The quarrel between Astana and Bishkek grows.", {("dispute", PAIR)}),
        ("Both belong to the CIS, which is larger than the EAEU.", {("membership", (CIS, "Kazakhstan")), ("membership", (CIS, "Kyrgyzstan"))}),
        ("The head of the EAEU, who counts both capitals among its members, came.", {("membership", (EAEU, "Kazakhstan")), ("membership", (EAEU, "Kyrgyzstan"))}),
        ("Both sides hope for an agreement on strategic partnership, which is being prepared.", set()),
        ("The trip aims to foster a strategic partnership between Kazakhstan and Kyrgyzstan.", set()),
        ("The trip deepens the strategic partnership between Kazakhstan and Kyrgyzstan.", {("strategic partnership", PAIR)}),
        ("The Kyrgyz firm Manas Holding has signed a strategic partnership agreement with Kazakhstan for a dam.", set()),
        ("The talks of Kazakhstan and Kyrgyzstan were open and friendly.", set()),
        ("Dancers of Kazakhstan and Kyrgyzstan showed an Evening of Friendship.", set()),
        ("Friendly ties link Kazakhstan and Kyrgyzstan.", {("friendship", PAIR)}),
        ("The ministers held the first strategic dialogue between Kazakhstan and Kyrgyzstan.", set()),
        ("Kazakhstan and Kyrgyzstan have fallen out over milk.", {("dispute", PAIR)}),
        ("On Monday Kazakhstan handed a note of protest to the Kyrgyz ambassador.", {("dispute", PAIR)}),
    ],
)  # fmt: skip
def test_relations(sentence: str, expected: set[tuple[str, tuple[str, ...]]]) -> None:
    """Relations and memberships in passing."""
    assert relations(sentence) == expected


def test_a_sentence_without_names_is_about_the_articles_pair() -> None:
    """Others came up in between."""
    assert ("diplomatic relations", PAIR) in relations("Kazakhstan and Kyrgyzstan trade. Armenia and Azerbaijan settled on peace. Diplomatic relations go back to 1992.")


def test_an_article_about_a_club_names_its_members() -> None:
    """Whom a text on the club names belongs to it, by the reference at the date; talks on its sidelines say nothing of it."""
    body = "met in Bishkek. Armenia, Belarus, Kazakhstan and Russia had sent their premiers, Cuba an envoy."
    head = "Premiers at the lake\nBISHKEK, 20 August 2021 (Wire)\n\n"
    said = relations(body, f"{head}The heads of government of the Eurasian Economic Union")
    assert said >= {*(("membership", tuple(sorted((s, EAEU)))) for s in ("Armenia", "Belarus", "Kazakhstan", "Russia")), ("observer", ("Cuba", EAEU))}
    assert not any(EAEU in between for _, between in relations(body, f"{head}Two ministers on the sidelines of the Eurasian Economic Union"))


def test_diplomatic_relations_are_of_two() -> None:
    """A partner of a region has them with each of its states."""
    head = "Thirty years\nASTANA, 5 May 2022 (Wire)\n\nThe United States and the five Central Asian states met."
    said = relations("It is three decades since the United States and the Central Asian states took up diplomatic relations.", head)
    assert {between for kind, between in said if kind == "diplomatic relations"} == {tuple(sorted((s, "United States"))) for s in ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")}


def test_observers_of_the_only_club_of_an_article() -> None:
    """'Were let in as observers' needs no name of the organisation where the article has one."""
    head = "A summit in Astana\nASTANA, 5 July 2005 (Wire)\n\nThe Shanghai Cooperation Organisation met. It rained. It was warm. The hall was full."
    assert relations("India and Iran were let in as observers.", head) == {("observer", ("India", "Shanghai Cooperation Organisation")), ("observer", ("Iran", "Shanghai Cooperation Organisation"))}


def test_the_member_of_a_club_is_cited_from_its_own_list() -> None:
    """The sentence that names the club is cited before others, and a list of another club's members for none."""
    text = ("Premiers at the lake\nBISHKEK, 20 August 2021 (Wire)\n\nThe heads of government of the Eurasian Economic Union met in Bishkek. Russia, Kazakhstan and Armenia had sent planes. "
            "Besides Kyrgyzstan, a guest from Russia spoke for the Eurasian Economic Union. Next week the CIS will hear Belarus.")  # fmt: skip
    found = [f for f in extract(article_from_text(text, id="x"), load_knowledge()).facts if isinstance(f, RelationFact) and f.rule == "relation.club"]
    assert {f.between[0]: f.evidence[-1].quote.split()[0] for f in found} == {"Russia": "Besides", "Kazakhstan": "Russia,", "Armenia": "Russia,", "Kyrgyzstan": "Besides"}
