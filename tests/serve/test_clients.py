"""Real clients: SPARQLWrapper, rdflib's SPARQLStore, pandas over CSV and curl, unchanged."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    from tests.serve.conftest import Server

PREFIX = "PREFIX rg: <https://w3id.org/relgraph/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
STATES = PREFIX + "SELECT ?state ?name WHERE { ?state a rg:State ; rg:iso2 'TJ' ; rdfs:label ?name FILTER(LANG(?name) = 'en') }"


def test_the_block_of_the_docs_runs(server: Server) -> None:
    """docs/sparql.md as it stands, but for the address."""
    page = (Path(__file__).parents[2] / "docs" / "sparql.md").read_text("utf-8")
    space: dict[str, list[object]] = {}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(block.replace("http://127.0.0.1:8000", server.address), "sparql.md", "exec"), space)  # the point of the test
    assert len(space["rows"]) == 5


@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_rows(server: Server, form: str) -> None:
    """SELECT by GET and by POST in each form that the client knows."""
    wrapper = SPARQLWrapper(f"{server.address}/sparql")
    wrapper.setQuery(STATES)
    wrapper.setReturnFormat(form)
    assert "Tajikistan" in str(wrapper.query().convert().toxml() if form == XML else wrapper.query().convert())
    wrapper.setMethod(POST)
    assert "Tajikistan" in str(wrapper.query().convert().toxml() if form == XML else wrapper.query().convert())


def test_sparqlwrapper_triples_and_errors(server: Server) -> None:
    """CONSTRUCT gives Turtle; bad SPARQL is the client's own exception with our words."""
    wrapper = SPARQLWrapper(f"{server.address}/sparql")
    wrapper.setQuery(PREFIX + "CONSTRUCT { ?s a rg:Meeting } WHERE { ?s a rg:Meeting }")
    wrapper.setReturnFormat(TURTLE)
    assert b"Meeting" in wrapper.query().convert()
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery("SELECT ?s WHERE { ?s a }")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper.query()


def test_rdflib_as_a_remote_store(server: Server) -> None:
    """Rdflib's Graph over SPARQLStore: queries, triple patterns, length."""
    graph = rdflib.Graph(store=SPARQLStore(f"{server.address}/sparql"))
    rows = list(graph.query(STATES))
    assert [str(row[1]) for row in rows] == ["Tajikistan"]  # type: ignore[index]
    kinds = set(graph.objects(rdflib.URIRef("https://w3id.org/relgraph/id/state/tajikistan"), rdflib.RDF.type))
    assert rdflib.URIRef("https://w3id.org/relgraph/ontology#State") in kinds


def test_pandas_over_csv(server: Server) -> None:
    """Pandas reads the CSV of an answer as a table."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.BytesIO(server.ask(STATES, Accept="text/csv").content))
    assert list(frame.columns) == ["state", "name"]
    assert frame.name.tolist() == ["Tajikistan"]


def test_curl(server: Server) -> None:
    """Curl as the documentation shows it."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    command = [curl, "-s", "-H", "Accept: text/csv", "--data-urlencode", f"query={STATES}", f"{server.address}/sparql"]
    assert "Tajikistan" in subprocess.run(command, capture_output=True, text=True, check=True).stdout
