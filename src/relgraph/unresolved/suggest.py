"""What an unknown name may be: near spellings, persons of the same surname, who held the office at the time."""

from __future__ import annotations

import difflib

import msgspec

from relgraph.knowledge.names import fold
from relgraph.knowledge.reference import Reference, names_of
from relgraph.unresolved.names import Unknown

_NEAR = 0.82
_PREFIX = {"person": "person:", "surname": "person:", "organisation": "organisation:", "body": "body:", "treaty": "treaty:"}


class Suggestion(msgspec.Struct, frozen=True):
    """An entity that a name may mean, or a term of office, and why."""

    id: str
    name: str
    why: str


def suggest(unknown: Unknown, reference: Reference) -> tuple[Suggestion, ...]:
    """Return what a name may be, the likeliest first; at most five."""
    found: dict[str, Suggestion] = {}
    prefix = _PREFIX.get(unknown.kind)
    if prefix:
        own = fold(unknown.name)
        near = sorted(((max(_alike(own, fold(n)) for n in names_of(e)), e.id) for e in reference.entities.values() if e.id.startswith(prefix)), reverse=True)
        for ratio, entity_id in near[:3]:
            if ratio >= _NEAR:
                found[entity_id] = Suggestion(entity_id, reference.name(entity_id), f"spelt alike ({ratio:.2f})")
        if unknown.kind in ("person", "surname"):
            for entity_id in reference.find(unknown.name.split()[-1]):
                if entity_id.startswith("person:"):
                    found.setdefault(entity_id, Suggestion(entity_id, reference.name(entity_id), "has this surname"))
    for (office, of, of_id), seen in unknown.offices.items():
        for person in reference.holders(office, of_id, seen.published) if of_id else ():
            if person.id != unknown.person:
                found.setdefault(person.id, Suggestion(person.id, person.name, f"was {office} of {of} then, as far as the reference knows"))
    if unknown.fresh and unknown.offices:
        (office, of, _), seen = next(iter(unknown.offices.items()))
        found["tenure"] = Suggestion("tenure", f"{unknown.name if unknown.kind == 'person' else unknown.name.partition(',')[0]}: {office} of {of} from {seen.published or 'an unknown day'}", "a sentence says that the holder is new")
    return tuple(found.values())[:5]


def _alike(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0
