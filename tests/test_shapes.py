"""Each constraint of shapes.ttl has a good example that passes and a bad one that it catches, with a message for people."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pyshacl
import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse
from rdflib import RDF, SH, BNode, Graph, URIRef

from relgraph.graph.iris import RG
from relgraph.resources import resource
from relgraph.shapes import validate


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shapes_world", Path(__file__).with_name("shapes_world.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


WORLD = _load()
SHAPES = Graph().parse(resource("ontology", "shapes.ttl"))
# What a shape says of itself, apart from what it demands.
ABOUT = {SH.path, SH.severity, SH.message, SH.property, SH.targetClass, RDF.type}


def quads(turtle: str) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in parse(input=WORLD.HEAD + turtle, format=RdfFormat.TURTLE)]


def spoilt(number: int) -> str:
    """Return the world with one thing wrong, its nodes under a name of their own."""
    old, new, _ = WORLD.BAD[number]
    assert WORLD.GOOD.count(old) >= 1, old
    return f"@prefix : <http://example.org/{number}/> .\n{WORLD.GOOD.replace(old, new, 1)}"


@pytest.fixture(scope="module")
def found() -> Mapping[int, set[tuple[str, str]]]:
    """By the number of a spoilt world: messages, each with the constraint that sent it. All worlds are checked in one call."""
    data = Graph()
    for number in range(len(WORLD.BAD)):
        data.parse(data=WORLD.HEAD + spoilt(number), format="turtle")
    for path in resource("ontology", "vocabularies").glob("*.ttl"):
        data.parse(path)
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES, inference="none", inplace=True)
    assert isinstance(report, Graph)
    messages: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        number = int(str(report.value(result, SH.focusNode)).split("/")[3])
        component = str(report.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[-1]
        messages[number].add((str(report.value(result, SH.resultMessage)), component))
    return messages


def test_the_good_world_passes() -> None:
    assert validate(quads(f"@prefix : <http://example.org/good/> .\n{WORLD.GOOD}")) == ()


@pytest.mark.parametrize("number", range(len(WORLD.BAD)), ids=lambda n: WORLD.BAD[n][2][:60])
def test_bad_examples_are_caught(number: int, found: Mapping[int, set[tuple[str, str]]]) -> None:
    """The message of the constraint comes, and it came from a world in which everything else is right."""
    assert WORLD.BAD[number][2] in {message for message, _ in found[number]}


def demanded() -> set[tuple[str, str]]:
    """Every constraint of the shapes as (message, component)."""
    pairs = set()
    for shape, message in SHAPES.subject_objects(SH.message):
        for verb in set(SHAPES.predicates(shape)) - ABOUT:
            name = str(verb).rsplit("#", 1)[-1]
            pairs.add((str(message), f"{name[0].upper()}{name[1:]}ConstraintComponent"))
    return pairs


def test_every_constraint_has_been_seen_to_fail(found: Mapping[int, set[tuple[str, str]]]) -> None:
    """A constraint that no bad example breaks may be one that can't break."""
    assert demanded() - set().union(*found.values()) == set()


def test_no_two_constraints_share_a_message() -> None:
    messages = [str(m) for m in SHAPES.objects(None, SH.message)]
    assert len(messages) == len(set(messages))


def test_every_constraint_has_severity_and_message() -> None:
    """Said, not left to the default; also of shapes that demand something themselves."""
    for shape in {*SHAPES.objects(None, SH.property), *SHAPES.subjects(RDF.type, SH.NodeShape)}:
        inner = isinstance(shape, BNode) and (shape, SH.message, None) not in SHAPES and not list(SHAPES.subjects(SH.property, shape))
        if set(SHAPES.predicates(shape)) - ABOUT and not inner and not _nested(shape):
            assert (shape, SH.message, None) in SHAPES, shape
            assert SHAPES.value(shape, SH.severity) in (SH.Violation, SH.Warning), shape


def _nested(shape: Any) -> bool:
    """Whether a property shape stands inside sh:or, sh:not ..., where the outer one speaks."""
    owners = set(SHAPES.subjects(SH.property, shape))
    return bool(owners) and all(isinstance(o, BNode) for o in owners)


def test_every_class_has_a_shape() -> None:
    ontology = Graph().parse(resource("ontology", "relgraph.ttl"))
    classes = {c for c in ontology.subjects(RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class")) if str(c).startswith(RG)}
    assert classes - set(SHAPES.objects(None, SH.targetClass)) == set()


def test_shapes_need_shacl_core_only() -> None:
    """So that any validator can run them: no SPARQL, no rules, no functions."""
    used = {str(p) for p in SHAPES.predicates() if str(p).startswith(str(SH))}
    assert not used & {str(SH) + name for name in ("sparql", "select", "ask", "rule", "js", "target", "parameter")}


def test_a_target_without_deadline_is_only_a_warning() -> None:
    """It is kept; what can't be checked later is said, not dropped."""
    world = WORLD.GOOD.replace('rg:deadline "2027"^^xsd:gYear ;', "")
    assert [v.severity for v in validate(quads(f"@prefix : <http://example.org/t/> .\n{world}"))] == ["Warning"]


def test_the_time_of_a_check_does_not_depend_on_the_vocabularies_or_the_store() -> None:
    """Only the concepts that the quads use are looked at with them: an unused broken one is not even seen."""
    assert validate(quads('@prefix : <http://example.org/p/> . :p a rg:Passage ; rg:exact "a" ; rg:start 0 ; rg:end 1 ; rg:inArticle :a . :a a rg:Article ; rdfs:label "a" ; dcterms:title "a" ; rg:published "2025"^^xsd:gYear .')) == ()
