"""Visits told only by where somebody of another country acts: 'X complained in Abu Dhabi', 'In Moscow X declared', 'Blinken in Astana: ...'.

In: a sentence taken apart. Out: weak visits, which count where no other words tell of the same journey. A place counts only where it goes with
the verb, not with a noun ('the summit in Astana'): a name, a date, a comma, an adverb or the verb itself stands before its preposition.
"""

from __future__ import annotations

from collections.abc import Iterator

from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token
from relgraph.relate.events.arrivals import travels
from relgraph.relate.events.stage import Stage
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.when import dated
from relgraph.resolve import Party

_HEADLINE = 30  # characters before the place in a headline
_NEAR = 60
_BEHIND = 3  # words between the place and what it goes with


def located(stage: Stage, sketch: Sketch) -> None:
    """Note who acts abroad in a sentence."""
    view = sketch.view
    seen: set[str] = set()
    for spot, lead, inverted in _spots(stage, sketch):
        for guest in _acting(stage, sketch, spot, lead, inverted):
            if not travels(stage, guest, str(spot.state)) or guest.name in seen:
                continue
            seen.add(guest.name)
            mention = Mention(spot.start, spot.end, sketch.text[spot.start : spot.end], "event", "located")
            when = dated(sketch, mention)
            draft = stage.add(sketch, mention, "visit", "event.located", visitor=[guest], host=spot.state, place=spot if spot.form == "place" else None, confidence=0.62 if view.sentence.index else 0.72, weak=True, when=when)
            if draft is not None and draft.fact.planned:
                stage.drafts.remove(draft)  # where something will be signed isn't yet where somebody travels


def _spots(stage: Stage, sketch: Sketch) -> Iterator[tuple[Party, Token | None, bool]]:
    """The places that go with a verb, each with the word before its preposition, and whether that is the end of a name."""
    grammar, view = sketch.grammar, sketch.view
    for spot in view.places:
        words = sketch.before(spot.start, _BEHIND + 1)
        while words and words[-1].low in grammar.fillers:
            words.pop()
        if not words or words[-1].low not in grammar.words("at_words") or not spot.state or spot.name.lower() in grammar.words("international_seats"):
            continue
        follow = sketch.between(spot.end, spot.end + 14)[:1]
        if follow and (follow[0].low in grammar.areas or sketch.text[spot.end : spot.end + 1] in ("'", "’", "-")):
            continue
        lead = words[-2] if len(words) > 1 else None
        if lead is None:
            yield spot, None, False
        elif any(p.kind == "person" and p.end == lead.end for p in view.parties) and sketch.text[lead.end : words[-1].start] == " ":
            yield spot, lead, True
        elif view.sentence.index and ("," in sketch.text[lead.end : words[-1].start] or _adverbial(stage, sketch, lead)):
            yield spot, lead, False


def _adverbial(stage: Stage, sketch: Sketch, lead: Token) -> bool:
    """Whether a word lets a place behind it go with the verb: a date, an adverb, a verb in the past."""
    grammar = sketch.grammar
    if any(s <= lead.start < e for s, e in sketch.dates) or lead.low in grammar.adverbs:
        return True
    return _past(stage, lead) and lead.low not in grammar.words("staying_verbs")


def _past(stage: Stage, word: Token) -> bool:
    modals = stage.bench.modals
    return not word.capital and modals.past.fullmatch(word.low) is not None and word.low not in stage.grammar.be


def _acting(stage: Stage, sketch: Sketch, spot: Party, lead: Token | None, inverted: bool) -> list[Party]:
    """The persons who do what the clause of a place tells."""
    view, clause = sketch.view, sketch.clause(spot.start)
    if not view.sentence.index:
        near = [g for g in sketch.groups if inverted and lead is not None and g.end >= lead.end and g.start <= lead.start and g.start - view.sentence.start < _HEADLINE]
        return [p for g in near for p in stage.members(g, view) if p.kind == "person"] if len(near) == 1 else []
    if not any(_past(stage, w) for w in sketch.words if sketch.clause(w.start) == clause):
        return []
    passive = lead is not None and any(w.low in sketch.grammar.be for w in sketch.before(lead.start, 2))
    opening = lead is None
    groups = [g for g in sketch.groups if g.clause == clause and ((g.prep in sketch.grammar.agents and g.position == "governed" and abs(g.start - spot.end) < _NEAR) if passive else (g.position == "subject" and (opening or g.end < spot.start) and not _relative(sketch, g.end, spot.start)))]
    if not groups and inverted and lead is not None:
        groups = [g for g in sketch.groups if g.start <= lead.start < g.end and _behind_verb(stage, sketch, g)]
    people = [p for g in groups if g.anaphor not in ("pair", "sides", "three", "guests") for p in stage.members(g, view) if p.kind == "person"]
    return people if len({p.name for p in people}) <= 2 else []


def _relative(sketch: Sketch, start: int, end: int) -> bool:
    """Whether a relative clause without a mark of its own lies between: 'the treaty that they concluded in Bishkek'."""
    return any(w.low in sketch.grammar.words("content_openers") for w in sketch.between(start, end))


def _behind_verb(stage: Stage, sketch: Sketch, group: Group) -> bool:
    """Whether a verb in the past stands right before a group: 'complained X'."""
    before = sketch.before(group.start, 1)
    return bool(before) and (_past(stage, before[0]) or before[0].low in sketch.grammar.sayers)
