"""Facts as a store holds them, each with the sentences it rests on; and why two entities are connected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from relgraph.errors import EntityNameError
from relgraph.graph import iris
from relgraph.query.names import NamedEntity
from relgraph.query.sparql import run_query
from relgraph.query.table import Table, Value, shown

if TYPE_CHECKING:
    from relgraph.store import Store


class SourceArticle(msgspec.Struct, frozen=True):
    """The article a sentence stands in, as far as the store knows it."""

    id: str
    title: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        said = ", ".join(filter(None, (self.publisher, self.published)))
        return f"{self.title} ({said})" if said else self.title


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of an article: `quote` is its text from `start` to `end`."""

    quote: str
    start: int
    end: int
    article: SourceArticle

    def __str__(self) -> str:
        return f'"{self.quote}" - {self.article}'


class StoredFact(msgspec.Struct, frozen=True):
    """One fact of one article.

    Attributes:
        id: Its id; `relgraph ask evidence fact=ID` leads to it again.
        type: office, event, body, treaty, indicator, target, relation or topic.
        text: The fact in plain words.
        evidence: The sentences it rests on, in text order.
        about: The entities it names.
        nodes: The IRIs of the nodes it asserts; none for what is not asserted.
        modality: Why it is not asserted (denied, cancelled ...), else None.
        first_day: The first day that its date, period or deadline may mean, as ISO text; of a treaty the day of its first step. None without a date.
        last_day: The last such day; None without a date, and for a treaty, which goes on.
    """

    id: str
    type: str
    text: str
    evidence: tuple[Sentence, ...]
    about: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    modality: str | None = None
    attributed_to: str | None = None
    first_day: str | None = None
    last_day: str | None = None

    @property
    def article(self) -> SourceArticle:
        """The article that says it."""
        return self.evidence[0].article

    def __repr__(self) -> str:
        return f"<{self.type}: {self.text}>"

    def _repr_html_(self) -> str:
        quotes = "".join(f"<blockquote>{escape(e.quote)}<br><small>{_linked(e.article)}</small></blockquote>" for e in self.evidence)
        return f"<div><b>{escape(self.text)}</b>{quotes}</div>"


class Facts(Sequence[StoredFact]):
    """Facts in a fixed order: latest publication first."""

    def __init__(self, facts: Iterable[StoredFact]) -> None:
        # Two stable sorts: by id, then latest publication first, unknown dates last.
        self._facts = tuple(sorted(sorted(facts, key=lambda f: f.id), key=lambda f: f.article.published or "", reverse=True))

    def __getitem__(self, place: Any) -> Any:
        return self._facts[place]

    def __len__(self) -> int:
        return len(self._facts)

    def __repr__(self) -> str:
        lines = [f"<{len(self)} facts>", *(f"  {f.text}" for f in self._facts[:20])]
        return "\n".join([*lines, *([f"  ... and {len(self) - 20} more"] if len(self) > 20 else [])])

    def _repr_html_(self) -> str:
        return f"<p>{len(self)} facts</p>" + "".join(f._repr_html_() for f in self._facts[:50])

    def as_of(self, at: str | None = None, known: str | None = None) -> Facts:
        """Return the facts that hold at a time and were published by a day.

        Args:
            at: An ISO day, month or year: facts whose date or period reaches into it. Facts without a date of their own stay.
            known: An ISO day, month or year: facts of articles published not after it. An article without a date was never known by a day.
        """
        return Facts(f for f in self._facts if (at is None or _holds(f, at)) and (known is None or _known(f, known)))

    def table(self) -> Table:
        """Return one row a fact, with its first sentence."""
        rows = [(f.type, f.text, f.evidence[0].quote, f.article.published, f.article.title, f.article.url, f.id) for f in self._facts]
        return Table(("type", "says", "sentence", "published", "article", "link", "fact"), rows)

    def frame(self) -> Any:
        """Return the rows of `table` as a pandas frame; raises MissingExtra without pandas."""
        return self.table().frame()


def _holds(fact: StoredFact, at: str) -> bool:
    """Whether a fact reaches into a time; dates are compared at the precision of `at`."""
    return (fact.first_day is None or fact.first_day[: len(at)] <= at) and (fact.last_day is None or at <= fact.last_day[: len(at)])


def _known(fact: StoredFact, known: str) -> bool:
    published = fact.article.published
    return published is not None and published[: len(known)] <= known[: len(published)]


