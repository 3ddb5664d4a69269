"""Where a journey leads: the places and states behind a verb or noun of motion, before it, in the sentence before, or where the scene plays."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Sketch
from relgraph.relate.when import usable
from relgraph.resolve import Party, View

REGIONS = ("Central Asia", "South Caucasus", "European Union", "Caucasus", "Caspian littoral states", "Fergana Valley")
"""What is no state that somebody visits."""
_FAR = 90
_NEXT = 40
_LED = 12
_STAY = 4
"""Sentences in which a place told of is still where somebody comes to."""


def destinations(sketch: Sketch, trigger: Mention, visitors: Sequence[Party], far: int) -> list[Party]:
    """The places and states that a trigger leads to: nearest first, with those of the same list; a city before its state."""
    view = sketch.view
    home = sides(visitors)
    clause = sketch.clause(trigger.start)
    found: list[Party] = []
    options: list[Party] = sorted([*view.places, *(p for g in sketch.groups if g.position != "speaker" and not g.anaphor for p in g.parties if p.kind == "state" and p.form in ("name", "side"))], key=lambda p: (p.start, p.form != "place"))
    taken: set[int] = set()
    end = trigger.end
    for option in options:
        if option.start < trigger.end or option.start in taken or option.state is None:
            continue
        beyond = sketch.between(option.end, option.end + 14)[:1]
        if option.form != "place" and beyond and beyond[0].low in sketch.grammar.words("missions"):
            continue  # 'drove to the Turkish embassy'
        taken.add(option.start)
        gap = sketch.text[end : option.start]
        words = sketch.between(end, option.start)
        if found:
            if len(gap) > 30 or not (gap.strip(" ,") in sketch.grammar.words("goal_joins") or not gap.strip(" ,") or gap.strip() in sketch.grammar.words("stop_joins")):
                break
            if option.state == found[-1].state:
                end = option.end
                continue
        else:
            if len(gap) > far or (sketch.clause(option.start) != clause and len(gap) > 12):
                break
            prep = next((w.low for w in reversed(words) if w.low not in sketch.grammar.fillers and w.low not in sketch.grammar.collectives), "")
            if words and prep not in sketch.grammar.words("goal_prepositions") and not all(w.low in sketch.grammar.fillers or w.capital or w.low in sketch.grammar.be for w in words):
                continue
            if prep in sketch.grammar.words("origin"):
                continue
            if prep in sketch.grammar.words("loose_prepositions") and not _place_noun(sketch, words) and trigger.text.lower().split()[-1] not in sketch.grammar.words("tour_words") and option.form != "place":
                continue
        if option.state in home and not found:
            end = option.end
            if prep_to(words):
                return []
            continue
        found.append(option)
        end = option.end
    return found


def goal_there(stage: Stage, sketch: Sketch, trigger: Mention, visitors: Sequence[Party]) -> list[Party]:
    """The goal that the sentence before names, for 'he will spend two days there'."""
    index, words = sketch.view.sentence.index, sketch.between(trigger.end, trigger.end + _NEXT)
    at = next((n for n, w in enumerate(words) if w.low in sketch.grammar.words("there")), None)
    if at is None or index < 1 or any(w.low in sketch.grammar.words("goal_prepositions") for w in words[:at]) or sketch.clause(words[at].start) != sketch.clause(trigger.start):
        return []
    before = stage.bench.resolved.views[index - 1]
    named = sorted([*before.places, *(p for p in before.parties if p.kind == "state" and p.form == "name")], key=lambda p: (p.start, p.form != "place"))
    told = [p for p in named if p.state and p.state not in sides(visitors) and p.state not in REGIONS]
    return [msgspec.structs.replace(told[-1], start=sketch.view.sentence.start, end=sketch.view.sentence.start)] if len({p.state for p in told}) == 1 else []


def goal_behind(sketch: Sketch, trigger: Mention, visitors: Sequence[Party], via: frozenset[str]) -> list[Party]:
    """The place that a preposition leads to behind the one left: 'left Astana for Baku'."""
    home, clause = sides(visitors), sketch.clause(trigger.start)
    states = [p for g in sketch.groups if not g.anaphor for p in g.parties if p.kind == "state" and p.form == "name"]
    for spot in sorted([*sketch.view.places, *states], key=lambda p: (p.start, p.form != "place")):
        if spot.start < trigger.end or spot.start - trigger.end > _FAR or sketch.clause(spot.start) != clause or not spot.state:
            continue
        lead = [w for w in sketch.between(trigger.end, spot.start) if w.low not in sketch.grammar.fillers]
        last = lead[-1].low if lead else trigger.text.lower().rpartition(" ")[2]
        if last in via and (not lead or lead[-1].start > spot.start - _LED):
            return [] if spot.state in home else [spot]
    return []


def onward_goals(sketch: Sketch, trigger: Mention, spots: Sequence[Party], home: set[str]) -> list[tuple[Party, tuple[str | None, Mention | None]]]:
    """Further stops of one journey with the date beside each: 'to Dushanbe on Monday and then to Bishkek on Tuesday'."""
    onward, dates = sketch.grammar.words("onward_words"), usable(sketch.view, sketch.grammar.possessive)
    out: list[tuple[Party, tuple[str | None, Mention | None]]] = []
    last, seen = spots[-1], {s.state for s in spots}
    for place in sketch.view.places:
        if place.start < last.end or place.state is None:
            continue
        words = [w for w in sketch.between(last.end, place.start) if not any(d.start <= w.start < d.end for d in dates)]
        if not words or any(w.low not in onward for w in words) or words[-1].low not in sketch.grammar.words("goal_prepositions") or words[-1].low in sketch.grammar.words("origin") | sketch.grammar.genitive:
            break
        if place.state not in seen and place.state not in home:
            beside = [d for d in dates if last.end <= d.start < place.start and place.start - d.end < 6] or [d for d in dates if 0 <= d.start - place.end < 6]
            out.append((place, (beside[0].value.iso, beside[0]) if beside else (None, None)))
            seen.add(place.state)
        last = place
    return out


def prep_to(words: Sequence[object]) -> bool:
    """Whether the way leads straight there ('returned to Bishkek')."""
    return len(words) <= 2


def _place_noun(sketch: Sketch, words: Sequence[Token]) -> bool:
    return any(w.low in sketch.grammar.words("goal_nouns") for w in words)


def goal_before(sketch: Sketch, trigger: Mention, visitors: Sequence[Party]) -> list[Party]:
    """A place that stands before the noun: 'was in the Kyrgyz capital on an official visit', "Pezeshkian's Dushanbe trip"."""
    home = sides(visitors)
    clause = sketch.clause(trigger.start)
    if lead := where_antecedent(sketch, trigger, home):
        return [lead]
    near = [p for p in sketch.view.places if p.end <= trigger.start and p.state and p.state not in home and (sketch.clause(p.start) == clause or trigger.start - p.end < 25) and trigger.start - p.end < 60]
    return near[-1:]


def where_antecedent(sketch: Sketch, trigger: Mention, home: set[str]) -> Party | None:
    """The place or state that a clause with 'where' or 'to which' speaks of: 'Bishkek on 14 May, where X ...', 'Kyrgyzstan, to which X will pay a visit'."""
    grammar, words, end = sketch.grammar, sketch.words, sketch.at(trigger.start)
    goal = next((n for n in range(end - 1, 0, -1) if words[n].low in grammar.relatives and words[n - 1].low in grammar.infinitive), None)
    clause = sketch.clause(trigger.start)
    if goal is not None:
        first = words[goal - 1].start
    elif sketch.clauses[clause].opener in grammar.words("where_words"):
        first = next(w.start for w in words if sketch.clause(w.start) == clause)
    else:
        return None
    named = sorted([*sketch.view.places, *(p for g in sketch.groups if not g.anaphor for p in g.parties if p.kind == "state" and p.form == "name")], key=lambda p: (p.start, p.form == "place"))
    lead = next((p for p in reversed(named) if p.end <= first), None)
    if lead is None or not lead.state or lead.state in home or lead.name in REGIONS:
        return None
    between = [w for w in sketch.between(lead.end, first) if not any(s <= w.start < e for s, e in sketch.dates) and w.low not in grammar.prepositions]
    return lead if not between else None


def goal_described(stage: Stage, sketch: Sketch, trigger: Mention, visitors: Sequence[Party], rule: str) -> tuple[list[Party], str]:
    """The other side of the pair for a goal that is only described: 'his visit to the Central Asian country', 'arrived in the country'."""
    view, home = sketch.view, sides(visitors)
    start = max([trigger.end, *(v.last for v in visitors if 0 <= v.first - trigger.end < _NEXT)])
    follow = sketch.between(start, start + _NEXT)[:7]
    nouns = sketch.grammar.words("country_nouns")
    at = next((n for n, w in enumerate(follow) if w.low in nouns), None)
    if at is None or not follow or follow[0].low not in sketch.grammar.words("goal_prepositions") | sketch.grammar.words("definite") or not all(w.capital or w.low in sketch.grammar.fillers or w.low in sketch.grammar.words("goal_prepositions") or "-" in w.low for w in follow[:at]):
        return [], rule
    if any(p.kind == "state" and start <= p.start < follow[at].start and p.name not in REGIONS for p in view.parties):
        return [], rule
    pair = view.focus if len(view.focus) == 2 else stage.bench.resolved.main
    others = [s for s in pair if s not in home]
    return ([stage.cast.state(others[0], view)], rule + ".described") if len(pair) == 2 and len(others) == 1 else ([], rule)


def _stayed(stage: Stage, view: View, home: set[str]) -> list[Party]:
    """The place of the gathering or talks told of right before, for 'flew in', 'came for the occasion'."""
    spot = stage.cast.spot
    last = next((d for d in reversed(stage.drafts) if d.fact.place and not d.background and d.view.sentence.index), None)
    if spot is None or last is None or last.fact.place != spot.name or not spot.state or spot.state in home or view.sentence.index - last.view.sentence.index > _STAY:
        return []
    return [spot]


def goal_known(stage: Stage, sketch: Sketch, trigger: Mention, visitors: Sequence[Party], rule: str) -> tuple[list[Party], str]:
    """Where a visitor is when the sentence doesn't say: where the scene plays, the other side of the pair, the dateline."""
    view, home = sketch.view, sides(visitors)
    if stage.cast.where and stage.cast.where not in home and stage.cast.visitor is not None and {p.name for p in visitors} & {stage.cast.visitor.name, *(t.name for t in stage.cast.talks)}:
        return [stage.cast.state(stage.cast.where, view)], rule + ".scene"
    if stage.cast.spot is not None and stage.cast.spot.state and stage.cast.spot.state not in home and view.sentence.paragraph <= 2:
        return [stage.cast.spot], rule + ".spot"
    if (trigger.key == "trip" or any(w.low in sketch.grammar.words("arriving") for w in sketch.between(trigger.end, trigger.end + 14)[:2])) and (stayed := _stayed(stage, view, home)):
        return stayed, rule + ".spot"
    others = [p for g in sketch.groups if g.start > trigger.end or g.end < trigger.start for p in g.parties if p.kind == "person" and p.state and p.state not in home]
    city = stage.dateline(view)
    if city is not None and city.state not in home and (view.sentence.paragraph <= 2 or stage.cast.where == city.state):
        return [stage.cast.state(str(city.state), view)], rule + ".dateline"
    if others and trigger.key == "trip":
        return [stage.cast.state(str(others[0].state), view)], rule + ".other-person"
    if len(view.focus) == 2 and len(home) == 1 and home <= set(view.focus) and stage.cast.talks and trigger.key == "trip":
        return [stage.cast.state(next(s for s in view.focus if s not in home), view)], rule + ".focus"
    return [], rule
