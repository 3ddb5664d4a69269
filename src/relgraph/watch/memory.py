"""What was fetched: a small SQLite file beside the store, so that no page is fetched twice and no fetched page is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from relgraph.errors import StoreError
from relgraph.graph.fingerprint import likeness
from relgraph.model import Article

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, failures INTEGER NOT NULL, next REAL NOT NULL);
CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, article TEXT NOT NULL, state TEXT NOT NULL, why TEXT NOT NULL, tries INTEGER NOT NULL, next REAL NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (article TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS prints (article TEXT PRIMARY KEY, host TEXT NOT NULL, print TEXT NOT NULL);
"""
TRIES = 5
"""How often a page that gave nothing is asked for again."""
_FIRST_WAIT, _LONGEST_WAIT = 900.0, 86_400.0


class FeedState(msgspec.Struct, frozen=True):
    """What is known of a feed; `next` is the Unix time before which it isn't asked."""

    etag: str = ""
    modified: str = ""
    failures: int = 0
    next: float = 0.0


class Memory:
    """Times are Unix times, given by the caller.

    Args:
        path: The file; made when absent. None keeps it in memory.
    """

    def __init__(self, path: Path | None) -> None:
        try:
            self._db = sqlite3.connect(path or ":memory:")
            self._db.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StoreError(f"isn't a memory of watched feeds: {error}", path=str(path), hint="move it away; feeds are then read from the beginning") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._db.close()

    def feed(self, url: str) -> FeedState:
        """Return what is known of a feed."""
        row = self._db.execute("SELECT etag, modified, failures, next FROM feeds WHERE url = ?", (url,)).fetchone()
        return FeedState(*row) if row else FeedState()

    def feed_read(self, url: str, etag: str, modified: str) -> None:
        """Keep that a feed was read; its condition is for the next time."""
        self._write("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, 0, 0)", (url, etag, modified))

    def feed_failed(self, url: str, now: float, wait: float | None) -> None:
        """Keep that a feed gave nothing; it is left alone for `wait` seconds, by default the longer the more often it failed."""
        was = self.feed(url)
        self._write("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)", (url, was.etag, was.modified, was.failures + 1, now + (wait if wait is not None else _wait(was.failures))))

    def is_due(self, url: str, now: float) -> bool:
        """Whether a page is to be fetched: it never was, or it gave nothing and its time has come."""
        row = self._db.execute("SELECT state, next FROM pages WHERE url = ?", (url,)).fetchone()
        return row is None or (row[0] == "failed" and row[1] <= now)

    def keep(self, article: Article, addresses: set[str], host: str, print_: str | None) -> None:
        """Keep a new article until it is in the store, under all the addresses it was met at."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?)", (article.id, msgspec.json.encode(article)))
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, 'kept', '', 0, 0)", [(a, article.id) for a in sorted(addresses)])
            if print_:
                self._db.execute("INSERT OR REPLACE INTO prints VALUES (?, ?, ?)", (article.id, host, print_))

    def same(self, addresses: set[str], article_id: str) -> None:
        """Keep that addresses lead to an article that is known under another one."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, 'same', '', 0, 0)", [(a, article_id) for a in sorted(addresses)])

    def failed(self, url: str, why: str, now: float, *, again: bool, wait: float | None = None) -> None:
        """Keep that a page gave nothing; it is asked again a few times if that may help."""
        row = self._db.execute("SELECT tries FROM pages WHERE url = ?", (url,)).fetchone()
        tries = (row[0] if row else 0) + 1
        state = "failed" if again and tries < TRIES else "refused"
        self._write("INSERT OR REPLACE INTO pages VALUES (?, '', ?, ?, ?, ?)", (url, state, why, tries, now + (wait if wait is not None else _wait(tries - 1))))

    def article_at(self, url: str) -> str | None:
        """Return the article that an address leads to."""
        row = self._db.execute("SELECT article FROM pages WHERE url = ? AND article <> ''", (url,)).fetchone()
        return row[0] if row else None

    def likest(self, print_: str, least: float) -> tuple[str, str, float] | None:
        """Return the article whose text is most like one, with its host and how like it is; None when none is like enough."""
        found = max(((likeness(print_, p), a, h) for a, h, p in self._db.execute("SELECT article, host, print FROM prints ORDER BY article DESC")), default=None)
        return (found[1], found[2], found[0]) if found is not None and found[0] >= least else None

    def waiting(self) -> Iterator[Article]:
        """Yield the articles that are not in the store yet."""
        for (content,) in self._db.execute("SELECT content FROM waiting ORDER BY article").fetchall():
            yield msgspec.json.decode(content, type=Article)

    def stored(self, article_ids: list[str]) -> None:
        """Keep that articles are in the store."""
        with self._db:
            self._db.executemany("DELETE FROM waiting WHERE article = ?", [(a,) for a in article_ids])

    def _write(self, sql: str, values: tuple[object, ...]) -> None:
        with self._db:
            self._db.execute(sql, values)


def _wait(failures: int) -> float:
    return min(float(_FIRST_WAIT * 2 ** min(failures, 10)), _LONGEST_WAIT)
