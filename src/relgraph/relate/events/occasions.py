"""From drafts to events: weak ones that tell nothing new go, reports of one event become one, and siblings share date and place."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from relgraph.model import EventFact, Evidence
from relgraph.recognise.mentions import DateValue
from relgraph.relate.events.arrivals import visits_implied
from relgraph.relate.events.harvests import harvests
from relgraph.relate.events.participants import with_host
from relgraph.relate.events.rounds import rounds
from relgraph.relate.events.scenes import members_at, set_scene
from relgraph.relate.events.stage import REMOTE, Draft, Stage, compatible, days_apart, within
from relgraph.relate.when import usable

_WINDOW = 200
"""Events before and behind one that may be the same or lend it date and place: more than any article tells, so that time stays linear."""
_BACK = 2
"""How many sentences before an event may tell its date."""
_PRECISE = (4, 7, 10)
_LONG_AGO = 21
_DAY = 10
_STAY = 2
"""Days within which two dates are of one stay of the same visitor."""
_OPENING = 30
"""Characters at the head of a sentence in which a date holds for what follows it, too."""
_ENCOUNTERS = ("meeting", "phone call", "video call", "summit")


def settle(stage: Stage) -> list[EventFact]:
    """Return the events of an article, in text order."""
    drafts = [d for d in stage.drafts if not d.unasserted]
    for draft in stage.drafts:
        if draft.unasserted:
            stage.bench.unasserted.append(draft.fact)
    strong = [d for d in drafts if not d.weak]
    kept = list(strong)
    near, undated, unsaid = _Around(strong), _Undated(strong), defaultdict[int, list[Draft]](list)
    for draft in stage.drafts:
        if draft.unasserted:
            unsaid[draft.view.sentence.index].append(draft)
    for draft in drafts:
        if draft.weak:
            told = any(_tells(draft, other) and _same_people(stage, draft, other) for other in [*near.around(draft), *(d for d in kept[len(strong) :][-_WINDOW:]), *(d for d in unsaid[draft.view.sentence.index])])
            if told:
                span = draft.fact.spans[0]
                stage.bench.reject(draft.view, span.start, span.end, draft.fact.rule, "told-before")
                _lend(draft, undated)
            else:
                kept.append(draft)
                undated.add(draft)
    kept = _without_titles(stage, kept)
    kept = _without_greetings(stage, kept)
    kept.sort(key=lambda d: (d.view.sentence.index, d.fact.spans[0].start if d.fact.spans else 0))
    kept = set_scene(stage, kept)
    kept += rounds(stage, kept)
    kept += harvests(stage, kept)
    kept.sort(key=lambda d: (d.view.sentence.index, d.fact.spans[0].start if d.fact.spans else 0))
    merged = _merged(stage, kept)
    whole = _placed_by_scene(stage, _inherit(stage, _dated_by_passage(stage, merged)))
    whole = [d for d in whole if not _met_elsewhere(stage, d, whole)]
    whole += visits_implied(stage, whole)
    with_host(stage, whole)
    return [d.fact for d in whole]


class _Around:
    """Drafts in text order, of which those near another can be had."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = sorted(drafts, key=lambda d: d.view.sentence.index)
        self._at = [d.view.sentence.index for d in self._drafts]

    def around(self, draft: Draft) -> list[Draft]:
        """The drafts told before and behind one, `_WINDOW` each."""
        n = bisect_left(self._at, draft.view.sentence.index)
        return self._drafts[max(0, n - _WINDOW) : n + _WINDOW]


class _Undated:
    """Encounters of the day's story without a date, by their people."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._talks: dict[frozenset[str], list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Add a draft, if it is one."""
        if not draft.fact.date and not draft.background and draft.fact.kind in _ENCOUNTERS:
            self._talks[frozenset(p.name for p in draft.people)].append(draft)

    def take(self, weak: Draft) -> Draft | None:
        """Take out the first of the people of a draft that is as planned as it."""
        talks = self._talks.get(frozenset(p.name for p in weak.people), [])
        n = next((n for n, d in enumerate(talks) if d.fact.planned == weak.fact.planned), None)
        return None if n is None else talks.pop(n)


