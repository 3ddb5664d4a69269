"""The whole way from inputs to a graph, on one screen: read, recognise, resolve, relate, graph, shapes, store, derive.

Start reading here. Each step is a package of its own that knows none of the later ones.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
from pyoxigraph import BlankNode, NamedNode, Quad, parse

from relgraph.derive import derive, rules_version, update
from relgraph.errors import RelgraphError
from relgraph.extract import VERSION, extract
from relgraph.graph import facts_to_quads, iris, reference_to_quads
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import AnyFact, Article, ArticleFacts
from relgraph.read import read_paths
from relgraph.resources import resource
from relgraph.shapes import Violation, validate
from relgraph.store import BASIS, DERIVED, OxigraphStore

BATCH = 100
"""Articles that are checked against the shapes and written at once."""
_BACKGROUND = "background"


class BuildReport(msgspec.Struct):
    """What a run did.

    `failures` are inputs that could not be read. `set_aside` gives, by the id of a fact, what shape it breaks; the rest of its article is in.
    By the id of an article it says why none of it is. `without_state` are articles whose facts name no state.
    """

    added: list[str] = []
    replaced: list[str] = []
    unchanged: list[str] = []
    failures: list[RelgraphError] = []
    set_aside: dict[str, str] = {}
    without_state: list[str] = []
    facts: dict[str, int] = {}
    quads: int = 0
    seconds: float = 0.0


class _Ready(msgspec.Struct):
    """An article on its way into the store."""

    article: Article
    key: str
    facts: ArticleFacts
    quads: list[Quad]


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
    report, started = BuildReport(), time.monotonic()
    write_background(store, knowledge)
    keys, counts = store.keys(), Counter[str]()
    for batch in _batches(_readable(read_paths(paths), report), BATCH):
        ready: list[_Ready] = []
        for article in batch:
            key = content_key(article, knowledge)
            if keys.get(article.id) == key:
                report.unchanged.append(article.id)
            else:
                facts = extract(article, knowledge)
                ready.append(_Ready(article, key, facts, facts_to_quads(article, facts, knowledge.reference)))
            if progress:
                progress(article.id)
        ready = _sound(ready, knowledge, report)
        if texts is not None:
            for item in ready:
                _keep_text(texts, item.article)
        store.replace_articles((r.article.id, r.quads, r.key) for r in ready)
        for item in ready:
            (report.replaced if item.article.id in keys else report.added).append(item.article.id)
            counts.update(_type(f) for f in item.facts.facts)
            report.quads += len(item.quads)
            if not any(i and i.startswith("state:") for f in (*item.facts.facts, *item.facts.unasserted) for i in f.ids.values()):
                report.without_state.append(item.article.id)
    refresh(store)
    report.facts, report.seconds = dict(sorted(counts.items())), time.monotonic() - started
    return report


def remove(article_ids: Iterable[str], store: OxigraphStore, *, texts: Path | None = None) -> None:
    """Take articles out of a store and derive anew. Raises StoreError for an id that it doesn't hold."""
    for article_id in article_ids:
        store.remove_article(article_id)
        if texts is not None:
            (texts / f"{article_id}.txt").unlink(missing_ok=True)
    refresh(store)


def refresh(store: OxigraphStore) -> None:
    """Derive what changed articles, reference, decisions or rules make necessary, also when an earlier run was killed before it could.

    Changed articles alone cost what they and their neighbours cost; after anything else all is derived anew.
    """
    version = rules_version()
    if store.get_note(DERIVED) == version:
        return
    sound = store.get_note(BASIS) == version
    store.set_note(BASIS, None)  # a run that is killed half way leaves no basis to go on from
    if sound:
        update(store, store.touched())
    else:
        derive(store)
    store.forget_touched()
    store.set_note(BASIS, version)
    store.set_note(DERIVED, version)


def write_background(store: OxigraphStore, knowledge: Knowledge) -> None:
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


def _sound(ready: list[_Ready], knowledge: Knowledge, report: BuildReport) -> list[_Ready]:
    """Return the articles whose graphs keep to the shapes; facts that break one are left out and reported.

    A batch without a fault costs one call; else each article concerned is looked at alone.
    """
    if not ready:
        return []
    nodes = {v.node for v in _violations(q for item in ready for q in item.quads)}
    sound = []
    for item in ready:
        if nodes.isdisjoint(_value(q.subject) for q in item.quads):
            sound.append(item)
            continue
        broken = _broken_facts(item.quads, _violations(item.quads))
        kept = tuple(f for f in item.facts.facts if f.id not in broken)
        unasserted = tuple(f for f in item.facts.unasserted if f.id not in broken)
        facts = msgspec.structs.replace(item.facts, facts=kept, unasserted=unasserted)
        quads = facts_to_quads(item.article, facts, knowledge.reference)
        rest = _violations(quads)
        if rest:
            report.set_aside[item.article.id] = f"{rest[0].message} ({rest[0].node})"
            continue
        report.set_aside.update(broken)
        sound.append(_Ready(item.article, item.key, facts, quads))
    return sound


def _violations(quads: Iterable[Quad]) -> list[Violation]:
    return [v for v in validate(quads) if v.severity == "Violation"]


def _broken_facts(quads: Iterable[Quad], violations: Iterable[Violation]) -> dict[str, str]:
    """Return the ids of the facts whose claims are broken, or lead to a broken node within two steps, each with what is wrong.

    Two steps: claim to event to place, claim to tenure to office, claim to passage.
    """
    messages = {v.node: v.message for v in reversed(list(violations))}
    start, near = iris.node("claim", "x")[:-1], {iris.term(name) for name in ("asserts", "involves", "passage", "accordingTo")}
    objects: dict[str, list[str]] = defaultdict(list)
    claims: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        subject, value = _value(quad.subject), _value(quad.object)
        if not subject.startswith(start):
            # A meeting outlives the visit that it is said to be part of.
            if quad.predicate.value != iris.term("partOfEvent"):
                objects[subject].append(value)
        elif quad.predicate.value in near:
            claims[subject].append(value)
        else:
            claims[subject] += ()
    found = {}
    for claim, nodes in claims.items():
        node = next((n for n in (claim, *nodes, *(o for n in nodes for o in objects[n])) if n in messages), None)
        if node is not None:
            found[unquote(claim.removeprefix(start))] = f"{messages[node]} ({node})"
    return found


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _type(fact: AnyFact) -> str:
    return str(type(fact).__struct_config__.tag)


def _keep_text(folder: Path, article: Article) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{article.id}.new"
    temporary.write_text(article.text, "utf-8")
    temporary.replace(folder / f"{article.id}.txt")
