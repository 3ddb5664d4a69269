"""Other rounds of a gathering that meets again and again: 'the next summit will be held in A in 2027', 'A saw the first in 2018 and B the second a year later'.

In: the drafts of an article whose sentences have all been read. Out: a draft for each round that a sentence counts or calls next or previous and gives a
date, or for a coming one a place. Who takes part is taken from the sentence, else from the gathering of three or more sides that the article tells of.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge.entities import Organisation
from relgraph.model import EntityId
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.recognise.tokens import Token
from relgraph.relate.events.cast import slim
from relgraph.relate.events.groups import format_in_body, group_of, members_of_format, regions
from relgraph.relate.events.participants import whole
from relgraph.relate.events.stage import Draft, Stage, compatible, days_apart, sides, within
from relgraph.relate.events.syntax import Sketch
from relgraph.relate.when import usable
from relgraph.resolve import Party, View

_LEAST = 3
_LOOK = 5
"""Words behind 'next' or 'third' in which its noun stands."""
_BESIDE = 12
"""Characters between the date of a round and the place behind it."""
_HEAD = 12
"""Characters before an office that opens the sentence."""
_OBJECT = 40
_AHEAD = 2
"""Sentences that a round may be told of before the gathering itself."""
_SAME = 3
"""Days around the day's gathering in which a date is its own."""
_RULE = "event.summit.counted"
_CLUBS = frozenset({"intergovernmental", "supranational", "military alliance"})


class Mark(msgspec.Struct, frozen=True):
    """A word that counts a round; `coming` when it calls it the next one."""

    word: Token
    coming: bool
    named: bool = False
    """Whether the sentence itself says who meets: no other day of the story is meant."""
    club: Party | None = None
    """The organisation whose leaders or ministers meet."""


def rounds(stage: Stage, told: Sequence[Draft]) -> list[Draft]:
    """Return the earlier and coming rounds of the gatherings of an article, of which `told` are its events so far."""
    count = len(stage.drafts)
    for view in stage.bench.resolved.views:
        if not view.sentence.index or not (view.of_kind("date") or view.places) or (view.of_kind("body") and not format_in_body(stage, view)):
            continue
        low = set(view.text.lower().replace(",", " ").replace(".", " ").split())
        counted = low & (stage.grammar.words("round_marks") | stage.grammar.words("gatherings_plural") | stage.grammar.words("kind_words") | stage.grammar.words("founding_words"))
        if not counted and not (low & stage.grammar.words("meeting_verbs") and view.of_kind("office")):
            continue
        sketch = Sketch(stage.bench.article.text, view, stage.grammar, [])
        marks = _marks(stage, sketch) or _founded(stage, sketch) or _of_club(stage, sketch) or _unnamed(stage, sketch) or _seen(stage, sketch)
        if not marks or {w.low for w in sketch.words} & stage.grammar.words("not_rounds"):
            continue
        people = _series(stage, sketch, marks[0], told)
        if people:
            _write(stage, sketch, marks, people, told)
    found = stage.drafts[count:]
    stage.bench.unasserted += [d.fact for d in found if d.unasserted]
    return [d for d in found if not d.unasserted]


