"""The shortest path between two entities, which SPARQL 1.1 can't ask for: a search by layers from both ends.

In: a store and two entities. Out: a table with a row for each step, its sentence or source. Of several shortest paths the one whose steps are
told first by `VIA`, then latest, then by name is taken: the same store gives the same path. Layers ask for neighbours only, over the shortcuts that
rules have drawn (who met whom, who visited whom), so that a state with thousands of events costs no more than its neighbours.
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


class _Link(msgspec.Struct, frozen=True):
    """One way from ?from to ?to: the words between them, and the node that tells of it with its day."""

    pattern: str
    words: str
    told: str


_HELD = "?node rg:participant ?from . ?node rg:participant ?to . ?node rg:eventKind {kind} . ?node a rg:Occurrence . FILTER NOT EXISTS {{ ?node rg:planned true }} OPTIONAL {{ ?node rg:latest ?day }}"
_MEETING, _VISIT = (_HELD.format(kind=f"<https://w3id.org/relgraph/vocab/event-kind/{k}>") for k in ("meeting", "visit"))
_TENURE = "?node rg:holder {person} . ?node rg:office ?post . ?post rg:officeOf {of} . OPTIONAL {{ ?node rg:from|rg:attestedOn ?day }}"
_MEMBER = "?node rg:member {one} . ?node rg:organisation {other} . OPTIONAL {{ ?node rg:from ?day }}"
_LINKS: dict[str, tuple[_Link, ...]] = {
    "meeting": (
        _Link("?from rg:met ?to", "met", _MEETING),
        _Link("?from rg:visited ?to", "visited", _VISIT),
        _Link("?to rg:visited ?from", "was visited by", _VISIT),
    ),
    "body": (
        _Link("?to rg:bodyMember ?from", "is a member of", "?to rg:bodyMember ?from . BIND(?to AS ?node)"),
        _Link("?from rg:bodyMember ?to", "has the member", "?from rg:bodyMember ?to . BIND(?from AS ?node)"),
    ),
    "treaty": (
        _Link("?to rg:party ?from", "is a party to", "?to rg:party ?from . BIND(?to AS ?node)"),
        _Link("?from rg:party ?to", "binds", "?from rg:party ?to . BIND(?from AS ?node)"),
    ),
    "office": (
        _Link("?tenure rg:holder ?from . ?tenure rg:office ?post . ?post rg:officeOf ?to", "held an office of", _TENURE.format(person="?from", of="?to")),
        _Link("?post rg:officeOf ?from . ?tenure rg:office ?post . ?tenure rg:holder ?to", "has the office holder", _TENURE.format(person="?to", of="?from")),
    ),
    "membership": (
        _Link("?held rg:member ?from . ?held rg:organisation ?to", "is a member of", _MEMBER.format(one="?from", other="?to")),
        _Link("?held rg:organisation ?from . ?held rg:member ?to", "has the member", _MEMBER.format(one="?to", other="?from")),
    ),
}
VIA = tuple(_LINKS)
"""Kinds of link, nearest first. 'membership' (the UN, the SCO ...) connects nearly everybody and is left out unless asked for."""
DEFAULT = ("meeting", "body", "treaty", "office")
LIMIT = 6
_COLUMNS = ("step", "from", "how", "to", "date", "what", "sentence", "published", "article", "link", "source", "fact")


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
    links = [link for name in VIA if name in via for link in _LINKS[name]]
    rows: list[tuple[Value, ...]] = []
    here = start.iri
    for rest in _layers(store, start.iri, end.iri, links, limit):
        step = _best_step(store, here, rest, links)
        rows.append(_row(store, len(rows) + 1, here, *step))
        here = step[1]
    table = Table(_COLUMNS, rows)
    table.title = f"From {start.name} to {end.name}"
    return table


def _layers(store: Store, start: str, end: str, links: Sequence[_Link], limit: int) -> list[frozenset[str]]:
    """Return for each step of the shortest paths the nodes that it may lead to; nothing where there is no path.

    Two searches meet in the middle; the smaller layer grows. Every link has its reverse, so either end will do.
    """
    if start == end:
        return []
    ahead, back = [frozenset([start])], [frozenset([end])]
    while not ahead[-1] & back[-1]:
        side = ahead if len(ahead[-1]) <= len(back[-1]) else back
        known = frozenset[str]().union(*side)
        fresh = _neighbours(store, side[-1], links) - known
        if not fresh or len(ahead) + len(back) - 1 > limit:
            return []
        side.append(fresh)
    # What the two ends have in common lies on a shortest path; towards the end only what was reached from there does.
    common = ahead[-1] & back[-1]
    towards = list(reversed(back[:-1]))
    forward, reach = [common], common
    for layer in reversed(ahead[1:-1]):
        reach = layer & _neighbours(store, reach, links)
        forward.insert(0, reach)
    return [*(forward if len(ahead) > 1 else []), *towards]


def _neighbours(store: Store, layer: Iterable[str], links: Sequence[_Link]) -> frozenset[str]:
    """Return what one link leads to."""
    values, found = " ".join(f"<{node}>" for node in sorted(layer)), set[str]()
    for link in links:
        rows = run_query(store, f"SELECT DISTINCT ?to WHERE {{ VALUES ?from {{ {values} }} {link.pattern} }}")
        found |= {str(row[0]) for row in rows.rows} if isinstance(rows, Table) else set()
    return frozenset(found)


def _best_step(store: Store, here: str, there: Iterable[str], links: Sequence[_Link]) -> tuple[str, str, str]:
    """Return the words, the next node and the node that tells of the step: of the first kind of link, the latest day, the first name."""
    values = " ".join(f"<{node}>" for node in sorted(there))
    for link in links:
        told = link.told.replace("?from", f"<{here}>")
        rows = run_query(store, f"SELECT ?to ?node ?day WHERE {{ VALUES ?to {{ {values} }} {told} }} ORDER BY DESC(STR(?day)) ?to ?node LIMIT 1")
        if isinstance(rows, Table) and rows.rows:
            return link.words, str(rows.rows[0][0]), str(rows.rows[0][1])
    raise QueryError(f"no link leads from {here} although a path does", hint="derive anew: relgraph add with any article")


def _row(store: Store, number: int, source: str, words: str, to: str, node: str) -> tuple[Value, ...]:
    """Return one step with what tells it: the first claim's sentence, or the reference's source."""
    # two queries: the engine can't look up from what comes out of MIN, and would join all sentences of the store
    claims = run_query(store, f"SELECT (MIN(STR(?claim)) AS ?first) WHERE {{ {{ ?claim rg:asserts <{node}> }} UNION {{ <{node}> rg:report ?report . ?claim rg:asserts ?report }} }}")
    first = claims.rows[0][0] if isinstance(claims, Table) and claims.rows else None
    cited = f"""
    BIND(<{first}> AS ?fact)
    OPTIONAL {{
      <{first}> rg:passage ?passage ; rg:inArticle ?text . ?passage rg:exact ?exact ; rg:start ?start . ?text dcterms:title ?article .
      OPTIONAL {{ ?text rg:published ?published }}
      OPTIONAL {{ ?text rg:url ?link }}
    }}""" if first else ""
    told = run_query(store, f"""
SELECT ?what ?date (GROUP_CONCAT(DISTINCT ?exact; SEPARATOR=" ... ") AS ?sentence) ?published ?article ?link ?source ?fact WHERE {{
  {{ SELECT DISTINCT * WHERE {{
    <{node}> rdfs:label ?what . FILTER(LANG(?what) = "en")
    OPTIONAL {{ <{node}> rg:date|rg:from|rg:attestedOn ?date }}
    OPTIONAL {{ <{node}> rg:source ?source }}{cited}
  }} ORDER BY ?start }}
}} GROUP BY ?what ?date ?published ?article ?link ?source ?fact ORDER BY ?date ?fact LIMIT 1""")
    what, date, sentence, published, article, url, origin, fact = told.rows[0] if isinstance(told, Table) and told.rows else (None,) * 8
    return (number, _name(store, source), words, _name(store, to), date, what, sentence, published, article, url, origin, fact)


def _name(store: Store, iri: str) -> str:
    rows = run_query(store, f'SELECT ?label WHERE {{ <{iri}> rdfs:label ?label FILTER(LANG(?label) = "en") }} ORDER BY ?label LIMIT 1')
    return str(rows.rows[0][0]) if isinstance(rows, Table) and rows.rows else iri
