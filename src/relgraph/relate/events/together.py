"""Encounters that no verb of meeting tells of: two persons of different states in one sentence that plays in the country of one of them.

In: a sentence taken apart. Out: a weak talk, which counts only where nothing else tells of the same two. Editors who retell news write that X found
an attentive listener in Y, or that Y had X as his guest: no list of verbs holds all of that, but who they are and where it was says enough.
"""

from __future__ import annotations

from relgraph.recognise.mentions import Mention
from relgraph.relate.events.arrivals import travels
from relgraph.relate.events.stage import Stage
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.when import dated, placed
from relgraph.resolve import Party, View

_TALKS = frozenset({"meeting", "visit"})
_MONTH = 7
"""Least length of a date that says when a journey was: a year alone says too little."""
_FORMS = ("name", "surname", "office")


def _tells_otherwise(stage: Stage, view: View, kinds: frozenset[str] = _TALKS) -> bool:
    """Whether a sentence is a title, leaves open what happened, or tells of an event of another kind."""
    entries = stage.lexicon.entries["events"]
    others = any(entries[t.key].fields["kind"] not in kinds or entries[t.key].fields["frame"] in ("gather", "attend", "session") for t in view.of_kind("event"))
    return others or not view.sentence.index or bool(view.of_kind("modality", "planned"))


def _acts(sketch: Sketch, group: Group) -> bool:
    """Whether a group is there in person: it isn't quoted, and nothing of it is spoken of instead ('a portrait of X', "X's name")."""
    if group.position == "owner":
        follow = sketch.between(group.end, group.end + 24)[:2]
        return any(w.low in sketch.grammar.words("equals") for w in follow)
    return group.position != "speaker" and not (group.position == "governed" and group.prep in sketch.grammar.words("absent_preps"))


def _apart(sketch: Sketch, one: Party, two: Party) -> bool:
    """Whether one of two only speaks of the other: a verb of saying or judging, or a clause of content, lies between."""
    words = sketch.between(min(one.start, two.start), max(one.start, two.start))
    remote = sketch.grammar.words("content_words") | sketch.grammar.words("remote_verbs")
    return any(w.low in remote for w in words) or any(w.low in sketch.grammar.words("remote_verbs") for w in sketch.words)


def copresent(stage: Stage, sketch: Sketch) -> None:
    """Note a talk of the only two persons of a sentence, where it plays at one's home and the other has come."""
    view = sketch.view
    if _tells_otherwise(stage, view):
        return
    persons = {p.name: p for g in sketch.groups if _acts(sketch, g) for p in g.parties if p.kind == "person" and p.form in _FORMS}
    if len(persons) != 2 or _apart(sketch, *persons.values()) or len({p.name for p in view.parties if p.kind == "person"}) != 2:
        return
    one, two = persons.values()
    if one.side == two.side or not (one.state or two.state):
        return
    last = max(one, two, key=lambda p: p.start)
    mention = Mention(last.start, last.end, sketch.text[last.start : last.end], "event", "copresent")
    spot = placed(sketch, mention)
    if spot is None or spot not in view.places or spot.state not in (one.state, two.state):
        return
    if any(p.state in (one.state, two.state) and p.state != spot.state and _led_to(sketch, p) for p in view.places):
        return  # 'X went to Yerevan, and Y came to Astana'
    guest, host = (one, two) if spot.state == two.state else (two, one)
    if not travels(stage, guest, str(host.state)):
        return
    stage.add(sketch, mention, "meeting", "event.copresent", people=[one, two], confidence=0.55, weak=True, place=spot, when=dated(sketch, mention))


def _led_to(sketch: Sketch, spot: Party) -> bool:
    """Whether 'in', 'at' or 'to' stands before a place."""
    words = sketch.before(spot.start, 3)
    while words and words[-1].low in sketch.grammar.fillers:
        words.pop()
    return bool(words) and words[-1].low in sketch.grammar.words("at_words") | sketch.grammar.infinitive


def abroad(stage: Stage, sketch: Sketch) -> None:
    """Note a visit of the only person of a sentence that plays in one other country on a day of its own."""
    view = sketch.view
    if _tells_otherwise(stage, view, _TALKS | {"opening"}):
        return
    persons = {p.name: p for g in sketch.groups if _acts(sketch, g) for p in g.parties if p.kind == "person" and p.form in _FORMS}
    if len(persons) != 1 or any(w.low in sketch.grammar.words("staying_verbs") for w in sketch.words) or len({p.name for p in view.parties if p.kind == "person"}) != 1:
        return
    guest = next(iter(persons.values()))
    mention = Mention(guest.start, guest.end, sketch.text[guest.start : guest.end], "event", "abroad")
    spot, when = placed(sketch, mention), dated(sketch, mention)
    if spot is None or spot not in view.places or not spot.state or len(when[0] or "") < _MONTH or not _led_to(sketch, spot) or len({p.state for p in view.places}) != 1 or not travels(stage, guest, spot.state):
        return
    draft = stage.add(sketch, mention, "visit", "event.abroad", visitor=[guest], host=spot.state, confidence=0.55, weak=True, place=spot, when=when)
    if draft is not None:
        draft.background = True  # its day and place say nothing of other events