def _marks(stage: Stage, sketch: Sketch) -> list[Mark]:
    """The words of a sentence that count rounds of a gathering."""
    words, grammar = sketch.words, stage.grammar
    nouns, verbs, coming = grammar.words("round_nouns"), grammar.words("round_verbs"), grammar.words("coming_rounds")
    topic = bool({w.low for w in words} & nouns) or _gathering_before(stage, sketch.view)
    held = bool({w.low for w in words} & verbs)
    out: list[Mark] = []
    for n, word in enumerate(words):
        if word.low not in grammar.words("round_marks") or (out and not any(out[-1].word.end <= s < word.start for s, _ in sketch.dates)):
            continue
        noun = next((w.low for w in _phrase(sketch, n) if w.low in nouns), None)
        alone = n > 0 and words[n - 1].low in grammar.words("definite") | grammar.possessives and not _phrase(sketch, n)
        counted = noun is not None and (noun not in grammar.words("times") or held)
        adverb = n + 1 < len(words) and word.low in grammar.words("round_adverbs") and words[n + 1].low in verbs
        if counted or ((alone or adverb) and topic):
            out.append(Mark(word, word.low in coming))
    if not out:
        kinds = [n for n in range(2, len(words)) if words[n].low in grammar.words("kind_words") and words[n - 1].low in grammar.words("same_words")]
        out += [Mark(words[n], False) for n in kinds if any(w.low in nouns for w in words[max(0, n - _LOOK) : n - 1])]
    if not out and (plural := next((w for w in words if w.low in grammar.words("gatherings_plural")), None)) is not None and len(usable(sketch.view, sketch.grammar.possessive)) > 1:
        out.append(Mark(plural, False))
    return out


def _founded(stage: Stage, sketch: Sketch) -> list[Mark]:
    """'The C5+1 was launched in A in 2015 by X and the five ministers': the first round of a format."""
    if not any(members_of_format(stage, p) for p in sketch.view.parties):
        return []
    return [Mark(w, False) for w in sketch.words if w.low in stage.grammar.words("founding_words")][:1]


def _unnamed(stage: Stage, sketch: Sketch) -> list[Mark]:
    """'Prime ministers will meet in A in September': holders of an office without a state, who are still to meet."""
    if any(p.kind == "person" for p in sketch.view.parties) or not sketch.view.of_kind("planned"):
        return []
    office = next((m for m in sketch.view.of_kind("office") if m.text.lower().endswith(sketch.grammar.plural) and m.start - sketch.view.sentence.start < _HEAD), None)
    if office is None:
        return []
    return [Mark(w, True) for w in sketch.words if w.low in stage.grammar.words("meeting_verbs") and w.start > office.end and sketch.clause(w.start) == sketch.clause(office.start)][:1]


def _of_club(stage: Stage, sketch: Sketch) -> list[Mark]:
    """'The SCO heads of state are to assemble in A', 'the defence ministers of the CSTO countries met': holders of an office of all members of an organisation."""
    view = sketch.view
    if len({p.side for p in view.parties if p.kind == "person"}) > 1:
        return []
    for party in view.parties:
        entity = stage.bench.knowledge.reference.entities.get(EntityId(party.id)) if party.kind == "organisation" and party.id else None
        if not isinstance(entity, Organisation) or entity.kind not in _CLUBS:
            continue
        office = next((m for m in view.of_kind("office") if -_BESIDE < m.start - party.end <= 1 or 0 < party.start - m.end < _BESIDE), None)
        if office is None or not {w.low for w in sketch.between(office.start, office.end)} & stage.grammar.words("group_heads"):
            continue
        verb = next((w for w in sketch.words if w.low in stage.grammar.words("meeting_verbs") and (w.start > max(office.end, party.end) or 0 < min(office.start, party.start) - w.end < _BESIDE) and sketch.clause(w.start) == sketch.clause(office.start)), None)
        if verb is not None:
            return [Mark(verb, False, named=True, club=party)]
    return []


def _seen(stage: Stage, sketch: Sketch) -> list[Mark]:
    """'X will see all five leaders of the region in A on 3 April': a verb of meeting whose object is a whole region's leaders."""
    for word in sketch.words:
        if word.low in stage.grammar.words("meeting_verbs") and any(d[0] > word.end for d in sketch.dates):
            found = regions(stage, sketch, word.end)
            if found and word.end <= found[0].start < word.end + _OBJECT:
                return [Mark(word, False, named=True)]
    return []


def _phrase(sketch: Sketch, n: int) -> list[Token]:
    """The words of a noun phrase behind one of its words: up to a preposition, verb or sign."""
    out: list[Token] = []
    for last, word in zip(sketch.words[n:], sketch.words[n + 1 : n + 1 + _LOOK], strict=False):
        if sketch.text[last.end : word.start].strip(sketch.grammar.inside_phrase) or word.low in sketch.grammar.prepositions or word.low in sketch.grammar.be or word.low in sketch.grammar.auxiliaries or any(s <= word.start < e for s, e in sketch.dates):
            break
        out.append(word)
    return out


