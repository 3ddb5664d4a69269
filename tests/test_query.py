"""SPARQL over a graph built from the sample articles: results, formats, errors with their place, and what is refused."""

from __future__ import annotations

import csv
import datetime
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import relgraph as rg
from relgraph.errors import EntityNameError, QueryError
from relgraph.query import Graph, Names, Table, run_query, written
from relgraph.query.export import FORMATS, exported
from relgraph.query.lexer import tokens
from relgraph.query.table import Iri, shown, value_of

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


@pytest.fixture(scope="module")
def kg() -> Iterator[rg.KnowledgeGraph]:
    """The graph of the sample articles, in memory."""
    with rg.build(ARTICLES) as graph:
        yield graph


def test_prefixes_need_no_declaration(kg: rg.KnowledgeGraph) -> None:
    """A query may use rg: and the other usual prefixes as they are, and may declare one anew."""
    table = kg.query("SELECT ?s WHERE { ?s a rg:State ; rg:iso2 'TJ' }")
    assert isinstance(table, Table)
    assert table["s"] == ("https://w3id.org/relgraph/id/state/tajikistan",)
    assert kg.query("PREFIX rg: <http://example.org/> ASK { ?s a rg:State }") is False


def test_each_kind_of_query_has_its_result(kg: rg.KnowledgeGraph) -> None:
    """SELECT gives a table, ASK a truth value, CONSTRUCT and DESCRIBE a graph."""
    assert kg.query("ASK { ?s a rg:Claim }") is True
    graph = kg.query("CONSTRUCT { ?s a rg:Thing } WHERE { ?s a rg:State } LIMIT 3")
    assert isinstance(graph, Graph)
    assert len(graph) == 3
    described = kg.query("DESCRIBE <https://w3id.org/relgraph/id/state/tajikistan>")
    assert isinstance(described, Graph)
    assert len(described) > 3


@pytest.mark.parametrize(
    ("sparql", "line", "column", "said"),
    [
        ("SELECT ?x WHERE {\n  ?x rdfs:label ?y\n  ?z a rg:State .\n}", 3, 3, "'?z' can't stand here"),
        ("SELECT ?x WHERE {\n ?x foo }", 2, 5, "'foo' can't stand here"),
        ("SELECT ?x { ?x rdfs:label 'Душанбе' ; ?y }", 1, 42, "'}' can't stand here"),
        ("SELEC ?x {}", 1, 1, "'SELEC' begins no query"),
        ("SELECT ?x WHERE { ?x a rg:State. OPTIONL { ?x rdfs:label ?l } }", 1, 34, "'OPTIONL' can't stand here"),
        ("SELECT ?x { ?x ex:foo 1 }", 1, 16, "the prefix 'ex:' is not declared"),
        ("SELECT ?x { ?x a rg:State ", 1, 11, "'{' is never closed"),
        ("SELECT ?x { ?x a rg:State } }", 1, 29, "closes nothing"),
        ("SELECT ?x WHERE { ?x a 'abc }", 1, 24, "has no end in this line"),
        ("SELECT (COUNT(?x) AS ?n) ?y WHERE { ?x ?z ?y }", 1, 47, "neither grouped by nor aggregated"),
        ("SELECT ?x # a comment with { in it\nWHERE { FILTER(?x > ) }", 2, 21, "')' can't stand here"),
    ],
)  # fmt: skip
def test_errors_name_the_place_in_the_users_text(kg: rg.KnowledgeGraph, sparql: str, line: int, column: int, said: str) -> None:
    """Line and column count from 1 in the text as written: neither our prefixes nor the parser's look-ahead shift them."""
    with pytest.raises(QueryError) as caught:
        kg.query(sparql)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE ?e { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p true.SERVICE<http://127.0.0.1:1/>{?s ?p ?o} }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p ?o FILTER(?o<3)SERVICE:x#c>\n{ ?a ?b ?c } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p ?o FILTER(?o<b:c)SERVICE:x#c>\n{ ?a ?b ?c } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p ?o FILTER(?o<:'>')SERVICE:x{?a ?b ?c FILTER(?c!='')} }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p ?o FILTER(?o<STR(?s)&&'>'>'')SERVICE:x{?a ?b ?c FILTER(?c!='')} }",
        "SELECT * { ?s ?p ?o FILTER(?s<b:c#d> '''\n ) SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } # ''' \n }",
    ],
)
def test_service_is_refused_however_it_is_written(kg: rg.KnowledgeGraph, sparql: str) -> None:
    """No query leaves this machine."""
    with pytest.raises(QueryError, match="SERVICE is refused"):
        kg.query(sparql)


