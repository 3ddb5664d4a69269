"""The shortest path between two entities, which SPARQL 1.1 can't ask for: a search by layers, each layer one query a kind of link.

In: a store and two entities. Out: a table with a row for each step, its sentence or source. Of several shortest paths the one whose steps are
told first by `VIA`, then latest, then by name: the same store gives the same path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.errors import QueryError
from relgraph.query.sparql import run_query
from relgraph.query.table import Table, Value

if TYPE_CHECKING:
    from relgraph.query.names import NamedEntity
    from relgraph.store import Store

# By the name of a kind of link: the pattern that finds it from ?from to ?to over ?node, and the words between the two, `>` from ?from to ?to.
_MET = "?node a rg:Occurrence ; rg:participant ?from , ?to ; rg:eventKind ?kind . FILTER(?from != ?to) VALUES ?kind { %s } FILTER NOT EXISTS { ?node rg:planned true } OPTIONAL { ?node rg:latest ?day }"
_KINDS = " ".join(f"<https://w3id.org/relgraph/vocab/event-kind/{k}>" for k in ("meeting", "phone-call", "video-call", "summit"))
_VISIT = "<https://w3id.org/relgraph/vocab/event-kind/visit>"
_LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "meeting": ((_MET % _KINDS, "met or spoke with"), (_MET % _VISIT, "was on a visit with")),
    "body": (("?to rg:bodyMember ?from . BIND(?to AS ?node)", "is a member of"), ("?from rg:bodyMember ?to . BIND(?from AS ?node)", "has the member")),
    "treaty": (("?to rg:party ?from . BIND(?to AS ?node)", "is a party to"), ("?from rg:party ?to . BIND(?from AS ?node)", "binds")),
    "office": (
        ("?node rg:holder ?from ; rg:office/rg:officeOf ?to OPTIONAL { ?node rg:from|rg:attestedOn ?day }", "held an office of"),
        ("?node rg:holder ?to ; rg:office/rg:officeOf ?from OPTIONAL { ?node rg:from|rg:attestedOn ?day }", "has the office holder"),
    ),
    "membership": (
        ("?node rg:member ?from ; rg:organisation ?to OPTIONAL { ?node rg:from ?day }", "is a member of"),
        ("?node rg:member ?to ; rg:organisation ?from OPTIONAL { ?node rg:from ?day }", "has the member"),
    ),
}
VIA = tuple(_LINKS)
"""Kinds of link, nearest first. 'membership' (the UN, the SCO ...) connects nearly everybody and is left out unless asked for."""
DEFAULT = ("meeting", "body", "treaty", "office")
LIMIT = 6
_COLUMNS = ("step", "from", "how", "to", "date", "what", "sentence", "published", "article", "link", "source", "fact")


class _Step(msgspec.Struct, frozen=True, order=True):
    """One way from a node of the last layer to a new one; the smallest is taken."""

    rank: int
    day: str
    source: str
    node: str
    words: str


def find_path(store: Store, start: NamedEntity, end: NamedEntity, *, via: Sequence[str] = DEFAULT, limit: int = LIMIT) -> Table:
    """Find the shortest path between two entities.

    Args:
        store: What is asked.
        start: Where the path begins.
        end: Where it ends.
        via: The kinds of link that it may use, of `VIA`.
        limit: The most steps it may have.

    Returns:
        A row for each step; none where there is no path of that length.

    Raises:
        QueryError: A kind of link is unknown.
    """
    unknown = next((v for v in via if v not in _LINKS), None)
    if unknown is not None:
        raise QueryError(f"'{unknown}' is no kind of link", hint=f"there are: {', '.join(VIA)}")
    came: dict[str, _Step] = {}
    layer = {start.iri}
    for _ in range(limit):
        if end.iri in came or start.iri == end.iri or not layer:
            break
        found = _next_layer(store, layer, [v for v in VIA if v in via])
        fresh = {node: step for node, step in found.items() if node not in came and node != start.iri}
        came |= fresh
        layer = set(fresh)
    table = Table(_COLUMNS, [])
    if end.iri in came:
        steps, node = [], end.iri
        while node != start.iri:
            steps.append((came[node], node))
            node = came[node].source
        table = Table(_COLUMNS, [_row(store, number, step, to) for number, (step, to) in enumerate(reversed(steps), 1)])
    table.title = f"From {start.name} to {end.name}"
    return table


def _next_layer(store: Store, layer: Iterable[str], via: Sequence[str]) -> dict[str, _Step]:
    """Return what one link leads to, each with the best way there."""
    values, best = " ".join(f"<{node}>" for node in sorted(layer)), dict[str, _Step]()
    for rank, (pattern, words) in enumerate(link for name in via for link in _LINKS[name]):
        rows = run_query(store, f"SELECT DISTINCT ?from ?to ?node ?day WHERE {{ VALUES ?from {{ {values} }} {pattern} }}")
        for source, to, node, day in rows.rows if isinstance(rows, Table) else ():
            # Later days first: digits turned round sort the latest to the front.
            step = _Step(rank, _reversed(str(day or "")), str(source), str(node), words)
            known = best.get(str(to))
            if known is None or step < known:
                best[str(to)] = step
    return best


def _reversed(day: str) -> str:
    return day.translate(_TURNED) if day else "~"


_TURNED = str.maketrans("0123456789", "9876543210")


def _row(store: Store, number: int, step: _Step, to: str) -> tuple[Value, ...]:
    """Return one step with what tells it: the first claim's sentence, or the reference's source."""
    told = run_query(store, f"""
SELECT ?what ?date (GROUP_CONCAT(DISTINCT ?exact; SEPARATOR=" ... ") AS ?sentence) ?published ?article ?link ?source ?fact WHERE {{
  {{ SELECT DISTINCT * WHERE {{
    BIND(<{step.node}> AS ?node)
    ?node rdfs:label ?what . FILTER(LANG(?what) = "en")
    OPTIONAL {{ ?node rg:date|rg:from|rg:attestedOn ?date }}
    OPTIONAL {{ ?node rg:source ?source }}
    OPTIONAL {{
      {{ SELECT (MIN(?claim) AS ?fact) WHERE {{ {{ ?claim rg:asserts <{step.node}> }} UNION {{ ?claim rg:asserts ?report . <{step.node}> rg:report ?report }} }} }}
      ?fact rg:passage ?passage ; rg:inArticle ?text . ?passage rg:exact ?exact ; rg:start ?start . ?text dcterms:title ?article .
      OPTIONAL {{ ?text rg:published ?published }}
      OPTIONAL {{ ?text rg:url ?link }}
    }}
  }} ORDER BY ?start }}
}} GROUP BY ?what ?date ?published ?article ?link ?source ?fact ORDER BY ?date ?fact LIMIT 1""")
    what, date, sentence, published, article, link, source, fact = told.rows[0] if isinstance(told, Table) and told.rows else (None,) * 8
    return (number, _name(store, step.source), step.words, _name(store, to), date, what, sentence, published, article, link, source, fact)


def _name(store: Store, iri: str) -> str:
    rows = run_query(store, f'SELECT ?label WHERE {{ <{iri}> rdfs:label ?label FILTER(LANG(?label) = "en") }} ORDER BY ?label LIMIT 1')
    return str(rows.rows[0][0]) if isinstance(rows, Table) and rows.rows else iri
