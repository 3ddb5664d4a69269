"""Each export, read back by the usual reader of its form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import rdflib

from relgraph.cli import run
from relgraph.pipeline import build
from relgraph.show.project import project
from relgraph.show.projection import Projection
from relgraph.store import open_store

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))[:2]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    store = open_store(folder / "db", create=True)
    build([str(p) for p in ARTICLES], store)
    store.close()
    return folder / "db"


@pytest.fixture(scope="module")
def projection(place: Path) -> Projection:
    store = open_store(place, read_only=True)
    found = project(store)
    store.close()
    return found


def exported(place: Path, fmt: str, out: Path) -> Path:
    assert run(["export", "--store", str(place), "-f", fmt, "-o", str(out), "-q"]) == 0
    return out


@pytest.mark.parametrize(("fmt", "reader"), [("nquads", "nquads"), ("trig", "trig"), ("turtle", "turtle"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_triples_of_the_store(place: Path, tmp_path: Path, fmt: str, reader: str) -> None:
    """As many as the store holds merged, and the same twice."""
    out = exported(place, fmt, tmp_path / "out")
    read = rdflib.Dataset()
    read.parse(out, format=reader)
    store = open_store(place, read_only=True)
    expected = sum(1 for _ in store.default_triples())
    store.close()
    assert len({(s, p, o) for s, p, o, _ in read.quads()}) == expected
    assert exported(place, fmt, tmp_path / "again").read_bytes() == out.read_bytes()


def test_json_ld_uses_the_terms_of_the_context(place: Path, tmp_path: Path) -> None:
    """Short names, with the context inside, so that reading it fetches nothing."""
    data = json.loads(exported(place, "jsonld", tmp_path / "out").read_text())
    assert data["@context"]["rg"] == "https://w3id.org/relgraph/ontology#"
    assert '"https://w3id.org/relgraph/ontology#confidence"' not in json.dumps(data["@graph"])


@pytest.mark.parametrize("fmt", ["graphml", "gexf"])
def test_networkx_reads_the_network(place: Path, projection: Projection, tmp_path: Path, fmt: str) -> None:
    """All nodes with their labels and all edges; the same twice."""
    out = exported(place, fmt, tmp_path / "out")
    graph = (nx.read_graphml if fmt == "graphml" else nx.read_gexf)(out)
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {n.id: n.label for n in projection.nodes}
    assert graph.number_of_edges() == len(projection.edges)
    assert exported(place, fmt, tmp_path / "again").read_bytes() == out.read_bytes()


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_pandas_reads_the_tables(place: Path, projection: Projection, tmp_path: Path, fmt: str) -> None:
    """Five tables that join by their ids; every fact has evidence in a known article."""
    pytest.importorskip("pyarrow") if fmt == "parquet" else None
    folder = exported(place, fmt, tmp_path / "out")
    read = {p.stem: (pd.read_csv if fmt == "csv" else pd.read_parquet)(p) for p in folder.iterdir()}
    assert {n: len(t) for n, t in read.items() if n in ("entities", "edges", "facts")} == {"entities": len(projection.nodes), "edges": len(projection.edges), "facts": len(projection.facts)}
    assert set(read["evidence"]["fact"]) == set(read["facts"]["id"])
    assert set(read["evidence"]["article"]) <= set(read["articles"]["id"])
    assert set(read["edges"]["source"]) | set(read["edges"]["target"]) <= set(read["entities"]["id"])


def test_neo4j_tables_have_its_headers(place: Path, tmp_path: Path) -> None:
    """And their ends are nodes."""
    folder = exported(place, "neo4j", tmp_path / "out")
    nodes, edges = (list(csv.DictReader(io.StringIO((folder / f"{n}.csv").read_text()))) for n in ("nodes", "relationships"))
    assert set(nodes[0]) == {"id:ID", "name", "iri", ":LABEL"}
    assert {":START_ID", ":END_ID", ":TYPE"} <= set(edges[0])
    assert {e[":START_ID"] for e in edges} | {e[":END_ID"] for e in edges} <= {n["id:ID"] for n in nodes}


def test_cells_are_no_formulas(tmp_path: Path) -> None:
    """A title that a spreadsheet would calculate comes out as text."""
    (tmp_path / "bad.txt").write_text('=HYPERLINK("http://evil.example","x")\n\nDUSHANBE, 1 May 2024 (Agency)\n\nTajik President Emomali Rahmon met Kazakh President Kassym-Jomart Tokayev in Dushanbe.\n')
    store = open_store(tmp_path / "db", create=True)
    build([str(tmp_path / "bad.txt")], store)
    store.close()
    folder = exported(tmp_path / "db", "csv", tmp_path / "out")
    rows = list(csv.reader(io.StringIO((folder / "articles.csv").read_text())))
    assert rows[1][1].startswith("'=HYPERLINK")
    assert not any(cell.startswith(("=", "+", "@")) for p in folder.iterdir() for row in csv.reader(io.StringIO(p.read_text())) for cell in row)