def _gathering_before(stage: Stage, view: View) -> bool:
    """Whether the sentence before speaks of a gathering."""
    nouns = stage.grammar.words("round_nouns") | stage.grammar.words("gathering_nouns")
    before = stage.bench.resolved.views[view.sentence.index - 1]
    return any(w.strip(".,;:") in nouns for w in before.text.lower().split())


def _series(stage: Stage, sketch: Sketch, mark: Mark, told: Sequence[Draft]) -> tuple[Party, ...]:
    """Who takes part in each round, as states and organisations: the group that the sentence names, else the sides of the gathering told of."""
    word = mark.word
    if mark.club is not None:
        return (mark.club,)
    group = format_in_body(stage, sketch.view) or group_of(stage, sketch, Mention(start=word.start, end=word.end, text=word.text, kind="event", key="summit"))
    persons = [p for g in sketch.groups if g.position not in ("speaker", "owner") for p in g.parties if p.kind == "person"]
    here = {p.side: p for p in persons if p.state or p.office or p.id or p.name in stage.cast.titles}
    if len(sides(group)) < _LEAST:
        if len(here) == 2:
            return ()
        main = _told(sketch.view, told)
        group = _club(stage, main) or _states(stage, main) if main is not None else tuple(stage.series)
    if len(sides(group)) < _LEAST and not any(p.kind == "organisation" for p in group):
        return ()
    attended = any(t.key == "attend" for t in sketch.view.of_kind("event")) or word.low in stage.grammar.words("founding_words") | stage.grammar.words("meeting_verbs")
    seated = [p for p in here.values() if attended and len(here) < _LEAST]
    return whole(stage, slim([*seated, *group]))


def _told(view: View, told: Sequence[Draft]) -> Draft | None:
    """The gathering of many that an article has told of last, else the first that it tells of later."""
    found = [d for d in told if d.fact.kind == "summit" and not d.fact.rule.startswith(_RULE) and d.view.sentence.index and (len(sides(d.people)) >= _LEAST or any(p.kind == "organisation" for p in d.people))]
    before = [d for d in found if d.view.sentence.index <= view.sentence.index]
    return before[-1] if before else next((d for d in found if d.view.sentence.index - view.sentence.index <= _AHEAD), None)


def _states(stage: Stage, main: Draft) -> tuple[Party, ...]:
    """The sides of a gathering: those its name stands for where it names a partner of the region, else of all who came."""
    came = [stage.cast.as_state(p) for p in main.people if p.state or p.kind != "person"]
    named = [stage.cast.as_state(p) for p in main.group]
    regions = [{stage.bench.knowledge.reference.name(m) for m in r.members} for r in stage.bench.knowledge.reference.regions]
    return slim(named if len(sides(named)) >= _LEAST and not any(sides(named) <= r for r in regions) else [*named, *came])


def _club(stage: Stage, main: Draft) -> tuple[Party, ...]:
    """The organisation whose gathering it is: the one named beside it to which all its sides belong."""
    reference = stage.bench.knowledge.reference
    states = sides(main.people) - {p.name for p in main.people if p.kind != "state" and not p.state}
    for view in stage.bench.resolved.views[max(0, main.view.sentence.index - 1) : main.view.sentence.index + 1]:
        for party in view.parties:
            entity = reference.entities.get(EntityId(party.id)) if party.kind == "organisation" and party.id else None
            if isinstance(entity, Organisation) and entity.kind in _CLUBS and not main.group:
                members = {reference.name(m.actor) for m in entity.memberships}
                if party.name in {p.name for p in main.people} or (len(states) >= _LEAST and len(states & members) * 4 >= len(states) * 3 and len(states) * 2 >= len(members)):
                    return (msgspec.structs.replace(party, start=view.sentence.start, end=view.sentence.start, lead=-1, tail=-1),)
    return ()


