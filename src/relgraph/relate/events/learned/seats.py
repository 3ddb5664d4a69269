"""Who might take part in what a sentence tells, and its words with all names masked.

In: a sentence that the rules have read. Out: its `Scene`: seats, each with the part that its holder plays, and masked words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Rejected
from relgraph.relate.events.learned.outline import Outline
from relgraph.relate.events.stage import Stage
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party

ABSENT = "absent"
"""The role of a side that is in focus, but not named in the sentence."""
BEFORE = "earlier"
"""The role of a person whom only the sentence before names."""
PLACE = "place"
"""The role of a state of which the sentence names a city."""
_MOST = 24
"""Sides of one sentence beyond which pairs say nothing: their number would grow with the square."""
_MASKS = {"date": "<date>", "office": "<office>", "state": "<state>", "money": "<number>", "quantity": "<number>", "document": "<paper>", "treaty": "<paper>", "body": "<body>"}


class Seat(msgspec.Struct, frozen=True):
    """A party that may take part: its role is its position in the sentence with the preposition before it, `group` the number of its list (-1 none)."""

    party: Party
    role: str
    group: int = -1
    clause: int = -1

    @property
    def here(self) -> bool:
        """Whether a word of the sentence stands for it."""
        return self.role not in (ABSENT, BEFORE)


class Scene(msgspec.Struct, kw_only=True):
    """One sentence as the model sees it.

    `words` are masked and stand at `starts`; `manned` are the sides of which it names persons,
    `earlier` the kinds of the triggers of the sentence before, `home` is the state of the dateline's city.
    """

    sketch: Sketch
    seats: tuple[Seat, ...]
    triggers: tuple[Mention, ...]
    manned: frozenset[str]
    refused: Mapping[int, str]
    """Why a rule refused a trigger, by the trigger's start."""
    earlier: tuple[str, ...] = ()
    home: str | None = None
    outline: Outline
    words: list[str] = []
    starts: list[int] = []

    def at(self, offset: int) -> int:
        """The number of the masked word that stands at an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def near(self, number: int) -> str:
        """A masked word by its number, cut to its first letters; a mark beyond the ends."""
        return cut(self.words[number]) if 0 <= number < len(self.words) else "<end>"


def cut(word: str) -> str:
    """The first letters of a word, so that its endings don't count.

    >>> cut("signed"), cut("signing"), cut("<date>")
    ('sign', 'sign', '<date>')
    """
    return word if word[:1] == "<" else word[:4]


def scene_of(stage: Stage, sketch: Sketch, triggers: list[Mention], rejected: Sequence[Rejected], outline: Outline) -> Scene | None:
    """Return the scene of a sentence, of which the rules rejected some triggers; None when it has no two sides, or is one long list of names."""
    view, cast = sketch.view, stage.cast
    seats: dict[str, Seat] = {}
    for number, group in enumerate(sketch.groups):
        role = f"{group.position}:{group.prep}" if group.prep else group.position
        for party in stage.members(group, view):
            seats.setdefault(party.name, Seat(party, role, number, group.clause))
    for party in view.parties:
        if party.name not in seats and party.form != "pronoun":
            seats[party.name] = Seat(party, "other", -1, sketch.clause(party.start))
    for spot in view.places:
        if spot.state and spot.state not in seats:
            party = msgspec.structs.replace(cast.state(spot.state, view), start=spot.start, end=spot.end, form="place")
            seats[spot.state] = Seat(party, PLACE, -1, sketch.clause(spot.start))
    for name in view.focus:
        if name not in seats:
            seats[name] = Seat(cast.state(name, view), ABSENT)
    if triggers and view.sentence.index > 1:
        told = {p.name: Seat(p, BEFORE) for p in reversed(stage.bench.resolved.views[view.sentence.index - 1].parties) if p.kind == "person" and p.name not in seats}
        if len(seats) + len(told) <= _MOST:  # a long list before brings nobody on stage
            seats |= dict(reversed(told.items()))
    if len({s.party.side for s in seats.values()}) < 2 or len(seats) > _MOST:
        return None
    refused = {r.start: r.reason for r in rejected}
    meant = tuple(t for t in triggers if refused.get(t.start) != "other-sense")
    manned = frozenset(s.party.side for s in seats.values() if s.party.kind == "person")
    entries = stage.lexicon.entries["events"]
    before = stage.bench.resolved.views[view.sentence.index - 1].of_kind("event") if view.sentence.index > 1 else []
    earlier = tuple(sorted({str(entries[m.key].fields["kind"]) for m in before}))
    scene = Scene(sketch=sketch, earlier=earlier, outline=outline, home=cast.dateline.state if cast.dateline is not None else None, seats=tuple(seats.values()), triggers=meant, manned=manned, refused=refused)
    _mask(scene)
    return scene


def _mask(scene: Scene) -> None:
    """Fill in the words: parties, dates, papers and the like each as one mark, other capitalised words as another."""
    sketch = scene.sketch
    spans = [(s.party.start, s.party.end, f"<{s.party.kind}>") for s in scene.seats if s.here]
    spans += [(m.start, m.end, _MASKS[m.kind]) for m in sketch.view.mentions if m.kind in _MASKS]
    spans.sort(key=lambda s: (s[0], s[0] - s[1]))
    n, last = 0, -1
    for number, word in enumerate(sketch.words):
        while n < len(spans) and spans[n][1] <= word.start:
            n += 1
        if n < len(spans) and spans[n][0] <= word.start:
            if last != n:
                scene.words.append(spans[n][2])
                scene.starts.append(word.start)
                last = n
            continue
        scene.words.append("<name>" if word.capital and number else word.low)
        scene.starts.append(word.start)
