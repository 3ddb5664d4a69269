"""Content negotiation (RFC 9110, section 12.5.1): which form of an answer a client wants."""

from __future__ import annotations

from collections.abc import Sequence

ROWS = {
    "application/sparql-results+json": "JSON", "application/sparql-results+xml": "XML", "text/csv": "CSV", "text/tab-separated-values": "TSV",
}  # fmt: skip
"""Media types of SELECT and ASK, best first, with the engine's name for each."""
TRIPLES = {
    "text/turtle": "TURTLE", "application/n-triples": "N_TRIPLES", "application/rdf+xml": "RDF_XML", "application/ld+json": "JSON_LD",
}  # fmt: skip
"""Media types of CONSTRUCT and DESCRIBE."""
TRUTH = ("application/sparql-results+json", "application/sparql-results+xml")
"""Media types of ASK: CSV and TSV have none (SPARQL 1.1 Query Results CSV and TSV, section 1)."""
_SAME = {
    "application/json": "application/sparql-results+json", "application/xml": "application/sparql-results+xml", "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples", "application/x-turtle": "text/turtle",
}  # fmt: skip
SHORT = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml", "csv": "text/csv", "tsv": "text/tab-separated-values",
    "ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml", "jsonld": "application/ld+json",
}  # fmt: skip
"""What `?format=` may say, for people who can't send an Accept header."""


def ranges(accept: str) -> list[tuple[str, float]]:
    """Return the media ranges of an Accept header with their weights, in its order; what can't be read is skipped.

    >>> ranges("text/csv;q=0.5, */*")
    [('text/csv', 0.5), ('*/*', 1.0)]
    """
    found = []
    for part in accept.split(","):
        name, *parameters = (p.strip().lower() for p in part.split(";"))
        if "/" not in name:
            continue
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            found.append((name, min(1.0, max(0.0, float(weight)))))
        except ValueError:
            continue
    return found


def best(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that a client likes best, the first offered among equals; None when it accepts none.

    >>> best("application/json", ["text/csv", "application/sparql-results+json"])
    'application/sparql-results+json'
    >>> best("image/png", ["text/csv"]) is None
    True
    """
    wanted = ranges(accept)
    if not wanted:
        return offered[0]
    chosen, most = None, (0.0, -1)
    for media in offered:
        weight = max(((q, _precision(name)) for name, q in _closest(wanted, media)), default=(0.0, -1))
        if weight[0] > most[0]:
            chosen, most = media, weight
    return chosen


def _closest(wanted: list[tuple[str, float]], media: str) -> list[tuple[str, float]]:
    """Return the ranges that fit a media type, only the most precise ones."""
    fitting = [(name, q) for name, q in wanted if name in (media, "*/*", media.split("/")[0] + "/*") or _SAME.get(name) == media]
    if not fitting:
        return []
    sharpest = max(_precision(name) for name, _ in fitting)
    return [(name, q) for name, q in fitting if _precision(name) == sharpest]


def _precision(name: str) -> int:
    return 0 if name == "*/*" else 1 if name.endswith("/*") else 2
