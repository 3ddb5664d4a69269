"""Forums and conferences: who opened them, whose business people met there, and a leader who comes alone.

In: a trigger of a forum in its sentence. Out: persons, or whether the pair of the passage holds it, or whether one guest is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.scenes import rank_of
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party

_BEHIND = 4
"""Words between a forum and 'by': 'at the forum, which was opened by X'."""
_AHEAD = 6


def opened_by(stage: Stage, sketch: Sketch, trigger: Mention) -> list[Party]:
    """The persons of two sides who open, close or address a forum: 'opened a forum together', 'the forum, opened by X and Y'."""
    verbs, view = sketch.grammar.words("opening_verbs"), sketch.view
    by = next((g for g in sketch.groups if g.start >= trigger.end and g.prep in sketch.grammar.agents and g.position == "governed"), None)
    if by is not None:
        words = [w.low for w in sketch.between(trigger.end, by.start)]
        if len(words) <= _BEHIND and set(words) & verbs:
            return [p for p in stage.members(by, view) if p.kind == "person"]
    verb = next((w for w in reversed(sketch.before(trigger.start, _AHEAD)) if w.low in verbs), None)
    if verb is None or sketch.clause(verb.start) != sketch.clause(trigger.start):
        return []
    mention = Mention(start=verb.start, end=verb.end, text=verb.text, kind="event", key="open")
    subject = sketch.subject(mention)
    beside = [g for g in sketch.groups if g.position == "governed" and g.prep in sketch.grammar.words("opening_with") and g.clause == sketch.clause(verb.start)]
    found = slim([p for g in (subject, *beside) for p in stage.members(g, view) if p.kind == "person"])
    return list(found) if len(sides(found)) >= 2 else []


def of_both(stage: Stage, sketch: Sketch) -> bool:
    """Whether business people or scholars of the two states of the passage hold a forum: 'entrepreneurs of both nations', or simply 'entrepreneurs' in a story of two."""
    view, low = sketch.view, {w.low for w in sketch.words}
    if len(view.focus) != 2 or not low & stage.grammar.words("forum_guests"):
        return False
    return bool(low & stage.grammar.words("both_words")) or (set(view.focus) == set(stage.bench.resolved.main) and set(view.explicit) <= set(view.focus))


def guest_alone(stage: Stage, sketch: Sketch, trigger: Mention, people: Sequence[Party]) -> bool:
    """Whether the one participant known is a leader who goes abroad for a forum, which is worth telling without others."""
    if len(people) != 1 or people[0].kind != "person" or rank_of(stage, people[0]) is None or not sketch.view.sentence.index:
        return False
    where = next((p.state for p in (stage.place(sketch, trigger), *sketch.view.places) if p is not None and p.state), None) or stage.cast.where or stage.cast.home()
    return bool(where) and where != people[0].state
