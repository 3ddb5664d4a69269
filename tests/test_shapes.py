"""Each constraint of shapes.ttl has a good example that passes and a bad one that it catches, with a message for people."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse
from rdflib import Graph, Namespace

from relgraph.resources import resource
from relgraph.shapes import validate

HEAD = """@prefix rg: <https://w3id.org/relgraph/ontology#> . @prefix : <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
CLAIM = ':c a rg:Claim ; rg:passage :p ; rg:inArticle :a ; rg:rule "event.meet" ; rg:confidence 0.8 ; rg:asserts :m .'
PASSAGE = ':p a rg:Passage ; rg:exact "They met." ; rg:start 0 ; rg:end 9 ; rg:inArticle :a .'
MEETING = ":m a rg:Meeting , rg:Event ; rg:participant :x , :y ; rg:eventKind :k ."
VISIT = ":v a rg:Visit , rg:Event ; rg:participant :x , :y ; rg:visitor :x ; rg:host :y ; rg:eventKind :k ."
TREATY = ':t a rg:Treaty ; rdfs:label "Treaty"@en ; rg:party :x , :y .'
STEP = ":s a rg:TreatyStep ; rg:stepOf :t ; rg:stepStatus :signed ."
BODY = ":b a rg:Body ; rg:bodyMember :x , :y ."
FIGURE = ":o a rg:Observation ; rg:value 670.0 ; rg:unit :usd ; rg:indicator :i ; rg:between :x , :y ."
TARGET = ':g a rg:Target ; rg:value 2.0 ; rg:unit :usd ; rg:indicator :i ; rg:deadline "2027"^^xsd:gYear .'
TENURE = ":n a rg:Tenure ; rg:holder :x ; rg:office :f ."
MEMBERSHIP = ":q a rg:Membership ; rg:member :x ; rg:organisation :z ."
RELATION = ":r a rg:Relation ; rg:between :x , :y ; rg:relationKind :k ."
ENGAGEMENT = ":e a rg:Engagement ; rg:between :x , :y ; rg:topic :k ."
ACTOR = ':x a rg:Actor ; rdfs:label "Tajikistan"@en .'

CASES = [
    (CLAIM, "rg:passage :p ;", "", "A claim must cite at least one passage."),
    (CLAIM, "rg:inArticle :a ;", "", "A claim belongs to exactly one article."),
    (CLAIM, 'rg:rule "event.meet" ;', "", "A claim must name the rule that found it."),
    (CLAIM, "rg:confidence 0.8", "rg:confidence 1.8", "A claim needs one confidence between 0 and 1."),
    (CLAIM, "; rg:asserts :m", "", "A claim either asserts a fact or says why it does not."),
    (PASSAGE, 'rg:exact "They met." ;', "", "A passage needs its exact words."),
    (PASSAGE, "rg:start 0 ;", "", "A passage needs the offset where it starts."),
    (PASSAGE, "rg:end 9 ;", "", "A passage needs the offset where it ends."),
    (PASSAGE, "; rg:inArticle :a", "", "A passage belongs to exactly one article."),
    (MEETING, "rg:participant :x , :y ;", "rg:participant :x ;", "A meeting needs at least two participants."),
    (MEETING, "rg:participant :x , :y ;", "", "An event needs a participant."),
    (MEETING, "; rg:eventKind :k", "", "An event has exactly one kind."),
    (VISIT, "rg:visitor :x ;", "", "A visit needs a visitor."),
    (VISIT, "rg:host :y ;", "", "A visit needs exactly one host."),
    (TREATY, ":x , :y", ":x", "A treaty needs at least two parties."),
    (STEP, "; rg:stepStatus :signed", "", "A treaty step has exactly one status."),
    (STEP, "rg:stepOf :t ;", "", "A treaty step belongs to a treaty."),
    (BODY, ":x , :y", ":x", "A body needs at least two members."),
    (FIGURE, "rg:value 670.0 ;", "", "A figure needs its value."),
    (FIGURE, "rg:unit :usd ;", "", "A figure needs its unit."),
    (FIGURE, "rg:indicator :i ;", "", "A figure must say what it measures."),
    (FIGURE, "; rg:between :x , :y", "", "A figure must say whose it is."),
    (TARGET, "rg:value 2.0 ;", "", "A target needs its value."),
    (TARGET, "rg:unit :usd ;", "", "A target needs its unit."),
    (TARGET, "rg:indicator :i ;", "", "A target must say what it measures."),
    (TARGET, '; rg:deadline "2027"^^xsd:gYear', "", "A target without a deadline can't be checked later."),
    (TENURE, "rg:holder :x ;", "", "A tenure has exactly one holder."),
    (TENURE, "; rg:office :f", "", "A tenure has exactly one office."),
    (MEMBERSHIP, "rg:member :x ;", "", "A membership has exactly one member."),
    (MEMBERSHIP, "; rg:organisation :z", "", "A membership has exactly one organisation."),
    (RELATION, ":x , :y", ":x", "A relation needs at least two sides."),
    (RELATION, "; rg:relationKind :k", "", "A relation has exactly one kind."),
    (ENGAGEMENT, ":x , :y", ":x", "A field of cooperation needs at least two sides."),
    (ENGAGEMENT, "; rg:topic :k", "", "A field of cooperation has exactly one topic."),
    (ACTOR, '; rdfs:label "Tajikistan"@en', "", "An entity needs a label, one a language."),
]  # fmt: skip


def messages(turtle: str) -> list[str]:
    triples = parse(input=HEAD + turtle, format=RdfFormat.TURTLE)
    return [v.message for v in validate(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)]


@pytest.mark.parametrize("good", sorted({case[0] for case in CASES}))
def test_good_examples_pass(good: str) -> None:
    assert messages(good) == []


@pytest.mark.parametrize(("good", "old", "new", "message"), CASES)
def test_bad_examples_are_caught(good: str, old: str, new: str, message: str) -> None:
    assert old in good
    assert message in messages(good.replace(old, new))


def test_every_constraint_has_a_bad_example() -> None:
    """A message of shapes.ttl without a case here is a constraint that nobody has seen fail."""
    graph = Graph().parse(resource("ontology", "shapes.ttl"))
    said = {str(m) for m in graph.objects(None, Namespace("http://www.w3.org/ns/shacl#").message)}
    assert said == {case[3] for case in CASES}


def test_a_target_without_deadline_is_only_a_warning() -> None:
    """It is kept; what can't be checked later is said, not dropped."""
    triples = parse(input=HEAD + TARGET.replace('; rg:deadline "2027"^^xsd:gYear', ""), format=RdfFormat.TURTLE)
    assert [v.severity for v in validate(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)] == ["Warning"]
