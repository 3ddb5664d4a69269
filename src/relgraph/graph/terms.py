"""Short ways to RDF terms: classes with their superclasses, typed literals, and the builder that collects the quads of one graph."""

from __future__ import annotations

import functools
import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, parse

from relgraph.graph.iris import PREFIXES, RG, concept
from relgraph.graph.iris import scheme as vocabulary
from relgraph.periods import bounds, edtf
from relgraph.resources import resource

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
ALT_LABEL = NamedNode(PREFIXES["skos"] + "altLabel")
SAME_AS = NamedNode(PREFIXES["owl"] + "sameAs")
XSD = PREFIXES["xsd"]
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

# Each class with its superclasses: both are stated, so that a plain SELECT needs no reasoner.
CLASSES: dict[str, tuple[str, ...]] = {
    "State": ("State", "Actor"), "Territory": ("Territory", "Place", "Actor"), "Region": ("Region", "Place"), "Person": ("Person", "Actor"),
    "Organisation": ("Organisation", "Actor"), "Company": ("Company", "Organisation", "Actor"), "Format": ("Format", "Organisation", "Actor"),
    "Body": ("Body", "Organisation", "Actor"), "BilateralBody": ("BilateralBody", "Body", "Organisation", "Actor"), "Actor": ("Actor",),
    "Place": ("Place",), "Office": ("Office",), "Tenure": ("Tenure",), "Membership": ("Membership",), "Treaty": ("Treaty",), "TreatyStep": ("TreatyStep",),
    "Event": ("Event",), "Contact": ("Contact", "Event"), "Meeting": ("Meeting", "Contact", "Event"), "Call": ("Call", "Contact", "Event"),
    "Message": ("Message", "Contact", "Event"), "Visit": ("Visit", "Event"), "Summit": ("Summit", "Event"), "Signing": ("Signing", "Event"),
    "Observation": ("Observation",), "Target": ("Target",), "Relation": ("Relation",), "Engagement": ("Engagement",), "Claim": ("Claim",),
    "Passage": ("Passage",), "Article": ("Article",), "Occurrence": ("Occurrence",), "Inference": ("Inference",), "Match": ("Match",), "Decision": ("Decision", "Match"), "Contradiction": ("Contradiction",), "Correction": ("Correction",),
}  # fmt: skip
CLASS_OF_KIND = {"meeting": "Meeting", "phone call": "Call", "video call": "Call", "message": "Message", "visit": "Visit", "summit": "Summit", "signing": "Signing"}


def rg(name: str) -> NamedNode:
    """Return a term of our ontology as a node."""
    return NamedNode(RG + name)


def text(value: str, language: str | None = None) -> Literal:
    """Return a plain or language-tagged literal; what is no language tag is left out, lone surrogates, which no encoding has, become '?'."""
    clean = value.encode("utf-8", "replace").decode("utf-8")
    return Literal(clean, language=language) if language and _LANGUAGE.fullmatch(language) else Literal(clean)


def typed(value: str, datatype: str) -> Literal:
    """Return a literal of an XML Schema type."""
    return Literal(value, datatype=NamedNode(XSD + datatype))


def decimal(value: float) -> Literal:
    """Return a decimal literal in its shortest canonical form."""
    plain = f"{Decimal(repr(value)):f}"
    return typed(plain.rstrip("0").rstrip(".") if "." in plain else plain, "decimal")


class Builder:
    """Collects quads of one graph without repeats."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)
        self._quads: dict[Quad, None] = {}
        self._labels: dict[NamedNode, str] = {}

    def add(self, subject: NamedNode, predicate: NamedNode | str, *objects: NamedNode | Literal) -> None:
        """Add a triple for each object; a predicate given as text is a term of ours."""
        verb = rg(predicate) if isinstance(predicate, str) else predicate
        for value in objects:
            self._quads[Quad(subject, verb, value, self.graph)] = None

    def kind(self, subject: NamedNode, name: str) -> None:
        """State the class of a node and its superclasses."""
        self.add(subject, RDF_TYPE, *(rg(c) for c in CLASSES[name]))

    def label(self, subject: NamedNode, name: str) -> None:
        """Give a node its one English label; of two spellings with one IRI the first in code point order stays."""
        known = self._labels.get(subject)
        self._labels[subject] = name if known is None else min(known, name)

    def concept(self, scheme: str, label: str) -> NamedNode:
        """Return a concept; one that our vocabularies don't hold (a user's own lexicon has it) is described here."""
        node = NamedNode(concept(scheme, label))
        if node.value not in declared_concepts():
            self.add(node, RDF_TYPE, NamedNode(PREFIXES["skos"] + "Concept"))
            self.add(node, NamedNode(PREFIXES["skos"] + "inScheme"), NamedNode(vocabulary(scheme)))
            self.label(node, label)
        return node

    def dated(self, subject: NamedNode, iso: str | None, verb: str = "date") -> None:
        """State a date at its precision, with the first and last day it may mean; a period that XML Schema has no type for in EDTF, too."""
        if iso:
            said = date_literal(iso)
            self.add(subject, verb, said)
            if said.datatype == NamedNode(XSD + "string") and bounds(iso):
                self.add(subject, "edtf", Literal(edtf(iso), datatype=EDTF))
            self.lasting(subject, iso, iso)

    def lasting(self, subject: NamedNode, start: str | None, end: str | None) -> None:
        """State the first day that a start may mean and the last day that an end may mean."""
        first, last = start and bounds(start), end and bounds(end)
        if first and first[0]:
            self.add(subject, "earliest", typed(first[0], "date"))
        if last and last[1]:
            self.add(subject, "latest", typed(last[1], "date"))

    def quads(self) -> list[Quad]:
        """Return the quads, sorted."""
        labels = {Quad(node, LABEL, text(name, "en"), self.graph): None for node, name in self._labels.items()}
        return sorted(self._quads | labels, key=str)


@functools.lru_cache(maxsize=1)
def declared_concepts() -> frozenset[str]:
    """Return the IRIs of all concepts of our vocabularies."""
    scheme = NamedNode(PREFIXES["skos"] + "inScheme")
    return frozenset(q.subject.value for p in sorted(resource("ontology", "vocabularies").glob("*.ttl"))
                     for q in parse(path=str(p)) if q.predicate == scheme and isinstance(q.subject, NamedNode))  # fmt: skip


def date_literal(iso: str) -> Literal:
    """Return an ISO date as xsd:date, gYearMonth or gYear; periods as an EDTF text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso):
        return typed(iso, "date")
    if re.fullmatch(r"\d{4}-\d{2}", iso):
        return typed(iso, "gYearMonth")
    return typed(iso, "gYear") if re.fullmatch(r"\d{4}", iso) else text(iso)
