"""`relgraph review`: what a person answers becomes an entry of corrections.yaml and takes effect in the store; `evaluate --with-corrections`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from relgraph.cli import cli, run
from relgraph.corrections import read_corrections
from relgraph.store import open_store

TEXT = (
    "Talks in Dushanbe\nDUSHANBE, 10 October 2025 (Khabar)\n\n"
    "On 9 October 2025 the President of Tajikistan Emomali Rahmon met with the President of Kazakhstan Kassym-Jomart Tokayev in Dushanbe.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article and its store."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "talks.txt").write_text(TEXT, "utf-8")
    assert run(["build", str(folder / "talks.txt"), "--store", str(folder / "k.db"), "-q"]) == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of it to decide on."""
    import shutil

    shutil.copytree(built, tmp_path / "r")
    return tmp_path / "r"


def review(folder: Path, answers: str, *more: str) -> str:
    done = CliRunner().invoke(cli, ["review", "--store", str(folder / "k.db"), "--below", "1", "--who", "Aigul", *more], input=answers, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.output


def claims(folder: Path) -> list[str]:
    store = open_store(folder / "k.db", read_only=True)
    found = [r["l"].value for r in store.query("SELECT ?l WHERE { ?c a rg:Claim ; rdfs:label ?l } ORDER BY ?l")]
    store.close()
    return found


def test_a_session_writes_what_is_decided_and_the_store_follows(folder: Path) -> None:
    """Reject the first, accept the second, stop: sentences are shown, who, when and why are kept, the accepted fact doesn't come again."""
    before = claims(folder)
    said = review(folder, "r\nnobody met\na\n\nq\n")
    assert "“On 9 October 2025 the President of Tajikistan" in said
    entries = read_corrections(folder / "corrections.yaml").entries
    assert [(c.verdict, c.who, c.why) for c in entries] == [("reject", "Aigul", "nobody met"), ("accept", "Aigul", "")]
    assert entries[0].when
    after = claims(folder)
    assert len(after) == len(before) - 1
    assert set(after) < set(before)
    listed = review(folder, "", "--list")
    assert entries[0].says not in listed
    assert entries[1].says not in listed


def test_edit_shows_the_fields_and_sets_one(folder: Path) -> None:
    """A wrong field is named and asked again."""
    said = review(folder, _to(folder, "met") + "e\ncolour = red\ne\nkind = phone call\n\nthey spoke by phone\nq\n")
    assert "no field 'colour'" in said
    assert "participants = Emomali Rahmon; Kassym-Jomart Tokayev" in said
    assert any("spoke by phone" in c for c in claims(folder))
    assert not any(" met " in c for c in claims(folder))


def test_a_wrong_answer_is_said_and_asked_again(folder: Path) -> None:
    """An unknown key, a number that no name has, and a date that is none; what was set before the wrong field stays set."""
    said = review(folder, _to(folder, "met") + "x\nm\n9\ne\nplace = Astana\ndate = yesterday\ndate = 2025-10-08\n\n\nq\n")
    for part in ("there is no 'x' here", "there is no name 9 (a number from 1 to 2)", "date 'yesterday' is no date (a date reads 2025, ", "met Kassym-Jomart Tokayev, 8 October 2025, Astana"):
        assert part in said
    (entry,) = read_corrections(folder / "corrections.yaml").entries
    assert entry.change == {"place": "Astana", "date": "2025-10-08"}
    assert any("8 October 2025, Astana" in c for c in claims(folder))


def test_a_meaning_that_nobody_knows_is_said_to_be_one(folder: Path) -> None:
    said = review(folder, _to(folder, "met") + "m\n1\nLavrov of Mars\n\nq\n")
    assert "the reference doesn't know 'Lavrov of Mars': facts will have this name" in said
    assert any("Lavrov of Mars" in c for c in claims(folder))


def test_names_are_merged_and_split(folder: Path) -> None:
    said = review(folder, _to(folder, "met") + "s\n1\nSadyr Japarov\nanother man\nq\n")
    assert "1. Emomali Rahmon (person:emomali-rahmon)" in said
    review(folder, _to(folder, "met") + "m\n2\nTokayev\n\nq\n")
    split, merged = read_corrections(folder / "corrections.yaml").entries
    assert (split.name, split.means, split.articles) == ("Emomali Rahmon", "person:sadyr-japarov", ("talks",))
    assert (merged.name, merged.means, merged.articles) == ("Kassym-Jomart Tokayev", "person:kassym-jomart-tokayev", ())
    assert any("Sadyr Japarov" in c for c in claims(folder))


def test_nothing_decided_writes_nothing(folder: Path) -> None:
    """Also where the input ends."""
    assert "nothing was decided" in review(folder, "n\n")
    assert not (folder / "corrections.yaml").exists()


def _to(folder: Path, word: str) -> str:
    """The answers that pass over what stands before the first fact with a word."""
    lines = [x for x in review(folder, "", "--list").splitlines() if x[:1].isdigit()]
    return "n\n" * next(i for i, x in enumerate(lines) if f" {word} " in x)


def test_evaluate_shows_what_corrections_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rejection of what the gold doesn't have makes it better, and what is in no article is named."""
    assert run(["extract", str(folder / "talks.txt"), "--out", str(folder), "-q"]) == 0
    facts = json.loads((folder / "talks.json").read_text("utf-8"))
    wrong = next(f for f in facts["facts"] if f["type"] == "event")
    (folder / "talks.json").write_text(json.dumps(facts | {"facts": [f for f in facts["facts"] if f is not wrong]}), "utf-8")
    fixes = folder / "fixes.yaml"
    fixes.write_text(f"- {{fact: {wrong['id']}, verdict: reject}}\n- {{fact: talks-event-0000000000, verdict: reject}}\n", "utf-8")
    capsys.readouterr()
    assert run(["evaluate", str(folder), "--with-corrections", str(fixes), "--jobs", "1"]) == 0
    said = capsys.readouterr()
    assert "with 2 corrections:" in said.out
    assert "event " in said.out.partition("with 2 corrections")[2]
    assert "fixes.yaml:2:" in said.err