def _lend(weak: Draft, undated: _Undated) -> None:
    """Give the date that a sentence names to the talk that another sentence tells of, if that has none."""
    if not weak.own_date or weak.background or not weak.view.sentence.index:
        return
    other = undated.take(weak)
    if other is not None:
        other.fact = msgspec.structs.replace(other.fact, date=weak.fact.date, evidence=tuple(sorted({*other.fact.evidence, weak.fact.evidence[0]}, key=lambda e: e.start)))
        other.own_date = True


def _tells(draft: Draft, other: Draft) -> bool:
    """Whether an event already covers a weak one."""
    if draft.fact.kind == "visit":
        return other.fact.kind == "visit" and other.host == draft.host
    if draft.fact.kind == "meeting" and draft.own_place and other.fact.kind in REMOTE:
        return False  # 'they had arranged by telephone what they talked over in Astana'
    return other.fact.kind in _ENCOUNTERS


def _same_people(stage: Stage, one: Draft, other: Draft) -> bool:
    a, b = _sides(stage, one), _sides(stage, other)
    names, theirs = {p.name for p in one.people}, {p.name for p in other.people}
    if one.fact.kind == "visit":
        return names <= theirs
    return names <= theirs or (a <= b and any(p.kind != "person" for p in (*one.people, *other.people)))


def _sides(stage: Stage, draft: Draft) -> frozenset[str]:
    return frozenset({p.side for p in draft.people} | ({draft.host} if draft.host else set()))


