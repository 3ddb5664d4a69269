"""Facts that somebody should look at, and what is decided on them: what `relgraph review` asks.

In: a store and its kept texts. Out: doubtful facts with their sentences, the least sure first; entries for a file of corrections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from relgraph.corrections import Correction, Corrections, apply, edited
from relgraph.errors import EntityNameError
from relgraph.extract import extract
from relgraph.graph import iris
from relgraph.graph.words import described
from relgraph.keeping import kept_article, prints_of
from relgraph.knowledge import Knowledge
from relgraph.knowledge.reference import Reference
from relgraph.model import AnyFact, content, names_of
from relgraph.store import Store


class Doubt(msgspec.Struct, frozen=True):
    """A fact to look at: what it says, the sentence, and why it is doubtful."""

    fact: str
    article: str
    title: str
    says: str
    quote: str
    rule: str
    confidence: float

    def entry(self, verdict: str, *, who: str, when: str, why: str, **more: Any) -> dict[str, Any]:
        """Return an entry of corrections.yaml."""
        return {"fact": self.fact, "article": self.article, "says": self.says, "quote": self.quote, "verdict": verdict, **more, "who": who, "when": when, "why": why}


def doubtful(store: Store, below: float, article: str | None = None) -> list[Doubt]:
    """Return the facts of a store below a confidence that no correction has met, the least sure first.

    Args:
        store: Open for reading.
        below: Confidence.
        article: Only those of this article.
    """
    rows = store.query(f"""SELECT ?claim ?article ?title ?says (MIN(?exact) AS ?quote) ?rule ?confidence WHERE {{
        ?claim a rg:Claim ; rg:inArticle ?article ; rdfs:label ?says ; rg:rule ?rule ; rg:confidence ?confidence ; rg:passage/rg:exact ?exact .
        ?article dcterms:title ?title .
        FILTER(?confidence < {below!r} && NOT EXISTS {{ ?correction rg:resultingClaim ?claim ; rg:correctionKind ?kind . FILTER(?kind != "name") }})
      }} GROUP BY ?claim ?article ?title ?says ?rule ?confidence ORDER BY ?confidence ?claim""")
    found = (Doubt(unquote(r["claim"].value.removeprefix(iris.node("claim", "x")[:-1])), str(iris.article_id(r["article"].value)), r["title"].value, r["says"].value,
                   r["quote"].value, r["rule"].value, float(r["confidence"].value)) for r in rows)  # fmt: skip
    return [d for d in found if article in (None, d.article)]


def fact_of(doubt: Doubt, store: Store, texts: Path, knowledge: Knowledge, corrections: Corrections) -> AnyFact:
    """Return a fact as it is now, from the kept text.

    Raises:
        EntityNameError: The text isn't kept, or gives the fact no more.
    """
    for fact in _facts(doubt.article, store, texts, knowledge, corrections):
        if fact.id == doubt.fact:
            return fact
    raise EntityNameError(f"the kept text of {doubt.article} gives no fact {doubt.fact}", hint="add the article again")


def _facts(article_id: str, store: Store, texts: Path, knowledge: Knowledge, corrections: Corrections) -> Iterator[AnyFact]:
    article = kept_article(store, article_id, texts)
    if article is not None:
        found = apply(article, extract(article, knowledge), prints_of(store, corrections), knowledge.reference).facts
        yield from (*found.facts, *found.unasserted)


def fields_of(fact: AnyFact) -> dict[str, Any]:
    """Return what may be edited: every field with its value, empty ones too."""
    said = content(fact)
    hidden = {"id", "evidence", "rule", "confidence", "ids", "spans", "modality"}
    return {f.encode_name: said.get(f.encode_name) for f in msgspec.structs.fields(type(fact)) if f.encode_name not in hidden}


def changed_field(fact: AnyFact, line: str) -> tuple[str, Any]:
    """Return the field and value of 'field = value'; a list is written with semicolons, nothing is none.

    Raises:
        EntityNameError: It isn't of this form, or the fact has no such field.
    """
    name, sign, raw = (part.strip() for part in line.partition("="))
    fields = fields_of(fact)
    if not sign or name not in fields:
        raise EntityNameError(f"no field '{name[:40]}'; write: field = value", candidates=tuple(fields))
    kind = next(f.type for f in msgspec.structs.fields(type(fact)) if f.encode_name == name)
    try:
        if "tuple" in str(kind):
            return name, [part.strip() for part in raw.split(";") if part.strip()]
        return name, msgspec.convert(raw or None, kind, strict=False)
    except msgspec.ValidationError as error:
        raise EntityNameError(f"{name}: {error}") from error


def said_with(fact: AnyFact, changes: Mapping[str, Any], article_id: str, reference: Reference) -> str:
    """Return what a fact says once fields are set; raises KnowledgeError when one can't have its value."""
    return described(edited(fact, Correction(id="", verdict="edit", change=changes), article_id, reference), {})


def names_in(fact: AnyFact) -> tuple[tuple[str, str | None], ...]:
    """Return the names of a fact and what each was resolved to."""
    return tuple((n, fact.ids.get(n)) for n in names_of(fact))

