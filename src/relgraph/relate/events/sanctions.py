"""Sanctions and bans: which state or union puts whom on a list or bars whose goods.

In: a trigger in its sentence. Out: an event for each actor and target: firms and banks that stand as its object or, in the passive, before it; else a state.
An actor told with 'by' keeps the date that stands behind it ('hit by the U.S. in January and by London in February').
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.entities import Organisation
from relgraph.knowledge.lexicon import Entry
from relgraph.model import EntityId
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.events.acts import needs_when
from relgraph.relate.events.stage import Stage
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.resolve import Party

_UNIONS = frozenset({"supranational", "intergovernmental"})
_MOST = 5
_RIGHT_BEFORE = 16
"""Characters between an adjective and the list that it says whose is: 'the US sanctions list'."""
_DATE_BEHIND = 16
_GOODS = 40
"""Characters between a ban and the adjective of the goods that it bars: 'banned Russian wheat'."""

When = tuple[str | None, Mention | None]


def ban(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """A sanction: who imposed it, on whom."""
    rule, view = f"event.{trigger.key}", sketch.view
    undergone = sketch.passive(trigger) or _listed(sketch, trigger) or bool(_by(stage, sketch, trigger))
    actors = _by(stage, sketch, trigger) if undergone else []
    if not actors:
        one = _whose(stage, sketch, trigger, active=not undergone)
        actors = [(one, None)] if one is not None else []
    taken = {a.name for a, _ in actors}
    firms = [p for p in _firms(stage, sketch) if p.name not in taken]
    targets: Sequence[Party] = [p for p in firms if p.start >= trigger.end]
    onto_list = sketch.between(trigger.start, trigger.end)[-1].low in sketch.grammar.words("list_nouns")  # 'has added X to its list'
    if undergone or onto_list:
        targets = [p for p in firms if p.end <= trigger.start] or targets
    if not targets:
        targets, rule = _states(stage, sketch, trigger, actors, undergone), rule + ".states"
    if not actors or not targets:
        stage.reject(view, trigger, rule, "one-participant", "target" if actors else "actor")
        return
    for actor, when in actors:
        for target in targets[:_MOST]:
            if target.side == actor.side:
                continue
            draft = stage.add(sketch, trigger, "sanction", rule, people=[actor, target], confidence=0.7, when=when)
            needs_when(stage, sketch, trigger, draft, rule, lead=view.sentence.paragraph <= 1)


def _listed(sketch: Sketch, trigger: Mention) -> bool:
    """Whether a trigger names a list, not the act: 'on its list', 'the sanctions list'; the list of somebody who puts others on it is an act."""
    words = [w.low for w in sketch.between(trigger.start, trigger.end)]
    return words[-1] in sketch.grammar.words("list_nouns") and words[0] not in sketch.grammar.words("listing_words") and not any(w.low in sketch.grammar.words("listing_words") and not sketch.passive_at(w.start) for w in sketch.before(trigger.start, 8))


def _by(stage: Stage, sketch: Sketch, trigger: Mention) -> list[tuple[Party, When | None]]:
    """The actors behind 'by', each with the date that stands behind it."""
    found: list[tuple[Party, When | None]] = []
    for group in sketch.groups:
        if group.prep in sketch.grammar.agents and group.position == "governed" and group.start >= trigger.start:
            actor = next((a for p in stage.members(group, sketch.view) if (a := _actor(stage, p)) is not None), None)
            if actor is not None:
                found.append((actor, _date_behind(sketch, group)))
    return found


def _date_behind(sketch: Sketch, group: Group) -> When | None:
    date = next((m for m in sketch.view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and 0 < m.start - group.end < _DATE_BEHIND), None)
    return (str(date.value.iso).split("/")[0] if date.value.use == "since" else str(date.value.iso), date) if date is not None and isinstance(date.value, DateValue) else None


def _actor(stage: Stage, party: Party) -> Party | None:
    """A state, or a union of states; a person stands for his state."""
    if party.kind == "organisation":
        entity = stage.bench.knowledge.reference.entities.get(EntityId(party.id)) if party.id else None
        return party if isinstance(entity, Organisation) and entity.kind in _UNIONS else None
    state = stage.cast.as_state(party)
    return state if state.kind == "state" else None


def _whose(stage: Stage, sketch: Sketch, trigger: Mention, *, active: bool) -> Party | None:
    """Who acts: the subject, else the state whose adjective stands before the act or the list ('the US Treasury imposed', 'on the US list')."""
    if active:
        for party in stage.members(sketch.subject(trigger), sketch.view):
            if (actor := _actor(stage, party)) is not None:
                return actor
        seat = next((p for p in sketch.view.places if p.end <= trigger.start and p.name.lower() in stage.grammar.seats), None)
        if seat is not None:
            return _union(stage, stage.grammar.seats[seat.name.lower()], seat)
    near = [p for p in sketch.view.parties if p.kind in ("state", "organisation") and p.end <= trigger.start and sketch.clause(p.start) == sketch.clause(trigger.start)]
    for party in reversed(near):
        if not active and trigger.start - party.end > _RIGHT_BEFORE:
            break
        if (actor := _actor(stage, party)) is not None:
            return actor
    return None


def _union(stage: Stage, name: str, at: Party) -> Party | None:
    reference = stage.bench.knowledge.reference
    ident = next((i for i in reference.find(name) if i.startswith("organisation:")), None)
    return Party(start=at.start, end=at.end, name=reference.name(EntityId(ident)), id=EntityId(ident), kind="organisation", state=None, form="metonym", reason="seat") if ident is not None else None


def _firms(stage: Stage, sketch: Sketch) -> list[Party]:
    """The firms and banks of a sentence: organisations that are no unions of states."""
    return [p for p in sketch.view.parties if p.kind == "organisation" and _actor(stage, p) is None]


def _states(stage: Stage, sketch: Sketch, trigger: Mention, actors: Sequence[tuple[Party, When | None]], undergone: bool) -> list[Party]:
    """The state that a sanction strikes: its object, the adjective of the goods, else the other of the pair whose trade is barred."""
    view, taken = sketch.view, {a.side for a, _ in actors}
    if undergone:
        return [s for p in stage.members(sketch.subject(trigger), view) if (s := stage.cast.as_state(p)).kind == "state" and s.side not in taken]
    group = sketch.complement(trigger, sketch.grammar.words("barred_preps"), direct=True)
    found = [s for p in stage.members(group, view) if (s := stage.cast.as_state(p)).kind == "state" and s.side not in taken]
    found = found or [stage.cast.as_state(p) for p in view.parties if p.kind == "state" and 0 <= p.start - trigger.end < _GOODS and p.form in ("adjective", "side", "name") and p.side not in taken]
    if not found and len(view.focus) == 2 and len(actors) == 1 and actors[0][0].side in view.focus and {w.low for w in sketch.words} & stage.grammar.words("trade_words"):
        found = [stage.cast.state(s, view) for s in view.focus if s != actors[0][0].side]
    return found[:1]
