"""One body of tests over every store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.errors import QueryError, StoreError
from relgraph.graph import iris
from relgraph.store import META, OxigraphStore, Store, open_store
from relgraph.store.literals import normalised


def quad(article: str, value: str) -> Quad:
    return Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(value), NamedNode(iris.article_graph(article)))


def values(store: Store) -> list[str]:
    return sorted(row["o"].value for row in store.query("SELECT ?o WHERE { <http://example.org/s> <http://example.org/p> ?o }"))


def state(store: Store) -> tuple[list[str], list[str]]:
    named = (normalised(q) for q in store.quads() if q.graph_name != META)
    return sorted(map(str, named)), sorted(str(normalised(q)) for q in store.default_triples())


def test_a_triple_in_three_graphs_counts_once(store: Store) -> None:
    """A plain SELECT sees each triple once, however many articles hold it."""
    for article in ("a", "b", "c"):
        store.replace_article(article, [quad(article, "shared")], "k")
    assert values(store) == ["shared"]


def test_removing_takes_back_only_what_the_article_alone_said(store: Store) -> None:
    """What another article says too stays."""
    store.replace_article("a", [quad("a", "shared"), quad("a", "own")], "k")
    store.replace_article("b", [quad("b", "shared")], "k")
    store.remove_article("a")
    assert values(store) == ["shared"]
    assert list(store.keys()) == ["b"]


def test_adding_again_changes_nothing(store: Store) -> None:
    """The same article twice is the same store."""
    store.replace_article("a", [quad("a", "one"), quad("a", "two")], "k")
    before = state(store)
    store.replace_article("a", [quad("a", "two"), quad("a", "one")], "k")
    assert state(store) == before


def test_replacing_leaves_nothing_of_the_old_version(store: Store) -> None:
    """A new version replaces the old one whole."""
    store.replace_article("a", [quad("a", "old"), quad("a", "both")], "k1")
    store.replace_article("a", [quad("a", "new"), quad("a", "both")], "k2")
    assert values(store) == ["both", "new"]
    assert store.keys() == {"a": "k2"}
    assert (store.key_of("a"), store.key_of("b")) == ("k2", None)


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


def test_values_survive_as_they_are(store: Store) -> None:
    """Quotes, line breaks and other scripts come back unchanged, also through a replacement."""
    hostile = 'a "quote" \\ back\nline } ; DROP ALL ; Садыр Жапаров \U0001f600'
    store.replace_article("a", [quad("a", "first")], "k")
    store.replace_article("a", [quad("a", hostile)], "k2")
    assert values(store) == [hostile]


def test_removing_what_is_not_there(store: Store) -> None:
    """An unknown id is an error that says how to list the known ones."""
    with pytest.raises(StoreError, match="holds no article 'x'") as caught:
        store.remove_article("x")
    assert "articles" in caught.value.hint


def test_bad_sparql(store: Store) -> None:
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


def test_several_articles_at_once_are_the_same_as_one_by_one(store: Store) -> None:
    """New, replaced and shared triples in one call; what one gives up and another takes on stays."""
    store.replace_articles([("a", [quad("a", "1"), quad("a", "2")], "k"), ("b", [quad("b", "2")], "k")])
    store.replace_articles([("a", [quad("a", "3")], "k2"), ("b", [quad("b", "1")], "k2"), ("c", [quad("c", "3")], "k2")])
    assert values(store) == ["1", "3"]
    single = OxigraphStore()
    for article, value in (("c", "3"), ("b", "1"), ("a", "3")):
        single.replace_article(article, [quad(article, value)], "k2")
    assert state(single) == state(store)


def test_quads_of_another_graph_are_no_part_of_an_article(store: Store) -> None:
    """They could not be taken back with it; nothing is written."""
    with pytest.raises(ValueError, match="lie outside"):
        store.replace_articles([("a", [quad("a", "1")], "k"), ("b", [quad("x", "2")], "k")])
    assert store.keys() == {}
    assert values(store) == []


def test_large_graphs_are_written_in_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts add up: the default graph stays the union, before and after."""
    monkeypatch.setattr("relgraph.store.oxigraph.CHUNK", 7)
    graph = NamedNode(iris.INFERRED)
    numbered = [Quad(q.subject, q.predicate, q.object, graph) for q in (quad("a", str(n)) for n in range(40))]
    store.replace_article("a", [quad("a", "3")], "k")
    store.replace_graph(iris.INFERRED, numbered)
    assert len(values(store)) == 40
    store.replace_graph(iris.INFERRED, numbered[20:])
    assert len(values(store)) == 21
    store.replace_graph(iris.INFERRED, ())
    assert values(store) == ["3"]


def test_notes_are_no_part_of_the_graph(store: Store) -> None:
    """What a store notes about itself is kept, replaced and taken away, and no plain query sees it."""
    store.set_note("n", "one")
    store.set_note("n", "two")
    assert store.get_note("n") == "two"
    assert list(store.query("SELECT * WHERE { ?s ?p ?o }")) == []
    store.set_note("n", None)
    assert store.get_note("n") is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.frozensets(st.sampled_from("12345"))), max_size=12))
def test_any_sequence_leaves_the_union_of_the_articles_present(steps: list[tuple[str, frozenset[str]]]) -> None:
    """Whatever is added, replaced and removed (no values: removed) on the way, the last version of each article alone decides."""
    store, present = OxigraphStore(), dict[str, frozenset[str]]()
    for article, said in steps:
        if said:
            store.replace_article(article, [quad(article, v) for v in said], "k")
            present[article] = said
        elif article in present:
            store.remove_article(article)
            del present[article]
    assert values(store) == sorted(frozenset().union(*present.values()))
    assert set(store.keys()) == set(present)


def test_a_killed_writers_lock_is_free(tmp_path: Path) -> None:
    """The lock goes with the process, however it ends, and its number is not held against others."""
    open_store(tmp_path / "db", create=True).close()
    script = "import os, signal, sys; from relgraph.store import open_store; s = open_store(sys.argv[1]); os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path / "db")], check=False).returncode == -signal.SIGKILL
    reader = open_store(tmp_path / "db", read_only=True)
    with pytest.raises(StoreError, match=r"in use$"):
        open_store(tmp_path / "db")
    reader.close()
    open_store(tmp_path / "db").close()


def test_the_second_writer_is_told_the_process_of_the_first(tmp_path: Path) -> None:
    """The message names it and the hint says what to do."""
    writer = open_store(tmp_path / "db", create=True)
    with pytest.raises(StoreError, match=f"in use by process {os.getpid()}") as caught:
        open_store(tmp_path / "db")
    assert "--store" in caught.value.hint
    writer.close()


def test_a_broken_manifest_is_one_clear_line(tmp_path: Path) -> None:
    """No traceback of JSON."""
    open_store(tmp_path / "db", create=True).close()
    (tmp_path / "db" / "relgraph-store.json").write_text("{broken")
    with pytest.raises(StoreError, match="manifest"):
        open_store(tmp_path / "db", read_only=True)
