"""The ontology: it parses everywhere, every term is described, code and files use only declared terms, and it infers no nonsense."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from relgraph.graph.iris import RG
from relgraph.pipeline import build
from relgraph.resources import resource
from relgraph.store import OxigraphStore

FILES = sorted([*resource("ontology").glob("*.ttl"), *resource("ontology", "vocabularies").glob("*.ttl")])
ROOT = Path(__file__).parents[1]
ONTOLOGY = Graph().parse(resource("ontology", "relgraph.ttl"))
TERMS = {str(s)[len(RG) :] for s in ONTOLOGY.subjects() if str(s).startswith(RG)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_files_parse_in_rdflib_and_oxigraph(path: Path) -> None:
    assert len(Graph().parse(path)) == len(list(pyoxigraph.parse(path=str(path)))) > 0


@pytest.mark.parametrize("name", sorted(TERMS))
def test_every_term_is_described(name: str) -> None:
    """Label in English and Russian, definition, example, isDefinedBy."""
    term = URIRef(RG + name)
    assert {label.language for label in ONTOLOGY.objects(term, RDFS.label)} >= {"en", "ru"}  # type: ignore[attr-defined]
    for verb in (SKOS.definition, SKOS.example, RDFS.isDefinedBy):
        assert (term, verb, None) in ONTOLOGY, verb


def used_terms() -> dict[str, str]:
    """The terms that code, rules, queries and shapes use, with a file that uses each."""
    found: dict[str, str] = {}
    for path in [*ROOT.glob("src/relgraph/**/*.py"), *ROOT.glob("ontology/**/*.rq"), ROOT / "ontology/shapes.ttl", *ROOT.glob("ontology/vocabularies/*.ttl")]:
        text = path.read_text("utf-8")
        names = re.findall(r"\brg:([A-Za-z]\w*)", text)
        if path.suffix == ".py":
            names += re.findall(r"""\brg\(["'](\w+)["']\)""", text)
        found.update(dict.fromkeys(names, str(path.relative_to(ROOT))))
    found.pop("none", None)  # stands for no term in a query that must find nothing
    return found


def test_only_declared_terms_are_used() -> None:
    assert {name: path for name, path in used_terms().items() if name not in TERMS} == {}


def test_every_declared_term_is_used_or_reserved() -> None:
    """A term that nothing writes, asks for or checks must say that it is reserved."""
    reserved = {str(s)[len(RG) :] for s in ONTOLOGY.subjects(URIRef(RG + "status"), None)}
    source = "\n".join(p.read_text("utf-8") for p in ROOT.glob("src/relgraph/**/*.py"))
    used = set(used_terms()) | {name for name in TERMS if f'"{name}"' in source}
    assert TERMS - used - reserved == {"status"} - used - reserved


def test_concepts_have_labels_in_both_languages() -> None:
    for path in resource("ontology", "vocabularies").glob("*.ttl"):
        graph = Graph().parse(path)
        concepts = list(graph.subjects(RDF.type, SKOS.Concept))
        assert concepts
        for concept in concepts:
            assert {label.language for label in graph.objects(concept, SKOS.prefLabel)} == {"en", "ru"}, concept  # type: ignore[attr-defined]
            assert (concept, SKOS.inScheme, None) in graph
            for verb in (SKOS.definition, SKOS.scopeNote):
                assert all(str(note).strip() for note in graph.objects(concept, verb)), (concept, verb)
                assert (concept, verb, None) in graph, (concept, verb)


def test_every_concept_hangs_in_its_scheme() -> None:
    """Each is a top concept or has a broader one of the same scheme; related ones are of the same scheme, too."""
    for path in resource("ontology", "vocabularies").glob("*.ttl"):
        graph = Graph().parse(path)
        concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        for concept in concepts:
            broader = set(graph.objects(concept, SKOS.broader))
            assert broader <= concepts - {concept}
            assert broader or (concept, SKOS.topConceptOf, None) in graph
            assert set(graph.objects(concept, SKOS.related)) <= concepts


def test_treaty_statuses_have_an_order_of_their_own() -> None:
    graph = Graph().parse(resource("ontology", "vocabularies") / "treaty-status.ttl")
    orders = [int(str(o)) for o in graph.objects(None, URIRef(RG + "order"))]
    assert sorted(orders) == list(range(1, len(set(graph.subjects(RDF.type, SKOS.Concept))) + 1))


def test_reasoning_over_a_sample_infers_no_nonsense(tmp_path: Path) -> None:
    """OWL RL over an article's graph: consistent, and no person became a state or an event."""
    import owlrl

    store = OxigraphStore()
    build([str(ROOT / "data" / "articles" / "tj-three-talks.txt")], store)
    graph = Graph().parse(resource("ontology", "relgraph.ttl"))
    for quad in store.quads("https://w3id.org/relgraph/graph/article/tj-three-talks"):
        graph.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert not list(graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))
    people = set(graph.subjects(RDF.type, URIRef(RG + "Person")))
    assert people
    for other in ("State", "Event", "Organisation", "Treaty", "Place"):
        assert not people & set(graph.subjects(RDF.type, URIRef(RG + other))), other
    assert not list(graph.subjects(RDF.type, OWL.Nothing))
