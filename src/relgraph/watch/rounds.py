"""One round over the feeds: what is new is fetched, recognised if it is known under another address, and kept."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec

from relgraph.errors import ArticleError
from relgraph.graph.fingerprint import fingerprint
from relgraph.model import Article
from relgraph.read.feeds import articles_from_feed
from relgraph.read.html import page_to_text
from relgraph.read.ids import canonical_url, id_from_url
from relgraph.read.metadata import known_date, known_url
from relgraph.read.text import article_from_text
from relgraph.watch.feedlist import Feed
from relgraph.watch.fetch import Fetcher, NotFetched, Page
from relgraph.watch.memory import Memory

_SAME_PAGE, _REPRINT = 0.9, 0.75
"""Shares of equal runs of words: from the first on two texts of one site are one page, from the second on one of another site is a reprint."""
MOST_PAGES = 50
"""Pages of one feed that a round fetches; the rest waits for the next one."""
_PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", ""})
Kind = Literal["new", "reprint", "same", "failed", "feed", "feed failed"]


class Outcome(msgspec.Struct, frozen=True):
    """One thing that happened, for people; `kind` and address for programs."""

    kind: Kind
    url: str
    said: str


def watch_round(feeds: Iterable[Feed], fetcher: Fetcher, memory: Memory, *, now: float, known: Collection[str] = ()) -> Iterator[Outcome]:
    """Read the feeds once.

    Args:
        feeds: In order.
        fetcher: Fetches.
        memory: What was fetched; new articles wait in it for the store.
        now: Unix time.
        known: Canonical addresses of articles that the store holds.

    Yields:
        What happened, as it happens.
    """
    for feed in feeds:
        state = memory.feed(feed.url)
        if state.next > now:
            continue
        try:
            page = fetcher.get(feed.url, etag=state.etag, modified=state.modified, delay=feed.delay)
            entries = _entries(page, feed) if page.body is not None else []
        except NotFetched as error:
            memory.feed_failed(feed.url, now, error.wait)
            yield Outcome("feed failed", feed.url, error.message)
            continue
        except ArticleError as error:
            memory.feed_failed(feed.url, now, None)
            yield Outcome("feed failed", feed.url, error.message)
            continue
        if page.body is None:
            yield Outcome("feed", feed.url, "unchanged")
            continue
        due = [e for e in entries if memory.is_due(e.url, now) and e.url not in known]
        yield Outcome("feed", feed.url, f"{len(entries)} entries, {len(due)} new")
        for entry in due[:MOST_PAGES]:
            yield _one(entry, feed, fetcher, memory, now, known)
        whole = len(due) <= MOST_PAGES and all(not memory.is_due(e.url, now + 1e9) for e in due)
        # while something of it is still to come, the feed must not answer 'unchanged'
        memory.feed_read(feed.url, page.etag if whole else "", page.modified if whole else "")


class _Entry(msgspec.Struct, frozen=True):
    url: str
    published: str | None
    article: Article | None


def _entries(page: Page, feed: Feed) -> list[_Entry]:
    """The entries of a feed that lead to a page, each once. A broken feed gives what can be read of it; raises ArticleError when that is nothing."""
    import feedparser

    body = page.body or b""
    try:
        parsed: Any = feedparser.parse(io.BytesIO(body), resolve_relative_uris=False)
    except Exception as error:  # whatever a foreign parser trips over
        raise ArticleError(f"broken feed ({type(error).__name__})", path=feed.url) from error
    full = {canonical_url(a.url): a for a in articles_from_feed(body, feed.url) if isinstance(a, Article) and a.url} if feed.full else {}
    found: dict[str, _Entry] = {}
    for entry in parsed.entries:
        url = canonical_url(urljoin(page.url, str(entry.get("link") or "")))
        if url is not None and url not in found and url != canonical_url(page.url):
            published = next((d for d in (known_date(entry.get(k)) for k in ("published", "updated")) if d), None)
            found[url] = _Entry(url, published, full.get(url))
    if not found:
        raise ArticleError("no feed: neither RSS nor Atom with entries that lead to pages", path=feed.url)
    return list(found.values())


def _one(entry: _Entry, feed: Feed, fetcher: Fetcher, memory: Memory, now: float, known: Collection[str]) -> Outcome:
    """Fetch and keep what one entry leads to."""
    met = {entry.url}
    try:
        if entry.article is not None:
            article = entry.article
        else:
            page = fetcher.get(entry.url, delay=feed.delay)
            final = canonical_url(page.url) or page.url
            met.add(final)
            if final in known or memory.article_at(final):
                return _same(memory, met, memory.article_at(final) or id_from_url(final))
            article, canonical = _article(page, feed, entry)
            met.add(canonical)
            if canonical in known or memory.article_at(canonical):
                return _same(memory, met, memory.article_at(canonical) or id_from_url(canonical))
    except NotFetched as error:
        memory.failed(entry.url, error.message, now, again=error.again, wait=error.wait)
        return Outcome("failed", entry.url, error.message)
    except ArticleError as error:
        memory.failed(entry.url, error.message, now, again=False)
        return Outcome("failed", entry.url, error.message)
    host, own = _site(article.url or entry.url), fingerprint(article.text[article.body_start :])
    like = memory.likest(own, _REPRINT) if own else None
    if like is not None and like[1] == host and like[2] >= _SAME_PAGE:
        return _same(memory, met, like[0])
    memory.keep(article, met, host, own)
    return Outcome("reprint", entry.url, f"{article.id}, a reprint of {like[0]}") if like else Outcome("new", entry.url, article.id)


def _same(memory: Memory, met: set[str], article_id: str) -> Outcome:
    memory.same(met, article_id)
    return Outcome("same", min(met), f"is {article_id}, known under another address")


def _article(page: Page, feed: Feed, entry: _Entry) -> tuple[Article, str]:
    """The article of a page and its canonical address. Raises ArticleError."""
    if page.kind not in _PAGE_KINDS:
        raise ArticleError(f"is no page but {page.kind[:60]}", path=page.url)
    text, found = page_to_text(_bytes(page), page.url)
    own = canonical_url(page.url) or page.url
    named = canonical_url(known_url(found.get("url")) or "")
    # only within one site: a page must not pass for another site's
    address = named if named and _site(named) == _site(own) and urlsplit(named).path.strip("/") else own
    article = article_from_text(
        text, id=id_from_url(address), source=page.url, title=found.get("title"), published=found.get("published") or entry.published,
        publisher=found.get("publisher") or feed.publisher or None, url=address, language=feed.language or found.get("language"),
    )  # fmt: skip
    return article, address


def _bytes(page: Page) -> bytes:
    """The body as UTF-8 with its mark where the header names an encoding that fits; else as it came, for the reader to tell."""
    body = page.body or b""
    if re.fullmatch(r"(?i)utf-?8|windows-\d+|cp\d+|iso-?8859-\d+|koi8-[rut]", page.charset):
        try:
            return b"\xef\xbb\xbf" + body.removeprefix(b"\xef\xbb\xbf").decode(page.charset).encode()
        except (UnicodeDecodeError, LookupError):
            pass
    return body


def _site(url: str) -> str:
    """The host without what only tells its editions apart."""
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", urlsplit(url).netloc.lower())