def test_the_word_service_is_no_call(kg: rg.KnowledgeGraph) -> None:
    """In text, IRIs, variables, local names and comments the word may stand."""
    assert kg.query("ASK { BIND('SERVICE <x>' AS ?service) FILTER(?service != <http://x/SERVICE>) } # SERVICE") is True
    assert isinstance(kg.query("SELECT * { ?s a <http://www.w3.org/ns/sparql-service-description#Service> ; ?p <http://x/service#x> }"), Table)


@pytest.mark.parametrize("piece", ["<service#>", "<service?x#>", "<b:c'>service ", "SERVICE<a:b#>", "<a:'''>service", "SERVICE ", "<a>service\n"])
def test_a_query_of_many_readings_is_judged_in_linear_time(kg: rg.KnowledgeGraph, piece: str) -> None:
    """A long text whose every '<' may begin an IRI or compare."""
    started = time.monotonic()
    with pytest.raises(QueryError):
        kg.query("ASK { " + piece * (200_000 // len(piece)) + "\n" * 20_000)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("verb", ["INSERT DATA { <a:a> <a:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>", "CLEAR ALL", "DROP ALL"])
def test_updates_are_refused(kg: rg.KnowledgeGraph, verb: str) -> None:
    """A query only reads, and the store is as it was."""
    before = kg.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with pytest.raises(QueryError, match="queries only read"):
        kg.query(f"PREFIX ex: <http://example.org/>\n{verb}")
    assert isinstance(before, Table)
    after = kg.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(after, Table)
    assert before.rows == after.rows


def test_empty_and_endless_queries_are_refused(kg: rg.KnowledgeGraph) -> None:
    """Nothing and a megabyte of text are both named for what they are."""
    with pytest.raises(QueryError, match="is empty"):
        kg.query(" \n ")
    with pytest.raises(QueryError, match="too long"):
        kg.query("ASK {}" + " " * 1_000_000)


def test_tokens_lose_nothing() -> None:
    """The tokens of a query together are the query; operators and escapes are kept apart."""
    text = "SELECT ?x { ?x rg:a-b <http://x#y> ; ^a \"d\\\"e\"@en-GB , '''f\n'g''' . FILTER(?x<3&&?y>=2) } # end"
    found = list(tokens(text))
    assert "".join(t.text for t in found) == text
    assert [t.text for t in found if t.kind == "iri"] == ["<http://x#y>"]
    assert [t.text for t in found if t.kind == "name"] == ["rg:a-b"]


def test_values_are_python_values() -> None:
    """Numbers, dates and truth values come typed; what is ill-typed or half a date stays text."""
    xsd = "http://www.w3.org/2001/XMLSchema#"

    def value(text: str, kind: str) -> object:
        return value_of(ox.Literal(text, datatype=ox.NamedNode(xsd + kind)))

    assert value("670000000", "decimal") == 670_000_000
    assert value("1.5", "decimal") == 1.5
    assert value("2025-10-09", "date") == datetime.date(2025, 10, 9)
    assert value("2025-10", "gYearMonth") == "2025-10"
    assert value("2025-02-30", "date") == "2025-02-30"
    assert value("true", "boolean") is True
    assert value_of(ox.NamedNode(xsd + "date")) == Iri(xsd + "date")
    assert Iri(xsd + "date").short == "xsd:date"


HOSTILE = ("=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "  =1")


def test_csv_cells_are_never_formulas() -> None:
    """Text that a spreadsheet would run gets an apostrophe; numbers stay numbers."""
    table = Table(("text", "number"), [(text, -5) for text in HOSTILE])
    rows = list(csv.reader(io.StringIO(table.csv())))[1:]
    assert [row[0] for row in rows] == [f"'{text}" for text in HOSTILE]
    assert {row[1] for row in rows} == {"-5"}


def test_table_text_steers_no_terminal() -> None:
    """Escape sequences, line breaks and direction marks of an article come out as visible signs."""
    text = Table(("title",), [("a\x1b[31mred\x1b[0m\nb\u202ec\x07",)]).text()
    assert not set(text) & {"\x1b", "\u202e", "\x07"}
    assert text.count("\n") == 3
    assert shown(True) == "true"


def test_formats_agree(kg: rg.KnowledgeGraph) -> None:
    """CSV and JSON hold the same rows; Turtle of triples can be read back; rows can't be Turtle."""
    result = kg.query("SELECT ?s ?label { ?s a rg:State ; rdfs:label ?label FILTER(LANG(?label) = 'en') } ORDER BY ?s")
    rows = list(csv.DictReader(io.StringIO(written(result, "csv"))))
    assert rows == json.loads(written(result, "json"))
    assert len(rows) > 50
    graph = kg.query("CONSTRUCT WHERE { ?s a rg:Target }")
    assert isinstance(graph, Graph)
    assert len(rdflib.Graph().parse(data=written(graph, "ttl"), format="turtle")) == len(graph)
    assert written(graph, "ttl") == written(graph, "ttl")
    with pytest.raises(QueryError, match="rows can't be written as Turtle"):
        written(result, "ttl")


@pytest.mark.parametrize("fmt", FORMATS)
def test_exports_can_be_read_and_never_change(kg: rg.KnowledgeGraph, fmt: str) -> None:
    """Every format is read back whole by rdflib and has the same bytes twice."""
    data = exported(kg.store, fmt)
    assert data == exported(kg.store, fmt)
    name = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}.get(fmt, fmt)
    read = rdflib.Dataset() if fmt in ("nquads", "trig", "jsonld") else rdflib.Graph()
    read.parse(data=data.decode(), format=name)
    quads = {q for q in kg.store.quads() if "graph/meta" not in str(q.graph_name)}
    expected = len(quads) if isinstance(read, rdflib.Dataset) else len({(q.subject, q.predicate, q.object) for q in quads})
    assert len(read) == expected if fmt in ("turtle", "ntriples", "rdfxml") else sum(1 for _ in read.quads()) == expected


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("TJ", "state:tajikistan"), ("tjk", "state:tajikistan"), ("Tajikistan", "state:tajikistan"), ("Таджикистан", "state:tajikistan"),
        ("Kyrgyz Republic", "state:kyrgyzstan"), ("state:kazakhstan", "state:kazakhstan"), ("state/kazakhstan", "state:kazakhstan"),
        ("https://w3id.org/relgraph/id/state/kyrgyzstan", "state:kyrgyzstan"), ("Rahmon", "person:emomali-rahmon"),
        ("Tokaev", "person:kassym-jomart-tokayev"), ("emomali rahmon", "person:emomali-rahmon"), ("SCO", "organisation:sco"),
    ],
)  # fmt: skip
def test_entities_are_found_by_any_name(kg: rg.KnowledgeGraph, name: str, wanted: str) -> None:
    """Code, alias, Russian name, id, IRI, surname and other spellings all lead to the entity."""
    assert kg.get(name).id == wanted


