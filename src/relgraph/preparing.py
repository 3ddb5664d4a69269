"""From Articles to what goes into a store: steps 2 to 5 with the corrections between them, and the shapes, in chunks; pure, so that any process may do it.

In: a chunk of Articles. Out: for each its quads, and what of it broke a shape and is left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import msgspec
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from relgraph.corrections import Corrections, apply, correction_quads
from relgraph.extract import VERSION, extract
from relgraph.graph import facts_to_quads, iris
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import AnyFact, Article, ArticleFacts
from relgraph.shapes import Violation, validate

NO_CORRECTIONS = Corrections()


class Prepared(msgspec.Struct, frozen=True):
    """An article ready for the store.

    Attributes:
        key: What its facts depend on, see `content_key`.
        quads: N-Quads; empty when even without its broken facts the article breaks a shape.
        facts: How many of each type.
        without_state: Whether its facts name no state.
        set_aside: By the id of a fact, or of the article where none of it is in, which shape it breaks.
    """

    article_id: str
    key: str
    quads: bytes
    facts: dict[str, int]
    without_state: bool
    set_aside: dict[str, str]

    def parsed(self) -> list[Quad]:
        """Return the quads."""
        return list(parse(self.quads, format=RdfFormat.N_QUADS))


class _Draft(msgspec.Struct):
    article: Article
    facts: ArticleFacts
    quads: list[Quad]
    corrected: list[Quad] = []
    set_aside: dict[str, str] = {}


def prepare_chunk(
    articles: list[Article], reference: Path | None, lexicon: Path | None, shapes: bool = True, corrections: Corrections = NO_CORRECTIONS, extracted: Path | None = None
) -> list[Prepared]:
    """Do as `prepare`, with the knowledge of these folders: what a process of its own is given."""
    return prepare(articles, load_knowledge(reference, lexicon), shapes=shapes, corrections=corrections, extracted=extracted)


def prepare(articles: Iterable[Article], knowledge: Knowledge, *, shapes: bool = True, corrections: Corrections = NO_CORRECTIONS, extracted: Path | None = None) -> list[Prepared]:
    """Extract each article, lay the corrections over it, make its quads and check them against the shapes.

    Facts that `relgraph extract` has written into the folder `extracted` are taken from there, where they were made of this text with this knowledge.
    """
    drafts = []
    for article in articles:
        said = (extracted and _extracted(article, knowledge, extracted)) or extract(article, knowledge)
        found = apply(article, said, corrections, knowledge.reference)
        corrected = correction_quads(article.id, found.made)
        drafts.append(_Draft(article, found.facts, facts_to_quads(article, found.facts, knowledge.reference) + corrected, corrected))
    if shapes and drafts:
        _set_aside(drafts, knowledge)
    return [_prepared(draft, knowledge, corrections) for draft in drafts]


def content_key(article: Article, knowledge: Knowledge, corrections: Corrections = NO_CORRECTIONS) -> str:
    """Return a hash of all that the article's facts depend on: text, metadata, extractor, reference and the lexicon of its language.

    Where corrections may concern it, '+' and a hash of them follow.
    """
    said = (article.text, article.published, article.publisher, article.url, article.language, article.title, VERSION, knowledge.version_for(article.language))
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:24] + (f"+{version}" if (version := corrections.version_for(article)) else "")


def _extracted(article: Article, knowledge: Knowledge, folder: Path) -> ArticleFacts | None:
    """Return an article's facts from its file in a folder, None where there is none that fits."""
    try:
        found = msgspec.json.decode((folder / f"{article.id}.json").read_bytes(), type=ArticleFacts)
    except (OSError, msgspec.DecodeError):
        return None
    quoted = all(article.text[e.start : e.end] == e.quote for f in (*found.facts, *found.unasserted) for e in f.evidence)
    return found if found.id == article.id and found.key == content_key(article, knowledge) and quoted else None


def _prepared(draft: _Draft, knowledge: Knowledge, corrections: Corrections) -> Prepared:
    said = (*draft.facts.facts, *draft.facts.unasserted)
    return Prepared(
        article_id=draft.article.id, key=content_key(draft.article, knowledge, corrections), quads=serialize(draft.quads, format=RdfFormat.N_QUADS) or b"",
        facts=dict(Counter(_type(f) for f in draft.facts.facts)), without_state=not any(i and i.startswith("state:") for f in said for i in f.ids.values()),
        set_aside=draft.set_aside,
    )  # fmt: skip


def _set_aside(drafts: list[_Draft], knowledge: Knowledge) -> None:
    """Leave out the facts that break a shape. A chunk without a fault costs one call; else each article concerned is looked at alone."""
    nodes = {v.node for v in _violations(q for draft in drafts for q in draft.quads)}
    for draft in drafts:
        if nodes.isdisjoint(_value(q.subject) for q in draft.quads):
            continue
        broken = _broken_facts(draft.quads, _violations(draft.quads))
        kept = tuple(f for f in draft.facts.facts if f.id not in broken)
        unasserted = tuple(f for f in draft.facts.unasserted if f.id not in broken)
        draft.facts = msgspec.structs.replace(draft.facts, facts=kept, unasserted=unasserted)
        draft.quads = facts_to_quads(draft.article, draft.facts, knowledge.reference) + draft.corrected
        draft.set_aside = broken
        rest = _violations(draft.quads)
        if rest:
            draft.set_aside, draft.quads = {draft.article.id: f"{rest[0].message} ({rest[0].node})"}, []


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
