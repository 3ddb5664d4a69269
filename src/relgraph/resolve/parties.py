"""What resolve gives to relate: who and what each sentence speaks of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from relgraph.model import Sentence
from relgraph.recognise.mentions import Mention

PartyKind = Literal["person", "state", "organisation"]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One actor at one place of the text.

    Attributes:
        name: Canonical name, as a fact gives it.
        id: Entity of the reference, None when it has none.
        state: Name of the state the actor belongs to or is; None when unknown.
        form: name, surname, office (an unnamed office holder stands as his state), adjective, demonym, metonym, side, pronoun, counterpart.
        reason: The pass that resolved it.
        lead: Start with a title and state that stand before it ('Kyrgyz President Sadyr Japarov').
        tail: End with an office that follows ('..., the Tajik foreign minister').
    """

    start: int
    end: int
    name: str
    id: str | None
    kind: PartyKind
    state: str | None
    form: str
    reason: str
    confidence: float = 1.0
    lead: int = -1
    tail: int = -1
    office: str | None = None

    @property
    def first(self) -> int:
        """Where the whole expression begins."""
        return self.start if self.lead < 0 else self.lead

    @property
    def last(self) -> int:
        """Where the whole expression ends."""
        return max(self.end, self.tail)

    @property
    def side(self) -> str:
        """What tells two parties apart: the state, else the name."""
        return self.state or self.name


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """An office that the text gives to a person."""

    person: str
    office: str
    of: str | None
    of_id: str | None
    start: int
    end: int
    reason: str
    confidence: float


class View(msgspec.Struct, kw_only=True):
    """One sentence with what it speaks of, in text order."""

    sentence: Sentence
    text: str
    parties: list[Party]
    mentions: list[Mention]
    places: list[Party]
    """Places as parties of kind 'state': `name` is the city, `state` the state it lies in."""
    nouns: Sequence[Party] = ()
    """'The bank', 'the bloc': organisations named before that such nouns stand for; they are no parties."""
    explicit: tuple[str, ...] = ()
    """Names of the states and organisations that it names, directly or by their persons."""
    focus: tuple[str, ...] = ()
    """The pair or group that it is about, inherited where it names none; empty when unknown."""
    focus_reason: str = ""
    by_kind: dict[str, list[Mention]] = {}
    """Its mentions by kind, sorted out once."""

    def __post_init__(self) -> None:
        kinds = self.by_kind
        for mention in self.mentions:
            if mention.kind in kinds:
                kinds[mention.kind].append(mention)
            else:
                kinds[mention.kind] = [mention]

    def of_kind(self, kind: str, *more: str) -> Sequence[Mention]:
        """Return its mentions of some kinds, by position."""
        if not more:
            return self.by_kind.get(kind, ())
        kinds = (kind, *more)
        found = [self.by_kind[k] for k in kinds if k in self.by_kind]
        return found[0] if len(found) == 1 else [m for m in self.mentions if m.kind in kinds] if found else ()


def view_at(views: Sequence[View], offset: int) -> View | None:
    """Return the sentence in which an offset of the text lies; None between sentences."""
    n = bisect_right(views, offset, key=lambda v: v.sentence.start) - 1
    return views[n] if n >= 0 and offset < views[n].sentence.end else None


class Resolved(msgspec.Struct, kw_only=True):
    """The outcome of step 3 for one article."""

    views: list[View]
    titles: list[Title]
    states: dict[str, str | None]
    """Person's name -> name of the state, as far as known."""
    ids: dict[str, str | None]
    """Name -> id of the reference, for every name that a fact may give."""
    main: tuple[str, ...]
    """The pair that the whole article is about, if there is one."""
    group: tuple[str, ...]
    """The three or more states and organisations that it is about together, if it is."""
    year: str | None
    unresolved: tuple[str, ...] = ()
