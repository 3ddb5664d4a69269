"""Change reports: things are compared, not reports; other publishers confirm, reprints don't; two stores, in both directions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import relgraph as rg
from relgraph.cli import run

ARTICLES = {
    "a": ("2024-02-01", "One News", "Trade turnover between Tajikistan and Kazakhstan amounted to 1.1 billion USD in 2023."),
    "b": ("2024-05-20", "One News", "President of Tajikistan Emomali Rahmon met with President of Kazakhstan Kassym-Jomart Tokayev in Astana on May 20, 2024."),
    "c": ("2024-05-21", "One News", "On May 20, 2024 Emomali Rahmon and Kassym-Jomart Tokayev held talks in Astana."),
    "d": ("2024-05-22", "Other Post", "In Astana, Kassym-Jomart Tokayev met with Emomali Rahmon on May 20, 2024."),
    "e": ("2024-06-01", "Other Post", "Trade turnover between Tajikistan and Kazakhstan amounted to 1.4 billion USD in 2023."),
    "f": ("2024-06-10", "Other Post", "Trade turnover between Uzbekistan and Kazakhstan amounted to 4.4 billion USD in 2023."),
}


def write(folder: Path, names: str) -> Path:
    folder.mkdir()
    for name in names:
        day, publisher, text = ARTICLES[name]
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\npublished: {day}\npublisher: {publisher}\nurl: https://example.org/{name}\n---\n\n{text}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("diff")


@pytest.fixture(scope="module")
def kg(place: Path) -> Iterator[rg.KnowledgeGraph]:
    """All articles, on disk."""
    with rg.build(write(place / "all", "abcdef"), store=place / "all.db") as graph:
        yield graph


def texts(changes: rg.Changes, kind: str) -> list[str]:
    return [c.text for c in changes.data.changes if c.kind == kind]


def test_a_second_report_is_no_new_meeting(kg: rg.KnowledgeGraph) -> None:
    """By the same publisher it changes nothing; by another it confirms, citing both."""
    assert any("met" in t for t in texts(kg.diff("2024-05-20"), "new"))
    changes = kg.diff("2024-05-21")
    assert not any("met" in t for t in texts(changes, "new"))
    confirmed = [c for c in changes.data.changes if c.kind == "confirmed" and c.type == "event" and "met" in c.text]
    assert len(confirmed) == 1
    assert {n.title for n in changes.data.notes if n.number in confirmed[0].notes} >= {"b", "d"}


def test_a_differing_figure_contradicts(kg: rg.KnowledgeGraph) -> None:
    """With both sentences; and only from the day of the second on."""
    changes = kg.diff("2024-06-01", of=["TJ", "KZ"])
    row = next(c for c in changes.data.changes if c.kind == "contradicted")
    assert row.text.startswith("differing figures: ")
    assert {n.title for n in changes.data.notes if n.number in row.notes} == {"a", "e"}
    assert not texts(kg.diff("2024-06-02", of=["TJ", "KZ"]), "contradicted")


def test_only_of_a_pair(kg: rg.KnowledgeGraph) -> None:
    """Another pair's news is left out."""
    assert any("4.4 billion" in t for t in texts(kg.diff("2024-06"), "new"))
    assert not any("4.4 billion" in t for t in texts(kg.diff("2024-06", of=["TJ", "KZ"]), "new"))


def test_two_stores(kg: rg.KnowledgeGraph, place: Path) -> None:
    """What the newer one adds is what `since` finds; the other way round it is no longer said."""
    with rg.build(write(place / "old", "abc"), store=place / "old.db") as old:
        changes = kg.diff(against=old)
        assert {(c.kind, c.text) for c in changes.data.changes} == {(c.kind, c.text) for c in kg.diff("2024-05-22").data.changes}
        assert len(kg.diff(against=kg)) == 0
        back = old.diff(against=kg)
        assert any("4.4 billion" in t for t in texts(back, "gone"))
        assert not texts(back, "new")
        old.store.publish()
        kg.store.publish()
    assert run(["diff", "--against", str(place / "old.db"), "--store", str(place / "all.db"), "-q", "-o", str(place / "d.txt")]) == 0
    assert (place / "d.txt").read_text("utf-8") == changes.text()


def test_every_change_has_its_sentences(kg: rg.KnowledgeGraph) -> None:
    """Footnotes exist for each, in all forms; a frame holds the first of them."""
    changes = kg.diff("2024")
    assert all(c.notes for c in changes.data.changes)
    assert len(json.loads(changes.json())["changes"]) == len(changes)
    assert "[^1]: " in changes.markdown()
    assert set(changes.frame()["publisher"]) <= {"One News", "Other Post"}  # type: ignore[index]
    assert changes.text() == str(changes)
    assert "<pre>What has changed" in changes._repr_html_()


def test_wrong_questions(kg: rg.KnowledgeGraph) -> None:
    """One clear error each."""
    with pytest.raises(rg.QueryError, match="either since"):
        kg.diff()
    assert run(["diff", "--store", str(kg.store.folder)]) == 2
    assert run(["diff", "--store", str(kg.store.folder), "--since", "soon"]) == 6
