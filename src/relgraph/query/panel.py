"""Event data for statistics: a table of dyads and months, counted from occurrences. docs/panel.md is its codebook.

A row is two states and a month. Every pair of states that any occurrence unites has a row for each month from the first to the last of the
whole table, so that a missing month is a zero and not a gap. What was held is counted; plans have a column of their own.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from relgraph.errors import MissingExtra, QueryError

if TYPE_CHECKING:
    from relgraph.store import Store

WIDEST_DAYS = 31
"""An occurrence whose date is no more exact than this many days belongs to no month."""
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


class _State(msgspec.Struct, frozen=True):
    name: str
    iso2: str
    iso3: str
    cow: int | None


class Panel(msgspec.Struct, frozen=True):
    """The table: names of columns, rows in order of dyad and month, and how many occurrences have no month."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    undated: int

    def csv(self) -> str:
        """Return it as CSV; what is not known is an empty field."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(["" if v is None else v for v in row] for row in self.rows)
        return out.getvalue()

    def parquet(self) -> bytes:
        """Return it as Parquet; raises MissingExtra without pyarrow."""
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise MissingExtra("Parquet needs pyarrow", hint="pip install 'relgraph[parquet]'") from error
        text = {"state_a", "state_b", "iso2_a", "iso2_b", "iso3_a", "iso3_b", "month"}
        numbers = {"trade_turnover_usd_low", "trade_turnover_usd_high"}
        kinds = [pyarrow.string() if c in text else pyarrow.float64() if c in numbers else pyarrow.int32() for c in self.columns]
        arrays = [pyarrow.array([None if r[i] is None else float(r[i]) if c in numbers else r[i] for r in self.rows], kinds[i]) for i, c in enumerate(self.columns)]
        sink = pyarrow.BufferOutputStream()
        pyarrow.parquet.write_table(pyarrow.table(arrays, names=list(self.columns)), sink)
        return bytes(sink.getvalue().to_pybytes())


def panel(store: Store) -> Panel:
    """Count a store's occurrences by dyad and month.

    Raises:
        QueryError: It holds no occurrence of two states with a month.
    """
    kinds = _kinds(store)
    categories = sorted({category for category, _ in kinds.values()})
    columns = (
        "state_a", "state_b", "iso2_a", "iso2_b", "iso3_a", "iso3_b", "cow_a", "cow_b", "month", "occurrences", "sources", "planned",
        *(f"kind_{_name(k)}" for k in sorted(kinds)), *(f"plover_{_name(c)}" for c in categories), *(f"quad_{_name(q)}" for q in QUADS),
        "cooperation", "conflict", "figures", "trade_turnover_usd_low", "trade_turnover_usd_high",
    )  # fmt: skip
    states, cells, undated = _states(store), dict[tuple[str, str, str], Counter[str]](), 0
    for row in _occurrences(store):
        month = _month(row["first"], row["last"])
        if month is None:
            undated += 1
            continue
        counted = _counts(row, kinds)
        for one, other in itertools.combinations(sorted(row["states"].split(), key=lambda s: states[s].name), 2):
            cells.setdefault((one, other, month), Counter()).update(counted)
    if not cells:
        raise QueryError("no occurrence of two states has a month to be counted in", hint="add articles that tell of meetings, visits, signings ...")
    for (one, other, month), number in _figures(store, states).items():
        if (one, other, month) in cells or any(k[:2] == (one, other) for k in cells):
            cells.setdefault((one, other, month), Counter())["figures"] += number
    turnover = _turnover(store, states)
    dyads, months = sorted({k[:2] for k in cells}, key=lambda d: (states[d[0]].name, states[d[1]].name)), sorted({k[2] for k in cells})
    rows = []
    for one, other in dyads:
        a, b = states[one], states[other]
        for month in _between(months[0], months[-1]):
            cell = cells.get((one, other, month), Counter())
            low, high = turnover.get((one, other, month[:4]), (None, None))
            head = (a.name, b.name, a.iso2, b.iso2, a.iso3, b.iso3, a.cow, b.cow, month)
            rows.append((*head, *(cell[c] for c in columns[9:-2]), low, high))
    return Panel(columns, tuple(rows), undated)


def _kinds(store: Store) -> dict[str, tuple[str, str]]:
    """Return PLOVER category and quad by kind of event."""
    rows = store.query('SELECT ?kind ?category ?quad WHERE { ?c rg:ploverCategory ?category ; rg:ploverQuad ?quad ; skos:prefLabel ?kind . FILTER(LANG(?kind) = "en") }')
    return {r["kind"].value: (r["category"].value, r["quad"].value) for r in rows}


def _states(store: Store) -> dict[str, _State]:
    rows = store.query(
        "SELECT ?s ?name ?iso2 ?iso3 ?cow WHERE { ?s a rg:State ; rdfs:label ?name . FILTER(LANG(?name) = 'en')"
        " OPTIONAL { ?s rg:iso2 ?iso2 } OPTIONAL { ?s rg:iso3 ?iso3 } OPTIONAL { ?s rg:cowCode ?cow } }"
    )
    return {r["s"].value: _State(r["name"].value, r["iso2"].value if r["iso2"] else "", r["iso3"].value if r["iso3"] else "", int(r["cow"].value) if r["cow"] else None) for r in rows}


def _occurrences(store: Store) -> Iterator[dict[str, Any]]:
    """Yield occurrences of two states or more with kind, days, number of independent sources and whether they are plans only."""
    rows = store.query(
        "SELECT ?o ?kind ?first ?last ?sources ?planned (GROUP_CONCAT(DISTINCT STR(?state)) AS ?states) WHERE {"
        " ?o a rg:Occurrence ; rg:sourceCount ?sources ; rg:eventKind/skos:prefLabel ?kind ; rg:onBehalfOf ?state . FILTER(LANG(?kind) = 'en')"
        " OPTIONAL { ?o rg:earliest ?first } OPTIONAL { ?o rg:latest ?last } BIND(EXISTS { ?o rg:planned true } AS ?planned)"
        " } GROUP BY ?o ?kind ?first ?last ?sources ?planned HAVING(COUNT(DISTINCT ?state) > 1) ORDER BY ?o"
    )
    for r in rows:
        yield {"kind": r["kind"].value, "first": r["first"].value if r["first"] else "", "last": r["last"].value if r["last"] else "",
               "sources": int(r["sources"].value), "planned": r["planned"].value == "true", "states": r["states"].value}  # fmt: skip


def _counts(row: dict[str, Any], kinds: dict[str, tuple[str, str]]) -> Counter[str]:
    if row["planned"]:
        return Counter({"planned": 1})
    category, quad = kinds.get(row["kind"], ("", ""))
    counted = Counter({"occurrences": 1, "sources": row["sources"], f"kind_{_name(row['kind'])}": 1})
    if quad:
        counted.update({f"plover_{_name(category)}": 1, f"quad_{_name(quad)}": 1, quad.split()[-1]: 1})
    return counted


def _figures(store: Store, states: dict[str, _State]) -> Counter[tuple[str, str, str]]:
    """Return how many figures on a dyad were published in a month."""
    rows = store.query("SELECT ?f ?published ?a ?b WHERE { ?f a rg:Observation ; rg:between ?a , ?b . FILTER(STR(?a) < STR(?b)) ?c rg:asserts ?f ; rg:inArticle/rg:published ?published }")
    found = Counter[tuple[str, str, str]]()
    for r in rows:
        if r["a"].value in states and r["b"].value in states and len(r["published"].value) >= 7:
            found[(*_ordered(r["a"].value, r["b"].value, states), r["published"].value[:7])] += 1
    return found


def _turnover(store: Store, states: dict[str, _State]) -> dict[tuple[str, str, str], tuple[Decimal, Decimal]]:
    """Return the lowest and highest figure of a dyad's trade turnover of a whole year, in dollars."""
    rows = store.query(
        "SELECT ?a ?b ?period ?value WHERE { ?f rg:indicator <https://w3id.org/relgraph/vocab/indicator/trade-turnover> ; rg:unit <https://w3id.org/relgraph/vocab/unit/usd> ;"
        " rg:period ?period ; rg:value ?value ; rg:between ?a , ?b . FILTER(STR(?a) < STR(?b) && DATATYPE(?period) = xsd:gYear) }"
    )
    found: dict[tuple[str, str, str], tuple[Decimal, Decimal]] = {}
    for r in rows:
        if r["a"].value in states and r["b"].value in states:
            key, value = (*_ordered(r["a"].value, r["b"].value, states), r["period"].value), Decimal(r["value"].value)
            low, high = found.get(key, (value, value))
            found[key] = (min(low, value), max(high, value))
    return found


def _ordered(one: str, other: str, states: dict[str, _State]) -> tuple[str, str]:
    return (one, other) if states[one].name < states[other].name else (other, one)


def _month(first: str, last: str) -> str | None:
    """Return the month in which something began, None where its date may lie in another one."""
    if not first or not last:
        return None
    days = (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
    return first[:7] if days < WIDEST_DAYS else None


def _between(first: str, last: str) -> Iterable[str]:
    year, month = int(first[:4]), int(first[5:])
    while f"{year:04d}-{month:02d}" <= last:
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _name(label: str) -> str:
    return label.lower().replace(" ", "_").replace("-", "_")
