"""Figures and targets: what is measured, of whom, for when; in sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import IndicatorFact, TargetFact
from relgraph.read.text import article_from_text
from relgraph.recognise import recognise
from relgraph.relate import candidates_of
from relgraph.resolve import resolve

KNOWLEDGE = load_knowledge()
LEAD = "Figures of the day\nASTANA, 6 August 2025 (Agency)\n\n"


def figures(body: str) -> list[IndicatorFact | TargetFact]:
    facts = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts
    return [f for f in facts if isinstance(f, IndicatorFact | TargetFact)]


def said(body: str) -> list[tuple[str, str, float, str, str]]:
    return [(f.kind, "+".join(f.between), f.value, f.unit, (f.by if isinstance(f, TargetFact) else f.period) or "") for f in figures(body)]


KZ_TJ, KG_KZ, KZ_UZ, CN_TM = "Kazakhstan+Tajikistan", "Kazakhstan+Kyrgyzstan", "Kazakhstan+Uzbekistan", "China+Turkmenistan"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Trade between Kazakhstan and Tajikistan reached $670 million in the first half of 2025.", [("trade turnover", KZ_TJ, 670e6, "USD", "2025-H1")]),
        ("In 2024 trade between Kazakhstan and Tajikistan grew by 12 percent to $1.1 billion.", [("trade turnover growth", KZ_TJ, 12, "%", "2024"), ("trade turnover", KZ_TJ, 1.1e9, "USD", "2024")]),
        ("Trade between Kazakhstan and Kyrgyzstan fell by 7.5% in January-June 2025.", [("trade turnover growth", KG_KZ, -7.5, "%", "2025-H1")]),
        ("Trade between Kazakhstan and Kyrgyzstan has been growing for years. Last year it came to $1.3 billion.", [("trade turnover", KG_KZ, 1.3e9, "USD", "2024")]),
        ("Kazakhstan's exports to Uzbekistan amounted to $3 billion in 2023, more than in 2022.", [("exports", KZ_UZ, 3e9, "USD", "2023")]),
        ("Trade between Kazakhstan and Uzbekistan stood at $2 billion in 2019 and at $4 billion in 2024.", [("trade turnover", KZ_UZ, 2e9, "USD", "2019"), ("trade turnover", KZ_UZ, 4e9, "USD", "2024")]),
        ("Trade between Kazakhstan and Uzbekistan rose by a quarter last year to reach $4 billion.", [("trade turnover growth", KZ_UZ, 25, "%", "2024"), ("trade turnover", KZ_UZ, 4e9, "USD", "2024")]),
        ("Kazakhstan and Uzbekistan signed 9 documents, among them a roadmap for 2024-2026.", [("documents signed", KZ_UZ, 9, "count", "")]),
        ("Kazakhstan and Uzbekistan signed 14 documents in Tashkent.", [("documents signed", KZ_UZ, 14, "count", "")]),
        ("Companies of Kazakhstan and Uzbekistan signed contracts worth $350 million.", [("contracts", KZ_UZ, 350e6, "USD", "")]),
        ("Turkmenistan supplied China with 40 billion cubic metres of gas in 2023.", [("gas supply", CN_TM, 40e9, "cubic metres", "2023")]),
        ("The Asian Development Bank gave Tajikistan a loan of $100 million.", [("loan", "Asian Development Bank+Tajikistan", 100e6, "USD", "")]),
        ("Trade between Kazakhstan and Uzbekistan came to $4.2 billion in January-June 2025, 12 percent more than in the same months of 2024.",
         [("trade turnover", KZ_UZ, 4.2e9, "USD", "2025-H1"), ("trade turnover growth", KZ_UZ, 12, "%", "2025-H1")]),
        ("Between January and May 2025 trade between Kazakhstan and Uzbekistan came to $2 billion, up from $1.5 billion a year earlier.",
         [("trade turnover", KZ_UZ, 2e9, "USD", "2025-01/2025-05"), ("trade turnover", KZ_UZ, 1.5e9, "USD", "2024-01/2024-05")]),
        ("Trade between Kazakhstan and Uzbekistan slid from $5 billion to $4 billion last year.", [("trade turnover", KZ_UZ, 5e9, "USD", ""), ("trade turnover", KZ_UZ, 4e9, "USD", "2024")]),
        ("In 2024 trade between Kazakhstan and Uzbekistan came to $4 billion, a tenth more (10.4%) than in 2023.", [("trade turnover", KZ_UZ, 4e9, "USD", "2024"), ("trade turnover growth", KZ_UZ, 10.4, "%", "2024")]),
        ("Planes fly between the two states, Kazakhstan and Uzbekistan, 30 times a week.", [("flights", KZ_UZ, 30, "count", "")]),
        ("Trade between Kazakhstan and Uzbekistan hit $4.3 billion in 2024, 8 per cent above the figure for 2023.", [("trade turnover", KZ_UZ, 4.3e9, "USD", "2024"), ("trade turnover growth", KZ_UZ, 8, "%", "2024")]),
        ("It is at $6 billion of trade that Kazakhstan and Uzbekistan aim.", [("trade turnover", KZ_UZ, 6e9, "USD", "")]),
        ("Of trade between Kazakhstan and Uzbekistan much is hoped: $8 billion, which the ministers have set down as the goal, is far off.", [("trade turnover", KZ_UZ, 8e9, "USD", "")]),
        ("Kazakhstan and Uzbekistan signed two agreements: one on transit, the other on customs.", []),
        ("Three of the memoranda were signed by Kazakhstan and Uzbekistan.", []),
        ("Trade between Kazakhstan and Uzbekistan rose by 8 percent compared to $1.9 billion in 2021.", [("trade turnover growth", KZ_UZ, 8, "%", ""), ("trade turnover", KZ_UZ, 1.9e9, "USD", "2021")]),
        ("In 2024 exports from Kazakhstan to Uzbekistan totalled $3 billion, which is 10 percent more than the 2023 figure ($2.7 billion).",
         [("exports", KZ_UZ, 3e9, "USD", "2024"), ("exports growth", KZ_UZ, 10, "%", "2024"), ("exports", KZ_UZ, 2.7e9, "USD", "2023")]),
        ("In 2023 trade between Kazakhstan and Uzbekistan was $4 billion. Kazakh exports to Uzbekistan totalled $3 billion.",
         [("trade turnover", KZ_UZ, 4e9, "USD", "2023"), ("exports", KZ_UZ, 3e9, "USD", "2023")]),
        ("In 2023 Uzbekistan accounted for a 9.5% share (worth $4 billion) of the trade turnover of Kazakhstan.", [("trade turnover", KZ_UZ, 4e9, "USD", "2023")]),
        ("In 2024 Kazakhstan and Uzbekistan did business for $4 billion.", [("trade turnover", KZ_UZ, 4e9, "USD", "2024")]),
        ("Kazakhstan and Uzbekistan sold each other goods for $4 billion in 2024.", [("trade turnover", KZ_UZ, 4e9, "USD", "2024")]),
        ("As many as twenty-four documents were signed by Kazakhstan and Uzbekistan.", [("documents signed", KZ_UZ, 24, "count", "")]),
        ("Uzbekistan expects trade with Kazakhstan to reach $9 billion this year.", []),
        ("Trade between Kazakhstan and Uzbekistan will reach $9 billion this year.", []),
        ("Kazakhstan and Uzbekistan might trade $9 billion worth of goods.", []),
        ("Trade between Kazakhstan and Uzbekistan in May was $300 million.", [("trade turnover", KZ_UZ, 300e6, "USD", "2025-05")]),
        ("Turkmenistan produces 80 billion cubic metres of gas, some of which China could buy.", []),
        ("Trade between Kazakhstan and Uzbekistan reached the planned milestone of $5 billion in 2022.", [("trade turnover", KZ_UZ, 5e9, "USD", "2022")]),
        ("The share of Kazakhstan in the trade of Uzbekistan has risen to 29%.", []),
        ("Japan gave Uzbekistan a loan of ¥12 billion.", [("loan", "Japan+Uzbekistan", 12e9, "JPY", "")]),
        ("Five hundred guests, among them ministers, heard that Kazakhstan and Uzbekistan signed eight agreements.", [("documents signed", KZ_UZ, 8, "count", "")]),
        ("Trade between Kazakhstan and Uzbekistan reached $1 billion 786 million in 2022.", [("trade turnover", KZ_UZ, 1.786e9, "USD", "2022")]),
        ("The foreign trade of Kazakhstan reached $140 billion in 2024. Uzbekistan is a friend.", []),
        ("Kazakhstan trades with the other Central Asian states. In 2024 the turnover between the countries reached $10 billion.",
         [("trade turnover", "Kazakhstan+Kyrgyzstan+Tajikistan+Turkmenistan+Uzbekistan", 10e9, "USD", "2024")]),
        ("Trade between Kazakhstan and Uzbekistan, $4 billion in 2023, is to be raised to $10 billion by 2030.",
         [("trade turnover", KZ_UZ, 4e9, "USD", "2023"), ("trade turnover", KZ_UZ, 10e9, "USD", "2030")]),
        ("China gave Turkmenistan a grant of 200 million yuan.", [("grant", CN_TM, 200e6, "CNY", "")]),
    ],
)
def test_indicators(body: str, expected: list[tuple[str, str, float, str, str]]) -> None:
    """Kind, sides, value, unit and period are those that the sentence gives."""
    assert sorted(said(body)) == sorted(expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Trade of ten billion dollars is what Kazakhstan and Uzbekistan promise themselves.", [("trade turnover", KZ_UZ, 10e9, "USD", "")]),
        ("Trade between Kazakhstan and Uzbekistan ought to be brought to ten billion dollars by 2030.", [("trade turnover", KZ_UZ, 10e9, "USD", "2030")]),
        ("Kazakhstan and Tajikistan set the goal to bring trade to $2 billion by 2030.", [("trade turnover", KZ_TJ, 2e9, "USD", "2030")]),
        ("Kazakhstan and Uzbekistan want to raise their mutual trade to $10 billion.", [("trade turnover", KZ_UZ, 10e9, "USD", "")]),
    ],
)
def test_targets(body: str, expected: list[tuple[str, str, float, str, str]]) -> None:
    """What somebody pledges to reach is a target with its deadline."""
    assert [type(f) for f in figures(body)] == [TargetFact]
    assert sorted(said(body)) == sorted(expected)


def test_a_figure_and_a_target_in_one_sentence() -> None:
    """'has come to $2 billion and should be brought to $3 billion' is one of each."""
    found = figures("Trade between Kazakhstan and Kyrgyzstan has come to $2 billion and should be brought to $3 billion.")
    assert [(type(f), f.value) for f in found] == [(IndicatorFact, 2e9), (TargetFact, 3e9)]


@pytest.mark.parametrize(
    "body",
    [
        "The border between Kazakhstan and Kyrgyzstan is 1,200 kilometres long.",
        "The Kyrgyz government fined a company from Kazakhstan, and the fine was $5 million.",
        "Kazakhstan and Kyrgyzstan spoke about trade; a cinema ticket costs 5 dollars.",
        "Forty officials of Kazakhstan and Kyrgyzstan took part.",
    ],
)
def test_other_numbers_give_nothing(body: str) -> None:
    """Lengths, fines, prices and heads have no kind."""
    assert figures(body) == []


def test_range_and_bound_are_kept() -> None:
    """'more than' and the upper end of a range are part of the fact."""
    first, second = figures("Trade between Kazakhstan and Uzbekistan was more than $4 billion in 2024. Exports from Kazakhstan to Uzbekistan were $1-2 billion in 2023.")
    assert (first.bound, first.max) == ("more than", None)
    assert (second.value, second.max) == (1e9, 2e9)


def test_both_sides_figures_stand_side_by_side() -> None:
    """Two sums for one thing are two facts."""
    values = [f.value for f in figures("Kyrgyzstan gives $1.2 billion for its trade with Kazakhstan in 2022. Kazakhstan puts the trade with Kyrgyzstan in 2022 at $1.3 billion.")]
    assert values == [1.2e9, 1.3e9]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Trade between Kazakhstan and Uzbekistan came to $4 billion in 2023. Of late, twelve plants are being built for a total of $900 million.", [("trade turnover", KZ_UZ, 4e9, "USD", "2023")]),
        ("Kazakhstan and Uzbekistan carry out 30 joint projects worth $2 billion.", []),
        ("Companies of Kazakhstan and Uzbekistan signed up for joint projects worth $2 billion.", [("contracts", KZ_UZ, 2e9, "USD", "")]),
        ("Kazakhstan and Uzbekistan have long been neighbours. According to the statistics committee of Uzbekistan, imports of coal amounted to $90 million in 2023.", []),
        ("According to the statistics committee of Uzbekistan, imports of coal from Kazakhstan amounted to $90 million in 2023.", [("imports", KZ_UZ, 90e6, "USD", "2023")]),
        ("The Asian Development Bank gave Tajikistan $80 million in grants and loans.", []),
        ("The Asian Development Bank gives Tajikistan a loan in the amount of $30 million and grant funds in the amount of $20 million.",
         [("loan", "Asian Development Bank+Tajikistan", 30e6, "USD", ""), ("grant", "Asian Development Bank+Tajikistan", 20e6, "USD", "")]),
        ("Trade of China with the neighbours grew in 2023. It reached $70 billion, with Kazakhstan accounting for 45% of it.", []),
        ("Kazakhstan and Uzbekistan trade in power. Of late, Uzbekistan bought electricity for $70 million abroad.", []),
        ("Kazakhstan and Uzbekistan build the dam. Credits of international lenders for Uzbekistan have reached $3 billion.", []),
        ("Kazakhstan and Germany talked. Regional trade with Germany reached $11 billion, Kazakhstan said.", []),
    ],
)  # fmt: skip
def test_a_sum_is_of_what_its_own_sentence_says(body: str, expected: list[tuple[str, str, float, str, str]]) -> None:
    """A noun beside a sum, a state's own records, a share of a whole and a mix of two kinds outrank what was told before."""
    bench = candidates_of(article := article_from_text(LEAD + body, id="x"), resolve(article, recognise(article, KNOWLEDGE), KNOWLEDGE), KNOWLEDGE)
    found = [f for f in bench.facts if isinstance(f, IndicatorFact | TargetFact)]
    assert sorted((f.kind, "+".join(f.between), f.value, f.unit, (f.by if isinstance(f, TargetFact) else f.period) or "") for f in found) == sorted(expected)
