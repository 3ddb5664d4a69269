"""How likely it is that two names of one group of parties mean one treaty or body, by data/fusion/names.yaml. Pure."""

from __future__ import annotations

import datetime
import functools
import re

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.resources import resource

Days = tuple[datetime.date, datetime.date]


class NameLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which score on two names are the same or unclear, and by how much the best must lead."""

    same: float
    unclear: float
    margin: float


class NameRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole rule; its fields are explained beside their values."""

    limits: NameLimits
    least_content: float
    type_conflict: float
    days_apart: int
    date_conflict: float
    years_conflict: float
    stem: int
    ignored: frozenset[str]
    kinds: tuple[frozenset[str], ...]
    kind_weight: float
    common_weight: float
    common: frozenset[str]
    synonyms: tuple[tuple[str, ...], ...]


class Name(msgspec.Struct, frozen=True):
    """A name taken apart: kinds of document or body, content words as stems with their weights, years."""

    kinds: frozenset[int]
    words: dict[str, float]
    years: frozenset[str]

    @property
    def content(self) -> float:
        """How much the name says."""
        return sum(self.words.values())


@functools.lru_cache(maxsize=1)
def name_rule() -> NameRule:
    """Return the shipped rule; raises KnowledgeError when its file is wrong."""
    path = resource("data", "fusion", "names.yaml")
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), NameRule)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"the rule of names is wrong: {' '.join(str(error).split())}", path=str(path)) from error


def parsed(text: str, parties: tuple[str, ...], rule: NameRule) -> Name:
    """Take a name apart; the parties' own names and adjectives say nothing where the parties are the same.

    Args:
        text: The name.
        parties: Names of the parties.
        rule: The rule of names.
    """
    own = {w[:4] for p in parties for w in re.findall(r"\w{4,}", p.casefold())}
    replaced = {w[: rule.stem]: group[0] for group in rule.synonyms for w in group}
    common = {w[: rule.stem] for w in rule.common}
    kinds, words = set(), {}
    low = text.casefold()
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", low):
        for part in word.split("-"):
            plain = replaced.get(part[: rule.stem], part)
            found = [i for i, group in enumerate(rule.kinds) if plain in group or plain.removesuffix("s") in group]
            if found:
                kinds.add(found[0])
            elif plain not in rule.ignored and plain[:4] not in own and len(plain) > 1:
                stem = plain[: rule.stem]
                words[stem] = rule.common_weight if stem in common else 1.0
    return Name(frozenset(kinds), words, frozenset(re.findall(r"\b(?:19|20)\d\d\b", low)))


def likeness(one: Name, other: Name, rule: NameRule, *, dates: tuple[Days | None, Days | None] = (None, None)) -> float:
    """Return how alike two names are, 0 to 1: the mean of what they share of all they say and of what the shorter one says.

    Args:
        one: A name.
        other: Another of the same parties.
        rule: The rule of names.
        dates: When each was signed, where known.
    """
    shared = sum(w for word, w in one.words.items() if word in other.words)
    whole, least = one.content + other.content - shared, min(one.content, other.content)
    weight = rule.kind_weight
    if one.kinds or other.kinds:
        shared += weight if one.kinds & other.kinds else 0.0
        whole += weight
        least += weight if one.kinds and other.kinds else 0.0
    if not whole or not least:
        return 0.0
    found = (shared / whole + min(1.0, shared / least)) / 2
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        found *= rule.type_conflict
    if one.years and other.years and not one.years & other.years:
        found *= rule.years_conflict
    first, second = dates
    if first and second and max((first[0] - second[1]).days, (second[0] - first[1]).days) > rule.days_apart:
        found *= rule.date_conflict
    return round(found, 4)
