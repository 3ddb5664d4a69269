"""What a store that is kept can tell for another run: its articles from their kept texts, what corrections ask to be extracted again, and which met nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from pyoxigraph import Literal, NamedNode

from relgraph.corrections import Corrections, correction_node
from relgraph.errors import ArticleError
from relgraph.graph import iris
from relgraph.graph.terms import RDF_TYPE, rg
from relgraph.model import Article
from relgraph.read.text import article_from_text
from relgraph.store import Store

_DCTERMS = iris.PREFIXES["dcterms"]
_PRINTS = "corrected-texts"
"""The note of a store that keeps the fingerprints of corrected articles, so that their reprints are known when they themselves have been removed."""


def kept_articles(store: Store, article_ids: Iterable[str], texts: Path | None) -> Iterator[Article | ArticleError]:
    """Yield articles of a store from their kept texts and what the store says of their publication, errors for those whose text isn't kept."""
    for article_id in article_ids:
        article = kept_article(store, article_id, texts)
        yield article or ArticleError("its text isn't kept, so that it can't be extracted again", path=article_id, hint="add the article again")


def kept_article(store: Store, article_id: str, texts: Path | None) -> Article | None:
    """Return an article of a store as it was read, None when its text isn't kept."""
    path = texts / f"{article_id}.txt" if texts is not None else None
    if path is None or not path.is_file():
        return None
    node = NamedNode(iris.article(article_id))

    def said(verb: NamedNode) -> str | None:
        # sorted as text: an article may have several addresses
        found = sorted(q.object.value for q in store.match(node, verb, None, iris.article_graph(article_id)) if isinstance(q.object, Literal))
        return " ; ".join(found) or None

    language, published = said(NamedNode(f"{_DCTERMS}language")), said(rg("published"))
    return article_from_text(path.read_text("utf-8"), id=article_id, source=str(path), published=published, publisher=said(NamedNode(f"{_DCTERMS}publisher")), url=said(rg("url")), language=language)


def prints_of(store: Store, corrections: Corrections) -> Corrections:
    """Return the corrections with the fingerprints of the articles they were made on, as far as the store holds these or has held them."""
    wanted, remembered = sorted({c.article for c in corrections.entries if c.article}), _remembered(store)
    prints = {name: found for name in wanted if (found := _print(store, name) or remembered.get(name))}
    return msgspec.structs.replace(corrections, prints=prints)


def remember_prints(store: Store, corrections: Corrections) -> None:
    """Keep the fingerprints that corrections go by beyond the articles themselves, and no others.

    Args:
        store: Open for writing.
        corrections: As `prints_of` gives them.
    """
    if dict(corrections.prints) != _remembered(store):
        store.set_note(_PRINTS, json.dumps(dict(corrections.prints), sort_keys=True) if corrections.prints else None)


def _print(store: Store, article_id: str) -> str | None:
    found = store.match(NamedNode(iris.article(article_id)), rg("fingerprint"), None, iris.article_graph(article_id))
    return min((q.object.value for q in found if isinstance(q.object, Literal)), default=None)


def _remembered(store: Store) -> dict[str, str]:
    """The fingerprints of an earlier run; none from a note that isn't ours."""
    try:
        return msgspec.json.decode(store.get_note(_PRINTS) or "{}", type=dict[str, str])
    except msgspec.DecodeError:
        return {}


def stale(store: Store, texts: Path | None, corrections: Corrections) -> list[str]:
    """Return the articles that were put in under other corrections than may concern them now."""
    found = []
    for article_id, key in sorted(store.keys().items()):
        had = key.partition("+")[2]
        if not corrections.entries:
            wanted = ""
        else:
            article = kept_article(store, article_id, texts)
            # without its text nothing can be extracted again; it is named only when a correction was made on it
            wanted = corrections.version_for(article) if article else had if all(c.article != article_id for c in corrections.entries) else had or "?"
        if wanted != had:
            found.append(article_id)
    return found


def unmatched(store: Store, corrections: Corrections) -> list[str]:
    """Return a line for each correction that met no fact of the store, with what its sentence gives now."""
    met = {q.subject.value for q in store.match(None, RDF_TYPE, rg("Correction")) if isinstance(q.subject, NamedNode)}
    lines = list[str]()
    for correction in corrections.entries:
        if correction_node(correction.id).value in met:
            continue
        if correction.article and store.key_of(correction.article) is None:
            why = f"the store holds no article '{correction.article}'"
        else:
            now = _now(store, correction.article, correction.quote) if correction.article and correction.quote else []
            why = f"the sentence now says: {'; '.join(now)}" if now else "nothing in the store says it there" if correction.verdict != "name" else "no fact has this name"
        lines.append(f"{corrections.path}:{correction.line}: {correction.said} meets nothing: {why}")
    return lines


def _now(store: Store, article_id: str, quote: str) -> list[str]:
    """What the facts that rest on a sentence say."""
    graph = iris.article_graph(article_id)
    passages = [q.subject for q in store.match(None, rg("exact"), Literal(quote), graph)]
    claims = {q.subject for p in passages if isinstance(p, NamedNode) for q in store.match(None, rg("passage"), p, graph)}
    label = NamedNode(iris.PREFIXES["rdfs"] + "label")
    return sorted(q.object.value for c in claims if isinstance(c, NamedNode) for q in store.match(c, label, None, graph) if isinstance(q.object, Literal))
