"""Step 7: what needs more than one article: reprints, occurrences, rules, names of one thing, contradictions.

All of it stands in graphs of its own and follows from the articles, the reference and the decisions alone: `update` after any sequence of
changes gives what `derive` gives from nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import NamedNode

from relgraph.derive.contradict import REFERENCE_BLOCK, find_contradictions
from relgraph.derive.decisions import load_decisions, read_decisions
from relgraph.derive.fusion import Fusion
from relgraph.derive.held import article_nodes, blocks_of, is_person
from relgraph.derive.index import Index
from relgraph.derive.naming import link_names
from relgraph.derive.reprints import Reprints
from relgraph.derive.rule import fusion_rule
from relgraph.derive.rules import Rule, infer_all, infer_for, load_rules, rule_files
from relgraph.graph import iris
from relgraph.graph.terms import rg
from relgraph.resources import resource
from relgraph.store import Store

__all__ = ["derive", "read_decisions", "rules_version", "update"]

_CLAIM, _TREATY = iris.node("claim", "x")[:-1], iris.node("treaty", "x")[:-1]
_TOLD, _PART = ("event", "occurrence"), 2000
VERSION = "3"
"""Changes when the same articles may give other occurrences or inferences though no rule file has changed."""


def derive(store: Store) -> None:
    """Make everything that is derived anew, from nothing."""
    for graph in (iris.OCCURRENCES, iris.INFERRED):
        store.replace_graph(graph, ())
    Index(store).clear()
    _run(store, {iris.article(a) for a in store.keys()}, whole=True)  # noqa: SIM118 (a method, no mapping)


def update(store: Store, article_ids: Iterable[str]) -> None:
    """Bring what is derived up to date after some articles were added, replaced or removed; costs what they and their neighbours cost."""
    _run(store, {iris.article(a) for a in article_ids}, whole=False)


def rules_version() -> str:
    """Return a hash of all that derived graphs depend on besides what the store holds."""
    said = [VERSION, *(path.read_text("utf-8") for path in [*rule_files(), *sorted(resource("data", "fusion").glob("*.yaml"))])]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


def _run(store: Store, articles: set[str], *, whole: bool) -> None:
    index, rule, decisions = Index(store), fusion_rule(), load_decisions(store)
    early = [r for r in load_rules() if r.focus == "event"]
    late = [r for r in load_rules() if r.focus != "event"]
    held = {a: article_nodes(store, a) for a in articles}
    nodes = {n for found in held.values() for n in found} | {n for a in articles for n in index.held(a)}
    events = {n for n in nodes if n.startswith(iris.node("event", "x")[:-1])}
    _infer(store, early, {"event": events}, whole=whole)
    before = {n: index.blocks(n) for n in nodes}
    after = {n: blocks_of(store, n, rule) for n in nodes}
    known = {n for n in nodes if is_person(n) and any(index.holders(n))}
    index.write(held, after)
    dirty = {key for keys in (*before.values(), *after.values()) for key in keys}

    reprinted = Reprints(store, index).link(articles)
    fusion = Fusion(store, index, rule, decisions)
    seeds = {n for key in dirty if key.startswith("event|") for n in fusion.standing(key)} | events | {n for a in reprinted for n in index.held(a)}
    occurrences = fusion.run(seeds, {e for e in events if fusion.report(e) is None})
    occurrences |= {o for e in events if (o := fusion.occurrence(e))}
    fusion.fulfil(occurrences)
    # whom one article calls a person is one wherever others name him
    persons = {n for n in nodes if is_person(n) and (n in known) != any(index.holders(n))}
    occurrences |= {q.subject.value for n in persons for q in store.match(None, rg("participant"), NamedNode(n), iris.OCCURRENCES)}  # type: ignore[union-attr]
    changed = {kind: {n for n in nodes if n.startswith(iris.node(kind, "x")[:-1])} for kind in ("membership", "body", "relation")}
    _infer(store, late, {**changed, "occurrence": occurrences}, whole=whole)

    near = {key for o in occurrences for e in fusion.members(o) for key in index.blocks(e)} | {key for key in dirty if key.startswith("event|")}
    claims = {n for key in near for n in fusion.standing(key) if n.startswith(_CLAIM)} | {n for n in nodes if n.startswith(_CLAIM)}
    blocks = {key for key in dirty if key.startswith(("office|", "figure|"))} | {f"denial|{c}" for c in claims}
    named = link_names(store, index, {key for key in dirty if key.startswith("name|")}, decisions)
    blocks |= {f"treaty|{n}" for n in nodes | named if n.startswith(_TREATY)} | ({REFERENCE_BLOCK} if whole else set())
    find_contradictions(fusion, index, blocks)


def _infer(store: Store, rules: list[Rule], changed: dict[str, set[str]], *, whole: bool) -> None:
    """Apply rules. Those on what articles tell go by parts, since a join over all articles at once is slower than linear."""
    if not whole:
        infer_for(store, rules, changed)
        return
    told = [r for r in rules if r.focus in _TOLD]
    for rule in told:
        foci = sorted(changed.get(rule.focus, ()))
        for start in range(0, len(foci), _PART):
            infer_for(store, [rule], {rule.focus: set(foci[start : start + _PART])}, anew=True)
    infer_all(store, [r for r in rules if r not in told])