_ROWS = """
SELECT ?claim ?type ?says ?rule ?confidence ?modality ?attribution ?article ?title ?publisher ?published ?url ?start ?end ?exact WHERE {
  { SELECT DISTINCT ?claim WHERE { ?claim a rg:Claim . %s } }
  ?claim rg:claimType ?type ; rdfs:label ?says ; rg:rule ?rule ; rg:confidence ?confidence ; rg:inArticle ?article ; rg:passage ?passage .
  ?passage rg:start ?start ; rg:end ?end ; rg:exact ?exact .
  ?article dcterms:title ?title .
  OPTIONAL { ?claim rg:modality ?modality }
  OPTIONAL { ?claim rg:attribution ?attribution }
  OPTIONAL { ?article dcterms:publisher ?publisher }
  OPTIONAL { ?article rg:published ?published }
  OPTIONAL { ?article rg:url ?url }
}"""
_LINKS = """
SELECT ?claim ?name ?node WHERE {
  { SELECT DISTINCT ?claim WHERE { ?claim a rg:Claim . %s } }
  { ?claim rg:involves/rdfs:label ?name . FILTER(LANG(?name) = "en") } UNION { ?claim rg:asserts ?node }
}"""


_DAYS = """
SELECT ?claim (MIN(?early) AS ?first) (MAX(?late) AS ?last) WHERE {
  { SELECT DISTINCT ?claim WHERE { ?claim a rg:Claim . %s } }
  ?claim rg:asserts ?node . ?node rg:earliest ?early ; rg:latest ?late .
} GROUP BY ?claim"""


def touching(iri: str) -> str:
    """Return a pattern for the claims that name an entity, assert it, happen on its behalf or at it."""
    # As a UNION of plain patterns: engines join it from the constant; a property path they would walk for every claim.
    ways = ("?claim rg:involves {0}", "?claim rg:asserts {0}", "?node rg:onBehalfOf {0} . ?claim rg:asserts ?node", "?node rg:place {0} . ?claim rg:asserts ?node")
    return "{ SELECT DISTINCT ?claim WHERE { " + " UNION ".join("{ " + way.format(f"<{iri}>") + " }" for way in ways) + " } }"


def facts_where(store: Store, pattern: str) -> Facts:
    """Return the facts whose `?claim` fits a SPARQL pattern of ours (never text of a user)."""
    names: dict[str, set[str]] = {}
    nodes: dict[str, set[str]] = {}
    for claim, name, node in _rows(store, _LINKS % pattern):
        if name is not None:
            names.setdefault(str(claim), set()).add(str(name))
        if node is not None:
            nodes.setdefault(str(claim), set()).add(str(node))
    days = {str(claim): (_text(first), _text(last)) for claim, first, last in _rows(store, _DAYS % pattern)}
    claims: dict[str, dict[str, Any]] = {}
    sentences: dict[str, dict[tuple[int, int], Sentence]] = {}
    for row in sorted(_rows(store, _ROWS % pattern), key=str):
        claim, kind, says, rule, confidence, modality, attribution, article, title, publisher, published, url, start, end, exact = row
        key = str(claim)
        source = SourceArticle(_tail(article), str(title), _text(publisher), _text(published), _text(url))
        claims.setdefault(key, {
            "id": _tail(claim), "type": str(kind), "text": str(says), "rule": str(rule), "confidence": float(str(confidence)),
            "modality": _tail(modality) if modality is not None else None, "attributed_to": _text(attribution),
            "first_day": days.get(key, (None, None))[0], "last_day": None if str(kind) == "treaty" else days.get(key, (None, None))[1],
        })  # fmt: skip
        sentences.setdefault(key, {}).setdefault((int(str(start)), int(str(end))), Sentence(str(exact), int(str(start)), int(str(end)), source))
    return Facts(
        StoredFact(**values, evidence=tuple(s for _, s in sorted(sentences[key].items())), about=tuple(sorted(names.get(key, ()))), nodes=tuple(sorted(nodes.get(key, ()))))
        for key, values in claims.items()
    )


def facts_of(store: Store, *entities: NamedEntity, kind: str | None = None) -> Facts:
    """Return the facts that touch all of the entities, of one type if asked."""
    pattern = " ".join(touching(e.iri) for e in entities)
    if kind is not None:
        pattern += f' ?claim rg:claimType "{kind}" .'
    return facts_where(store, pattern)


def fact_of(store: Store, fact_id: str) -> StoredFact:
    """Return one fact by its id.

    Raises:
        EntityNameError: The store holds none of this id.
    """
    slug = fact_id.rsplit("/", 1)[-1]
    if slug and not set(slug) & set('<>"{}|^`\\ \n\t'):
        found = facts_where(store, f"VALUES ?claim {{ <{iris.node('claim', slug)}> }}")
        if found:
            return found._facts[0]
    raise EntityNameError(f"the store holds no fact '{fact_id[:80]}'", hint="copy the id from the column 'fact' of an answer")


