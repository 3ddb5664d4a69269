"""The notebooks run from the first cell to the last, and lie in the repository without outputs."""

from __future__ import annotations

import functools
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@functools.cache
def render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render", FOLDER / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    """The code cells of a notebook after one run."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(FOLDER.parent / "src"))
        environment.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        return [c for c in render().executed(path).cells if c.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs(path: Path) -> None:
    """Every cell runs, and those that show something have an output and no error."""
    cells = code_cells(path)
    assert all(c.execution_count for c in cells)
    assert not [o for c in cells for o in c.outputs if o.output_type == "error" or (o.output_type == "stream" and o.name == "stderr")]
    assert sum(bool(c.outputs) for c in cells) >= len(cells) // 2


def test_the_first_look_shows_the_sentence() -> None:
    """It answers with the sentence behind the figure, and draws."""
    outputs = [o for c in code_cells(FOLDER / "01-first-look.ipynb") for o in c.outputs]
    shown = "\n".join(str(o.get("text", "")) + str(o.get("data", "")) for o in outputs)
    assert "670 million" in shown
    assert any("image/png" in o.get("data", {}) for o in outputs)
    assert any("srcdoc" in o.get("data", {}).get("text/html", "") for o in outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_outputs_in_the_repository(path: Path) -> None:
    """Outputs are made, never stored."""
    assert all(not c.outputs and c.execution_count is None for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code")


def shown(name: str) -> str:
    return "\n".join(str(o.get("text", "")) + str(o.get("data", "")) for c in code_cells(FOLDER / name) for o in c.outputs)


def test_your_own_articles_are_read_and_compared() -> None:
    """The pages that the notebook writes give facts, a contradiction and a confirmation."""
    text = shown("06-your-own-articles.ipynb")
    assert "Trade turnover of Tajikistan and Uzbekistan: 500 million USD, 2023" in text
    assert "Contradicted (1)" in text
    assert "Confirmed by an independent source" in text


def test_the_network_is_measured() -> None:
    """Centrality, communities and pictures come out."""
    text = shown("03-network.ipynb")
    assert "betweenness" in text
    assert text.count("image/png") == 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_only_the_public_interface_is_used(path: Path) -> None:
    """No notebook imports a module of relgraph's own or touches a private name."""
    code = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code")
    assert "import relgraph as rg" in code
    assert not re.findall(r"from relgraph|relgraph\.\w+ |\bkg\._|\.store\b", code)
