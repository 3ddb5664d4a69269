"""The whole way from inputs to a graph, on one screen: read, recognise, resolve, relate, correct, graph, shapes, store, derive.

Start reading here. Each step is a package of its own that knows none of the later ones.
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from pyoxigraph import BlankNode, NamedNode, Quad, parse

from relgraph.corrections import Corrections
from relgraph.derive import derive, rules_version, update
from relgraph.errors import KnowledgeError, RelgraphError
from relgraph.graph import iris, reference_to_quads
from relgraph.keeping import kept_articles, prints_of, remember_prints, stale, unmatched
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import Article
from relgraph.parallel import spread
from relgraph.preparing import NO_CORRECTIONS, Prepared, content_key, prepare, prepare_chunk
from relgraph.read import read_paths
from relgraph.resources import resource
from relgraph.store import BASIS, DERIVED, Store

BATCH = 100
"""Articles that are checked against the shapes and written at once."""
_BACKGROUND, _CORRECTED, _MIXED = "background", "corrected", "mixed"
"""Notes of the store; 'mixed': some articles are corrected as one file says, some as another."""


class BuildReport(msgspec.Struct):
    """What a run did.

    `failures` are inputs that could not be read. `set_aside` gives, by the id of a fact, what shape it breaks; the rest of its article is in.
    By the id of an article it says why none of it is. `without_state` are articles whose facts name no state. `unmatched` says which corrections met
    no fact.
    """

    added: list[str] = []
    replaced: list[str] = []
    unchanged: list[str] = []
    failures: list[RelgraphError] = []
    set_aside: dict[str, str] = {}
    without_state: list[str] = []
    unmatched: list[str] = []
    facts: dict[str, int] = {}
    quads: int = 0
    seconds: float = 0.0


def build(paths: Iterable[str], store: Store, **options: Any) -> BuildReport:
    """Read files, folders, globs, or '-' for standard input, and do with their articles as `add_articles` does; `options` are its."""
    return add_articles(read_paths(paths), store, **options)


def add_articles(items: Iterable[Article | RelgraphError], store: Store, *, knowledge: Knowledge | None = None, texts: Path | None = None, corrections: Corrections = NO_CORRECTIONS,
                 progress: Callable[[str], None] | None = None, jobs: int | None = 1, scheduler: str | None = None, shapes: bool = True, extracted: Path | None = None) -> BuildReport:  # fmt: skip
    """Add or replace articles in a store, then derive. Never removes.

    A run that is interrupted loses nothing that it has written; the next one skips what is there unchanged.

    Args:
        items: Articles, and errors in the stead of those that can't be read.
        store: Open for writing.
        knowledge: The reference and lexicons; the shipped ones by default.
        texts: Where the full texts are kept; nowhere when None.
        corrections: Laid over what is extracted; what the store holds is extracted again from the texts where they ask for it.
        progress: Called with each article's id.
        jobs: Processes that extract and check; None is one for each core. More than one need knowledge of `load_knowledge`.
        scheduler: The address of a Dask scheduler, instead of processes of this machine.
        shapes: Whether graphs are checked against the shapes.
        extracted: A folder that `relgraph extract` wrote: facts that are there and still hold are not extracted again.
    """
    knowledge = knowledge or load_knowledge()
    report, started = BuildReport(), time.monotonic()
    write_background(store, knowledge)
    held, counts = set[str](), Counter[str]()
    corrections = prints_of(store, corrections)
    if store.get_note(_CORRECTED) != corrections.state:
        store.set_note(_CORRECTED, _MIXED)  # until this run is through
    fresh = _changed(_readable(items, report), store, held, knowledge, corrections, report, progress)
    alone = jobs == 1 and scheduler is None
    step = functools.partial(prepare, knowledge=knowledge, shapes=shapes, corrections=corrections, extracted=extracted) if alone else functools.partial(prepare_chunk, reference=knowledge.origin[0], lexicon=knowledge.origin[1], shapes=shapes, corrections=corrections, extracted=extracted)
    for chunk, prepared in spread(step, _batches(fresh, BATCH), jobs=jobs, scheduler=scheduler):
        sound = [p for p in prepared if p.quads]
        for article, item in zip(chunk, prepared, strict=True):
            _check_key(article, item, knowledge, corrections)
            report.set_aside.update(item.set_aside)
            if texts is not None and item.quads:
                _keep_text(texts, article)
        store.replace_articles((p.article_id, p.parsed(), p.key) for p in sound)
        for item in sound:
            (report.replaced if item.article_id in held else report.added).append(item.article_id)
            counts.update(item.facts)
            report.quads += item.quads.count(b"\n")
            if item.without_state:
                report.without_state.append(item.article_id)
        if progress:
            for article in chunk:
                progress(article.id)
    correct_kept(store, report, knowledge, corrections, texts=texts, shapes=shapes)
    refresh(store)
    store.publish()
    report.facts, report.seconds = dict(sorted(counts.items())), time.monotonic() - started
    return report


def correct_kept(store: Store, report: BuildReport, knowledge: Knowledge, corrections: Corrections, *, texts: Path | None, shapes: bool = True) -> None:
    """Extract again, from the kept texts, what the corrections concern otherwise than when it was put in; then say which of them met nothing."""
    corrections = prints_of(store, corrections)  # once more: what a reprint repeats may have come after it
    remember_prints(store, corrections)
    state = corrections.state
    kept = [] if store.get_note(_CORRECTED) == state else stale(store, texts, corrections)
    for batch in _batches(_readable(kept_articles(store, kept, texts), report), BATCH):
        prepared = prepare(batch, knowledge, shapes=shapes, corrections=corrections)
        for item in prepared:
            report.set_aside.update(item.set_aside)
            (report.replaced if item.article_id not in (*report.added, *report.replaced) else []).append(item.article_id)
        store.replace_articles((p.article_id, p.parsed(), p.key) for p in prepared if p.quads)
    if store.get_note(_CORRECTED) != state:
        store.set_note(_CORRECTED, state)
    report.unchanged = [name for name in report.unchanged if name not in set(report.replaced)]
    report.unmatched = unmatched(store, corrections)


def remove(article_ids: Iterable[str], store: Store, *, texts: Path | None = None) -> None:
    """Take articles out of a store and derive anew. Raises StoreError for an id that it doesn't hold."""
    for article_id in article_ids:
        store.remove_article(article_id)
        if texts is not None:
            (texts / f"{article_id}.txt").unlink(missing_ok=True)
    refresh(store)
    store.publish()


