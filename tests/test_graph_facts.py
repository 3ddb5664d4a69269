"""One article's facts as quads: the patterns that queries rely on, in any order, for any text."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from relgraph.graph import facts_to_quads, iris, reference_to_quads
from relgraph.graph.terms import CLASSES, decimal
from relgraph.graph.words import described
from relgraph.knowledge.reference import Reference, load_reference
from relgraph.model import (
    Article,
    ArticleFacts,
    BodyFact,
    EventFact,
    Evidence,
    IndicatorFact,
    OfficeFact,
    RelationFact,
    Span,
    TargetFact,
    TopicFact,
    TreatyFact,
    TreatyStep,
    with_id,
)
from relgraph.read.text import article_from_text
from relgraph.resources import resource

TEXT = """Rahmon and Japarov talk in Dushanbe

DUSHANBE, 9 October 2025 (Test Wire). President Emomali Rahmon of Tajikistan met Sadyr Japarov on 8 October in Dushanbe.
Japarov was in Tajikistan on a state visit on 8-9 October. The Joint Dam Commission of the two countries met on its margins.
Trade came to more than $100 million in the first half of 2025 and is to reach $500 million by 2030.
Tajikistan and Kyrgyzstan signed the Border Treaty in March; Kyrgyzstan has ratified it. They are allies and work together on energy.
Kazakhstan belongs to the CIS. The office of Sadyr Japarov denied talks with Northern Railways.
"""
IDS: dict[str, str | None] = {
    "Emomali Rahmon": "person:emomali-rahmon", "Sadyr Japarov": "person:sadyr-japarov", "Tajikistan": "state:tajikistan", "Kyrgyzstan": "state:kyrgyzstan",
    "Kazakhstan": "state:kazakhstan", "CIS": "organisation:cis", "Dushanbe": "place:dushanbe", "Northern Railways": None, "Joint Dam Commission": None, "Border Treaty": None,
}  # fmt: skip
PAIR = ("Tajikistan", "Kyrgyzstan")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def article() -> Article:
    return msgspec.structs.replace(article_from_text(TEXT, id="small", source="small.txt"), published="2025-10-09", publisher="Test Wire", url="https://example.org/small")


def made(form: Callable[..., Any], words: str, /, **fields: Any) -> Any:
    """Make a fact whose evidence is the line of the text that holds some words."""
    at = TEXT.index(words)
    start, end = TEXT.rindex("\n", 0, at) + 1, TEXT.index("\n", at)
    fact = form(evidence=(Evidence(start, end, TEXT[start:end]),), spans=(Span("trigger", at, at + len(words)),), rule=f"test.{form.__name__}", confidence=0.8,
                ids={n: IDS[n] for n in sorted(IDS)}, **fields)  # fmt: skip
    return with_id(fact, "small")


@pytest.fixture(scope="module")
def facts() -> ArticleFacts:
    visit = made(EventFact, "state visit", kind="visit", visitor=("Sadyr Japarov",), host="Tajikistan", level="state", date="2025-10-08/2025-10-09")
    asserted = (
        made(OfficeFact, "President", person="Emomali Rahmon", office="president", of="Tajikistan"),
        made(EventFact, " met Sadyr", kind="meeting", participants=("Emomali Rahmon", "Sadyr Japarov"), date="2025-10-08", place="Dushanbe", part_of=visit.id),
        visit,
        made(BodyFact, "Joint Dam Commission", name="Joint Dam Commission", members=PAIR),
        made(EventFact, "met on its margins", kind="forum", participants=PAIR, session_of="Joint Dam Commission"),
        made(IndicatorFact, "came to", kind="trade turnover", between=PAIR, value=100e6, unit="USD", bound="more than", period="2025-H1"),
        made(TargetFact, "to reach", kind="trade turnover", between=PAIR, value=500e6, unit="USD", by="2030"),
        made(TreatyFact, "Border Treaty", name="Border Treaty", parties=PAIR, status="ratified",
             steps=(TreatyStep(status="signed", date="2025-03"), TreatyStep(status="ratified", by="Kyrgyzstan"))),
        made(RelationFact, "allies", kind="alliance", between=PAIR),
        made(TopicFact, "work together", between=PAIR, topic="energy"),
        made(RelationFact, "belongs to", kind="membership", between=("Kazakhstan", "CIS")),
    )  # fmt: skip
    denied = made(EventFact, "denied talks", kind="meeting", participants=("Sadyr Japarov", "Northern Railways"), modality="denied", attributed_to="the office of Sadyr Japarov")
    return ArticleFacts(id="small", language="en", title="Rahmon and Japarov talk in Dushanbe", publisher="Test Wire", published="2025-10-09", url="https://example.org/small",
                        facts=asserted, unasserted=(denied,))  # fmt: skip


@pytest.fixture(scope="module")
def quads(article: Article, facts: ArticleFacts, reference: Reference) -> list[Quad]:
    return facts_to_quads(article, facts, reference)


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


def rows(store: Store, sparql: str) -> list[tuple[str | None, ...]]:
    found = store.query(sparql, prefixes=iris.PREFIXES)
    return sorted(tuple(None if v is None else v.value for v in row) for row in found)  # type: ignore[union-attr, arg-type]


def nquads(quads: list[Quad]) -> str:
    return "\n".join(f"{q} ." for q in quads) + "\n"


def test_golden(quads: list[Quad], golden: Callable[[str, str], None]) -> None:
    golden("graph-small.nq", nquads(quads))


def test_quads_are_sorted_and_none_stands_twice(quads: list[Quad]) -> None:
    assert quads == sorted(set(quads), key=str)


def test_quads_are_of_the_article_and_have_no_blank_node(quads: list[Quad]) -> None:
    assert {q.graph_name for q in quads} == {NamedNode(iris.article_graph("small"))}
    assert all(isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal) for q in quads)


def test_order_of_facts_changes_nothing(article: Article, facts: ArticleFacts, reference: Reference, quads: list[Quad]) -> None:
    shuffled = list(facts.facts)
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert facts_to_quads(article, msgspec.structs.replace(facts, facts=tuple(shuffled)), reference) == quads


def test_quads_survive_a_round_trip(quads: list[Quad]) -> None:
    data = serialize(quads, format=RdfFormat.N_QUADS)
    assert sorted(parse(data, format=RdfFormat.N_QUADS), key=str) == quads


def test_every_term_is_declared(quads: list[Quad], reference: Reference) -> None:
    """What is written is in the ontology or in a vocabulary, each with a label and a definition."""
    declared = {q.subject for q in parse(path=str(resource("ontology", "relgraph.ttl")))}
    concepts = {q.subject for p in resource("ontology", "vocabularies").glob("*.ttl") for q in parse(path=str(p))}
    nodes = {n for q in [*quads, *reference_to_quads(reference)] for n in (q.subject, q.predicate, q.object) if isinstance(n, NamedNode)}
    assert {n.value for n in nodes if n.value.startswith(iris.RG)} - {n.value for n in declared if isinstance(n, NamedNode)} == set()
    assert {n.value for n in nodes if n.value.startswith(f"{iris.BASE}vocab/")} - {n.value for n in concepts if isinstance(n, NamedNode)} == set()


def test_superclasses_are_those_of_the_ontology() -> None:
    """A plain SELECT needs no reasoner: every class stands with all that it is a subclass of."""
    ontology = Store()
    ontology.bulk_load(path=str(resource("ontology", "relgraph.ttl")))
    for name, stated in CLASSES.items():
        above = rows(ontology, f"SELECT ?c WHERE {{ rg:{name} rdfs:subClassOf* ?c FILTER(isIRI(?c)) }}")
        assert {c for (c,) in above} <= {iris.RG + s for s in stated}, name
        assert rows(ontology, f"SELECT ?t WHERE {{ rg:{name} a ?t }}"), f"{name} is not declared"


def test_removing_the_article_leaves_the_reference(quads: list[Quad], reference: Reference) -> None:
    store = Store()
    known = reference_to_quads(reference)
    store.extend(known)
    store.extend(quads)
    store.remove_graph(NamedNode(iris.article_graph("small")))
    assert sorted(store, key=str) == known


def test_a_claim_leads_from_fact_to_sentence(store: Store) -> None:
    found = rows(store, """SELECT ?label ?exact ?title WHERE { ?event rg:eventKind <https://w3id.org/relgraph/vocab/event-kind/meeting> .
        ?claim rg:asserts ?event ; rdfs:label ?label ; rg:passage [ rg:exact ?exact ] ; rg:inArticle [ dcterms:title ?title ] }""")  # fmt: skip
    assert len(found) == 1
    assert found[0][0] == "Emomali Rahmon (president of Tajikistan) met Sadyr Japarov (president of Kyrgyzstan), 8 October 2025, Dushanbe"
    assert "met Sadyr Japarov" in str(found[0][1])


def test_what_is_denied_has_a_claim_and_no_event(store: Store) -> None:
    found = rows(store, "SELECT ?label ?said WHERE { ?claim rg:modality <https://w3id.org/relgraph/vocab/modality/denied> ; rdfs:label ?label ; rg:attribution ?said FILTER NOT EXISTS { ?claim rg:asserts ?x } }")
    assert found == [("Denied: Sadyr Japarov (president of Kyrgyzstan) met Northern Railways (according to the office of Sadyr Japarov)", "the office of Sadyr Japarov")]
    assert rows(store, "SELECT ?e WHERE { ?e a rg:Meeting }") == rows(store, "SELECT ?e WHERE { ?e a rg:Meeting ; rg:place ?p }")


def test_visitor_and_host_are_participants(store: Store) -> None:
    found = rows(store, "SELECT ?v ?h WHERE { ?e a rg:Visit ; rg:visitor ?v ; rg:host ?h ; rg:participant ?v , ?h }")
    assert found == [(iris.entity("person:sadyr-japarov"), iris.entity("state:tajikistan"))]


def test_a_meeting_in_a_visit_names_it(store: Store) -> None:
    assert len(rows(store, "SELECT ?e WHERE { ?e a rg:Meeting ; rg:partOfEvent [ a rg:Visit ] }")) == 1


def test_a_session_names_the_body_that_the_article_describes(store: Store) -> None:
    found = rows(store, "SELECT ?b WHERE { ?e rg:sessionOf ?b . ?b a rg:BilateralBody ; rg:bodyMember ?one , ?two FILTER(STR(?one) < STR(?two)) }")
    assert found == [(f"{iris.BASE}id/body/x-joint-dam-commission--kyrgyzstan-tajikistan",)]


def test_dates_have_their_precision_and_their_days(store: Store) -> None:
    found = store.query("SELECT ?d ?from ?to WHERE { ?x rg:stepStatus <https://w3id.org/relgraph/vocab/treaty-status/signed> ; rg:date ?d ; rg:earliest ?from ; rg:latest ?to }", prefixes=iris.PREFIXES)
    row = next(iter(found))  # type: ignore[call-overload]
    assert [str(v) for v in row] == [f'"2025-03"^^<{iris.PREFIXES["xsd"]}gYearMonth>', f'"2025-03-01"^^<{iris.PREFIXES["xsd"]}date>', f'"2025-03-31"^^<{iris.PREFIXES["xsd"]}date>']


def test_figures_and_targets_have_value_unit_and_time(store: Store) -> None:
    assert rows(store, "SELECT ?v ?p ?from ?to WHERE { ?x a rg:Observation ; rg:value ?v ; rg:period ?p ; rg:earliest ?from ; rg:latest ?to ; rg:bound ?b ; rg:unit ?u }") == [
        ("100000000", "2025-H1", "2025-01-01", "2025-06-30")
    ]
    assert rows(store, "SELECT ?v ?d ?to WHERE { ?x a rg:Target ; rg:value ?v ; rg:deadline ?d ; rg:latest ?to }") == [("500000000", "2030", "2030-12-31")]


def test_a_step_of_one_party_names_it(store: Store) -> None:
    assert rows(store, "SELECT ?by WHERE { ?t a rg:Treaty ; rg:step ?s . ?s rg:stepOf ?t ; rg:stepBy ?by }") == [(iris.entity("state:kyrgyzstan"),)]


def test_relations_topics_and_memberships_are_shared_between_articles(article: Article, facts: ArticleFacts, reference: Reference, quads: list[Quad]) -> None:
    other = msgspec.structs.replace(article, id="other")
    renamed = msgspec.structs.replace(facts, facts=tuple(with_id(f, "other") for f in facts.facts), unasserted=())
    triples = {(q.subject, q.predicate, q.object) for q in facts_to_quads(other, renamed, reference)}
    both = {(q.subject, q.predicate, q.object) for q in quads} & triples
    kinds = {o.value.removeprefix(iris.RG) for s, p, o in both if p == NamedNode(iris.PREFIXES["rdf"] + "type") and isinstance(o, NamedNode)}
    assert {"Relation", "Engagement", "Membership", "BilateralBody", "Treaty", "Office", "Person", "State"} <= kinds
    assert not kinds & {"Event", "Claim", "Passage", "Tenure", "Observation", "Target", "TreatyStep", "Article"}


def test_a_membership_of_today_is_that_of_the_reference(quads: list[Quad], reference: Reference) -> None:
    mine = {q.subject for q in quads if q.object == NamedNode(iris.term("Membership"))}
    known = {q.subject for q in reference_to_quads(reference)}
    assert mine <= known


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Northern Railways", "Company"), ("Ministry of Water", "Organisation"), ("KTZ", "Organisation"), ("Arman Test", "Actor")],
)
def test_an_unknown_name_is_typed_by_its_words(article: Article, facts: ArticleFacts, reference: Reference, name: str, kind: str) -> None:
    fact = made(EventFact, "denied talks", kind="meeting", participants=("Sadyr Japarov", name))
    found = facts_to_quads(article, msgspec.structs.replace(facts, facts=(fact,), unasserted=()), reference)
    types = {q.object.value.removeprefix(iris.RG) for q in found if q.subject.value == iris.unresolved("actor", name) and q.predicate.value.endswith("type") and isinstance(q.object, NamedNode)}
    assert types == set(CLASSES[kind])


def test_an_unknown_name_with_an_office_is_a_person(article: Article, facts: ArticleFacts, reference: Reference) -> None:
    office = made(OfficeFact, "President", person="Arman Test", office="minister of water", of="Kyrgyzstan")
    found = facts_to_quads(article, msgspec.structs.replace(facts, facts=(office,), unasserted=()), reference)
    assert Quad(NamedNode(iris.unresolved("actor", "Arman Test")), NamedNode(iris.PREFIXES["rdf"] + "type"), NamedNode(iris.term("Person")), NamedNode(iris.article_graph("small"))) in found


def test_two_spellings_with_one_iri_have_one_label(article: Article, facts: ArticleFacts, reference: Reference) -> None:
    one, two = (made(EventFact, "denied talks", kind="meeting", participants=("Sadyr Japarov", n)) for n in ("Türk Test", "Turk test"))
    for order in ((one, two), (two, one)):
        found = facts_to_quads(article, msgspec.structs.replace(facts, facts=order, unasserted=()), reference)
        labels = [q.object.value for q in found if q.subject.value == iris.unresolved("actor", "Turk Test") and q.predicate.value.endswith("#label")]
        assert labels == ["Turk test"]


def test_a_known_body_keeps_its_class_and_gains_a_name(article: Article, facts: ArticleFacts, reference: Reference) -> None:
    """A text that names two of its five members does not make it bilateral."""
    fact = msgspec.structs.replace(made(BodyFact, "Joint Dam Commission", name="Leaders' Club", members=PAIR), ids={**IDS, "Leaders' Club": "body:cmhs-central-asia"})
    found = facts_to_quads(article, msgspec.structs.replace(facts, facts=(fact,), unasserted=()), reference)
    body = NamedNode(iris.entity("body:cmhs-central-asia"))
    said = {(q.predicate.value.rpartition("#")[2], q.object.value) for q in found if q.subject == body}
    assert ("type", iris.term("Body")) in said
    assert ("type", iris.term("BilateralBody")) not in said
    assert ("altLabel", "Leaders' Club") in said


def test_an_id_that_the_reference_no_longer_holds_is_unresolved(article: Article, facts: ArticleFacts, reference: Reference) -> None:
    fact = msgspec.structs.replace(made(RelationFact, "allies", kind="alliance", between=("Tajikistan", "Lemuria")), ids={**IDS, "Lemuria": "state:lemuria"})
    found = facts_to_quads(article, msgspec.structs.replace(facts, facts=(fact,), unasserted=()), reference)
    assert iris.unresolved("actor", "Lemuria") in {q.object.value for q in found}


def test_a_kind_from_a_users_lexicon_is_described(article: Article, facts: ArticleFacts, reference: Reference) -> None:
    fact = made(TopicFact, "work together", between=PAIR, topic="falconry")
    found = facts_to_quads(article, msgspec.structs.replace(facts, facts=(fact,), unasserted=()), reference)
    said = {q.predicate.value: q.object.value for q in found if q.subject.value == iris.concept("topic", "falconry")}
    assert said[iris.PREFIXES["rdfs"] + "label"] == "falconry"
    assert said[iris.PREFIXES["skos"] + "inScheme"] == f"{iris.BASE}vocab/topic"


@pytest.mark.parametrize("hostile", ['x" . <a> <b> <c> .', "\ud800", "\x00\x1f", "<script>alert(1)</script>", "\u202e", "a\nb\\", "💧" * 50], ids=range(7))
def test_hostile_text_stays_text(article: Article, facts: ArticleFacts, reference: Reference, hostile: str) -> None:
    bad = msgspec.structs.replace(article, title=hostile, publisher=hostile, url=hostile, language=hostile)
    fact = msgspec.structs.replace(made(EventFact, "denied talks", kind="meeting"), kind=hostile, participants=("Sadyr Japarov", hostile), place=hostile, date=hostile)
    body = msgspec.structs.replace(made(BodyFact, "Joint Dam Commission", name="x", members=PAIR), name=hostile, members=("Tajikistan", hostile))
    found = facts_to_quads(bad, msgspec.structs.replace(facts, facts=(fact, body), unasserted=()), reference)
    again = list(parse(serialize(found, format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS))
    assert len(again) == len(found)
    assert all(n.value.startswith(("https://w3id.org/relgraph/", "http://www.w3.org/", "http://purl.org/")) for q in again for n in (q.subject, q.predicate) if isinstance(n, NamedNode))


@pytest.mark.parametrize(("value", "said"), [(670e6, "670000000"), (0.1, "0.1"), (1e21, "1000000000000000000000"), (-3.50, "-3.5"), (0.0, "0"), (1e-7, "0.0000001"), (100.0, "100")])
def test_decimals_are_plain(value: float, said: str) -> None:
    assert decimal(value).value == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"kind": "meeting", "participants": ("A", "B", "C"), "planned": True, "date": "2026"}, "A, B and C are to meet, 2026"),
        ({"kind": "phone call", "participants": ("A", "B")}, "A spoke by phone with B"),
        ({"kind": "message", "participants": ("A", "B", "C")}, "A sent a message to B and C"),
        ({"kind": "summit", "participants": ("A", "B"), "place": "Osh"}, "A and B gathered at a summit, Osh"),
        ({"kind": "incident", "participants": ("A",)}, "A was in an incident"),
        ({"kind": "appointment", "participants": ("A",)}, "A was appointed"),
        ({"kind": "visit", "visitor": ("A",), "host": "B", "planned": True, "date": "2026-05-04/2026-05-05"}, "A is to visit B, 4-5 May 2026"),
        ({"kind": "falconry", "participants": ("A", "B")}, "Falconry: A and B"),
    ],
)
def test_events_in_plain_words(fact: dict[str, Any], said: str) -> None:
    assert described(EventFact(evidence=(), rule="r", confidence=1, **fact), {}) == said
