"""The table of dyads and months: what is counted, and that its codebook names every column."""

from __future__ import annotations

import csv
import fnmatch
import io
import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from relgraph.derive import derive
from relgraph.errors import QueryError
from relgraph.graph import iris
from relgraph.query.panel import panel
from relgraph.resources import resource
from relgraph.store import OxigraphStore

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in iris.PREFIXES.items()) + "@prefix k: <https://w3id.org/relgraph/vocab/event-kind/> .\n@prefix s: <https://w3id.org/relgraph/id/state/> .\n@prefix e: <https://w3id.org/relgraph/id/event/> .\n@prefix x: <https://w3id.org/relgraph/id/x/> .\n"
STATES = """
s:tajikistan a rg:State ; rdfs:label "Tajikistan"@en ; rg:iso2 "TJ" ; rg:iso3 "TJK" ; rg:cowCode 702 .
s:kazakhstan a rg:State ; rdfs:label "Kazakhstan"@en ; rg:iso2 "KZ" ; rg:iso3 "KAZ" ; rg:cowCode 705 .
s:kyrgyzstan a rg:State ; rdfs:label "Kyrgyzstan"@en ; rg:iso2 "KG" ; rg:iso3 "KGZ" ; rg:cowCode 703 .
"""


def event(name: str, kind: str, day: str, *states: str, more: str = "") -> str:
    last = day if len(day) == 10 else f"{day[:4]}-12-31"
    first = day if len(day) == 10 else f"{day[:4]}-01-01"
    who = " , ".join(f"s:{s}" for s in states)
    return (
        f'x:c{name} rg:asserts e:{name} ; rg:inArticle x:{name} . x:{name} rg:published "{first}"^^xsd:date . e:{name} a rg:Event ; rg:eventKind k:{kind} ; rg:participant {who} ; rdfs:label "{name}"@en ;'
        f' rg:earliest "{first}"^^xsd:date ; rg:latest "{last}"^^xsd:date {more} .\n'
    )


FIGURES = """
x:f1 a rg:Observation ; rg:between s:tajikistan , s:kazakhstan ; rg:indicator <https://w3id.org/relgraph/vocab/indicator/trade-turnover> ; rg:unit <https://w3id.org/relgraph/vocab/unit/usd> ; rg:period "2024"^^xsd:gYear ; rg:value 1000 .
x:f2 a rg:Observation ; rg:between s:tajikistan , s:kazakhstan ; rg:indicator <https://w3id.org/relgraph/vocab/indicator/trade-turnover> ; rg:unit <https://w3id.org/relgraph/vocab/unit/usd> ; rg:period "2024"^^xsd:gYear ; rg:value 1300 .
x:c rg:asserts x:f1 ; rg:inArticle x:a . x:a rg:published "2024-03-09"^^xsd:date .
"""


def store(turtle: str) -> OxigraphStore:
    found = OxigraphStore()
    kinds = [Quad(t.subject, t.predicate, t.object, NamedNode(iris.ONTOLOGY)) for t in parse(path=str(resource("ontology", "vocabularies", "event-kind.ttl")))]
    found.replace_graph(iris.ONTOLOGY, kinds)
    graph = iris.article_graph("a")
    found.replace_article("a", [Quad(t.subject, t.predicate, t.object, NamedNode(graph)) for t in parse(PREFIXES + STATES + turtle, format=RdfFormat.TURTLE)], "k")
    derive(found)
    return found


TOLD = (
    event("m1", "meeting", "2024-01-10", "tajikistan", "kazakhstan") + event("m2", "meeting", "2024-01-10", "kazakhstan", "tajikistan") + event("i", "incident", "2024-03-02", "tajikistan", "kyrgyzstan")
    + event("s", "summit", "2024-03-20", "tajikistan", "kazakhstan", "kyrgyzstan") + event("p", "visit", "2024-03-25", "kazakhstan", "tajikistan", more=" ; rg:planned true") + event("y", "signing", "2024", "tajikistan", "kazakhstan")
)  # fmt: skip


def rows() -> dict[tuple[str, str, str], dict[str, str]]:
    return {(r["iso3_a"], r["iso3_b"], r["month"]): r for r in csv.DictReader(io.StringIO(panel(store(TOLD + FIGURES)).csv()))}


def test_reports_of_one_event_count_once_and_a_summit_for_each_pair() -> None:
    found = rows()
    january, march = found["KAZ", "TJK", "2024-01"], found["KAZ", "TJK", "2024-03"]
    assert (january["occurrences"], january["sources"], january["kind_meeting"], january["plover_consult"], january["quad_verbal_cooperation"]) == ("1", "2", "1", "1", "1")
    assert (march["occurrences"], march["kind_summit"], march["planned"], march["kind_visit"]) == ("1", "1", "1", "0")
    assert found["KAZ", "KGZ", "2024-03"]["kind_summit"] == "1"
    border = found["KGZ", "TJK", "2024-03"]
    assert (border["occurrences"], border["conflict"], border["cooperation"], border["quad_material_conflict"]) == ("2", "1", "1", "1")


def test_every_pair_has_every_month_and_its_codes() -> None:
    found = rows()
    assert {k[2] for k in found} == {"2024-01", "2024-02", "2024-03"}
    assert len(found) == 9
    empty = found["KAZ", "TJK", "2024-02"]
    assert (empty["occurrences"], empty["cow_a"], empty["cow_b"], empty["iso2_a"]) == ("0", "705", "702", "KZ")


def test_figures_stand_side_by_side_and_what_has_no_month_is_told() -> None:
    found = rows()["KAZ", "TJK", "2024-03"]
    assert (found["figures"], found["trade_turnover_usd_low"], found["trade_turnover_usd_high"]) == ("1", "1000", "1300")
    assert panel(store(TOLD)).undated == 1


def test_the_codebook_names_every_column() -> None:
    table = panel(store(TOLD))
    named = set(re.findall(r"`([a-z0-9_*]+)`", (Path(__file__).parents[1] / "docs" / "panel.md").read_text("utf-8")))
    assert [c for c in table.columns if not any(fnmatch.fnmatch(c, n) for n in named)] == []


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = panel(store(TOLD))
    (tmp_path / "p.parquet").write_bytes(table.parquet())
    read = parquet.read_table(tmp_path / "p.parquet")
    assert tuple(read.column_names) == table.columns
    assert read.column("occurrences").to_pylist() == [r[table.columns.index("occurrences")] for r in table.rows]


def test_nothing_to_count_is_one_clear_error() -> None:
    with pytest.raises(QueryError, match="no occurrence of two states"):
        panel(store(""))
