"""Measure the extraction and write the figures of docs/quality.md anew, between its markers. Run by `make quality`.

The samples' figures can be had by anyone; those of the two halves need the folder of the development set in RELGRAPH_GOLD and stay as they are without it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "quality.md"


def measured(*words: str | Path) -> str:
    """Return what `relgraph evaluate` prints."""
    done = subprocess.run([sys.executable, "-m", "relgraph", "evaluate", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def between(text: str, name: str, figures: str) -> str:
    """Put figures between the markers of this name."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    written, places = pattern.subn(lambda m: f"{m[1]}```text\n{figures.rstrip()}\n```\n{m[2]}", text)
    if places != 1:
        raise SystemExit(f"docs/quality.md: {places} places are marked <!-- {name} -->")
    return written


def main() -> int:
    """Write the page."""
    text = between(PAGE.read_text("utf-8"), "samples", measured("data/gold", "--articles", "data/articles"))
    text = between(text, "heldout", measured("data/heldout"))
    gold = os.environ.get("RELGRAPH_GOLD")
    if gold:
        for half in ("A", "B"):
            text = between(text, f"half {half}", measured(Path(gold) / "en", "--half", half))
    else:
        sys.stderr.write("RELGRAPH_GOLD is not set: the figures of the development set stay as they are\n")
    PAGE.write_text(text, "utf-8")
    sys.stderr.write("docs/quality.md: written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
