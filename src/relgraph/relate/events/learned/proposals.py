"""Over-generated candidates: every pair of sides of a sentence with every kind of event that it may tell of, and their features.

In: the scenes of an article. Out: `Proposal`s. A feature is a string; it says how the words stand, never whose name it is. Features come in parts that the
proposals of a sentence share (its words, its trigger, the part that each side plays), so that each part is weighed once.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.learned.seats import PLACE, Scene, Seat, cut
from relgraph.relate.modality import Modals, modality_of
from relgraph.relate.when import usable
from relgraph.resolve import Party

UNSAID = ("visit", "meeting")
"""Kinds that a sentence may tell of without a trigger."""
_NEAR, _FAR, _VERY_FAR = 20, 60, 140
_MOST_BETWEEN = 14
"""Words between two sides beyond which they say nothing of both."""
_LEAD = 2
_OFTEN = 4
"""Times beyond which more makes no difference."""
PAIR = "3:"
"""What the features of a pair begin with; those of the first of the two begin with '1:', of the second with '2:'."""
BETWEEN = PAIR + "between="
KNOWN = (PAIR + "kinds=", PAIR + "roles=")
"""Features of a pair that are known at once."""
SORT = re.compile(r"[^=-]+[=-]")
"""The beginning of a feature by which its sort is known: 'roles=', 'trigger-'; a pair has one of each sort but words."""
Part = tuple[str, ...]


class Proposal(msgspec.Struct, frozen=True):
    """An event that a sentence may tell of: for a visit `one` is the visitor and `other` the host."""

    kind: str
    scene: Scene
    trigger: Mention | None
    one: Seat
    other: Seat
    parts: tuple[Part, ...]
    odds: float = 0.0
    """Log-odds that it is told, by the first model."""

    @property
    def names(self) -> tuple[str, str]:
        """The two sides: visitor and host, or in the order of the alphabet."""
        a, b = self.one.party.name, self.other.party.name
        return (a, b) if self.kind == "visit" or a <= b else (b, a)

    @property
    def sides(self) -> frozenset[str]:
        """The states, or other sides, that the two stand for."""
        return frozenset({self.one.party.side, self.other.party.side})

    @property
    def sentence(self) -> int:
        """The number of its sentence."""
        return self.scene.sketch.view.sentence.index


class Judge(Protocol):
    """The first model: what it knows, what a part adds to the log-odds of a kind, and below which sum a pair can't get far enough."""

    kinds: frozenset[str]

    def start(self, kind: str) -> float:
        """Log-odds of a kind before anything is known."""

    def weigh(self, kind: str, part: Part) -> float:
        """What a part adds."""

    def hopeless(self, kind: str, odds: float) -> bool:
        """Whether a pair of which all but how the two stand to each other is weighed can be dropped."""


def proposals(scene: Scene, judge: Judge, entries: Mapping[str, Entry], modals: Modals, main: tuple[str, ...]) -> Iterator[Proposal]:
    """Return what a sentence may tell of; `main` is the pair that the article is about."""
    told: dict[str, list[Mention]] = {}
    for mention in scene.triggers:
        told.setdefault(str(entries[mention.key].fields["kind"]), []).append(mention)
    sentence = _of_sentence(scene)
    actors = [s for s in scene.seats if s.role != PLACE]
    for kind in sorted(judge.kinds & {*told, *UNSAID}):
        triggers = told.get(kind, [])
        start = judge.start(kind) + judge.weigh(kind, sentence)
        pairs = _journeys(scene) if kind == "visit" else [(a, b) if a.party.start <= b.party.start else (b, a) for a, b in itertools.combinations(actors, 2)]
        about: dict[Mention | None, tuple[Part, float]] = {}
        plays: dict[tuple[str, str, Mention | None], tuple[Part, float]] = {}
        for one, other in pairs:
            if one.party.side == other.party.side or (not one.here and not other.here and not triggers):
                continue
            if not triggers and kind != "visit" and not (one.here and other.here and "person" in (one.party.kind, other.party.kind)):
                continue
            trigger = min(triggers, key=lambda t: _apart(t, one, other), default=None) if len(triggers) > 1 else triggers[0] if triggers else None
            if trigger not in about:
                part = _of_trigger(scene, trigger, modals)
                about[trigger] = part, judge.weigh(kind, part)
            for tag, seat in (("1", one), ("2", other)):
                if (tag, seat.party.name, trigger) not in plays:
                    part = _of_seat(scene, seat, trigger, tag)
                    plays[tag, seat.party.name, trigger] = part, judge.weigh(kind, part)
            what, first, second = about[trigger], plays["1", one.party.name, trigger], plays["2", other.party.name, trigger]
            both = (f"{PAIR}kinds={one.party.kind} {other.party.kind}", f"{PAIR}roles={one.role} {other.role}")
            odds = start + what[1] + first[1] + second[1] + judge.weigh(kind, both)
            if judge.hopeless(kind, odds):
                continue
            pair = _of_pair(scene, one, other, trigger, main)
            yield Proposal(kind, scene, trigger, one, other, (sentence, what[0], first[0], second[0], both, pair), odds + judge.weigh(kind, pair))


def _journeys(scene: Scene) -> list[tuple[Seat, Seat]]:
    """Each actor with each state that may be its host: named, by a city, or by one of its people."""
    hosts = {s.party.name: s for s in scene.seats if s.party.kind == "state"}
    for seat in scene.seats:
        if seat.party.kind == "person" and seat.party.state:
            hosts.setdefault(seat.party.state, msgspec.structs.replace(seat, party=_home(seat.party)))
    able = [s for s in scene.seats if s.here and s.role != PLACE and not (s.party.kind == "state" and s.party.form == "adjective")]
    return [(a, b) for a in able for b in hosts.values()]