def refresh(store: Store) -> None:
    """Derive what changed articles, reference, decisions or rules make necessary, also when an earlier run was killed before it could.

    Changed articles alone cost what they and their neighbours cost; after anything else all is derived anew.
    """
    version = rules_version()
    if store.get_note(DERIVED) == version:
        return
    with store.local() as here:
        sound = here.get_note(BASIS) == version
        here.set_note(BASIS, None)  # a run that is killed half way leaves no basis to go on from
        if sound:
            update(here, here.touched())
        else:
            derive(here)
        here.forget_touched()
        here.set_note(BASIS, version)
        here.set_note(DERIVED, version)


def write_background(store: Store, knowledge: Knowledge) -> None:
    """Write reference, ontology and vocabularies when they are missing or have changed."""
    files = sorted([resource("ontology", "relgraph.ttl"), *resource("ontology", "vocabularies").glob("*.ttl")])
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:16]
    version = f"{knowledge.reference.content_hash}-{digest}"
    if store.get_note(_BACKGROUND) == version:
        return
    store.set_note(_BACKGROUND, None)  # if this run is killed between the two graphs, the next one writes both
    store.replace_graph(iris.REFERENCE, reference_to_quads(knowledge.reference))
    graph = NamedNode(iris.ONTOLOGY)
    # OWL's own structures (lists, disjointness) hang on blank nodes, which have no name to take them back by; nobody asks the store for them
    triples = (t for p in files for t in parse(path=str(p)) if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode))
    store.replace_graph(iris.ONTOLOGY, [Quad(t.subject, t.predicate, t.object, graph) for t in triples])
    store.set_note(_BACKGROUND, version)


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


def _changed(articles: Iterable[Article], store: Store, held: set[str], knowledge: Knowledge, corrections: Corrections, report: BuildReport, progress: Callable[[str], None] | None) -> Iterator[Article]:
    """Pass on what the store doesn't hold as it is; the ids of those that it holds otherwise go into `held`."""
    for article in articles:
        key = store.key_of(article.id)
        if key is not None:
            held.add(article.id)
        if key == content_key(article, knowledge, corrections):
            report.unchanged.append(article.id)
            if progress:
                progress(article.id)
        else:
            yield article


def _check_key(article: Article, item: Prepared, knowledge: Knowledge, corrections: Corrections) -> None:
    """Refuse what was made with other knowledge: a cluster's workers may have another version or other files."""
    if item.key != content_key(article, knowledge, corrections):
        raise KnowledgeError("a worker has another version of relgraph, or another reference or lexicon, than this machine", hint="install the same version and the same files on every worker")


def _keep_text(folder: Path, article: Article) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{article.id}.new"
    temporary.write_text(article.text, "utf-8")
    temporary.replace(folder / f"{article.id}.txt")
