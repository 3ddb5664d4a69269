"""The wheel holds what it needs: installed into a clean environment outside the checkout, it builds a graph and answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*words: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "RELGRAPH_STORE")}
    done = subprocess.run([str(w) for w in words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.long
def test_wheel_builds_a_graph_elsewhere(tmp_path: Path) -> None:
    """sdist, wheel made from the sdist, clean environment, another folder: build, explain, view, check; what needs an extra says so."""
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    source, wheel = next((tmp_path / "dist").glob("*.tar.gz")), next((tmp_path / "dist").glob("*.whl"))
    with tarfile.open(source) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    for part in ("LICENSE", "LICENSE-DATA", "CHANGELOG.md", "Makefile", "constraints.txt", "data/articles/tj-three-talks.txt", "data/gold/tj-three-talks.json", "notebooks/01-first-look.ipynb", "tests/test_seed.py"):
        assert part in inside, part
    assert not any(name.startswith((".venv", ".git/", "demo", "build/", "relgraph.db")) for name in inside)
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("ontology", "data/reference", "data/lexicon", "data/reading"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".pyc":
                assert f"relgraph/_resources/{path.relative_to(ROOT)}" in names
    assert not any(name.startswith(("tests/", "notebooks/")) or "articles" in name.split("/")[:4] for name in names)
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--upgrade", "pip", cwd=tmp_path)
    run(python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    shutil.copytree(ROOT / "data" / "articles", tmp_path / "articles")
    relgraph = tmp_path / "env" / "bin" / "relgraph"
    run(relgraph, "build", "articles", cwd=tmp_path)
    assert "670 million USD, first half of 2025" in run(relgraph, "explain", "TJ", "KZ", cwd=tmp_path)
    run(relgraph, "view", "-o", "graph.html", cwd=tmp_path)
    assert "670 million" in (tmp_path / "graph.html").read_text("utf-8")
    run(relgraph, "check", "--store", "relgraph.db", cwd=tmp_path)
    asked = "import relgraph as rg\ntry:\n    rg.open('relgraph.db').frame()\nexcept rg.MissingExtra as error:\n    print(error.hint)\n"
    assert "pip install 'relgraph[notebook]'" in run(python, "-c", asked, cwd=tmp_path)
