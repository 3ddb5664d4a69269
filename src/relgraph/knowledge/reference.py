"""What is known beforehand: states, leaders with tenures, organisations, bodies, treaties and places of data/reference.

In: the YAML files. Out: one frozen `Reference`, checked: ids unique in their class, references resolve, dates exist, the tenures of one
office don't overlap beyond a handover day and the coarser date's precision. A bad entry raises KnowledgeError with file and line.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.knowledge.entities import Body, Entity, Organisation, Person, Place, State, Treaty
from relgraph.knowledge.entities import Tenure as Tenure
from relgraph.knowledge.names import fold, sound
from relgraph.model import EntityId
from relgraph.resources import resource

_FILES: tuple[tuple[str, str, type[Entity]], ...] = (
    ("states", "state", State), ("organisations", "organisation", Organisation), ("places", "place", Place),
    ("bodies", "body", Body), ("treaties", "treaty", Treaty), ("leaders", "person", Person),
)  # fmt: skip
# Offices that several hold at once.
SEVERAL_SEATS = frozenset({"deputy prime minister", "deputy foreign minister", "ambassador", "vice president", "co-chair", "head of government"})
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Reference:
    """All entries, and the look-ups that the steps need.

    Attributes:
        entities: Every entry by its id.
        content_hash: Changes when any file changes.
    """

    def __init__(self, entities: Mapping[EntityId, Entity], content_hash: str) -> None:
        self.entities, self.content_hash = entities, content_hash
        self.states = tuple(e for e in entities.values() if isinstance(e, State))
        self.organisations = tuple(e for e in entities.values() if isinstance(e, Organisation))
        self.places = tuple(e for e in entities.values() if isinstance(e, Place))
        self.bodies = tuple(e for e in entities.values() if isinstance(e, Body))
        self.treaties = tuple(e for e in entities.values() if isinstance(e, Treaty))
        self.persons = tuple(e for e in entities.values() if isinstance(e, Person))
        self._holders: dict[tuple[str, EntityId], list[tuple[Person, Tenure]]] = defaultdict(list)
        for person in self.persons:
            for tenure in person.tenures:
                self._holders[tenure.office, tenure.of].append((person, tenure))

    def name(self, entity_id: str) -> str:
        """Return the name of an entity; raises KeyError for an unknown id."""
        return self.entities[EntityId(entity_id)].name

    def holders(self, office: str, of: str, date: str | None) -> tuple[Person, ...]:
        """Return who held an office at a date of any precision; nobody when the date is unknown."""
        if date is None:
            return ()
        return tuple(p for p, t in self._holders.get((office, EntityId(of)), ()) if covers(t, date))

    def offices_of(self, person_id: str, date: str | None) -> tuple[Tenure, ...]:
        """Return the offices a person held at a date, latest first; all of them when the date is unknown."""
        person = self.entities.get(EntityId(person_id))
        if not isinstance(person, Person):
            return ()
        held = [t for t in person.tenures if date is None or covers(t, date)]
        return tuple(sorted(held, key=lambda t: t.start or "", reverse=True))

    def state_of(self, person_id: str, date: str | None) -> EntityId | None:
        """Return the state that a person's offices at a date belong to; for an unknown date the only one of all tenures."""
        states = {t.of for t in self.offices_of(person_id, date) if t.of.startswith("state:")}
        if not states:
            states = {t.of for t in self.offices_of(person_id, None) if t.of.startswith("state:")}
        return states.pop() if len(states) == 1 else None

    @functools.cached_property
    def _by_name(self) -> Mapping[str, tuple[EntityId, ...]]:
        found: dict[str, dict[EntityId, None]] = defaultdict(dict)
        for entity in self.entities.values():
            for name in names_of(entity):
                found[fold(name)][entity.id] = None
        return {key: tuple(ids) for key, ids in found.items()}

    @functools.cached_property
    def _by_surname(self) -> Mapping[str, tuple[EntityId, ...]]:
        found: dict[str, dict[EntityId, None]] = defaultdict(dict)
        for person in self.persons:
            for name in (person.name, *person.aliases, *person.names_ru):
                words = name.split()
                for key in (fold(words[-1]), sound(name), sound(words[-1])):
                    found[key][person.id] = None
        return {key: tuple(ids) for key, ids in found.items()}

    def find(self, name: str) -> tuple[EntityId, ...]:
        """Return the entities that a name, ISO code, id or IRI may mean, best first; none when unknown.

        Case, accents, hyphens and habits of transliteration don't matter; a person is found by surname alone.
        """
        if name in self.entities:
            return (EntityId(name),)
        tail = re.fullmatch(r"https?://\S*/id/(\w+)/([\w-]+)", name)
        if tail:
            entity_id = EntityId(f"{tail[1]}:{tail[2]}")
            return (entity_id,) if entity_id in self.entities else ()
        key = fold(name)
        found = self._by_name.get(key, ())
        codes = tuple(s.id for s in self.states if key and key in (fold(s.iso2 or ""), fold(s.iso3 or "")))
        return codes or found or self._by_surname.get(key, ()) or self._by_surname.get(sound(name), ())


