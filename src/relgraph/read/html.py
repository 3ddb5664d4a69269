"""HTML page to title, text and metadata.

In: the bytes of a page. Out: an Article. JSON-LD and OpenGraph are read first, because publishers fill them with care; trafilatura finds the
text and what they leave open. Only bytes are handed on: nothing is ever fetched.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relgraph.errors import ArticleError
from relgraph.read.decode import decode_page
from relgraph.read.metadata import Metadata, known_date, known_language, known_url
from relgraph.read.text import clean, one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:https?://schema\.org/)?(?:\w*News)?(?:Article|Report|BlogPosting)")
_FEWEST_WORDS = 20
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3",
     "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"]
)  # fmt: skip
_NO_PROSE = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg", "figcaption", "button", "form", "head", "title"])
_TITLE_METAS = ("og:title", "twitter:title", "dc.title")
_DATE_METAS = ("article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued", "sailthru.date")


def page_to_text(data: bytes, path: str) -> tuple[str, Metadata]:
    """Return the body of a page's article, paragraphs set off by empty lines, and the page's metadata.

    Raises:
        ArticleError: No encoding fits, or the page has no article.
    """
    page = clean(decode_page(data, path))
    tree = _tree(page)
    if tree is None:
        raise ArticleError("the page has no content", hint="Save the whole page of one article.", path=path)
    metadata, linked_body = _page_metadata(tree)
    text, found = _main_text(page, complete=all(metadata.get(k) for k in ("title", "published", "publisher", "url")))
    for key, value in found.items():
        if value and not metadata.get(key):
            metadata[key] = value  # type: ignore[literal-required]
    if not metadata.get("title"):
        metadata["title"] = next((t for t in map(_text_of, tree.iter("h1", "title")) if t), None)
    body = text if len(text.split()) >= _FEWEST_WORDS else linked_body
    if len(body.split()) < _FEWEST_WORDS:
        hint = "Save the page of one article (not a list of headlines, not one drawn by scripts), or copy its text into a .txt file."
        raise ArticleError("HTML without an article: no running text was found", hint=hint, path=path)
    metadata["title"] = _without_site(metadata.get("title"), metadata.get("publisher"))
    return _without_title(body, metadata["title"]), metadata


def fragment_to_text(fragment: str) -> str:
    """Return the text of a piece of HTML, as feeds hold it: a paragraph for each block, no markup, no scripts."""
    tree = _tree(f"<div>{clean(fragment)}</div>")
    return "" if tree is None else _paragraphs(tree)


def _tree(page: str) -> HtmlElement | None:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError):  # nothing but comments and spaces
        return None


def _paragraphs(tree: HtmlElement) -> str:
    from lxml import etree

    paragraphs: list[str] = []
    run: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        block = element.tag in _BLOCKS
        if block:
            paragraphs.append(" ".join("".join(run).split()))
            run = []
        if event == "start":
            skipped += element.tag in _NO_PROSE
            run.append(element.text or "" if not skipped else "")
        else:
            skipped -= element.tag in _NO_PROSE
            run.append(element.tail or "" if not skipped else "")
    paragraphs.append(" ".join("".join(run).split()))
    return "\n\n".join(p for p in paragraphs if p)


def _page_metadata(tree: HtmlElement) -> tuple[Metadata, str]:
    """JSON-LD first, then OpenGraph and its kin; also the article's text if JSON-LD holds it."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and (content := one_line(meta.get("content") or "")):
            metas.setdefault(name, content)
    canonical = next((known_url(link.get("href")) for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    linked = _linked_article(tree, canonical or known_url(metas.get("og:url")))
    times = (t.get("datetime") for t in tree.iter("time") if t.get("pubdate") is not None or t.get("itemprop") == "datePublished")
    dates = (linked.get("datePublished"), *(metas.get(name) for name in _DATE_METAS), *times)
    metadata: Metadata = {
        "title": _string(linked.get("headline")) or next((metas[n] for n in _TITLE_METAS if n in metas), None),
        "published": next((iso for iso in map(known_date, dates) if iso), None),
        "publisher": _name(linked.get("publisher")) or metas.get("og:site_name"),
        "url": canonical or known_url(metas.get("og:url")) or known_url(_string(linked.get("url"))),
        "language": known_language(linked.get("inLanguage")) or known_language(tree.get("lang")) or known_language(metas.get("og:locale")),
    }
    body = linked.get("articleBody")
    return metadata, fragment_to_text(body) if isinstance(body, str) else ""


def _linked_article(tree: HtmlElement, address: str | None) -> dict[str, Any]:
    """The page's own article among the JSON-LD objects: that with the page's address, else the first."""
    articles = [a for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower() for a in _articles(script.text or "")]
    own = [a for a in articles if address and address in (a.get("url"), a.get("@id"), _identity(a.get("mainEntityOfPage")))]
    return next(iter(own or articles), {})


def _articles(source: str) -> Iterator[dict[str, Any]]:
    try:
        waiting = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return  # broken JSON-LD is common; OpenGraph and the text remain
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            types = value.get("@type")
            if any(isinstance(t, str) and _ARTICLE_TYPES.fullmatch(t) for t in (types if isinstance(types, list) else [types])):
                yield value
            waiting[:0] = [value[key] for key in ("@graph", "mainEntity") if key in value]


def _string(value: object) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return one_line(html.unescape(value)) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return _string(value.get("name") if isinstance(value, dict) else value)


def _identity(value: object) -> object:
    return value.get("@id") if isinstance(value, dict) else value


def _main_text(page: str, *, complete: bool) -> tuple[str, Metadata]:
    """The running text, by trafilatura; its metadata only where the page's own are not complete, for they cost half the time."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # its complaints are ours to report
    dating = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}  # the default depends on today
    try:
        found = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=not complete, date_extraction_params=dating)
    except Exception:  # whatever a foreign parser trips over on a hostile page: no text found here
        found = None
    if found is None or isinstance(found, dict):
        return "", {}
    text = "\n\n".join(line.strip(" -•") for line in clean(found.text or "").split("\n") if line.strip(" -•"))
    if complete:
        return text, {}
    return text, {
        "title": one_line(found.title) if found.title else None,
        "published": known_date(found.date),
        "publisher": one_line(found.sitename) if found.sitename else None,
        "url": known_url(found.url),
    }


def _text_of(element: HtmlElement) -> str:
    return one_line(str(element.text_content()))


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """'Talks in Astana - 24.kg' without the site's name."""
    if title and publisher:
        short = re.sub(rf"\s+[-–—|:·]\s+{re.escape(publisher)}$", "", title, flags=re.IGNORECASE)
        return short or title
    return title


def _without_title(body: str, title: str | None) -> str:
    """The body without its headline, which would stand there twice."""
    first, _, rest = body.partition("\n\n")
    return rest if title and rest and first.casefold() == title.casefold() else body
