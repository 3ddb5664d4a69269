"""The frozen values that the steps exchange; nothing here knows a step, a store or RDF.

Offsets are Unicode code points into `Article.text`. Dates are ISO 8601 strings at the precision known
('2025', '2025-07', '2025-07-04', '2025-07-04/2025-07-05'), periods also '2025-H1', '2025-Q3', '2025-01/2025-07'.
Entity ids are `<class>:<slug>` as in data/reference ('state:kazakhstan', 'person:emomali-rahmon').
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, NewType

import msgspec

EntityId = NewType("EntityId", str)
Modality = Literal["denied", "cancelled", "postponed", "hypothetical", "wished", "alleged"]
FactType = Literal["office", "event", "body", "treaty", "indicator", "target", "relation", "topic"]


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: `article.text[start:end]`, its number and the number of its paragraph (title 0)."""

    start: int
    end: int
    index: int
    paragraph: int


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One text with what is known of its publication. `title` is the first line; `body_start` skips title and dateline."""

    id: str
    text: str
    title: str = ""
    sentences: tuple[Sentence, ...] = ()
    body_start: int = 0
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    dateline_place: str | None = None
    source: str = ""
    """The input as the user named it, with a line for JSON Lines; for messages only, never in the graph."""


class Evidence(msgspec.Struct, frozen=True):
    """The sentence a fact rests on: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


class Span(msgspec.Struct, frozen=True):
    """Where in the text an argument or the trigger stands: role 'trigger', 'participants', 'value' ..."""

    role: str
    start: int
    end: int


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every fact has. `ids` gives beside each name the entity it was resolved to, or None.

    `modality` is set on unasserted facts only. `ids`, `spans` and `evidence` are in text order.
    """

    id: str = ""
    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float
    ids: dict[str, str | None] = {}
    spans: tuple[Span, ...] = ()
    attributed_to: str | None = None
    modality: Modality | None = None


class OfficeFact(Fact, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="office"):
    """A person holds an office of a state or organisation."""

    person: str
    office: str
    of: str


class EventFact(Fact, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="event"):
    """Something that happened or is scheduled. Visits have `visitor` and `host`, all others `participants`."""

    kind: str
    participants: tuple[str, ...] = ()
    visitor: tuple[str, ...] = ()
    host: str | None = None
    level: str | None = None
    date: str | None = None
    place: str | None = None
    planned: bool = False
    part_of: str | None = None
    """The id of the visit or summit it is part of, in the same article."""
    session_of: str | None = None
    """The name of the body whose session it is."""


class BodyFact(Fact, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="body"):
    """A standing mechanism of states."""

    name: str
    members: tuple[str, ...]


class TreatyStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step in a treaty's life, for one party where `by` is given."""

    status: str
    date: str | None = None
    by: str | None = None


class TreatyFact(Fact, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="treaty"):
    """A treaty, agreement, memorandum, programme ...; `status` is the latest of `steps`."""

    name: str
    parties: tuple[str, ...]
    status: str | None = None
    date: str | None = None
    steps: tuple[TreatyStep, ...] = ()


class Figure(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """What indicators and targets share. `source` and `to` are set for directed figures (written `from`, `to`)."""

    kind: str
    between: tuple[str, ...]
    value: float
    unit: str
    max: float | None = None
    bound: str | None = None
    source: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class IndicatorFact(Figure, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="indicator"):
    """One figure as one text gives it."""

    period: str | None = None


class TargetFact(Figure, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="target"):
    """A figure that somebody pledged to reach."""

    by: str | None = None


class RelationFact(Fact, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="relation"):
    """An alliance, partnership, membership, dispute ..."""

    kind: str
    between: tuple[str, ...]


class TopicFact(Fact, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="topic"):
    """A field in which the actors cooperate, or on which they differ."""

    between: tuple[str, ...]
    topic: str
    stance: Literal["cooperation", "dispute"] | None = None


AnyFact = OfficeFact | EventFact | BodyFact | TreatyFact | IndicatorFact | TargetFact | RelationFact | TopicFact


class ArticleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that one article says; written as ID.json by `relgraph extract`."""

    id: str
    language: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    facts: tuple[AnyFact, ...]
    unasserted: tuple[AnyFact, ...] = ()
    key: str | msgspec.UnsetType = msgspec.UNSET
    """What the facts depend on: text, metadata, extractor, reference and lexicon; by it `build --facts` knows whether they still hold."""


def names_of(fact: AnyFact) -> tuple[str, ...]:
    """Return the actors that a fact names, each once, in its own order."""
    match fact:
        case OfficeFact():
            found: tuple[str, ...] = (fact.person, fact.of)
        case EventFact():
            found = (*fact.participants, *fact.visitor, *((fact.host,) if fact.host else ()))
        case BodyFact():
            found = fact.members
        case TreatyFact():
            found = (*fact.parties, *(s.by for s in fact.steps if s.by))
        case IndicatorFact() | TargetFact():
            found = (*fact.between, *(n for n in (fact.source, fact.to) if n))
        case _:
            found = fact.between
    return tuple(dict.fromkeys(found))


_NOT_CONTENT = frozenset({"id", "evidence", "rule", "confidence", "ids", "spans"})


def content(fact: AnyFact) -> Mapping[str, Any]:
    """Return what a fact says as plain values, without where it stands and how it was found."""
    return {k: v for k, v in msgspec.to_builtins(fact).items() if k not in _NOT_CONTENT}


def with_id(fact: AnyFact, article_id: str) -> AnyFact:
    """Return the fact with its stable id: article, type and a hash of what it says (BLAKE2b, 10 hex digits)."""
    said = msgspec.json.encode(content(fact), order="sorted")
    digest = hashlib.blake2b(said, digest_size=5).hexdigest()
    kind = type(fact).__struct_config__.tag
    return msgspec.structs.replace(fact, id=f"{article_id}-{kind}-{digest}")
