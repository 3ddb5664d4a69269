"""Readers of the formats: text and Markdown with front matter, HTML pages, JSON Lines, RSS and Atom. None of them fetches anything."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime
from typing import Any

import yaml

from relgraph.errors import ArticleError
from relgraph.model import Article
from relgraph.read.text import article_from_text, clean

Item = Article | ArticleError
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MARKDOWN = re.compile(r"\.(md|markdown)$", re.IGNORECASE)


def decode(data: bytes, source: str) -> str:
    """Return text by byte order mark, UTF-8, else detection; raises ArticleError when none of them fits."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise ArticleError(f"says it is {name} and is not (byte {error.start})", path=source, hint="save it as UTF-8") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:200_000]).best()
        if best is None or best.encoding in ("utf_16", "utf_32"):
            raise ArticleError(f"is no text in an encoding that can be told (byte {error.start})", path=source, hint="save it as UTF-8") from error
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError as second:
            raise ArticleError(f"is no text in an encoding that can be told (byte {second.start})", path=source, hint="save it as UTF-8") from second


def read_text(data: bytes, source: str, stem: str | None) -> Iterator[Item]:
    """Read plain text or Markdown, with or without YAML front matter (id, title, publisher, date, url, language)."""
    try:
        text = clean(decode(data, source))
        front: dict[str, Any] = {}
        match = _FRONT.match(text)
        if match:
            front, text = _front_matter(match[1], source), text[match.end() :]
        if _MARKDOWN.search(source):
            text = _from_markdown(text)
        yield _article(front, text, source, stem)
    except ArticleError as error:
        yield error


def _front_matter(block: str, source: str) -> dict[str, Any]:
    if "&" in block and "*" in block:
        raise ArticleError("its front matter uses YAML anchors, which are not allowed", path=source, hint="write the values out")
    try:
        front = yaml.load(block, Loader=yaml.CBaseLoader)  # noqa: S506  texts only, no objects
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ArticleError("its front matter isn't valid YAML", path=source, line=mark.line + 2 if mark else 1, hint="put values with a colon in quotes") from error
    if not isinstance(front, dict):
        raise ArticleError("its front matter must be 'name: value' lines", path=source, line=1)
    return front


def _article(front: dict[str, Any], text: str, source: str, stem: str | None) -> Article:
    from relgraph.read.inputs import article_id

    def said(*names: str) -> str | None:
        value = next((front[n] for n in names if front.get(n) not in (None, "")), None)
        return str(value).strip() if value is not None else None

    published = said("published", "date")
    url = said("url", "link")
    return article_from_text(text, id=article_id(said("id"), stem, url, text), source=source, title=said("title"), published=check_date(published, source),
                             publisher=said("publisher", "source"), url=url, language=said("language", "lang"))  # fmt: skip


