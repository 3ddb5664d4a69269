"""What the frames of events share: the state of one article's reading, and how a candidate is written down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec

from relgraph.knowledge.entities import State
from relgraph.knowledge.lexicon import Entry, Lexicon
from relgraph.model import EntityId, EventFact
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.recognise.tokens import Token
from relgraph.relate.candidates import Bench, Reason, span
from relgraph.relate.events.cast import Cast
from relgraph.relate.events.grammar import Grammar
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.relate.modality import modality_of
from relgraph.relate.when import dated, placed
from relgraph.resolve import Party, View

REMOTE = ("phone call", "video call", "message", "sanction")
"""Kinds of events that have no place of their own."""
WITHOUT_DATE = 0.12
_YEAR = 4
_DATELINE = 40  # characters in which the date of a dateline stands
_DASH = re.compile(r"\.?\s*(?:\(|/|--|[—–])")
_LED = 110  # characters between a delegation and the name of its head
_RECENT = 10
_WINDOW = 40  # characters before a place in which its preposition stands
_WORD = 12  # characters before an office in which its article stands
_STORY = 5


class Draft(msgspec.Struct, kw_only=True):
    """A candidate event while the article is read; `weak` ones count only where no other tells of the same."""

    view: View
    fact: EventFact
    people: tuple[Party, ...]
    host: str | None = None
    weak: bool = False
    unasserted: bool = False
    own_date: bool = False
    own_place: bool = False
    background: bool = False
    group: tuple[Party, ...] = ()
    """The states and organisations that the name of a gathering stands for."""
    closed: bool = False
    """Whether the text counts who takes part ('a trilateral summit') and all are found."""


class Drafts(list[Draft]):
    """The drafts of an article in the order in which they are written down; those of one sentence are had without a look at all others."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[int, list[Draft]] = defaultdict(list)

    def append(self, draft: Draft) -> None:
        """Add a draft."""
        super().append(draft)
        self._told[draft.view.sentence.index].append(draft)

    def remove(self, draft: Draft) -> None:
        """Take a draft away, mostly the one added last."""
        del self[next(n for n in reversed(range(len(self))) if self[n] is draft)]
        told = self._told[draft.view.sentence.index]
        del told[next(n for n in reversed(range(len(told))) if told[n] is draft)]

    def told_in(self, view: View) -> Sequence[Draft]:
        """The drafts of a sentence."""
        return self._told.get(view.sentence.index, ())


class Pending(msgspec.Struct, frozen=True):
    """A gathering without participants so far."""

    kind: str
    date: str | None
    place: Party | None
    paragraph: int


class Waiting(msgspec.Struct, frozen=True):
    """A trigger of a summit whose sentence names nobody."""

    sketch: Sketch
    trigger: Mention
    date: str | None


