"""Military and rescue exercises: the states that hold one or send troops, else the organisation under whose flag it is.

In: a trigger in its sentence. Out: one event with the states that its sentence names (later sentences may name those of an organisation), the organisation
alone ('the CSTO exercised in A'), or the pair that 'the two armies' stands for.
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.entities import Organisation
from relgraph.knowledge.lexicon import Entry
from relgraph.model import EntityId
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.retold import Gathering, definite
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party, View

_CLUBS = frozenset({"military alliance", "intergovernmental", "supranational"})
_BACK = 12
"""Sentences within which 'the bloc' means the organisation named last."""


def drill(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> Gathering | None:
    """An exercise: the states that hold it or send troops, else the organisation under whose flag it is."""
    rule, view = f"event.{trigger.key}", sketch.view
    states = [stage.cast.as_state(p) for g in sketch.groups if g.position != "speaker" and not sketch.absent(g) for p in (g.parties or stage.members(g, view)) if p.kind in ("state", "person")]
    people: Sequence[Party] = [p for p in slim(states) if p.kind == "state"]
    club = _club(stage, view)
    if not any(g.parties for g in sketch.groups) and definite(stage, sketch, trigger) and not _clubs(stage, view):
        stage.reject(view, trigger, rule, "told-before")
        return None
    if len(sides(people)) < 2 and club is None and len(view.focus) >= 2 and view.sentence.index and (people or {w.low for w in sketch.words} & sketch.grammar.words("jointly_words")):
        people, rule = [stage.cast.state(s, view) for s in view.focus], rule + ".focus"
    if club is not None and len(sides(people)) <= 2:
        people, rule = [club], rule + ".organisation"
    elif len(sides(people)) < 2:
        stage.reject(view, trigger, rule, "one-participant" if people else "no-pair", "participants")
        return None
    draft = stage.add(sketch, trigger, "exercise", rule, people=people, confidence=0.66)
    if draft is None:
        return None
    if not draft.fact.date and not draft.fact.place:
        stage.drafts.remove(draft)
        stage.reject(view, trigger, rule, "no-date-or-place")
        return None
    return Gathering(draft) if club is not None and view.sentence.index and not draft.unasserted else None


def _club(stage: Stage, view: View) -> Party | None:
    """The organisation of states that holds an exercise: named in the sentence, or 'the bloc' whose name stands a little before."""
    here = _clubs(stage, view)
    if here:
        return here[-1]
    words = {w.strip(".,;:'\"") for w in view.text.lower().split()}
    if not words & stage.grammar.words("club_nouns"):
        return None
    for before in reversed(stage.bench.resolved.views[max(0, view.sentence.index - _BACK) : view.sentence.index]):
        found = [p for p in _clubs(stage, before) if not words & stage.grammar.words("alliance_nouns") or _military(stage, p)]
        if found:
            return Party(start=view.sentence.start, end=view.sentence.start, name=found[-1].name, id=found[-1].id, kind="organisation", state=None, form="anaphor", reason="club")
    return None


def _military(stage: Stage, party: Party) -> bool:
    entity = stage.bench.knowledge.reference.entities.get(EntityId(str(party.id)))
    return isinstance(entity, Organisation) and entity.kind == "military alliance"


def _clubs(stage: Stage, view: View) -> list[Party]:
    entities = stage.bench.knowledge.reference.entities
    return [p for p in view.parties if p.kind == "organisation" and p.id and isinstance(e := entities.get(EntityId(p.id)), Organisation) and e.kind in _CLUBS]
