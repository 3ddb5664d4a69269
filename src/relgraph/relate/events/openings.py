"""Openings: who opened a facility together, cut its ribbon or pressed the button; else the states that share it.

In: a trigger of an opening in its sentence. Out: one event with the persons of two sides or more who opened it (the subject, who did it with or beside them, in
whose presence it was), else with the two states of an embassy, a crossing or a bridge.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.retold import Gathering
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.resolve import Party

_OF = 14
"""Characters between an office and the states whose holders it names: 'the presidents of the ...'."""
_OBJECT = 7
"""Words behind a verb of opening in which the noun of what is opened stands."""


def open_up(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> Gathering | None:
    """An opening: who opened it, else the states that share it; who attended it may be told later."""
    rule, view = f"event.{trigger.key}", sketch.view
    if _of_gathering(sketch, trigger) or (sketch.passive(trigger) and trigger.text.lower() in sketch.grammar.words("open_adjectives")):
        stage.reject(view, trigger, rule, "other-sense")
        return None
    people: Sequence[Party] = _openers(stage, sketch, trigger)
    if len(sides(people)) < 2:
        people, rule = _sharers(stage, sketch), rule + ".states"
    if len(sides(people)) < 2:
        stage.reject(view, trigger, rule, "one-participant" if people else "no-pair", "participants")
        return None
    draft = stage.add(sketch, trigger, "opening", rule, people=people, confidence=0.74 if ".states" not in rule else 0.7, when=_since(sketch, trigger))
    if draft is not None and not draft.unasserted and any(m.key in ("cancelled", "postponed") for m in view.of_kind("modality")):
        stage.drafts.remove(draft)
        stage.reject(view, trigger, rule, "other-sense")
        return None
    if draft is not None and not draft.fact.date and not draft.fact.place and (".states" in rule or draft.background):
        stage.drafts.remove(draft)
        stage.reject(view, trigger, rule, "no-date-or-place")
        return None
    return Gathering(draft, frozenset(sides(people))) if draft is not None and view.sentence.index and not draft.unasserted and ".states" in rule else None


def _of_gathering(sketch: Sketch, trigger: Mention) -> bool:
    """Whether a gathering is what is opened: 'opened the forum', 'the opening of the summit'."""
    nouns = sketch.grammar.words("gathering_nouns") | sketch.grammar.words("no_facilities")
    n = sketch.at(trigger.end)
    for last, word in zip(sketch.words[max(0, n - 1) : n + _OBJECT], sketch.words[n : n + _OBJECT], strict=False):
        if sketch.text[last.end : word.start].strip(sketch.grammar.inside_phrase) or (word.low in sketch.grammar.prepositions and word.low not in sketch.grammar.genitive):
            return False
        if word.low in nouns:
            return True
    return False


def _since(sketch: Sketch, trigger: Mention) -> tuple[str | None, Mention | None] | None:
    """The date right behind 'has been in operation since'."""
    date = next((m for m in sketch.view.of_kind("date") if m.start < trigger.end <= m.end or 0 <= m.start - trigger.end <= _OF), None)
    if date is None or not isinstance(date.value, DateValue) or date.value.use != "since":
        return None
    return str(date.value.iso).split("/")[0], date


def _openers(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Party, ...]:
    """The persons of two sides or more who opened something together; empty for fewer."""
    clause = sketch.clause(trigger.start)
    undergone = sketch.passive(trigger) or sketch.between(trigger.start, trigger.end)[0].low in sketch.grammar.be | sketch.grammar.have
    subject = None if undergone else sketch.subject(trigger) or sketch.behind(trigger) or _right_before(sketch, trigger)
    by = sketch.complement(trigger, sketch.grammar.agents, direct=False)
    doers: list[Group] = [g for g in (subject, by if by is not None and by.start >= trigger.end else None, _with_whom(sketch, clause)) if g is not None]
    found = slim([p for g in doers for p in _able(stage, sketch, g)])
    if len(sides(found)) < 2 or not any(p.kind == "person" for p in found):
        near = [g for g in sketch.groups if g not in doers and g.clause == clause and (_beside(sketch, g) or (g.position == "subject" and not g.anaphor and not undergone) or (undergone and g.position == "subject" and g.start > trigger.end))]
        found = slim([*found, *(p for g in near for p in _able(stage, sketch, g) if p.kind == "person")])
    if not found and undergone and {w.low for w in sketch.words} & sketch.grammar.words("present_words"):
        found = slim([p for g in sketch.groups if g.end <= trigger.start and g.clause == sketch.clauses[clause].parent and g.position == "subject" for p in _able(stage, sketch, g)])
    if len(sides(found)) == 1 and all(p.kind == "person" for p in found):
        more = [p for g in sketch.groups if g not in doers and g.start > trigger.end and (_beside(sketch, g) or _companion(sketch, g)) for p in _able(stage, sketch, g) if p.kind == "person" and p.side not in sides(found)]
        found = (*found, *slim(more)[:1])
    persons = tuple(p for p in found if p.kind == "person")
    if len({p.name for p in persons}) >= 2:
        return persons
    return found if len(sides(found)) >= 2 else ()


def _right_before(sketch: Sketch, trigger: Mention) -> Group | None:
    """The group that ends right before a verb: 'as X and Y inaugurated the base'."""
    group = next((g for g in reversed(sketch.groups) if g.end <= trigger.start), None)
    if group is None or group.position in ("owner", "speaker") or (group.position == "governed" and group.prep not in sketch.grammar.words("while_words")):
        return None
    between = sketch.between(group.end, trigger.start)
    return group if all(w.low in sketch.grammar.adverbs or w.low in sketch.grammar.have for w in between) else None


def _with_whom(sketch: Sketch, clause: int) -> Group | None:
    """Whom a relative names beside the subject: 'X, with whom he inaugurated the railway'."""
    if sketch.clauses[clause].opener not in sketch.grammar.relatives:
        return None
    first = next((n for n in range(len(sketch.words)) if sketch.clause(sketch.words[n].start) == clause), 0)
    if not first or sketch.words[first - 1].low not in sketch.grammar.words("opening_with"):
        return None
    return next((g for g in reversed(sketch.groups) if g.end <= sketch.words[first - 1].start), None)


def _able(stage: Stage, sketch: Sketch, group: Group) -> list[Party]:
    """The parties of a group that can open something: persons, and the unnamed holders of an office ('the presidents of A and B')."""
    members = stage.members(group, sketch.view)
    offices = any(p.form == "office" for p in group.parties) or any(0 <= group.start - m.end <= _OF // 2 for m in sketch.view.of_kind("office"))
    said = {str(m.value) for m in sketch.view.of_kind("office") if group.start - _OF <= m.start < group.end}
    if offices:
        members = tuple(p if p.kind != "state" or (h := stage.holder(p.name, said)) is None else msgspec.structs.replace(p, name=h.name, id=h.id, kind="person") for p in members)
    known = [p for p in members if p.kind == "person" and (p.state or p.office or p.name in stage.cast.titles)]
    return [p for p in members if (p.kind == "person" and known) or (p.kind == "state" and (offices or (p.form == "anaphor" and group.anaphor != "sides")))]


def _beside(sketch: Sketch, group: Group) -> bool:
    """Whether a group stands beside the one who opens: 'together with X', 'alongside X', 'in the presence of X', 'with X looking on'."""
    if group.position != "governed":
        return False
    if group.prep in sketch.grammar.words("opening_with"):
        together = any(w.low in sketch.grammar.words("jointly") for w in sketch.before(group.start, 5))
        return together or not sketch.tied(group)
    return group.prep in sketch.grammar.genitive and any(w.low in sketch.grammar.words("witness_words") for w in sketch.before(group.start, 4))


def _companion(sketch: Sketch, group: Group) -> bool:
    """Whether a word such as 'companion' stands before a group: 'his companion at the ceremony was X'."""
    return any(w.low in sketch.grammar.words("companion_nouns") for w in sketch.before(group.start, 10))


def _sharers(stage: Stage, sketch: Sketch) -> tuple[Party, ...]:
    """The two states of an embassy, a crossing or a bridge."""
    view = sketch.view
    if not {w.low for w in sketch.words} & stage.grammar.words("shared_facilities"):
        return ()
    named = [stage.cast.as_state(p) for p in view.parties if p.kind in ("state", "person") and p.form != "metonym"]
    named += [stage.cast.state(p.state, view) for p in view.places if p.state and len(sides(named)) == 1]
    people = tuple(p for p in slim(named) if p.kind == "state")
    return people if len(people) == 2 else ()
