"""The states, organisations and places that a sentence names, and when a capital's name is only a place."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Place, State
from relgraph.model import EntityId
from relgraph.recognise.fold import fold
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import tokens
from relgraph.resolve.order import within
from relgraph.resolve.parties import Party, View
from relgraph.resolve.wording import Wording

_CITIES = frozenset({"city", "town", "resort", "cosmodrome", "port", "border crossing"})


_AFTER_CITY = (",", ".", ":", " ", "(", "/")
_SHORT = 3
_NAME = 160
"""No name is longer."""


def actors_of(text: str, view: View, knowledge: Knowledge, wording: Wording) -> list[Party]:
    """Return the states and organisations of a sentence by position; add its places to the view."""
    reference = knowledge.reference
    actors: list[Party] = []
    spans = [m for m in view.mentions if m.kind in ("body", "treaty", "organisation", "person") and m.form in ("name", "unknown")]
    for m in view.of_kind("state", "organisation", "place"):
        inside = m.kind != "organisation" and any(s.end >= m.end and (s.start, s.end) != (m.start, m.end) for s in within(spans, m.start - _NAME, m.start + 1))
        if m.kind == "state" and m.ids:
            entity = reference.entities[EntityId(m.ids[0])]
            if not isinstance(entity, State) or (inside and m.form != "name"):
                continue
            if m.form == "metonym":
                view.places.append(Party(start=m.start, end=m.end, name=_place_name(knowledge, m.text) or m.text, id=None, kind="state", state=entity.name, form="place", reason="capital"))
                if is_place(text, m, wording) or (m.start == view.sentence.start and m.text.isupper() and text[m.end : m.end + 1] in _AFTER_CITY and len(m.text) > _SHORT):
                    continue
            if entity.kind == "former state" and m.form != "name":
                continue  # 'the former Soviet republics'
            if _of_the_source(text, m.end, wording):
                continue
            if entity.kind == "subnational" or (entity.kind == "region" and (m.form != "name" or inside)):
                continue
            actors.append(Party(start=m.start, end=m.end, name=entity.name, id=entity.id, kind="state", state=entity.name, form=m.form, reason=f"state-{m.form}",
                                confidence=0.8 if m.form == "metonym" else 1.0))  # fmt: skip
        elif m.kind == "organisation":
            name, entity_id = (reference.name(m.ids[0]), m.ids[0]) if m.ids else (m.text, None)
            actors.append(Party(start=m.start, end=m.end, name=name, id=entity_id, kind="organisation", state=None, form="name", reason="organisation"))
        elif m.kind == "place" and m.ids and not inside:
            place = reference.entities[EntityId(m.ids[0])]
            if isinstance(place, Place) and place.kind in _CITIES:
                state = reference.name(place.states[0]) if place.states else None
                name = m.text if m.text[:1].isupper() and not m.text.isupper() else place.name
                view.places.append(Party(start=m.start, end=m.end, name=name, id=place.id, kind="state", state=state, form="place", reason="place"))
    actors.sort(key=lambda a: (a.start, -a.end))
    return actors


def provinces_of(view: View, knowledge: Knowledge) -> list[Party]:
    """Return the provinces of a sentence as the states that govern them: whose 'the governor of Sughd' is."""
    reference, found = knowledge.reference, []
    for m in view.of_kind("state"):
        entity = reference.entities[EntityId(m.ids[0])] if m.ids else None
        if isinstance(entity, State) and entity.kind == "subnational" and entity.part_of:
            found.append(Party(start=m.start, end=m.end, name=reference.name(entity.part_of), id=entity.part_of, kind="state", state=reference.name(entity.part_of), form="metonym", reason="governed"))
    return found


def _of_the_source(text: str, end: int, wording: Wording) -> bool:
    """Whether a state's name only says where a medium is from: 'Russia's X news agency', 'the Kazakh news agency X'."""
    if not wording.media_ahead.search(fold(text[end : end + 60])):
        return False
    ahead = tokens(text, end, min(end + 60, len(text)), wording.possessive)
    for n, word in enumerate(ahead[:5]):
        if text[end : word.start].strip(" '’-\""):
            return False
        if any(tuple(w.low for w in ahead[n : n + len(noun)]) == noun for noun in wording.media):
            return True
        if not word.capital and word.low not in wording.possessive_letters:
            return False
        end = word.end
    return False


def is_place(text: str, mention: Mention, wording: Wording) -> bool:
    """Whether a capital's or state's name stands for the place: 'arrived in Astana', 'the city of Astana', 'Astana-based'."""
    if text[mention.end : mention.end + 12].startswith(wording.place_suffixes or ("\0",)):
        return True
    before = wording.pieces(text[max(0, mention.start - 40) : mention.start])
    if len(before) > 1 and before[-1] == "," and before[-2] == wording.capital:
        return True  # 'in the Tajik capital, Dushanbe'
    while before and before[-1] in wording.place_links and before[-1] not in wording.locative:
        before.pop()
    return bool(before) and before[-1] in wording.locative


def sides_of(text: str, view: View, actors: Sequence[Party], used: set[int], knowledge: Knowledge, wording: Wording) -> list[Party]:
    """Return the actors that no title has used up: 'the Kazakh side' as a side; 'the Kazakh capital' becomes a place."""
    out = []
    for actor in actors:
        if actor.start in used:
            continue
        if actor.form != "adjective":
            out.append(actor)
            continue
        following = [t.low for t in tokens(text, actor.end, min(actor.end + 40, view.sentence.end), wording.possessive)[:2]]
        entity = knowledge.reference.entities.get(EntityId(actor.id)) if actor.id else None
        if following and following[0] == wording.capital and isinstance(entity, State) and entity.capital:
            end = text.find(wording.capital, actor.end) + len(wording.capital)
            view.places.append(Party(start=actor.start, end=end, name=entity.capital, id=None, kind="state", state=entity.name, form="place", reason="capital-described"))
        elif following and (following[0] in wording.sides or (len(following) > 1 and following[1] in wording.sides and following[0] in wording.side_adjectives)):
            out.append(msgspec.structs.replace(actor, form="side", reason="side-of-a-state"))
        else:
            out.append(actor)
    return out


def _place_name(knowledge: Knowledge, name: str) -> str | None:
    """The name of the place that a capital's name means."""
    found = [i for i in knowledge.reference.find(name) if i.startswith("place:")]
    return knowledge.reference.name(found[0]) if found else None
