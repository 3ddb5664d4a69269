"""Incidents: clashes, shootings, raids and closed borders between two states, those of the day and those that the text only recalls.

In: a trigger in its sentence. Out: an event for each date that stands right behind it ('the fighting of April 2021 and September 2022'), else one with the date
and place of its clause. The sides are the two states that its clause names, else the pair of the passage.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.events.acts import states_meant
from relgraph.relate.events.cast import slim
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party

_SURE_FOCUS = ("both-named", "side-of-the-pair", "inherited", "group-named", "side-of-the-main-pair", "inherited-across", "main-pair")
_NEAR = 40
_RIGHT_BEHIND = 5
"""Words between an incident and its own date: 'the clashes on the border at the end of April'."""


def clash(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """An incident between two states: both named or in focus, with a date or a place."""
    rule, view = f"event.{trigger.key}", sketch.view
    people, sure = _sides(stage, sketch, trigger)
    if not sure:
        rule += ".focus"
    if len(sides(people)) != 2 or (entry.fields.get("needs") == "border" and not _at_border(sketch, trigger)):
        stage.reject(view, trigger, rule, "no-pair", "participants")
        return
    own: list[tuple[str, Mention] | None] = [(iso, date) for date in _own_dates(sketch, trigger) for iso in _days(sketch, date)]
    for when in own or [None]:
        draft = stage.add(sketch, trigger, "incident", rule, people=people, confidence=0.68 - (0.06 if not sure else 0.0), when=when)
        if draft is None:
            continue
        if when is not None and draft.fact.place and not any(0 < p.start - trigger.end < _NEAR for p in view.places):
            draft.fact, draft.own_place = msgspec.structs.replace(draft.fact, place=None), False  # the place is of what the sentence tells, not of what it recalls
        if not draft.fact.date and not draft.fact.place and view.sentence.paragraph > 1:
            stage.drafts.remove(draft)
            stage.reject(view, trigger, rule, "no-date-or-place")


def _sides(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Sequence[Party], bool]:
    """The two states of an incident, and whether its own sentence names them."""
    view, clause = sketch.view, sketch.clause(trigger.start)
    parties = [p for p in view.parties if p.kind in ("state", "person") and p.state]
    for near in ([p for p in parties if sketch.clause(p.start) == clause], parties):
        named = slim([stage.cast.as_state(p) for p in near])
        if len(sides(named)) == 2:
            return named, True
    here = sides([stage.cast.as_state(p) for p in parties if p.form not in ("place", "capital")])
    meant = states_meant(stage, sketch)
    main = stage.bench.resolved.main
    if len(main) == 2 and here and not here <= sides(meant) and here <= set(main):
        meant = tuple(stage.cast.state(s, view) for s in main)
    return (meant if len(here) < 2 and here <= sides(meant) and view.focus_reason in _SURE_FOCUS else ()), False


def _at_border(sketch: Sketch, trigger: Mention) -> bool:
    """Whether the clause of a trigger speaks of a border or of those who guard it."""
    clause = sketch.clause(trigger.start)
    return any(w.low in sketch.grammar.words("border_words") and sketch.clause(w.start) == clause for w in sketch.words)


def _days(sketch: Sketch, date: Mention) -> list[str]:
    """One date, or the two of 'April 2021 and September 2022'."""
    iso = str(date.value.iso) if isinstance(date.value, DateValue) else ""
    both = any(w.low in sketch.grammar.words("date_joins") for w in sketch.between(date.start, date.end)[1:]) and "/" in iso
    return iso.split("/") if both else [iso]


def _own_dates(sketch: Sketch, trigger: Mention) -> list[Mention]:
    """The dates right behind a noun: 'the clashes of 2021', 'fighting, in April 2021 and September 2022'."""
    found: list[Mention] = []
    end = trigger.end
    for date in sorted(sketch.view.of_kind("date"), key=lambda m: m.start):
        if date.start < end or not isinstance(date.value, DateValue) or not date.value.iso:
            continue
        between = sketch.between(end, date.start)
        joined = bool(found) and all(w.low in sketch.grammar.words("date_joins") for w in between)
        behind = not found and len(between) <= _RIGHT_BEHIND and bool(between) and between[-1].low in sketch.grammar.words("date_preps") | sketch.grammar.genitive and sketch.clause(date.start) == sketch.clause(trigger.start)
        if not joined and not behind:
            break
        found.append(date)
        end = date.end
    return found
