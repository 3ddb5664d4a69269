"""A gathering spoken of again: 'the event' in a later sentence, date and place told later, earlier ones of its series."""

from __future__ import annotations

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.relate.events.stage import Draft, Stage, compatible, within
from relgraph.relate.events.syntax import Sketch
from relgraph.relate.when import dated, usable
from relgraph.resolve import Party, View

_HEAD = 4
"""Words before 'the summit' in a sentence that tells of the summit itself."""
_STILL = 3
"""Sentences within which a gathering gets the date and place that its first mention lacks."""
_OPEN_FOR = 4
"""Paragraphs after which a gathering is no longer what 'the event' means."""


class Gathering:
    """The gathering told of last: its draft is filled while later sentences name who came."""

    def __init__(self, draft: Draft, closed: frozenset[str] = frozenset()) -> None:
        self.draft = draft
        self.people: dict[str, Party] = {p.name: p for p in draft.people}
        self.closed = closed
        """The sides of a session of a council: nobody else sits in it."""


def names_gathering(stage: Stage, sketch: Sketch) -> bool:
    """Whether a sentence has a word for a gathering: 'event', 'session', 'talks'."""
    nouns = stage.grammar.words("gathering_nouns")
    return any(w.low in nouns for w in sketch.words)


def within_reach(stage: Stage, sketch: Sketch, gathering: Gathering) -> bool:
    """Whether a sentence still speaks of a gathering: one right behind, or one that names it as 'the event'."""
    apart = sketch.view.sentence.paragraph - gathering.draft.view.sentence.paragraph
    return apart <= 1 or (apart <= _OPEN_FOR and names_gathering(stage, sketch))


def again(stage: Stage, sketch: Sketch, trigger: Mention, gathering: Gathering | None) -> bool:
    """Whether 'the meeting' of a sentence about who took part is the summit told of before."""
    if gathering is None or gathering.draft.fact.kind != "summit" or trigger.text.lower() not in stage.grammar.words("gathering_nouns"):
        return False
    attending = any(t.key == "attend" for t in sketch.view.of_kind("event"))
    return attending and definite(stage, sketch, trigger) and gathering.draft.view is not sketch.view and within_reach(stage, sketch, gathering)


def definite(stage: Stage, sketch: Sketch, trigger: Mention) -> bool:
    """Whether 'the' or 'this' stands right before a trigger."""
    last = sketch.before(trigger.start, 1)
    return bool(last) and last[0].low in stage.grammar.words("definite")


def same_gathering(stage: Stage, sketch: Sketch, trigger: Mention, kind: str, open_one: Gathering) -> bool:
    """Whether 'the summit' means the gathering told of before: no other date beside it, and for another word ('the forum') nothing between."""
    if not definite(stage, sketch, trigger):
        return False
    draft = open_one.draft
    dates = [m for m in usable(sketch.view, sketch.grammar.possessive) if sketch.clause(m.start) == sketch.clause(trigger.start) and len(str(m.value.iso)) > len("2025")]
    iso = dated(sketch, trigger)[0] if dates else None
    other = bool(iso and draft.fact.date and not compatible(iso, draft.fact.date) and not within(iso, draft.fact.date))
    if draft.fact.kind == kind:
        return not other and sketch.view.sentence.index - draft.view.sentence.index < 12 and (not dates or not draft.fact.date or bool(iso and not other))
    return not other and draft.fact.kind == "summit" and sketch.view.sentence.paragraph - draft.view.sentence.paragraph <= _OPEN_FOR


def dated_later(stage: Stage, sketch: Sketch, trigger: Mention, gathering: Gathering) -> None:
    """Give a gathering the date and place that a later sentence tells of it."""
    draft = gathering.draft
    if sketch.at(trigger.start) > _HEAD:
        return  # 'preparations for the summit were discussed in Tashkent'
    iso = None if draft.fact.date else dated(sketch, trigger)[0]
    spot = None if draft.fact.place else stage.place(sketch, trigger)
    if iso or spot is not None:
        evidence = tuple(sorted({*draft.fact.evidence, *stage.bench.evidence(sketch.view)}, key=lambda e: e.start))[:2]
        draft.fact = msgspec.structs.replace(draft.fact, date=draft.fact.date or iso, place=draft.fact.place or (spot.name if spot else None), evidence=evidence, ids={**draft.fact.ids, **stage.bench.ids([spot.name if spot else None])})
        draft.own_date, draft.own_place = draft.own_date or iso is not None, draft.own_place or spot is not None


def announced(stage: Stage, view: View, gathering: Gathering | None) -> Gathering | None:
    """A gathering told of without date and place that the next sentences give: 'The event will take place in Avaza on 6 August'."""
    people, told = stage.announced
    if not people or not 0 < view.sentence.index - told <= _STILL or not (view.of_kind("date") or view.places) or stage.drafts.told_in(view):
        return gathering
    sketch = Sketch(stage.bench.article.text, view, stage.grammar, [])
    if len(sketch.words) < _HEAD or sketch.words[0].low not in stage.grammar.words("definite") or sketch.words[1].low not in stage.grammar.words("gathering_nouns"):
        return gathering
    noun = sketch.words[1]
    draft = stage.add(sketch, Mention(start=noun.start, end=noun.end, text=noun.text, kind="event", key="summit"), "summit", "event.summit.announced", people=people, confidence=0.7)
    if draft is None or draft.unasserted:
        return gathering
    if not draft.fact.date and not draft.fact.place:
        stage.drafts.remove(draft)
        return gathering
    stage.announced = ((), -1)
    return Gathering(draft)
