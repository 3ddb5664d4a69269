"""What the page draws and counts before it has read its facts: the nodes of the first picture, what their lines amount to, and totals.

A graph of tens of thousands of facts takes a browser a second to read; this part is small, comes first in the page and shows the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from relgraph.show.look import KINDS
from relgraph.show.projection import Edge, FactLine, Projection

_STRONGEST, _CONFLICTS = 10, 8
"""How many relations and contradictions the first panel lists."""
Amount = tuple[int, int, int, float, bool, str]
"""What a line amounts to: facts, occurrences, independent sources, weight, whether facts conflict, how it is known."""


def totals(projection: Projection) -> dict[str, Any]:
    """Return what the legend, the filters and the time bar count over all facts; lists are [what, how many], the most frequent first."""
    counted = [_days(projection, f) for f in projection.facts if f.type != "reference"]
    publishers = Counter(p for f in projection.facts for p in {projection.sources[projection.sentences[c.sentence].source].publisher for c in f.cited})
    years = sorted(s.published[:4] for s in projection.sources if s.published)
    return {
        "nodes": len(projection.nodes), "kinds": dict(sorted(Counter(n.kind for n in projection.nodes).items())), "types": _ranked(f.type for f in projection.facts),
        "topics": _ranked(t for f in projection.facts for t in f.topics), "publishers": sorted(([p, n] for p, n in publishers.items()), key=lambda one: (-one[1], one[0])),
        "facts": len(projection.facts), "read": sum(f.type not in ("reference", "inferred") for f in projection.facts), "articles": len(projection.sources),
        "years": list(dict.fromkeys((years[0], years[-1]))) if years else [], "days": sorted(Counter(day for day in counted if day).items()),
        "undated": sum(not day for day in counted), "conflicts": len(projection.conflicts),
    }  # fmt: skip


def first_picture(data: Mapping[str, Any], projection: Projection) -> dict[str, Any]:
    """Return the part of graph data that the first picture needs.

    Nodes have the number of their facts, and edges are [from, to, kind, standing, amount] with positions among these nodes.

    Args:
        data: What `graph_data` gives.
        projection: Its evidence.
    """
    conflicting = {f for conflict in projection.conflicts for f in conflict.facts}
    drawn = {n for n, node in enumerate(projection.nodes) if node.start and KINDS[node.kind].at_start}
    amounts = {n: amount_of(projection, e, conflicting) for n, e in enumerate(projection.edges) if e.kind == "pair" or (e.source in drawn and e.target in drawn)}
    pairs = sorted((n for n, a in amounts.items() if projection.edges[n].kind == "pair" and a[1]), key=lambda n: (-amounts[n][1], -amounts[n][2], _key(projection, projection.edges[n])))
    kept = sorted(drawn | {end for n in pairs[:_STRONGEST] for end in (projection.edges[n].source, projection.edges[n].target)})
    at = {number: place for place, number in enumerate(kept)}
    return {
        "partial": True, "nodes": [{**{k: v for k, v in data["nodes"][n].items() if k not in ("aliases", "iri")}, "facts": len(projection.nodes[n].facts)} for n in kept],
        "edges": [[at[e.source], at[e.target], e.kind, e.standing, amounts[n]] for n, e in enumerate(projection.edges) if e.source in at and e.target in at and n in amounts],
        "conflicts": data["conflicts"][:_CONFLICTS], **{k: data[k] for k in ("concepts", "kinds", "standings", "types", "totals")},
    }  # fmt: skip


def amount_of(projection: Projection, edge: Edge, conflicting: set[int]) -> Amount:
    """Return what a line amounts to without any filter: as `measured` of filters.js."""
    shares: dict[int | str, float] = {}
    sources: set[int] = set()
    standings: set[str] = set()
    for number in edge.facts:
        fact = projection.facts[number]
        if fact.modality:
            continue
        standings.add(_standing(fact, number in edge.lifted))
        what = fact.what if fact.what >= 0 else f"f{number}"
        shares[what] = max(fact.share, shares.get(what, 0))
        for cited in fact.cited:
            source = projection.sentences[cited.sentence].source
            sources.add(source if projection.sources[source].reprint_of < 0 else projection.sources[source].reprint_of)
    weight = 0.0
    for share in shares.values():  # one after the other, as the page adds: sum() rounds less
        weight += share
    standing = next((s for s in ("stated", "inferred", "planned", "reference") if s in standings), "stated")
    return (len(edge.facts), len(shares), len(sources), weight, any(f in conflicting for f in edge.facts), standing)


def _standing(fact: FactLine, lifted: bool) -> str:
    if fact.type in ("reference", "inferred"):
        return fact.type
    return "planned" if fact.planned else "inferred" if lifted else "stated"


def _days(projection: Projection, fact: FactLine) -> str:
    """The day that the time bar counts a fact at: its own first one, else that of its first report."""
    reported = (projection.sources[projection.sentences[c.sentence].source].published for c in fact.cited)
    return fact.first_day or min(((day + "-01-01")[:10] for day in reported if day), default="")


def _key(projection: Projection, edge: Edge) -> str:
    return f"{projection.nodes[edge.source].id}|{edge.kind}|{projection.nodes[edge.target].id}"


def _ranked(values: Iterable[Any]) -> list[list[Any]]:
    return sorted(([value, count] for value, count in Counter(values).items()), key=lambda one: (-one[1], str(one[0])))
