"""What is known beforehand: states, leaders with tenures, organisations, bodies, treaties and places of data/reference.

In: the YAML files. Out: one frozen `Reference`, checked by `relgraph.knowledge.checks`: a bad entry raises KnowledgeError with file and line.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.knowledge.checks import Checker
from relgraph.knowledge.entities import (
    Body,
    Entity,
    Function,
    Organisation,
    Person,
    Place,
    State,
    Tenure,
    Treaty,
    function_in,
)
from relgraph.knowledge.names import fold, sound
from relgraph.model import EntityId
from relgraph.periods import bounds
from relgraph.resources import resource

_FILES: tuple[tuple[str, str, type[Entity]], ...] = (
    ("states", "state", State), ("organisations", "organisation", Organisation), ("places", "place", Place),
    ("bodies", "body", Body), ("treaties", "treaty", Treaty), ("leaders", "person", Person),
)  # fmt: skip
_OFFICES = "offices"
_T = TypeVar("_T", bound=msgspec.Struct)


class Reference:
    """All entries, and the look-ups that the steps need.

    Attributes:
        entities: Every entry by its id.
        functions: The kinds of office, in the order in which a title is tried against them.
        content_hash: Changes when any file changes.
    """

    def __init__(self, entities: Mapping[EntityId, Entity], functions: tuple[Function, ...], content_hash: str) -> None:
        self.entities, self.functions, self.content_hash = entities, functions, content_hash
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

    @functools.cached_property
    def regions(self) -> tuple[State, ...]:
        """The regions: entries of states that stand for several."""
        return tuple(s for s in self.states if s.kind == "region")

    @functools.cached_property
    def by_capital(self) -> Mapping[str, str]:
        """The name of the state by that of its capital, former names of capitals included."""
        found: dict[str, str] = {}
        for state in self.states:
            if state.kind == "state":
                for city in (state.capital, *(c.name for c in state.capital_former)):
                    if city:
                        found.setdefault(city, state.name)
        return found

    @functools.cached_property
    def country_names(self) -> frozenset[str]:
        """The names of the states proper: no regions, territories or parts of a state."""
        return frozenset(s.name for s in self.states if s.kind == "state")

    @functools.cached_property
    def state_ids(self) -> Mapping[str, EntityId]:
        """The id of each entry of states by its name."""
        return {s.name: s.id for s in self.states}

    def name(self, entity_id: str) -> str:
        """Return the name of an entity; raises KeyError for an unknown id."""
        return self.entities[EntityId(entity_id)].name

    def name_at(self, entity_id: str, date: str | None) -> str:
        """Return the name of an entity as it was at a date: a person may have borne another one; raises KeyError for an unknown id."""
        entity = self.entities[EntityId(entity_id)]
        former = entity.name_former if isinstance(entity, Person) and date else ()
        borne = [n for n in former if str(date) < n.end]
        return min(borne, key=lambda n: n.end).name if borne else entity.name

    def holders(self, office: str, of: str, date: str | None) -> tuple[Person, ...]:
        """Return who held an office at a date of any precision, several on a handover day; nobody when the date is unknown."""
        if date is None:
            return ()
        held = (p for p, t in self._holders.get((office, EntityId(of)), ()) if covers(t, date))
        return tuple(dict.fromkeys(held))

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

    def function_of(self, office: str) -> str | None:
        """Return the kind of office that a title stands for: a 'first deputy prime minister' is a 'deputy prime minister'; None when unknown."""
        found = function_in(office, self.functions)
        return found.id if found is not None else None

    @functools.cached_property
    def _by_name(self) -> Mapping[str, tuple[EntityId, ...]]:
        found: dict[str, dict[EntityId, None]] = defaultdict(dict)
        for entity in self.entities.values():
            for name in names_of(entity):
                found[fold(name)][entity.id] = None
        return {key: tuple(ids) for key, ids in found.items() if key}

    @functools.cached_property
    def _by_code(self) -> Mapping[str, tuple[EntityId, ...]]:
        return {code.casefold(): (s.id,) for s in self.states for code in (s.iso2, s.iso3) if code}

    @functools.cached_property
    def _by_slug(self) -> Mapping[str, tuple[EntityId, ...]]:
        found: dict[str, list[EntityId]] = defaultdict(list)
        for entity_id in self.entities:
            found[entity_id.partition(":")[2]].append(entity_id)
        return {key: tuple(ids) for key, ids in found.items()}

    @functools.cached_property
    def _by_surname(self) -> Mapping[str, tuple[EntityId, ...]]:
        found: dict[str, dict[EntityId, None]] = defaultdict(dict)
        for person in self.persons:
            for name in (person.name, *person.aliases, *person.names_ru):
                words = name.split()
                for key in (fold(words[-1]), sound(name), sound(words[-1])):
                    found[key][person.id] = None
        return {key: tuple(ids) for key, ids in found.items() if key}

    def find(self, name: str) -> tuple[EntityId, ...]:
        """Return the entities that a name, ISO code, id or IRI may mean, best first; none when unknown, several when ambiguous.

        Case, accents, hyphens and habits of transliteration don't matter; a person is found by surname alone.
        """
        name = name.strip()
        if name in self.entities:
            return (EntityId(name),)
        tail = re.fullmatch(r"<?https?://\S*/id/([a-z]+)/([\w-]+)>?", name) if "://" in name else None
        if tail:
            entity_id = EntityId(f"{tail[1]}:{tail[2]}")
            return (entity_id,) if entity_id in self.entities else ()
        key = fold(name)
        return (
            self._by_code.get(name.casefold(), ()) or self._by_name.get(key, ()) or self._by_slug.get(name, ())
            or self._by_surname.get(key, ()) or self._by_surname.get(sound(name), ())
        )  # fmt: skip


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
    """Whether a tenure may hold at a date of any precision; an interval of days counts by its first."""
    at = bounds(date.partition("/")[0])
    if at is None:
        return False
    start, end = tenure.start and bounds(tenure.start), tenure.end and bounds(tenure.end)
    return (not start or (start[0] or "") <= (at[1] or "9999")) and (not end or (end[1] or "9999") >= (at[0] or ""))


def load_reference(folder: Path | None = None) -> Reference:
    """Read and check the reference files.

    Args:
        folder: Where they lie; by default the shipped ones.

    Raises:
        KnowledgeError: A file is missing or an entry is wrong; names file and line.
    """
    folder = folder or resource("data", "reference")
    texts = []
    for stem in (*(f[0] for f in _FILES), _OFFICES):
        path = folder / f"{stem}.yaml"
        try:
            texts.append((stem, path.read_text("utf-8-sig")))
        except FileNotFoundError:
            raise KnowledgeError("is missing", path=str(path), hint="A reference folder holds states, organisations, places, bodies, treaties, leaders and offices.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise KnowledgeError("can't be read as UTF-8 text", path=str(path), hint=str(error)) from error
    return _load(folder, tuple(texts))


@functools.lru_cache(maxsize=4)
def _load(folder: Path, texts: tuple[tuple[str, str], ...]) -> Reference:
    digest = hashlib.sha256("\0".join(t for _, t in texts).encode()).hexdigest()[:16]
    rows = {stem: _rows(folder / f"{stem}.yaml", text, "functions" if stem == _OFFICES else stem) for stem, text in texts}
    everywhere = [f"state:{r['id']}" for r in rows["states"] if r.get("kind") == "state" and r.get("un_member", True) and "id" in r]
    checker = Checker()
    entities: dict[EntityId, Entity] = {}
    for stem, prefix, kind in _FILES:
        path = str(folder / f"{stem}.yaml")
        for row in rows[stem]:
            slug = row.get("id")
            if not isinstance(slug, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
                raise KnowledgeError("an entry has no id of small letters, digits and hyphens", path=path, line=row.line)
            entity_id = EntityId(f"{prefix}:{slug}")
            if entity_id in entities:
                raise KnowledgeError(f"the id '{slug}' is used twice", path=path, line=row.line)
            entities[entity_id] = entity = _entity(row, entity_id, everywhere, kind, path)
            checker.place(entity_id, path, row)
            if isinstance(entity, Treaty) and "status" in row:
                checker.status(entity, str(row["status"]))
    functions = tuple(_convert(row, dict(row), Function, str(folder / f"{_OFFICES}.yaml")) for row in rows[_OFFICES])
    checker.check(entities, functions)
    return Reference(entities, functions, digest)


class _Row(dict[str, Any]):
    """A mapping of a YAML file that knows its line and those of its keys."""

    line: int
    lines: dict[str, int]


class _Loader(yaml.CSafeLoader):
    """The C safe loader, with lines, and without YAML's habit of keeping the last of two equal keys."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Iterator[_Row]:
    row = _Row()
    row.line, row.lines = node.start_mark.line + 1, {}
    yield row
    for key, _ in node.value:
        name = str(key.value)
        if name in row.lines:
            raise yaml.constructor.ConstructorError(None, None, f"the key '{name}' stands twice", key.start_mark)
        row.lines[name] = key.start_mark.line + 1
    row.update((str(k), v) for k, v in loader.construct_mapping(node).items())


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _rows(path: Path, text: str, key: str) -> list[_Row]:
    try:
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise KnowledgeError(f"isn't valid YAML: {error.problem}", path=str(path), line=line) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"isn't valid YAML: {str(error).splitlines()[0]}", path=str(path)) from error
    found = loaded.get(key) if isinstance(loaded, dict) else None
    if not isinstance(found, list) or not all(isinstance(r, _Row) for r in found):
        raise KnowledgeError(f"must hold a list named '{key}' of entries", path=str(path), line=1)
    return found


