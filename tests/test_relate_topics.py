"""Topics: fields of a list, idioms that are none, whose topic it is. The sentences are our own."""

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import TopicFact
from relgraph.read.text import article_from_text
from relgraph.recognise import recognise
from relgraph.relate import candidates_of
from relgraph.resolve import resolve

LEAD = "Talks in Astana\nASTANA, 5 May 2023 (Wire)\n\nThe presidents of Kazakhstan and Tajikistan met in Astana."


def topics(body: str) -> set[tuple[tuple[str, ...], str]]:
    article = article_from_text(f"{LEAD} {body}", id="x")
    return {(tuple(sorted(f.between)), f.topic) for f in extract(article, load_knowledge()).facts if isinstance(f, TopicFact)}


def candidates(body: str, lead: str = LEAD) -> set[tuple[tuple[str, ...], str]]:
    """What the rules find, before a model weighs it: a text of few sentences tells it little."""
    article, knowledge = article_from_text(f"{lead} {body}", id="x"), load_knowledge()
    bench = candidates_of(article, resolve(article, recognise(article, knowledge), knowledge), knowledge)
    return {(tuple(sorted(f.between)), f.topic) for f in bench.facts if isinstance(f, TopicFact)}


PAIR = ("Kazakhstan", "Tajikistan")


def test_the_first_field_of_a_list_is_one_of_it() -> None:
    """A list of fields may open its sentence."""
    assert candidates("Industry, transport, energy and science rounded off the list.") == {(PAIR, t) for t in ("industry", "transport", "energy", "science")}


@pytest.mark.parametrize("sentence", ["The work of ten years has borne fruit.", "In relief both left the hall.", "Aid workers stood before the door.", "In the holidays of Nauryz he was there."])
def test_idioms_are_no_fields(sentence: str) -> None:
    """Fruit, relief, workers and holidays may be something else than a field."""
    assert topics(sentence) == set()


def test_a_sentence_without_names_is_of_the_articles_pair() -> None:
    """States that only came up in between have no part in what follows."""
    body = "Kazakhstan sells Tajikistan wheat. Tajikistan sells Kazakhstan fruit.\n\nKenya and Japan trade more than before.\n\nOn Friday seven more documents on cooperation in tourism, science and culture were signed."
    assert {(PAIR, "tourism"), (PAIR, "culture")} <= candidates(body)


GATHERING = "A summit in Almaty\nALMATY, 5 May 2023 (Wire)\n\nThe presidents of Kazakhstan, Kyrgyzstan, Uzbekistan and Tajikistan attended a summit in Almaty."


def test_what_a_gathering_discussed_is_of_all_who_came() -> None:
    """The last two to be named are no pair of their own."""
    found = candidates("Turkmenistan was represented by a minister and Japan by an envoy.\n\nThe participants discussed cooperation in transport.", GATHERING)
    assert found == {(("Japan", "Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"), "transport")}


def test_talks_of_two_after_a_gathering_are_of_the_two() -> None:
    """A sentence of two who met ends what the gathering discussed."""
    found = candidates("After the summit the presidents of Kazakhstan and Tajikistan met.\n\nThe parties discussed cooperation in transport.", GATHERING)
    assert found == {(PAIR, "transport")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kazakhstan and Tajikistan enjoy peace and stability.", set()),
        ("Kazakhstan and Tajikistan discussed stability.", {(PAIR, "security")}),
        ("Kazakhstan sells Tajikistan steel.", set()),
        ("Kazakhstan and Tajikistan want cooperation in energy and steel.", {(PAIR, "energy"), (PAIR, "industry")}),
        ("Kazakhstan and Tajikistan spoke of the old bonds between the peoples.", set()),
        ("Tajikistan thanked Kazakhstan for the assistance to the victims.", set()),
    ],
)
def test_weak_words_need_a_frame(sentence: str, expected: set[tuple[tuple[str, ...], str]]) -> None:
    """Words that mostly mean something else are a field only where the text names them as one."""
    assert candidates(sentence) == expected


def test_what_a_commission_is_for_is_no_topic() -> None:
    """The fields in a body's description are its name, as in a title."""
    body = "Kazakhstan and Tajikistan discussed cooperation in energy within the intergovernmental commission of Kazakhstan and Tajikistan on health, tourism and cultural matters."
    assert candidates(body) == {(PAIR, "energy")}


def test_the_presidents_after_a_gathering_of_three_are_the_three() -> None:
    """A plural that doesn't say two means all of them."""
    lead = "A summit in Almaty\nALMATY, 5 May 2023 (Wire)\n\nKazakhstan and Tajikistan are neighbours of old. The presidents of Kazakhstan, Uzbekistan and Tajikistan attended a summit in Almaty."
    assert candidates("Tajikistan was represented by a minister, too.\n\nThe presidents discussed cooperation in transport.", lead) == {(("Kazakhstan", "Tajikistan", "Uzbekistan"), "transport")}
    assert candidates("Tajikistan spoke for Kazakhstan.\n\nBoth presidents discussed cooperation in transport.", lead) == {(PAIR, "transport")}
