"""Who is on stage while an article is read: the last talks, the visitor and the host, and what 'the two' and 'his guest' stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import msgspec

from relgraph.knowledge.entities import Place
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.resolve import Party, View

_HEAD = 20  # characters before a pronoun that opens a sentence
_OPENING = 2  # paragraphs in which a dateline may stand
_OPENS = re.compile(r"(?:,\s[^\W\d_][\w. ]{2,24})?(?:,?\s[^\W\d_]{3,9}\.?\s?\d{0,2}(?:,?\s\d{4})?)?(?:\s?\([^)]{2,40}\)|\s?/[^/]{2,40}/)?(?:\s?(?:--|[—–])|\s-\s|[.:]?\s*$|[.:]\s)")
HEADS = ("president", "prime minister")
_COMING = ("attend", "travel", "presence")
_NEAR = 3  # sentences within which a smaller list of guests doesn't replace the one before
_APART = 12  # characters between two names of one list, with a title
_FRESH = 7  # sentences after which talks are no longer what 'the two' means


class Cast:
    """The persons of an article in the order of the telling."""

    def __init__(self, bench: Bench, pair_words: frozenset[str] = frozenset(), relatives: frozenset[str] = frozenset(), they: frozenset[str] = frozenset(), company: frozenset[str] = frozenset(), envoys: frozenset[str] = frozenset()) -> None:
        self.bench = bench
        self.titles: dict[str, set[str]] = {}
        for title in bench.resolved.titles:
            self.titles.setdefault(title.person, set()).add(title.office)
        self.talks: tuple[Party, ...] = ()
        self.three: tuple[Party, ...] = ()
        self.roster: tuple[Party, ...] = ()
        """Three or more persons of different sides whom one sentence names together."""
        self.rostered_in = -99
        self.talked_in = -99
        self.visitor: Party | None = None
        self.host: Party | None = None
        self.where: str | None = None
        """State in which the scene plays."""
        self.city: Party | None = None
        self.addressee: Party | None = None
        self.planned = False
        """Whether the visit told of last is still to come."""
        self.way: tuple[str, str | None, int] | None = None
        """A traveller, the date and the sentence of a journey whose goal isn't said there."""
        self.spot: Party | None = None
        """The city that the story was last placed in."""
        self.series: tuple[Party, str | None, Party | None] | None = None
        """Who held a round of talks, with its date and place: 'a series of meetings that X held in A on Saturday'."""
        self.persons: list[Party] = []
        self.subject: Party | None = None
        """The person whom 'he' means at the head of a sentence."""
        self.pair_words, self.relatives, self.company = pair_words, relatives, company
        """What says that 'the presidents' are two: 'both', 'two'."""
        self.they, self.envoys = they, envoys
        """Pronouns that only repeat who was said before."""
        self.leading = self._leading()
        self.dateline = self._dateline()
        """The city that the article is written from."""

    # -- what is told -----------------------------------------------------------------------------------------
    def notice(self, view: View, sketch: Sketch | None) -> None:
        """Remember the persons of a sentence once it has been read."""
        self.persons += [p for p in view.parties if p.kind == "person" and p.form not in ("pronoun", "bare-office")]
        if view.sentence.index and sketch is not None:
            alone = {p.name: p for g in sketch.groups if g.position != "speaker" and not g.anaphor for p in g.parties if p.kind == "person"}
            acting = any(g.position == "subject" and (g.anaphor in ("he", "someone", "guest", "host") or any(p.form == "national" for p in g.parties)) for g in sketch.groups)
            if acting and self.subject is not None:
                alone = {}  # somebody told of before acts here; who else is named only meets him
            if len(alone) == 1 and not any(g.anaphor == "he" and g.position == "subject" and g.start - view.sentence.start < _HEAD for g in sketch.groups):
                self.subject = next(iter(alone.values()))
            main = [g for g in sketch.groups if sketch.clauses[g.clause].opener in {"", ";", *sketch.grammar.words("content_openers")}]
            for group in [*main, *(g for g in sketch.groups if g not in main)]:
                if group.position == "owner" and group is sketch.groups[0] and group.start - sketch.words[0].start < 12:
                    owners = [p for p in self.members(group, view) if p.kind == "person"]
                    if len(owners) == 1:
                        self.subject = owners[0]
                if group.position in ("subject", "speaker") or (group.prep in sketch.grammar.company and group.start == sketch.words[0].start):
                    people = [p for p in self.members(group, view) if p.kind == "person" and not any(sketch.grammar.is_office(o, "press") for o in self.titles.get(p.name, ()))]
                    if len(people) == 1 and group.position != "governed":
                        self.subject = people[0]
                        break
                    if len(people) > 1:
                        break
        if view.sentence.index and sketch is not None:
            groups = [g for g in sketch.groups if g.position != "speaker" and not g.anaphor and not sketch.absent(g)]
            together = {p.name: p for g in groups for p in g.parties if p.kind == "person" and p.state}
            listed = any(sum(p.kind == "person" for p in g.parties) >= 2 for g in groups) or any(t.key in _COMING for t in view.of_kind("event"))
            bigger = view.sentence.index - self.rostered_in <= _NEAR and len(self.roster) > len(together)
            if len({p.state for p in together.values()}) >= 3 and listed and not bigger:
                self.roster, self.rostered_in = tuple(together.values()), view.sentence.index
        named = [p for p in view.parties if p.kind == "person" and p.form in ("name", "surname", "office")]
        if len({p.name for p in named}) == 3:
            self.three = tuple({p.name: p for p in named}.values())

    def met(self, view: View, parties: Sequence[Party]) -> None:
        """Remember who talked."""
        if len({p.side for p in parties}) > 1:
            if len(parties) == 2:
                self.talks, self.talked_in = tuple(parties), view.sentence.index
            elif len(parties) == 3:
                self.three = tuple(parties)

    def came(self, visitor: Party, host: str, city: Party | None) -> None:
        """Remember who came where."""
        self.visitor, self.where, self.city = visitor, host, city or (self.city if self.where == host else None)

    # -- what words stand for ---------------------------------------------------------------------------------
    def members(self, group: Group | None, view: View) -> tuple[Party, ...]:
        """The parties of a group; those that an anaphor stands for, at its place in the text."""
        if group is None:
            return ()
        if not group.anaphor:
            return slim([self._national(p, view) for p in group.parties])
        found = self._meant(group, view)
        meant = tuple(msgspec.structs.replace(p, start=group.start, end=group.end, lead=-1, tail=-1, form="anaphor", reason=f"anaphor-{group.anaphor}", confidence=min(p.confidence, 0.9)) for p in found)
        return slim([*meant, *(self._national(p, view) for p in group.parties)])

    def _meant(self, group: Group, view: View) -> Sequence[Party]:
        if group.anaphor == "three":
            return self.three if len(self.three) == 3 else ()
        if group.anaphor in ("he", "him", "someone"):
            return [p] if (p := self._one(group, view)) is not None else []
        if group.anaphor in ("latter", "former"):
            named = list(dict.fromkeys(p.name for p in self.persons[-6:]))
            wanted = named[-1:] if group.anaphor == "latter" else named[-2:-1]
            return [p for p in reversed(self.persons) if p.name in wanted][:1]
        if group.anaphor == "guests":
            away = self.subject.side if self.subject is not None else self.where
            return [p for p in self.roster if p.side != away] if view.sentence.index - self.rostered_in <= 12 else []
        if group.anaphor == "colleague":
            return [p] if (p := self._colleague(group, view)) is not None else []
        if group.anaphor == "guest":
            return [g] if (g := self.guest(view)) is not None else []
        if group.anaphor == "host":
            return [h] if (h := self.host_person(view)) is not None else []
        offices = {str(m.value) for m in view.of_kind("office") if group.start <= m.start < group.end}
        text = self.bench.article.text[group.start : group.end].lower()
        if text in self.they and not offices and (plural := [m for m in view.of_kind("office") if m.form == "plural" and m.end <= group.start]):
            offices = {str(plural[-1].value)}  # 'the goal that the presidents set when they met'
        if text in self.they and len(listed := _listed(view, group.start)) > 2:
            return listed  # 'the presidents of A, B and C met; there they concluded ...'
        if text in self.they and (people := [p for p in view.parties if p.end <= group.start and p.form == "demonym"]):
            return people[-1:]  # 'the Kazakhs had settled it: with A and B they concluded ...'
        if group.anaphor == "pair" and not any(w in text for w in self.pair_words) and self.roster and view.sentence.index - self.rostered_in <= _FRESH and self.rostered_in >= self.talked_in:
            return self.roster
        pair = self._pair(view, offices, group.start)
        if group.anaphor == "sides":
            return [self.as_state(p) for p in pair] if pair and len({p.side for p in pair}) == 2 else self._focus(view)
        return pair or self._focus(view)

    def _national(self, party: Party, view: View) -> Party:
        """The person whom 'the Uzbek guest' means: the last one of that state, else the state."""
        if party.form != "national":
            return party
        here = [p for p in view.parties if p.kind == "person" and p.end <= party.start and p.form in ("name", "surname")]
        envoy = self.bench.article.text[party.end : max(party.end, party.tail)].lower().split()[-1:]
        envoys = bool(self.envoys.intersection(envoy))  # 'the Uzbek diplomat' is no president
        for known in (*reversed(here), *([self.visitor] if self.visitor is not None else []), *self.talks, *reversed(self.persons)):
            if known.kind == "person" and known.state == party.state and not (envoys and self._hold([known], HEADS)):
                return msgspec.structs.replace(known, start=party.start, end=party.end, lead=-1, tail=party.tail, form="office", reason="national", confidence=0.88)
        return msgspec.structs.replace(party, form="office")

    def _colleague(self, group: Group, view: View) -> Party | None:
        """Whom 'his colleague' means: the last person of another side who holds the same office as the subject."""
        before = [p for p in view.parties if p.kind == "person" and p.end <= group.start and p.form not in ("pronoun", "bare-office")]
        one = before[0] if before else self.subject
        if one is None:
            return None
        for other in reversed(self.persons):
            if other.side != one.side and any(same_rank(a, b) for a in self.titles.get(one.name, ()) for b in self.titles.get(other.name, ())):
                return other
        return next((p for p in self.talks if p.side != one.side and p.kind == "person"), None)

    def _one(self, group: Group, view: View) -> Party | None:
        """Whom 'he', 'him' or 'the minister' means."""
        here = [p for p in view.parties if p.kind == "person" and p.form not in ("pronoun", "bare-office") and p.end <= group.start]
        if group.anaphor == "he":
            here = [p for p in here if not self._beside(p, view)]
            if here and view.text[here[-1].last - view.sentence.start : group.start - view.sentence.start].strip(" ,").lower().rpartition(" ")[2] in self.relatives:
                here = here[:-1]  # 'with X, to whom he put the question'
            return here[0] if here else self.subject
        if group.anaphor == "him":
            if len(here) > 1:
                return here[0]
            near = here[-1] if here else self.subject
            other = next((p for p in self.talks if near is not None and p.side != near.side and p.kind == "person"), None)
            if here and self.subject is not None and self.subject.side != here[-1].side:
                return self.subject
            return other or (None if here else self.subject)
        offices = {str(m.value) for m in view.of_kind("office") if group.start <= m.start < group.end}
        if not offices:
            return self.subject
        holders = [p for p in reversed(self.persons) if any(same_rank(o, held) for o in offices for held in self.titles.get(p.name, ()))]
        if self.leading is not None and len({p.side for p in holders}) > 1 and any(p.name == self.leading.name for p in holders):
            return self.leading
        if self.subject is not None and any(p.name == self.subject.name for p in holders):
            return self.subject
        return holders[0] if holders else None

    def _beside(self, party: Party, view: View) -> bool:
        """Whether a sentence begins with the one beside whom somebody acts: 'With Ambassador X he exchanged notes'."""
        lead = view.text[: party.first - view.sentence.start].lower().split()
        return bool(lead) and lead[-1] in self.company and (len(lead) == 1 or lead[-2].endswith((";", ",")))

    def _pair(self, view: View, offices: set[str], before: int) -> Sequence[Party]:
        """The two whom 'the two' means: those named in the sentence before it, of the last talks, else the last two persons of different sides; with an office, only holders of it."""
        here = {p.name: p for p in view.parties if p.kind == "person" and (p.state or p.office) and p.end <= before}
        if len(here) == 2 and len({p.side for p in here.values()}) == 2 and self._hold(tuple(here.values()), offices):
            return list(here.values())  # 'he and X signed it; afterwards they opened ...'
        fresh = self.talks if view.sentence.index - self.talked_in <= _FRESH else ()
        if len(fresh) == 2 and self._hold(fresh, offices):
            return fresh
        recent = [p for p in (*self.persons[-8:], *here.values()) if p.state and self._hold([p], offices) and not self._past(p, offices)]
        last = recent[-1] if recent else None
        other = next((p for p in reversed(recent) if last is not None and p.state != last.state), None)
        if last is not None and other is not None and (not view.focus or {last.state, other.state} <= set(view.focus)):
            return [other, last]
        spoken = [p for p in view.parties if p.end <= before and p.form != "adjective"]
        return self.talks if not spoken and len(self.talks) == 2 and self._hold(self.talks, offices) and (not view.focus or {p.side for p in self.talks} <= set(view.focus)) else ()

    def _hold(self, parties: Iterable[Party], offices: Collection[str]) -> bool:
        if not offices:
            return True
        return all(p.kind == "person" and any(same_rank(o, held) for o in offices for held in self._offices(p)) for p in parties)

    def _past(self, person: Party, offices: set[str]) -> bool:
        """Whether somebody held all such offices that the reference knows of only before or after the article: no 'president' of its day."""
        reference, published = self.bench.knowledge.reference, self.bench.article.published
        held = [t for t in reference.offices_of(person.id, None) if any(same_rank(o, t.office) for o in offices)] if person.id and published and offices else []
        return bool(held) and not any(t in held for t in reference.offices_of(str(person.id), published))

    def _offices(self, person: Party) -> set[str]:
        """What a person holds: by the text, else by the list of office holders on the day of the article."""
        held, published = self.titles.get(person.name), self.bench.article.published
        if held or not person.id or not published:
            return held or set()
        return {t.office for t in self.bench.knowledge.reference.offices_of(person.id, published)}

    def _focus(self, view: View) -> Sequence[Party]:
        if len(view.focus) != 2:
            return ()
        return [self.state(name, view) for name in view.focus]

    def state(self, name: str, view: View) -> Party:
        """A state as a party that no word of the sentence names."""
        at = view.sentence.start
        return Party(start=at, end=at, name=name, id=self.bench.resolved.ids.get(name), kind="state", state=name, form="focus", reason="pair-in-focus", confidence=0.85)

    def as_state(self, party: Party) -> Party:
        """The state for which a person stands."""
        if party.kind != "person" or not party.state:
            return party
        return msgspec.structs.replace(party, name=party.state, id=self.bench.resolved.ids.get(party.state), kind="state")

    def guest(self, view: View) -> Party | None:
        """Whom 'the guest' means: the visitor, else the one of the last talks who isn't at home."""
        if self.visitor is not None and self.visitor.kind == "person":
            return self.visitor
        home = self.where or self.home()
        return next((p for p in self.talks if home and p.kind == "person" and p.state and p.state != home), None)

    def host_person(self, view: View) -> Party | None:
        """Whom 'his host' means: the one of the last talks who is at home, else the leading person of the state visited."""
        home = self.where or self.home()
        for party in self.talks:
            if party.kind == "person" and home and party.state == home:
                return party
        return next((p for p in reversed(self.persons) if home and p.state == home), None)

    def home(self) -> str | None:
        """The state that the dateline lies in."""
        return self.dateline.state if self.dateline is not None else None

    def _dateline(self) -> Party | None:
        """The city that the article is written from: of its dateline, else of one that opens the text ('ASTANA. AGENCY - ', 'Tashkent, Uzbekistan, May 5')."""
        reference, city = self.bench.knowledge.reference, self.bench.article.dateline_place
        for found in reference.find(city) if city else ():
            entity = reference.entities[found]
            if isinstance(entity, Place) and entity.states:
                return Party(start=0, end=0, name=str(city), id=found, kind="state", state=reference.name(entity.states[0]), form="place", reason="dateline")
        for view in self.bench.resolved.views:
            if view.sentence.paragraph > _OPENING:
                break
            for spot in view.places:
                if view.sentence.index and spot.start == view.sentence.start and _OPENS.match(view.text, spot.end - spot.start):
                    return msgspec.structs.replace(spot, start=0, end=0, reason="dateline")
        return None

    def head_of(self, state: str) -> Party | None:
        """The person of a state whom the article speaks of most, if he holds one of the highest offices."""
        found = [p for v in self.bench.resolved.views for p in v.parties if p.kind == "person" and p.state == state and any(same_rank(o, held) for o in ("president", "prime minister") for held in self.titles.get(p.name, ()))]
        return max(found, key=lambda p: sum(q.name == p.name for q in found), default=None)

    def _leading(self) -> Party | None:
        """The person of whom the article speaks most."""
        counts: dict[str, int] = {}
        first: dict[str, Party] = {}
        for view in self.bench.resolved.views:
            for party in view.parties:
                if party.kind == "person" and party.state:
                    counts[party.name] = counts.get(party.name, 0) + (2 if view.sentence.paragraph <= 1 else 1)
                    first.setdefault(party.name, party)
        best = max(counts, key=lambda n: (counts[n], -first[n].start), default=None)
        return first[best] if best is not None and counts[best] >= 3 else None

    def called(self, mention: Mention, sketch: Sketch) -> bool:
        """Whether 'his', 'her' or 'their' stands before a trigger."""
        return any(w.low in sketch.grammar.possessives for w in sketch.before(mention.start, 3))


