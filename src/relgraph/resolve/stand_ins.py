"""Expressions that stand for somebody named elsewhere: an office without a name, 'his Kazakh counterpart', 'the president', he and she."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.model import EntityId
from relgraph.resolve.holders import Scene
from relgraph.resolve.order import covers, within
from relgraph.resolve.parties import Party, Title, View, view_at
from relgraph.resolve.people import Everybody
from relgraph.resolve.wording import Wording

_NEAR = 120
_WORD = 12
"""Characters before an office in which its article stands."""
_RECENT = 60
"""How many persons named before 'the president' may mean."""


class _Span(NamedTuple):
    start: int
    end: int


_SPECIFIC = ("minister", "ambassador", "chancellor")


def unnamed(scene: Scene, people: Everybody, held: Mapping[str, Sequence[Title]], date: str | None, wording: Wording) -> list[Party]:
    """An office holder who isn't named: the person of the article who holds the office so far, at its date first, else his state. `held`: the titles of each state."""
    found = []
    for one in scene.joined:
        office, of = one.office, one.of
        if one.person is not None or of is None or office.form == "former" or of.form == "noun":
            continue
        if of.kind == "state" and any(people.states.get(q.name) == of.name for q in within(scene.persons, one.start - _NEAR + 1, one.start + _NEAR)):
            continue
        if of.kind != "state" or office.form == "plural":
            found.append(_change(of, form="office" if office.form == "plural" else of.form))
            continue
        said = str(office.value)
        holders = [t for t in held.get(of.name, ()) if t.office == said or (office.key == "president" and said not in office.text.lower())]
        holder = next((t for t in holders if people.serves(t, date)), holders[0]) if holders else None
        if holder is not None and _anybody(scene.view, one.start, wording):
            holder = None  # 'the first journey that a Kyrgyz head of state made'
        if holder is not None:
            found.append(Party(start=one.start, end=one.end, name=holder.person, id=people.ids.get(holder.person), kind="person", state=of.name, form="office",
                               reason="office-held-in-article", confidence=0.9, office=said))  # fmt: skip
        else:
            found.append(Party(start=one.start, end=one.end, name=of.name, id=of.id, kind="state", state=of.name, form="office", reason="unnamed-office-holder", confidence=0.85, office=said))
    return found


def office_holders(views: Sequence[View], people: Everybody, knowledge: Knowledge, date: str | None, wording: Wording) -> None:
    """'The Tajik president' is the person whom the article names anywhere and who holds the office, by the article or by the reference at its date."""
    offices: dict[tuple[str, str], str] = {}
    for name, entity_id in people.ids.items():
        for tenure in knowledge.reference.offices_of(entity_id, date) if entity_id and date else ():
            offices.setdefault((tenure.office, knowledge.reference.name(tenure.of)), name)
    for title in people.titles:
        if title.of:
            offices.setdefault((title.office, title.of), title.person)
    for view in views:
        out = []
        for party in view.parties:
            holder = offices.get((party.office, party.name)) if party.form == "office" and party.kind == "state" and party.office else None
            if holder is None and party.form == "office" and party.kind == "state" and party.office in wording.vague:
                fields = {name for (office, of), name in offices.items() if of == party.name and office.endswith(f" {party.office}") and office not in wording.known_offices}
                holder = next(iter(fields)) if len(fields) == 1 else None  # 'the Tajik minister': the only one whom the article names
            if holder is not None and _anybody(view, party.start, wording):
                holder = None
            out.append(party if holder is None else _change(party, name=holder, id=people.ids.get(holder), kind="person", state=party.name, reason="office-held-in-article", confidence=0.9))
        view.parties = out


