"""Treaties and bodies that articles name in their own words, linked to the one they mean.

Compared are the names of one class and one group of parties: with the entries of the reference first, then with each other. What is likely
but not sure is written as an unclear match, for a person to decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.derive.clusters import Decisions, pair
from relgraph.derive.index import Index
from relgraph.derive.names import Days, Name, NameRule, likeness, name_rule, parsed
from relgraph.derive.occurrences import match_quads
from relgraph.derive.reading import concept, days, label, nodes
from relgraph.graph import iris
from relgraph.graph.terms import ALT_LABEL, LABEL, Builder, rg, text
from relgraph.store import Store

RULE = "name"
_CLASSES = {"treaty": "party", "body": "bodyMember"}


class _Known(msgspec.Struct, frozen=True):
    """A treaty or body with all its names and the days of its signing."""

    iri: str
    names: tuple[Name, ...]
    signed: Days | None

    @property
    def content(self) -> float:
        return max(n.content for n in self.names)


def name_block(store: Store, node: str) -> set[str]:
    """Return the block of a treaty or body that the reference doesn't hold: class, parties and the years of its name.

    A programme for other years is another one, and a pair makes new ones every year. None without two parties.
    """
    kind, _, slug = node.removeprefix(iris.PREFIXES["id"]).partition("/")
    if kind not in _CLASSES or not slug.startswith("x-"):
        return set()
    parties = sorted(nodes(store, node, _CLASSES[kind]))
    years = "-".join(sorted(parsed(label(store, node), (), name_rule()).years))
    return {f"name|{kind}|{'+'.join(p.rsplit('/', 1)[-1] for p in parties)}|{years}"} if len(parties) >= 2 else set()


def link_names(store: Store, index: Index, blocks: Iterable[str], decisions: Decisions) -> set[str]:
    """Link the names of some blocks anew; return the nodes that names were or are linked to."""
    old, new = set[Quad](), set[Quad]()
    made: dict[str, set[str]] = {}
    verb, graph = rg("identifiedAs"), iris.INFERRED
    for block in sorted(blocks):
        key = f"made|{block}"
        for node in index.nodes(key):
            made.setdefault(node, set())
            old |= set(store.match(NamedNode(node), None, None, graph))
            # the link itself hangs on a name, which has blocks of its own; its inference knows it
            for name in nodes(store, node, "inferredSubject", graph):
                old |= set(store.match(NamedNode(name), verb, None, graph))
        for quad in _linked(store, sorted(index.nodes(block)), decisions):
            new.add(quad)
            if quad.predicate != verb:
                made.setdefault(quad.subject.value, set()).add(key)  # type: ignore[union-attr]
    store.change_derived(old - new, new - old)
    index.write({}, made)
    return {q.object.value for q in old | new if q.predicate == verb}  # type: ignore[union-attr]


def _linked(store: Store, unknown: list[str], decisions: Decisions) -> Iterator[Quad]:
    rule = name_rule()
    known = [_read(store, k, rule) for k in _of_reference(store, unknown)]
    own = sorted((_read(store, u, rule) for u in unknown), key=lambda k: (-k.content, k.iri))
    heads: list[_Known] = []
    for name in own:
        found = _best(name, known, decisions, rule) or _best(name, heads, decisions, rule)
        if found is None:
            heads.append(name)
            continue
        target, score, verdict = found
        if verdict == "same":
            yield from _identified(name.iri, target, score, decisions)
        else:
            heads.append(name)
            yield from match_quads(name.iri, target, score, "unclear", iris.INFERRED, RULE)


def _best(name: _Known, others: list[_Known], decisions: Decisions, rule: NameRule) -> tuple[str, float, str] | None:
    """Return what a name means most likely with its score and verdict, None when nothing comes near."""
    scores = []
    for other in others:
        both = pair(name.iri, other.iri)
        if both in decisions.same:
            return other.iri, 1.0, "same"
        if both not in decisions.different:
            scores.append((max(likeness(a, b, rule, dates=(name.signed, other.signed)) for a in name.names for b in other.names), other.iri))
    if not scores:
        return None
    ranked = sorted(scores, key=lambda s: (-s[0], s[1]))
    score, target = ranked[0]
    leads = len(ranked) == 1 or score - ranked[1][0] >= rule.limits.margin
    if leads and (score == 1.0 or (score >= rule.limits.same and name.content >= rule.least_content)):
        return target, score, "same"
    return (target, score, "unclear") if score >= rule.limits.unclear else None


def _identified(name: str, target: str, score: float, decisions: Decisions) -> Iterator[Quad]:
    graph = NamedNode(iris.INFERRED)
    yield Quad(NamedNode(name), rg("identifiedAs"), NamedNode(target), graph)
    out = Builder(iris.INFERRED)
    inference = NamedNode(iris.node("inference", hashlib.sha256(f"{RULE} {name}".encode()).hexdigest()[:16]))
    out.kind(inference, "Inference")
    out.add(inference, "rule", text("decision" if pair(name, target) in decisions.same else RULE))
    out.add(inference, "inferredSubject", NamedNode(name))
    out.add(inference, "inferredPredicate", rg("identifiedAs"))
    out.add(inference, "inferredObject", NamedNode(target))
    out.add(inference, "premise", NamedNode(name), NamedNode(target))
    yield from out.quads()
    if pair(name, target) not in decisions.same:
        yield from match_quads(name, target, score, "same", iris.INFERRED, RULE)


def _of_reference(store: Store, unknown: list[str]) -> list[str]:
    """Return the entries of the reference of the same class and parties."""
    if not unknown:
        return []
    verb = _CLASSES[unknown[0].removeprefix(iris.PREFIXES["id"]).partition("/")[0]]
    parties = nodes(store, unknown[0], verb)
    near = {q.subject.value for q in store.match(None, rg(verb), NamedNode(min(parties)), iris.REFERENCE)}  # type: ignore[union-attr]
    return sorted(n for n in near if nodes(store, n, verb, iris.REFERENCE) == parties)


def _read(store: Store, iri: str, rule: NameRule) -> _Known:
    kind = iri.removeprefix(iris.PREFIXES["id"]).partition("/")[0]
    parties = tuple(label(store, p) for p in sorted(nodes(store, iri, _CLASSES[kind])))
    told = [q.object for verb in (LABEL, ALT_LABEL) for q in store.match(NamedNode(iri), verb, None) if isinstance(q.object, Literal)]
    names = sorted({v.value for v in told if v.language in ("en", None)})
    signed = (days(store, s) for s in sorted(nodes(store, iri, "step")) if any(concept(x) == "signed" for x in nodes(store, s, "stepStatus")))
    return _Known(iri, tuple(parsed(n, parties, rule) for n in names or [iri.rsplit("/", 1)[-1]]), next((s for s in signed if s), None))
