"""Backup and restore while others read; a full disk; a killed restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.cli import run
from relgraph.errors import StoreError
from relgraph.graph import iris
from relgraph.store import OxigraphStore, open_store
from relgraph.store.backups import backup, restore


def quads(article: str, *values: str) -> list[Quad]:
    return [Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(v), NamedNode(iris.article_graph(article))) for v in values]


def values(place: Path) -> list[str]:
    store = open_store(place, read_only=True)
    found = sorted(row["o"].value for row in store.query("SELECT ?o WHERE { <http://example.org/s> <http://example.org/p> ?o }"))
    store.close()
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "db", create=True)
    store.replace_article("a", quads("a", "one"), "k")
    store.close()
    return tmp_path / "db"


def test_backup_and_restore_while_others_read(place: Path, tmp_path: Path) -> None:
    """The reader reads on; a store opened afterwards is the restored one, and can be written."""
    backup(place, tmp_path / "copy")
    store = open_store(place)
    store.replace_article("b", quads("b", "two"), "k")
    store.close()
    reader = open_store(place, read_only=True)
    restore(tmp_path / "copy", place)
    assert set(reader.keys()) == {"a", "b"}
    reader.close()
    assert values(place) == values(tmp_path / "copy") == ["one"]
    store = open_store(place)
    store.replace_article("c", quads("c", "three"), "k")
    store.close()
    assert values(place) == ["one", "three"]
    assert values(tmp_path / "copy") == ["one"]


def test_backup_while_another_writes(place: Path, tmp_path: Path) -> None:
    """It copies what was published."""
    writer = open_store(place)
    writer.replace_article("b", quads("b", "two"), "k")
    backup(place, tmp_path / "copy")
    assert values(tmp_path / "copy") == ["one"]
    with pytest.raises(StoreError, match="in use"):
        restore(tmp_path / "copy", place)
    writer.close()


@pytest.mark.parametrize("left", ["new", "old and new", "old and quads"])
def test_a_killed_restore_leaves_the_old_or_the_new(place: Path, tmp_path: Path, left: str) -> None:
    """Whatever it left, the next writer opens a whole store."""
    backup(place, tmp_path / "copy")
    store = open_store(place)
    store.replace_article("b", quads("b", "two"), "k")
    store.close()
    if left == "new":
        (place / "quads.new").mkdir()
    else:
        (place / "quads").rename(place / "quads.old")
        shutil.copytree(tmp_path / "copy" / "quads", place / ("quads.new" if left == "old and new" else "quads"))
    store = open_store(place)
    assert set(store.keys()) == ({"a", "b"} if left == "new" else {"a"})
    store.close()


def test_on_the_command_line(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts go with the store; an existing target is refused."""
    (tmp_path / "db.texts").mkdir()
    (tmp_path / "db.texts" / "a.txt").write_text("text")
    assert run(["backup", str(tmp_path / "copy"), "--store", str(place)]) == 0
    assert (tmp_path / "copy.texts" / "a.txt").read_text() == "text"
    assert run(["backup", str(tmp_path / "copy"), "--store", str(place)]) == 7
    assert "exists already" in capsys.readouterr().err
    assert run(["restore", str(tmp_path / "copy"), "--store", str(tmp_path / "new")]) == 0
    assert values(tmp_path / "new") == ["one"]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_one_clear_error_and_the_store_is_intact(tmp_path: Path) -> None:
    """What was written before stays whole and can be read."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    try:
        store, written = OxigraphStore(disk / "db"), 0
        with pytest.raises(StoreError, match="can't be written") as caught:
            for number in range(400):
                name = f"a{number}"
                store.replace_article(name, quads(name, *(f"{number} {'x' * 200} {i}" for i in range(1500))), "k")
                written += 1
        assert "\n" not in str(caught.value)
        assert "space" in caught.value.hint
        assert written
        try:
            store.close()
        except StoreError:
            store = None  # type: ignore[assignment]  # no room for the last snapshot either
        shutil.copytree(disk / "db", tmp_path / "rescued", ignore=shutil.ignore_patterns("snapshots"))
        rescued = open_store(tmp_path / "rescued")
        assert len(rescued.keys()) == written
        merged = {(q.subject, q.predicate, q.object) for q in rescued.quads() if not q.graph_name.value.endswith("/meta")}  # type: ignore[union-attr]
        assert {(q.subject, q.predicate, q.object) for q in rescued.default_triples()} == merged
        rescued.close()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
