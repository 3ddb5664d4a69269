"""Articles a second of `relgraph extract` over articles repeated to a number, and peak memory, on one and on all cores.

The texts are those of RELGRAPH_GOLD/en where that is set, else the samples of data/articles.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    gold = os.environ.get("RELGRAPH_GOLD")
    texts = sorted((Path(gold) / "en").glob("*.txt") if gold else (ROOT / "data" / "articles").glob("*.txt"))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(count):
            text = texts[number % len(texts)].read_text("utf-8")
            (folder / "in" / f"copy-{number}.txt").write_text(text.split("---\n", 2)[-1] if text.startswith("---") else text, "utf-8")
        for jobs in (1, os.cpu_count() or 1):
            started = time.monotonic()
            command = [sys.executable, "-m", "relgraph", "extract", str(folder / "in"), "--out", str(folder / "out"), "--jobs", str(jobs), "-q"]
            subprocess.run(command, check=False)
            seconds = time.monotonic() - started
            written = len(list((folder / "out").glob("*.json")))
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{written} articles, {jobs} jobs: {seconds:.1f} s, {written / seconds:.0f} articles/s, peak {peak:.0f} MB a process")
            shutil.rmtree(folder / "out")


if __name__ == "__main__":
    main()
