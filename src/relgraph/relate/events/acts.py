"""What sides do together or to one another: write, give, clash, ban, protest, appoint."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import slim
from relgraph.relate.events.stage import Draft, Stage, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.resolve import Party

_FRONTED = 16  # characters before a letter that stands at the head of its sentence
_RECEIVERS = 4
_RIGHT_BEFORE = 16
_SURE_FOCUS = ("both-named", "side-of-the-pair", "inherited", "group-named", "side-of-the-main-pair", "inherited-across", "main-pair")


def send(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'X congratulated Y', 'X sent a letter to Y', 'Y was congratulated by X'."""
    rule, view = f"event.{trigger.key}", sketch.view
    passive = sketch.passive(trigger)
    subject = stage.members(sketch.subject(trigger), view)
    group = sketch.complement(trigger, sketch.grammar.agents if passive else sketch.grammar.words("address_preps"), direct=not passive)
    other = stage.members(group, view)
    sender, addressee = (other, subject) if passive else (subject, other)
    _message(stage, sketch, trigger, rule, sender, addressee)


def letter(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'A letter from X to Y', 'a telegram sent by X'."""
    rule, view = f"event.{trigger.key}", sketch.view
    source = sketch.complement(trigger, sketch.grammar.words("letter_preps"), direct=False)
    target = sketch.complement(trigger, sketch.grammar.words("address_preps"), direct=False)
    sender = stage.members(source, view) if source is not None and source.start >= trigger.end else ()
    owned = sketch.owner(trigger)
    if entry.fields.get("owned") and owned is None and not stage.cast.called(trigger, sketch) and not sender:
        return
    owner = stage.members(owned, view)
    sender = sender or owner or stage.members(sketch.subject(trigger), view)
    if not sender and trigger.start - sketch.words[0].start < _FRONTED:
        behind = next((g for g in sketch.groups if g.start > trigger.end and g.position == "subject" and g is not target), None)
        sender = stage.members(behind, view)  # 'Condolences to X he had already sent'
    addressee = stage.members(target, view) if target is not None and target.start >= trigger.end else ()
    if not addressee:
        free = [p for g in sketch.groups for p in stage.members(g, view) if p.kind == "person" and p.name not in {s.name for s in sender}]
        addressee = tuple(free[:1])
    if sender and addressee and stage.cast.subject is not None and all(p.form == "anaphor" for p in sender) and sender[0].name == addressee[0].name:
        sender = (stage.cast.subject,)
    if sender and not addressee:
        lead = stage.cast.addressee or (None if entry.fields.get("owned") else stage.cast.leading)
        if lead is not None and lead.side != sender[0].side:
            addressee, rule = (lead,), rule + ".anchor"
    _message(stage, sketch, trigger, rule, sender, addressee)


def _message(stage: Stage, sketch: Sketch, trigger: Mention, rule: str, sender: Sequence[Party], addressee: Sequence[Party]) -> None:
    view = sketch.view
    sender = [p for p in sender if p.kind == "person" or p.form == "office"]
    addressee = [p for p in addressee if p.kind == "person" or (p.form in ("office", "side", "name") and p.kind == "state")]
    if len(addressee) == 1 and addressee[0].kind == "person":
        stage.cast.addressee = addressee[0]
    pairs = [(a, b) for a in sender for b in addressee[:2] if a.side != b.side]
    if not pairs:
        stage.reject(view, trigger, rule, "one-participant" if sender or addressee else "no-pair", "addressee")
        return
    for a, b in pairs:
        stage.add(sketch, trigger, "message", rule, people=[a, b], confidence=0.72 - (0.1 if ".anchor" in rule else 0.0))


def give(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """Aid: a donor and who gets it, as states or organisations."""
    rule, view, clause = f"event.{trigger.key}", sketch.view, sketch.clause(trigger.start)
    goods = stage.grammar.words("relief_goods")
    if entry.fields.get("needs") == "goods" and not any(w.low in goods and sketch.clause(w.start) == clause for w in sketch.words):
        stage.reject(view, trigger, rule, "other-sense")
        return
    passive = sketch.passive(trigger)
    left = [stage.cast.as_state(p) for p in stage.members(sketch.subject(trigger), view)]
    by = [stage.cast.as_state(p) for p in stage.members(sketch.complement(trigger, sketch.grammar.words("giver_preps"), direct=False), view)]
    group = sketch.complement(trigger, sketch.grammar.words("receiver_preps"), direct=True)
    right = [stage.cast.as_state(p) for p in stage.members(group, view)]
    right = [p for p in right if p.kind in ("state", "organisation")]
    donor = by if passive and by else left or by
    if passive and not by and entry.fields.get("needs") == "goods":  # 'a convoy for the Afghan people was delivered'
        right, donor = right or [p for p in left if p.kind == "state"], []
        if right and len(view.focus) == 2 and right[0].side in view.focus:
            donor, rule = [stage.cast.state(next(s for s in view.focus if s != right[0].side), view)], rule + ".focus"
    if not donor:  # 'a Turkmen convoy with medicines'
        donor = [stage.cast.as_state(p) for p in view.parties if p.kind == "state" and p.form in ("adjective", "side") and 0 <= trigger.start - p.end < _RIGHT_BEFORE]
    if not right and donor:
        right = [p for g in sketch.groups if g.start > trigger.end for p in g.parties if p.kind == "state" and p.side not in sides(donor)][:1]
    if not right and donor and entry.fields.get("needs") == "goods":
        right = [stage.cast.state(str(p.state), view) for p in view.places if p.start > trigger.end and p.state and p.state not in sides(donor)][:1]
    if not right and donor and len(view.focus) == 2 and donor[0].side in view.focus:
        right, rule = [stage.cast.state(next(s for s in view.focus if s != donor[0].side), view)], rule + ".focus"
    if not donor or not right or donor[0].side == right[0].side or (entry.fields.get("needs") == "goods" and donor[0].kind != "state"):
        stage.reject(view, trigger, rule, "one-participant", "receiver")
        return
    for receiver in [p for p in slim(right) if p.side != donor[0].side][:_RECEIVERS]:
        draft = stage.add(sketch, trigger, "aid", rule, people=[donor[0], receiver], confidence=0.66 - (0.08 if ".focus" in rule else 0.0))
        needs_when(stage, sketch, trigger, draft, rule, lead=view.sentence.paragraph <= 1)


def appoint(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """An appointment: the appointee."""
    rule, view = f"event.{trigger.key}", sketch.view
    active = not sketch.passive(trigger) and trigger.text.lower().startswith(tuple(sketch.grammar.words("appointing_stems")))
    group = sketch.complement(trigger, sketch.grammar.genitive, direct=True) if active else None
    person = next((p for p in stage.members(group, view) if p.kind == "person"), None)
    if person is None and not active:
        person = next((p for p in stage.members(sketch.subject(trigger), view) if p.kind == "person"), None)
    if person is None or (not view.of_kind("office") and person.name not in stage.cast.titles):
        stage.reject(view, trigger, rule, "one-participant", "appointee")
        return
    draft = stage.add(sketch, trigger, "appointment", rule, people=[person], confidence=0.62)
    needs_when(stage, sketch, trigger, draft, rule, lead=view.sentence.paragraph <= 1)


def states_meant(stage: Stage, sketch: Sketch, *, old: bool = False) -> tuple[Party, ...]:
    """Return the pair or group in focus, as states; empty where it is only a guess."""
    view = sketch.view
    if len(view.focus) < 2 or len(view.focus) > 5 or view.focus_reason not in _SURE_FOCUS:
        return ()
    if old and len(view.explicit) < 2 and set(view.focus) != set(stage.bench.resolved.main):
        return ()
    return tuple(stage.cast.state(s, view) for s in view.focus)


def alike(people: Sequence[Party]) -> list[Party]:
    """Return the persons where they stand for two sides, else all."""
    persons = [p for p in people if p.kind == "person"]
    if len(sides(persons)) >= 2:
        return persons
    return list(people)


def needs_when(stage: Stage, sketch: Sketch, trigger: Mention, draft: Draft | None, rule: str, *, lead: bool) -> None:
    """Take back a background event that has neither date nor place; one of the day's story gets them from its siblings."""
    if draft is None or draft.fact.date or draft.fact.place:
        return
    old = draft.background or (sketch.clauses[sketch.clause(trigger.start)].opener in sketch.grammar.words("background_openers") and not lead)
    if not lead or old:
        stage.drafts.remove(draft)
        stage.reject(sketch.view, trigger, rule, "no-date-or-place")


def owner_of(sketch: Sketch, group: Group) -> bool:
    """Whether a group owns what follows."""
    return group.position == "owner"
