"""Short ways to RDF terms, and dates as typed literals with their first and last day."""

from __future__ import annotations

import calendar
import re

from pyoxigraph import Literal, NamedNode, Quad

from relgraph.graph.iris import PREFIXES, RG

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
ALT_LABEL = NamedNode(PREFIXES["skos"] + "altLabel")
SAME_AS = NamedNode(PREFIXES["owl"] + "sameAs")
XSD = PREFIXES["xsd"]

# Each class with its superclasses: both are stated, so that a plain SELECT needs no reasoner.
CLASSES: dict[str, tuple[str, ...]] = {
    "State": ("State", "Actor"), "Territory": ("Territory", "Place"), "Region": ("Region", "Place"), "Person": ("Person", "Actor"),
    "Organisation": ("Organisation", "Actor"), "Company": ("Company", "Organisation", "Actor"), "Format": ("Format", "Organisation", "Actor"),
    "Body": ("Body", "Organisation", "Actor"), "BilateralBody": ("BilateralBody", "Body", "Organisation", "Actor"), "Actor": ("Actor",),
    "Place": ("Place",), "Office": ("Office",), "Tenure": ("Tenure",), "Membership": ("Membership",), "Treaty": ("Treaty",), "TreatyStep": ("TreatyStep",),
    "Event": ("Event",), "Contact": ("Contact", "Event"), "Meeting": ("Meeting", "Contact", "Event"), "Call": ("Call", "Contact", "Event"),
    "Message": ("Message", "Contact", "Event"), "Visit": ("Visit", "Event"), "Summit": ("Summit", "Event"), "Signing": ("Signing", "Event"),
    "Observation": ("Observation",), "Target": ("Target",), "Relation": ("Relation",), "Engagement": ("Engagement",), "Claim": ("Claim",),
    "Passage": ("Passage",), "Article": ("Article",), "Occurrence": ("Occurrence",), "Inference": ("Inference",),
}  # fmt: skip
CLASS_OF_KIND = {"meeting": "Meeting", "phone call": "Call", "video call": "Call", "message": "Message", "visit": "Visit", "summit": "Summit", "signing": "Signing"}


def rg(name: str) -> NamedNode:
    """Return a term of our ontology as a node."""
    return NamedNode(RG + name)


def text(value: str, language: str | None = None) -> Literal:
    """Return a plain or language-tagged literal."""
    return Literal(value, language=language) if language else Literal(value)


def typed(value: str, datatype: str) -> Literal:
    """Return a literal of an XML Schema type."""
    return Literal(value, datatype=NamedNode(XSD + datatype))


def decimal(value: float) -> Literal:
    """Return a decimal literal in its shortest canonical form."""
    plain = f"{value:.6f}".rstrip("0").rstrip(".")
    return typed(plain or "0", "decimal")


class Builder:
    """Collects quads of one graph without repeats."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)
        self._quads: dict[Quad, None] = {}

    def add(self, subject: NamedNode, predicate: NamedNode | str, *objects: NamedNode | Literal) -> None:
        """Add a triple for each object; a predicate given as text is a term of ours."""
        verb = rg(predicate) if isinstance(predicate, str) else predicate
        for value in objects:
            self._quads[Quad(subject, verb, value, self.graph)] = None

    def kind(self, subject: NamedNode, name: str) -> None:
        """State the class of a node and its superclasses."""
        self.add(subject, RDF_TYPE, *(rg(c) for c in CLASSES[name]))

    def dated(self, subject: NamedNode, iso: str | None, verb: str = "date") -> None:
        """State a date at its precision, with the first and last day it may mean."""
        if not iso:
            return
        self.add(subject, verb, date_literal(iso))
        days = bounds(iso)
        if days:
            self.add(subject, "earliest", typed(days[0], "date"))
            self.add(subject, "latest", typed(days[1], "date"))

    def quads(self) -> list[Quad]:
        """Return the quads, sorted."""
        return sorted(self._quads, key=str)


def date_literal(iso: str) -> Literal:
    """Return an ISO date as xsd:date, gYearMonth or gYear; periods as an EDTF text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso):
        return typed(iso, "date")
    if re.fullmatch(r"\d{4}-\d{2}", iso):
        return typed(iso, "gYearMonth")
    return typed(iso, "gYear") if re.fullmatch(r"\d{4}", iso) else text(iso)


def bounds(iso: str) -> tuple[str, str] | None:
    """Return the first and last day of a date or period, None when it is neither.

    >>> bounds("2025-H1")
    ('2025-01-01', '2025-06-30')
    """
    first, _, last = iso.partition("/")
    low, high = _days(first), _days(last or first)
    return (low[0], high[1]) if low and high else None


def _days(part: str) -> tuple[str, str] | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part):
        return part, part
    match = re.fullmatch(r"(\d{4})-(?:H([12])|Q([1-4])|(\d{2}))|(\d{4})", part)
    if not match:
        return None
    year = match[1] or match[5]
    if match[2]:
        low, high = (1, 6) if match[2] == "1" else (7, 12)
    elif match[3]:
        low, high = int(match[3]) * 3 - 2, int(match[3]) * 3
    elif match[4]:
        low = high = int(match[4])
    else:
        low, high = 1, 12
    if not 1 <= low <= high <= 12:
        return None
    return f"{year}-{low:02d}-01", f"{year}-{high:02d}-{calendar.monthrange(int(year), high)[1]}"
