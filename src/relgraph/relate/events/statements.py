"""Joint texts: who adopted a statement, a declaration or a communique.

In: a trigger in its sentence. Out: one event with those who signed or adopted the text: its subject, 'by X and Y', 'with X'; at a gathering of many all who
came; else the two of the last talks or the states that speak in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.events.acts import alike, needs_when, states_meant
from relgraph.relate.events.clubs import clubs_in
from relgraph.relate.events.participants import passage_group
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.when import dated
from relgraph.resolve import Party, View

_REACH = 10
"""Sentences within which a gathering or its guests are still the ones who adopt something."""
_TALKED = 8
_MANY = 3
_BEHIND = 7
"""Words behind 'declaration' that make it a treaty: 'on strategic partnership', 'of intent'."""


def statement(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """A joint text: by those who signed or adopted it, else the states that speak in it."""
    rule, view = f"event.{trigger.key}", sketch.view
    if entry.fields.get("needs") == "adoption" and not _adopted(sketch, trigger):
        stage.reject(view, trigger, rule, "other-sense")
        return
    subject = next((g for g in sketch.groups if g.anaphor and trigger.start <= g.start < trigger.end), None) or sketch.subject(trigger)  # 'a statement they issued'
    people: Sequence[Party] = stage.members(subject, view)
    by = sketch.complement(trigger, sketch.grammar.words("author_preps"), direct=False)
    said = stage.members(by, view) if by is not None and by.start >= trigger.end else ()
    partner = _with(stage, sketch, trigger)
    gathered = _gathered(stage, view.sentence.index)
    if gathered and _all(stage, subject, by, len(people)):
        people, rule = gathered, rule + ".gathered"
    elif partner:
        people, rule = partner, rule + ".with"
    elif len(sides(people)) < 2 and len(sides(said)) > 1:
        people, rule = said, rule + ".by"
    if len(sides(people)) < 2 and (both := _both(stage, sketch)):
        people, rule = both, rule + ".both"
    if len(sides(people)) < 2:
        people, rule = _others(stage, sketch, trigger, people, rule)
    if entry.fields.get("needs") == "adoption" and len(sides(people)) < _MANY and (rule.endswith(".talks") or not any(p.kind == "person" for p in people)):
        people = ()
    many = len(sides(people)) >= _MANY and not rule.endswith(".focus")
    club = None if many else _club(stage, sketch, subject, by, persons=any(p.kind == "person" for p in people))
    if club is not None:
        people, rule = (club,), f"event.{trigger.key}.organisation"
    elif len(sides(people)) < 2 or (all(p.kind == "state" and p.form == "anaphor" for p in people) and len(stage.bench.resolved.main) != 2 and not (view.of_kind("date") and len(view.focus) == 2)):
        stage.reject(view, trigger, rule, "no-pair", "participants")
        return
    draft = stage.add(sketch, trigger, "statement", rule, people=alike(people), confidence=0.74 - (0.12 if rule.endswith((".focus", ".group")) else 0.0))
    needs_when(stage, sketch, trigger, draft, rule, lead=True)


def _adopted(sketch: Sketch, trigger: Mention) -> bool:
    """Whether a text is told to be adopted in its clause, and is no treaty by its name ('declaration on strategic partnership', 'of intent')."""
    behind = [w.low for w in sketch.between(trigger.end, trigger.end + 60)[:_BEHIND]]
    if set(behind[1:]) & sketch.grammar.words("treaty_subjects"):
        return False
    clause = sketch.clause(trigger.start)
    return any(w.low in sketch.grammar.words("adoption_words") and sketch.clause(w.start) == clause for w in sketch.words)


def _gathered(stage: Stage, now: int) -> Sequence[Party]:
    """Who sits at the gathering of three or more that the text tells of."""
    if len(sides(stage.gathered)) > 2 and now - stage.gathered_in <= _TALKED:
        return stage.gathered
    cast = stage.cast
    return cast.roster if len(sides(cast.roster)) > 2 and now - cast.rostered_in <= _REACH and cast.rostered_in >= cast.talked_in else ()


def _all(stage: Stage, subject: Group | None, by: Group | None, named: int) -> bool:
    """Whether those who adopt a text are all of a gathering: 'the leaders', 'the participants', or nobody is named; not 'both', 'the two'."""
    words = stage.grammar.words("pair_words")
    for group in (subject, by):
        if group is None:
            continue
        text = set(stage.bench.article.text[group.start : group.end].lower().split())
        if group.anaphor in ("pair", "three", "guests") and not group.parties and not text & words:
            return True
    return False


def _club(stage: Stage, sketch: Sketch, subject: Group | None, by: Group | None, *, persons: bool) -> Party | None:
    """The organisation of states that adopts a text: as its subject, behind 'by', or because the text was adopted at its gathering of which no guests are named."""
    clubs = {p.name: p for p in clubs_in(stage, sketch.view)}
    for group in (by, subject):
        if group is not None and len(group.parties) == 1 and group.parties[0].name in clubs:
            return clubs[group.parties[0].name]
    gathered = [p for p in stage.gathered if p.kind == "organisation"]
    alone = len(gathered) == 1 and len(sides(stage.gathered)) <= _MANY and 0 <= sketch.view.sentence.index - stage.gathered_in <= _TALKED
    if not alone or stage.gathered_in < stage.cast.talked_in or persons or _another_year(stage, sketch.view):
        return None
    return msgspec.structs.replace(gathered[0], start=sketch.view.sentence.start, end=sketch.view.sentence.start, lead=-1, tail=-1, form="anaphor", reason="club")


def _with(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Party, ...]:
    """'A joint statement, signed on Friday with X': X and the one of whom the text speaks."""
    group = next((g for g in sketch.groups if g.start >= trigger.end and g.prep in sketch.grammar.company and g.position == "governed" and g.clause == sketch.clause(trigger.start)), None)
    between = {w.low for w in sketch.words if w.start < group.start and sketch.clause(w.start) == group.clause} if group is not None else set()
    if group is None or not between & (sketch.grammar.words("signed_words") | sketch.grammar.words("adoption_words")):
        return ()
    guests = [p for p in stage.members(group, sketch.view) if p.kind == "person"]
    one = next((p for g in sketch.groups if g.end <= trigger.start and g.position == "subject" for p in stage.members(g, sketch.view) if p.kind == "person"), stage.cast.subject)
    return (one, guests[0]) if len(guests) == 1 and one is not None and one.side != guests[0].side else ()


def _both(stage: Stage, sketch: Sketch) -> tuple[Party, ...]:
    """The two whom the sentence speaks of as such: 'it bears the signatures of both heads of state, as does a declaration'."""
    words = stage.grammar.words("pair_words")
    for group in sketch.groups:
        if group.anaphor == "pair" and not group.parties and group.position != "owner" and set(sketch.text[group.start : group.end].lower().split()) & words:
            found = stage.members(group, sketch.view)
            if len(sides(found)) == 2:
                return found
    return ()


def _another_year(stage: Stage, view: View) -> bool:
    """Whether all years that a sentence names lie before the article's."""
    published = stage.bench.article.published
    years = [str(m.value.iso)[:4] for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso]
    return bool(published and years) and all(y < str(published)[:4] for y in years)