def _without_titles(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Drop what only the title tells of sides that the body names better; keep what adds something to an event of the body."""
    body = [d for d in drafts if d.view.sentence.index]
    out = []
    for draft in drafts:
        if draft.view.sentence.index:
            out.append(draft)
            continue
        twin = next((d for d in body if (d.fact.kind == draft.fact.kind and _sides(stage, d) >= _sides(stage, draft)) or _alike(d, draft)), None)
        if twin is not None:
            if draft.fact.place and not twin.fact.place and twin.view.sentence.paragraph <= 2 and not twin.background:
                twin.fact = msgspec.structs.replace(twin.fact, place=draft.fact.place, ids={**twin.fact.ids, **draft.fact.ids}, evidence=tuple(sorted({*twin.fact.evidence, *draft.fact.evidence}, key=lambda e: e.start)))
        elif all(p.kind == "person" for p in draft.people):
            out.append(draft)
    return out


def _alike(told: Draft, headline: Draft) -> bool:
    """Whether a headline's talk is the call of the same two that the text tells of."""
    return headline.fact.kind == "meeting" and told.fact.kind in REMOTE and told.fact.kind in _ENCOUNTERS and {p.name for p in told.people} == {p.name for p in headline.people}


def _without_greetings(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Congratulations spoken in a talk are no message of their own."""
    spoken = [d for d in drafts if d.fact.kind in _ENCOUNTERS]
    out = []
    for draft in drafts:
        if draft.fact.kind == "message" and any({p.name for p in draft.people} <= {p.name for p in d.people} and (not draft.own_date or d.fact.date == draft.fact.date) for d in spoken):
            span = draft.fact.spans[0]
            stage.bench.reject(draft.view, span.start, span.end, draft.fact.rule, "told-before")
            continue
        out.append(draft)
    return out


def _merged(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Two reports of one event are one: same kind and people, dates that don't differ; persons win over their states."""
    kept: list[Draft] = []
    for draft in drafts:
        for i in range(max(0, len(kept) - _WINDOW), len(kept)):
            other = kept[i]
            if not _one_event(stage, draft, other):
                continue
            kept[i] = _joined(stage, other, draft)
            break
        else:
            kept.append(draft)
    return kept


def _one_event(stage: Stage, one: Draft, other: Draft) -> bool:
    a, b = one.fact, other.fact
    if a.kind != b.kind or a.host != b.host or (_counted(one) != _counted(other) and not (a.date and b.date)):
        return False
    names, theirs = {p.name for p in one.people}, {p.name for p in other.people}
    same = names == theirs
    if not same and a.kind in ("meeting", "phone call", "video call", "signing", "statement", "opening", "visit", "exercise", "message"):
        mixed = any(p.kind != "person" for p in (*one.people, *other.people))
        same = mixed and _sides(stage, one) == _sides(stage, other) and not (a.kind == "visit" and a.planned != b.planned)  # a minister is there, his president will come
    if not same and a.kind in ("summit", "forum"):
        same = bool(names & theirs) or names <= theirs or {p.side for p in one.people} & {p.side for p in other.people} != set()
    if not same:
        return False
    if a.date and b.date and not compatible(a.date, b.date):
        return a.kind == "visit" and (within(a.date, b.date) or (len(a.date) == len(b.date) == _DAY and abs(days_apart(a.date, b.date)) <= _STAY and a.planned == b.planned))
    if a.kind == "visit" and a.planned != b.planned and (two := two_stops(one, other)):
        return not two
    if one.background != other.background and (not a.date or not b.date) and (one.own_date or other.own_date):
        return False
    return not (a.place and b.place and a.place != b.place and not (a.date and a.date == b.date) and a.kind != "visit")


def _counted(draft: Draft) -> bool:
    """Whether a gathering is one of several rounds: it isn't another one of which no date is known."""
    return draft.fact.rule.startswith("event.summit.counted")


def two_stops(one: Draft, other: Draft) -> bool:
    """Whether a visit under way and one still to come, to a city of its own, are told of."""
    planned = one if one.fact.planned else other
    told = other if planned is one else one
    return bool(planned.own_place and planned.own_date and planned.fact.place != told.fact.place and told.view.sentence.index and planned.view.sentence.index)


def _joined(stage: Stage, old: Draft, new: Draft) -> Draft:
    persons_old, persons_new = sum(p.kind == "person" for p in old.people), sum(p.kind == "person" for p in new.people)
    better, worse = (new, old) if persons_new > persons_old else (old, new)
    if persons_new == persons_old and len(new.people) > len(old.people):
        better, worse = new, old
    date = max(sorted(d for d in (better.fact.date, worse.fact.date) if d), key=len, default=None)  # of two days of a visit the first
    adds = (better.fact.date or None) != date or (not better.fact.place and worse.fact.place)
    evidence = tuple(sorted({better.fact.evidence[0], worse.fact.evidence[0]}, key=lambda e: e.start)) if adds else better.fact.evidence
    dated_one = next((d for d in (better, worse) if d.own_date), None)
    first = [d for d in (better, worse) if ".known-visitor" not in d.fact.rule] or [better, worse]  # 'that trip' is as planned as the one it means
    planned = dated_one.fact.planned if dated_one is not None else all(d.fact.planned for d in first)
    fact = msgspec.structs.replace(
        better.fact, date=date, place=better.fact.place or worse.fact.place, level=better.fact.level or worse.fact.level, planned=planned,
        ids={**worse.fact.ids, **better.fact.ids}, confidence=round(min(0.97, max(better.fact.confidence, worse.fact.confidence) + 0.02), 3), evidence=evidence,
        spans=tuple(sorted({*better.fact.spans, *(worse.fact.spans if adds else ())}, key=lambda s: (s.start, s.end, s.role))),
    )  # fmt: skip
    return Draft(view=better.view, fact=fact, people=better.people, host=better.host, own_date=old.own_date or new.own_date, own_place=old.own_place or new.own_place, background=old.background and new.background)


def _dated_by_passage(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Give an event without date that of the older passage it stands in: 'In May 2019 X went to Y. There he met Z.'."""
    for draft in drafts:
        if draft.fact.date or draft.fact.planned or not draft.view.sentence.index:
            continue
        told = _passage(stage, draft)
        if told is not None:
            date, evidence = told
            draft.background = True
            draft.fact = msgspec.structs.replace(draft.fact, date=date, rule=draft.fact.rule + ".passage-date", evidence=tuple(sorted({*draft.fact.evidence, evidence}, key=lambda e: e.start)))
    return drafts


def _passage(stage: Stage, draft: Draft) -> tuple[str, Evidence] | None:
    """The one date of the nearest sentence before in the same paragraph that names any, if it lies well before the article's day, and that sentence."""
    sentence, now = draft.view.sentence, stage.lead_day or stage.bench.article.published
    if usable(draft.view, stage.grammar.possessive) or not now:
        return None
    for back in range(1, _BACK + 1):
        view = stage.bench.resolved.views[sentence.index - back]
        if view.sentence.paragraph != sentence.paragraph or view.sentence.index < 1:
            return None
        told = usable(view, stage.grammar.possessive)
        dates = {str(m.value.iso) for m in told}
        if dates:
            iso = dates.pop()
            opens = told[0].start - view.sentence.start < _OPENING or any(d.own_date and d.fact.date == iso and d.fact.kind in _SCENIC for d in stage.drafts.told_in(view))
            old = opens and len(dates) == 0 and len(iso.split("/")[0]) in _PRECISE and "H" not in iso and "Q" not in iso and days_apart(iso.split("/")[0], now) > _LONG_AGO
            return (iso, stage.bench.evidence(view)[0]) if old else None
    return None


def _inherit(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Give an event of the day's story the date and place of a sibling: same people, a visit and its talks, or one told right before."""
    journeys: dict[str, set[str]] = defaultdict(set)
    for d in stage.drafts:
        if d.host:
            for p in d.people:
                journeys[p.name].add(d.host)
    for _ in range(2):
        for n, draft in enumerate(drafts):
            fact = draft.fact
            date, place = fact.date, fact.place
            siblings = sorted((d for d in drafts[max(0, n - _WINDOW) : n + _WINDOW] if d is not draft and _siblings(stage, journeys, draft, d)), key=lambda d: (abs(d.fact.evidence[0].start - fact.evidence[0].start), d.fact.evidence[0].start))
            if date is None:
                date = next((d.fact.date for d in siblings if d.fact.date and len(d.fact.date) > 4 and d.fact.planned == fact.planned and (not place or not d.fact.place or d.fact.place == place)), None)
            if place is None and fact.kind not in REMOTE:
                place = next((d.fact.place for d in siblings if d.fact.place and d.fact.kind not in REMOTE and _fits(stage, draft, d.fact.place) and (not d.fact.date or not date or compatible(d.fact.date, date) or within(d.fact.date, date))), None)
            if (date, place) != (fact.date, fact.place):
                donor = next((d for d in siblings if (date != fact.date and d.fact.date == date) or (place != fact.place and d.fact.place == place)), None)
                evidence = fact.evidence if donor is None else tuple(sorted({fact.evidence[0], donor.fact.evidence[0]}, key=lambda e: e.start))
                draft.fact = msgspec.structs.replace(fact, date=date, place=place, ids={**fact.ids, **stage.bench.ids([place])}, evidence=evidence)
    return drafts


_PAIR = 2
_UNWORDED = "event.learned.context"
"""How the rule of what no trigger tells of begins."""
_SCENIC = ("meeting", "visit", "signing", "statement", "summit", "forum", "opening")


def _placed_by_scene(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """Give what is still without date or place those of the scene: of the event told last before with a side in common, else of lead and dateline."""
    lead = stage.lead_day
    story = [d for d in drafts if not d.background and d.fact.kind in _SCENIC and d.view.sentence.index]
    hosts: dict[int, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.host:
            hosts[draft.view.sentence.index].add(draft.host)
    opening = {p.name for v in stage.bench.resolved.views if v.sentence.paragraph <= 1 for p in v.parties}
    for n, draft in enumerate(story):
        fact = draft.fact
        date, place = fact.date, fact.place
        mine = _sides(stage, draft)
        before = [d for d in reversed(story[max(0, n - _WINDOW) : n]) if (_sides(stage, d) | members_at(stage, d)) & mine and d.fact.planned == fact.planned]
        persons = {p.name for p in draft.people if p.kind == "person"}
        before.sort(key=lambda d: not persons & {p.name for p in d.people})  # what the same persons did comes first
        aside = all(p.kind == "organisation" for p in draft.people) and not {p.name for p in draft.people} & opening  # 'the guest also attended the summit of the CIS'
        if date is None and not aside and not fact.planned and not _told_of_the_past(stage, draft):
            date = next((d.fact.date for d in before if d.fact.date and len(d.fact.date) > 7), None) or lead
        if place is None:
            goals = hosts[draft.view.sentence.index]
            spots = [d.fact.place for d in before if d.fact.place and _fits(stage, draft, d.fact.place) and (not date or not d.fact.date or compatible(date, d.fact.date) or within(date, d.fact.date))]
            spots = [s for s in spots if not goals or next(iter(stage.states_of(s)), None) in goals]
            place = spots[0] if spots else None
            sure = fact.kind != "signing" or any(p.kind == "person" for p in draft.people)  # where only states signed, the dateline doesn't say
            if place is None and not fact.planned and sure:
                place = next((s.name for s in (stage.titled() if n == 0 else None, stage.cast.dateline) if s is not None and s.state in (goals or mine) and _fits(stage, draft, s.name)), None)
                if place is None and n == 0 and not goals and (title := stage.titled()) is not None and _fits(stage, draft, title.name):
                    place = title.name
        if (date, place) != (fact.date, fact.place):
            draft.fact = msgspec.structs.replace(fact, date=date, place=place, rule=fact.rule + ".scene", ids={**fact.ids, **stage.bench.ids([place])})
    return drafts


def _met_elsewhere(stage: Stage, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether no word tells of a visit, and its sentence has the visitor meet his host in another country."""
    if not draft.host or not draft.fact.rule.startswith(_UNWORDED):
        return False
    meetings = (d for d in drafts if d.view is draft.view and d.fact.kind == "meeting" and d.fact.place and set(draft.fact.visitor) & {p.name for p in d.people} and draft.host in _sides(stage, d))
    return any(where and draft.host not in where for where in (stage.states_of(str(d.fact.place)) for d in meetings))


def _told_of_the_past(stage: Stage, draft: Draft) -> bool:
    """Whether all dates of a sentence lie in earlier years than the day's story: 'In 2012, when he was in Bishkek'."""
    now = stage.lead_day or stage.bench.article.published
    base, trigger = draft.view.sentence.start, min((s.start for s in draft.fact.spans if s.role == "trigger"), default=draft.view.sentence.start)
    dates = [m for m in draft.view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and m.value.use in ("on", "in")]
    dates = [m for m in dates if not stage.grammar.words("apart_openers") & set(draft.view.text[trigger - base : max(trigger, m.start) - base].lower().split())]
    return bool(now and dates) and all(str(m.value.iso)[:4] < str(now)[:4] for m in dates)


def _fits(stage: Stage, draft: Draft, place: str) -> bool:
    """Whether a place may be where an event was: in the host's state for a visit."""
    if not draft.host:
        return bool(place)
    return draft.host == next(iter(stage.states_of(place)), None)


def _elsewhere(journeys: Mapping[str, set[str]], one: Draft, other: Draft) -> bool:
    """Whether an event belongs to another stop of a journey than a visit: its people are those of another host, and none is this one's."""
    visit, event = (one, other) if one.host else (other, one)
    if event.host:
        return False
    hosts = {h for p in visit.people for h in journeys.get(p.name, ()) if h != visit.host}
    theirs = {p.side for p in event.people}
    return bool(hosts & theirs) and visit.host not in theirs


def _siblings(stage: Stage, journeys: Mapping[str, set[str]], one: Draft, other: Draft) -> bool:
    if one.background or other.background or one.fact.planned != other.fact.planned:
        return False
    if {one.fact.kind, other.fact.kind} & {"incident", "sanction", "appointment", "protest", "message"}:
        return False
    if one.host and other.host and one.host != other.host:
        return False
    names, theirs = {p.name for p in one.people}, {p.name for p in other.people}
    a, b = _sides(stage, one), _sides(stage, other)
    visit = "visit" in (one.fact.kind, other.fact.kind)
    if visit and not ({one.fact.kind, other.fact.kind} & {"phone call", "video call"}):
        return (bool(names & theirs) or a == b) and not _elsewhere(journeys, one, other)
    if len(one.people) > _PAIR == len(other.people):
        return False  # what two of them did apart says nothing of the gathering
    return bool(len(names & theirs) >= _PAIR or (a == b and len(a) >= _PAIR))