class Stage:
    """One article being read: the bench, who is on stage, and the drafts so far."""

    def __init__(self, bench: Bench, lexicon: Lexicon, grammar: Grammar) -> None:
        self.bench, self.lexicon, self.grammar = bench, lexicon, grammar
        self.cast = Cast(bench, grammar.words("pair_words"), grammar.words("object_relatives"), grammar.words("they_words"), grammar.company, grammar.words("envoy_nouns"))
        self.drafts = Drafts()
        self.earlier = grammar.words("earlier")
        self.papers, self.not_papers, self.statements = grammar.words("paper_nouns"), grammar.words("not_papers"), grammar.words("statement_nouns")
        self.came = grammar.words("came_words")
        self.next_words = grammar.words("next_words")
        self.here, self.ministries = grammar.words("here"), grammar.words("ministries")
        self.gathering_links, self.gathering_goals = grammar.words("gathering_links"), grammar.words("gathering_goals")
        self.gatherings = frozenset(e.id for e in lexicon.section("events") if e.fields.get("frame") == "gather")
        """The triggers that name a gathering."""
        self.coming = frozenset(e.id for e in lexicon.section("events") if e.fields.get("planned"))
        """The triggers whose own words say that it is still to come."""
        self.series: tuple[Party, ...] = ()
        """The states of a gathering that meets again and again, as the text told them last."""
        self.announced: tuple[tuple[Party, ...], int] = ((), -1)
        """Who takes part in a gathering of which the text hasn't said when and where, and the sentence that tells of it."""
        self.pending: Pending | None = None
        """A gathering of which the text has said when or where, but not who came."""
        self.lead_day = lead_day(bench, grammar)
        self.waiting: list[Waiting] = []
        self.acting: dict[int, tuple[Party, ...]] = {}
        """Who does something in a sentence, by its number: persons who are no owners and whom nobody quotes."""
        self.signer: tuple[Party, int, str | None] | None = None
        """Who was told to sign alone last, in which sentence, and when."""
        self.gathered_in = -99
        self.gathered: tuple[Party, ...] = ()
        """Who takes part in the gathering told of last."""

    def reject(self, view: View, trigger: Mention, rule: str, reason: Reason, slot: str = "") -> None:
        """Note why a trigger gave nothing."""
        self.bench.reject(view, trigger.start, trigger.end, rule, reason, slot)

    def add(self, sketch: Sketch, trigger: Mention, kind: str, rule: str, *, people: Sequence[Party] = (), visitor: Sequence[Party] = (), host: str | None = None,
            level: str | None = None, place: Party | None = None, confidence: float, weak: bool = False, when: tuple[str | None, Mention | None] | None = None) -> Draft | None:  # fmt: skip
        """Write down an event with the date and place that its sentence gives."""
        view = sketch.view
        if view.sentence.index and sketch.quoted(trigger.start):
            self.reject(view, trigger, rule, "quoted")
            return None
        published = self.bench.article.published
        modality, planned = modality_of(view, trigger.start, trigger.end, self.bench.modals)
        iso, mention = when if when is not None else dated(sketch, trigger)
        if iso and published and len(iso) == _YEAR < len(published) and iso > published[:_YEAR] and not planned:
            iso = mention = None  # 'signed a plan for 2030'
        spot = None if kind in REMOTE else place or self.place(sketch, trigger, kind)
        if spot is not None and host is not None and kind == "visit" and (there := self.states_of(spot.name)) and host not in there:
            spot = None  # 'flies on to Seoul after a visit to Kazakhstan'
        everyone = [*people, *visitor]
        planned = planned or (modality is None and trigger.key in self.coming)
        if modality is None and kind == "visit" and sketch.passive(trigger) and trigger.text.lower().split()[0].endswith(self.grammar.progressive):
            planned = True  # 'is leaving for Turkey'
        if not planned and iso is None and modality is None and self.cast.planned and everyone and all(p.form in ("anaphor", "anchor", "focus") for p in everyone):
            planned = True  # the talks of a visit that is still to come
        if published and iso:
            first = iso.split("/")[0]
            size = min(len(first), len(published))
            if size >= 7:
                planned = first[:size] > published[:size] or (planned and first[:size] == published[:size])
            elif size == len("2018") and first > published[:size] and kind in ("summit", "visit", "forum", "exercise"):
                planned = True
        background = self.is_old(sketch, trigger, iso, planned)
        if modality is not None:
            rule += ".modal"
        if view.sentence.index == 0:
            rule += ".headline"
            confidence -= 0.15
        spans = [span("trigger", trigger.start, trigger.end)]
        spans += [span("visitor" if p in visitor else "participants", p.start, p.end) for p in everyone if view.sentence.start <= p.start < p.end <= view.sentence.end]
        if mention is not None:
            spans.append(span("date", mention.start, mention.end))
        if spot is not None and view.sentence.start <= spot.start < spot.end:
            spans.append(span("place", spot.start, spot.end))
        fact = EventFact(
            kind=kind, participants=tuple(p.name for p in people), visitor=tuple(v.name for v in visitor), host=host, level=level, date=iso, place=spot.name if spot else None,
            planned=planned, evidence=self.bench.evidence(view), spans=tuple(sorted(set(spans), key=lambda s: (s.start, s.end, s.role))), rule=rule, modality=modality,
            confidence=round(max(0.05, confidence * max(0.88, min((p.confidence for p in everyone), default=1.0))), 3), ids=self.bench.ids([*(p.name for p in everyone), host, spot.name if spot else None]),
        )  # fmt: skip
        draft = Draft(view=view, fact=fact, people=tuple(everyone), host=host, weak=weak, unasserted=modality is not None, own_date=iso is not None, own_place=spot is not None, background=background)
        self.drafts.append(draft)
        if view.sentence.index and modality is None and not background:
            if spot is not None and spot.form == "place" and not planned:
                self.cast.spot = spot
            pair = [p for p in everyone if p.kind == "person"]
            if kind not in ("visit", "appointment", "message") and len(pair) == 2 and not (kind == "signing" and self.cast.talks):
                self.cast.met(view, pair)
        return draft

    def is_old(self, sketch: Sketch, trigger: Mention, iso: str | None, planned: bool) -> bool:
        """Whether an event is no part of the day's story: its date lies weeks before the article, or its clause says 'previous', 'earlier'."""
        published = self.bench.article.published or self.lead_day
        if iso and published and not planned:
            first = iso.split("/")[0]
            if len(first) == 10 and self.lead_day is not None and days_apart(first, self.lead_day) > _STORY:
                return True
            return len(first) < 7 or days_apart(first, published) > (45 if len(first) == 7 else 21)
        if iso is None and any(w.low in self.grammar.words("recent_words") for w in sketch.before(trigger.start, 2)):
            return True
        return iso is None and any(w.low in self.earlier and not self._goes_on(sketch, w) for w in sketch.undated() if sketch.clause(w.start) == sketch.clause(trigger.start))

    def _goes_on(self, sketch: Sketch, word: Token) -> bool:
        """Whether 'then' only tells what came next: 'X then held talks', not 'the then president', 'since then'."""
        if word.low not in self.next_words:
            return False
        before = sketch.before(word.start, 1)
        return not (before and before[0].low in self.earlier | self.grammar.fillers)

    def place(self, sketch: Sketch, trigger: Mention, kind: str = "") -> Party | None:
        """Return the place of a trigger: a city of its sentence, or what 'here' means."""
        found = placed(sketch, trigger, paper=kind == "signing")
        if found is not None and found.reason == "capital-described":
            return self.capital(found)
        if found is not None and found.name.lower() in self.grammar.buildings and found.state:
            return self.seat(found)
        if found is None and any(w.low in self.here for w in sketch.words):
            return self.dateline(sketch.view)
        return self.there(sketch) if found is None else found

    def there(self, sketch: Sketch) -> Party | None:
        """The last city of the sentence before, which 'there' means: 'received him there', not 'there are'."""
        words, index = sketch.words, sketch.view.sentence.index
        said = any(w.low in self.grammar.words("there") and not (n + 1 < len(words) and words[n + 1].low in self.grammar.words("not_there")) for n, w in enumerate(words))
        spots, text = self.grammar.spots, self.bench.article.text
        told = self.bench.resolved.views[index - 1].places if said and index > 1 else []
        spot = next((p for p in reversed(told) if spots.at.search(near := text[max(0, p.start - _WINDOW) : p.start]) and not spots.come_from.search(near)), None)
        return msgspec.structs.replace(spot, start=sketch.view.sentence.start, end=sketch.view.sentence.start) if spot is not None else None

    def states_of(self, place: str) -> list[str]:
        """The names of the states that a known place lies in."""
        reference = self.bench.knowledge.reference
        return [reference.name(s) for i in reference.find(place) if i.startswith("place:") for s in getattr(reference.entities[i], "states", ())]

    def seat(self, spot: Party) -> Party | None:
        """The capital, where the palace stands that a text names."""
        reference = self.bench.knowledge.reference
        state = next((e for i in reference.find(spot.state or "") if isinstance(e := reference.entities[i], State)), None)
        return self.capital(msgspec.structs.replace(spot, name=state.capital, id=None)) if state is not None and state.capital else None

    def capital(self, spot: Party) -> Party:
        """A capital that is only described, by the name that the article gives it ('Nur-Sultan')."""
        reference = self.bench.knowledge.reference
        states = [e for i in reference.find(spot.state or "") if isinstance(e := reference.entities[i], State)]
        for former in states[0].capital_former if states else ():
            if former.name.casefold() in self.bench.article.text.casefold():
                return msgspec.structs.replace(spot, name=former.name)
        return spot

    def dateline(self, view: View) -> Party | None:
        """The dateline's city as a place that the sentence doesn't name."""
        spot = self.cast.dateline
        return msgspec.structs.replace(spot, start=view.sentence.start, end=view.sentence.start) if spot is not None else self.titled()

    def titled(self) -> Party | None:
        """The one city that the headline places its event in."""
        found = {p.name: p for v in self.bench.resolved.views[:1] for p in v.places if p.reason != "capital-described" and p.state}
        spot = next(iter(found.values())) if len(found) == 1 else None
        return spot if spot is not None and self.grammar.spots.inside.search(self.bench.article.text[: spot.start]) else None

    def members(self, group: Group | None, view: View) -> tuple[Party, ...]:
        """The parties of a group, office holders by name where the article names them."""
        return tuple(self.named(view, self.cast.members(group, view), group))

    def leaders(self, sketch: Sketch, group: Group | None, parties: Sequence[Party]) -> tuple[Party, ...]:
        """Who is said to lead the delegation that a group is: 'an Afghan delegation led by X'; else the parties themselves."""
        if group is None or not parties or any(p.kind == "person" for p in parties):
            return tuple(parties)
        led = next((g for g in sketch.groups if g.start >= group.end and g.prep in sketch.grammar.agents and g.position == "governed"), None)
        if led is None or led.start - group.end > _LED or not any(w.low in self.grammar.words("led") for w in sketch.between(group.end, led.start)):
            return tuple(parties)
        heads = tuple(p for p in self.members(led, sketch.view) if p.kind == "person" and (p.state is None or p.state in {q.state for q in parties}))
        return tuple(msgspec.structs.replace(h, state=h.state or parties[0].state) for h in heads[:1]) or tuple(parties)

    def named(self, view: View, parties: Sequence[Party], group: Group | None) -> list[Party]:
        """Put the persons whom the article names for 'the heads of government of A and B' in the place of their states."""
        from relgraph.relate.events.cast import same_rank

        said = {str(m.value) for m in view.of_kind("office") if group is not None and group.start - 45 <= m.start < group.end}
        out: list[Party] = []
        for party in parties:
            title = None
            anybody = self.bench.article.text[max(0, party.start - _WORD) : party.start].lower().split()[-1:]
            if said and party.kind == "state" and not self.lexicon.words("indefinite").intersection(anybody) and (party.form == "office" or any(p.form == "office" for p in parties)):
                title = next((t for t in self.bench.resolved.titles if t.of == party.name and any(same_rank(o, t.office) for o in said)), None)
            out.append(party if title is None else msgspec.structs.replace(party, name=title.person, id=self.bench.resolved.ids.get(title.person), kind="person"))
        return out

    def holder(self, state: str, offices: set[str]) -> Party | None:
        """The person named in the article who holds one of some offices of a state on its day."""
        from relgraph.relate.events.cast import same_rank

        published = self.bench.article.published
        people = {p.name: p for v in self.bench.resolved.views for p in v.parties if p.kind == "person" and p.state == state and p.id}
        if not published:
            return next(iter(people.values())) if len(people) == 1 else None
        held = [p for p in people.values() if any(same_rank(o, t.office) for o in offices for t in self.bench.knowledge.reference.offices_of(EntityId(str(p.id)), published))]
        return held[0] if len(held) == 1 else None


