"""`relgraph unresolved`: what isn't known is counted and explained, and becomes an entry that the next run knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.cli import run
from relgraph.errors import KnowledgeError
from relgraph.knowledge import load_knowledge
from relgraph.knowledge.reference import load_reference
from relgraph.read.text import article_from_text
from relgraph.unresolved import Seen, Unknown, add_alias, add_entry, find_unknown, own_reference, suggest

KNOWLEDGE = load_knowledge()
TEXT = (
    "Ministers meet\nDUSHANBE, 10 October 2025 (Khabar)\n\n"
    "Tajikistan's newly appointed Minister of Energy Farrukh Zebonov met with the Energy Minister of Uzbekistan Jorabek Mirzamahmudov in Dushanbe. "
    "Farrukh Zebonov said that water was the first subject of the talks.\n"
)


def unknown(text: str = TEXT) -> dict[str, Unknown]:
    return {u.name: u for u in find_unknown([article_from_text(text, id="talks", url="https://khabar.example/1")], KNOWLEDGE)}


def test_names_are_counted_with_their_sentences_and_offices() -> None:
    one = find_unknown([article_from_text(TEXT, id=f"a{i}") for i in range(2)], KNOWLEDGE)
    (minister,) = [u for u in one if u.name == "Farrukh Zebonov"]
    assert minister.kind == "person"
    assert minister.articles == {"a0", "a1"}
    assert minister.count >= 4
    assert "newly appointed" in minister.examples[0].sentence
    assert [(o, i) for o, _, i in minister.offices] == [("minister of energy", "state:tajikistan")]
    assert [u.count for u in one] == sorted((u.count for u in one), reverse=True)


def test_a_new_holder_is_suggested_as_a_tenure_beside_the_one_who_held_it() -> None:
    minister = unknown()["Farrukh Zebonov"]
    found = suggest(minister, KNOWLEDGE.reference)
    assert any(s.id == "tenure" and "from 2025-10-10" in s.name for s in found)


def test_near_spellings_and_office_holders_are_suggested() -> None:
    """A spelling that the resolver doesn't take by itself, and who held the office on the day of the article."""
    (spelt, *_) = suggest(Unknown("person", "Emomali Rakhmonoff"), KNOWLEDGE.reference)
    assert spelt.id == "person:emomali-rahmon"
    seen = Seen("a", "2024-05-01", "a", "The president spoke.")
    found = suggest(Unknown("person", "Xyz Abc", offices={("president", "Tajikistan", "state:tajikistan"): seen}), KNOWLEDGE.reference)
    assert [(s.id, s.why) for s in found] == [("person:emomali-rahmon", "was president of Tajikistan then, as far as the reference knows")]


def test_a_chosen_name_becomes_an_entry_that_the_next_run_knows(tmp_path: Path) -> None:
    """With its source, and marked as unsure; the shipped files stay as they are."""
    folder = own_reference(tmp_path / "own")
    added = add_entry(unknown()["Farrukh Zebonov"], folder)
    assert "https://khabar.example/1" in added
    person = load_reference(folder).entities["person:farrukh-zebonov"]  # type: ignore[index]
    assert (person.sure, person.source) == (False, "https://khabar.example/1")
    assert [(t.office, t.of, t.start) for t in person.tenures] == [("minister of energy", "state:tajikistan", "2025-10-10")]  # type: ignore[attr-defined]
    assert "person:farrukh-zebonov" not in KNOWLEDGE.reference.entities


def test_an_alias_is_added_to_an_entry(tmp_path: Path) -> None:
    folder = own_reference(tmp_path / "own")
    before = (folder / "leaders.yaml").read_text("utf-8").splitlines()
    add_alias("Emomaly Rahmonn", "person:emomali-rahmon", folder)
    assert load_reference(folder).find("Emomaly Rahmonn") == ("person:emomali-rahmon",)
    after = (folder / "leaders.yaml").read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ["  - 'Emomaly Rahmonn'"]
    assert len(after) == len(before) + 1


def test_the_command_lists_and_adds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talks.txt").write_text(TEXT, "utf-8")
    assert run(["unresolved", str(tmp_path / "talks.txt"), "-f", "json"]) == 0
    assert "Farrukh Zebonov" in {row["name"] for row in json.loads(capsys.readouterr().out)}
    assert run(["unresolved", str(tmp_path / "talks.txt"), "--add", "Nobody Here", "--into", str(tmp_path / "own")]) == 9
    assert run(["unresolved", str(tmp_path / "talks.txt"), "--add", "Farrukh Zebonov", "--into", str(tmp_path / "own")]) == 0
    capsys.readouterr()
    assert run(["unresolved", str(tmp_path / "talks.txt"), "--reference", str(tmp_path / "own"), "-f", "json"]) == 0
    assert "Farrukh Zebonov" not in {row["name"] for row in json.loads(capsys.readouterr().out)}


def test_an_entry_that_contradicts_the_reference_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """A second president beside the one in office."""
    folder = own_reference(tmp_path / "own")
    before = (folder / "leaders.yaml").read_text("utf-8")
    seen = Seen("a", "2025-10-10", "https://khabar.example/1", "The new president spoke.")
    with pytest.raises(KnowledgeError, match="overlap"):
        add_entry(Unknown("person", "Xyz Abc", examples=[seen], offices={("president", "Tajikistan", "state:tajikistan"): seen}), folder)
    assert (folder / "leaders.yaml").read_text("utf-8") == before
