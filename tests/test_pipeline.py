"""The whole way over the sample articles: idempotent, in any order, taken back exactly."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from relgraph.extract import extract
from relgraph.graph import iris
from relgraph.knowledge import Knowledge
from relgraph.model import Article, ArticleFacts, EventFact
from relgraph.pipeline import build, remove
from relgraph.store import OxigraphStore

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
SOME = sorted(ARTICLES.glob("*.txt"))[:6]


def built(*paths: Path) -> OxigraphStore:
    store = OxigraphStore()
    build([str(p) for p in paths], store)
    return store


def lines(store: OxigraphStore) -> list[str]:
    return sorted(map(str, store.quads()))


def test_samples_build_without_loss() -> None:
    """Every sample is read, passes the shapes and is in the store with facts."""
    store = OxigraphStore()
    report = build([str(ARTICLES)], store)
    assert not report.failures
    assert not report.set_aside
    assert len(report.added) >= 12
    assert {a.id for a in store.articles()} == set(report.added)
    assert all(a.claims for a in store.articles() if a.id not in report.without_state)


def test_building_again_changes_nothing() -> None:
    """The second run finds every article unchanged."""
    store = built(*SOME)
    before = lines(store)
    report = build([str(p) for p in SOME], store)
    assert (len(report.unchanged), report.added, report.replaced) == (len(SOME), [], [])
    assert lines(store) == before


def test_any_order_gives_the_same_graph() -> None:
    """Also the derived graphs, and one article at a time."""
    first = lines(built(*SOME))
    assert lines(built(*reversed(SOME))) == first
    store = OxigraphStore()
    for path in (*SOME[3:], *SOME[:3]):
        build([str(path)], store)
    assert lines(store) == first


def test_removing_leaves_the_rest_as_if_it_had_never_been(tmp_path: Path) -> None:
    """An article taken back is gone with all that only it said."""
    store = built(*SOME)
    remove([SOME[0].stem], store)
    assert lines(store) == lines(built(*SOME[1:]))


def test_default_graph_is_the_union_of_the_named_ones() -> None:
    """Each triple of the named graphs but the store's own notes is in the default graph, and nothing else."""
    store = built(*SOME)
    named = {(str(q.subject), str(q.predicate), str(q.object)) for q in store.quads() if q.graph_name.value != f"{iris.GRAPHS}meta"}
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in store.default_triples()} == named


def test_every_claim_leads_to_a_sentence_of_its_article() -> None:
    """No claim without passage, and the passage's words stand in the article's text at its offsets."""
    from relgraph.read import read_paths

    texts = {a.id: a.text for a in read_paths([str(p) for p in SOME])}  # type: ignore[union-attr]
    store = built(*SOME)
    rows = list(store.query("SELECT ?c ?a ?s ?e ?x WHERE { ?c a rg:Claim OPTIONAL { ?c rg:passage ?p . ?p rg:inArticle ?a ; rg:start ?s ; rg:end ?e ; rg:exact ?x } }"))
    assert len(rows) > 50
    for row in rows:
        assert row["x"] is not None, row["c"]
        assert texts[row["a"].value.rsplit("/", 1)[-1]][int(row["s"].value) : int(row["e"].value)] == row["x"].value


def test_bad_inputs_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    """What can't be read is reported; the rest is in."""
    (tmp_path / "empty.txt").write_text("")
    store = OxigraphStore()
    report = build([str(tmp_path / "empty.txt"), str(tmp_path / "missing.txt"), str(SOME[0])], store)
    assert len(report.failures) == 2
    assert report.added == [SOME[0].stem]


def test_an_article_without_a_state_is_kept_and_named(tmp_path: Path) -> None:
    """It stays in the store; the report says that it names no state."""
    (tmp_path / "weather.txt").write_text("A mild day\n\nThe sun shone and nothing else happened at all.\n")
    store = OxigraphStore()
    assert build([str(tmp_path / "weather.txt")], store).without_state == ["weather"]
    assert [a.id for a in store.articles()] == ["weather"]