def test_ambiguous_and_unknown_names(kg: rg.KnowledgeGraph) -> None:
    """Several bearers are listed; an unknown name brings near ones; neither is guessed."""
    with pytest.raises(EntityNameError, match=r"Akylbek Japarov.*Sadyr Japarov") as caught:
        kg.get("Japarov")
    assert len(caught.value.candidates) == 2
    with pytest.raises(EntityNameError, match="unknown") as unknown:
        kg.get("Tajkistan")
    assert "Tajikistan" in unknown.value.candidates
    with pytest.raises(EntityNameError, match="unknown among state"):
        Names(kg.store).get("Rahmon", classes=("State",))
    assert kg.find("zzzzzz") == ()


def test_a_part_of_a_name_brings_actors_first(kg: rg.KnowledgeGraph) -> None:
    """States and persons before papers, and those whose name the word begins before those that have it somewhere."""
    found = kg.find("tajik")
    assert found[0].id == "state:tajikistan"
    begins = [e.name.casefold().startswith("tajik") for e in found]
    assert begins == sorted(begins, reverse=True)
    assert any(e.kind == "Treaty" for e in found)


def test_entities_that_only_articles_know_are_found() -> None:
    """A person whom the reference doesn't hold is found by the label that an article gave."""
    store = ox.Store()
    node = ox.NamedNode("https://w3id.org/relgraph/id/person/x-aliya-testova")
    for verb, value in (
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode("https://w3id.org/relgraph/ontology#Person")),
        ("http://www.w3.org/2000/01/rdf-schema#label", ox.Literal("Aliya Testova", language="en")),
    ):
        store.add(ox.Quad(node, ox.NamedNode(verb), value))
    assert Names(store).get("testova").name == "Aliya Testova"  # type: ignore[arg-type]


def test_a_raw_engine_has_the_same_errors() -> None:
    """The place of a mistake is the same for a bare pyoxigraph store as for ours."""
    with pytest.raises(QueryError, match="line 1, column 8"):
        run_query(ox.Store(), "SELECT x WHERE {}")  # type: ignore[arg-type]