def bare_offices(views: Sequence[View], people: Everybody, wording: Wording) -> None:
    """'The president' and 'the guest' stand for the last person named with this office."""
    offices: dict[str, set[str]] = {}
    called: dict[str, set[str]] = {}
    """By each title that an office has in some states only, who is called so: 'the external affairs minister'."""
    for title in people.titles:
        offices.setdefault(title.person, set()).add(title.office)
        view = view_at(views, title.start)
        said = view.text[title.start - view.sentence.start : title.end - view.sentence.start].lower() if view is not None else ""
        for local in wording.local_titles:
            if local in said:
                called.setdefault(local, set()).add(title.person)
    recent: list[Party] = []
    for view in views:
        taken = sorted((_Span(p.first, p.last) for p in view.parties), key=lambda s: s.start)
        found = []
        for mention in view.of_kind("office"):
            if mention.form or covers(taken, mention.start):
                continue
            only = next((called.get(t, set()) for t in sorted(wording.local_titles) if t in mention.text.lower()), None)
            holder = next((p for p in reversed(recent) if (only is None or p.name in only) and _same_office(str(mention.value), offices.get(p.name, set()))), None)
            before = view.text[: mention.start - view.sentence.start].rstrip().lower().rpartition(" ")[2]
            if holder is not None and before in wording.definite:
                found.append(_change(holder, start=mention.start, end=mention.end, form="bare-office", reason="office-held-before", confidence=0.8, lead=-1, tail=-1))
        view.parties = sorted([*view.parties, *found], key=lambda p: (p.start, p.end))
        recent = [*recent, *(p for p in view.parties if p.kind == "person" and p.form in ("name", "surname"))][-_RECENT:]


def _same_office(said: str, held: set[str]) -> bool:
    return said in held or (said in _SPECIFIC and any(o.endswith(said) or said in o for o in held))


def counterpart_parties(views: Sequence[View], people: Everybody, held: Mapping[str, Sequence[Title]]) -> None:
    """'his Kazakh counterpart' stands for the holder of the same office on the other side, if the article names one."""
    for view in views:
        changed: dict[int, Party | None] = {}
        for mention in view.of_kind("counterpart"):
            state = next((p for p in within(view.parties, mention.start - 40, mention.start) if p.end <= mention.start and mention.start - p.end < 3 and p.form == "adjective"), None)
            if state is None:
                continue
            follow = next((p for p in within(view.parties, mention.end, mention.end + 3) if p.kind == "person"), None)
            if follow is not None:
                changed[id(follow)], changed[id(state)] = _change(follow, lead=state.start, state=state.name), None
                continue
            subject = next((p for p in view.parties[:8] if p.kind == "person" and p.end < state.start), None)
            title = people.title_of.get(subject.name) if subject is not None else None
            holder = next((t for t in held.get(state.name, ()) if title is None or t.office == title.office), None)
            party = _change(state, end=mention.end, form="counterpart", reason="counterpart")
            if holder is not None:
                party = _change(party, name=holder.person, id=people.ids.get(holder.person), kind="person", state=state.name)
            changed[id(state)] = party
        if changed:
            kept = [changed.get(id(p), p) for p in view.parties]
            view.parties = [p for p in kept if p is not None]


def pronouns(views: Sequence[View], people: Everybody, knowledge: Knowledge, wording: Wording) -> None:
    """He and she at the head of a sentence: the person who was subject of the sentence before, if there is only one of that gender."""
    last: list[Party] = []
    for view in views:
        lead = next((m for m in view.mentions if m.kind == "pronoun" and m.text.lower() in wording.subjects and m.start - view.sentence.start < 60), None)
        if lead is not None and not any(p.kind == "person" and p.start < lead.start for p in view.parties):
            options = [p for p in last if _gender(p, knowledge) in (lead.key, None) and (p.id or p.name in people.title_of)]
            if options:
                view.parties = sorted([*view.parties, _change(options[0], start=lead.start, end=lead.end, form="pronoun", reason="subject-before", confidence=0.75, lead=-1, tail=-1)],
                                      key=lambda p: p.start)  # fmt: skip
        subjects = [p for p in view.parties if p.kind == "person"]
        if subjects:
            last = subjects[:1]


def _anybody(view: View, start: int, wording: Wording) -> bool:
    """Whether a word like 'a' or 'no' before an office says that nobody in particular is meant."""
    at = start - view.sentence.start
    return not wording.indefinite.isdisjoint(wording.pieces(view.text[max(0, at - _WORD) : at])[-1:])


def _gender(party: Party, knowledge: Knowledge) -> str | None:
    entity = knowledge.reference.entities.get(EntityId(party.id)) if party.id else None
    return getattr(entity, "gender", None)


def _change(party: Party, **changes: object) -> Party:
    return msgspec.structs.replace(party, **changes)
