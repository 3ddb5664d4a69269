"""One article's facts as quads in the article's own graph.

Events, treaty steps, figures and claims are nodes of the article; entities, relations and engagements are shared. Each fact has a claim that
leads to the passage it rests on. What is not asserted has a claim with its modality and no fact node.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from relgraph.graph import iris
from relgraph.graph.fingerprint import fingerprint
from relgraph.graph.terms import (
    ALT_LABEL,
    CLASS_OF_KIND,
    LABEL,
    RDF_TYPE,
    Builder,
    date_literal,
    decimal,
    rg,
    text,
    typed,
)
from relgraph.graph.words import described, plain
from relgraph.knowledge.entities import Body, Entity, Organisation, State
from relgraph.knowledge.reference import Reference
from relgraph.model import (
    AnyFact,
    Article,
    ArticleFacts,
    BodyFact,
    EventFact,
    Figure,
    IndicatorFact,
    OfficeFact,
    RelationFact,
    TargetFact,
    TopicFact,
    TreatyFact,
    TreatyStep,
    names_of,
)

_COMPANY_WORDS = frozenset(["company", "corporation", "holding", "airlines", "airways", "railways", "jsc", "ojsc", "cjsc", "llc", "ltd", "inc", "plc", "gmbh", "ag", "enterprise", "concern"])
_ORGANISATION_WORDS = frozenset(
    ["bank", "ministry", "agency", "university", "institute", "academy", "fund", "foundation", "group", "union", "organisation", "organization", "commission", "council", "committee", "association", "chamber", "delegation", "government", "parliament", "centre", "center", "service", "authority", "consortium", "party", "movement"]
)


def facts_to_quads(article: Article, facts: ArticleFacts, reference: Reference) -> list[Quad]:
    """Return the article's quads, sorted, all in its own graph."""
    return _Writer(article, facts, reference).write()