def days_apart(first: str, published: str) -> int:
    """Days from a date to the day of publication, months and days unknown taken as the first."""
    one, two = (date.fromisoformat((d + "-01-01"[len(d) - 4 :])[:10]) for d in (first, published[:10]))
    return (two - one).days


def lead_day(bench: Bench, grammar: Grammar) -> str | None:
    """The first day that the lead names, but not one of saying ('the ministry said on Thursday'), if it is no more than some days before the article; of an article without a date, the first full day of its lead."""
    published = bench.article.published
    if published and len(published) < len("2025-01-01"):
        return None
    head: str | None = None
    for view in bench.resolved.views:
        if 1 <= view.sentence.paragraph <= 2:
            for mention in (m for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and (m.value.use not in ("by", "since") or (m.value.relative and m.value.use == "since"))):
                first = str(mention.value.iso).split("/")[0]
                words = [w for w in view.text[: mention.start - view.sentence.start].lower().split() if w not in grammar.prepositions]
                if words and words[-1] in grammar.sayers:
                    continue
                if len(first) == len("2025-01-01") and (not published or (first <= published and days_apart(first, published) <= _RECENT)):
                    if mention.start - view.sentence.start > _DATELINE or not _DASH.match(view.text, mention.end - view.sentence.start):
                        return first
                    head = head or first  # 'TOKYO, Aug. 28 (Agency) -- ...': the day of writing, unless the sentence names another
    return head


def compatible(one: str, other: str) -> bool:
    """Whether two dates may be of one day: one is a part of the other."""
    a, b = one.split("/")[0], other.split("/")[0]
    return a.startswith(b) or b.startswith(a)


def within(one: str, other: str) -> bool:
    """Whether a day lies in an interval, either way round."""
    for day, interval in ((one, other), (other, one)):
        first, _, last = interval.partition("/")
        if last and first <= day.split("/")[0] <= last:
            return True
    return False


def sides(parties: Sequence[Party]) -> set[str]:
    """The sides that parties stand for."""
    return {p.side for p in parties}


def kind_of(entry: Entry) -> str:
    """The kind of event of a trigger's entry."""
    return str(entry.fields["kind"])
