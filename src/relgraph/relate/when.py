"""Date and place of an event: what its own clause gives, else its sentence, where no other event of the sentence has a better claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.candidates import Bench
from relgraph.relate.spots import SpotWords
from relgraph.resolve import Party, View

if TYPE_CHECKING:
    from relgraph.relate.events.syntax import Sketch

_LOOSE = frozenset({"which-unit", "span-of"})
"""Dates counted from the article's that need a word of the past to be an event's: 'last year', not 'next year'."""
_PHRASE = 2
_YEAR = 4
_EVENT_PRECISION = re.compile(r"\d{4}-\d{2}(-\d{2})?(/\d{4}-\d{2}-\d{2})?")


def usable(view: View, possessive: tuple[str, ...]) -> list[Mention]:
    """The dates of a sentence that can be an event's: no bounds ('by 2030'), no possessives ('this year's trade')."""
    return [m for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and (m.value.use not in ("by", "since") or (m.value.use == "since" and "/" in m.value.iso)) and not view.text.startswith(possessive, m.end - view.sentence.start)]


def date_of(bench: Bench, view: View, start: int, end: int) -> tuple[str | None, Mention | None]:
    """Return the ISO date of a trigger at `start`: the nearest date of its sentence of day or month precision, else a year."""
    dates = usable(view, bench.possessive)
    exact = [m for m in dates if _EVENT_PRECISION.fullmatch(m.value.iso)]
    chosen = min(exact, key=lambda m: (_distance(m, start, end), m.start), default=None)
    if chosen is None:
        years = [m for m in dates if re.fullmatch(r"\d{4}", m.value.iso) and m.value.use == "in"]
        chosen = min(years, key=lambda m: (_distance(m, start, end), m.start), default=None)
    return (chosen.value.iso, chosen) if chosen is not None else (None, None)


def dated(sketch: Sketch, trigger: Mention) -> tuple[str | None, Mention | None]:
    """Return the date of a trigger: of its clause; of the clause above where both tell of one time; never one that another trigger's clause owns."""
    view = sketch.view
    if (moment := _moment(sketch, trigger)) is not None:
        return _no_week(moment), moment
    dates = [m for m in usable(view, sketch.grammar.possessive) if not _said_on(sketch, trigger, m)]
    dates = [m for m in dates if (not any(w.low in sketch.grammar.closing for w in sketch.before(m.start, 2)) and _EVENT_PRECISION.fullmatch(m.value.iso)) or (re.fullmatch(r"\d{4}", m.value.iso) and (m.value.use == "in" or (m.value.relative and (m.key not in _LOOSE or sketch.between(m.start, m.end)[0].low in sketch.grammar.words("past_years")))))]
    dates = [m for m in dates if not _of_paper(sketch, trigger, m)]
    if not dates:
        return None, None
    clause = sketch.clause(trigger.start)
    own = [m for m in dates if sketch.clause(m.start) == clause]
    if not own:
        opener, parent = sketch.clauses[clause].opener, sketch.clauses[clause].parent
        if opener in sketch.grammar.simultaneous and parent >= 0:
            own = [m for m in dates if sketch.clause(m.start) == parent]
        if not own:
            below = [m for m in dates if sketch.clauses[sketch.clause(m.start)].parent == clause and sketch.clauses[sketch.clause(m.start)].opener in sketch.grammar.simultaneous]
            own = [m for m in below if not sketch.rivals(trigger, m)]
    own = [m for m in own if not sketch.rivals(trigger, m)]
    chosen = min(own, key=lambda m: (_beyond(sketch, trigger, m), len(m.value.iso) <= _YEAR, _distance(m, trigger.start, trigger.end), m.start), default=None)
    if chosen is None:
        return None, None
    for later in dates:  # 'on Thursday, 4 May' and 'the next day, October 22': the more exact one
        if 0 <= later.start - chosen.end <= 3 and len(later.value.iso) >= len(chosen.value.iso):
            chosen = later
    return _no_week(chosen), chosen