def _others(stage: Stage, sketch: Sketch, trigger: Mention, people: Sequence[Party], rule: str) -> tuple[Sequence[Party], str]:
    """Whom a text is by where its sentence names nobody: the guests of a gathering, the two of the last talks, the states in focus."""
    view, cast = sketch.view, stage.cast
    others = states_meant(stage, sketch)
    persons = cast.talks if len(sides(cast.talks)) == 2 and all(p.kind == "person" for p in cast.talks) else ()
    fresh = view.sentence.index - cast.talked_in <= _TALKED
    roster = cast.roster if view.sentence.index - cast.rostered_in <= _REACH and cast.rostered_in > cast.talked_in else ()
    if _another_year(stage, view):
        fresh, roster = False, ()
    if len(sides(roster)) > 2:
        return roster, rule + ".roster"
    if not _another_year(stage, view) and len(sides(stage.gathered)) > 2 and stage.gathered_in >= cast.talked_in and view.sentence.index - stage.gathered_in <= _TALKED:
        return stage.gathered, rule + ".gathered"
    if persons and fresh and not stage.is_old(sketch, trigger, dated(sketch, trigger)[0], False) and (not people or people[0].side in sides(persons)):
        return persons, rule + ".talks"
    group = passage_group(stage, view)
    return group or (others if len(view.explicit) > 1 else ()), rule + (".group" if group else ".focus")
