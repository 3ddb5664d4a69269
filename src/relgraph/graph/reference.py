"""The reference as quads in its own graph: every statement with its source, unchecked ones with a lower confidence."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from relgraph.graph import iris
from relgraph.graph.facts import class_of, membership_label, write_office
from relgraph.graph.terms import ALT_LABEL, LABEL, SAME_AS, Builder, date_literal, decimal, text, typed
from relgraph.knowledge.entities import Body, Entity, Organisation, Person, Place, State, Tenure, Treaty
from relgraph.knowledge.reference import Reference
from relgraph.periods import bounds

_TYPE, _PART_OF, _NOTE = NamedNode(iris.PREFIXES["dcterms"] + "type"), NamedNode(iris.PREFIXES["dcterms"] + "isPartOf"), NamedNode(iris.PREFIXES["skos"] + "note")
_UNSURE = decimal(0.5)


def reference_to_quads(reference: Reference) -> list[Quad]:
    """Return the quads of the whole reference, sorted."""
    out = Builder(iris.REFERENCE)
    for entity in reference.entities.values():
        node = NamedNode(iris.entity(entity.id))
        _common(out, node, entity)
        match entity:
            case State():
                _state(out, node, entity, reference)
            case Person():
                _person(out, node, entity, reference)
            case Organisation():
                _organisation(out, node, entity, reference)
            case Body():
                out.add(node, "bodyMember", *(NamedNode(iris.entity(m)) for m in entity.members))
                if entity.level:
                    out.add(node, "level", out.concept("body-level", entity.level))
                if entity.under:
                    out.add(node, "under", NamedNode(iris.entity(entity.under)))
                if entity.since:
                    out.add(node, "from", date_literal(entity.since))
            case Treaty():
                _treaty(out, node, entity)
            case Place():
                out.add(node, "inState", *(NamedNode(iris.entity(s)) for s in entity.states))
            case _:
                pass
    return out.quads()


def _common(out: Builder, node: NamedNode, entity: Entity) -> None:
    out.kind(node, class_of(entity))
    out.label(node, entity.name)
    if entity.names_ru:
        out.add(node, LABEL, text(entity.names_ru[0], "ru"))
    out.add(node, ALT_LABEL, *(text(a, "en") for a in entity.aliases if a != entity.name), *(text(a, "ru") for a in entity.names_ru[1:]))
    _sourced(out, node, entity.source, entity.sure)
    kind = getattr(entity, "kind", "")
    if kind:
        out.add(node, _TYPE, text(kind, "en"))
    if entity.note:
        out.add(node, _NOTE, text(entity.note, "en"))
    if entity.wikidata:
        out.add(node, SAME_AS, NamedNode(f"http://www.wikidata.org/entity/{entity.wikidata}"))


def _sourced(out: Builder, node: NamedNode, source: str, sure: bool) -> None:
    """State where an entry comes from; what was not checked has the confidence 0.5."""
    out.add(node, "source", text(source))
    if not sure:
        out.add(node, "confidence", _UNSURE)


def _lasting(out: Builder, node: NamedNode, start: str | None, end: str | None) -> None:
    if start:
        out.add(node, "from", date_literal(start))
    if end:
        out.add(node, "to", date_literal(end))


def _state(out: Builder, node: NamedNode, state: State, reference: Reference) -> None:
    for verb, code in (("iso2", state.iso2), ("iso3", state.iso3)):
        if code:
            out.add(node, verb, text(code))
    if state.cow is not None:
        out.add(node, "cowCode", typed(str(state.cow), "integer"))
    for name, language in ((state.official_name, "en"), (state.official_name_ru, "ru")):
        if name:
            out.add(node, "officialName", text(name, language))
    cities = [i for i in reference.find(state.capital or "") if i.startswith("place:")]
    if len(cities) == 1:
        out.add(node, "capital", NamedNode(iris.entity(cities[0])))
    for region in (state.group, state.part_of):
        if region:
            out.add(node, _PART_OF, NamedNode(iris.entity(region)))
    for member in state.members:
        out.add(NamedNode(iris.entity(member)), _PART_OF, node)
    _lasting(out, node, None, state.dissolved)


def _person(out: Builder, node: NamedNode, person: Person, reference: Reference) -> None:
    for tenure in person.tenures:
        _tenure(out, node, person, tenure, reference)


def _tenure(out: Builder, node: NamedNode, person: Person, tenure: Tenure, reference: Reference) -> None:
    of, place = NamedNode(iris.entity(tenure.of)), reference.name(tenure.of)
    # Each chamber of a parliament has a speaker of its own.
    title = f"{tenure.office} of the {tenure.chamber} of {place}" if tenure.chamber else f"{tenure.office} of {place}"
    office = NamedNode(iris.office(f"{tenure.office} {tenure.chamber}" if tenure.chamber else tenure.office, of.value))
    write_office(out, office, title, of, reference.function_of(tenure.office))
    key = f"{person.id.split(':')[1]}--{office.value.rsplit('/', 1)[-1]}--{tenure.start or 'unknown'}"
    held = NamedNode(iris.node("tenure", key))
    out.kind(held, "Tenure")
    out.label(held, f"{person.name}, {'acting ' if tenure.acting else ''}{title}")
    out.add(held, "holder", node)
    out.add(held, "office", office)
    _sourced(out, held, tenure.source or person.source, person.sure and tenure.sure)
    _lasting(out, held, tenure.start, tenure.end)
    # Both are always there, so that a query needs no OPTIONAL to ask who was in office.
    first, last = bounds(tenure.start or "0001-01-01"), bounds(tenure.end or "9999-12-31")
    if first and first[0] and last and last[1]:
        out.add(held, "earliest", typed(first[0], "date"))
        out.add(held, "latest", typed(last[1], "date"))
    if tenure.acting:
        out.add(held, "acting", typed("true", "boolean"))
    if tenure.note:
        out.add(held, _NOTE, text(tenure.note, "en"))


def _organisation(out: Builder, node: NamedNode, organisation: Organisation, reference: Reference) -> None:
    if organisation.abbreviation and organisation.abbreviation != organisation.name:
        out.add(node, ALT_LABEL, text(organisation.abbreviation, "en"))
    if organisation.part_of:
        out.add(node, "under" if organisation.part_of.startswith("organisation:") else _PART_OF, NamedNode(iris.entity(organisation.part_of)))
    if organisation.state:
        out.add(node, _PART_OF, NamedNode(iris.entity(organisation.state)))
    _lasting(out, node, organisation.founded, None)
    for membership in organisation.memberships:
        slugs = (membership.actor.split(":")[1], organisation.id.split(":")[1])
        # A membership that ended has its own node, so that a later one is not taken for it.
        held = NamedNode(iris.node("membership", f"{'--'.join(slugs)}--{iris.slug(membership.kind)}" + (f"--{membership.start or 'unknown'}" if membership.end else "")))
        out.kind(held, "Membership")
        out.label(held, membership_label(reference.name(membership.actor), membership.kind, organisation.name))
        out.add(held, "member", NamedNode(iris.entity(membership.actor)))
        out.add(held, "organisation", node)
        out.add(held, "membershipKind", out.concept("membership-kind", membership.kind))
        _sourced(out, held, organisation.source, organisation.sure and membership.sure)
        _lasting(out, held, membership.start, membership.end)


def _treaty(out: Builder, node: NamedNode, treaty: Treaty) -> None:
    out.add(node, "party", *(NamedNode(iris.entity(p)) for p in treaty.parties))
    for number, step in enumerate(treaty.steps, 1):
        held = NamedNode(iris.node("step", f"{treaty.id.split(':')[1]}-{number}"))
        out.kind(held, "TreatyStep")
        out.label(held, f"{treaty.name}: {step.status}")
        out.add(node, "step", held)
        out.add(held, "stepOf", node)
        out.add(held, "stepStatus", out.concept("treaty-status", step.status))
        _sourced(out, held, treaty.source, treaty.sure and step.sure)
        out.dated(held, step.date)
        out.add(held, "stepBy", *(NamedNode(iris.entity(b)) for b in step.by))
        if step.note:
            out.add(held, _NOTE, text(step.note, "en"))
