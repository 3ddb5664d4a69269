"""The frozen values that data/reference is read into. Ids are `<class>:<slug>`; dates are ISO at the precision known."""

from __future__ import annotations

import msgspec

from relgraph.model import EntityId


class Entity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry has. `sure` is False where dates or the present state were not checked."""

    id: EntityId
    name: str
    aliases: tuple[str, ...] = ()
    names_ru: tuple[str, ...] = ()
    wikidata: str | None = None
    note: str | None = None
    source: str = ""
    sure: bool = True


class FormerCapital(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A capital that was, or the former name of one."""

    name: str
    end: str | None = None
    note: str | None = None


class State(Entity, frozen=True, kw_only=True):
    """A state, former state, territory, subnational unit or region (`kind`)."""

    kind: str = "state"
    official_name: str | None = None
    official_name_ru: str | None = None
    iso2: str | None = None
    iso3: str | None = None
    un_member: bool = True
    cow: int | None = None
    """The country code of the Correlates of War project."""
    capital: str | None = None
    capital_former: tuple[FormerCapital, ...] = ()
    seat_of_government: str | None = None
    demonyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms_ru: tuple[str, ...] = ()
    adjective_stems_ru: tuple[str, ...] = ()
    forms_ru: tuple[str, ...] = ()
    """Inflected Russian forms that no stem gives."""
    metonyms: tuple[str, ...] = ()
    group: EntityId | None = None
    part_of: EntityId | None = None
    members: tuple[EntityId, ...] = ()
    located_in: tuple[EntityId, ...] = ()
    dissolved: str | None = None


class Tenure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's term in an office. `end` None: in office as far as known; a handover day belongs to both holders."""

    office: str
    of: EntityId
    start: str | None
    end: str | None
    chamber: str | None = None
    acting: bool = False
    sure: bool = True
    source: str | None = None
    """Where this tenure comes from when not from the person's source."""
    note: str | None = None


class FormerName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The name that a person bore until a date; it stands among the aliases, too."""

    name: str
    end: str


class Person(Entity, frozen=True, kw_only=True):
    """A leader, minister or envoy with terms of office. `died` is the day of death, where the reference knows it."""

    gender: str | None = None
    died: str | None = None
    tenures: tuple[Tenure, ...] = ()
    name_former: tuple[FormerName, ...] = ()

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]


class Membership(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state's or organisation's standing in an organisation: member or observer, with dates where known."""

    actor: EntityId
    kind: str
    start: str | None = None
    end: str | None = None
    sure: bool = True
    note: str | None = None


class Organisation(Entity, frozen=True, kw_only=True):
    """An organisation with a secretariat, an agency, bank, fund or dialogue format (`kind`)."""

    kind: str = ""
    abbreviation: str | None = None
    seat: str | None = None
    founded: str | None = None
    part_of: EntityId | None = None
    state: EntityId | None = None
    memberships: tuple[Membership, ...] = ()


class Body(Entity, frozen=True, kw_only=True):
    """A standing mechanism of states."""

    kind: str = ""
    level: str | None = None
    members: tuple[EntityId, ...] = ()
    since: str | None = None
    under: EntityId | None = None


class ReferenceStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step in a treaty's life."""

    status: str
    date: str | None = None
    by: tuple[EntityId, ...] = ()
    place: str | None = None
    sure: bool = True
    note: str | None = None


class Treaty(Entity, frozen=True, kw_only=True):
    """A treaty, agreement or declaration."""

    kind: str = ""
    parties: tuple[EntityId, ...] = ()
    steps: tuple[ReferenceStep, ...] = ()


class Place(Entity, frozen=True, kw_only=True):
    """A city, venue, crossing, river, dam, corridor ... (`kind`)."""

    kind: str = ""
    states: tuple[EntityId, ...] = ()


class Function(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of office, told by the words of its title; `seats` is 'several' where more than one person holds such an office at a time."""

    id: str
    contains: tuple[str, ...]
    seats: str = "one"


def function_in(office: str, functions: tuple[Function, ...]) -> Function | None:
    """Return the first kind of office one of whose words the title holds."""
    low = f" {office.casefold().replace('-', ' ')} "
    return next((f for f in functions if any(f" {w.replace('-', ' ')} " in low for w in f.contains)), None)