class _Writer:
    def __init__(self, article: Article, facts: ArticleFacts, reference: Reference) -> None:
        self.out = Builder(iris.article_graph(article.id))
        self.article, self.facts, self.reference = article, facts, reference
        self.node = NamedNode(iris.article(article.id))
        self.persons = {f.person for f in facts.facts if isinstance(f, OfficeFact)}
        self.event_ids = {f.id for f in facts.facts if isinstance(f, EventFact)}
        self.titles = {(f.person): f"{f.office} of {f.of}" for f in sorted((f for f in facts.facts if isinstance(f, OfficeFact)), key=lambda f: f.id, reverse=True)}
        self.bodies = {f.name.casefold(): f for f in sorted((f for f in facts.facts if isinstance(f, BodyFact)), key=lambda f: f.id, reverse=True)}

    def write(self) -> list[Quad]:
        out, article = self.out, self.article
        out.kind(self.node, "Article")
        out.add(self.node, NamedNode(iris.PREFIXES["dcterms"] + "title"), text(article.title or article.id))
        out.add(self.node, LABEL, text(article.title or article.id, article.language))
        out.add(self.node, NamedNode(iris.PREFIXES["dcterms"] + "language"), text(article.language))
        if article.publisher:
            out.add(self.node, NamedNode(iris.PREFIXES["dcterms"] + "publisher"), text(article.publisher))
        if article.published:
            out.add(self.node, "published", date_literal(article.published))
        for url in (article.url or "").split(" ; "):
            if url.startswith(("http://", "https://")):
                out.add(self.node, "url", typed(url, "anyURI"))
        own = fingerprint(article.text[article.body_start :])
        if own:
            out.add(self.node, "fingerprint", text(own))
        out.add(self.node, "claimCount", typed(str(len({f.id for f in (*self.facts.facts, *self.facts.unasserted)})), "integer"))
        for fact in self.facts.facts:
            self._claim(fact, self._fact(fact))
        for fact in self.facts.unasserted:
            self._claim(fact, ())
        return out.quads()

    def _claim(self, fact: AnyFact, asserted: Iterable[NamedNode]) -> None:
        out, claim = self.out, NamedNode(iris.node("claim", fact.id))
        out.kind(claim, "Claim")
        out.label(claim, described(fact, self._titles(fact)))
        out.add(claim, "claimType", text(str(type(fact).__struct_config__.tag)))
        out.add(claim, "rule", text(fact.rule))
        out.add(claim, "confidence", decimal(fact.confidence))
        out.add(claim, "inArticle", self.node)
        out.add(claim, "asserts", *asserted)
        if fact.modality:
            out.add(claim, "modality", out.concept("modality", fact.modality))
        if fact.modality and isinstance(fact, EventFact):
            # no event node stands for it; what it would be is said of the claim, so that others' reports can be compared with it
            out.add(claim, "eventKind", out.concept("event-kind", fact.kind))
            out.dated(claim, fact.date)
            if fact.place:
                out.add(claim, "place", self._place(fact.place, fact))
        if fact.attributed_to:
            out.add(claim, "attribution", text(fact.attributed_to))
            if fact.ids.get(fact.attributed_to):
                out.add(claim, "accordingTo", self.actor(fact.attributed_to, fact))
        for name in names_of(fact):
            out.add(claim, "involves", self.actor(name, fact))
        for span in fact.spans:
            out.add(claim, "span", text(f"{span.role}:{span.start}-{span.end}"))
        for evidence in fact.evidence:
            passage = NamedNode(iris.passage(self.article.id, evidence.start, evidence.end))
            out.kind(passage, "Passage")
            out.add(passage, "inArticle", self.node)
            out.add(passage, "start", typed(str(evidence.start), "integer"))
            out.add(passage, "end", typed(str(evidence.end), "integer"))
            out.add(passage, "exact", text(evidence.quote))
            out.add(claim, "passage", passage)

    def _fact(self, fact: AnyFact) -> list[NamedNode]:
        match fact:
            case OfficeFact():
                return self._office(fact)
            case EventFact():
                return self._event(fact)
            case BodyFact():
                return self._body(fact)
            case TreatyFact():
                return self._treaty(fact)
            case IndicatorFact() | TargetFact():
                return self._figure(fact)
            case RelationFact():
                return self._relation(fact)
            case TopicFact():
                return self._topic(fact)

    def _titles(self, fact: AnyFact) -> dict[str, str]:
        """Return the office of each person of an event: as the article says, else as the reference knows it for the day."""
        if not isinstance(fact, EventFact):
            return {}
        day = fact.date or self.article.published
        found = {}
        for name in (*fact.participants, *fact.visitor):
            held = self.reference.offices_of(fact.ids.get(name) or "", day) if day else ()
            title = self.titles.get(name) or (f"{held[0].office} of {self.reference.name(held[0].of)}" if held else None)
            if title:
                found[name] = title
        return found

    def _entity(self, name: str, fact: AnyFact) -> Entity | None:
        return self.reference.entities.get(fact.ids.get(name) or "")  # type: ignore[call-overload, no-any-return]

    def actor(self, name: str, fact: AnyFact) -> NamedNode:
        """Return the node of a person, state or organisation, with its type and label."""
        entity = self._entity(name, fact)
        if entity is not None:
            return self._known(entity)
        # One IRI for a name whatever its class: an article that says more of it than another must not split it in two.
        return self._described(NamedNode(iris.unresolved("actor", name)), "Person" if name in self.persons else class_of_name(name), name)

    def _known(self, entity: Entity) -> NamedNode:
        return self._described(NamedNode(iris.entity(entity.id)), class_of(entity), entity.name)

    def _described(self, node: NamedNode, kind: str, label: str) -> NamedNode:
        self.out.kind(node, kind)
        self.out.add(node, RDF_TYPE, rg("Actor"))
        self.out.label(node, label)
        return node

    def _name(self, name: str, fact: AnyFact) -> str:
        entity = self._entity(name, fact)
        return entity.name if entity is not None else name

    def _place(self, name: str, fact: AnyFact) -> NamedNode:
        entity = self._entity(name, fact)
        if entity is None or class_of(entity) == "State":
            found = [i for i in self.reference.find(name) if i.startswith("place:")]
            known = self.reference.entities[found[0]] if len(found) == 1 else None
        else:
            known = entity
        node = NamedNode(iris.entity(known.id) if known is not None else iris.unresolved("place", name))
        self.out.kind(node, class_of(known) if known is not None and class_of(known) in ("Territory", "Region") else "Place")
        self.out.label(node, known.name if known is not None else name)
        if known is None and entity is not None:
            self.out.add(node, "inState", self.actor(name, fact))
        return node

    def _office(self, fact: OfficeFact) -> list[NamedNode]:
        of, person = self.actor(fact.of, fact), self.actor(fact.person, fact)
        tenure, office = NamedNode(iris.node("tenure", fact.id)), NamedNode(iris.office(fact.office, of.value))
        write_office(self.out, office, f"{fact.office} of {self._name(fact.of, fact)}", of, self.reference.function_of(fact.office))
        self.out.kind(tenure, "Tenure")
        self.out.label(tenure, plain(fact))
        self.out.add(tenure, "holder", person)
        self.out.add(tenure, "office", office)
        if self.article.published:
            self.out.add(tenure, "attestedOn", date_literal(self.article.published))
        return [tenure]

    def _event(self, fact: EventFact) -> list[NamedNode]:
        out, event = self.out, NamedNode(iris.node("event", fact.id))
        out.kind(event, CLASS_OF_KIND.get(fact.kind, "Event"))
        out.label(event, plain(fact))
        out.add(event, "eventKind", self.out.concept("event-kind", fact.kind))
        for name in fact.participants:
            out.add(event, "participant", self.actor(name, fact))
        for name in fact.visitor:
            out.add(event, "visitor", self.actor(name, fact))
            out.add(event, "participant", self.actor(name, fact))
        if fact.host:
            out.add(event, "host", self.actor(fact.host, fact))
            out.add(event, "participant", self.actor(fact.host, fact))
        if fact.level:
            out.add(event, "visitLevel", self.out.concept("visit-level", fact.level))
        if fact.place:
            out.add(event, "place", self._place(fact.place, fact))
        if fact.planned:
            out.add(event, "planned", typed("true", "boolean"))
        if fact.part_of in self.event_ids:
            out.add(event, "partOfEvent", NamedNode(iris.node("event", str(fact.part_of))))
        if fact.session_of:
            out.add(event, "sessionOf", self._session(fact.session_of, fact))
        out.dated(event, fact.date)
        return [event]

    def _session(self, name: str, fact: EventFact) -> NamedNode:
        """Return the body whose session an event is: as resolved, as the article describes it elsewhere, else by its name alone."""
        described_body = self.bodies.get(name.casefold())
        if self._entity(name, fact) is None and described_body is not None:
            return self._body(described_body)[0]
        entity = self._entity(name, fact)
        body = NamedNode(iris.entity(entity.id) if entity is not None else iris.unresolved("body", name))
        self.out.kind(body, class_of(entity) if entity is not None else "Body")
        self.out.label(body, entity.name if entity is not None else name)
        if isinstance(entity, Body):
            # Described here, too, so that an article's graph can be checked without the reference.
            self.out.add(body, "bodyMember", *(self._known(self.reference.entities[m]) for m in entity.members))
        return body

    def _body(self, fact: BodyFact) -> list[NamedNode]:
        members = [self.actor(m, fact) for m in fact.members]
        entity = self._entity(fact.name, fact)
        body = self._named_node("body", fact.name, entity, members)
        self.out.kind(body, class_of(entity) if entity is not None else "BilateralBody" if len(set(members)) == 2 else "Body")
        self.out.add(body, "bodyMember", *members)
        return [body]

    def _named_node(self, kind: str, name: str, entity: Entity | None, sides: list[NamedNode]) -> NamedNode:
        """Return the node of a body or treaty with its label; the article's own name for a known one is one more name of it."""
        node = NamedNode(iris.entity(entity.id) if entity is not None else iris.unresolved(kind, name, _tails(sides)))
        self.out.label(node, entity.name if entity is not None else name)
        if entity is not None and name != entity.name:
            self.out.add(node, ALT_LABEL, text(name, "en"))
        return node

    def _treaty(self, fact: TreatyFact) -> list[NamedNode]:
        out, parties = self.out, [self.actor(p, fact) for p in fact.parties]
        treaty = self._named_node("treaty", fact.name, self._entity(fact.name, fact), parties)
        out.kind(treaty, "Treaty")
        out.add(treaty, "party", *parties)
        nodes = [treaty]
        steps = fact.steps or ((TreatyStep(status=fact.status, date=fact.date),) if fact.status else ())
        for number, step in enumerate(steps, 1):
            node = NamedNode(iris.node("step", f"{fact.id}-{number}"))
            out.kind(node, "TreatyStep")
            out.label(node, f"{fact.name}: {step.status}")
            out.add(treaty, "step", node)
            out.add(node, "stepOf", treaty)
            out.add(node, "stepStatus", self.out.concept("treaty-status", step.status))
            out.dated(node, step.date)
            if step.by:
                out.add(node, "stepBy", self.actor(step.by, fact))
            nodes.append(node)
        return nodes

    def _figure(self, fact: Figure) -> list[NamedNode]:
        target = isinstance(fact, TargetFact)
        out, node = self.out, NamedNode(iris.node("target" if target else "observation", fact.id))
        out.kind(node, "Target" if target else "Observation")
        out.label(node, plain(fact))  # type: ignore[arg-type]
        out.add(node, "indicator", self.out.concept("indicator", fact.kind))
        out.add(node, "between", *(self.actor(b, fact) for b in fact.between))  # type: ignore[arg-type]
        out.add(node, "value", decimal(fact.value))
        out.add(node, "unit", self.out.concept("unit", fact.unit))
        if fact.max is not None:
            out.add(node, "maxValue", decimal(fact.max))
        if fact.bound:
            out.add(node, "bound", self.out.concept("bound", fact.bound))
        if fact.source:
            out.add(node, "fromActor", self.actor(fact.source, fact))  # type: ignore[arg-type]
        if fact.to:
            out.add(node, "toActor", self.actor(fact.to, fact))  # type: ignore[arg-type]
        if isinstance(fact, TargetFact):
            if fact.by:
                out.dated(node, fact.by, "deadline")
        elif isinstance(fact, IndicatorFact) and fact.period:
            out.dated(node, fact.period, "period")
        return [node]

    def _sides(self, fact: RelationFact | TopicFact) -> str:
        return " - ".join(sorted(self._name(b, fact) for b in fact.between))

    def _relation(self, fact: RelationFact) -> list[NamedNode]:
        actors = [self.actor(b, fact) for b in fact.between]
        if fact.kind in ("membership", "observer") and len(actors) == 2:
            kind = "member" if fact.kind == "membership" else "observer"
            node = NamedNode(iris.node("membership", f"{'--'.join(_tails(actors))}--{kind}"))
            self.out.kind(node, "Membership")
            self.out.label(node, membership_label(self._name(fact.between[0], fact), kind, self._name(fact.between[1], fact)))
            self.out.add(node, "member", actors[0])
            self.out.add(node, "organisation", actors[1])
            self.out.add(node, "membershipKind", self.out.concept("membership-kind", kind))
            return [node]
        node = NamedNode(iris.node("relation", f"{iris.slug(fact.kind)}--{'--'.join(sorted(_tails(actors)))}"))
        self.out.kind(node, "Relation")
        self.out.label(node, f"{fact.kind}: {self._sides(fact)}")
        self.out.add(node, "relationKind", self.out.concept("relation-kind", fact.kind))
        self.out.add(node, "between", *actors)
        return [node]

    def _topic(self, fact: TopicFact) -> list[NamedNode]:
        actors = [self.actor(b, fact) for b in fact.between]
        dispute = fact.stance == "dispute"
        node = NamedNode(iris.node("engagement", f"{iris.slug(fact.topic)}{'-dispute' if dispute else ''}--{'--'.join(sorted(_tails(actors)))}"))
        self.out.kind(node, "Engagement")
        self.out.label(node, f"{fact.topic}: {self._sides(fact)}")
        self.out.add(node, "topic", self.out.concept("topic", fact.topic))
        self.out.add(node, "stance", self.out.concept("stance", fact.stance or "cooperation"))
        self.out.add(node, "between", *actors)
        return [node]


