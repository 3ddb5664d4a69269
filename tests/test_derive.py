"""Occurrences and rules over hand-made quads: what follows, what does not, and why."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from relgraph.derive import derive, rules_version
from relgraph.graph import iris
from relgraph.pipeline import refresh
from relgraph.store import DERIVED, OxigraphStore

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in iris.PREFIXES.items()) + "@prefix k: <https://w3id.org/relgraph/vocab/event-kind/> .\n@prefix f: <https://w3id.org/relgraph/vocab/function/> .\n@prefix x: <https://w3id.org/relgraph/id/x/> .\n"
REFERENCE = """
x:tj a rg:State . x:kz a rg:State . x:ir a rg:State .
x:rahmon a rg:Person . x:tokayev a rg:Person . x:nazarbayev a rg:Person .
x:t1 a rg:Tenure ; rg:holder x:rahmon ; rg:office x:o1 ; rg:earliest "1994-11-16"^^xsd:date ; rg:latest "9999-12-31"^^xsd:date .
x:o1 rg:officeOf x:tj ; rg:function f:president ; rdfs:label "president of Tajikistan"@en .
x:t2 a rg:Tenure ; rg:holder x:nazarbayev ; rg:office x:o2 ; rg:earliest "1991-12-01"^^xsd:date ; rg:latest "2019-03-20"^^xsd:date .
x:t3 a rg:Tenure ; rg:holder x:tokayev ; rg:office x:o2 ; rg:earliest "2019-03-20"^^xsd:date ; rg:latest "9999-12-31"^^xsd:date .
x:o2 rg:officeOf x:kz ; rg:function f:president ; rdfs:label "president of Kazakhstan"@en .
x:t4 a rg:Tenure ; rg:holder x:irpres ; rg:office x:o3 ; rg:earliest "2024-07-01"^^xsd:date ; rg:latest "9999-12-31"^^xsd:date .
x:o3 rg:officeOf x:ir ; rg:function f:president ; rdfs:label "president of Iran"@en .
x:o4 rg:officeOf x:ir ; rg:function f:head ; rdfs:label "supreme leader of Iran"@en .
"""
MEETING = """
x:article rg:published "2025-07-05"^^xsd:date .
x:claim rg:asserts <https://w3id.org/relgraph/id/event/e1> ; rg:inArticle x:article .
<https://w3id.org/relgraph/id/event/e1> a rg:Event ; rg:eventKind k:meeting ; rg:participant x:rahmon , x:nazarbayev ; rdfs:label "met"@en .
"""


def quads(turtle: str, graph: str) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, NamedNode(graph)) for t in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


def derived(turtle: str) -> OxigraphStore:
    store = OxigraphStore()
    store.replace_graph(iris.REFERENCE, quads(REFERENCE, iris.REFERENCE))
    store.replace_article("a", quads(turtle, iris.article_graph("a")), "k")
    derive(store)
    return store


def said(store: OxigraphStore, term: str) -> set[tuple[str, str]]:
    return {(r["s"].value.rsplit("/", 1)[-1], r["o"].value.rsplit("/", 1)[-1]) for r in store.query(f"SELECT ?s ?o WHERE {{ ?s rg:{term} ?o }}")}


def test_a_former_president_acts_for_no_state_after_his_tenure() -> None:
    """The reference's tenure must hold at the date: the article's, where the event has none of its own."""
    store = derived(MEETING)
    assert {state for event, state in said(store, "onBehalfOf") if event == "e1"} == {"tj"}


def test_the_events_own_date_goes_before_the_articles() -> None:
    """A meeting of 2015 that an article of 2025 recalls was held by those then in office."""
    store = derived(MEETING + '<https://w3id.org/relgraph/id/event/e1> rg:earliest "2015-03-01"^^xsd:date .')
    assert {state for event, state in said(store, "onBehalfOf") if event == "e1"} == {"tj", "kz"}


def test_the_articles_own_office_claim_goes_before_the_reference() -> None:
    """Whom the article calls an officer of a state acts for that one, whatever the reference holds."""
    office = 'x:claim2 rg:claimType "office" ; rg:involves x:rahmon ; rg:inArticle x:article ; rg:asserts x:t9 . x:t9 a rg:Tenure ; rg:holder x:rahmon ; rg:office x:o9 . x:o9 rg:officeOf x:kz .'
    store = derived(MEETING + office)
    assert {state for event, state in said(store, "onBehalfOf") if event == "e1"} == {"kz"}
    premises = {r["p"].value.rsplit("/", 1)[-1] for r in store.query('SELECT ?p WHERE { ?i rg:rule "office-in-article" ; rg:premise ?p }')}
    assert premises == {"e1", "t9"}


def test_met_holds_both_ways_and_only_for_what_was_held() -> None:
    """A planned meeting is no meeting yet."""
    assert said(derived(MEETING), "met") == {("rahmon", "nazarbayev"), ("nazarbayev", "rahmon")}
    assert said(derived(MEETING + "<https://w3id.org/relgraph/id/event/e1> rg:planned true ."), "met") == set()


def test_visited() -> None:
    """The visitor visited the host, not the other way round."""
    visit = '<https://w3id.org/relgraph/id/event/e2> a rg:Event ; rg:eventKind k:visit ; rg:visitor x:rahmon ; rg:host x:kz ; rg:participant x:rahmon , x:kz ; rdfs:label "v"@en .'
    assert said(derived(visit), "visited") == {("rahmon", "kz")}


def test_heads_of_state_are_those_in_office() -> None:
    """Not those who were; and not a president under a supreme leader."""
    assert said(derived(MEETING), "headOfState") == {("tj", "rahmon"), ("kz", "tokayev")}


def test_every_inferred_statement_knows_its_rule_and_premise() -> None:
    """For each statement of the inferred graph that is not about an inference there is one that gives it, with rule and premise."""
    store = derived(MEETING)
    statements = {(q.subject, q.predicate, q.object) for q in store.quads(iris.INFERRED)}
    inferences = list(store.query("SELECT ?s ?p ?o WHERE { ?i a rg:Inference ; rg:rule ?r ; rg:premise ?w ; rg:inferredSubject ?s ; rg:inferredPredicate ?p ; rg:inferredObject ?o }"))
    explained = {(r["s"], r["p"], r["o"]) for r in inferences}
    own = {s for s in statements if "/id/inference/" in str(s[0]) or "/id/contradiction/" in str(s[0])}
    assert statements - own == explained
    assert explained


def test_deriving_again_changes_nothing_and_nothing_outlives_its_premises() -> None:
    """Twice is once; without the article only what the reference alone gives is left."""
    store = derived(MEETING)
    before = sorted(map(str, store.quads()))
    derive(store)
    assert sorted(map(str, store.quads())) == before
    store.remove_article("a")
    derive(store)
    assert list(store.quads(iris.OCCURRENCES)) == []
    assert said(store, "met") == set()
    assert said(store, "headOfState") == {("tj", "rahmon"), ("kz", "tokayev")}


def test_a_change_marks_the_derived_graphs_as_old() -> None:
    """The note is gone in the same transaction, so that a run killed before deriving is completed by the next."""
    store = derived(MEETING)
    refresh(store)
    assert store.get_note(DERIVED) == rules_version()
    store.replace_article("a", quads(MEETING + "x:more a rg:Person .", iris.article_graph("a")), "k2")
    assert store.get_note(DERIVED) is None
    refresh(store)
    assert store.get_note(DERIVED) == rules_version()
    store.remove_article("a")
    assert store.get_note(DERIVED) is None
