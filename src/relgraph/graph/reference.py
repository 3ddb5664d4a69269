"""The reference as quads in its own graph: every statement with its source, unchecked ones with a lower confidence."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from relgraph.graph import iris
from relgraph.graph.facts import class_of, function_of
from relgraph.graph.terms import ALT_LABEL, LABEL, SAME_AS, Builder, bounds, date_literal, decimal, text, typed
from relgraph.knowledge.entities import Body, Entity, Organisation, Person, Place, State, Treaty
from relgraph.knowledge.reference import Reference

# Correlates of War country codes (Correlates of War Project, State System Membership v2016).
_COW = {
    "KZ": 705, "KG": 703, "TJ": 702, "TM": 701, "UZ": 704, "RU": 365, "CN": 710, "AF": 700, "IR": 630, "PK": 770, "IN": 750, "TR": 640, "AZ": 373,
    "AM": 371, "GE": 372, "BY": 370, "UA": 369, "US": 2, "GB": 200, "FR": 220, "DE": 255, "IT": 325, "JP": 740, "KR": 732, "MN": 712, "HU": 310,
    "SA": 670, "AE": 696, "QA": 694, "KW": 690, "OM": 698, "BH": 692, "IL": 666, "EG": 651, "PL": 290, "ES": 230, "CH": 225, "AT": 305, "CZ": 316,
}  # fmt: skip


def reference_to_quads(reference: Reference) -> list[Quad]:
    """Return the quads of the whole reference, sorted."""
    out = Builder(iris.REFERENCE)
    for entity in reference.entities.values():
        node = NamedNode(iris.entity(entity.id))
        _common(out, node, entity)
        match entity:
            case State():
                _state(out, node, entity)
            case Person():
                _person(out, node, entity, reference)
            case Organisation():
                _organisation(out, node, entity, reference)
            case Body():
                out.add(node, "bodyMember", *(NamedNode(iris.entity(m)) for m in entity.members))
                if entity.level:
                    out.add(node, "level", NamedNode(iris.concept("body-level", entity.level)))
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
    out.add(node, LABEL, text(entity.name, "en"))
    if entity.names_ru:
        out.add(node, LABEL, text(entity.names_ru[0], "ru"))
    out.add(node, ALT_LABEL, *(text(a, "en") for a in entity.aliases if a != entity.name), *(text(a, "ru") for a in entity.names_ru[1:]))
    out.add(node, "source", text(entity.source))
    if not entity.sure:
        out.add(node, "confidence", decimal(0.5))
    if entity.wikidata:
        out.add(node, SAME_AS, NamedNode(f"http://www.wikidata.org/entity/{entity.wikidata}"))


def _state(out: Builder, node: NamedNode, state: State) -> None:
    for field, verb in (("iso2", "iso2"), ("iso3", "iso3")):
        if getattr(state, field):
            out.add(node, verb, text(getattr(state, field)))
    if state.iso2 in _COW:
        out.add(node, "cowCode", typed(str(_COW[state.iso2]), "integer"))
    if state.official_name:
        out.add(node, "officialName", text(state.official_name, "en"))


def _person(out: Builder, node: NamedNode, person: Person, reference: Reference) -> None:
    for tenure in person.tenures:
        of = NamedNode(iris.entity(tenure.of))
        office = NamedNode(iris.office(f"{tenure.office} {tenure.chamber}" if tenure.chamber else tenure.office, of.value))
        out.kind(office, "Office")
        out.add(office, LABEL, text(f"{tenure.office} of {reference.name(tenure.of)}", "en"))
        out.add(office, "officeOf", of)
        out.add(office, "function", NamedNode(iris.concept("function", function_of(tenure.office))))
        key = f"{person.id.split(':')[1]}--{office.value.rsplit('/', 1)[-1]}--{tenure.start or 'unknown'}"
        held = NamedNode(iris.node("tenure", key))
        out.kind(held, "Tenure")
        out.add(held, LABEL, text(f"{person.name}, {tenure.office} of {reference.name(tenure.of)}", "en"))
        out.add(held, "holder", node)
        out.add(held, "office", office)
        out.add(held, "source", text(person.source))
        if tenure.start:
            out.add(held, "from", date_literal(tenure.start))
        if tenure.end:
            out.add(held, "to", date_literal(tenure.end))
        first, last = bounds(tenure.start or "0001-01-01"), bounds(tenure.end or "9999-12-31")
        if first and last:
            out.add(held, "earliest", typed(first[0], "date"))
            out.add(held, "latest", typed(last[1], "date"))
        if tenure.acting:
            out.add(held, "acting", typed("true", "boolean"))
        if not tenure.sure:
            out.add(held, "confidence", decimal(0.5))


def _organisation(out: Builder, node: NamedNode, organisation: Organisation, reference: Reference) -> None:
    if organisation.abbreviation:
        out.add(node, ALT_LABEL, text(organisation.abbreviation, "en"))
    if organisation.part_of:
        out.add(node, "under", NamedNode(iris.entity(organisation.part_of)))
    for membership in organisation.memberships:
        actor = NamedNode(iris.entity(membership.actor))
        slugs = (membership.actor.split(":")[1], organisation.id.split(":")[1])
        held = NamedNode(iris.node("membership", f"{'--'.join(slugs)}--{membership.kind}" + (f"--{membership.start}" if membership.end else "")))
        out.kind(held, "Membership")
        out.add(held, LABEL, text(f"{reference.name(membership.actor)}: {'membership' if membership.kind == 'member' else membership.kind} of {organisation.name}", "en"))
        out.add(held, "member", actor)
        out.add(held, "organisation", node)
        out.add(held, "membershipKind", NamedNode(iris.concept("membership-kind", membership.kind)))
        if membership.start:
            out.add(held, "from", date_literal(membership.start))
        if membership.end:
            out.add(held, "to", date_literal(membership.end))


def _treaty(out: Builder, node: NamedNode, treaty: Treaty) -> None:
    out.add(node, "party", *(NamedNode(iris.entity(p)) for p in treaty.parties))
    for number, step in enumerate(treaty.steps, 1):
        held = NamedNode(iris.node("step", f"{treaty.id.split(':')[1]}-{number}"))
        out.kind(held, "TreatyStep")
        out.add(held, LABEL, text(f"{treaty.name}: {step.status}", "en"))
        out.add(node, "step", held)
        out.add(held, "stepOf", node)
        out.add(held, "stepStatus", NamedNode(iris.concept("treaty-status", step.status)))
        out.add(held, "source", text(treaty.source))
        out.dated(held, step.date)
        out.add(held, "stepBy", *(NamedNode(iris.entity(b)) for b in step.by))
        if not step.sure:
            out.add(held, "confidence", decimal(0.5))
