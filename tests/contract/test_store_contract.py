"""One body of tests over every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.errors import QueryError, StoreError
from relgraph.graph import iris
from relgraph.store import OxigraphStore, open_store


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OxigraphStore]:
    opened = open_store(None if request.param == "memory" else tmp_path / "db", create=True)
    yield opened
    opened.close()


def quad(article: str, value: str) -> Quad:
    return Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(value), NamedNode(iris.article_graph(article)))


def values(store: OxigraphStore) -> list[str]:
    return sorted(row["o"].value for row in store.query("SELECT ?o WHERE { <http://example.org/s> <http://example.org/p> ?o }"))


def state(store: OxigraphStore) -> tuple[list[str], list[str]]:
    return sorted(map(str, store.quads())), sorted(map(str, store.default_triples()))


def test_a_triple_in_three_graphs_counts_once(store: OxigraphStore) -> None:
    """A plain SELECT sees each triple once, however many articles hold it."""
    for article in ("a", "b", "c"):
        store.replace_article(article, [quad(article, "shared")], "k")
    assert values(store) == ["shared"]


def test_removing_takes_back_only_what_the_article_alone_said(store: OxigraphStore) -> None:
    """What another article says too stays."""
    store.replace_article("a", [quad("a", "shared"), quad("a", "own")], "k")
    store.replace_article("b", [quad("b", "shared")], "k")
    store.remove_article("a")
    assert values(store) == ["shared"]
    assert list(store.keys()) == ["b"]


def test_adding_again_changes_nothing(store: OxigraphStore) -> None:
    """The same article twice is the same store."""
    store.replace_article("a", [quad("a", "one"), quad("a", "two")], "k")
    before = state(store)
    store.replace_article("a", [quad("a", "two"), quad("a", "one")], "k")
    assert state(store) == before


def test_replacing_leaves_nothing_of_the_old_version(store: OxigraphStore) -> None:
    """A new version replaces the old one whole."""
    store.replace_article("a", [quad("a", "old"), quad("a", "both")], "k1")
    store.replace_article("a", [quad("a", "new"), quad("a", "both")], "k2")
    assert values(store) == ["both", "new"]
    assert store.keys() == {"a": "k2"}


def test_order_does_not_matter(tmp_path: Path) -> None:
    """Any order of the same articles gives the same quads."""
    articles = {"a": ["1", "2"], "b": ["2", "3"], "c": ["3"]}
    states = []
    for order in (("a", "b", "c"), ("c", "a", "b"), ("b", "c", "a")):
        store = open_store(None)
        for name in order:
            store.replace_article(name, [quad(name, v) for v in articles[name]], "k")
        states.append(state(store))
    assert states[0] == states[1] == states[2]


def test_values_survive_as_they_are(store: OxigraphStore) -> None:
    """Quotes, line breaks and other scripts come back unchanged, also through a replacement."""
    hostile = 'a "quote" \\ back\nline } ; DROP ALL ; Садыр Жапаров \U0001f600'
    store.replace_article("a", [quad("a", "first")], "k")
    store.replace_article("a", [quad("a", hostile)], "k2")
    assert values(store) == [hostile]


def test_removing_what_is_not_there(store: OxigraphStore) -> None:
    """An unknown id is an error that says how to list the known ones."""
    with pytest.raises(StoreError, match="holds no article 'x'") as caught:
        store.remove_article("x")
    assert "articles" in caught.value.hint


def test_bad_sparql(store: OxigraphStore) -> None:
    """Text that isn't SPARQL is our error, not the engine's."""
    with pytest.raises(QueryError):
        store.query("SELECT WHERE {")


def test_second_writer_is_refused(tmp_path: Path) -> None:
    """One writer at a time; readers are refused while it writes, and share when it doesn't."""
    writer = open_store(tmp_path / "db", create=True)
    with pytest.raises(StoreError, match="in use"):
        open_store(tmp_path / "db", create=True)
    with pytest.raises(StoreError, match="being written"):
        open_store(tmp_path / "db", read_only=True)
    writer.close()
    first, second = open_store(tmp_path / "db", read_only=True), open_store(tmp_path / "db", read_only=True)
    assert first.keys() == second.keys() == {}
    first.close()
    second.close()


@pytest.mark.parametrize("make", ["other", "newer", "file"])
def test_folders_that_are_no_store_are_left_alone(tmp_path: Path, make: str) -> None:
    """A folder of another program, a store of another format and a file are refused with one clear line, and not touched."""
    place = tmp_path / "db"
    if make == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / ("data.bin" if make == "other" else "relgraph-store.json")).write_text("{}" if make == "other" else '{"format": 99}')
    before = sorted(p.name for p in tmp_path.rglob("*"))
    with pytest.raises(StoreError) as caught:
        open_store(place, create=True)
    assert "\n" not in str(caught.value)
    assert str(place) in str(caught.value)
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    """Opening for reading never makes a store."""
    with pytest.raises(StoreError, match="no store here"):
        open_store(tmp_path / "db", read_only=True)
    assert not (tmp_path / "db").exists()


def test_backup_opens_as_a_store(tmp_path: Path) -> None:
    """A backup holds the same quads."""
    store = open_store(tmp_path / "db", create=True)
    store.replace_article("a", [quad("a", "one")], "k")
    store.backup(tmp_path / "copy")
    copy = open_store(tmp_path / "copy", read_only=True)
    assert state(copy) == state(store)
    copy.close()
    store.close()
