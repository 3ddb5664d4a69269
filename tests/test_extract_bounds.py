"""What bounds extraction: any text in any script, time linear in its length, no growth with the number of names, and patterns that no text blows up."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relgraph.extract import extract
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.knowledge.reference import Reference
from relgraph.model import ArticleFacts, EntityId
from relgraph.read.text import article_from_text, guess_language

KNOWLEDGE = load_knowledge()
STORY = (
    "Kazakh President Kassym-Jomart Tokayev met his Uzbek counterpart Shavkat Mirziyoyev in Astana on 8 August 2024. "
    "They signed an agreement on trade and a memorandum on water. Trade between the two countries reached $4.4 billion in 2023. "
)
PIECES = [
    "Tokayev", "Əliyev", "İlham", "Рахмон", "Kazakhstan", "Tashkent", "the two countries", "his Kyrgyz counterpart", "Foreign Minister", "met", "signed", "an agreement on",
    "trade", "water and", "reached", "$4.4 billion", "19 percent", "in 2023", "on Friday", "May-June", ",", ".", ";", "“", "”", "’s", "\n\n", "\n", "-", "(", ")", "五", "محمد", "😀", "٣", "ß", "ﬁ", "\u200d",
    "Intergovernmental Commission on", "and", "of the", "not", "would", "who", "said that", "EU", "visited", "talks with",
]  # fmt: skip


def read(text: str, knowledge: Knowledge = KNOWLEDGE) -> tuple[str, ArticleFacts]:
    article = article_from_text(text, id="x", published="2024-08-09", language="en")
    return article.text, extract(article, knowledge)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map(" ".join) | st.tuples(st.text(max_size=30), st.integers(0, 300)).map(lambda t: STORY[: t[1]] + t[0] + STORY[t[1] :]))
def test_any_text_gives_facts_that_it_holds(text: str) -> None:
    """Whatever is read, nothing is raised, every quote and span is in the text, and a second reading says the same."""
    whole, facts = read(text)
    for fact in (*facts.facts, *facts.unasserted):
        assert fact.evidence
        assert all(whole[e.start : e.end] == e.quote for e in fact.evidence)
        assert all(0 <= s.start <= s.end <= len(whole) for s in fact.spans)
        assert 0 <= fact.confidence <= 1
    assert msgspec.json.encode(read(text)[1]) == msgspec.json.encode(facts)


def test_a_dotted_capital_moves_no_offset() -> None:
    """'İ' is two characters in small letters; a fact behind one still cites its own sentence."""
    whole, facts = read("İİİİİİİ talks\n\n" + "İlham Əliyev and Kazakh President Kassym-Jomart Tokayev met in Baku on 8 August 2024.")
    assert {whole[e.start : e.end] for f in facts.facts for e in f.evidence} == {"İlham Əliyev and Kazakh President Kassym-Jomart Tokayev met in Baku on 8 August 2024."}


UNITS = [
    STORY, STORY + "\n\n", STORY.replace(". ", ", and "), "Kazakhstan and Uzbekistan, ", "“Kazakhstan” ", "President Tokayev of Kazakhstan and ", "$1-2 billion in 2023, ", "talks, ", "agreements on trade, ",
    "not ", "May ", "İ", "五", "\n", " ", "a.", "- ", "'s ", "Xx Yy ", "He met him. ", "The two countries said that ", "Council of the Commission of ", "(a (b ", "1 000 ",
]  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_only(unit: str) -> None:
    """Four times the text takes far less than the sixteen times of a square, one endless sentence included."""
    seconds = {size: min(_seconds(lambda size=size: read(unit * (size // len(unit)))) for _ in range(2)) for size in (5_000, 20_000)}  # type: ignore[misc]
    assert seconds[20_000] < 10 * seconds[5_000] + 0.3


VISIT = "President Kassym-Jomart Tokayev met President Shavkat Mirziyoyev in Astana on 8 August 2024. The Uzbek president was on a visit. They signed an agreement. "


def test_time_grows_with_the_number_of_visits_only() -> None:
    """What a visit looks for in the whole article, its host at home, is found once for all."""
    read(VISIT)
    few, many = (_seconds(lambda n=n: read(VISIT * n)) for n in (200, 1000))  # type: ignore[misc]
    assert many < 8 * few + 0.3


@pytest.mark.long
@pytest.mark.parametrize("unit", UNITS)
def test_a_million_characters_take_linear_time(unit: str) -> None:
    """A text of 1 MB takes no more than some ten times as long as one of 100 kB."""
    seconds = {size: _seconds(lambda size=size: read(unit * (size // len(unit)))) for size in (100_000, 1_000_000)}  # type: ignore[misc]
    assert seconds[1_000_000] < 10 * seconds[100_000] * 2.5 + 1


def test_time_does_not_grow_with_the_number_of_names() -> None:
    """Thirty thousand names more make reading an article hardly slower."""
    reference, model = KNOWLEDGE.reference, KNOWLEDGE.reference.persons[0]
    extra = {EntityId(f"person:made-up-{i}"): msgspec.structs.replace(model, id=EntityId(f"person:made-up-{i}"), name=f"Zux{i % 173}qa Vop{i}ki", aliases=(), names_ru=(), tenures=()) for i in range(15_000)}
    more = Knowledge(Reference({**reference.entities, **extra}, reference.functions, "more"), KNOWLEDGE.lexicons, {"en": KNOWLEDGE.weights("en")}, learned=KNOWLEDGE.models)
    text = "Presidents meet\n\n" + STORY * 10
    assert read(text, more) == read(text)
    few, many = (min(_seconds(lambda k=k: [read(text, k) for _ in range(5)]) for _ in range(4)) for k in (KNOWLEDGE, more))  # type: ignore[misc]
    assert many < few * 1.6


ATTACKS = ["a", " ", "a ", "1", "1,", "1 ", "(", "((a", "'a", "\n", "a-", "_", "A ", "Aa ", "$1 ", "the ", "of and ", "a.", "May 2025 ", "<a", "to ", "\t\n", "1.1", "İ ", "Я", '"', "on and for ", "; "]


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the steps up to the facts: of the modules, and of what they compile from the lexicon."""
    lexicon = KNOWLEDGE.lexicon("en")
    seen: set[str] = set()

    def inside(value: object, name: str, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and value.pattern not in seen:
            seen.add(value.pattern)
            yield name, value
        elif isinstance(value, list | tuple) and depth:
            for item in value:
                yield from inside(item, name, depth - 1)
        elif isinstance(value, dict) and depth:
            for item in value.values():
                yield from inside(item, name, depth - 1)
        elif type(value).__module__.startswith("relgraph") and hasattr(value, "__dict__") and depth:
            for key, item in vars(value).items():
                yield from inside(item, f"{name}.{key}", depth - 1)

    for step in ("read", "recognise", "resolve", "relate", "knowledge"):
        package = importlib.import_module(f"relgraph.{step}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in list(vars(importlib.import_module(found.name)).items()):
                compiled = value(lexicon) if name.endswith("_of") and hasattr(value, "cache_info") and value.__module__ == found.name and "lexicon" in value.__annotations__ else value
                yield from inside(compiled, f"{found.name}.{name}", 4)


PATTERNS = sorted(_patterns(), key=lambda p: p[0])


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[f"{n}-{p[0]}" for n, p in enumerate(PATTERNS)])
def test_no_pattern_backtracks_without_end(name: str, pattern: re.Pattern[str]) -> None:
    """The classic attacks, runs of what a pattern repeats, cost each pattern milliseconds; more than the square of the length would cost seconds."""
    for attack in ATTACKS:
        text = attack * (600 // len(attack)) + "\0"
        assert _seconds(lambda text=text: sum(1 for _ in pattern.finditer(text))) < 0.15, (name, attack)  # type: ignore[misc]


def test_the_language_is_told_by_every_cyrillic_letter() -> None:
    """Rare letters of the script count as well as the common ones."""
    assert [guess_language(text) for text in ("Ѳеодоръ ѵ ꙗко", "Встреча in Астане", "Meeting in Астана", "五", "", "ᲀᲁ")] == ["ru", "ru", "en", "en", "en", "ru"]