def _write(stage: Stage, sketch: Sketch, marks: Sequence[Mark], people: Sequence[Party], told: Sequence[Draft]) -> None:
    """One draft for each round with a date, or for the next one with a place."""
    dates = [d for d in usable(sketch.view, sketch.grammar.possessive) if marks[0].club is not None or not _own(stage, str(d.value.iso), 0 if marks[0].named else _SAME)]
    spots = _spots(sketch)
    taken = sketch.view.sentence.start
    plural = len(marks) == 1 and marks[0].word.low in stage.grammar.words("gatherings_plural") and len(dates) > 1
    found: list[tuple[Token, bool, Mention | None, Party | None]] = [(m.word, m.coming, d, p) for m in [marks[0]] for d in dates for p in spots if 0 < d.start - p.end < _BESIDE] if plural else []
    for n, mark in enumerate(marks if not plural else ()):
        end = marks[n + 1].word.start if n + 1 < len(marks) else sketch.view.sentence.end
        behind = [d for d in dates if mark.word.start <= d.start < end or d.start <= mark.word.start < d.end]
        ahead = [d for d in dates if taken <= d.start and d.end <= mark.word.start]
        date = behind[0] if behind else ahead[-1] if ahead else None
        after = [p for p in spots if mark.word.end <= p.start < end and (date is None or p.start < date.start or (p.start - date.end < _BESIDE and "," not in sketch.text[date.end : p.start]) or date.end <= mark.word.start)]
        early = [p for p in spots if taken <= p.start and p.end <= mark.word.start]
        spot = after[0] if after else early[-1] if early else None
        taken = max([mark.word.end, *([date.end] if date else []), *([spot.end] if spot else [])])
        found.append((mark.word, mark.coming, date, spot))
    for word, coming, date, spot in found:
        if date is None and (not coming or spot is None or not sketch.view.of_kind("planned")):
            continue
        iso = str(date.value.iso) if date is not None and isinstance(date.value, DateValue) else None
        if any(_same(d, sketch.view, iso, people) for d in (*told, *stage.drafts)):
            continue
        trigger = Mention(start=word.start, end=word.end, text=word.text, kind="event", key="summit")
        draft = stage.add(sketch, trigger, "summit", _RULE, people=people, confidence=0.86, place=spot, when=(iso, date))
        if draft is not None and coming and not draft.fact.planned and (not draft.fact.date or not stage.bench.article.published):
            draft.fact = msgspec.structs.replace(draft.fact, planned=True)


def _spots(sketch: Sketch) -> list[Party]:
    """Cities of a sentence, and states named alone as places: 'in Italy', 'Kazakhstan is to be the venue'."""
    single = [g.parties[0] for g in sketch.groups if len(g.parties) == 1 and g.parties[0].kind == "state" and g.parties[0].form in ("name", "metonym") and (g.prep in sketch.grammar.words("at_words") or g.position == "subject")]
    cities = [p for p in sketch.view.places if p.reason != "capital-described"]
    return sorted([*cities, *(s for s in single if not any(c.start < s.end and s.start < c.end for c in cities))], key=lambda p: p.start)


def _own(stage: Stage, iso: str, near: int) -> bool:
    """Whether a date is of the day's story."""
    first = iso.split("/")[0]
    day = stage.lead_day or stage.bench.article.published or ""
    return len(first) == len(day[:10]) == len("2025-01-01") and abs(days_apart(first, day)) <= near


def _same(draft: Draft, view: View, iso: str | None, people: Sequence[Party]) -> bool:
    """Whether a round is told already."""
    fact = draft.fact
    if fact.kind not in ("summit", "forum", "meeting") or draft.unasserted:
        return False
    if fact.kind == "summit" and sides(draft.people) & sides(people) and iso and fact.date and len(iso) > len("2025") and (compatible(iso, fact.date) or within(iso, fact.date)):
        return True
    return draft.view is view and (not iso or not fact.date or compatible(iso, fact.date))
