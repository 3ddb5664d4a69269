"""Visits: who came where, from verbs of motion, nouns of stay and 'is in'."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.arrivals import resident
from relgraph.relate.events.goals import (
    REGIONS,
    destinations,
    goal_before,
    goal_behind,
    goal_described,
    goal_known,
    goal_there,
    onward_goals,
    where_antecedent,
)
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.when import dated
from relgraph.resolve import Party

_FAR = 90
_TWO = 2
_NEXT = 40
_LED = 12
_STAY = 4
"""The last word of a sentence at which 'his visit' may stand to be of whom the sentence before told."""


def travel(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'X arrived in A', 'X visited B'."""
    rule, view = f"event.{trigger.key}", sketch.view
    subject = sketch.complement(trigger, frozenset(), direct=True) if entry.fields.get("object") else sketch.subject(trigger)
    if subject is not None and _of_a_thing(sketch, trigger, subject):
        stage.reject(view, trigger, rule, "other-sense", "visitor")
        return
    visitors = _travellers(stage, stage.members(subject, view))
    if entry.fields.get("object") and subject is not None and len(sides(both := [p for p in stage.members(subject, view) if p.kind == "person"])) == _TWO and sketch.text.startswith(tuple(" " + w for w in sketch.grammar.words("uniting_words")), subject.end):
        stage.add(sketch, trigger, "meeting", rule + ".together", people=both, confidence=0.72)  # 'the talks brought A and B together'
        return
    if entry.fields.get("object") and not any(v.kind == "person" for v in visitors):
        stage.reject(view, trigger, rule, "other-sense", "visitor")
        return
    if not visitors and (vehicle := _vehicle_of(sketch, trigger)) is not None:
        visitors, rule = _travellers(stage, stage.members(vehicle, view)), rule + ".vehicle"
    if not visitors and (head := _led_by(sketch, trigger)) is not None:
        visitors, rule = _travellers(stage, stage.members(head, view)), rule + ".delegation"
    if not visitors and sketch.passive(trigger) and (bearer := sketch.complement(trigger, sketch.grammar.agents, direct=False)) is not None and bearer.start >= trigger.end:
        visitors, rule = _travellers(stage, stage.members(bearer, view)), rule + ".bearer"  # 'was brought to Dushanbe by X'
    if not visitors:
        crowd = destinations(sketch, trigger, (), 30) if subject is None or not subject.parties else []
        if crowd and crowd[0].form == "place" and view.sentence.index:
            stage.cast.spot = crowd[0]
        stage.reject(view, trigger, rule, "one-participant", "visitor")
        return
    via = entry.fields.get("via")
    spots = destinations(sketch, trigger, visitors, _FAR) if via is None else goal_behind(sketch, trigger, visitors, frozenset(map(str, via)))
    if via is not None and (not spots or visitors[0].kind != "person"):
        stage.reject(view, trigger, rule, "no-host", "host")
        return
    if trigger.text.lower() in stage.grammar.words("transitive_travel") and (not spots or sketch.between(trigger.end, spots[0].start)[1:]):
        stage.reject(view, trigger, rule, "other-sense", "host")
        return
    if not spots and (lead := where_antecedent(sketch, trigger, sides(visitors))) is not None:
        spots = [lead]
    if not spots and (there := goal_there(stage, sketch, trigger, visitors)):
        spots, rule = there, rule + ".there"
    if not spots:
        spots, rule = goal_described(stage, sketch, trigger, visitors, rule)
    if not spots and (entry.fields.get("object") or (trigger.text.lower() in stage.grammar.words("needing_goal") and not any(w.low in sketch.grammar.words("stay_nouns") for w in sketch.between(trigger.end, trigger.end + _NEXT)))):
        stage.reject(view, trigger, rule, "no-host", "host")
        return
    if not spots:
        spots, rule = goal_known(stage, sketch, trigger, visitors, rule)
    companion = sketch.complement(trigger, sketch.grammar.company, direct=False)
    if companion is not None and companion.start >= trigger.end and len(visitors) == 1:
        visitors = (*visitors, *(p for p in stage.members(companion, view) if p.kind == "person" and p.state in (None, visitors[0].state)))
    visitors = _with_companions(stage, sketch, trigger, visitors)
    _write(stage, sketch, trigger, rule, visitors, spots, 0.82)
    if spots and spots[-1].start >= trigger.end:
        for place, when in onward_goals(sketch, trigger, spots, sides(visitors)):
            stage.add(sketch, trigger, "visit", rule + ".onward", visitor=visitors, host=place.state, place=place, when=when, confidence=0.72)