def _listed(view: View, before: int) -> list[Party]:
    """The states or persons of three sides or more that a sentence names as one list before a word; empty when it names no such list."""
    run: list[Party] = []
    best: list[Party] = []
    for party in view.parties:
        if party.end > before:
            break
        if party.kind not in ("state", "person") or party.form in ("adjective", "pronoun", "metonym"):
            continue
        run = [*run, party] if run and party.first - run[-1].last < _APART else [party]
        if len({p.side for p in run}) == len(run) > len(best):
            best = run
    return best


_RANKS = ({"president", "acting president", "king", "emir", "chairman of halk maslahaty"}, {"prime minister", "chairman of the cabinet of ministers", "head of the cabinet of ministers", "chancellor"}, {"foreign minister", "acting foreign minister"})


def same_rank(said: str, held: str) -> bool:
    """Whether a plural office may mean a holder of another: presidents and kings, heads of government, ministers."""
    return said == held or any(said in rank and held in rank for rank in _RANKS) or (said == "minister" and "minister" in held and "prime" not in held)


def slim(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Drop repeats, states whose person is named, and regions beside their states."""
    chosen: dict[str, Party] = {}
    for party in parties:
        chosen.setdefault(party.name, party)
    persons = {p.state for p in chosen.values() if p.kind == "person"}
    return tuple(p for p in chosen.values() if not (p.kind == "state" and p.name in persons))
