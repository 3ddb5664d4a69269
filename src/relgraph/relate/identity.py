"""Whether two mentions are of one document, and what they tell together."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.lexicon import Lexicon
from relgraph.model import TreatyFact
from relgraph.relate.status import ORDER
from relgraph.relate.wording import Wording, wording_of

_TOLD = 2  # words of a subject above which two names tell it in full


class Identity(NamedTuple):
    """The words that tell no document from another."""

    plain: frozenset[str]
    heads: Mapping[str, str]
    states: frozenset[str]
    kinds: frozenset[str]
    wording: Wording

    @classmethod
    @functools.lru_cache(maxsize=8)
    def of(cls, lexicon: Lexicon, knowledge: Knowledge) -> Identity:
        """Return the words of a lexicon, with the names of states and their adjectives; made once."""
        states = frozenset(n.lower() for s in knowledge.reference.states for n in (s.name, *s.adjectives))
        return cls(lexicon.words("plain_subjects"), lexicon.lists.get("same_heads", {}), states, lexicon.words("unlike_heads"), wording_of(lexicon))

    def head(self, name: str) -> str:
        """Return the noun that a name is built on, in small letters: 'memorandum' also for an MoU."""
        words = self.wording.head_ends.split(name.lower())[0].split()
        found = words[-1] if words else ""
        return self.heads.get(found, found)

    def subject(self, name: str) -> frozenset[str]:
        """Return the words that tell what a document is about."""
        return frozenset(re.findall(r"\w{3,}", name.lower())) - self.wording.no_subject - self.plain - self.states


def same(fact: TreatyFact, other: TreatyFact, identity: Identity) -> bool:
    """Whether two mentions are of one document: the same sides, no two years, and names whose subjects share half of their words."""
    if not (set(fact.parties) <= set(other.parties) or set(other.parties) <= set(fact.parties)):
        return False
    if fact.name.lower() == other.name.lower():
        return True
    if fact.evidence[0].start == other.evidence[0].start or _of_other_years(fact, other):
        return False  # what one sentence lists apart is not the same
    mine, theirs = identity.subject(fact.name), identity.subject(other.name)
    if min(len(mine), len(theirs)) > _TOLD and {identity.head(fact.name), identity.head(other.name)} <= identity.kinds:
        return identity.head(fact.name) == identity.head(other.name) and len(mine & theirs) * 2 >= len(mine | theirs)
    if not mine or not theirs:
        return identity.head(fact.name) == identity.head(other.name) and not mine ^ theirs
    return len(mine & theirs) * 2 >= len(mine | theirs)


def _of_other_years(fact: TreatyFact, other: TreatyFact) -> bool:
    """Whether the two were signed in different years: 'the 1996 agreement' and one of 2025."""
    one, two = ({s.date[:4] for s in f.steps if s.status == "signed" and s.date} for f in (fact, other))
    return bool(one and two) and not one & two


def joined(old: TreatyFact, new: TreatyFact, identity: Identity) -> TreatyFact:
    """Return both as one: the later status counts; all steps are kept, and the fuller name."""
    best = new if ORDER.index(new.status or "referenced") > ORDER.index(old.status or "referenced") else old
    name = max(old.name, new.name, key=lambda n: (len(identity.subject(n)), len(n) if not identity.subject(n) else -len(n)))
    steps = tuple(dict.fromkeys([*old.steps, *new.steps]))
    return msgspec.structs.replace(best, name=name, parties=max(old.parties, new.parties, key=len), ids={**old.ids, **new.ids, name: old.ids.get(old.name) or new.ids.get(new.name)},
                                   steps=tuple(s for s in steps if s.status != "referenced") or steps, confidence=max(old.confidence, new.confidence))  # fmt: skip
