"""`relgraph check`: what loads but breaks a shape is named with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relgraph import checking
from relgraph.errors import KnowledgeError
from relgraph.resources import resource


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped reference that a test may break."""
    return Path(shutil.copytree(resource("data", "reference"), tmp_path / "reference"))


def test_the_shipped_files_are_right() -> None:
    for line in (checking.check_ontology(), checking.check_shapes(), checking.check_reference(None), checking.check_queries()):
        assert line


@pytest.mark.parametrize(
    ("name", "old", "new", "entry", "said"),
    [
        ("states.yaml", "cow: 705", "cow: 1705", "- id: kazakhstan", "from 2 to 990"),
        ("states.yaml", "iso2: KZ", "iso2: kz", "- id: kazakhstan", "two capital letters"),
    ],
)
def test_a_broken_shape_is_named_with_file_and_line(folder: Path, name: str, old: str, new: str, entry: str, said: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        checking.check_reference(folder)
    assert said in str(caught.value)
    assert caught.value.path == str(path)
    lines = path.read_text("utf-8").splitlines()
    assert caught.value.line is not None
    assert lines[caught.value.line - 1] == entry
