"""About how many articles the inputs hold, for those who show how far a run has come."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from relgraph.read.files import KINDS, iter_files


def count_articles(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """Return one for each file and for each line of JSON Lines, without reading further; None when it can't be known, as for standard input and feeds."""
    total = 0
    for given in paths:
        path = os.fspath(given)
        if path == "-":
            return None
        for file in iter_files(path, lambda _: None):
            kind = KINDS.get(Path(file).suffix.lower()) if isinstance(file, str) else "none"
            if kind in (None, "feed"):
                return None
            total += _lines(Path(str(file))) if kind == "jsonl" else 1
    return total


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 0  # reading it will say why
