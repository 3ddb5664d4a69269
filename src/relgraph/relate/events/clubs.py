"""Organisations of states that meet, exercise or declare something: which one a sentence means, and whether a gathering is its own.

In: a trigger in its sentence. Out: the organisation as a party: named beside the trigger ('the SCO summit', 'the summit of the SCO', 'the SCO held its summit'), or
the one that a sentence before named where this one says 'their summit' or 'the bloc'.
"""

from __future__ import annotations

import msgspec

from relgraph.knowledge.entities import Body, Organisation
from relgraph.model import EntityId
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.stage import Stage
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party, View

CLUBS = frozenset({"military alliance", "intergovernmental", "supranational"})
_BACK = 12
"""Sentences within which 'the bloc' means the organisation named last."""
_NEAR = 2
"""Sentences within which 'their summit' is that of the organisation named last."""
_OWNED = 3  # characters between an owner and what is his: the ending and a space
_OF_REACH = 45
_HOLDS = 6
"""Words between an organisation and the gathering that it holds: 'the SCO held its summit'."""
_LEAD = 4
"""Words before a gathering among which 'their' stands."""


def clubs_in(stage: Stage, view: View) -> list[Party]:
    """The organisations of states that a sentence names."""
    entities = stage.bench.knowledge.reference.entities
    return [p for p in view.parties if p.kind == "organisation" and p.id and isinstance(e := entities.get(EntityId(p.id)), Organisation) and e.kind in CLUBS]


def its_own(sketch: Sketch, party: Party, trigger: Mention) -> bool:
    """Whether a gathering is that of an organisation: 'SCO summit', 'the summit of the SCO', 'the SCO held its summit'."""
    if 0 <= trigger.start - party.end <= _OWNED or trigger.start <= party.start < trigger.end:
        return True
    if 0 < party.start - trigger.end <= _OF_REACH:
        return [w.low for w in sketch.between(trigger.end, party.start)[:1]] in [[w] for w in sketch.grammar.genitive]
    between = sketch.between(party.end, trigger.start) if party.end < trigger.start else []
    return 0 < len(between) <= _HOLDS and sketch.clause(party.start) == sketch.clause(trigger.start) and any(w.low in sketch.grammar.possessives for w in between)


def of_organ(stage: Stage, sketch: Sketch, trigger: Mention) -> Party | None:
    """The organisation whose heads meet under a name of their own: 'the SCO summit'."""
    reference = stage.bench.knowledge.reference
    for body in sketch.view.of_kind("body"):
        entity = next((e for i in body.ids if isinstance(e := reference.entities[EntityId(i)], Body) and e.under), None)
        if entity is not None and entity.under and body.start <= trigger.start and trigger.end <= body.end:
            return Party(start=body.start, end=body.end, name=reference.name(entity.under), id=entity.under, kind="organisation", state=None, form="name", reason="organ-of")
    return None


def club_at(stage: Stage, sketch: Sketch, trigger: Mention) -> Party | None:
    """The organisation of states whose own gathering a trigger names; None where it is another's, or only beside it."""
    named = next((p for p in clubs_in(stage, sketch.view) if its_own(sketch, p, trigger)), None) or of_organ(stage, sketch, trigger)
    if named is not None or clubs_in(stage, sketch.view):
        return named
    lead = {w.low for w in sketch.before(trigger.start, _LEAD)}
    if not lead & sketch.grammar.possessives and not _words(sketch.view) & stage.grammar.words("club_nouns"):
        return None
    return _before(stage, sketch.view, _NEAR)


def club_meant(stage: Stage, view: View) -> Party | None:
    """The organisation of states that a sentence names, or means by 'the bloc' a little behind its name."""
    here = clubs_in(stage, view)
    if here:
        return here[-1]
    return _before(stage, view, _BACK) if _words(view) & stage.grammar.words("club_nouns") else None


def _before(stage: Stage, view: View, most: int) -> Party | None:
    """The organisation that one of the sentences before named last."""
    alliance = bool(_words(view) & stage.grammar.words("alliance_nouns"))
    for before in reversed(stage.bench.resolved.views[max(0, view.sentence.index - most) : view.sentence.index]):
        found = [p for p in clubs_in(stage, before) if not alliance or _military(stage, p)]
        if found:
            return msgspec.structs.replace(found[-1], start=view.sentence.start, end=view.sentence.start, lead=-1, tail=-1, state=None, form="anaphor", reason="club")
    return None


def _words(view: View) -> set[str]:
    return {w.strip(".,;:'\"") for w in view.text.lower().split()}


def _military(stage: Stage, party: Party) -> bool:
    entity = stage.bench.knowledge.reference.entities.get(EntityId(str(party.id)))
    return isinstance(entity, Organisation) and entity.kind == "military alliance"
