"""Steps 2 to 4 for one article: pure, deterministic, no store and no network."""

from __future__ import annotations

from relgraph.knowledge import Knowledge
from relgraph.model import Article, ArticleFacts
from relgraph.recognise import recognise
from relgraph.relate import relate
from relgraph.resolve import resolve

VERSION = "1"
"""Changes when the same article may give other facts; part of the cache key."""


def extract(article: Article, knowledge: Knowledge) -> ArticleFacts:
    """Return what an article says: facts with evidence, rule and confidence, asserted and not."""
    return relate(article, resolve(article, recognise(article, knowledge), knowledge), knowledge)
