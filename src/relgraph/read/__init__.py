"""Step 1: inputs to articles: text, sentences with offsets, date, publisher, language. Nothing is ever fetched."""

from relgraph.read.inputs import read_paths
from relgraph.read.text import article_from_text

__all__ = ["article_from_text", "read_paths"]
