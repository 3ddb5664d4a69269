"""Military and rescue exercises: the states that hold one or send troops, else the organisation under whose flag it is.

In: a trigger in its sentence. Out: one event with the states that its sentence names (later sentences may name those of an organisation), the organisation
alone ('the CSTO exercised in A'), or the pair that 'the two armies' stands for.
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.clubs import club_meant, clubs_in
from relgraph.relate.events.retold import Gathering, definite
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party

_BEFORE = 24
"""Characters between the adjectives of two states and their exercise."""
_LOOKED = 6
"""Words between who looks on and the exercise."""


def drill(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> Gathering | None:
    """An exercise: the states that hold it or send troops, else the organisation under whose flag it is."""
    rule, view = f"event.{trigger.key}", sketch.view
    armies = _armies(stage, sketch, trigger)
    own: Sequence[Party] = armies or _holders(stage, sketch, clause=sketch.clause(trigger.start))
    club = club_meant(stage, view)
    apart = not any(g.parties for g in sketch.groups) or any(t.key == trigger.key and t.start > trigger.end for t in view.of_kind("event"))
    if not own and apart and definite(stage, sketch, trigger) and not clubs_in(stage, view):
        stage.reject(view, trigger, rule, "told-before")
        return None
    if club is None and not armies and any(w.low in sketch.grammar.words("watching") for w in sketch.before(trigger.start, _LOOKED)):
        stage.reject(view, trigger, rule, "one-participant", "participants")
        return None  # 'the leaders watched the last day of the exercise'
    people = own if len(sides(own)) > 1 else _holders(stage, sketch, described=club is None)
    if len(sides(people)) < 2 and club is None and len(view.focus) >= 2 and view.sentence.index and (people or {w.low for w in sketch.words} & sketch.grammar.words("jointly_words")):
        people, rule = [stage.cast.state(s, view) for s in view.focus], rule + ".focus"
    if club is not None and not armies and len(sides(people)) <= 2:
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


def _armies(stage: Stage, sketch: Sketch, trigger: Mention) -> list[Party]:
    """The two states or more whose adjectives stand right before a trigger: 'Chinese and Kyrgyz soldiers trained', 'a Chinese-Kyrgyz drill'."""
    before = [p for p in sketch.view.parties if p.kind == "state" and p.form == "adjective" and 0 <= trigger.start - p.end < _BEFORE]
    return list(before) if len(sides(before)) > 1 else []


def _holders(stage: Stage, sketch: Sketch, *, clause: int | None = None, described: bool = True) -> list[Party]:
    """The states of a clause, else of a sentence; unless `described`, not those that only describe an organisation ('the bloc, to which A and B belong')."""
    aside = sketch.grammar.words("describing_openers")
    groups = [g for g in sketch.groups if g.position != "speaker" and not sketch.absent(g) and clause in (None, g.clause) and (described or sketch.clauses[g.clause].opener not in aside)]
    states = slim([stage.cast.as_state(p) for g in groups for p in (g.parties or stage.members(g, sketch.view)) if p.kind in ("state", "person")])
    return [p for p in states if p.kind == "state"]
