"""Sessions of councils and commissions: the persons of its sides where they are named, else its states.

In: a trigger in its sentence. Out: a meeting of two, a summit of more; nothing where the sentence has no council and no group.
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.clubs import club_at
from relgraph.relate.events.encounters import talks
from relgraph.relate.events.gatherings import persons_at, unrepresented, wait
from relgraph.relate.events.groups import group_of
from relgraph.relate.events.retold import Gathering
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.relate.sides import group_size
from relgraph.resolve import Party

_ORGAN = 70
"""Characters behind 'session' in which the council of an organisation stands."""
_NEAR, _WORDS = 6, 3
"""Characters behind an organisation's name, and words behind a council's, in which the one is said to be the other's."""


def session(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> Gathering | None:
    """A council or commission of two or more states sits: its persons where named, else its states."""
    rule, view = f"event.{trigger.key}", sketch.view
    bodies = [m for m in view.of_kind("body") if abs(m.start - trigger.start) < 120]
    if not bodies and trigger.text.lower().split()[-1] in sketch.grammar.words("meeting_nouns") and sketch.complement(trigger, sketch.grammar.words("partner_preps"), direct=False) is not None:
        talks(stage, sketch, trigger, entry, "meeting")  # 'X held a meeting with Y'
        return None
    group = group_of(stage, sketch, trigger) if not bodies and view.sentence.index else ()
    if len(group) > 2 and (view.of_kind("date") or view.places):  # 'the March meeting of the Central Asian leaders'
        stage.series = tuple(p for p in group if p.kind == "state")
        draft = stage.add(sketch, trigger, "summit", rule + ".group", people=unrepresented(stage, group), confidence=0.68)
        return Gathering(draft) if draft is not None and not draft.unasserted else None
    club = club_at(stage, sketch, trigger) if not bodies and view.sentence.index and _of_heads(sketch, trigger) else None
    if club is not None:  # 'a session of the alliance's council'
        draft = stage.add(sketch, trigger, "summit", rule + ".organisation", people=[club], confidence=0.64)
        if draft is not None and not draft.fact.date and not draft.fact.place:
            stage.drafts.remove(draft)
            draft = None
        return Gathering(draft) if draft is not None and not draft.unasserted else None
    if not bodies:
        wait(stage, sketch, trigger, "summit")
        stage.reject(view, trigger, rule, "other-sense", "body")
        return None
    adjectives = [p for p in view.parties if p.kind == "state" and any(b.start <= p.start < b.end + 60 for b in bodies)]
    named = slim(list(adjectives))
    size = group_size(stage.bench, bodies[0].text) or 2
    states: Sequence[Party] = named if len(named) == size else [stage.cast.state(s, view) for s in view.focus] if len(view.focus) == size else ()
    if len(named) != size and _of_organisation(sketch, bodies):
        states = ()  # 'a session of the WTO's council': its members are others than the two of the article
    persons = persons_at(stage, sketch, trigger)
    if len(sides(persons)) < 2:
        both = [p for g in sketch.groups if g.anaphor == "pair" and g.clause == sketch.clause(trigger.start) for p in stage.members(g, view) if p.kind == "person"]
        persons = both if not states or sides(both) == sides(states) else persons
    if len(sides(persons)) < 2:
        persons = _heads(sketch, sides(states)) or _heads(sketch, set())
    told = any(w.low in sketch.grammar.distancing for w in sketch.before(trigger.start, 8))  # 'what was agreed during the session'
    people: Sequence[Party] = persons if len(sides(persons)) > 1 and not told else states
    if len(sides(people)) < 2:
        wait(stage, sketch, trigger, "summit")
        stage.reject(view, trigger, rule, "no-pair", "participants")
        return None
    kind = "summit" if len(sides(people)) > 2 else "meeting"
    draft = stage.add(sketch, trigger, kind, rule, people=people, confidence=0.7)
    if draft is not None and not draft.fact.date and not draft.fact.place and not persons and view.sentence.paragraph > 1:
        stage.drafts.remove(draft)
        stage.reject(view, trigger, rule, "no-date-or-place")
        return None
    return Gathering(draft, frozenset(sides(people))) if draft is not None and view.sentence.index and not draft.unasserted else None


def _of_heads(sketch: Sketch, trigger: Mention) -> bool:
    """Whether those who sit in a session are the heads of an organisation: its council, its leaders."""
    return any(w.low in sketch.grammar.words("club_organs") for w in sketch.between(trigger.end, trigger.end + _ORGAN))


def _of_organisation(sketch: Sketch, bodies: Sequence[Mention]) -> bool:
    """Whether a council is an organisation's: "the WTO's council", 'the Permanent Council of the CSTO'."""
    for organisation in sketch.view.of_kind("organisation"):
        for body in bodies:
            behind, ahead = sketch.text[organisation.end : body.start].lower(), sketch.between(body.end, organisation.start)
            if body.start <= organisation.start < body.end:
                return True
            if behind.startswith(sketch.grammar.possessive) and len(behind) < _NEAR:
                return True
            if 0 < len(ahead) < _WORDS and ahead[0].low in sketch.grammar.genitive:
                return True
    return False


def _heads(sketch: Sketch, members: set[str]) -> list[Party]:
    """One person of each side of a council that a sentence names, wherever in it; empty unless all sides have one."""
    found: dict[str, Party] = {}
    for group in sketch.groups:
        if group.position not in ("speaker", "owner") and not group.anaphor:
            for party in group.parties:
                if party.kind == "person" and (not members or party.side in members):
                    found.setdefault(party.side, party)
    return list(found.values()) if len(found) == (len(members) or 2) else []
