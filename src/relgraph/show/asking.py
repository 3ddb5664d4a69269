"""What the projection asks the store: one SPARQL query per kind of row, each over the whole default graph.

In: anything with `query(sparql)` that answers as pyoxigraph does. Out: tuples of plain strings, None where unbound, sorted.
"""

from __future__ import annotations

from typing import Any, Protocol

from relgraph.graph.iris import PREFIXES

Row = tuple[str | None, ...]

_HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

ARTICLES = """SELECT ?article ?title ?publisher ?published ?url WHERE {
  ?article a rg:Article .
  OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article dcterms:publisher ?publisher }
  OPTIONAL { ?article rg:published ?published } OPTIONAL { ?article rg:url ?url } }"""

PASSAGES = """SELECT ?passage ?article ?start ?end ?exact WHERE {
  ?passage a rg:Passage ; rg:inArticle ?article ; rg:start ?start ; rg:end ?end ; rg:exact ?exact }"""

CLAIMS = """SELECT ?claim ?type ?label ?rule ?confidence ?article ?modality ?attribution WHERE {
  ?claim a rg:Claim ; rg:claimType ?type ; rg:inArticle ?article .
  OPTIONAL { ?claim rdfs:label ?label } OPTIONAL { ?claim rg:rule ?rule } OPTIONAL { ?claim rg:confidence ?confidence }
  OPTIONAL { ?claim rg:modality ?modality } OPTIONAL { ?claim rg:attribution ?attribution } }"""

CLAIM_LINKS = """SELECT ?claim ?verb ?value WHERE {
  VALUES ?verb { rg:asserts rg:involves rg:passage rg:span } ?claim a rg:Claim ; ?verb ?value }"""

DATES = """SELECT ?node ?earliest ?latest WHERE {
  ?node rg:earliest ?earliest ; rg:latest ?latest . FILTER EXISTS { ?claim rg:asserts ?node } }"""

EVENTS = """SELECT ?event ?kind ?date ?planned ?place WHERE {
  ?event a rg:Event . OPTIONAL { ?event rg:eventKind ?kind } OPTIONAL { ?event rg:date ?date }
  OPTIONAL { ?event rg:planned ?planned } OPTIONAL { ?event rg:place ?place } }"""

EVENT_LINKS = """SELECT ?event ?verb ?actor WHERE {
  VALUES ?verb { rg:participant rg:visitor rg:host rg:onBehalfOf } ?event a rg:Event ; ?verb ?actor }"""

REPORTS = """SELECT ?occurrence ?event ?sources WHERE {
  ?occurrence a rg:Occurrence ; rg:report ?event . OPTIONAL { ?occurrence rg:sourceCount ?sources } }"""

REPRINTS = """SELECT ?article ?original WHERE { ?article rg:reprintOf ?original }"""

ABOUT = """SELECT ?node ?verb ?concept WHERE {
  VALUES ?verb { rg:topic rg:eventKind rg:relationKind rg:indicator rg:stepStatus } ?node ?verb ?concept .
  FILTER(isIRI(?concept)) }"""

CONCEPTS = """SELECT ?concept ?name (LANG(?name) AS ?language) WHERE { ?concept a skos:Concept ; skos:prefLabel ?name }"""

TENURES = """SELECT ?tenure ?person ?of ?label ?from ?to ?source WHERE {
  ?tenure a rg:Tenure ; rg:holder ?person ; rg:office ?office .
  ?office rg:officeOf ?of ; rdfs:label ?label .
  OPTIONAL { ?tenure rg:from ?from } OPTIONAL { ?tenure rg:to ?to } OPTIONAL { ?tenure rg:source ?source } }"""

MEMBERS = """SELECT ?whole ?verb ?part WHERE {
  VALUES ?verb { rg:bodyMember rg:party } ?whole ?verb ?part . FILTER EXISTS { ?claim rg:asserts ?whole } }"""

MEMBERSHIPS = """SELECT ?membership ?member ?organisation ?kind WHERE {
  ?membership a rg:Membership ; rg:member ?member ; rg:organisation ?organisation ; rg:membershipKind ?kind .
  FILTER EXISTS { ?claim rg:asserts ?membership } }"""

# Only what some claim names, is asserted by one, or holds the office of one who is named: not the whole reference.
NAMED = """SELECT DISTINCT ?thing WHERE {
  { ?claim rg:involves ?thing } UNION { ?claim rg:asserts ?thing . { ?thing a rg:Body } UNION { ?thing a rg:Treaty } }
  UNION { ?event a rg:Event ; rg:participant|rg:onBehalfOf|rg:place ?thing } }"""

CLASSES = """SELECT ?thing ?class WHERE {
  VALUES ?top { rg:Actor rg:Treaty rg:Place } ?thing a ?top , ?class }"""

LABELS = """SELECT ?thing ?verb ?name (LANG(?name) AS ?language) WHERE {
  VALUES ?top { rg:Actor rg:Treaty rg:Place } VALUES ?verb { rdfs:label skos:altLabel rg:iso2 rg:iso3 } ?thing a ?top ; ?verb ?name }"""

INFERENCES = """SELECT ?inference ?verb ?value ?name WHERE {
  VALUES ?verb { rg:inferredSubject rg:inferredPredicate rg:inferredObject rg:rule rg:premise }
  ?inference a rg:Inference ; ?verb ?value . OPTIONAL { ?value rdfs:label ?name . FILTER(LANG(?name) IN ("", "en")) } }"""

CONTRADICTIONS = """SELECT ?contradiction ?verb ?value WHERE {
  VALUES ?verb { rg:contradictionKind rg:conflicting rg:concerns rg:difference rdfs:label } ?contradiction a rg:Contradiction ; ?verb ?value }"""


class Answers(Protocol):
    """What can be asked: a store of relgraph, or a pyoxigraph store."""

    def query(self, query: str, /) -> Any:
        """Answer a SPARQL query."""


def ask(store: Answers, sparql: str) -> list[Row]:
    """Return the rows of a SELECT, sorted, so that nothing depends on the order in which a store answers."""
    rows = {tuple(None if term is None else str(term.value) for term in row) for row in store.query(_HEAD + sparql)}
    return sorted(rows, key=lambda row: tuple(value or "" for value in row))