def _tails(nodes: Iterable[NamedNode]) -> list[str]:
    return [n.value.rsplit("/", 1)[-1] for n in nodes]


def class_of(entity: Entity) -> str:
    """Return the class of an entry of the reference."""
    match entity:
        case State():
            return "State" if entity.kind in ("state", "former state") else "Region" if entity.kind == "region" else "Territory"
        case Body():
            return "BilateralBody" if len(entity.members) == 2 else "Body"
        case Organisation():
            return "Format" if entity.kind == "dialogue format" else "Organisation"
        case _:
            return type(entity).__name__


def class_of_name(name: str) -> str:
    """Return the class that a name's words tell, Actor when they tell none.

    >>> [class_of_name(n) for n in ("Kazakhstan Railways", "Ministry of Energy", "KDB", "Alisher Usmonov")]
    ['Company', 'Organisation', 'Organisation', 'Actor']
    """
    words = set(re.findall(r"[a-z]+", name.lower()))
    if words & _COMPANY_WORDS:
        return "Company"
    return "Organisation" if words & _ORGANISATION_WORDS or re.fullmatch(r"[A-Z]{2,8}", name) else "Actor"


def write_office(out: Builder, office: NamedNode, label: str, of: NamedNode, function: str | None) -> None:
    """Describe an office; its function only where the kind of office is known."""
    out.kind(office, "Office")
    out.label(office, label)
    out.add(office, "officeOf", of)
    if function:
        out.add(office, "function", out.concept("function", function))


def membership_label(member: str, kind: str, organisation: str) -> str:
    """Return 'Kazakhstan: member of the CIS' in the same words for article and reference."""
    return f"{member}: {kind} of {organisation}"
