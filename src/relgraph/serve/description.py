"""The service description (SPARQL 1.1 Service Description): what the endpoint is and can do, as RDF."""

from __future__ import annotations

import pyoxigraph as ox

from relgraph.graph import iris
from relgraph.serve.negotiate import ROWS, TRIPLES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON", "application/sparql-results+xml": "SPARQL_Results_XML", "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV", "text/turtle": "Turtle", "application/n-triples": "N-Triples", "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}  # fmt: skip


def description(endpoint: str, media: str, *, writable: bool) -> bytes:
    """Return the description of an endpoint in one of the media types of `TRIPLES`."""
    store, service = ox.Store(), ox.BlankNode("service")
    data, graph = ox.BlankNode("data"), ox.BlankNode("graph")

    def say(subject: ox.BlankNode, verb: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
        store.add(ox.Quad(subject, ox.NamedNode(verb), value))

    kind = f"{iris.PREFIXES['rdf']}type"
    say(service, kind, ox.NamedNode(f"{_SD}Service"))
    say(service, f"{_SD}endpoint", ox.NamedNode(endpoint))
    for language in ("SPARQL11Query", *(("SPARQL11Update",) if writable else ())):
        say(service, f"{_SD}supportedLanguage", ox.NamedNode(_SD + language))
    for form in (*ROWS, *TRIPLES):
        say(service, f"{_SD}resultFormat", ox.NamedNode(_FORMATS + _NAMES[form]))
    say(service, f"{_SD}feature", ox.NamedNode(f"{_SD}EmptyGraphs"))
    say(service, f"{_SD}defaultDataset", data)
    say(data, kind, ox.NamedNode(f"{_SD}Dataset"))
    say(data, f"{_SD}defaultGraph", graph)
    say(graph, kind, ox.NamedNode(f"{_SD}Graph"))
    say(graph, f"{iris.PREFIXES['rdfs']}comment", ox.Literal("Articles, reference, inferred facts and occurrences merged; every triple once.", language="en"))
    form = getattr(ox.RdfFormat, TRIPLES[media])
    prefixes = {"sd": _SD, "rdf": iris.PREFIXES["rdf"], "rdfs": iris.PREFIXES["rdfs"], "formats": _FORMATS}
    triples = (ox.Triple(q.subject, q.predicate, q.object) for q in store)
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""
