"""The rules of ontology/rules: SPARQL CONSTRUCTs whose conclusions know their rule and premises.

Each rule hangs on one node, its focus, that is among the premises. A line that ends in `#? focus` stays only when the rule is run for some
foci alone; so a change costs what the changed nodes cost. A conclusion stays as long as one inference gives it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from pyoxigraph import NamedNode, Quad

from relgraph.errors import KnowledgeError
from relgraph.graph import iris
from relgraph.graph.terms import rg
from relgraph.resources import resource
from relgraph.store import Store

_HEAD = re.compile(r"^# (title|rule|focus|touches): *(.+)$", re.MULTILINE)
_FOCUS_LINE = re.compile(r"#\? focus\s*$")
_SUBJECT, _PREDICATE, _OBJECT = rg("inferredSubject"), rg("inferredPredicate"), rg("inferredObject")
_PREMISE, _RULE = rg("premise"), rg("rule")
_AT_ONCE, CHUNK = 100, 50_000


class Rule(msgspec.Struct, frozen=True):
    """One rule. `focus` is the class of its focus in lower case; `touches` a pattern from `?changed` to more foci that it touches."""

    id: str
    title: str
    focus: str
    touches: str
    sparql: str


@functools.lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """Return the shipped rules in the order of their files; raises KnowledgeError for a head that lacks a line."""
    return tuple(_read(path) for path in rule_files())


def rule_files() -> list[Path]:
    """Return the files of the rules, in order."""
    return sorted(resource("ontology", "rules").glob("*.rq"))


def _read(path: Path) -> Rule:
    text = path.read_text("utf-8")
    head = dict(_HEAD.findall(text))
    if missing := {"title", "rule", "focus"} - set(head):
        raise KnowledgeError(f"the rule lacks '# {min(missing)}: ...'", path=str(path), line=1)
    return Rule(head["rule"], head["title"], head["focus"], head.get("touches", ""), text)


def infer_all(store: Store, rules: Iterable[Rule]) -> None:
    """Apply rules to the whole store until nothing new follows; for rules whose foci are the reference's, which does not grow with the articles."""
    rules, news = list(rules), True
    while news:
        news = False
        for rule in rules:
            conclusions = iter(_conclusions(store, rule, None))
            while part := list(itertools.islice(conclusions, CHUNK)):
                fresh = {q for q in part if not any(store.match(q.subject, q.predicate, q.object, iris.INFERRED))}  # type: ignore[arg-type]
                store.change_derived((), fresh)
                news = news or bool(fresh)


def infer_for(store: Store, rules: Iterable[Rule], changed: Mapping[str, set[str]], *, anew: bool = False) -> None:
    """Bring the conclusions of rules up to date for the nodes that changed, given by class in lower case.

    Args:
        store: Its inferred graph holds what followed before the change.
        rules: In order; a rule may build on those before it.
        changed: Nodes that are new, changed or gone.
        anew: Whether nothing has followed from these nodes yet, so that nothing is looked for.
    """
    for rule in rules:
        foci = changed.get(rule.focus, set()) | _touched(store, rule, changed)
        if not foci:
            continue
        old = set[Quad]() if anew else {q for focus in foci for q in _inferences(store, rule, focus)}
        new = set(_conclusions(store, rule, foci))
        gone = old - new
        lost = {statement for q in gone if (statement := _statement(store, q)) is not None and statement not in new}
        nodes: set[object] = {q.subject for q in gone}
        gone |= {s for s in lost if not _supported(store, s, nodes)}
        store.change_derived(gone, new - old)


def _conclusions(store: Store, rule: Rule, foci: set[str] | None) -> Iterable[Quad]:
    graph = NamedNode(iris.INFERRED)
    if foci is None:
        # the comment of each optional line goes with it
        text = "\n".join(line for line in rule.sparql.split("\n") if not _FOCUS_LINE.search(line))
        for triple in store.query(text):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
        return
    ordered = sorted(foci)
    for start in range(0, len(ordered), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in ordered[start : start + _AT_ONCE])
        for triple in store.query(rule.sparql.replace("$focus", values)):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _touched(store: Store, rule: Rule, changed: Mapping[str, set[str]]) -> set[str]:
    nodes = changed.get(rule.focus, set())
    if not rule.touches or not nodes:
        return set()
    values = " ".join(f"<{iri}>" for iri in sorted(nodes))
    return {row["focus"].value for row in store.query(f"SELECT DISTINCT ?focus WHERE {{ VALUES ?changed {{ {values} }} {rule.touches} }}")}


def _inferences(store: Store, rule: Rule, focus: str) -> Iterable[Quad]:
    """Yield the quads of the inferences that a rule drew from a focus."""
    for said in store.match(None, _PREMISE, NamedNode(focus), iris.INFERRED):
        quads = list(store.match(said.subject, None, None, iris.INFERRED))  # type: ignore[arg-type]
        if any(q.predicate == _RULE and q.object.value == rule.id for q in quads):  # type: ignore[union-attr]
            yield from quads


def _statement(store: Store, quad: Quad) -> Quad | None:
    """Return the statement that an inference gives, asked by the quad that names its subject."""
    if quad.predicate != _SUBJECT:
        return None
    verb = next(store.match(quad.subject, _PREDICATE, None, iris.INFERRED)).object  # type: ignore[arg-type]
    value = next(store.match(quad.subject, _OBJECT, None, iris.INFERRED)).object  # type: ignore[arg-type]
    return Quad(quad.object, verb, value, NamedNode(iris.INFERRED))  # type: ignore[arg-type]


def _supported(store: Store, statement: Quad, but: set[object]) -> bool:
    """Whether an inference other than the given ones gives a statement."""
    for said in store.match(None, _SUBJECT, statement.subject, iris.INFERRED):  # type: ignore[arg-type]
        node: NamedNode = said.subject  # type: ignore[assignment]
        if node not in but and any(store.match(node, _OBJECT, statement.object, iris.INFERRED)) and any(store.match(node, _PREDICATE, statement.predicate, iris.INFERRED)):  # type: ignore[arg-type]
            return True
    return False
