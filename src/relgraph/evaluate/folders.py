"""Gold folders: ID.json with facts beside ID.txt, and their fixed halves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from relgraph.errors import ArticleError
from relgraph.evaluate.scores import Evaluation, Mistake, score_article
from relgraph.model import Article
from relgraph.read import read_paths

Half = Literal["A", "B"]


def half_of(stem: str) -> Half:
    """Return the fixed half an article belongs to: rules are written on half A and checked on half B."""
    return "B" if int(hashlib.sha256(stem.encode()).hexdigest(), 16) % 2 else "A"


def gold_files(folder: Path, half: Half | None = None) -> tuple[Path, ...]:
    """Return the gold files of a folder in order, of one half if asked.

    Raises:
        ArticleError: The folder holds none.
    """
    if not folder.is_dir():
        raise ArticleError("is not a folder", path=str(folder), hint="name a folder of gold files (ID.json beside ID.txt)")
    found = tuple(path for path in sorted(folder.glob("*.json")) if half is None or half_of(path.stem) == half)
    if not found:
        raise ArticleError("holds no gold file", path=str(folder), hint="a gold file is ID.json with 'facts'; see GUIDE.md of the gold set")
    return found


def read_facts_file(path: Path) -> dict[str, Any]:
    """Read a file with `facts`.

    Raises:
        ArticleError: It can't be read, isn't JSON or has no list of facts.
    """
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise ArticleError(f"isn't valid JSON: {error.msg}", path=str(path), line=error.lineno) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"can't be read: {error}", path=str(path)) from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("facts"), list) or not all(isinstance(f, dict) for f in loaded["facts"]):
        raise ArticleError("has no list of facts", path=str(path), hint='expected {"facts": [{"type": ...}, ...]}')
    return loaded


def evaluate_folders(gold: Path, predicted: Path, half: Half | None = None) -> Evaluation:
    """Compare two folders of fact files with the same names; a missing prediction is an article without facts."""
    scores = []
    for path in gold_files(gold, half):
        other = predicted / path.name
        there = other.is_file()
        score = score_article(path.stem, read_facts_file(path), read_facts_file(other)["facts"] if there else ())
        if not there:
            score = msgspec.structs.replace(score, mistakes=(Mistake(path.stem, "no prediction file", str(other)), *score.mistakes))
        scores.append(score)
    return Evaluation(tuple(scores))


def predictions(
    gold: Path, predicted: Path, half: Half | None = None, articles: Path | None = None
) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]], str]]:
    """Yield (article, gold file, found facts, text) of each article of a gold folder.

    The text is that of ID.txt in `articles`, by default beside the gold file, without front matter; empty where there is none.
    """
    for path in gold_files(gold, half):
        other, text = predicted / path.name, (articles or gold) / f"{path.stem}.txt"
        facts = read_facts_file(other)["facts"] if other.is_file() else []
        read = next(iter(read_paths([text])), None) if text.is_file() else None
        yield path.stem, read_facts_file(path), facts, read.text if isinstance(read, Article) else ""
