"""Whom the name of a gathering stands for: 'the summit of the heads of state of Central Asia', 'the Central Asia plus Japan dialogue'.

In: a trigger of a gathering in its sentence. Out: states (and unions of states) as parties. A region stands for its states, a body or dialogue
format of the reference for its members, and a list behind an office ('the foreign ministers of A, B and C') for the states in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.entities import Body, Organisation, State
from relgraph.model import EntityId
from relgraph.recognise.mentions import Amount, Mention
from relgraph.relate.events.clubs import its_own
from relgraph.relate.events.stage import Stage
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.sides import states_of_body
from relgraph.resolve import Party, View
from relgraph.resolve.parties import PartyKind

_FORMS = ("name", "metonym", "office", "side", "demonym")
_ACTING = ("office", "side")
_REACH = 110
"""Characters between the word of a gathering and the group that its name holds."""
_OF_REACH = 45
_COUNT = 10
"""Characters between a number and the region whose states it counts."""
_LEAST = 3
_MEETING = 20
"""Characters behind a region in which the noun of its own meeting stands."""


def group_of(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Party, ...]:
    """The states that the name of a gathering stands for, in the order of the reference; empty when it names no group."""
    view, reference = sketch.view, stage.bench.knowledge.reference
    for body in view.of_kind("body"):
        entity = next((e for i in body.ids if isinstance(e := reference.entities[EntityId(i)], Body)), None)
        if entity is not None and body.start - _REACH < trigger.start < body.end + 20 and entity.kind != "organ" and len(entity.members) >= _LEAST:
            return _parties(stage, sketch, states_of_body(stage.bench, entity), body.start)
    for party in view.parties:
        members = members_of_format(stage, party)
        if members and abs(party.start - trigger.start) < _REACH:
            return _parties(stage, sketch, members, party.start)
    beside_region = {p.name for g in sketch.groups if any(_is_region(stage, p) and not _has_a_meeting(sketch, p, trigger) for p in g.parties) for p in g.parties}
    if any(p.name not in beside_region and its_own(sketch, p, trigger) for p in view.parties if p.kind == "organisation" and p.id):
        return ()
    found = regions(stage, sketch, trigger.start) or _side_of_two(stage, sketch, trigger)
    if found:
        names = {f.name for f in found}
        beside = [p for g in sketch.groups if _takes_part(sketch, g) for p in g.parties if _partner(p, g) and p.name not in names and not _is_region(stage, p) and _linked(sketch, p, trigger)]
        persons = [p for g in sketch.groups if any(_is_region(stage, p) for p in g.parties) for p in stage.members(g, view) if p.kind == "person"]  # 'X and the leaders of Central Asia'
        return (*persons, *found, *{p.name: p for p in beside if p.name not in {q.side for q in persons}}.values())
    return ()


def _side_of_two(stage: Stage, sketch: Sketch, trigger: Mention) -> tuple[Party, ...]:
    """The states of a region that sits opposite a partner in one list: 'the European Union and Central Asia met at summit level'."""
    reference = stage.bench.knowledge.reference
    for group in sketch.groups:
        region = next((p for p in group.parties if _is_region(stage, p)), None)
        partner = any(p is not region and (p.kind == "organisation" or p.form in _FORMS) for p in group.parties)
        if region is not None and partner and group.position == "subject" and group.end <= trigger.start and _linked(sketch, region, trigger):
            entity = reference.entities[EntityId(str(region.id))]
            if isinstance(entity, State) and len(entity.members) >= _LEAST:
                return _parties(stage, sketch, tuple(reference.name(s) for s in entity.members), region.start)
    return ()


def _has_a_meeting(sketch: Sketch, region: Party, trigger: Mention) -> bool:
    """Whether a region names another gathering behind: 'the summit of the CIS and the Central Asia - Russia meeting'."""
    return region.start > trigger.end and any(w.low in sketch.grammar.words("meeting_nouns") for w in sketch.between(region.end, region.end + _MEETING))


def listed(sketch: Sketch, stage: Stage, position: int) -> tuple[Party, ...]:
    """The states of a sentence that take part as office holders or in a list of three or more; those of a region that is named as a whole."""
    best: tuple[Party, ...] = ()
    for group in sketch.groups:
        states = tuple({p.name: p for p in group.parties if p.kind == "state" and p.form in _FORMS and not _is_region(stage, p)}.values())
        if _takes_part(sketch, group) and (len(states) >= _LEAST or any(p.form in _ACTING for p in states)) and len(states) > len(best):
            best = states
    return best or regions(stage, sketch, position)


def members_of_format(stage: Stage, party: Party) -> tuple[str, ...]:
    """The members of a dialogue format that unites a whole region with a partner; empty for any other party."""
    reference = stage.bench.knowledge.reference
    entity = reference.entities.get(EntityId(party.id)) if party.kind == "organisation" and party.id else None
    if not isinstance(entity, Organisation) or entity.kind != "dialogue format":
        return ()
    actors = {m.actor for m in entity.memberships}
    whole = any(len(s.members) >= _LEAST and set(s.members) <= actors for s in reference.regions)
    return tuple(reference.name(m.actor) for m in entity.memberships) if whole else ()


def format_in_body(stage: Stage, view: View) -> tuple[Party, ...]:
    """The states in the name of a format that isn't of the reference: 'the third India-Central Asia Dialogue'."""
    reference = stage.bench.knowledge.reference
    for body in view.of_kind("body"):
        inside = [m for m in view.mentions if m.kind == "state" and m.ids and body.start <= m.start < body.end]
        found = [e for m in inside if isinstance(e := reference.entities[EntityId(m.ids[0])], State)]
        region = next((e for e in found if e.kind == "region" and len(e.members) >= _LEAST), None)
        if not body.ids and region is not None and len(found) > 1:
            names = [*(reference.name(m) for m in region.members), *(e.name for e in found if e is not region)]
            return tuple(stage.cast.state(n, view) for n in names)
    return ()