def _moment(sketch: Sketch, trigger: Mention) -> Mention | None:
    """The day that the clause of a trigger describes: 'dates from 3 November, when X came and signed it', whatever else is said of that day."""
    clause = sketch.clause(trigger.start)
    if sketch.clauses[clause].opener not in sketch.grammar.words("moments"):
        return None
    days = [m for m in sketch.view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and _EVENT_PRECISION.fullmatch(m.value.iso) and m.end < trigger.start and sketch.clause(m.start) != clause]
    last = days[-1] if days else None
    between = sketch.between(last.end, trigger.start) if last is not None else []
    opens = bool(between) and between[0].low in sketch.grammar.words("moments") and sketch.clause(between[0].start) == clause
    return last if opens else None


def _beyond(sketch: Sketch, trigger: Mention, date: Mention) -> bool:
    """Whether a new main clause begins between a trigger and a date: 'In 2006 they signed a first one, and in May 2009 a second'."""
    start, end = (date.end, trigger.start) if date.end <= trigger.start else (trigger.end, date.start)
    words = sketch.between(start, end + 1)
    return any(w.low in sketch.grammar.words("new_clauses") and "," in sketch.text[max(start, w.start - 2) : w.start] for w in words)


def _of_paper(sketch: Sketch, trigger: Mention, date: Mention) -> bool:
    """Whether a date behind a trigger is that of a noun: 'signed a protocol to the treaty of 24 May 2003', 'deepened the partnership that was founded in 2013'."""
    if date.start < trigger.end:
        return False
    between = sketch.between(trigger.end, date.start)
    if len(between) > _PHRASE and between[-1].low in sketch.grammar.genitive:
        return not any(s <= between[-2].start < e for s, e in sketch.triggers)
    for n in range(1, len(between) - 1):
        word, after = between[n], between[n + 1]
        if word.low in sketch.grammar.words("restrictive") and between[n - 1].low not in sketch.grammar.contrast and (after.low in sketch.grammar.be or after.low in sketch.grammar.have) and "," not in sketch.text[between[n - 1].end : date.start]:
            return True
    return False


def _said_on(sketch: Sketch, trigger: Mention, date: Mention) -> bool:
    """Whether a date says when something was said: '..., the ministry said on Thursday'."""
    if date.start < trigger.end:
        return False
    words = sketch.before(date.start, 2)
    while words and words[-1].low in sketch.grammar.prepositions:
        words.pop()
    return bool(words) and words[-1].low in sketch.grammar.sayers and words[-1].start >= trigger.end


def placed(sketch: Sketch, trigger: Mention, *, paper: bool = False) -> Party | None:
    """Return the city where a trigger's event takes place: of its clause first, then of one beside it that tells of the same time."""
    view, base = sketch.view, sketch.view.sentence.start
    clause = sketch.clause(trigger.start)
    parent = sketch.clauses[clause].parent
    found = []
    spots = sketch.grammar.spots
    for p in [*view.places, *described(sketch)]:
        window = view.text[max(0, p.start - base - 40) : p.start - base]
        if not spots.at.search(window) or spots.not_at.search(window) or spots.come_from.search(window) or spots.way.search(window):
            continue
        follow = sketch.between(p.end, p.end + 14)[:1]
        if follow and follow[0].low in sketch.grammar.areas:
            continue
        lead = next((w for w in reversed(sketch.before(p.start, 9)) if w.low in sketch.grammar.words("between_places")), None)
        last = next(iter(reversed(sketch.before(p.start, 1))), None)
        if lead is not None and not (last is not None and lead.low in sketch.grammar.words("two_places") and last.start > lead.start and last.low in sketch.grammar.place_preps) and not any(lead.end <= q.start < p.start for q in view.parties if q.kind == "person"):
            continue  # 'flights between Osh and Tashkent'
        own = sketch.clause(p.start)
        rank = 0 if own == clause else 1 if own == parent or sketch.clauses[own].parent == clause else 2
        if sketch.clauses[own].opener in sketch.grammar.words("apart_openers") and own != clause:
            continue
        if paper and p.start > trigger.end and last_word(sketch, p) not in sketch.grammar.words("inside") and any(w.low in sketch.grammar.words("content_preps") for w in sketch.between(trigger.end, p.start)[:-1]):
            continue  # 'signed a memorandum on a cargo hub at Aktau'
        if any(trigger.end <= s < p.start and any(w.low in sketch.grammar.distancing for w in sketch.between(trigger.end, s)) for s, _ in sketch.triggers):
            continue
        found.append((rank, 0 if p.start >= trigger.end else 1, abs(p.start - trigger.end), p))
    return min(found, key=lambda f: f[:3])[3] if found else None