class Explanation(msgspec.Struct, frozen=True):
    """Why two entities are connected: what articles say, and what only the reference holds."""

    a: NamedEntity
    b: NamedEntity
    facts: Facts
    background: tuple[tuple[str, str], ...] = ()
    """What bodies, treaties and memberships of the reference connect them, each with its source."""

    def text(self) -> str:
        """Return it as plain text: each fact, and under it its sentence, article, date and link."""
        said = len(self.facts)
        lines = [f"{self.a.name} and {self.b.name}: " + (f"{said} fact{'s' if said != 1 else ''} in the articles" if said else "no article connects them directly")]
        for fact in self.facts:
            tag = f" [{fact.modality}]" if fact.modality else ""
            who = f" (according to {fact.attributed_to})" if fact.attributed_to else ""
            lines += ["", f"{fact.text}{tag}{who}"]
            for sentence in fact.evidence:
                link = f" {sentence.article.url}" if sentence.article.url else ""
                lines.append(f'    "{sentence.quote}"')
                lines.append(f"    {sentence.article}{link}")
            lines.append(f"    fact {fact.id}")
        if self.background:
            lines += ["", "From the reference:", *self._background_lines()]
        return "\n".join(shown(line) for line in lines) + "\n"

    def _background_lines(self) -> list[str]:
        """A line for each body, treaty and office; shared organisations, often dozens, by source."""
        lines, shared = [], dict[str, list[str]]()
        for says, source in self.background:
            if says.startswith(_BOTH):
                shared.setdefault(source, []).append(says.removeprefix(_BOTH))
            else:
                lines.append(f"  {says} [{source}]")
        return lines + [f"  {_BOTH}{'; '.join(names)} [{source}]" for source, names in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0]))]

    def __repr__(self) -> str:
        return f"<Explanation {self.a.name} - {self.b.name}: {len(self.facts)} facts, {len(self.background)} of the reference>"

    def _repr_html_(self) -> str:
        background = "".join(f"<li>{escape(says)} <small>{escape(source)}</small></li>" for says, source in self.background)
        return f"<h4>{escape(self.a.name)} - {escape(self.b.name)}</h4>{self.facts._repr_html_()}" + (f"<p>From the reference:</p><ul>{background}</ul>" if background else "")


_BOTH = "both belong to "
_BACKGROUND = """
SELECT DISTINCT ?says ?source WHERE {
  {
    ?node rg:bodyMember|rg:party <%(a)s> ; rg:bodyMember|rg:party <%(b)s> ; rdfs:label ?says ; rg:source ?source .
    FILTER NOT EXISTS { ?claim rg:asserts ?node }
  } UNION {
    ?one rg:member <%(a)s> ; rg:organisation ?shared . ?other rg:member <%(b)s> ; rg:organisation ?shared .
    FILTER NOT EXISTS { ?one rg:to ?left } FILTER NOT EXISTS { ?other rg:to ?gone }
    ?shared rdfs:label ?name ; rg:source ?source . FILTER(LANG(?name) = "en")
    BIND(CONCAT("%(both)s", ?name) AS ?says)
  } UNION {
    ?one rg:member <%(a)s> ; rg:organisation <%(b)s> ; rdfs:label ?says . <%(b)s> rg:source ?source
  } UNION {
    VALUES (?person ?other) { (<%(a)s> <%(b)s>) (<%(b)s> <%(a)s>) }
    ?tenure rg:holder ?person ; rg:office/rg:officeOf ?other ; rdfs:label ?says ; rg:source ?source
  }
  FILTER(LANG(?says) IN ("en", ""))
} ORDER BY ?says ?source"""


def explain(store: Store, a: NamedEntity, b: NamedEntity) -> Explanation:
    """Return why two entities are connected.

    Raises:
        EntityNameError: They are one and the same.
    """
    if a.iri == b.iri:
        raise EntityNameError(f"both names mean {a.name}", hint="give two entities; for one use: relgraph ask evidence a=NAME")
    rows = _rows(store, _BACKGROUND % {"a": a.iri, "b": b.iri, "both": _BOTH})
    return Explanation(a, b, facts_of(store, a, b), tuple((str(says), str(source)) for says, source in rows))


def _rows(store: Store, sparql: str) -> tuple[tuple[Value, ...], ...]:
    result = run_query(store, sparql)
    return result.rows if isinstance(result, Table) else ()


def _tail(iri: Value) -> str:
    text = str(iri)
    return text.removeprefix(f"{iris.BASE}id/").partition("/")[2] if text.startswith(f"{iris.BASE}id/") else text.rpartition("/")[2]


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _linked(article: SourceArticle) -> str:
    name = escape(str(article))
    # Only web addresses become links: a feed may say javascript: where a link belongs.
    return f'<a href="{escape(article.url)}">{name}</a>' if article.url and article.url.startswith(("http://", "https://")) else name


__all__ = ["Explanation", "Facts", "Sentence", "SourceArticle", "StoredFact", "explain", "fact_of", "facts_of", "facts_where"]