def _entity(row: _Row, entity_id: EntityId, everywhere: list[str], kind: type[Entity], path: str) -> Entity:
    try:
        shaped = _shape(row, entity_id, everywhere)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise KnowledgeError(f"'{row['id']}': a list or entry of it hasn't the form of the others ({error})", path=path, line=row.line) from error
    return _convert(row, shaped, kind, path)


def _convert(row: _Row, shaped: dict[str, Any], kind: type[_T], path: str) -> _T:
    try:
        return msgspec.convert(shaped, kind)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"'{row.get('id')}': {str(error).replace('Object contains unknown', 'unknown')}", path=path, line=row.line) from error


def _shape(row: _Row, entity_id: EntityId, everywhere: list[str]) -> dict[str, Any]:
    """Bring a row of a file into the fields of its struct."""
    shaped = {k: v for k, v in row.items() if v is not None} | {"id": entity_id}
    if "qid" in shaped:
        shaped["wikidata"] = shaped.pop("qid")
    if entity_id.startswith("person:"):
        shaped["tenures"] = [_dated(t) for t in row.get("tenures", [])]
        shaped["name_former"] = [_dated(n) for n in row.get("name_former", [])]
    elif entity_id.startswith("state:"):
        shaped["capital_former"] = [_dated(c) for c in row.get("capital_former", [])]
    elif entity_id.startswith("organisation:"):
        shaped["memberships"] = []
        for field, kind in (("members", "member"), ("observers", "observer")):
            value = shaped.pop(field, None) or []
            for member in everywhere if value == "all UN members" else value:
                entry = {"actor": member} if isinstance(member, str) else _dated(member)
                shaped["memberships"].append({"kind": kind} | entry)
    elif entity_id.startswith("treaty:"):
        # A status that stands beside the steps is checked against them and not kept: it would be wrong with the next step.
        shaped.pop("status", None)
        shaped["steps"] = [s | ({"by": [s["by"]]} if isinstance(s.get("by"), str) else {}) for s in row.get("steps", [])]
    return shaped


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """Rename from and to, which Python keeps or shadows; a date may stand without quotes."""
    names = {"from": "start", "to": "end"}
    return {names.get(k, k): str(v) if k in names and v is not None else v for k, v in row.items()}
