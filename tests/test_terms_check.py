"""`relgraph check --reference`: open terms that articles contradict or have long not confirmed."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from relgraph.cli import cli
from relgraph.cli.check import _check_terms, command
from relgraph.knowledge import load_knowledge
from relgraph.pipeline import build
from relgraph.store import OxigraphStore
from relgraph.terms_check import check_terms


def article(day: str, tajik: str, kazakh: str) -> str:
    return f"Talks\nDUSHANBE, {day} (Khabar)\n\nThe President of Tajikistan {tajik} met with the Foreign Minister of Kazakhstan {kazakh} in Dushanbe.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rahmon is named in 2024 only, another man as the Kazakh minister at the end."""
    folder = tmp_path_factory.mktemp("terms")
    (folder / "one.txt").write_text(article("10 January 2024", "Emomali Rahmon", "Murat Nurtleu"), "utf-8")
    (folder / "two.txt").write_text(article("10 June 2026", "Somebody Else", "Bolat Bolatov").replace("The President of Tajikistan Somebody Else", "Sadyr Japarov, the President of Kyrgyzstan,"), "utf-8")
    return folder


def test_contradicted_and_silent_terms_are_told(folder: Path) -> None:
    store = OxigraphStore()
    build([str(folder / "one.txt"), str(folder / "two.txt")], store, shapes=False)
    found = check_terms(load_knowledge().reference, store)
    assert found.newest == "2026-06-10"
    assert any(line.startswith("Emomali Rahmon, president of Tajikistan") and "last named on 2024-01-10, 882 days" in line for line in found.silent)
    assert any("foreign minister of Kazakhstan" in line and "Bolat Bolatov is named on 2026-06-10 (two; 1 article)" in line for line in found.contradicted)
    assert not any("Sadyr Japarov" in line for line in (*found.silent, *found.contradicted))
    assert not check_terms(load_knowledge().reference, store, days=2000).silent


def test_the_option_stands_with_and_without_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = click.Context(cli, help_option_names=["-h", "--help"])
    parsed = [command.make_context("check", words, parent=group).params["reference"] for words in (["--reference"], ["--reference", "own"], [])]
    assert parsed == ["shipped", "own", None]
    build([str(folder / "one.txt")], store := OxigraphStore(folder / "k.db"), shapes=False)
    store.close()
    _check_terms(str(folder / "k.db"), None, 365)
    assert capsys.readouterr().out.startswith("open terms of office: ")