def last_word(sketch: Sketch, spot: Party) -> str:
    """The word before a place and its article: 'in' of 'in the Uzbek capital'."""
    return next((w.low for w in reversed(sketch.before(spot.start, 2)) if w.low not in sketch.grammar.fillers), "")


def described(sketch: Sketch) -> list[Party]:
    """Places that no list holds, by what stands beside them: 'the village of Ak-Yayla', 'the Matibulak training ground', 'at Nizhniy Panj'."""
    grammar, words, view = sketch.grammar, sketch.words, sketch.view
    covered = [(m.start, m.end) for m in view.mentions if m.kind in ("state", "organisation", "place", "body", "treaty", "date", "office", "document") or (m.kind == "person" and (m.ids or m.form == "surname"))]
    acting = [(p.start, p.end) for p in view.parties if p.kind == "person" and (p.id or p.office or p.state)]
    out = []
    n = 0
    while n < len(words):
        word = words[n]
        if not word.capital or word.low in grammar.words("not_places") or any(s <= word.start < e for s, e in covered) or any(s <= word.start < e for s, e in acting) or n == 0:
            n += 1
            continue
        last = n
        while last + 1 < len(words) and words[last + 1].capital and sketch.text[words[last].end : words[last + 1].start] in (" ", "-") and last - n < 3:
            last += 1
        before, prior = words[n - 1].low, words[n - 2].low if n > 1 else ""
        tail = " ".join(w.low for w in words[last + 1 : last + 3])
        ends = next((e for e in grammar.place_ends if tail == e or tail.startswith(e + " ") or tail.split(" ")[0] == e), None)
        if (before in grammar.genitive and prior in grammar.place_nouns) or (before in grammar.place_preps and word.low not in grammar.fillers and not sketch.text.startswith(grammar.possessive, words[last].end)) or (ends and before in grammar.words("place_end_leads")):
            if {w.low for w in words[n : last + 2]} & grammar.buildings:
                n = last + 1
                continue
            state = next((p.state for p in view.places if p.state), None)
            out.append(Party(start=word.start, end=words[last].end, name=sketch.text[word.start : words[last].end], id=None, kind="state", state=state, form="place", reason="place-by-grammar"))
        n = last + 1
    return out


def place_of(view: View, start: int, end: int, spots: SpotWords) -> Party | None:
    """Return the place of a trigger: the nearest city of its sentence said with a preposition of place."""
    text, base = view.text, view.sentence.start
    here = [p for p in view.places if not spots.not_at.search(text, max(0, p.start - base - 30), p.start - base) and spots.at.search(text, max(0, p.start - base - 40), p.start - base)]
    return min(here, key=lambda p: (0 if p.start >= end else 1, abs(p.start - end)), default=None)


def _distance(mention: Mention, start: int, end: int) -> int:
    return start - mention.end if mention.end <= start else mention.start - end if mention.start >= end else 0


def _no_week(mention: Mention) -> str:
    """A date as an event's: of 'this week' only the month is known."""
    iso = str(mention.value.iso)
    first, _, last = iso.partition("/")
    return first[:7] if mention.key == "which-unit" and last and first[:7] == last[:7] else iso
