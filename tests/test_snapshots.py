"""Readers read published snapshots: whole, unchanged while a writer writes, and the newest when they open the store again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.errors import StoreError
from relgraph.graph import iris
from relgraph.store import OxigraphStore, latest_snapshot, open_store
from relgraph.store.snapshots import FOLDER


def quad(article: str, value: str) -> Quad:
    return Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(value), NamedNode(iris.article_graph(article)))


def values(store: OxigraphStore) -> list[str]:
    return sorted(row["o"].value for row in store.query("SELECT ?o WHERE { <http://example.org/s> <http://example.org/p> ?o }"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store that has published one article."""
    store = open_store(tmp_path / "db", create=True)
    store.replace_article("a", [quad("a", "one")], "k")
    store.close()
    return tmp_path / "db"


def test_a_reader_reads_on_while_another_process_writes(place: Path) -> None:
    """It sees what was published when it opened the store, then the newest when it opens it again."""
    reader = open_store(place, read_only=True)
    script = (
        "import sys; sys.path.insert(0, sys.argv[2]); from test_snapshots import *\n"
        "s = open_store(sys.argv[1]); s.replace_article('b', [quad('b', 'two')], 'k'); print('written', flush=True); input(); s.publish(); print('published', flush=True); input(); s.close()"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(place), str(Path(__file__).parent)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        second = open_store(place, read_only=True)
        assert values(reader) == values(second) == ["one"]
        assert latest_snapshot(place) == reader.snapshot == second.snapshot
        second.close()
        writer.stdin.write("\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "published\n"
        assert latest_snapshot(place) != reader.snapshot
        assert values(reader) == ["one"]
        newer = open_store(place, read_only=True)
        assert values(newer) == ["one", "two"]
        newer.close()
        writer.stdin.write("\n")
        writer.stdin.flush()
    assert writer.returncode == 0
    reader.close()


def test_snapshots_that_nobody_reads_go(place: Path) -> None:
    """One that is read stays until it is let go; then the newest is left alone."""
    reader = open_store(place, read_only=True)
    for number in range(3):
        store = open_store(place)
        store.replace_article("b", [quad("b", str(number))], "k")
        store.close()
    kept = sorted((place / FOLDER).iterdir())
    assert kept == [reader.snapshot, latest_snapshot(place)]
    assert values(reader) == ["one"]
    reader.close()
    store = open_store(place)
    store.remove_article("b")
    store.close()
    assert list((place / FOLDER).iterdir()) == [latest_snapshot(place)]


def test_nothing_new_publishes_nothing(place: Path) -> None:
    """Opening for writing without a change leaves readers what they have."""
    before = latest_snapshot(place)
    store = open_store(place)
    store.replace_article("a", [quad("a", "one")], "k")
    assert store.publish() is None
    store.close()
    assert latest_snapshot(place) == before


def test_what_a_killed_writer_wrote_is_published_by_the_next(place: Path) -> None:
    """Also when the next one changes nothing itself; what the killed one left of a snapshot is no snapshot."""
    script = (
        "import sys, os, signal; sys.path.insert(0, sys.argv[2]); from test_snapshots import *\n"
        "s = open_store(sys.argv[1]); s.replace_article('b', [quad('b', 'two')], 'k'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(place), str(Path(__file__).parent)], check=False)
    torn = place / FOLDER / ".00000002.new"
    torn.mkdir()
    (torn / "CURRENT").write_text("half")
    reader = open_store(place, read_only=True)
    assert values(reader) == ["one"]
    reader.close()
    open_store(place).close()
    reader = open_store(place, read_only=True)
    assert values(reader) == ["one", "two"]
    reader.close()
    assert not torn.exists()


def test_a_store_of_the_first_format_is_read_and_upgraded(place: Path) -> None:
    """It had no snapshots: readers read its quads, a writer makes it one of today's format, the articles stay."""
    import shutil

    shutil.rmtree(place / FOLDER)
    (place / "relgraph-store.json").write_text('{"program": "relgraph", "format": 1}')
    reader = open_store(place, read_only=True)
    assert values(reader) == ["one"]
    assert reader.snapshot is None
    reader.close()
    open_store(place).close()
    assert json.loads((place / "relgraph-store.json").read_text())["format"] == 2
    reader = open_store(place, read_only=True)
    assert values(reader) == ["one"]
    assert reader.snapshot is not None
    reader.close()


def test_a_store_of_a_later_format_is_refused(place: Path) -> None:
    """In one line, for readers and writers."""
    (place / "relgraph-store.json").write_text('{"program": "relgraph", "format": 3}')
    for read_only in (True, False):
        with pytest.raises(StoreError, match="has format 3, this relgraph reads formats 1 to 2") as caught:
            open_store(place, read_only=read_only)
        assert "\n" not in str(caught.value)
