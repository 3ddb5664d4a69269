"""The small words by which names of documents and lists of sides are taken apart, compiled from the lexicon."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from relgraph.knowledge.lexicon import Lexicon


class Wording:
    """Patterns over small words; the lists stand in `clauses.yaml` under `papers_wording`."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists: Mapping[str, Sequence[str]] = lexicon.lists.get("papers_wording", {})

        def between(name: str, form: str) -> re.Pattern[str]:
            return re.compile(form % "|".join(re.escape(str(w)) for w in lists.get(name, ())))

        self.head_ends = between("head_ends", r"\s(?:%s)\s")
        self.subject_links = between("subject_links", r"\s(?:%s)\s")
        self.plain_links = between("plain_links", r"\s(?:%s)\s")
        self.head_of = between("genitive", r"^\w+\s(?:%s)\s")
        self.clause = between("clause_openers", r",\s(?:%s)\s")
        self.joins = between("joining", r"\s(?:%s)\s")
        self.next_clause = between("joining", r",\s(?:%s)\s")
        self.items = re.compile(rf",\s(?:{self.joins.pattern[2:]})?|{self.joins.pattern}")
        self.articles = frozenset(map(str, lists.get("articles", ())))
        self.no_subject = frozenset(map(str, lists.get("no_subject", ())))


@functools.lru_cache(maxsize=8)
def wording_of(lexicon: Lexicon) -> Wording:
    """Compile the small words of a lexicon once."""
    return Wording(lexicon)
