"""The reference as quads: every entry, with names, codes, dates, source and confidence."""

from __future__ import annotations

import owlrl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from relgraph.graph import iris, reference_to_quads
from relgraph.knowledge.reference import Reference, load_reference
from relgraph.resources import resource


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def quads(reference: Reference) -> list[Quad]:
    return reference_to_quads(reference)


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


def rows(store: Store, sparql: str) -> list[tuple[str | None, ...]]:
    found = store.query(sparql, prefixes=iris.PREFIXES)
    return sorted(tuple(None if v is None else v.value for v in row) for row in found)  # type: ignore[union-attr, arg-type]


def test_quads_are_sorted_unique_and_of_one_graph(quads: list[Quad]) -> None:
    assert quads == sorted(set(quads), key=str)
    assert {q.graph_name for q in quads} == {NamedNode(iris.REFERENCE)}
    assert all(isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal) for q in quads)


def test_quads_survive_a_round_trip_and_come_out_the_same_twice(quads: list[Quad], reference: Reference) -> None:
    assert sorted(parse(serialize(quads, format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS), key=str) == quads
    assert reference_to_quads(reference) == quads


def test_every_entity_has_one_english_label_and_its_source(store: Store, reference: Reference) -> None:
    for entity in reference.entities.values():
        iri = iris.entity(entity.id)
        assert rows(store, f"SELECT ?l WHERE {{ <{iri}> rdfs:label ?l FILTER(LANG(?l) = 'en') }}") == [(entity.name,)]
        assert rows(store, f"SELECT ?s WHERE {{ <{iri}> rg:source ?s }}") == [(entity.source,)]


def test_no_node_has_two_labels_of_one_language(store: Store) -> None:
    assert rows(store, "SELECT ?n WHERE { ?n rdfs:label ?a , ?b FILTER(LANG(?a) = LANG(?b) && STR(?a) < STR(?b)) }") == []


def test_a_state_has_its_codes_capital_region_and_names(store: Store) -> None:
    state = iris.entity("state:tajikistan")
    found = rows(store, f"SELECT ?a ?b ?c ?city ?region WHERE {{ <{state}> rg:iso2 ?a ; rg:iso3 ?b ; rg:cowCode ?c ; rg:capital [ rdfs:label ?city ] ; dcterms:isPartOf [ rdfs:label ?region ] FILTER(LANG(?city) = 'en' && LANG(?region) = 'en') }}")
    assert found == [("TJ", "TJK", "702", "Dushanbe", "Central Asia")]
    assert ("Таджикистан",) in rows(store, f"SELECT ?l WHERE {{ <{state}> rdfs:label ?l }}")
    assert ("http://www.wikidata.org/entity/Q863",) in rows(store, f"SELECT ?w WHERE {{ <{state}> owl:sameAs ?w }}")


def test_wikidata_only_where_an_item_is_given(store: Store, reference: Reference) -> None:
    assert len(rows(store, "SELECT ?e ?w WHERE { ?e owl:sameAs ?w }")) == sum(e.wikidata is not None for e in reference.entities.values())


def test_who_was_president_on_a_day(store: Store) -> None:
    found = rows(store, """SELECT ?who WHERE { ?t rg:office [ rg:officeOf <https://w3id.org/relgraph/id/state/kyrgyzstan> ; rg:function <https://w3id.org/relgraph/vocab/function/president> ] ;
        rg:holder [ rdfs:label ?who ] ; rg:earliest ?from ; rg:latest ?to FILTER(LANG(?who) = "en" && ?from <= "2012-06-01"^^xsd:date && ?to >= "2012-06-01"^^xsd:date) }""")  # fmt: skip
    assert found == [("Almazbek Atambayev",)]


def test_every_tenure_is_written(store: Store, reference: Reference) -> None:
    assert len(rows(store, "SELECT ?t WHERE { ?t a rg:Tenure ; rg:holder ?h ; rg:office ?o ; rg:earliest ?a ; rg:latest ?b ; rg:source ?s }")) == sum(len(p.tenures) for p in reference.persons)


def test_what_was_not_checked_can_be_asked_for(store: Store, reference: Reference) -> None:
    found = {e for (e,) in rows(store, "SELECT ?e WHERE { ?e rg:confidence 0.5 }")}
    unsure = {iris.entity(e.id) for e in reference.entities.values() if not e.sure}
    assert unsure <= found
    assert not {iris.entity(e.id) for e in reference.entities.values() if e.sure} & found
    tenures = sum(not (t.sure and p.sure) for p in reference.persons for t in p.tenures)
    assert len([f for f in found if "/id/tenure/" in str(f)]) == tenures


def test_a_membership_that_ended_says_so(store: Store) -> None:
    found = rows(store, f"SELECT ?to WHERE {{ ?m rg:member <{iris.entity('state:uzbekistan')}> ; rg:organisation <{iris.entity('organisation:csto')}> ; rg:to ?to }}")
    assert ("2012",) in [(str(t)[:4],) for (t,) in found]


def test_the_current_status_of_a_treaty_comes_from_its_steps(store: Store) -> None:
    found = rows(store, f"SELECT ?s ?d WHERE {{ <{iris.entity('treaty:tj-uz-allied-2024')}> rg:step [ rg:stepStatus [] ; rg:stepStatus ?s ] OPTIONAL {{ <{iris.entity('treaty:tj-uz-allied-2024')}> rg:step [ rg:stepStatus ?s ; rg:date ?d ] }} }}")
    assert (iris.concept("treaty-status", "in force"), "2025-03-31") in found


def test_a_bilateral_body_has_two_members(store: Store) -> None:
    found = rows(store, "SELECT ?b (COUNT(DISTINCT ?m) AS ?n) WHERE { ?b a rg:BilateralBody ; rg:bodyMember ?m } GROUP BY ?b")
    assert found
    assert {n for _, n in found} == {"2"}


def test_reasoning_makes_no_state_of_a_territory_and_no_person_of_a_state(quads: list[Quad]) -> None:
    """Under OWL RL the domains and ranges infer no nonsense over states, territories, bodies and a leader."""
    wanted = ("/id/state/", "/id/body/", "/id/person/emomali", "/id/tenure/emomali", "/id/office/president-of", "/id/organisation/c")
    chosen = [Triple(q.subject, q.predicate, q.object) for q in quads if any(w in str(q.subject) for w in wanted)]
    graph = rdflib.Graph()
    graph.parse(resource("ontology", "relgraph.ttl"))
    graph.parse(data=serialize(chosen, format=RdfFormat.N_TRIPLES).decode(), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)

    def are(name: str) -> set[str]:
        return {str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(iris.term(name))) if str(s).startswith(iris.BASE)}

    assert are("State")
    assert not list(graph.subjects(rdflib.RDF.type, rdflib.OWL.Nothing))
    for one, other in (("State", "Territory"), ("State", "Region"), ("State", "Person"), ("State", "Organisation"), ("Person", "Organisation"), ("Tenure", "Office")):
        assert not are(one) & are(other), (one, other)