def regions(stage: Stage, sketch: Sketch, position: int) -> tuple[Party, ...]:
    """The states of a region named near a position as a whole: 'the heads of state of Central Asia', 'the five Central Asian leaders'."""
    view, reference = sketch.view, stage.bench.knowledge.reference
    nouns = sketch.grammar.words("group_heads")
    for mention in view.mentions:
        if mention.kind != "state" or not mention.ids or abs(mention.start - position) > _REACH:
            continue
        entity = reference.entities[EntityId(mention.ids[0])]
        if not isinstance(entity, State) or entity.kind != "region" or len(entity.members) < _LEAST:
            continue
        if any(q.end <= mention.start and mention.start - q.end < _COUNT and isinstance(q.value, Amount) and q.value.value != len(entity.members) for q in view.of_kind("quantity")):
            continue  # 'four Central Asian nations'
        before = [w.low for w in sketch.before(mention.start, 6)]
        after = [w.low for w in sketch.between(mention.end, mention.end + 40)[:2]]
        inside = {w.low for w in sketch.between(mention.start, mention.end)}
        preps = [w for w in before if w in sketch.grammar.prepositions]
        if preps and preps[-1] in sketch.grammar.words("no_side") and preps[-1] not in sketch.grammar.genitive and not (inside & nouns or (after and after[0] in nouns)):
            continue  # 'a summit on the Caspian'
        governed = bool(before) and before[-1] in sketch.grammar.genitive | sketch.grammar.fillers and any(w in nouns for w in before)
        if governed or (after and after[0] in nouns) or (inside & nouns and any(w in nouns for w in before)):
            return _parties(stage, sketch, tuple(reference.name(s) for s in entity.members), mention.start)
    return ()


def of_region(stage: Stage, sketch: Sketch, trigger: Mention) -> bool:
    """Whether the leaders or ministers of a whole region are said to meet: 'the meeting of Central Asian leaders with X'."""
    behind = sketch.between(trigger.end, trigger.end + 4)[:1]
    if not behind or behind[0].low not in sketch.grammar.words("meeting_of"):
        return False
    near = [m for m in sketch.view.mentions if m.kind == "state" and trigger.end < m.start < trigger.end + _OF_REACH]
    offices = any(trigger.end < m.start < trigger.end + _REACH for m in sketch.view.of_kind("office"))
    return bool(near) and offices and bool(regions(stage, sketch, trigger.end)) and any(_is_region_id(stage, m.ids) for m in near)


def _is_region_id(stage: Stage, ids: Sequence[str]) -> bool:
    return any(isinstance(e := stage.bench.knowledge.reference.entities.get(EntityId(i)), State) and e.kind == "region" for i in ids)


def _parties(stage: Stage, sketch: Sketch, names: Sequence[str], at: int) -> tuple[Party, ...]:
    reference = stage.bench.knowledge.reference
    out = []
    for name in names:
        ident = next((i for i in reference.find(name) if reference.name(i) == name), None)
        kind: PartyKind = "organisation" if ident is not None and ident.startswith("organisation:") else "state"
        out.append(Party(start=at, end=at, name=name, id=ident, kind=kind, state=name if kind == "state" else None, form="group", reason="group-named"))
    return tuple(out)


def _is_region(stage: Stage, party: Party) -> bool:
    entity = stage.bench.knowledge.reference.entities.get(EntityId(party.id)) if party.id else None
    return isinstance(entity, State) and entity.kind == "region"


def _takes_part(sketch: Sketch, group: Group) -> bool:
    """Whether a group can be of those who take part: no speaker, no place, no topic."""
    return group.position not in ("speaker", "owner") and not group.anaphor and not (group.position == "governed" and group.prep in sketch.grammar.words("no_side"))


def _partner(party: Party, group: Group) -> bool:
    """Whether a party can sit opposite a region: a state, or an organisation in one list with it ('between the Gulf Cooperation Council and Central Asia')."""
    return (party.kind == "state" and party.form in _FORMS) or (party.kind == "organisation" and bool(party.id) and len(group.parties) > 1)


def _linked(sketch: Sketch, party: Party, trigger: Mention) -> bool:
    return sketch.clause(party.start) == sketch.clause(trigger.start) and abs(party.start - trigger.start) < _REACH
