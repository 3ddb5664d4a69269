"""Protests: a state, and the envoy or state that it summons, hands a note or complains to.

In: a trigger of a protest. Out: the protest with both sides. The ministry that protests is often said without its state: then it is that of the
city where it stands, of the place the article is written from, or the other side of the pair.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import Party

_REACH = 170
"""Characters between a protest and the envoy it is told of."""


def note(stage: Stage, sketch: Sketch, trigger: Mention, entry: Entry) -> None:
    """'The ministry summoned X', 'X was handed a note', 'A sent B a note of protest'."""
    rule, view = f"event.{trigger.key}", sketch.view
    passive = sketch.passive(trigger)
    subject = stage.members(sketch.subject(trigger), view)
    other = stage.members(sketch.complement(trigger, sketch.grammar.agents if passive else sketch.grammar.words("protest_preps"), direct=not passive), view)
    left, right = (other, subject) if passive else (subject, other)
    envoy = _envoy(stage, sketch, trigger)
    if envoy is not None and envoy.state == stage.cast.home() and not any(p.kind == "state" and p.name == envoy.state for p in view.parties):
        envoy = msgspec.structs.replace(envoy, state=None)  # 'Ambassador X' in a paper of the country that calls him in
    if envoy is not None:
        right, rule = (envoy,), rule + ".envoy"
        left = tuple(p for p in left if p.side != envoy.side and p.name != envoy.name and not _resident(stage, p))
    elif not passive and not any(p.kind == "person" or p.form in ("office", "side", "name", "metonym", "anaphor") for p in right):
        right = ()
    theirs = sides(right)
    if envoy is None and left and not right:
        free = [p for g in sketch.groups for p in g.parties if p.side not in sides(left)]
        right = tuple(p for p in free if p.kind == "person")[:1] or tuple(free)[:1]
        theirs = sides(right)
    if not left or sides(left) == theirs:
        left = _ministry(stage, sketch, trigger, right)
        rule += ".ministry"
    left = tuple(p if p.kind == "person" and not passive and right[:1] and right[0].kind == "person" else stage.cast.as_state(p) for p in left[:1])
    if not left or not right or left[0].side == right[0].side or left[0].kind == "organisation":
        stage.reject(view, trigger, rule, "one-participant", "addressee")
        return
    stage.add(sketch, trigger, "protest", rule, people=[left[0], right[0]], confidence=0.8)


def _resident(stage: Stage, party: Party) -> bool:
    titles = {*stage.cast.titles.get(party.name, ()), party.office or ""}
    return any(w in title for title in titles for w in stage.grammar.words("resident_offices"))


def _envoy(stage: Stage, sketch: Sketch, trigger: Mention) -> Party | None:
    """The ambassador of whom a sentence with a protest tells, not one who speaks or protests himself."""
    found = []
    for group in sketch.groups:
        if group.position in ("speaker", "owner") or abs(group.start - trigger.end) > _REACH or (group.position == "governed" and group.prep in sketch.grammar.agents):
            continue
        found += [p for p in stage.members(group, sketch.view) if p.kind == "person" and _resident(stage, p)]
    return min(found, key=lambda p: abs(p.start - trigger.start), default=None)


def _ministry(stage: Stage, sketch: Sketch, trigger: Mention, right: Sequence[Party]) -> tuple[Party, ...]:
    """The state whose ministry protests: one named as owner or subject, the city it stands in, the home of the article, the other of the pair."""
    view, theirs = sketch.view, sides(right)
    if not right:
        return ()
    city = next((p for p in view.places if p.state and p.state not in theirs and any(w.low in sketch.grammar.words("protest_houses") for w in sketch.before(p.start, 4))), None)
    if city is not None:
        return (stage.cast.state(str(city.state), view),)
    home = stage.cast.home()
    if home is not None and right[0].state is None and right[0].kind == "person":
        return (stage.cast.state(home, view),)
    named = [p for g in sketch.groups if g.position in ("owner", "subject") for p in g.parties if p.state and p.side not in theirs and not _resident(stage, p)]
    if named:
        return (stage.cast.as_state(min(named, key=lambda p: abs(p.start - trigger.start))),)
    offices = [p for g in sketch.groups for p in g.parties if p.kind == "state" and p.side not in theirs and g.position == "governed" and g.prep in sketch.grammar.words("into_words")]
    if offices:
        return (offices[0],)
    if home is not None and home not in theirs and (len(view.focus) != 2 or home in view.focus):
        return (stage.cast.state(home, view),)
    others = [s for s in view.focus if s not in theirs]
    return (stage.cast.state(others[0], view),) if len(view.focus) == 2 and len(others) == 1 else ()
