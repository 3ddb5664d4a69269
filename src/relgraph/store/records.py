"""The list of a store's articles."""

from __future__ import annotations

from relgraph.graph import iris
from relgraph.store.protocol import ArticleRecord, Store

_ARTICLES = """
SELECT ?a (SAMPLE(?t) AS ?title) (SAMPLE(?p) AS ?publisher) (SAMPLE(?d) AS ?date) (COUNT(DISTINCT ?c) AS ?claims) WHERE {
  ?a a rg:Article ; dcterms:title ?t .
  OPTIONAL { ?a dcterms:publisher ?p } OPTIONAL { ?a rg:published ?d } OPTIONAL { ?c a rg:Claim ; rg:inArticle ?a }
} GROUP BY ?a"""


def article_records(store: Store) -> tuple[ArticleRecord, ...]:
    """Return the articles of a store, by id."""
    keys, start = store.keys(), len(iris.article(""))
    found = [ArticleRecord(r["a"].value[start:], r["title"].value, r["publisher"].value if r["publisher"] else None, r["date"].value if r["date"] else None,
                           keys.get(r["a"].value[start:], ""), int(r["claims"].value)) for r in store.query(_ARTICLES)]  # fmt: skip
    return tuple(sorted(found, key=lambda a: a.id))