def check_date(value: str | None, source: str) -> str | None:
    """Return the ISO date (day, month or year) that a metadata value means; raises ArticleError for one that doesn't exist."""
    if value is None:
        return None
    head = re.match(r"\d{4}-\d{2}-\d{2}(?=[T ])", value)
    value = head.group() if head else value
    if _ISO.fullmatch(value):
        parts = [int(p) for p in value.split("-")] + [1, 1]
        try:
            Date(parts[0], parts[1], parts[2])
        except ValueError as error:
            raise ArticleError(f"the date '{value}' does not exist", path=source, hint="correct it, or leave it out") from error
        return value
    import dateparser

    found = dateparser.parse(value, settings={"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False})
    if not isinstance(found, datetime):
        raise ArticleError(f"the date '{value[:40]}' does not exist or can't be read", path=source, hint="write it as 2025-10-09")
    return found.date().isoformat()


def _from_markdown(text: str) -> str:
    """Return the words of Markdown: headings and paragraphs, without marks, links' addresses and code."""
    from markdown_it import MarkdownIt

    blocks: list[str] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "inline" and token.children:
            words = "".join(c.content if c.type in ("text", "code_inline") else " " if c.type in ("softbreak", "hardbreak") else "" for c in token.children)
            if words.strip():
                blocks.append(words.strip())
    return "\n\n".join(blocks)


def read_html(data: bytes, source: str, stem: str | None) -> Iterator[Item]:
    """Read a page: metadata of JSON-LD and OpenGraph first, then trafilatura for the text and what is missing."""
    try:
        yield _page(data, source, stem)
    except ArticleError as error:
        yield error


def _page(data: bytes, source: str, stem: str | None) -> Article:
    import trafilatura

    charset = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    try:
        page = data.decode(charset[1].decode()) if charset else decode(data, source)
    except (LookupError, UnicodeDecodeError):
        page = decode(data, source)
    page = clean(page)
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True)
    document = found.as_dict() if found is not None else {}
    body = str(document.get("text") or "").strip()
    if len(body) < 80:
        raise ArticleError("holds no article that can be told from its page", path=source, hint="save the article's own page, or its text")
    front = _page_metadata(page)
    front = {k: v for k, v in {"title": document.get("title"), "date": document.get("date"), "publisher": document.get("sitename"), "url": document.get("url")}.items() if v} | front
    paragraphs = "\n\n".join(p.strip() for p in body.split("\n") if p.strip())
    return _article(front, paragraphs, source, stem)


def _page_metadata(page: str) -> dict[str, str]:
    """Return title, date, publisher and address as JSON-LD says them, else OpenGraph."""
    front: dict[str, str] = {}
    for block in re.findall(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.{0,200000}?)</script>", page, re.DOTALL | re.IGNORECASE):
        try:
            loaded = json.loads(block)
        except ValueError:
            continue
        nodes = loaded if isinstance(loaded, list) else loaded.get("@graph", [loaded]) if isinstance(loaded, dict) else []
        for node in nodes if isinstance(nodes, list) else []:
            if isinstance(node, dict) and "Article" in str(node.get("@type")):
                publisher = node.get("publisher")
                values = {"title": node.get("headline"), "date": node.get("datePublished"), "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher, "url": node.get("url")}
                front |= {k: html.unescape(v) for k, v in values.items() if isinstance(v, str) and v}
    for name, field in (("og:title", "title"), ("article:published_time", "date"), ("og:site_name", "publisher"), ("og:url", "url")):
        match = re.search(rf"<meta[^>]{{0,300}}property=[\"']{name}[\"'][^>]{{0,300}}content=[\"']([^\"'>]{{1,500}})[\"']", page, re.IGNORECASE)
        if match and field not in front:
            front[field] = html.unescape(match[1])
    return front


def read_jsonl(data: bytes, source: str, stem: str | None) -> Iterator[Item]:
    """Read one article a line: objects with text (or body), and id, title, publisher, published (or date), url, language."""
    try:
        lines = decode(data, source).split("\n")
    except ArticleError as error:
        yield error
        return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{source}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield ArticleError("isn't valid JSON", path=source, line=number, hint="each line must be one whole object")
            continue
        body = (row.get("text") or row.get("body") or row.get("content")) if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(body, str) or not body.strip():
            yield ArticleError("is no article: an object with a 'text' is needed", path=source, line=number)
            continue
        try:
            yield _article({k: v for k, v in row.items() if isinstance(v, (str, int))}, clean(body), place, None)
        except ArticleError as error:
            yield ArticleError(error.message, path=source, line=number, hint=error.hint)


def read_feed(data: bytes, source: str, stem: str | None) -> Iterator[Item]:
    """Read the entries of an RSS or Atom file: their full content where given, else the summary."""
    import feedparser

    parsed = feedparser.parse(data)
    if not parsed.entries:
        yield ArticleError("is no RSS or Atom feed with entries", path=source)
        return
    for number, entry in enumerate(parsed.entries, 1):
        content = entry.get("content") or []
        raw = content[0].get("value", "") if content else entry.get("summary", "")
        body = clean(_plain(raw))
        if not body.strip():
            yield ArticleError(f"entry {number} has no text", path=source)
            continue
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        front = {"title": entry.get("title"), "url": entry.get("link"), "publisher": parsed.feed.get("title"),
                 "date": f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}" if moment else None}  # fmt: skip
        try:
            yield _article({k: v for k, v in front.items() if v}, body, f"{source} (entry {number})", None)
        except ArticleError as error:
            yield error


def _plain(markup: str) -> str:
    from lxml import html as lxml_html

    if "<" not in markup:
        return html.unescape(markup)
    try:
        tree = lxml_html.fromstring(markup[:1_000_000])
    except (ValueError, lxml_html.etree.ParserError):
        return re.sub(r"<[^>]{0,1000}>", " ", markup)
    paragraphs = [" ".join(p.text_content().split()) for p in tree.iter("p")] or [" ".join(tree.text_content().split())]
    return "\n\n".join(p for p in paragraphs if p)