def _led_by(sketch: Sketch, trigger: Mention) -> Group | None:
    """Who leads the delegation that travels: 'a delegation led by X arrived', 'a team under X is to fly', 'the arrival of a group headed by X'."""
    led, crowds, clause = sketch.grammar.words("led_words"), sketch.grammar.words("crowd_nouns"), sketch.clause(trigger.start)
    for group in sorted(sketch.groups, key=lambda g: abs(g.start - trigger.start)):
        before = sketch.before(group.start, _LED)
        if group.anaphor or group.position != "governed" or not (group.clause == clause or sketch.clauses[group.clause].parent == clause) or abs(group.start - trigger.end) > _FAR:
            continue
        if group.prep in sketch.grammar.agents and any(w.low in led for w in before) and any(w.low in crowds for w in before):
            return group
        if group.prep in sketch.grammar.words("under_words") and any(w.low in crowds for w in before):
            return group
        if group.prep in sketch.grammar.company and any(w.low in crowds for w in before) and any(w.low in sketch.grammar.words("heads_of_crowds") for w in sketch.between(group.end, group.end + _LED + 4)):
            return group  # 'a delegation with X at its head'
    return None


def _of_a_thing(sketch: Sketch, trigger: Mention, subject: Group) -> bool:
    """Whether a relative clause speaks of a thing named behind the subject: 'X and Y spoke, an event that came at a time of unrest'."""
    lead = sketch.between(subject.end, trigger.start)
    if len(lead) < _TWO or lead[-1].low not in sketch.grammar.words("paper_relatives"):
        return False
    moving = sketch.grammar.words("crowd_nouns") | sketch.grammar.words("vehicles")
    return "," in sketch.text[subject.end : lead[-_TWO].start] and not lead[-_TWO].capital and not any(w.low in moving for w in lead)


def _vehicle_of(sketch: Sketch, trigger: Mention) -> Group | None:
    """Whose plane or train it is that arrives: 'the aircraft of X touched down'."""
    vehicles = sketch.grammar.words("vehicles")
    group = next((g for g in reversed(sketch.groups) if g.end <= trigger.start), None)
    if group is None or trigger.start - group.end > _LED:
        return None
    around = [*sketch.before(group.start, 3), *sketch.between(group.end, trigger.start)]
    return group if group.position in ("governed", "owner") and any(w.low in vehicles for w in around) else None


def _with_companions(stage: Stage, sketch: Sketch, trigger: Mention, visitors: Sequence[Party]) -> tuple[Party, ...]:
    """The visitors with those of their side whom 'accompanied by' names."""
    more = [p for g in sketch.groups if g.prep in sketch.grammar.agents and any(w.low in sketch.grammar.words("companions") for w in sketch.before(g.start, 5)) for p in stage.members(g, sketch.view)]
    return (*visitors, *(p for p in more if p.kind == "person" and visitors and p.state in (None, visitors[0].state) and p.name not in {v.name for v in visitors}))


