"""The page on the ontology and the JSON-LD context, from the Turtle files. Run by `make docs`; a test compares."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from relgraph.graph.iris import PREFIXES, RG
from relgraph.query import load_queries
from relgraph.resources import resource

DOCS = Path(__file__).parent
ONTOLOGY = resource("ontology")
# What a first look doesn't need: what is derived beyond occurrences, and properties that hang on almost everything.
_NOT_DRAWN = {"Correction", "Inference", "Match", "Decision", "Contradiction", "inArticle", "onBehalfOf", "met", "visited", "fellowMember", "alliedWith", "memberOf", "headOfState", "headOfGovernment",
              "subEvent", "identifiedAs", "reprintOf", "stepOf", "accordingTo", "visitor", "host", "fulfils"}  # fmt: skip


def ontology_page() -> str:
    """Return docs/ontology.md."""
    graph = Graph().parse(ONTOLOGY / "relgraph.ttl")
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    parts = {
        "summary": _summary(graph, shapes), "diagram": _diagram(graph), "classes": _classes(graph), "properties": _properties(graph),
        "vocabularies": _vocabularies(), "shapes": _shapes(shapes), "questions": _questions(),
        "jsonld": (DOCS / "examples" / "meeting.jsonld").read_text("utf-8").rstrip(), "pyshacl": (DOCS / "examples" / "check.sh").read_text("utf-8").rstrip(),
        "sparql": (DOCS / "examples" / "president.txt").read_text("utf-8").rstrip(), "annotations": (DOCS / "examples" / "annotations.rq").read_text("utf-8").rstrip(),
    }  # fmt: skip
    template = (DOCS / "ontology.md.in").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], template)


def context() -> str:
    """Return ontology/context.jsonld: every term by its name, with what its values are."""
    graph = Graph().parse(ONTOLOGY / "relgraph.ttl")
    terms: dict[str, Any] = {name: PREFIXES[name] for name in ("rg", "rdfs", "skos", "owl", "xsd", "dcterms", "id", "vocab")}
    terms |= {"@version": 1.1, "iri": "@id", "type": "@type", "label": {"@id": "rdfs:label", "@container": "@language"}, "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
              "sameAs": {"@id": "owl:sameAs", "@type": "@id"}, "title": "dcterms:title", "publisher": "dcterms:publisher", "language": "dcterms:language"}  # fmt: skip
    for name in sorted(_terms(graph, OWL.Class)):
        terms[name] = f"rg:{name}"
    for name in sorted(_terms(graph, OWL.ObjectProperty)):
        terms[name] = {"@id": f"rg:{name}", "@type": "@id"}
    for name in sorted(_terms(graph, OWL.DatatypeProperty)):
        kind = graph.value(URIRef(RG + name), RDFS.range)
        plain = kind is None or kind == XSD.string
        terms[name] = f"rg:{name}" if plain else {"@id": f"rg:{name}", "@type": f"xsd:{str(kind).rsplit('#', 1)[-1]}"}
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=1) + "\n"


def _terms(graph: Graph, kind: URIRef) -> set[str]:
    return {str(s)[len(RG) :] for s in graph.subjects(RDF.type, kind) if str(s).startswith(RG)}


def _text(graph: Graph, term: Node, verb: URIRef, language: str = "en") -> str:
    return next((str(o) for o in sorted(graph.objects(term, verb)) if getattr(o, "language", None) == language), "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _named(graph: Graph, value: Node | None) -> str:
    """Return a class, a union of classes or a datatype as people write it."""
    if value is None:
        return ""
    if isinstance(value, BNode):
        union = graph.value(value, OWL.unionOf)
        return " or ".join(_named(graph, member) for member in Collection(graph, union)) if union is not None else ""
    for prefix, namespace in PREFIXES.items():
        if str(value).startswith(namespace):
            return f"{prefix}:{str(value)[len(namespace) :]}"
    return str(value)


def _summary(graph: Graph, shapes: Graph) -> str:
    concepts = {c for path in (ONTOLOGY / "vocabularies").glob("*.ttl") for c in Graph().parse(path).subjects(RDF.type, SKOS.Concept)}
    properties = sum(len(_terms(graph, kind)) for kind in (OWL.ObjectProperty, OWL.DatatypeProperty))
    version = graph.value(URIRef(RG.rstrip("#")), OWL.versionInfo)
    return (
        f"Version {version}, CC BY 4.0: {len(_terms(graph, OWL.Class))} classes, {properties} properties, {len(concepts)} concepts in "
        f"{len(list((ONTOLOGY / 'vocabularies').glob('*.ttl')))} vocabularies, {len(set(shapes.subjects(RDF.type, SH.NodeShape)))} shapes with "
        f"{len(set(shapes.objects(None, SH.message)))} constraints. `relgraph check` counts the entries of the reference."
    )


def _diagram(graph: Graph) -> str:
    """Return a Mermaid flowchart: classes as boxes, subclasses as dotted and properties as labelled arrows."""
    lines, drawn = ["flowchart LR"], set[str]()
    for name in sorted(_terms(graph, OWL.Class) - _NOT_DRAWN):
        for parent in graph.objects(URIRef(RG + name), RDFS.subClassOf):
            lines.append(f"  {name} -.-> {str(parent)[len(RG):]}")
            drawn |= {name, str(parent)[len(RG) :]}
    arrows: dict[tuple[str, str], list[str]] = {}
    for name in sorted(_terms(graph, OWL.ObjectProperty) - _NOT_DRAWN):
        # Of a union the first class stands for the others: an occurrence has what an event has.
        for start in _members(graph, graph.value(URIRef(RG + name), RDFS.domain))[:1]:
            for end in _members(graph, graph.value(URIRef(RG + name), RDFS.range))[:1]:
                if not {start, end} & _NOT_DRAWN:
                    arrows.setdefault((start, end), []).append(name)
    # Not a range in the ontology, but what they lead to.
    arrows.setdefault(("Office", "State"), []).append("officeOf")
    arrows.setdefault(("Membership", "Organisation"), []).append("organisation")
    arrows.setdefault(("Claim", "Event"), []).append("asserts")
    arrows.setdefault(("Passage", "Article"), []).append("inArticle")
    for one in ("Observation", "Target", "Relation", "Engagement"):
        arrows.setdefault((one, "Actor"), []).append("between")
    lines += [f"  {start} -->|{', '.join(sorted(set(names)))}| {end}" for (start, end), names in sorted(arrows.items())]
    return "\n".join(lines)


def _members(graph: Graph, value: Node | None) -> list[str]:
    union = graph.value(value, OWL.unionOf) if isinstance(value, BNode) else None
    found = list(Collection(graph, union)) if union is not None else [value]
    return [str(f)[len(RG) :] for f in found if f is not None and str(f).startswith(RG)]


def _classes(graph: Graph) -> str:
    rows = ["| class | is a | meaning | note |", "| --- | --- | --- | --- |"]
    for name in sorted(_terms(graph, OWL.Class)):
        term = URIRef(RG + name)
        parents = ", ".join(f"`{_named(graph, p)}`" for p in sorted(graph.objects(term, RDFS.subClassOf)))
        meaning = _cell(_text(graph, term, SKOS.definition)) + f" *{_cell(_text(graph, term, RDFS.label, 'ru'))}*"
        rows.append(f"| `rg:{name}` | {parents} | {meaning} Example: {_cell(_text(graph, term, SKOS.example))}. | {_cell(_text(graph, term, SKOS.scopeNote))} |")
    return "\n".join(rows)


def _properties(graph: Graph) -> str:
    rows = ["| property | from | to | meaning |", "| --- | --- | --- | --- |"]
    for name in sorted(_terms(graph, OWL.ObjectProperty) | _terms(graph, OWL.DatatypeProperty)):
        term = URIRef(RG + name)
        start, end = (_cell(_named(graph, graph.value(term, verb))) for verb in (RDFS.domain, RDFS.range))
        reserved = " Reserved." if graph.value(term, URIRef(RG + "status")) is not None else ""
        note = _text(graph, term, SKOS.scopeNote)
        rows.append(f"| `rg:{name}` | {start} | {end} | {_cell(_text(graph, term, SKOS.definition))}{' ' + _cell(note) if note else ''}{reserved} |")
    return "\n".join(rows)


def _vocabularies() -> str:
    rows = ["| vocabulary | what | concepts |", "| --- | --- | --- |"]
    for path in sorted((ONTOLOGY / "vocabularies").glob("*.ttl")):
        graph = Graph().parse(path)
        scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme))
        labels = sorted(_text(graph, c, SKOS.prefLabel) for c in graph.subjects(RDF.type, SKOS.Concept))
        rows.append(f"| [{path.stem}](../ontology/vocabularies/{path.name}) | {_cell(_text(graph, scheme, SKOS.definition))} | {_cell(', '.join(labels))} |")
    return "\n".join(rows)


def _shapes(shapes: Graph) -> str:
    rows = ["| of | severity | message |", "| --- | --- | --- |"]
    for shape in sorted(shapes.subjects(RDF.type, SH.NodeShape)):
        targets = ", ".join(f"`{_named(shapes, t)}`" for t in sorted(shapes.objects(shape, SH.targetClass)))
        own = [shape] if (shape, SH.message, None) in shapes else []
        said = sorted((str(shapes.value(s, SH.severity)).rsplit("#", 1)[-1].lower(), str(shapes.value(s, SH.message))) for s in [*own, *shapes.objects(shape, SH.property)])
        rows += [f"| {targets} | {severity} | {_cell(message)} |" for severity, message in said]
    return "\n".join(rows)


def _questions() -> str:
    rows = ["| | question | query |", "| --- | --- | --- |"]
    queries = [q for q in load_queries().values() if Path(q.path).parent.name == "competency"]
    numbered = [(Path(q.path).stem.split("-")[0], q.question, f"[{q.name}](../ontology/queries/competency/{Path(q.path).name})") for q in queries]
    numbered.append(("21", "What is the shortest chain between two persons or bodies through meetings, bodies and treaties?", "`relgraph path`"))
    rows += [f"| {number.lstrip('0')} | {_cell(question)} | {query} |" for number, question, query in sorted(numbered)]
    return "\n".join(rows)
