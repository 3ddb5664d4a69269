"""Expressions that stand for somebody named elsewhere: an office without a name, 'his Kazakh counterpart', 'the president', he and she."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.model import EntityId
from relgraph.resolve.holders import Scene
from relgraph.resolve.parties import Party, View
from relgraph.resolve.people import Everybody
from relgraph.resolve.wording import Wording

_NEAR = 120
_SPECIFIC = ("minister", "ambassador", "chancellor")


def unnamed(scene: Scene, people: Everybody) -> list[Party]:
    """An office holder who isn't named: the person of the article who holds the office so far, else his state."""
    found = []
    for one in scene.joined:
        office, of = one.office, one.of
        if one.person is not None or of is None or office.form == "former":
            continue
        if of.kind == "state" and any(people.states.get(q.name) == of.name and abs(q.start - one.start) < _NEAR for q in scene.persons):
            continue
        if of.kind != "state" or office.form == "plural":
            found.append(_change(of, form="office" if office.form == "plural" else of.form))
            continue
        said = str(office.value)
        holder = next((t for t in people.titles if t.of == of.name and (t.office == said or office.text.lower() == "leader")), None)
        if holder is not None:
            found.append(Party(start=one.start, end=one.end, name=holder.person, id=people.ids.get(holder.person), kind="person", state=of.name, form="office",
                               reason="office-held-in-article", confidence=0.9, office=said))  # fmt: skip
        else:
            found.append(Party(start=one.start, end=one.end, name=of.name, id=of.id, kind="state", state=of.name, form="office", reason="unnamed-office-holder", confidence=0.85, office=said))
    return found


def office_holders(views: Sequence[View], people: Everybody, knowledge: Knowledge, date: str | None) -> None:
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
            out.append(party if holder is None else _change(party, name=holder, id=people.ids.get(holder), kind="person", state=party.name, reason="office-held-in-article", confidence=0.9))
        view.parties = out


def bare_offices(views: Sequence[View], people: Everybody, wording: Wording) -> None:
    """'The president' and 'the guest' stand for the last person named with this office."""
    offices: dict[str, set[str]] = {}
    for title in people.titles:
        offices.setdefault(title.person, set()).add(title.office)
    recent: list[Party] = []
    for view in views:
        taken = [(p.first, p.last) for p in view.parties]
        found = []
        for mention in view.of_kind("office"):
            if mention.form or any(s <= mention.start < e for s, e in taken):
                continue
            holder = next((p for p in reversed(recent) if _same_office(str(mention.value), offices.get(p.name, set()))), None)
            before = view.text[: mention.start - view.sentence.start].rstrip().lower().rpartition(" ")[2]
            if holder is not None and before in wording.definite:
                found.append(_change(holder, start=mention.start, end=mention.end, form="bare-office", reason="office-held-before", confidence=0.8, lead=-1, tail=-1))
        view.parties = sorted([*view.parties, *found], key=lambda p: (p.start, p.end))
        recent += [p for p in view.parties if p.kind == "person" and p.form in ("name", "surname")]


def _same_office(said: str, held: set[str]) -> bool:
    return said in held or (said in _SPECIFIC and any(o.endswith(said) or said in o for o in held))


def counterpart_parties(views: Sequence[View], people: Everybody) -> None:
    """'his Kazakh counterpart' stands for the holder of the same office on the other side, if the article names one."""
    for view in views:
        for mention in view.of_kind("counterpart"):
            before = [p for p in view.parties if p.end <= mention.start and mention.start - p.end < 3 and p.form == "adjective"]
            follow = next((p for p in view.parties if 0 <= p.start - mention.end < 3 and p.kind == "person"), None)
            if not before:
                continue
            state = before[-1]
            if follow is not None:
                view.parties = [_change(p, lead=state.start, state=state.name) if p is follow else p for p in view.parties if p is not state]
                continue
            subject = next((p for p in view.parties if p.kind == "person" and p.end < state.start), None)
            office = next((t.office for t in people.titles if subject is not None and t.person == subject.name), None)
            holder = next((t for t in people.titles if t.of == state.name and (office is None or t.office == office)), None)
            party = _change(state, end=mention.end, form="counterpart", reason="counterpart")
            if holder is not None:
                party = _change(party, name=holder.person, id=people.ids.get(holder.person), kind="person", state=state.name)
            view.parties = [party if p is state else p for p in view.parties]


def pronouns(views: Sequence[View], people: Everybody, knowledge: Knowledge, wording: Wording) -> None:
    """He and she at the head of a sentence: the person who was subject of the sentence before, if there is only one of that gender."""
    last: list[Party] = []
    for view in views:
        lead = next((m for m in view.mentions if m.kind == "pronoun" and m.text.lower() in wording.subjects and m.start - view.sentence.start < 60), None)
        if lead is not None and not any(p.kind == "person" and p.start < lead.start for p in view.parties):
            options = [p for p in last if _gender(p, knowledge) in (lead.key, None) and (p.id or any(t.person == p.name for t in people.titles))]
            if options:
                view.parties = sorted([*view.parties, _change(options[0], start=lead.start, end=lead.end, form="pronoun", reason="subject-before", confidence=0.75, lead=-1, tail=-1)],
                                      key=lambda p: p.start)  # fmt: skip
        subjects = [p for p in view.parties if p.kind == "person" and p.form != "pronoun"]
        if subjects:
            last = subjects[:1]


def _gender(party: Party, knowledge: Knowledge) -> str | None:
    entity = knowledge.reference.entities.get(EntityId(party.id)) if party.id else None
    return getattr(entity, "gender", None)


def _change(party: Party, **changes: object) -> Party:
    return msgspec.structs.replace(party, **changes)
