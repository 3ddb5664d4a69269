"""Inputs of every form to Articles: step 1 of the way.

In: paths as the user gave them. Out: Articles and ArticleErrors, one after the other, as they are read. An error is a value, so that one bad
input never ends the batch. An Article depends on its own input alone, never on the others or on their order, and nothing is ever fetched.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from relgraph.errors import ArticleError
from relgraph.model import Article
from relgraph.read.decode import check_text, decode_text
from relgraph.read.feeds import articles_from_feed
from relgraph.read.files import KINDS, Notice, iter_files, shown
from relgraph.read.frontmatter import take_front_matter
from relgraph.read.html import page_to_text
from relgraph.read.ids import digest, id_from_path, id_from_url, safe_id
from relgraph.read.jsonl import article_from_json
from relgraph.read.markdown import markdown_to_text
from relgraph.read.metadata import checked
from relgraph.read.text import article_from_text

MAX_BYTES = 5_000_000
STDIN = "<stdin>"


def read_paths(paths: Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES, stdin: BinaryIO | None = None,
               notice: Notice | None = None) -> Iterator[Article | ArticleError]:  # fmt: skip
    """Read files, folders, globs and standard input.

    Args:
        paths: What to read; '-' is standard input. A file that is named twice is read once.
        max_bytes: The size of the largest article; of JSON Lines, the longest line.
        stdin: Read for '-'; by default the process's standard input.
        notice: Told in one line what was passed over in a folder; by default the log is.

    Yields:
        Articles, and ArticleErrors naming the input, the place in it and what to do. The second input with an id gives an error.
    """
    owners: dict[str, str] = {}
    for result in _all(paths, max_bytes, stdin, notice):
        if isinstance(result, Article):
            owner = owners.setdefault(result.id, result.source)
            if owner != result.source:
                message = f"the id '{result.id}' belongs to {owner} already; this article is left out"
                yield ArticleError(message, hint="Give one of the two another id, or rename the file.", path=result.source)
                continue
        yield result


def _all(paths: Iterable[str | os.PathLike[str]], max_bytes: int, stdin: BinaryIO | None, notice: Notice | None) -> Iterator[Article | ArticleError]:
    read: set[str] = set()
    for given in paths:
        path = os.fspath(given)
        if path == "-":
            if "-" not in read:
                read.add("-")
                yield from _from_stream(_buffered(stdin or sys.stdin.buffer), STDIN, None, max_bytes)
            continue
        for file in iter_files(path, notice):
            if isinstance(file, ArticleError):
                yield file
            elif (real := os.path.realpath(file)) not in read:
                read.add(real)
                yield from _from_file(file, max_bytes)


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    """A stream that can be looked into before it is read."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def _from_file(path: str, max_bytes: int) -> Iterator[Article | ArticleError]:
    try:
        with Path(path).open("rb") as stream:
            yield from _from_stream(stream, shown(path), KINDS.get(Path(path).suffix.lower()), max_bytes, os.fstat(stream.fileno()).st_size)
    except OSError as error:
        hints = {"FileNotFoundError": "It is a link to nothing: remove it.", "PermissionError": "Check its permissions (ls -l)."}
        yield ArticleError(f"can't be read: {error.strerror}", hint=hints.get(type(error).__name__, "Check the file."), path=shown(path))


def _from_stream(stream: io.BufferedReader, path: str, kind: str | None, max_bytes: int, size: int = 0) -> Iterator[Article | ArticleError]:
    try:
        head = stream.peek(8192)[:8192]
        kind = kind or _sniff(head)
        if kind == "jsonl":
            check_text(head, path)
            yield from _json_lines(stream, path, max_bytes)
            return
        data = stream.read(max_bytes + 1)
        if len(data) > max_bytes:
            large = f"{size / 1e6:.1f} MB" if size > max_bytes else "more"
            message = f"too large: {large}, and an article has at most {max_bytes / 1e6:g} MB"
            yield ArticleError(message, hint="Split it into a file for each article, or give JSON Lines with one a line.", path=path)
            return
        check_text(data, path)
        if kind == "feed":
            yield from articles_from_feed(data, path)
        else:
            yield _from_bytes(data, path, kind)
    except ArticleError as error:
        yield error


def _sniff(head: bytes) -> str:
    """Tell by its beginning what an input without a known suffix is."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000].lower()
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return "html"
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    return "jsonl" if start.startswith(b"{") else "text"


def _json_lines(stream: io.BufferedReader, path: str, max_bytes: int) -> Iterator[Article | ArticleError]:
    number = 0
    while data := stream.readline(max_bytes + 1):
        number += 1
        if len(data) > max_bytes and not data.endswith(b"\n"):
            while (rest := stream.readline(max_bytes)) and not rest.endswith(b"\n"):
                pass
            message = f"too large: an article has at most {max_bytes / 1e6:g} MB"
            yield ArticleError(message, hint="Split the article.", path=path, line=number)
        elif data.strip():
            try:
                yield article_from_json(data, path, number)
            except ArticleError as error:
                yield error


def _from_bytes(data: bytes, path: str, kind: str) -> Article:
    """Read text, Markdown or an HTML page."""
    own_id, given = None, None
    if kind == "html":
        text, given = page_to_text(data, path)
    else:
        matter = take_front_matter(decode_text(data, path), path)
        given = checked(matter.values, path=path, lines=matter.lines)
        own_id = matter.values.get("id")
        text = markdown_to_text(matter.text) if kind == "markdown" else matter.text
        if not text.strip():
            raise ArticleError("the article has no text", hint="Write the text below the front matter.", path=path)
    url = given.get("url")
    if own_id:
        name = safe_id(own_id)
    elif path != STDIN:
        name = id_from_path(path)
    else:
        name = id_from_url(url) if url else f"text-{digest(text)}"
    return article_from_text(text, id=name, source=path, **given)