def names_of(entity: Entity) -> Iterator[str]:
    """Yield every name of an entity in every language, its own name first."""
    yield entity.name
    yield from entity.aliases
    yield from entity.names_ru
    for field in ("official_name", "official_name_ru", "abbreviation"):
        value = getattr(entity, field, None)
        if value:
            yield value


def covers(tenure: Tenure, date: str) -> bool:
    """Whether a tenure may hold at a date: both are compared at the coarser precision; an interval counts by its first day."""
    day = date.split("/")[0][:10]
    if re.fullmatch(r"\d{4}-[HQ]\d", day):
        day = day[:4]

    def before(a: str, b: str) -> bool:
        size = min(len(a), len(b))
        return a[:size] < b[:size]

    return not (tenure.start and before(day, tenure.start)) and not (tenure.end and before(tenure.end, day))


def load_reference(folder: Path | None = None) -> Reference:
    """Read and check the reference files.

    Args:
        folder: Where they lie; by default the shipped ones.

    Raises:
        KnowledgeError: A file is missing or an entry is wrong; names file and line.
    """
    folder = folder or resource("data", "reference")
    texts = {}
    for stem, _, _ in _FILES:
        try:
            texts[stem] = (folder / f"{stem}.yaml").read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KnowledgeError("can't be read as a reference file", path=str(folder / f"{stem}.yaml"), hint=str(error)) from error
    return _load(folder, tuple(texts.items()))


