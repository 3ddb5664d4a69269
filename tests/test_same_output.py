"""Extraction gives the same bytes in every process, whatever order the interpreter gives its sets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "data" / "articles"
TIE = """Officers of four states sat down together
GENEVA, 4 August 2016 (Agency)

Pakistan, Mongolia, Kazakhstan and Tajikistan now have a common plan. Defence Minister Li Weimin spoke of it.
"""
"""Four states are named equally often, and the minister may be of any."""


def outputs(seed: str, inputs: Path, folder: Path) -> dict[str, str]:
    """Extract the samples in a process of their own; the digest of each file."""
    subprocess.run(
        [sys.executable, "-m", "relgraph", "extract", "-q", *map(str, sorted(SAMPLES.glob("*.txt"))[:8]), str(inputs / "tie.txt"), "--out", str(folder)],
        check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_two_processes_with_different_hash_seeds(tmp_path: Path) -> None:
    """An equal count or a set of names decides nothing by its order in memory."""
    (tmp_path / "tie.txt").write_text(TIE, encoding="utf-8")
    first, second = (outputs(seed, tmp_path, tmp_path / seed) for seed in ("0", "2"))
    assert "tie.json" in first
    assert first == second
