"""The ontology: it parses everywhere, every term is described, code and files use only declared terms, and it infers no nonsense."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, TIME, BNode, Graph, Literal, URIRef

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
        text = re.sub(r"(?m)^ *>>> .*$", "", text)  # examples in docstrings may have terms of their own
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


ALIGNMENTS = Graph().parse(resource("ontology", "alignments.ttl"))
# Vocabularies that rdflib knows every term of: a misspelt one shows itself.
KNOWN = {"org": ORG, "prov": PROV, "qb": QB, "schema": SDO, "time": TIME, "foaf": FOAF, "skos": SKOS, "dcterms": DCTERMS}
FURTHER = ("http://www.w3.org/ns/oa#", "http://purl.org/linked-data/sdmx/2009/", "http://semanticweb.cs.vu.nl/2009/11/sem/", "http://www.wikidata.org/")


def test_alignments_start_from_declared_terms_and_concepts() -> None:
    concepts = {c for path in resource("ontology", "vocabularies").glob("*.ttl") for c in Graph().parse(path).subjects(RDF.type, SKOS.Concept)}
    concepts |= set(ALIGNMENTS.subjects(RDF.type, SKOS.Concept))
    for subject in set(ALIGNMENTS.subjects()):
        if str(subject).startswith(RG):
            assert str(subject)[len(RG) :] in TERMS, subject
        elif "/vocab/" in str(subject) and (subject, RDF.type, SKOS.ConceptScheme) not in ALIGNMENTS:
            assert subject in concepts, subject


def test_alignments_lead_to_terms_that_exist() -> None:
    """Each vocabulary that the issue of adoption names is aligned with, and no term of theirs is made up."""
    targets = {o for s, p, o in ALIGNMENTS if str(s).startswith(RG) and isinstance(o, URIRef)}
    met = set()
    for target in targets:
        name = next((k for k, space in KNOWN.items() if str(target).startswith(str(space._NS))), None)  # type: ignore[attr-defined]
        if name is None:
            assert str(target).startswith(FURTHER) or target == OWL.Class, target
        else:
            assert target in KNOWN[name], target
            met.add(name)
    assert met >= {"org", "prov", "schema", "skos", "time", "qb"}
    for start in FURTHER:
        assert any(str(t).startswith(start) for t in targets), start


def test_plover_categories_of_the_vocabulary_and_of_the_alignments_agree() -> None:
    """A kind of event has the same category and quad as a text beside it and as a concept."""
    kinds = Graph().parse(resource("ontology", "vocabularies") / "event-kind.ttl")
    said = {str(k): (str(c), str(kinds.value(k, URIRef(RG + "ploverQuad")))) for k, c in kinds.subject_objects(URIRef(RG + "ploverCategory"))}
    english = {s: str(o) for s, o in ALIGNMENTS.subject_objects(SKOS.prefLabel) if isinstance(o, Literal) and o.language == "en"}
    aligned = {str(kind): (english[c], english[ALIGNMENTS.value(c, SKOS.broader)]) for kind, c in ALIGNMENTS.subject_objects(SKOS.broadMatch)}  # type: ignore[index]
    assert aligned == said


def nonsense(graph: Graph) -> list[str]:
    """What must not follow: inconsistencies, and things that are of two disjoint classes."""
    found = [str(e) for e in graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))]
    found += [str(s) for s in graph.subjects(RDF.type, OWL.Nothing)]
    kinds = {name: {s for s in graph.subjects(RDF.type, URIRef(RG + name)) if not isinstance(s, BNode)} for name in ("Person", "State", "Organisation", "Event", "Occurrence", "Treaty", "Claim", "Article", "Tenure", "Office")}
    for one, other in itertools.combinations(kinds, 2):
        found += [f"{one} and {other}: {s}" for s in kinds[one] & kinds[other]]
    return found + [f"Person and Place: {s}" for s in kinds["Person"] & set(graph.subjects(RDF.type, URIRef(RG + "Place")))]


@pytest.mark.parametrize("aligned", [False, True], ids=["alone", "with alignments"])
def test_reasoning_over_samples_infers_no_nonsense(aligned: bool) -> None:
    """OWL RL over articles, occurrences and inferences: consistent, no person became a state; what nobody typed stays untyped."""
    import owlrl

    store = OxigraphStore()
    build([str(ROOT / "data" / "articles" / f"{name}.txt") for name in ("kz-uz-2024-08-08-tokayev-mirziyoyev-akorda", "tj-tm-2024-04-05-arkadag-dushanbe")], store)
    graph = Graph() + ONTOLOGY + (ALIGNMENTS if aligned else Graph())
    kept = [q for q in store.quads() if q.graph_name.value.endswith(("/occurrences", "/inferred")) or "/graph/article/" in q.graph_name.value]  # type: ignore[union-attr]
    graph.parse(data="\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in kept), format="nt")
    before = {name: set(graph.subjects(RDF.type, URIRef(RG + name))) for name in ("Person", "State")}
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert before["Person"]
    assert nonsense(graph) == []
    for name, known in before.items():
        # Ranges may add a class to what an inferred statement leads to outside of these graphs, but to nothing that stands in them.
        fresh = set(graph.subjects(RDF.type, URIRef(RG + name))) - known
        assert not {f for f in fresh if (f, RDFS.label, None) in graph}, name


def test_nonsense_would_be_found() -> None:
    """A person that is a state, too, is inconsistent with the ontology."""
    import owlrl

    graph = Graph() + ONTOLOGY
    graph.parse(data=f"@prefix rg: <{RG}> . <http://example.org/x> a rg:State . <http://example.org/t> a rg:Tenure ; rg:holder <http://example.org/x> .", format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert "Person and State: http://example.org/x" in nonsense(graph)
    assert len(nonsense(graph)) > 1
