"""The wheel holds what it needs: installed into a clean environment outside the checkout, it builds a graph and answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("ontology/relgraph.ttl", "ontology/shapes.ttl", "ontology/queries/meetings.rq", "data/reference/states.yaml", "data/lexicon/en/topics.yaml"):
        assert f"relgraph/_resources/{part}" in names
    assert not any(name.startswith(("tests/", "notebooks/")) or "articles" in name.split("/")[:3] for name in names)
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--upgrade", "pip", cwd=tmp_path)
    run(python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    shutil.copytree(ROOT / "data" / "articles", tmp_path / "articles")
    relgraph = tmp_path / "env" / "bin" / "relgraph"
    run(relgraph, "build", "articles", cwd=tmp_path)
    assert "670" in run(relgraph, "explain", "TJ", "KZ", cwd=tmp_path)
    run(relgraph, "view", "-o", "graph.html", cwd=tmp_path)
    page = (tmp_path / "graph.html").read_text("utf-8")
    assert "670 million" in page
    run(relgraph, "check", "--store", "relgraph.db", cwd=tmp_path)
