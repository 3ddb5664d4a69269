"""Which entity of a store a name means: any label, alias, ISO code, surname, id or IRI.

Reads the names from the store itself, so that entities only articles know are found as well as those of the reference.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.errors import EntityNameError
from relgraph.graph import iris
from relgraph.knowledge.names import fold, sound
from relgraph.query.sparql import run_query
from relgraph.query.table import Table, Value

if TYPE_CHECKING:
    from relgraph.store import Store

# From the most special to the most general: the first that an entity has is its class for a reader.
_CLASSES = ("State", "Person", "BilateralBody", "Body", "Format", "Company", "Organisation", "Treaty", "Region", "Territory", "Place", "Actor")
_NAMES = """
SELECT ?entity ?class ?label ?other ?code WHERE {
  VALUES ?class { %s }
  ?entity a ?class .
  { ?entity rdfs:label ?label } UNION { ?entity skos:altLabel|rg:officialName ?other } UNION { ?entity rg:iso2|rg:iso3 ?code }
}"""

# Who, by the reference, was ever head of state or government.
_HEADS = """
SELECT DISTINCT ?person WHERE {
  VALUES ?function { <https://w3id.org/relgraph/vocab/function/president> <https://w3id.org/relgraph/vocab/function/prime-minister> }
  ?tenure rg:office/rg:function ?function ; rg:source ?source ; rg:holder ?person .
}"""


class NamedEntity(msgspec.Struct, frozen=True, order=True):
    """An entity with its English name and class."""

    name: str
    iri: str
    kind: str

    @property
    def id(self) -> str:
        """The id by which the reference knows it, e.g. 'state:tajikistan'."""
        return iris.entity_id(self.iri) or self.iri

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"


class Names:
    """All names of a store's entities, read once."""

    def __init__(self, store: Store) -> None:
        table = _rows(store, _NAMES % " ".join(f"rg:{c}" for c in _CLASSES))
        self._heads = {str(row[0]) for row in _rows(store, _HEADS)}
        kinds: dict[str, set[str]] = defaultdict(set)
        labels: dict[str, set[str]] = defaultdict(set)
        others: dict[str, set[str]] = defaultdict(set)
        self._by_code: dict[str, str] = {}
        for entity, kind, label, other, code in table:
            iri = str(entity)
            kinds[iri].add(str(kind).rpartition("#")[2])
            if label is not None:
                labels[iri].add(str(label))
            if other is not None:
                others[iri].add(str(other))
            if code is not None:
                self._by_code[fold(str(code))] = iri
        self.entities: dict[str, NamedEntity] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_own_name: dict[str, set[str]] = defaultdict(set)
        self._by_surname: dict[str, set[str]] = defaultdict(set)
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for iri in sorted(kinds):
            kind = next(c for c in _CLASSES if c in kinds[iri])
            # Latin before Cyrillic sorts the English label first
            own = min(labels[iri], default=iri.rpartition("/")[2])
            self.entities[iri] = NamedEntity(own, iri, kind)
            self._by_own_name[fold(own)].add(iri)
            for name in labels[iri] | others[iri]:
                self._by_name[fold(name)].add(iri)
                if kind == "Person":
                    self._by_sound[sound(name)].add(iri)
                    for key in (fold(name.split()[-1]), sound(name.split()[-1])):
                        self._by_surname[key].add(iri)

    def find(self, name: str, *, classes: Sequence[str] = ()) -> tuple[NamedEntity, ...]:
        """Return the entities that a name may mean.

        Those of the reference go before those that only articles know; a surname alone means the president or head of
        government who bears it, if there was only one.
        """
        wanted = set(_with_subclasses(classes))
        for candidates in self._ways(name.strip()):
            found = [self.entities[iri] for iri in candidates if iri in self.entities]
            found = [e for e in found if not wanted or e.kind in wanted]
            known = [e for e in found if "/x-" not in e.iri]
            if found:
                return tuple(sorted(known or found))
        key = name.strip()
        bearers = {iri for way in (fold(key), sound(key)) for iri in self._by_surname.get(way, ())}
        persons = [self.entities[iri] for iri in sorted(bearers) if not wanted or "Person" in wanted]
        persons = [e for e in persons if "/x-" not in e.iri] or persons
        heads = [e for e in persons if e.iri in self._heads]
        return tuple(sorted(heads if len(heads) == 1 else persons))

    def _ways(self, name: str) -> Iterable[Iterable[str]]:
        key = fold(name)
        yield [name]
        if ":" in name and "/" not in name:
            yield [iris.entity(name)]
        yield [f"{iris.BASE}id/{name}"]
        # 'TJ' is a code, 'us' or 'in' in a sentence is none
        yield [self._by_code[key]] if key in self._by_code and name == name.upper() else []
        yield self._by_own_name.get(key, ())
        yield self._by_name.get(key, ())
        yield [self._by_code[key]] if key in self._by_code else []
        yield self._by_sound.get(sound(name), ())

    def get(self, name: str, *, classes: Sequence[str] = ()) -> NamedEntity:
        """Return the one entity that a name means.

        Raises:
            EntityNameError: Nothing or several entities have the name; the candidates say which are near or meant.
        """
        found = self.find(name, classes=classes)
        if len(found) == 1:
            return found[0]
        if found:
            shown = [str(e) for e in found]
            raise EntityNameError(f"'{_clip(name)}' may be {_alternatives(shown)}", candidates=shown, hint=f"say which one, for example {found[0].id}")
        kind = f" among {', '.join(c.lower() for c in classes)}" if classes and self.find(name) else ""
        near = self.near(name, classes=classes)
        hint = f"did you mean {_alternatives(near)}?" if near else "relgraph find WORD lists the names that hold a word"
        raise EntityNameError(f"'{_clip(name)}' is unknown{kind}", candidates=near, hint=hint)

    def near(self, name: str, *, classes: Sequence[str] = ()) -> tuple[str, ...]:
        """Return up to three names like an unknown one."""
        wanted = set(_with_subclasses(classes))
        keys = {k: v for k, v in {**self._by_name, **self._by_surname}.items() if not wanted or any(self.entities[i].kind in wanted for i in v)}
        near = difflib.get_close_matches(fold(name)[:100], keys, n=3, cutoff=0.7)
        return tuple(dict.fromkeys(self.entities[min(keys[key])].name for key in near))

    def search(self, word: str) -> tuple[NamedEntity, ...]:
        """Return what a name means, then all with a name that holds the word: actors before papers and places, and those first whose name it begins."""
        exact = self.find(word)
        key = fold(word)
        held = {iri for name, iris_ in self._by_name.items() if key and key in name for iri in iris_}
        found = {self.entities[i] for i in held} - set(exact)
        rest = sorted(found, key=lambda e: (not fold(e.name).startswith(key), _CLASSES.index(e.kind) if e.kind in _CLASSES else len(_CLASSES), e))
        return (*exact, *rest)


def _rows(store: Store, sparql: str) -> tuple[tuple[Value, ...], ...]:
    result = run_query(store, sparql)
    return result.rows if isinstance(result, Table) else ()


def _with_subclasses(classes: Sequence[str]) -> Iterable[str]:
    below = {
        "Actor": _CLASSES[:7], "Organisation": ("BilateralBody", "Body", "Format", "Company"), "Body": ("BilateralBody",), "Place": ("Territory", "Region"),
        "State": ("Territory", "Region"),
    }  # fmt: skip
    for name in classes:
        yield name
        yield from below.get(name, ())


def _alternatives(names: Sequence[str]) -> str:
    shown = [*names[:6], *([f"one of {len(names) - 6} more"] if len(names) > 6 else [])]
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _clip(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:57]}..."
