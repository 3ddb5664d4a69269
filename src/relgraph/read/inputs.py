"""Find the inputs that paths name and read each with its reader. Bad ones are yielded as errors; the rest goes on."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from relgraph.errors import ArticleError
from relgraph.graph.iris import slug
from relgraph.model import Article
from relgraph.read.formats import read_feed, read_html, read_jsonl, read_text

MAX_BYTES = 5_000_000
"""The largest input that is read as one article; JSON Lines and feeds may be twenty times as large."""

Item = Article | ArticleError
_READERS: dict[str, Callable[[bytes, str, str | None], Iterator[Item]]] = {
    ".txt": read_text, ".text": read_text, ".md": read_text, ".markdown": read_text, ".html": read_html, ".htm": read_html, ".xhtml": read_html,
    ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".xml": read_feed, ".rss": read_feed, ".atom": read_feed,
}  # fmt: skip
_MANY = frozenset({read_jsonl, read_feed})


def read_paths(paths: Iterable[str], *, max_bytes: int = MAX_BYTES) -> Iterator[Item]:
    """Yield the articles of files, folders (all below, sorted), globs and '-' (standard input), and an error for each that can't be read.

    Two inputs with one id: the second is an error. An id is the front matter's, else the file's stem, else a slug of the address and a hash.
    """
    seen: dict[str, str] = {}
    for item in _all(paths, max_bytes):
        if isinstance(item, ArticleError):
            yield item
        elif item.id in seen:
            yield ArticleError(f"has the id '{item.id}', which {seen[item.id]} has too; the first one is kept", path=item.source, hint="give it another id in its front matter, or rename the file")
        else:
            seen[item.id] = item.source
            yield item


def _all(paths: Iterable[str], max_bytes: int) -> Iterator[Item]:
    for name in paths:
        if name == "-":
            yield from _read(sys.stdin.buffer.read(max_bytes * 20 + 1), "standard input", None, None, max_bytes)
        elif Path(name).is_dir():
            files = list(_files(Path(name)))
            if not files:
                yield ArticleError("holds no article", path=name, hint="articles are files named " + " ".join(sorted(_READERS)))
            for file in files:
                yield from _file(file, max_bytes)
        elif Path(name).exists():
            yield from _file(Path(name), max_bytes)
        elif glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))
            if not found:
                yield ArticleError("matches no file", path=name)
            for hit in found:
                if Path(hit).is_file():
                    yield from _file(Path(hit), max_bytes)
        else:
            yield ArticleError("there is no such file", path=name, hint="check the path")


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in _READERS and not name.startswith((".", "README")):
                yield Path(root) / name


def _file(path: Path, max_bytes: int) -> Iterator[Item]:
    reader = _READERS.get(path.suffix.lower())
    limit = max_bytes * 20 if reader in _MANY else max_bytes
    try:
        if not path.is_file():
            yield ArticleError("is no regular file", path=str(path))
            return
        if path.stat().st_size > limit:
            yield ArticleError(f"is {path.stat().st_size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that an input may have", path=str(path), hint="split it, or give articles one a line as .jsonl")
            return
        data = path.read_bytes()
    except OSError as error:
        yield ArticleError(f"can't be read: {error.strerror}", path=str(path))
        return
    yield from _read(data, str(path), path.stem, reader, max_bytes)


def _read(data: bytes, source: str, stem: str | None, reader: Callable[[bytes, str, str | None], Iterator[Item]] | None, max_bytes: int) -> Iterator[Item]:
    if not data.strip():
        yield ArticleError("is empty", path=source, hint="leave it out, or put a text into it")
        return
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield ArticleError("is a binary file, not a text", path=source, hint="give plain text, Markdown, HTML, JSON Lines, RSS or Atom")
        return
    reader = reader or _guess(data)
    if len(data) > (max_bytes * 20 if reader in _MANY else max_bytes):
        yield ArticleError(f"is more than the {max_bytes / 1e6:.0f} MB that an input may have", path=source)
        return
    number = 0
    for item in reader(data, source, stem):
        number += 1
        if isinstance(item, Article) and not item.text.strip():
            yield ArticleError("has no text", path=item.source)
        else:
            yield item


def _guess(data: bytes) -> Callable[[bytes, str, str | None], Iterator[Item]]:
    """Choose a reader by the first characters, for standard input and unknown suffixes."""
    head = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"{"):
        return read_jsonl
    if re.match(rb"<\?xml|<rss|<feed", head) and re.search(rb"<(rss|feed|rdf:rdf)", data[:2000].lower()):
        return read_feed
    return read_html if head.startswith((b"<!doctype html", b"<html")) else read_text


def article_id(named: str | None, stem: str | None, url: str | None, text: str) -> str:
    """Return an id that is safe in IRIs and file names: the given one, the file's stem, else slug of the address or first line with a hash."""
    if named or stem:
        raw = str(named or stem)
        return raw if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", raw) else slug(raw)
    basis = url or text
    digest = hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug(re.sub(r'^https?://', '', url) if url else text.strip().split(chr(10))[0][:60])[:80]}-{digest}"
