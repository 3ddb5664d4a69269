"""Complements of documents that tell no field, and words at their end that are no part of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from relgraph.recognise.phrases import Phrases
from relgraph.recognise.tokens import Token


def says_nothing(said: Sequence[str], phrases: Phrases, *, told_by_verb: bool) -> bool:
    """Whether a subject is no field: for how long a paper holds ('for up to 30 days'), 'areas' alone, or, by a verb, whom it binds ('links geologists of X and Y')."""
    kept = list(itertools.dropwhile(lambda w: w in phrases.links or w in phrases.gerunds, [w for w in said if w not in phrases.determiners]))
    lead = [w for w in itertools.takewhile(lambda w: w not in phrases.small["genitive"], kept) if w not in phrases.links]
    if not lead:
        return False
    return lead[-1] in phrases.spans or (len(lead) == len(kept) == 1 and lead[0] in phrases.fields) or (told_by_verb and lead[-1].endswith(phrases.person_endings))


def without_state(words: Sequence[Token], a: int, b: int, stop: int, states: frozenset[int], phrases: Phrases) -> tuple[int, int]:
    """A complement without the state at its end that is no part of it: 'on supply Tajikistan ...', 'a railway connecting Turkmenistan' (with another)."""
    if b <= a + 1 or words[b].start not in states or words[b - 1].capital:
        return a, b
    if words[b - 1].low in phrases.works:
        return a, b - 1
    goes_on = b + 1 < stop and (words[b + 1].low in phrases.small["with"] or words[b + 1].low in phrases.small["goal"])
    return (a, b - 2) if b > a + 2 and goes_on and words[b - 1].low.endswith(phrases.gerund) else (a, b)
