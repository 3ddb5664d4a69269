"""The whole way from inputs to a graph, on one screen: read, recognise, resolve, relate, graph, shapes, store, derive.

Start reading here. Each step is a package of its own that knows none of the later ones.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from pyoxigraph import NamedNode, Quad, parse

from relgraph.derive import derive
from relgraph.errors import RelgraphError
from relgraph.extract import VERSION, extract
from relgraph.graph import facts_to_quads, iris, reference_to_quads
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import Article
from relgraph.read import read_paths
from relgraph.resources import resource
from relgraph.shapes import validate
from relgraph.store import OxigraphStore

BATCH = 200
"""Articles whose graphs are checked against the shapes at once."""


class BuildReport(msgspec.Struct):
    """What a run did. `failures` are inputs that could not be read; `set_aside` articles whose graphs break a shape."""

    added: list[str] = []
    replaced: list[str] = []
    unchanged: list[str] = []
    failures: list[RelgraphError] = []
    set_aside: dict[str, str] = {}
    without_state: list[str] = []
    facts: dict[str, int] = {}
    seconds: float = 0.0


def build(paths: Iterable[str], store: OxigraphStore, *, knowledge: Knowledge | None = None, texts: Path | None = None,
          progress: Callable[[str], None] | None = None) -> BuildReport:  # fmt: skip
    """Add or replace articles in a store, then derive. Never removes.

    Args:
        paths: Files, folders, globs, or '-' for standard input.
        store: Open for writing.
        knowledge: The reference and lexicons; the shipped ones by default.
        texts: Where the full texts are kept; nowhere when None.
        progress: Called with each article's id.
    """
    knowledge = knowledge or load_knowledge()
    report, started = BuildReport([], [], [], [], {}, [], {}), time.monotonic()
    write_background(store, knowledge)
    keys, facts = store.keys(), Counter[str]()
    changed = False
    for batch in _batches(_readable(read_paths(paths), report), BATCH):
        waiting: list[tuple[Article, str, list[Quad]]] = []
        for article in batch:
            key = content_key(article, knowledge)
            if keys.get(article.id) == key:
                report.unchanged.append(article.id)
                continue
            found = extract(article, knowledge)
            facts.update(str(type(f).__struct_config__.tag) for f in found.facts)
            if not any(i and i.startswith("state:") for f in found.facts for i in f.ids.values()):
                report.without_state.append(article.id)
            waiting.append((article, key, facts_to_quads(article, found, knowledge.reference)))
            if progress:
                progress(article.id)
        broken = _broken(waiting)
        for article, key, quads in waiting:
            if article.id in broken:
                report.set_aside[article.id] = broken[article.id]
                continue
            if texts is not None:
                _keep_text(texts, article)
            store.replace_article(article.id, quads, key)
            (report.replaced if article.id in keys else report.added).append(article.id)
            changed = True
    refresh(store, force=changed)
    report.facts, report.seconds = dict(sorted(facts.items())), time.monotonic() - started
    return report


def remove(article_ids: Iterable[str], store: OxigraphStore, *, texts: Path | None = None) -> None:
    """Take articles out of a store and derive anew. Raises StoreError for an id that it doesn't hold."""
    for article_id in article_ids:
        store.remove_article(article_id)
        if texts is not None:
            (texts / f"{article_id}.txt").unlink(missing_ok=True)
    refresh(store, force=True)


def refresh(store: OxigraphStore, *, force: bool = False) -> None:
    """Derive when the articles have changed since it was last done, also when an earlier run was killed before it could."""
    state = hashlib.sha256(repr(sorted(store.keys().items())).encode() + (store.get_note("background") or "").encode()).hexdigest()[:16]
    if force or store.get_note("derived") != state:
        derive(store)
        store.set_note("derived", state)


def write_background(store: OxigraphStore, knowledge: Knowledge) -> None:
    """Write reference, ontology and vocabularies when they are missing or have changed."""
    files = sorted([resource("ontology", "relgraph.ttl"), *resource("ontology", "vocabularies").glob("*.ttl")])
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:16]
    version = f"{knowledge.reference.content_hash}-{digest}"
    if store.get_note("background") == version:
        return
    store.replace_graph(iris.REFERENCE, reference_to_quads(knowledge.reference))
    graph = NamedNode(iris.ONTOLOGY)
    store.replace_graph(iris.ONTOLOGY, [Quad(t.subject, t.predicate, t.object, graph) for p in files for t in parse(path=str(p)) if "BlankNode" not in repr(t)])
    store.set_note("background", version)


def content_key(article: Article, knowledge: Knowledge) -> str:
    """Return a hash of all that the article's facts depend on: text, metadata, extractor, lexicon and reference."""
    said = (article.text, article.published, article.publisher, article.url, article.language, article.title, VERSION, knowledge.version)
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:24]


def _readable(items: Iterable[Article | RelgraphError], report: BuildReport) -> Iterator[Article]:
    for item in items:
        if isinstance(item, Article):
            yield item
        else:
            report.failures.append(item)


def _batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _broken(waiting: list[tuple[Article, str, list[Quad]]]) -> dict[str, str]:
    """Return the articles whose graphs break a shape, with the first message; a batch without any costs one call."""
    if not waiting or not any(v.severity == "Violation" for v in validate(q for _, _, quads in waiting for q in quads)):
        return {}
    found = {}
    for article, _, quads in waiting:
        problem = next((v for v in validate(quads) if v.severity == "Violation"), None)
        if problem is not None:
            found[article.id] = f"{problem.message} ({problem.node})"
    return found


def _keep_text(folder: Path, article: Article) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{article.id}.new"
    temporary.write_text(article.text, "utf-8")
    temporary.replace(folder / f"{article.id}.txt")
