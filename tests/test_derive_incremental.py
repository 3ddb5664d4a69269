"""What is derived after any sequence of adding, replacing and removing articles is what is derived from nothing."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from relgraph.derive import derive, read_decisions
from relgraph.graph import facts_to_quads, iris, reference_to_quads
from relgraph.knowledge import load_knowledge
from relgraph.model import (
    AnyFact,
    Article,
    ArticleFacts,
    BodyFact,
    EventFact,
    Evidence,
    IndicatorFact,
    OfficeFact,
    RelationFact,
    TreatyFact,
    TreatyStep,
    with_id,
)
from relgraph.pipeline import refresh
from relgraph.store import META, OxigraphStore

QUOTE = "They met."
IDS = {
    "Rahmon": "person:emomali-rahmon", "Tokayev": "person:kassym-jomart-tokayev", "Japarov": "person:sadyr-japarov", "Tajikistan": "state:tajikistan",
    "Kazakhstan": "state:kazakhstan", "Kyrgyzstan": "state:kyrgyzstan", "Uzbekistan": "state:uzbekistan", "Turkmenistan": "state:turkmenistan", "Dushanbe": "place:dushanbe", "Astana": "place:astana",
}  # fmt: skip
KEPT = ("tajikistan", "kazakhstan", "kyrgyzstan", "uzbekistan", "turkmenistan", "central-asia", "emomali-rahmon", "kassym-jomart-tokayev", "sadyr-japarov", "dushanbe", "astana", "kz-tj", "cmhs")
COMMON: dict[str, Any] = {"evidence": (Evidence(0, len(QUOTE), QUOTE),), "rule": "test", "confidence": 1.0, "ids": IDS}


def talks(date: str | None, *who: str, **more: Any) -> EventFact:
    return EventFact(kind=more.pop("kind", "meeting"), participants=who, date=date, **more, **COMMON)


def figure(value: float, bound: str | None = None) -> IndicatorFact:
    return IndicatorFact(kind="trade turnover", between=("Tajikistan", "Kazakhstan"), value=value, unit="USD", bound=bound, period="2023", **COMMON)


def treaty(name: str, *steps: TreatyStep) -> TreatyFact:
    return TreatyFact(name=name, parties=("Kazakhstan", "Tajikistan"), status=steps[-1].status if steps else None, steps=steps, **COMMON)


SUMMIT = talks("2024-08-09", "Tajikistan", "Kazakhstan", "Kyrgyzstan", "Uzbekistan", kind="summit")
VISIT = EventFact(kind="visit", visitor=("Tokayev",), host="Tajikistan", date="2024-08-22", place="Dushanbe", **COMMON)
PLAN = EventFact(kind="visit", visitor=("Tokayev",), host="Tajikistan", planned=True, **COMMON)
FACTS: tuple[AnyFact, ...] = (
    talks("2024-08-22", "Rahmon", "Tokayev"), talks("2024-08-23", "Rahmon", "Tokayev", place="Dushanbe"), talks("2024-08-24", "Rahmon", "Tokayev"), talks("2024-08-25", "Tajikistan", "Kazakhstan"),
    talks("2024-08", "Rahmon", "Tokayev"), talks(None, "Rahmon", "Tokayev"), talks("2024-08-31", "Rahmon", "Japarov"), talks("2024-09-01", "Rahmon", "Japarov", place="Astana"),
    VISIT, PLAN, SUMMIT, talks("2024-08-09", "Rahmon", "Tokayev", "Japarov"), talks("2024-08-22", "Rahmon", "Tokayev", modality="denied"),
    OfficeFact(person="Tokayev", office="president", of="Kazakhstan", **COMMON), OfficeFact(person="Japarov", office="president", of="Kazakhstan", **COMMON),
    OfficeFact(person="Somebody", office="president", of="Tajikistan", **COMMON),
    figure(1.0e9), figure(1.3e9), figure(1.2e9, "more than"), RelationFact(kind="alliance", between=("Kazakhstan", "Tajikistan"), **COMMON),
    RelationFact(kind="membership", between=("Tajikistan", "Union of Five"), **COMMON), RelationFact(kind="membership", between=("Kazakhstan", "Union of Five"), **COMMON),
    BodyFact(name="Council of Border Guards", members=("Tajikistan", "Kazakhstan"), **COMMON), BodyFact(name="Border Guards' Council", members=("Tajikistan", "Kazakhstan"), **COMMON),
    treaty("pact on extradition", TreatyStep(status="signed", date="2024-08-22")), treaty("extradition pact", TreatyStep(status="in force", date="2020-01-01")),
    treaty("allied relations treaty", TreatyStep(status="in force", date="2019-01-01")), talks("2024-08-28", "Somebody", "Tokayev"),
)  # fmt: skip
NAMES = ("a", "b", "c", "d", "e")
BODIES = ("", *(" ".join(f"{word}{i}" for i in range(60)) for word in ("talk", "trade")))
CHANGES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.integers(0, len(FACTS) - 1), max_size=4, unique=True) | st.none(), st.integers(0, len(BODIES) - 1), st.sampled_from(["2024-08-22", "2024-08-24", "2024-07-30", None])),
    max_size=7,
)  # fmt: skip


@functools.cache
def background() -> tuple[Any, list[Quad]]:
    reference = load_knowledge().reference
    return reference, [q for q in reference_to_quads(reference) if any(k in q.subject.value for k in KEPT) and "--organisation" not in q.subject.value]  # type: ignore[union-attr]


def base() -> OxigraphStore:
    store = OxigraphStore()
    store.replace_graph(iris.REFERENCE, background()[1])
    return store


def write(store: OxigraphStore, name: str, chosen: list[int], body: int, published: str | None) -> None:
    found = {f.id: f for f in (with_id(FACTS[i], name) for i in chosen)}
    article = Article(id=name, text=f"{QUOTE}\n\n{BODIES[body]}", title=QUOTE, body_start=len(QUOTE), published=published)
    facts = ArticleFacts(
        id=name, language="en", title=QUOTE, publisher=None, published=published, url=None,
        facts=tuple(f for f in found.values() if f.modality is None), unasserted=tuple(f for f in found.values() if f.modality),
    )  # fmt: skip
    store.replace_article(name, facts_to_quads(article, facts, background()[0]), "k")


def contents(store: OxigraphStore) -> set[str]:
    """Every derived quad, and the index of blocks."""
    found = {str(q) for graph in (iris.OCCURRENCES, iris.INFERRED) for q in store.quads(graph)}
    return found | {str(q) for q in store.quads(META.value) if q.predicate.value.endswith(("/holds", "/in"))}


EVERYTHING = list(range(len(FACTS)))


SOMEBODY = [i for i, f in enumerate(FACTS) if "Somebody" in (getattr(f, "person", None), *getattr(f, "participants", ()))]
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
Changes = list[tuple[str, list[int] | None, int, str | None]]


@pytest.mark.parametrize("batch", [1, 3])
@settings(max_examples=8, deadline=None, suppress_health_check=SLOW, derandomize=True)
@example(changes=[("a", EVERYTHING, 1, "2024-08-22"), ("b", EVERYTHING, 1, "2024-08-24"), ("c", EVERYTHING, 2, None), ("b", [0, 7, 17, 25], 2, "2024-07-30"), ("a", None, 0, None), ("c", None, 0, None)])
@example(changes=[("a", SOMEBODY[1:], 0, "2024-08-28"), ("b", [], 0, None), ("c", [], 0, None), ("d", SOMEBODY[:1], 0, "2024-08-29")])
@example(changes=[("d", SOMEBODY[:1], 0, "2024-08-29"), ("b", [], 0, None), ("c", [], 0, None), ("a", SOMEBODY[1:], 0, "2024-08-28"), ("d", None, 0, None)])
@given(changes=CHANGES)
def test_any_sequence_gives_what_deriving_from_nothing_gives(batch: int, changes: Changes) -> None:
    """Article by article, and several at once."""
    same_as_from_nothing(changes, batch)


@pytest.mark.long
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(changes=CHANGES, batch=st.integers(1, 4))
def test_many_more_sequences(changes: Changes, batch: int) -> None:
    """The same over other sequences in each run."""
    same_as_from_nothing(changes, batch)


def same_as_from_nothing(changes: Changes, batch: int) -> None:
    store, present = base(), dict[str, tuple[list[int], int, str | None]]()
    refresh(store)
    for number, (name, chosen, body, published) in enumerate(changes, 1):
        if chosen is not None:
            write(store, name, chosen, body, published)
            present[name] = (chosen, body, published)
        elif name in present:
            store.remove_article(name)
            del present[name]
        if number % batch == 0 or number == len(changes):
            refresh(store)
    fresh = base()
    for name in sorted(present, reverse=True):
        write(fresh, name, *present[name])
    derive(fresh)
    assert contents(store) == contents(fresh)


def test_a_change_of_decisions_derives_all_anew(tmp_path: Any) -> None:
    """Also for articles that did not change."""
    store = base()
    for name in "ab":
        write(store, name, [0], 0, "2024-08-22")
    refresh(store)
    assert count(store) == 1
    ids = sorted(r["e"].value.rsplit("/", 1)[-1] for r in store.query("SELECT ?e WHERE { ?e a rg:Event }"))
    file = tmp_path / "decisions.yaml"
    file.write_text(f"- different: [{', '.join(ids)}]", "utf-8")
    store.replace_graph(iris.DECISIONS, read_decisions(file))
    refresh(store)
    assert count(store) == 2


def test_deriving_goes_on_after_a_run_that_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of what is derived was written: the next run starts from nothing and gives the same."""
    store, fresh = base(), base()
    write(store, "a", EVERYTHING, 1, "2024-08-22")
    refresh(store)
    write(store, "b", EVERYTHING, 1, "2024-08-23")
    monkeypatch.setattr("relgraph.derive.find_contradictions", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        refresh(store)
    monkeypatch.undo()
    refresh(store)
    write(fresh, "a", EVERYTHING, 1, "2024-08-22")
    write(fresh, "b", EVERYTHING, 1, "2024-08-23")
    derive(fresh)
    assert contents(store) == contents(fresh)


def count(store: OxigraphStore) -> int:
    return len(list(store.query("SELECT ?o WHERE { ?o a rg:Occurrence }")))
