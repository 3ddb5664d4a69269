"""Visits that no verb of motion tells of: who sat, signed or spoke in another country came there.

In: the drafts of an article, with date and place. Out: a visit for each person whom an event shows abroad, if no visit is told for the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from relgraph.knowledge.entities import Organisation
from relgraph.model import EntityId
from relgraph.relate.events.stage import Draft, Stage, compatible, within
from relgraph.resolve import Party

_SHOWING = ("meeting", "opening")
"""Kinds of events at which people are present in person; who signs a paper may have stayed at home, and a list of a summit's members says nothing of journeys."""

_UNTOLD = frozenset({"signers", "visit", "colleague"})
"""Parts of rules by which a talk is only inferred."""


def visits_implied(stage: Stage, drafts: Sequence[Draft]) -> list[Draft]:
    """Return a visit for each guest of an event that somebody of the country attends where it takes place."""
    out: list[Draft] = []
    told: dict[str, list[Draft]] = defaultdict(list)
    for d in drafts:
        for name in d.fact.visitor:
            told[name].append(d)
    seen: dict[str, list[Draft]] = defaultdict(list)
    said = {d.fact.place for d in drafts if d.own_place and not d.background and d.view.sentence.index}
    for draft in drafts:
        fact = draft.fact
        if not draft.own_place and (draft.background or (fact.place not in said and (draft.weak or _UNTOLD & set(fact.rule.split("."))))):
            continue  # the dateline may only say where the article was written: it is believed where words say that they met
        if fact.kind not in _SHOWING or fact.rule.startswith("event.session") or not fact.place or draft.unasserted or not draft.view.sentence.index:
            continue
        states = stage.states_of(fact.place)
        if len(states) != 1 or fact.place.lower() in stage.grammar.words("international_seats"):
            continue
        host = states[0]
        if not any(p.state == host or p.name == host for p in draft.people):
            continue
        for guest in draft.people:
            if not travels(stage, guest, host) or _told(guest, host, draft, [*told[guest.name], *seen[guest.name]]) or _at_home(guest, draft, told):
                continue
            visit = msgspec.structs.replace(fact, kind="visit", participants=(), visitor=(guest.name,), host=host, rule=fact.rule + ".came", confidence=round(min(fact.confidence, 0.62), 3), ids={**fact.ids, **stage.bench.ids([guest.name, host])})
            seen[guest.name].append(Draft(view=draft.view, fact=visit, people=(guest,), host=host, background=draft.background))
            out.append(seen[guest.name][-1])
    return out


def travels(stage: Stage, guest: Party, host: str) -> bool:
    """Return whether somebody has to travel to a state: a person of another state, or of an organisation that sits elsewhere, who isn't posted there."""
    if guest.kind != "person" or guest.state == host:
        return False
    if not guest.state and not _from_outside(stage, guest, host):
        return False
    return not resident(stage, guest)


def resident(stage: Stage, person: Party) -> bool:
    """Return whether somebody lives where he is posted, as an ambassador does."""
    titles = {*stage.cast.titles.get(person.name, ()), person.office or ""}
    return any(w in title for title in titles for w in stage.grammar.words("resident_offices"))


def _from_outside(stage: Stage, guest: Party, host: str) -> bool:
    """Whether a person without a state speaks for an organisation of states that has its seat in another country."""
    reference, published = stage.bench.knowledge.reference, stage.bench.article.published
    ids = {t.of_id for t in stage.bench.resolved.titles if t.person == guest.name}
    ids |= {t.of for t in reference.offices_of(guest.id, published)} if guest.id else set()
    found = [e for i in ids if i and isinstance(e := reference.entities.get(EntityId(i)), Organisation)]
    return bool(found) and not any((o.state and reference.name(o.state) == host) or (o.seat and host in stage.states_of(str(o.seat))) for o in found)


def _at_home(guest: Party, draft: Draft, told: Mapping[str, Sequence[Draft]]) -> bool:
    """Whether somebody else of an event is told to have come to a participant's own country: the place is another's."""
    others = (d for p in draft.people if p is not guest for d in told.get(p.name, ()))
    apart = draft.own_place and draft.own_date
    return any(d.fact.kind == "visit" and d.host == guest.state and not d.background and not draft.background and not (apart and d.fact.date != draft.fact.date) for d in others)


def _told(guest: Party, host: str, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a visit of a guest is told that the event belongs to."""
    date = draft.fact.date
    return any(d.fact.kind == "visit" and d.host == host and guest.name in d.fact.visitor and (not d.fact.date or not date or compatible(d.fact.date, date) or within(d.fact.date, date) or (not d.background and not draft.background)) for d in drafts)