def test_occurrences_are_one_for_each_report() -> None:
    """Every event report belongs to exactly one occurrence."""
    store = built(*SOME)
    rows = list(store.query("SELECT ?e (COUNT(?o) AS ?n) WHERE { ?e a rg:Event OPTIONAL { ?o rg:report ?e } } GROUP BY ?e"))
    assert rows
    assert {int(r["n"].value) for r in rows} == {1}


@pytest.mark.parametrize("rule", ["office-in-article", "office-in-reference"])
def test_inferred_states_know_their_premises(rule: str) -> None:
    """Each inference names its rule, what it says and the tenure it rests on, and its statement is in the graph."""
    store = OxigraphStore()
    build([str(ARTICLES)], store)
    rows = list(store.query(f'SELECT ?s ?o ?t WHERE {{ ?i a rg:Inference ; rg:rule "{rule}" ; rg:inferredSubject ?s ; rg:inferredObject ?o ; rg:premise ?t . ?t a rg:Tenure }}'))
    for row in rows:
        assert store.query(f"ASK {{ <{row['s'].value}> rg:onBehalfOf <{row['o'].value}> }}")
    if rule == "office-in-article":
        assert rows


def test_a_fact_that_breaks_a_shape_is_set_aside_and_the_rest_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim without confidence in bounds: its fact is named with the reason, the article goes in without it, the others are untouched."""
    article, doubtful = SOME[0].stem, []

    def overconfident(article: Article, knowledge: Knowledge) -> ArticleFacts:
        found = extract(article, knowledge)
        if article.id != SOME[0].stem:
            return found
        doubtful.append(found.facts[0].id)
        return msgspec.structs.replace(found, facts=(msgspec.structs.replace(found.facts[0], confidence=7.0), *found.facts[1:]))

    monkeypatch.setattr("relgraph.preparing.extract", overconfident)
    store = OxigraphStore()
    report = build([str(p) for p in SOME], store)
    assert list(report.set_aside) == doubtful
    assert "confidence" in report.set_aside[doubtful[0]]
    assert len(report.added) == len(SOME)
    claims = {a.id: a.claims for a in store.articles()}
    monkeypatch.undo()
    full = {a.id: a.claims for a in built(*SOME).articles()}
    assert claims.pop(article) == full.pop(article) - 1
    assert claims == full


def test_an_event_told_before_its_day_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with the fact's node and not with its claim is found, too; the rest of the article is in."""
    late = []

    def hasty(article: Article, knowledge: Knowledge) -> ArticleFacts:
        found = extract(article, knowledge)
        first = next((f for f in found.facts if isinstance(f, EventFact) and f.date and not f.planned), None)
        if late or first is None or not article.published:
            return found
        late.append(first.id)
        return msgspec.structs.replace(found, facts=tuple(msgspec.structs.replace(f, date="2999-01-01") if f.id == first.id else f for f in found.facts))

    monkeypatch.setattr("relgraph.preparing.extract", hasty)
    report = build([str(p) for p in SOME], OxigraphStore())
    assert list(report.set_aside) == late
    assert "after the day of publication" in report.set_aside[late[0]]
    assert len(report.added) == len(SOME)


def test_a_changed_text_replaces_the_article_and_its_kept_text(tmp_path: Path) -> None:
    """The same id with another text: the result is as if only the new version had ever been; the text is kept beside."""
    source, texts = tmp_path / "one.txt", tmp_path / "texts"
    source.write_text(SOME[0].read_text("utf-8").split("---\n", 2)[-1], "utf-8")
    store = OxigraphStore()
    build([str(source)], store, texts=texts)
    source.write_text(SOME[1].read_text("utf-8").split("---\n", 2)[-1], "utf-8")
    report = build([str(source)], store, texts=texts)
    kept = list(texts.iterdir())
    assert len(report.replaced) == len(kept) == 1
    assert lines(store) == lines(built(source))
    remove([report.replaced[0]], store, texts=texts)
    assert list(texts.iterdir()) == []
    assert lines(store) == lines(built())
