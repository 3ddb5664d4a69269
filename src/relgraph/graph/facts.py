"""One article's facts as quads in the article's own graph.

Events, treaty steps, figures and claims are nodes of the article; entities, relations and engagements are shared. Each fact has a claim that
leads to the passage it rests on. What is not asserted has a claim with its modality and no fact node.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from relgraph.graph import iris
from relgraph.graph.terms import CLASS_OF_KIND, LABEL, Builder, date_literal, decimal, rg, text, typed
from relgraph.graph.words import plain
from relgraph.knowledge.entities import Body, Organisation, State
from relgraph.knowledge.reference import Reference
from relgraph.model import AnyFact, Article, ArticleFacts, BodyFact, EventFact, Figure, IndicatorFact, OfficeFact, RelationFact, TargetFact, TopicFact, TreatyFact

_ORGANISATION_WORDS = frozenset("bank company corporation ministry agency university fund group holding union organisation organization commission council committee airlines railways association chamber institute".split())


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

    def write(self) -> list[Quad]:
        out, article = self.out, self.article
        out.kind(self.node, "Article")
        out.add(self.node, NamedNode(iris.PREFIXES["dcterms"] + "title"), text(article.title or article.id))
        out.add(self.node, LABEL, text(article.title or article.id, "en" if article.language == "en" else article.language))
        out.add(self.node, NamedNode(iris.PREFIXES["dcterms"] + "language"), text(article.language))
        if article.publisher:
            out.add(self.node, NamedNode(iris.PREFIXES["dcterms"] + "publisher"), text(article.publisher))
        if article.published:
            out.add(self.node, "published", date_literal(article.published))
        for url in (article.url or "").split(" ; "):
            if url.startswith(("http://", "https://")):
                out.add(self.node, "url", typed(url, "anyURI"))
        for fact in self.facts.facts:
            self._claim(fact, self._fact(fact))
        for fact in self.facts.unasserted:
            self._claim(fact, ())
        return out.quads()

    def _claim(self, fact: AnyFact, asserted: Iterable[NamedNode]) -> None:
        out, claim = self.out, NamedNode(iris.node("claim", fact.id))
        out.kind(claim, "Claim")
        out.add(claim, LABEL, text(plain(fact), "en"))
        out.add(claim, "claimType", text(str(type(fact).__struct_config__.tag)))
        out.add(claim, "rule", text(fact.rule))
        out.add(claim, "confidence", decimal(fact.confidence))
        out.add(claim, "inArticle", self.node)
        out.add(claim, "asserts", *asserted)
        if fact.modality:
            out.add(claim, "modality", NamedNode(iris.concept("modality", fact.modality)))
        if fact.attributed_to:
            out.add(claim, "attribution", text(fact.attributed_to))
        for name in self._named(fact):
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

    @staticmethod
    def _named(fact: AnyFact) -> tuple[str, ...]:
        match fact:
            case OfficeFact():
                return (fact.person, fact.of)
            case EventFact():
                return (*fact.participants, *fact.visitor, *((fact.host,) if fact.host else ()))
            case BodyFact():
                return fact.members
            case TreatyFact():
                return fact.parties
            case _:
                return fact.between

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

    def actor(self, name: str, fact: AnyFact) -> NamedNode:
        """Return the node of a person, state or organisation, with its type and label."""
        entity_id = fact.ids.get(name)
        if entity_id and entity_id in self.reference.entities:
            entity = self.reference.entities[entity_id]  # type: ignore[index]
            node = NamedNode(iris.entity(entity_id))
            kind = class_of(entity)
            label = entity.name
        else:
            words = name.lower().split()
            kind = "Person" if name in self.persons else "Organisation" if words and (words[-1] in _ORGANISATION_WORDS or words[0] == "ministry" or len(words) == 1) else "Actor"
            node, label = NamedNode(iris.unresolved({"Person": "person", "Organisation": "organisation"}.get(kind, "actor"), name)), name
        self.out.kind(node, kind)
        self.out.add(node, LABEL, text(label, "en"))
        return node

    def _place(self, name: str, fact: AnyFact) -> NamedNode:
        entity_id = fact.ids.get(name)
        found = [i for i in self.reference.find(name) if i.startswith("place:")] if not (entity_id and entity_id.startswith("place:")) else [entity_id]
        node = NamedNode(iris.entity(found[0])) if found else NamedNode(iris.unresolved("place", name))
        self.out.kind(node, "Place")
        self.out.add(node, LABEL, text(self.reference.name(found[0]) if found else name, "en"))
        return node

    def _office(self, fact: OfficeFact) -> list[NamedNode]:
        of = self.actor(fact.of, fact)
        person = NamedNode(self.actor(fact.person, fact).value)
        tenure, office = NamedNode(iris.node("tenure", fact.id)), NamedNode(iris.office(fact.office, of.value))
        self.out.kind(office, "Office")
        self.out.add(office, LABEL, text(f"{fact.office} of {fact.of}", "en"))
        self.out.add(office, "officeOf", of)
        self.out.add(office, "function", NamedNode(iris.concept("function", function_of(fact.office))))
        self.out.kind(tenure, "Tenure")
        self.out.add(tenure, LABEL, text(plain(fact), "en"))
        self.out.add(tenure, "holder", person)
        self.out.add(tenure, "office", office)
        if self.article.published:
            self.out.add(tenure, "attestedOn", date_literal(self.article.published))
        return [tenure]

    def _event(self, fact: EventFact) -> list[NamedNode]:
        out, event = self.out, NamedNode(iris.node("event", fact.id))
        out.kind(event, CLASS_OF_KIND.get(fact.kind, "Event"))
        out.add(event, LABEL, text(plain(fact), "en"))
        out.add(event, "eventKind", NamedNode(iris.concept("event-kind", fact.kind)))
        for name in fact.participants:
            out.add(event, "participant", self.actor(name, fact))
        for name in fact.visitor:
            out.add(event, "visitor", self.actor(name, fact))
            out.add(event, "participant", self.actor(name, fact))
        if fact.host:
            out.add(event, "host", self.actor(fact.host, fact))
            out.add(event, "participant", self.actor(fact.host, fact))
        if fact.level:
            out.add(event, "visitLevel", NamedNode(iris.concept("visit-level", fact.level)))
        if fact.place:
            out.add(event, "place", self._place(fact.place, fact))
        if fact.planned:
            out.add(event, "planned", typed("true", "boolean"))
        if fact.part_of in self.event_ids:
            out.add(event, "partOfEvent", NamedNode(iris.node("event", str(fact.part_of))))
        out.dated(event, fact.date)
        return [event]

    def _body(self, fact: BodyFact) -> list[NamedNode]:
        members = [self.actor(m, fact) for m in fact.members]
        entity_id = fact.ids.get(fact.name)
        body = NamedNode(iris.entity(entity_id) if entity_id else iris.unresolved("body", fact.name, _tails(members)))
        self.out.kind(body, "BilateralBody" if len(members) == 2 else "Body")
        self.out.add(body, LABEL, text(self.reference.name(entity_id) if entity_id else fact.name, "en"))
        if entity_id and fact.name != self.reference.name(entity_id):
            self.out.add(body, NamedNode(iris.PREFIXES["skos"] + "altLabel"), text(fact.name, "en"))
        self.out.add(body, "bodyMember", *members)
        return [body]

    def _treaty(self, fact: TreatyFact) -> list[NamedNode]:
        out, parties = self.out, [self.actor(p, fact) for p in fact.parties]
        entity_id = fact.ids.get(fact.name)
        treaty = NamedNode(iris.entity(entity_id) if entity_id else iris.unresolved("treaty", fact.name, _tails(parties)))
        out.kind(treaty, "Treaty")
        out.add(treaty, LABEL, text(self.reference.name(entity_id) if entity_id else fact.name, "en"))
        if entity_id and fact.name != self.reference.name(entity_id):
            out.add(treaty, NamedNode(iris.PREFIXES["skos"] + "altLabel"), text(fact.name, "en"))
        out.add(treaty, "party", *parties)
        nodes = [treaty]
        for number, step in enumerate(fact.steps, 1):
            node = NamedNode(iris.node("step", f"{fact.id}-{number}"))
            out.kind(node, "TreatyStep")
            out.add(node, LABEL, text(f"{fact.name}: {step.status}", "en"))
            out.add(treaty, "step", node)
            out.add(node, "stepOf", treaty)
            out.add(node, "stepStatus", NamedNode(iris.concept("treaty-status", step.status)))
            out.dated(node, step.date)
            if step.by:
                out.add(node, "stepBy", self.actor(step.by, fact))
            nodes.append(node)
        return nodes

    def _figure(self, fact: Figure) -> list[NamedNode]:
        target = isinstance(fact, TargetFact)
        out, node = self.out, NamedNode(iris.node("target" if target else "observation", fact.id))
        out.kind(node, "Target" if target else "Observation")
        out.add(node, LABEL, text(plain(fact), "en"))  # type: ignore[arg-type]
        out.add(node, "indicator", NamedNode(iris.concept("indicator", fact.kind)))
        out.add(node, "between", *(self.actor(b, fact) for b in fact.between))  # type: ignore[arg-type]
        out.add(node, "value", decimal(fact.value))
        out.add(node, "unit", NamedNode(iris.concept("unit", fact.unit)))
        if fact.max is not None:
            out.add(node, "maxValue", decimal(fact.max))
        if fact.bound:
            out.add(node, "bound", NamedNode(iris.concept("bound", fact.bound)))
        if fact.source:
            out.add(node, "fromActor", self.actor(fact.source, fact))  # type: ignore[arg-type]
        if fact.to:
            out.add(node, "toActor", self.actor(fact.to, fact))  # type: ignore[arg-type]
        if isinstance(fact, TargetFact):
            if fact.by:
                out.add(node, "deadline", date_literal(fact.by))
        elif isinstance(fact, IndicatorFact) and fact.period:
            out.dated(node, fact.period, "period")
        return [node]

    def _relation(self, fact: RelationFact) -> list[NamedNode]:
        actors = [self.actor(b, fact) for b in fact.between]
        if fact.kind in ("membership", "observer") and len(actors) == 2:
            kind = "member" if fact.kind == "membership" else "observer"
            node = NamedNode(iris.node("membership", f"{'--'.join(_tails(actors))}--{kind}"))
            self.out.kind(node, "Membership")
            self.out.add(node, LABEL, text(plain(fact), "en"))
            self.out.add(node, "member", actors[0])
            self.out.add(node, "organisation", actors[1])
            self.out.add(node, "membershipKind", NamedNode(iris.concept("membership-kind", kind)))
            return [node]
        node = NamedNode(iris.node("relation", f"{iris.slug(fact.kind)}--{'--'.join(sorted(_tails(actors)))}"))
        self.out.kind(node, "Relation")
        self.out.add(node, LABEL, text(f"{fact.kind}: {' - '.join(sorted(fact.between))}", "en"))
        self.out.add(node, "relationKind", NamedNode(iris.concept("relation-kind", fact.kind)))
        self.out.add(node, "between", *actors)
        return [node]

    def _topic(self, fact: TopicFact) -> list[NamedNode]:
        actors = [self.actor(b, fact) for b in fact.between]
        dispute = fact.stance == "dispute"
        node = NamedNode(iris.node("engagement", f"{iris.slug(fact.topic)}{'-dispute' if dispute else ''}--{'--'.join(sorted(_tails(actors)))}"))
        self.out.kind(node, "Engagement")
        self.out.add(node, LABEL, text(f"{fact.topic}: {' - '.join(sorted(fact.between))}", "en"))
        self.out.add(node, "topic", NamedNode(iris.concept("topic", fact.topic)))
        self.out.add(node, "stance", NamedNode(iris.concept("stance", fact.stance or "cooperation")))
        self.out.add(node, "between", *actors)
        return [node]


def _tails(nodes: Iterable[NamedNode]) -> list[str]:
    return [n.value.rsplit("/", 1)[-1] for n in nodes]


def class_of(entity: object) -> str:
    """Return the class of an entry of the reference."""
    if isinstance(entity, State):
        return "State" if entity.kind in ("state", "former state") else "Region" if entity.kind == "region" else "Territory"
    if isinstance(entity, Body):
        return "BilateralBody" if len(entity.members) == 2 else "Body"
    if isinstance(entity, Organisation):
        return "Format" if entity.kind == "dialogue format" else "Organisation"
    return type(entity).__name__


_FUNCTIONS = ("vice president", "president", "deputy prime minister", "prime minister", "deputy foreign minister", "foreign minister", "defence minister", "ambassador", "secretary-general", "speaker")


def function_of(office: str) -> str:
    """Return the function (a concept) that an office is an instance of: 'first deputy prime minister' is a deputy prime minister.

    >>> function_of("minister of energy")
    'minister'
    """
    low = office.lower()
    for name in _FUNCTIONS:
        if name in low:
            return name
    if "deputy" in low and "minister" in low:
        return "deputy minister"
    if "minister" in low:
        return "minister"
    return "speaker" if "parliament" in low or "senate" in low else "head"


__all__ = ["class_of", "facts_to_quads", "function_of", "rg"]
