"""Which files a path names: a file, a folder with all below it, a glob.

In: a path as the user gave it. Out: file paths in a fixed order, or the reason why there are none. Hidden files, README files and files of an
unknown kind inside folders are passed over and counted; a file that is named itself is always read.
"""

from __future__ import annotations

import glob
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from relgraph.errors import ArticleError

KINDS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
_SUFFIXES = " ".join(sorted(KINDS))
_NO_ENDING = "without an ending"
_logger = logging.getLogger(__name__)

Notice = Callable[[str], None]


def shown(path: str) -> str:
    """Return a path as it may stand in a message: one line of printable characters."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


def iter_files(path: str, notice: Notice | None = None) -> Iterator[str | ArticleError]:
    """Yield the files that a path names, sorted; errors are yielded, and the rest goes on.

    Args:
        path: File, folder or glob ('news/**/*.txt').
        notice: Told how many files of a folder were passed over; by default the log is, as a warning where their ending was the reason.
    """
    try:
        exists, folder = os.path.lexists(path), Path(path).is_dir()
    except ValueError:  # a NUL in it
        exists = folder = False
    if folder:
        yield from _folder(path, notice)
    elif exists:
        yield path
    elif glob.has_magic(path) and "\0" not in path:
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        if not matches:
            yield ArticleError("no file matches", hint="Put the pattern into quotes and check it with ls.", path=shown(path))
        for match in matches:
            if not Path(match).is_dir():
                yield match
            elif "**" not in path:  # '**' has already gone down
                yield from _folder(match, notice)
    elif path.partition("://")[0] in ("http", "https", "ftp", "file"):
        yield ArticleError("addresses are not fetched", hint="Save the page and give the file.", path=shown(path))
    else:
        yield ArticleError("no such file or folder", hint="Check the spelling and the folder you are in.", path=shown(path))


def _folder(top: str, notice: Notice | None) -> Iterator[str | ArticleError]:
    passed: Counter[str] = Counter()
    found = False
    for item in _walk(top, {os.path.realpath(top)}, passed):
        found = found or isinstance(item, str)
        yield item
    if passed:
        log = _logger.warning if any(what.startswith(".") or what == _NO_ENDING for what in passed) else _logger.info
        (notice or log)(f"{shown(top)}: passed over {', '.join(f'{n} {what}' for what, n in sorted(passed.items()))}")
    if not found:
        yield ArticleError("the folder holds no articles", hint=f"Articles are files with one of the endings {_SUFFIXES}", path=shown(top))


def _walk(folder: str, seen: set[str], passed: Counter[str]) -> Iterator[str | ArticleError]:
    """Go down, each real folder once, so that loops of links end."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not Path(path).is_dir():
            yield path
            continue
        try:
            entries = sorted(Path(path).iterdir())
        except OSError as error:
            yield ArticleError(f"the folder can't be read: {error.strerror}", hint="Check its permissions.", path=shown(path))
            continue
        wanted = []
        for entry in entries:
            if kind := _passed_over(entry):
                passed[kind] += 1
                continue
            real = os.path.realpath(entry)
            if not entry.is_dir() or real not in seen:
                seen.add(real)
                wanted.append(str(entry))
        waiting.extend(reversed(wanted))


def _passed_over(path: Path) -> str | None:
    """Why a file inside a folder is no article (its ending, mostly), None where it may be one."""
    if path.name.startswith("."):
        return "hidden"
    if path.is_dir():
        return None
    if path.stem.casefold() == "readme":
        return "README"
    if path.suffix.lower() not in KINDS:
        return shown(path.suffix.lower()[:12]) or _NO_ENDING
    return None if path.is_file() or path.is_symlink() else "special"