def _home(person: Party) -> Party:
    return msgspec.structs.replace(person, name=str(person.state), id=None, kind="state", form="home")


def _apart(trigger: Mention, one: Seat, other: Seat) -> int:
    """How far a trigger stands from a pair; between the two it is nearer."""
    a, b = one.party, other.party
    inside = min(a.start, b.start) <= trigger.start <= max(a.end, b.end) + 5
    return min(abs(trigger.start - a.start), abs(trigger.start - b.start)) + (0 if inside else 2 * _NEAR)


def _of_sentence(scene: Scene) -> Part:
    view = scene.sketch.view
    found = ["title" if view.sentence.index == 0 else "lead" if view.sentence.paragraph <= _LEAD else "body"]
    found += [name for name, there in (("date", view.of_kind("date")), ("day", usable(view, scene.sketch.grammar.possessive)), ("city", view.places), ("modal", view.of_kind("modality")), ("plan", view.of_kind("planned"))) if there]
    found.append(f"sides={min(5, len({s.party.side for s in scene.seats if s.here and s.role != PLACE}))}")
    found.append(f"opens={scene.near(0)}")
    found += [f"before-it={kind}" for kind in scene.earlier]
    found.append(f"persons={min(4, sum(s.party.kind == 'person' for s in scene.seats))}")
    return (*found, *sorted({f"word={cut(w)}" for w in scene.words if w.isalpha() or w[0] == "<"}))


def _of_trigger(scene: Scene, trigger: Mention | None, modals: Modals) -> Part:
    if trigger is None:
        return ("trigger=none",)
    modality, planned = modality_of(scene.sketch.view, trigger.start, trigger.end, modals)
    n = scene.at(trigger.start)
    found = [f"trigger={trigger.key}", f"before={scene.near(n - 1)}", f"behind={scene.near(n + len(trigger.text.split()))}", *([f"modality={modality}"] if modality else [])]
    found += [f"refused={reason}"] if (reason := scene.refused.get(trigger.start)) else []
    return (*found, *(name for name, there in (("planned", planned), ("quoted", scene.sketch.quoted(trigger.start))) if there))


def _of_seat(scene: Scene, seat: Seat, trigger: Mention | None, tag: str) -> Part:
    party = seat.party
    found = [f"kind={party.kind}", f"form={party.form}", f"role={seat.role}", f"role={party.kind} {seat.role}"]
    if party.kind != "person" and party.side in scene.manned:
        found.append("has-person")
    if seat.here:
        n = scene.at(party.start)
        found += [f"before={scene.near(n - 1)}", f"behind={scene.near(n + 1)}"]
        if trigger is not None:
            where = "ahead" if party.end <= trigger.start else "behind"
            gap = trigger.start - party.end if party.end <= trigger.start else party.start - trigger.end
            size = "touching" if gap <= 1 else "near" if gap <= _NEAR else "middling" if gap <= _FAR else "far" if gap <= _VERY_FAR else "very-far"
            inside = "" if seat.clause == scene.sketch.clause(trigger.start) else " of another clause"
            found += [f"{where} {seat.role}", f"{where} {party.kind}{inside}", f"{where} {size}"]
    return tuple(f"{tag}:{f}" for f in found)


def _whose(states: set[str], one: Seat, other: Seat) -> str:
    """Which of two sides some states are."""
    if not states:
        return "none"
    return "one" if one.party.side in states else "other" if other.party.side in states else "third"


def _of_pair(scene: Scene, one: Seat, other: Seat, trigger: Mention | None, main: tuple[str, ...]) -> Part:
    sides = {one.party.side, other.party.side}
    found = ["pair=main" if sides == set(main) else "pair=focus" if sides == set(scene.sketch.view.focus) else "pair=other"]
    outline, a, b = scene.outline, one.party.name, other.party.name
    said = [min(_OFTEN, outline.said(n)) for n in (a, b)]
    found += [f"titled={len(outline.titled & sides)}", f"said={said[0]} {said[1]}", f"said-least={min(said)}", f"together={min(_OFTEN, outline.together(a, b))}"]
    found.append("ranks=" + " ".join(str(min(2, outline.rank(n))) for n in (a, b)))
    spots = {s.party.side for s in scene.seats if s.role == PLACE}
    found.append(f"spot={_whose(spots, one, other)}")
    found.append(f"dateline={_whose({scene.home} if scene.home else set(), one, other)}")
    if one.party.kind == other.party.kind == "person":
        found.append(f"rank={'same' if one.party.office and one.party.office == other.party.office else 'other' if one.party.office and other.party.office else 'unknown'}")
    found.append("list-one" if one.group == other.group >= 0 else "list-two")
    found.append("clause-one" if one.clause == other.clause else "clause-two")
    if trigger is not None:
        clause = scene.sketch.clause(trigger.start)
        found.append(f"clauses={one.clause == clause} {other.clause == clause}")
        found.append("trigger-" + ("first" if trigger.end <= one.party.start else "between" if trigger.start < other.party.start else "last"))
    if one.here and other.here:
        low, high = min(one.party.end, other.party.end), max(one.party.start, other.party.start)
        between = scene.words[bisect_left(scene.starts, low) : bisect_left(scene.starts, high)]
        found.append(f"gap={min(9, len(between))}")
        if len(between) <= _MOST_BETWEEN:
            found += sorted({f"between={cut(w)}" for w in between})
    return tuple(PAIR + f for f in found)