def trip(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """"X's visit to A", 'the visit of X to A', 'X, on a state visit to A', 'his visit'."""
    rule, view = f"event.{trigger.key}", sketch.view
    owner = sketch.owner(trigger)
    if owner is None and _purpose(stage, sketch, trigger):
        stage.reject(view, trigger, rule, "told-before")
        return
    visitors = _travellers(stage, stage.members(owner, view))
    if owner is not None and not visitors and any(p.kind == "state" for p in owner.parties):
        visitors = ()
    if not visitors:
        by = sketch.complement(trigger, sketch.grammar.words("visitor_preps"), direct=False)
        if by is not None and by.start >= trigger.end and _of_the_visit(sketch, trigger, by):
            visitors, rule = _travellers(stage, stage.members(by, view)), rule + ".of"
    if not visitors and owner is None:
        paid = next((g for g in sketch.groups if trigger.end <= g.start < trigger.end + _NEXT and sketch.between(trigger.end, g.start) and sketch.between(trigger.end, g.start)[0].low in sketch.grammar.words("paid_openers")), None)
        if paid is not None:
            visitors, rule = _travellers(stage, stage.members(paid, view)), rule + ".paid"
    if not visitors and owner is None:
        around = next((g for g in sketch.groups if g.start < trigger.start < g.end), None)
        if around is not None:
            visitors, rule = _travellers(stage, [p for p in around.parties if p.last <= trigger.start]), rule + ".aside"
    if not visitors and owner is None and (head := _led_by(sketch, trigger)) is not None:
        visitors, rule = _travellers(stage, stage.members(head, view)), rule + ".delegation"
    if not visitors and not (owner is not None):
        subject = sketch.subject(trigger, verb=False)
        visitors, rule = _travellers(stage, stage.members(subject, view)), rule + ".subject"
        here = sketch.before(trigger.start, 3)
        if visitors and stage.cast.called(trigger, sketch) and len(sides(visitors)) > 1:
            visitors = ()
        follow = sketch.between(subject.end, trigger.start)[:2] if visitors and subject is not None else []
        if len(follow) == _TWO and follow[0].low in sketch.grammar.be and follow[1].low in sketch.grammar.words("definite"):
            visitors = ()  # 'they were the last leg of a tour'
        if visitors and not any(w.low in stage.grammar.possessives or w.low in stage.grammar.words("visit_leads") for w in here):
            visitors = visitors if destinations(sketch, trigger, visitors, 40) else ()
    told = stage.cast.subject
    if not visitors and owner is None and told is not None and told.state not in (None, stage.cast.where) and stage.cast.called(trigger, sketch) and sketch.at(trigger.start) <= _STAY and view.of_kind("date"):
        visitors, rule = (told,), rule + ".his"
    if not visitors and owner is None and stage.cast.visitor is not None:
        visitors, rule = (stage.cast.visitor,), rule + ".known-visitor"
    if not visitors:
        stage.reject(view, trigger, rule, "one-participant", "visitor")
        return
    if rule.endswith(".known-visitor") and _goes_on(stage, sketch, trigger, visitors):
        stage.reject(view, trigger, rule, "told-before")
        return
    spots = destinations(sketch, trigger, visitors, 60) or goal_before(sketch, trigger, visitors)
    if not spots:
        spots, rule = goal_described(stage, sketch, trigger, visitors, rule)
    if not spots:
        spots, rule = goal_known(stage, sketch, trigger, visitors, rule)
    _write(stage, sketch, trigger, rule, visitors, spots, 0.8)


def _purpose(stage: Stage, sketch: Sketch, trigger: Mention) -> bool:
    """Whether a visit only says why somebody travelled: 'who had come to Kazakhstan the day before on a state visit'."""
    clause = sketch.clause(trigger.start)
    if not any(w.low in sketch.grammar.words("purpose_preps") for w in sketch.before(trigger.start, 3)):
        return False
    moves = [s.start for d in stage.drafts.told_in(sketch.view) if d.fact.kind == "visit" for s in d.fact.spans if s.role == "trigger" and s.start < trigger.start]
    return any(sketch.clause(m) == clause for m in moves)


def _goes_on(stage: Stage, sketch: Sketch, trigger: Mention, visitors: Sequence[Party]) -> bool:
    """Whether 'the visit' is the one told of: 'the main events of the visit will take place on Friday'."""
    last = sketch.before(trigger.start, 1)
    if not last or last[0].low not in sketch.grammar.words("definite") or destinations(sketch, trigger, visitors, _NEXT):
        return False
    return any(d.fact.kind == "visit" and not d.background and not d.unasserted and d.own_date and d.view.sentence.index and set(d.fact.visitor) & {v.name for v in visitors} for d in stage.drafts)


def _of_the_visit(sketch: Sketch, trigger: Mention, group: Group) -> bool:
    """Whether 'of' or 'by' names whose visit it is: right behind it, or behind its goal; not 'a visit at the invitation of X'."""
    words = sketch.between(trigger.end, group.start)
    if not words or group.start - trigger.end > _FAR:
        return False
    if words[0].low == group.prep:
        return group.start - trigger.end < _NEXT
    return words[0].low in sketch.grammar.words("goal_prepositions") and all(w.capital or w.low in sketch.grammar.fillers or w.low in sketch.grammar.words("goal_prepositions") or w.low in sketch.grammar.agents or w.low in sketch.grammar.words("country_nouns") for w in words)


def presence(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'X is in A': a place right behind."""
    rule, view = f"event.{trigger.key}", sketch.view
    visitors = [p for p in _travellers(stage, stage.members(sketch.subject(trigger), view)) if p.kind == "person"]
    if not visitors and (head := _led_by(sketch, trigger)) is not None:
        visitors, rule = [p for p in _travellers(stage, stage.members(head, view)) if p.kind == "person"], rule + ".delegation"
    if not visitors:
        stage.reject(view, trigger, rule, "one-participant", "visitor")
        return
    spots = destinations(sketch, trigger, visitors, 14)
    if trigger.text.split()[-1].lower() in sketch.grammar.words("place_adverbs") and any(w.low in stage.earlier for w in sketch.words) and not view.of_kind("date"):
        stage.reject(view, trigger, rule, "no-date-or-place", "date")
        return
    if not spots and trigger.text.split()[-1].lower() in sketch.grammar.words("there"):
        iso, _ = dated(sketch, trigger)
        stage.cast.way = (visitors[0].name, iso, view.sentence.index)
        stage.reject(view, trigger, rule, "no-host", "host")
        return
    if not spots and trigger.text.split()[-1].lower() in sketch.grammar.words("stay_nouns"):
        spots, rule = goal_known(stage, sketch, trigger, visitors, rule)
    _write(stage, sketch, trigger, rule, visitors, spots, 0.7)
    if spots and spots[-1].start >= trigger.end:
        for place, when in onward_goals(sketch, trigger, spots, sides(visitors)):
            stage.add(sketch, trigger, "visit", rule + ".onward", visitor=visitors, host=place.state, place=place, when=when, confidence=0.66)


def guest(stage: Stage, sketch: Sketch, mention: Mention) -> None:
    """'His guest': somebody came from elsewhere, if nothing else says so."""
    person = stage.cast.guest(sketch.view)
    home = stage.cast.where or stage.cast.home()
    owner = next((p for g in sketch.groups if g.end <= mention.start and g.position == "subject" and not g.anaphor and len(g.parties) == 1 for p in g.parties if p.kind == "person"), None)
    if owner is not None and owner.state and mention.text.lower().partition(" ")[0] in sketch.grammar.possessives and owner.name in {p.name for p in stage.cast.talks} and owner.state != home:
        home, person = owner.state, next((p for p in stage.cast.talks if p.kind == "person" and p.name != owner.name), None)  # 'X showed his visitor the damage'
    if person is None or home is None or person.state in (None, home) or not any(p.state == home for p in stage.cast.talks):
        return
    draft = stage.add(sketch, mention, "visit", "event.guest", visitor=[person], host=home, confidence=0.6, weak=True, when=(None, None))
    if draft is not None:
        draft.fact = msgspec.structs.replace(draft.fact, planned=stage.cast.planned)  # what the guest wishes for is to come, he himself is there


def along(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'X accompanies him', 'with X in tow', 'he brought along X': who travels with the visitor told of."""
    rule, view, cast = f"event.{trigger.key}", sketch.view, stage.cast
    main, where = cast.visitor, cast.where
    if main is None or where is None or main.state is None:
        stage.reject(view, trigger, rule, "no-host", "host")
        return
    clause = sketch.clause(trigger.start)
    antecedent = sketch.subject(trigger)
    bearing = trigger.text.lower().partition(" ")[0] in sketch.grammar.words("bearing")
    if sketch.clauses[clause].opener in sketch.grammar.relatives:
        near = [antecedent] if antecedent is not None else []
    else:
        near = [g for g in sketch.groups if g.position not in ("speaker", "owner") and g.clause == clause and abs(g.start - trigger.start) < _FAR and not (bearing and g is antecedent)]
    found = [p for g in near if not g.anaphor for p in stage.members(g, view) if p.kind == "person" and p.name != main.name]
    people = {p.name: p for p in found if (p.state in (None, main.state) or not p.id) and (p.state or p.office or p.name in cast.titles)}
    if len(people) != len({p.name for p in found}) or not people:
        stage.reject(view, trigger, rule, "one-participant", "visitor")
        return
    stage.add(sketch, trigger, "visit", rule, visitor=list(people.values()), host=where, confidence=0.7, when=(None, None))


def _travellers(stage: Stage, parties: Sequence[Party]) -> tuple[Party, ...]:
    """Persons, else office holders and delegations."""
    persons = tuple(p for p in parties if p.kind == "person" and (p.id or p.state or p.office or p.name in stage.cast.titles))
    return persons or tuple(p for p in parties if p.form in ("office", "side"))


def _write(stage: Stage, sketch: Sketch, trigger: Mention, rule: str, visitors: Sequence[Party], spots: Sequence[Party], confidence: float) -> None:
    view = sketch.view
    level = next((m.key for m in view.of_kind("level")), None)
    visitors = [v for v in visitors if v.side not in {s.state for s in spots}] if len(sides(visitors)) > 1 else list(visitors)
    if not spots:
        stage.reject(view, trigger, rule, "no-host", "host")
        return
    if all(resident(stage, v) for v in visitors):
        stage.reject(view, trigger, rule, "other-sense", "visitor")  # an ambassador is at home where he is posted
        return
    if rule.rpartition(".")[2] in ("scene", "dateline", "other-person", "focus", "spot", "described"):
        confidence -= 0.1
    if any(v.kind != "person" for v in visitors):
        confidence -= 0.12
    when = _own_date(stage, sketch, trigger)
    for spot in spots:
        if not spot.state or spot.state in sides(visitors) or spot.state in REGIONS:
            stage.reject(view, trigger, rule, "same-side", "host")
            continue
        place = spot if spot.form == "place" else None
        draft = stage.add(sketch, trigger, "visit", rule, visitor=visitors, host=spot.state, level=level, place=place, confidence=confidence, when=when)
        if draft is not None and ".paid" in rule and any(m.start > trigger.end and m.end < trigger.end + _FAR for m in view.of_kind("planned")):
            draft.fact = msgspec.structs.replace(draft.fact, planned=True)
        way = stage.cast.way
        if draft is not None and not draft.fact.date and way is not None and way[0] in draft.fact.visitor and view.sentence.index - way[2] <= 2:
            published = stage.bench.article.published
            draft.fact = msgspec.structs.replace(draft.fact, date=way[1], planned=draft.fact.planned or bool(way[1] and published and way[1][:10] > published[:10]))
        if draft is not None and view.sentence.index:
            here = draft.fact.planned and any(d.fact.kind == "visit" and d.host == spot.state and not d.fact.planned and not d.background and not d.unasserted and set(d.fact.visitor) & set(draft.fact.visitor) for d in stage.drafts)
            stage.cast.planned = draft.fact.planned and not here  # what is still to come of a visit under way makes no plan of it
        if draft is not None and view.sentence.index and not draft.unasserted and len(visitors) == 1 and not (draft.background and stage.cast.visitor is not None):
            stage.cast.came(visitors[0], spot.state, place)


def _own_date(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[str | None, Mention | None]:
    """The date of a visit; an old one in another clause with a visit of its own is that one's ('the first visit since X came in 2000')."""
    iso, mention = dated(sketch, trigger)
    if mention is None or sketch.clause(mention.start) == sketch.clause(trigger.start):
        return iso, mention
    between = [t for t in sketch.view.of_kind("event") if trigger.end <= t.start < mention.start and t.key in ("travel", "trip", "presence")]
    apart = sketch.clauses[sketch.clause(mention.start)].opener in sketch.grammar.words("other_time")
    return (None, None) if apart or (between and stage.is_old(sketch, trigger, iso, False)) else (iso, mention)


__all__ = ["Group", "guest", "presence", "travel", "trip"]
