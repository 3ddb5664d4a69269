"""Which reports are one occurrence: pairs given as data, chains, decisions, plans."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from relgraph.derive import derive, read_decisions, update
from relgraph.errors import KnowledgeError
from relgraph.graph import facts_to_quads, iris, reference_to_quads
from relgraph.knowledge import load_knowledge
from relgraph.model import Article, ArticleFacts, EventFact, Evidence, with_id
from relgraph.store import OxigraphStore

DATA = Path(__file__).parent / "data"
PAIRS = yaml.safe_load((DATA / "fusion.yaml").read_text("utf-8"))
QUOTE = "They met."


@functools.cache
def reference() -> Any:
    return load_knowledge().reference


def add(store: OxigraphStore, article_id: str, *reports: dict[str, Any]) -> None:
    """Put an article with these event reports into the store."""
    facts = tuple(with_id(fact(report), article_id) for report in reports)
    published = next((str(r["published"]) for r in reports if r.get("published")), None)
    article = Article(id=article_id, text=QUOTE, title=QUOTE, published=published)
    said = ArticleFacts(id=article_id, language="en", title=QUOTE, publisher=None, published=published, url=None, facts=facts)
    store.replace_article(article_id, facts_to_quads(article, said, reference()), "k")


def fact(report: dict[str, Any]) -> EventFact:
    names = [*report.get("who", ()), *report.get("visitor", ()), *([report["host"]] if "host" in report else []), *([report["place"]] if "place" in report else [])]
    ids = {name: only(name) for name in names}
    date = report.get("date")
    return EventFact(
        kind=report["kind"], participants=tuple(report.get("who", ())), visitor=tuple(report.get("visitor", ())), host=report.get("host"), place=report.get("place"),
        date=str(date) if date is not None else None, planned=report.get("planned", False), ids=ids, evidence=(Evidence(0, len(QUOTE), QUOTE),), rule="test", confidence=1.0,
    )  # fmt: skip


def only(name: str) -> str:
    found = [i for i in reference().find(name) if reference().entities[i].name == name]
    assert len(found) == 1, f"the reference knows {name!r} as {found}"
    return str(found[0])


@pytest.fixture
def store() -> Iterator[OxigraphStore]:
    """A store of the reference alone; what a test adds is taken away again."""
    found = derived()
    yield found
    take_away(found)


@functools.cache
def derived() -> OxigraphStore:
    store = OxigraphStore()
    store.replace_graph(iris.REFERENCE, reference_to_quads(reference()))
    derive(store)
    return store


def take_away(store: OxigraphStore) -> None:
    ids = set(store.keys())
    for article_id in ids:
        store.remove_article(article_id)
    update(store, ids)
    if any(store.quads(iris.DECISIONS)):
        store.replace_graph(iris.DECISIONS, ())


def groups(store: OxigraphStore) -> set[frozenset[str]]:
    """The occurrences as sets of the ids of their articles."""
    found: dict[str, set[str]] = {}
    for row in store.query("SELECT ?o ?a WHERE { ?o rg:report ?e . ?c rg:asserts ?e ; rg:inArticle ?a }"):
        found.setdefault(row["o"].value, set()).add(str(iris.article_id(row["a"].value)))
    return {frozenset(articles) for articles in found.values()}


def fused(store: OxigraphStore, pair: dict[str, Any]) -> bool:
    """Whether the two reports of a pair are one occurrence."""
    add(store, "one", pair["one"])
    add(store, "other", pair["other"])
    update(store, ["one", "other"])
    found = frozenset({"one", "other"}) in groups(store)
    take_away(store)
    return found


def test_precision_and_recall_on_the_pairs(store: OxigraphStore, record_property: Callable[[str, object], None]) -> None:
    """At least 20 pairs of one event and 20 near misses; precision and recall 0.9 each. `pytest -s` prints the table."""
    assert min(len(PAIRS["same"]), len(PAIRS["different"])) >= 20
    missed = [p["about"] for p in PAIRS["same"] if not fused(store, p)]
    wrong = [p["about"] for p in PAIRS["different"] if fused(store, p)]
    right = len(PAIRS["same"]) - len(missed)
    precision, recall = right / (right + len(wrong)), right / len(PAIRS["same"])
    table = f"{len(PAIRS['same'])} pairs of one event: {right} fused; {len(PAIRS['different'])} near misses: {len(wrong)} fused; precision {precision:.2f}, recall {recall:.2f}"
    print(table, *(f"missed: {m}" for m in missed), *(f"wrongly fused: {w}" for w in wrong), sep="\n")
    record_property("fusion", table)
    assert precision >= 0.9
    assert recall >= 0.9


def test_a_chain_of_days_does_not_grow(store: OxigraphStore) -> None:
    """Six reports, each a day later than the last: no occurrence spans more than three days."""
    for day in range(10, 16):
        add(store, f"d{day}", {"kind": "meeting", "who": ["Emomali Rahmon", "Shavkat Mirziyoyev"], "date": datetime.date(2024, 4, day), "published": datetime.date(2024, 4, day)})
    update(store, store.keys())
    days = [sorted(int(a[1:]) for a in group) for group in groups(store)]
    assert all(group[-1] - group[0] <= 2 for group in days)
    assert len(days) >= 2


def test_a_month_that_fits_two_meetings_is_neither(store: OxigraphStore) -> None:
    """Nobody can say which of the two a report by the month means."""
    for name, date in (("a", "2024-04-03"), ("b", "2024-04-25"), ("c", "2024-04")):
        add(store, name, {"kind": "meeting", "who": ["Emomali Rahmon", "Shavkat Mirziyoyev"], "date": date, "published": "2024-06-01"})
    update(store, store.keys())
    assert groups(store) == {frozenset("a"), frozenset("b"), frozenset("c")}


MEETING = {"kind": "meeting", "who": ["Emomali Rahmon", "Shavkat Mirziyoyev"], "date": "2024-04-18", "published": "2024-04-18"}


def event_id(store: OxigraphStore, article_id: str) -> str:
    return next(iter(store.query(f"SELECT ?e WHERE {{ ?c rg:asserts ?e ; rg:inArticle <{iris.article(article_id)}> }}")))["e"].value.rsplit("/", 1)[-1]


def test_decisions_win_over_the_rule_and_survive(store: OxigraphStore, tmp_path: Path) -> None:
    """What a person decided holds in every later run, both ways, and may be taken back."""
    add(store, "a", MEETING)
    add(store, "b", MEETING)
    add(store, "c", {**MEETING, "date": "2024-05-30", "published": "2024-05-30"})
    update(store, store.keys())
    assert groups(store) == {frozenset("ab"), frozenset("c")}
    a, b, c = (event_id(store, name) for name in "abc")
    file = tmp_path / "decisions.yaml"
    file.write_text(f"- different: [{a}, {b}]\n  why: two calls\n- same: [{b}, {c}]\n", "utf-8")
    store.replace_graph(iris.DECISIONS, read_decisions(file))
    derive(store)
    assert groups(store) == {frozenset("a"), frozenset("bc")}
    add(store, "d", MEETING)
    update(store, ["d"])
    assert {"bc"} == {"".join(sorted(g - {"d"})) for g in groups(store) if "b" in g}
    store.replace_graph(iris.DECISIONS, ())
    derive(store)
    assert groups(store) == {frozenset("abd"), frozenset("c")}


@pytest.mark.parametrize("text", ["- same: [a, a]", "- {same: [a, b], different: [a, b]}", "- same: [a, b]\n- different: [b, a]", "- same: [a]", "just words", "- unsure: [a, b]", "[", "- {}"])
def test_a_wrong_decisions_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_decisions(file)
    assert "decisions.yaml" in str(error.value)
    assert "\n" not in str(error.value)


def test_what_was_held_fulfils_its_plan(store: OxigraphStore) -> None:
    """Dated or not; but nothing that ended before the plan was published, and only once."""
    visit = {"kind": "visit", "visitor": ["Kassym-Jomart Tokayev"], "host": "Tajikistan"}
    add(store, "plan", {**visit, "published": "2024-08-01", "planned": True})
    add(store, "before", {**visit, "date": "2024-07-20", "published": "2024-07-20"})
    add(store, "held", {**visit, "date": "2024-08-22", "published": "2024-08-22"})
    update(store, store.keys())

    def links() -> set[tuple[str, str]]:
        rows = store.query("SELECT ?held ?plan WHERE { ?held rg:fulfils ?plan }")
        return {(r["held"].value.rsplit("/", 1)[-1].split("-")[0], r["plan"].value.rsplit("/", 1)[-1].split("-")[0]) for r in rows}

    assert links() == {("held", "plan")}
    store.remove_article("held")
    update(store, ["held"])
    assert links() == set()


def test_sources_are_independent_texts() -> None:
    """A reprint is the same source; its link leads to the earlier text."""
    store = derived()
    body = " ".join(f"word{i} of the talks in Dushanbe on trade and water" for i in range(30))
    for name, text, day in (("first", body, "2024-04-18"), ("copy", body + " Source: first", "2024-04-19"), ("other", body[::-1], "2024-04-19")):
        facts = (with_id(fact(MEETING), name),)
        article = Article(id=name, text=text, published=day)
        said = ArticleFacts(id=name, language="en", title="t", publisher=None, published=day, url=None, facts=facts)
        store.replace_article(name, facts_to_quads(article, said, reference()), "k")
    update(store, store.keys())
    assert [(r["a"].value.rsplit("/")[-1], r["b"].value.rsplit("/")[-1]) for r in store.query("SELECT ?a ?b WHERE { ?a rg:reprintOf ?b }")] == [("copy", "first")]
    assert [(r["n"].value, r["s"].value) for r in store.query("SELECT ?n ?s WHERE { ?o rg:reportCount ?n ; rg:sourceCount ?s }")] == [("3", "2")]
    take_away(store)
    assert not any(store.query("SELECT * WHERE { ?a rg:reprintOf ?b }"))
