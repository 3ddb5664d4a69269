"""RSS and Atom files: an article for each entry, with the text that the feed itself carries.

In: the bytes of a feed. Out: Articles and ArticleErrors in the feed's order. feedparser gets the bytes and never an address; it removes the
document type with its entities first, so neither outside entities nor entity bombs are expanded.
"""

from __future__ import annotations

import io
import xml.sax
from collections.abc import Iterator
from typing import Any

from relgraph.errors import ArticleError
from relgraph.model import Article
from relgraph.read.html import fragment_to_text
from relgraph.read.ids import digest, id_from_path, id_from_url
from relgraph.read.metadata import Metadata, known_date, known_language, known_url
from relgraph.read.text import article_from_text, one_line


def articles_from_feed(data: bytes, path: str) -> Iterator[Article | ArticleError]:
    """Yield the entries of a feed. Of a broken feed, what can be read comes first and then the error.

    The id of an entry is made of its address, else of the file's stem and a hash of the entry's own id or text.
    """
    import feedparser

    try:
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    except Exception as error:  # whatever a foreign parser trips over must not end the batch
        yield ArticleError(f"broken feed ({type(error).__name__})", hint="Save the feed again.", path=path)
        return
    # A wrong encoding in the header is repaired by feedparser and no loss; broken XML is.
    broken = feed.get("bozo_exception") if isinstance(feed.get("bozo_exception"), xml.sax.SAXParseException) else None
    if not feed.entries:
        if broken is not None:
            yield _broken(broken, path, "no entry could be read")
        elif feed.get("version"):
            yield ArticleError("the feed has no entries", hint="Save it again, or leave it out.", path=path)
        else:
            yield ArticleError("XML, but neither RSS nor Atom", hint="Give a feed, or the articles as text or HTML.", path=path)
        return
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _article(entry, feed.feed, path, number)
        except ArticleError as error:
            yield error
    if broken is not None:
        yield _broken(broken, path, f"{len(feed.entries)} entries were read, some may be cut or missing")


def _broken(error: xml.sax.SAXParseException, path: str, outcome: str) -> ArticleError:
    problem = one_line(str(error.getMessage()), 80)
    return ArticleError(f"broken feed XML: {problem}; {outcome}", hint="Save the feed again.", path=path, line=error.getLineNumber() or None)


def _article(entry: Any, feed: Any, path: str, number: int) -> Article:
    title = one_line(fragment_to_text(entry.get("title") or ""))
    text = max((fragment_to_text(h) for h in _bodies(entry)), key=len, default="")
    if not title and not text:
        raise ArticleError(f"entry {number} has neither title nor text", hint="Nothing to do: it is left out.", path=path)
    source = entry.get("source")
    url = next((u for u in (known_url(entry.get("link")), known_url(entry.get("id"))) if u), None)
    metadata: Metadata = {
        "title": title or None,
        "published": next((d for d in (known_date(entry.get(k)) for k in ("published", "updated")) if d), None),
        "publisher": one_line((source.get("title") if source else None) or entry.get("publisher") or feed.get("title") or "") or None,
        "url": url,
        "language": known_language(_language(entry)) or known_language(feed.get("language")),
    }
    name = id_from_url(url) if url else f"{id_from_path(path)}-{digest(entry.get('id') or f'{title} {text}')}"
    return article_from_text(text or title, id=name, source=f"{path} entry {number}", **metadata)


def _bodies(entry: Any) -> Iterator[str]:
    """Every text of an entry; the longest is the fullest."""
    for content in entry.get("content") or []:
        yield content.get("value") or ""
    yield entry.get("summary") or ""


def _language(entry: Any) -> object:
    return next((c.get("language") for c in entry.get("content") or [] if c.get("language")), None)
