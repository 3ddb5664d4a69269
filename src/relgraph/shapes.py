"""Check an article's quads against ontology/shapes.ttl, on the way in."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable
from typing import Any

import msgspec
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from relgraph.graph.iris import PREFIXES
from relgraph.graph.terms import LABEL, RDF_TYPE
from relgraph.resources import resource


class Violation(msgspec.Struct, frozen=True):
    """One broken constraint: the node, what is wrong in plain words, and 'Violation' or 'Warning'."""

    node: str
    message: str
    severity: str


def validate(quads: Iterable[Quad]) -> tuple[Violation, ...]:
    """Return what is wrong with some quads, by node; graph names are ignored.

    The concepts of our vocabularies that the quads use are looked at with them; nothing else is, so the time depends on these quads alone.
    A call costs about 0.2 s whatever it is given, so call it for many articles at once.
    """
    import pyshacl
    import rdflib

    triples = {Triple(q.subject, q.predicate, q.object) for q in quads}
    used = {t.object for t in triples}
    triples |= {t for t in _concepts() if t.subject in used}
    data = rdflib.Graph()
    data.parse(io.BytesIO(serialize(triples, format=RdfFormat.N_TRIPLES) or b""), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", advanced=False, inplace=True)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found = set()
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        found.add(Violation(str(report.value(result, shacl.focusNode)), str(report.value(result, shacl.resultMessage)), str(report.value(result, shacl.resultSeverity)).rsplit("#", 1)[-1]))
    return tuple(sorted(found, key=lambda v: (v.node, v.message)))


@functools.cache
def _concepts() -> tuple[Triple, ...]:
    files = sorted(resource("ontology", "vocabularies").glob("*.ttl"))
    kept = (RDF_TYPE, LABEL, NamedNode(f"{PREFIXES['skos']}inScheme"))
    return tuple(Triple(q.subject, q.predicate, q.object) for path in files for q in parse(path=str(path)) if q.predicate in kept)


@functools.cache
def _shapes() -> Any:
    import rdflib

    graph = rdflib.Graph()
    graph.parse(resource("ontology", "shapes.ttl"), format="turtle")
    return graph
