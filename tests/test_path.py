"""The shortest path between two entities: through meetings, bodies, treaties and offices, each step with what tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import relgraph as rg
from relgraph.errors import QueryError
from relgraph.graph import iris
from relgraph.query import NamedEntity, find_path
from relgraph.store import OxigraphStore

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in iris.PREFIXES.items()) + "@prefix : <https://w3id.org/relgraph/id/x/> . @prefix k: <https://w3id.org/relgraph/vocab/event-kind/> .\n"
# a met b and c met d; b and c have states in one body and in one treaty; e stands alone but for a plan.
WORLD = """
:a rdfs:label "A"@en . :b rdfs:label "B"@en . :c rdfs:label "C"@en . :d rdfs:label "D"@en . :e rdfs:label "E"@en .
:s rdfs:label "State S"@en . :t rdfs:label "State T"@en .
:a rg:met :b . :b rg:met :a . :c rg:met :d . :d rg:met :c .
:m1 a rg:Occurrence ; rdfs:label "A met B"@en ; rg:participant :a , :b ; rg:eventKind k:meeting ; rg:date "2020-01-01"^^xsd:date ; rg:latest "2020-01-01"^^xsd:date .
:m2 a rg:Occurrence ; rdfs:label "A met B again"@en ; rg:participant :a , :b ; rg:eventKind k:meeting ; rg:date "2024-01-01"^^xsd:date ; rg:latest "2024-01-01"^^xsd:date .
:m3 a rg:Occurrence ; rdfs:label "C met D"@en ; rg:participant :c , :d ; rg:eventKind k:meeting .
:plan a rg:Occurrence ; rdfs:label "A is to meet E"@en ; rg:participant :a , :e ; rg:eventKind k:meeting ; rg:planned true .
:t1 a rg:Tenure ; rdfs:label "B, president of S"@en ; rg:holder :b ; rg:office :o1 ; rg:source "a list" . :o1 rg:officeOf :s .
:t2 a rg:Tenure ; rdfs:label "C, president of T"@en ; rg:holder :c ; rg:office :o2 ; rg:source "a list" . :o2 rg:officeOf :t .
:body rdfs:label "Council"@en ; rg:bodyMember :s , :t ; rg:source "a list" .
:treaty rdfs:label "Treaty"@en ; rg:party :s , :t .
:u a rg:Membership ; rdfs:label "E: member of the UN"@en ; rg:member :e ; rg:organisation :un . :v a rg:Membership ; rdfs:label "A: member of the UN"@en ; rg:member :a ; rg:organisation :un .
:un rdfs:label "UN"@en .
:r a rg:Event . :m1 rg:report :r . :m2 rg:report :r2 .
:claim a rg:Claim ; rg:asserts :r2 ; rg:passage :p2 , :p1 ; rg:inArticle :article . :p1 rg:exact "They met." ; rg:start 5 . :p2 rg:exact "It was short." ; rg:start 20 .
:article dcterms:title "Talks" ; rg:published "2024-01-02"^^xsd:date .
"""


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    store = OxigraphStore()
    graph = NamedNode(iris.REFERENCE)
    store.replace_graph(iris.REFERENCE, [Quad(t.subject, t.predicate, t.object, graph) for t in parse(HEAD + WORLD, format=RdfFormat.TURTLE)])
    return store


def entity(name: str) -> NamedEntity:
    return NamedEntity(name.upper(), f"https://w3id.org/relgraph/id/x/{name}", "Person")


def steps(store: OxigraphStore, a: str, b: str, **options: object) -> list[tuple[object, ...]]:
    table = find_path(store, entity(a), entity(b), **options)  # type: ignore[arg-type]
    return list(zip(table["from"], table["how"], table["to"], strict=True))


def test_a_meeting_is_one_step_and_the_latest_one_is_shown(store: OxigraphStore) -> None:
    table = find_path(store, entity("a"), entity("b"))
    assert list(table["what"]) == ["A met B again"]
    assert list(table["sentence"]) == ["They met. ... It was short."]
    assert list(table["article"]) == ["Talks"]


def test_the_shortest_chain_is_found_in_both_directions(store: OxigraphStore) -> None:
    """Of two chains of one length the body goes before the treaty; what the reference tells has its source."""
    there = steps(store, "a", "d")
    assert there == [
        ("A", "met", "B"), ("B", "held an office of", "State S"), ("State S", "is a member of", "Council"),
        ("Council", "has the member", "State T"), ("State T", "has the office holder", "C"), ("C", "met", "D"),
    ]  # fmt: skip
    assert [(end, start) for start, _, end in reversed(steps(store, "d", "a"))] == [(start, end) for start, _, end in there]
    assert find_path(store, entity("b"), entity("s"))["source"] == ("a list",)


def test_kinds_of_link_and_length_can_be_limited(store: OxigraphStore) -> None:
    assert [how for _, how, _ in steps(store, "s", "t", via=["treaty"])] == ["is a party to", "binds"]
    assert steps(store, "a", "d", limit=5) == []
    assert steps(store, "a", "d", via=["meeting"]) == []
    with pytest.raises(QueryError, match="'love' is no kind of link"):
        steps(store, "a", "b", via=["love"])


def test_a_plan_is_no_meeting_and_large_organisations_are_asked_for(store: OxigraphStore) -> None:
    assert steps(store, "a", "e") == []
    assert steps(store, "a", "e", via=["membership"]) == [("A", "is a member of", "UN"), ("UN", "has the member", "E")]


def test_nobody_needs_a_path_to_himself(store: OxigraphStore) -> None:
    assert steps(store, "a", "a") == []


@pytest.fixture(scope="module")
def kg() -> Iterator[rg.KnowledgeGraph]:
    articles = Path(__file__).parents[1] / "data" / "articles"
    with rg.build([articles / "tj-three-talks.txt", articles / "ir-tj-2025-01-16-pezeshkian-rahmon.txt"]) as graph:
        yield graph


def test_a_path_over_the_sample_articles(kg: rg.KnowledgeGraph) -> None:
    """Iran's president was in Dushanbe, and Rahmon met Tokayev: a chain without a gap, each step with its sentence and article."""
    table = kg.path("Pezeshkian", "Tokayev")
    assert 2 <= len(table.rows) <= 3
    assert [table["from"][0], *table["to"]][:-1] == list(table["from"])
    assert (table["from"][0], table["to"][-1]) == ("Masoud Pezeshkian", "Kassym-Jomart Tokayev")
    assert all(table["sentence"])
    assert table["article"][0] == "Pezeshkian's Dushanbe trip yields 22 memoranda"
    assert table["article"][-1] == "Rahmon sits down with three neighbours in turn"
