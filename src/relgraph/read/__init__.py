"""Step 1: inputs to Articles.

In: text, Markdown, HTML pages, JSON Lines, RSS and Atom files, folders, globs, standard input. Out: Articles with text, sentences, date, publisher
and language; whatever can't be read is an ArticleError in their stead. Nothing is fetched.
"""

from relgraph.read.inputs import read_paths
from relgraph.read.sentences import split
from relgraph.read.text import article_from_text

__all__ = ["article_from_text", "read_paths", "split"]
