"""A store read for dossiers and change reports: names in a language, and the sentences that nodes rest on, as known on a day.

Nodes are looked up in lists of VALUES, so that what a question costs depends on what it names and not on the size of the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.graph import iris
from relgraph.query.sparql import run_query
from relgraph.query.table import Table, Value

if TYPE_CHECKING:
    from relgraph.store import Store

_AT_ONCE = 400
_PLAIN = re.compile(r"[^<>\"{}|^`\\\s]+")
_ALL = "SELECT ?node ?property ?value WHERE { VALUES ?node { %s } ?node ?property ?value }"
_LABELS = "SELECT ?node ?label (LANG(?label) AS ?language) WHERE { VALUES ?node { %s } ?node rdfs:label|skos:prefLabel ?label }"
_SOURCES = "SELECT ?node ?source WHERE { VALUES ?node { %s } ?node rg:source ?source }"
_EVIDENCE = """
SELECT ?node ?claim ?says ?confidence ?attribution ?article ?title ?publisher ?published ?url ?original ?origin ?start ?exact WHERE {
  VALUES ?node { %s }
  ?claim rg:asserts ?node ; rdfs:label ?says ; rg:confidence ?confidence ; rg:inArticle ?article ; rg:passage ?passage .
  ?passage rg:start ?start ; rg:exact ?exact .
  ?article dcterms:title ?title .
  OPTIONAL { ?claim rg:attribution ?attribution }
  OPTIONAL { ?article dcterms:publisher ?publisher }
  OPTIONAL { ?article rg:published ?published }
  OPTIONAL { ?article rg:url ?url }
  OPTIONAL { ?article rg:reprintOf ?original . OPTIONAL { ?original dcterms:publisher ?origin } }
}"""
_CLAIMS = _EVIDENCE.replace("VALUES ?node { %s }\n  ?claim rg:asserts ?node ;", "VALUES ?claim { %s }\n  BIND(?claim AS ?node)\n  ?claim")


class Cited(msgspec.Struct, frozen=True, order=True):
    """One sentence that says so.

    Attributes:
        published: Day, month or year of publication as ISO text; '' when unknown.
        voice: Who speaks: the publisher, of a reprint that of its original; an article without a publisher speaks for itself.
        claim: The IRI of the claim.
    """

    published: str
    article: str
    start: int
    quote: str
    title: str
    publisher: str | None
    url: str | None
    voice: str
    claim: str
    says: str
    confidence: float
    attribution: str | None = None


class Described:
    """What a store says of one node, by the local name of the property; values as text in a fixed order."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.said: dict[str, list[str]] = {}

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a property."""
        return tuple(self.said.get(name, ()))

    def one(self, name: str) -> str:
        """Return the first value of a property, '' when there is none."""
        return next(iter(self.said.get(name, ())), "")


class Reader:
    """Reads one store in one language as it was known on a day.

    Args:
        store: What is read.
        lang: 'en' or 'ru': the language of names; where one is missing, English.
        known: An ISO day: only what was published by then; None for everything. An article without a date was never known by a day.
    """

    def __init__(self, store: Store, *, lang: str = "en", known: str | None = None) -> None:
        self.store, self.lang, self.known = store, lang, known
        self._names: dict[str, str] = {}
        self._cited: dict[str, tuple[Cited, ...]] = {}
        self._sources: dict[str, str] = {}
        self._asked: set[str] = set()

    def rows(self, sparql: str) -> tuple[tuple[Value, ...], ...]:
        """Return the rows of a SELECT of ours, in a fixed order."""
        result = run_query(self.store, sparql)
        return tuple(sorted(result.rows, key=str)) if isinstance(result, Table) else ()

    def names(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return the name of each node in the language, else in English, else as its IRI ends."""
        wanted = sorted(set(nodes))
        missing = [n for n in wanted if n not in self._names]
        found: dict[str, dict[str, str]] = {}
        for some in _lists(missing):
            for node, label, language in self.rows(_LABELS % some):
                said = found.setdefault(str(node), {})
                said[str(language)] = min(said.get(str(language), str(label)), str(label))
        for node in missing:
            said = found.get(node, {})
            self._names[node] = said.get(self.lang) or said.get("en") or next((said[key] for key in sorted(said)), node.rpartition("/")[2])
        return {n: self._names[n] for n in wanted}

    def name(self, node: str) -> str:
        """Return the name of one node."""
        return self.names([node])[node]

    def described(self, nodes: Iterable[str]) -> dict[str, Described]:
        """Return all that the store says of each node."""
        wanted = sorted(set(nodes))
        found = {n: Described(n) for n in wanted}
        for some in _lists(wanted):
            for node, verb, value in self.rows(_ALL % some):
                found[str(node)].said.setdefault(str(verb).rpartition("#")[2], []).append("" if value is None else str(value).lower() if isinstance(value, bool) else str(value))
        return found

    def cited(self, nodes: Iterable[str]) -> dict[str, tuple[Cited, ...]]:
        """Return the sentences that assert each node, earliest publication first, undated last; nothing for a node that none asserts."""
        wanted = sorted(set(nodes))
        self._read(_EVIDENCE, [n for n in wanted if n not in self._cited])
        return {n: self._cited[n] for n in wanted}

    def claims(self, claims: Iterable[str]) -> dict[str, tuple[Cited, ...]]:
        """Return the sentences of claims, whether they assert something or not."""
        wanted = sorted(set(claims))
        self._read(_CLAIMS, [n for n in wanted if n not in self._cited])
        return {n: self._cited[n] for n in wanted}

    def sources(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return what the reference names as its source, for the nodes that it holds."""
        wanted = sorted(set(nodes))
        for some in _lists([n for n in wanted if n not in self._asked]):
            for node, source in self.rows(_SOURCES % some):
                self._sources[str(node)] = min(self._sources.get(str(node), str(source)), str(source))
        self._asked |= set(wanted)
        return {n: self._sources[n] for n in wanted if n in self._sources}

    def _read(self, sparql: str, nodes: Sequence[str]) -> None:
        found: dict[str, set[Cited]] = {n: set() for n in nodes}
        urls: dict[str, str] = {}
        for some in _lists(nodes):
            rows = self.rows(sparql % some)
            for row in rows:
                if row[9] is not None:
                    urls.setdefault(str(row[5]), str(row[9]))
            for node, claim, says, confidence, attribution, article, title, publisher, published, _, original, origin, start, exact in rows:
                day = "" if published is None else str(published)
                if self.known is not None and (not day or day > self.known[: len(day)]):
                    continue
                voice = str(origin or original or publisher or article)
                found[str(node)].add(Cited(
                    day, iris_tail(str(article)), int(str(start)), str(exact), str(title), None if publisher is None else str(publisher), urls.get(str(article)), voice,
                    str(claim), str(says), float(str(confidence)), None if attribution is None else str(attribution),
                ))  # fmt: skip
        for node, cited in found.items():
            self._cited[node] = tuple(sorted(cited, key=lambda c: (not c.published, c.published, c.article, c.start, c.claim)))


def voices(cited: Iterable[Cited]) -> tuple[str, ...]:
    """Return the independent voices among some sentences, in a fixed order."""
    return tuple(sorted({c.voice for c in cited}))


def iris_tail(iri: str) -> str:
    """Return what follows the class in an IRI of an entity."""
    rest = iri.removeprefix(f"{iris.BASE}id/")
    return rest.partition("/")[2] or rest


def listed(nodes: Iterable[str]) -> str:
    """Return IRIs as SPARQL writes them in VALUES; what could not stand between <> is left out."""
    return " ".join(f"<{n}>" for n in nodes if _PLAIN.fullmatch(n))


def _lists(nodes: Sequence[str]) -> Iterator[str]:
    for begin in range(0, len(nodes), _AT_ONCE):
        yield listed(nodes[begin : begin + _AT_ONCE])
