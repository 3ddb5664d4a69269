"""Mentions: typed spans of the text, the outcome of step 2."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

MentionKind = Literal[
    "state", "person", "organisation", "place", "body", "treaty",  # names: `ids` are candidates of the reference
    "office", "event", "topic", "cue", "relation", "membership", "status", "document", "indicator", "growth", "target",
    "modality", "planned", "attribution", "level", "plural", "counterpart", "pronoun", "guest", "anaphor",  # words: `key` is the lexicon id
    "date", "money", "quantity",  # values
]  # fmt: skip


class DateValue(msgspec.Struct, frozen=True):
    """A resolved date or period: `iso` as in model.py, None when it can't be known. `use`: on, by, since, in."""

    iso: str | None
    use: str = "on"
    relative: bool = False


class Amount(msgspec.Struct, frozen=True):
    """A number with its unit; `max` for ranges, `bound` as in the lexicon ('more than')."""

    value: float
    unit: str
    of: str
    max: float | None = None
    bound: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A treaty, agreement or programme as the text names it.

    Attributes:
        name: With its head in the singular when several are listed under one plural ('agreements on trade and on energy').
        head: Its head noun, folded, in the singular.
        plural: Several papers under one name.
        article: The word before it: 'the', 'a', 'this', 'two' ...
        subject: Whether anything but the head tells what it is about.
        accepted: Whether its words meet what the lexicon asks of such a head.
        partner: Where 'with ...' or 'between ...' names its sides.
        dated: Whether its name ends in a date ('of 24 November 2014').
        year: The year that stands before it ('the 1996 agreement').
    """

    name: str
    head: str
    plural: bool
    article: str
    subject: bool
    accepted: bool
    partner: tuple[int, int] | None = None
    dated: bool = False
    year: str = ""


class Mention(msgspec.Struct, frozen=True):
    """A typed span: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str
    kind: MentionKind
    key: str = ""
    ids: tuple[str, ...] = ()
    form: str = ""
    """How a name is said: name, adjective, demonym, metonym, surname, unknown (found by its shape)."""
    value: Any = None
    """A DateValue, an Amount, a Document, or the text that an office or body stands for."""