@functools.lru_cache(maxsize=4)
def _load(folder: Path, texts: tuple[tuple[str, str], ...]) -> Reference:
    contents = dict(texts)
    digest = hashlib.sha256("\0".join(t for _, t in texts).encode()).hexdigest()[:16]
    rows: dict[str, list[dict[str, Any]]] = {}
    for stem, _, _ in _FILES:
        path = folder / f"{stem}.yaml"
        try:
            loaded = yaml.load(contents[stem], Loader=yaml.CSafeLoader)  # noqa: S506  the C safe loader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise KnowledgeError(f"isn't valid YAML: {error.problem}", path=str(path), line=line) from error
        if not isinstance(loaded, dict) or not isinstance(loaded.get(stem), list):
            raise KnowledgeError(f"must hold a list named '{stem}'", path=str(path), line=1)
        rows[stem] = loaded[stem]
    all_states = [f"state:{r['id']}" for r in rows["states"] if isinstance(r, dict) and r.get("kind") == "state"]
    entities: dict[EntityId, Entity] = {}
    lines: dict[EntityId, tuple[str, str, str]] = {}
    for stem, prefix, kind in _FILES:
        path = str(folder / f"{stem}.yaml")
        for number, row in enumerate(rows[stem], 1):
            slug = row.get("id") if isinstance(row, dict) else None
            if not isinstance(slug, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
                raise KnowledgeError(f"entry {number} has no id of small letters, digits and hyphens", path=path)
            entity_id = EntityId(f"{prefix}:{slug}")
            lines[entity_id] = (path, stem, slug)
            if entity_id in entities:
                raise _bad(contents, lines[entity_id], f"the id '{slug}' is used twice", last=True)
            try:
                entities[entity_id] = msgspec.convert(_shape(row, entity_id, all_states), kind)
            except (msgspec.ValidationError, KeyError, TypeError, AttributeError) as error:
                raise _bad(contents, lines[entity_id], f"'{slug}': {error}") from error
    for entity in entities.values():
        for problem in _problems(entity, entities):
            raise _bad(contents, lines[entity.id], f"'{entity.id.split(':')[1]}': {problem}")
    reference = Reference(entities, digest)
    for entity_id, problem in _overlaps(reference):
        raise _bad(contents, lines[entity_id], problem)
    return reference


def _shape(row: dict[str, Any], entity_id: EntityId, all_states: list[str]) -> dict[str, Any]:
    """Bring a row of a file into the fields of its struct."""
    shaped = {k: v for k, v in row.items() if v is not None} | {"id": entity_id}
    if "qid" in shaped:
        shaped["wikidata"] = shaped.pop("qid")
    if entity_id.startswith("person:"):
        shaped["tenures"] = [
            {"start": _text(t.get("from")), "end": _text(t.get("to"))} | {k: v for k, v in t.items() if k not in ("from", "to")} for t in row.get("tenures", [])
        ]
    elif entity_id.startswith("organisation:"):
        memberships = []
        for field, kind in (("members", "member"), ("observers", "observer")):
            value = shaped.pop(field, None) or []
            for member in all_states if value == "all" else value:
                entry = {"actor": member} if isinstance(member, str) else dict(member)
                memberships.append({"actor": entry["actor"], "kind": entry.get("kind", kind), "start": _text(entry.get("from")), "end": _text(entry.get("to"))})
        shaped["memberships"] = memberships
    elif entity_id.startswith("treaty:"):
        shaped["steps"] = [s | ({"by": [s["by"]]} if isinstance(s.get("by"), str) else {}) for s in row.get("steps", [])]
    return shaped


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _problems(entity: Entity, entities: Mapping[EntityId, Entity]) -> Iterator[str]:
    """Yield what is wrong with one entry: unresolved references, impossible dates, a missing source."""
    if not entity.source:
        yield "has no source"
    wanted: list[EntityId] = []
    dates: list[tuple[str | None, str | None]] = []
    match entity:
        case State():
            wanted += [*entity.members, *filter(None, (entity.group, entity.part_of))]
        case Organisation():
            wanted += [m.actor for m in entity.memberships] + list(filter(None, (entity.part_of, entity.state)))
            dates += [(m.start, m.end) for m in entity.memberships]
        case Body():
            wanted += [*entity.members, *filter(None, (entity.under,))]
        case Treaty():
            wanted += [*entity.parties, *(p for s in entity.steps for p in s.by)]
            dates += [(s.date, None) for s in entity.steps]
        case Place():
            wanted += list(entity.states)
        case Person():
            wanted += [t.of for t in entity.tenures]
            dates += [(t.start, t.end) for t in entity.tenures]
    for other in wanted:
        if other not in entities:
            yield f"names '{other}', which is no entry"
    for start, end in dates:
        for day in (start, end):
            if day and not _exists(day):
                yield f"the date '{day}' does not exist"
        if start and end and end[: len(start)] < start[: len(end)]:
            yield f"ends ({end}) before it begins ({start})"


def _exists(day: str) -> bool:
    if not _ISO.fullmatch(day):
        return False
    parts = [int(p) for p in day.split("-")]
    try:
        Date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    except ValueError:
        return False
    return True


def _overlaps(reference: Reference) -> Iterator[tuple[EntityId, str]]:
    """Yield tenures of one office (and chamber) that overlap by more than a handover day at the coarser precision."""
    by_seat: dict[tuple[str, str, str], list[tuple[Person, Tenure]]] = defaultdict(list)
    for person in reference.persons:
        for tenure in person.tenures:
            if tenure.office not in SEVERAL_SEATS and not tenure.acting:
                by_seat[tenure.office, tenure.of, tenure.chamber or ""].append((person, tenure))
    for (office, of, _), held in sorted(by_seat.items()):
        held.sort(key=lambda pair: (pair[1].start or "", pair[1].end or "9999"))
        for (first, one), (second, other) in zip(held, held[1:], strict=False):
            start, end = other.start or "", one.end or "9999"
            size = min(len(start), len(end))
            if first.id != second.id and start and start[:size] < end[:size]:
                yield second.id, f"{office} of {of}: {first.name} (to {one.end}) and {second.name} (from {other.start}) overlap"


def _bad(contents: Mapping[str, str], where: tuple[str, str, str], problem: str, *, last: bool = False) -> KnowledgeError:
    path, stem, slug = where
    hits = [i for i, line in enumerate(contents[stem].split("\n"), 1) if re.fullmatch(rf"\s*- id: ['\"]?{re.escape(slug)}['\"]?\s*", line)]
    return KnowledgeError(problem, path=path, line=hits[-1 if last else 0] if hits else None)

