"""What people decided: a text file of pairs that are the same or not the same, and its graph. It wins over every rule and survives every run.

    - same: [kz-talks-event-0123456789, ria-talks-event-9876543210]
      why: both papers report the talks of 9 October
    - different: [treaty:x-border-agreement--kyrgyzstan-uzbekistan, treaty:kg-uz-border-2022]

Facts are named by their ids as answers show them, treaties, bodies and other entities by theirs, articles as 'article:ID'; whole IRIs do, too.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import yaml
from pyoxigraph import NamedNode, Quad

from relgraph.derive.clusters import Decisions, Pair, pair
from relgraph.errors import KnowledgeError
from relgraph.graph import iris
from relgraph.graph.terms import Builder, text
from relgraph.store import Store

_NOTE = NamedNode(iris.PREFIXES["skos"] + "note")


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    same: tuple[str, str] | None = None
    different: tuple[str, str] | None = None
    why: str = ""


def read_decisions(path: Path) -> list[Quad]:
    """Return a file's decisions as quads of the graph of decisions.

    Raises:
        KnowledgeError: Not readable, not YAML, or an entry is wrong or contradicts another; names the file and, where YAML tells it, the line.
    """
    try:
        entries = msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or [], list[_Entry])
    except OSError as error:
        raise KnowledgeError(f"can't be read: {error.strerror}", path=str(path)) from error
    except (yaml.MarkedYAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise KnowledgeError("isn't valid YAML", path=str(path), line=mark.line + 1 if mark else None) from error
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"is wrong: {error}", path=str(path), hint="an entry reads '- same: [one, other]' or '- different: [one, other]'") from error
    out, seen = Builder(iris.DECISIONS), dict[Pair, str]()
    for number, entry in enumerate(entries, 1):
        if (entry.same is None) == (entry.different is None):
            raise KnowledgeError(f"entry {number} needs either 'same' or 'different'", path=str(path))
        verdict = "same" if entry.same else "different"
        one, other = (node_of(name) for name in entry.same or entry.different or ())
        both = pair(one, other)
        if one == other or seen.setdefault(both, verdict) != verdict:
            raise KnowledgeError(f"entry {number} {'names one thing twice' if one == other else 'contradicts an earlier one'}", path=str(path))
        node = NamedNode(iris.node("decision", hashlib.sha256(" ".join(both).encode()).hexdigest()[:16]))
        out.kind(node, "Decision")
        out.label(node, f"decided: {verdict}")
        out.add(node, "matched", NamedNode(one), NamedNode(other))
        out.add(node, "verdict", out.concept("verdict", verdict))
        if entry.why:
            out.add(node, _NOTE, text(entry.why))
    return out.quads()


def node_of(name: str) -> str:
    """Return the node that a decision names.

    >>> node_of("a-event-0123456789"), node_of("treaty:x-pact")
    ('https://w3id.org/relgraph/id/event/a-event-0123456789', 'https://w3id.org/relgraph/id/treaty/x-pact')
    """
    if name.startswith(iris.node("claim", "x")[:-1]):
        return iris.node("event", name.rsplit("/", 1)[-1])
    if name.startswith(iris.BASE):
        return name
    kind, colon, rest = name.partition(":")
    if colon and kind == "article":
        return iris.article(rest)
    return iris.entity(name) if colon else iris.node("event", name)


def load_decisions(store: Store) -> Decisions:
    """Return the decisions of a store."""
    same, different = set[Pair](), set[Pair]()
    rows = store.query("SELECT ?one ?other ?verdict WHERE { ?d a rg:Decision ; rg:verdict ?verdict ; rg:matched ?one , ?other . FILTER(STR(?one) < STR(?other)) }")
    for row in rows:
        target = same if row["verdict"].value.endswith("/same") else different
        target.add((row["one"].value, row["other"].value))
    return Decisions(frozenset(same), frozenset(different))
