"""Ask the store and make the projection: claims become fact lines, actors become nodes, facts gather on edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from urllib.parse import urlsplit

import msgspec

from relgraph.graph.iris import BASE, RG
from relgraph.show import asking
from relgraph.show.asking import Answers, ask
from relgraph.show.look import KIND_OF_CLASS
from relgraph.show.projection import (
    Cited,
    Concept,
    Conflict,
    Edge,
    FactLine,
    Mark,
    Node,
    Projection,
    Sentence,
    Source,
    Standing,
)
from relgraph.show.start import choose_start

_KINDS_OF_PAIRS = frozenset({"state", "organisation", "territory", "other"})
_LINE = {RG + "bodyMember": "member of", RG + "party": "party to"}


def project(store: Answers) -> Projection:
    """Return the whole store as a network with evidence."""
    return _Projector(store).run()


class _Tenure(msgspec.Struct, frozen=True):
    """That a person holds an office of a state or organisation: as an article says, or the reference."""

    iri: str
    person: str
    of: str
    label: str
    first: str
    last: str
    origin: str


class _Gathered(msgspec.Struct):
    """An edge while it is filled."""

    kind: str
    facts: set[int] = msgspec.field(default_factory=set)
    standings: set[Standing] = msgspec.field(default_factory=set)
    weights: dict[str, float] = msgspec.field(default_factory=dict)
    lifted: set[int] = msgspec.field(default_factory=set)


class _Projector:
    """Reads all rows once and builds the projection from dictionaries of them."""

    def __init__(self, store: Answers) -> None:
        self.claims = {row[0] or "": row for row in ask(store, asking.CLAIMS)}
        self.links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for claim, verb, value in ask(store, asking.CLAIM_LINKS):
            self.links[claim or ""][(verb or "").removeprefix(RG)].append(value or "")
        self.passages = {row[0] or "": row for row in ask(store, asking.PASSAGES)}
        self.dates = {node or "": (first or "", last or "") for node, first, last in ask(store, asking.DATES)}
        self.events = {row[0] or "": row for row in ask(store, asking.EVENTS)}
        self.roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for event, verb, actor in ask(store, asking.EVENT_LINKS):
            self.roles[event or ""][(verb or "").removeprefix(RG)].append(actor or "")
        reports = ask(store, asking.REPORTS)
        self.occurrence = {event or "": occurrence or "" for occurrence, event, _ in reports}
        self.independent = {occurrence or "": int(sources or 0) for occurrence, _, sources in reports}
        self.members = ask(store, asking.MEMBERS)
        self.memberships = {row[0] or "": row for row in ask(store, asking.MEMBERSHIPS)}
        self.tenures: dict[str, list[_Tenure]] = defaultdict(list)
        for row in ask(store, asking.TENURES):
            tenure = _Tenure(*(value or "" for value in row))
            self.tenures[tenure.person].append(tenure)
        self.named = {thing or "" for (thing,) in ask(store, asking.NAMED)}
        self._read_names(store)
        self._read_sources(store)
        self._read_concepts(store)
        self.inferences, self.premise_names = _grouped(ask(store, asking.INFERENCES))
        self.contradictions, _ = _grouped([(*row, None) for row in ask(store, asking.CONTRADICTIONS)])
        self.what_at: dict[str, int] = {}
        self.facts_of: dict[str, list[int]] = defaultdict(list)
        """Facts by the nodes they assert."""
        self.facts: list[FactLine] = []
        self.edges: dict[tuple[str, str, str], _Gathered] = {}
        self.unasserted: list[tuple[int, list[str], list[str]]] = []
        self.node_facts: dict[str, set[int]] = defaultdict(set)
        self.nodes: dict[str, int] = {}

    def _read_names(self, store: Answers) -> None:
        classes: dict[str, set[str]] = defaultdict(set)
        for thing, name in ask(store, asking.CLASSES):
            classes[thing or ""].add((name or "").removeprefix(RG))
        self.kind = {thing: next((k for c, k in KIND_OF_CLASS.items() if c in found), "other") for thing, found in classes.items()}
        self.label: dict[str, str] = {}
        self.label_ru: dict[str, str] = {}
        self.aliases: dict[str, list[str]] = defaultdict(list)
        for thing, verb, name, language in ask(store, asking.LABELS):
            if (verb or "").endswith("#label") and language in ("en", ""):
                self.label.setdefault(thing or "", name or "")
            elif (verb or "").endswith("#label") and language == "ru":
                self.label_ru.setdefault(thing or "", name or "")
            else:
                self.aliases[thing or ""].append(name or "")

    def _read_sources(self, store: Answers) -> None:
        found: dict[str, Source] = {}
        for iri, title, publisher, published, url in ask(store, asking.ARTICLES):
            old = found.get(iri or "")
            urls = tuple(sorted({*(old.urls if old else ()), *([url] if url and is_web_address(url) else ())}))
            found[iri or ""] = Source(id=short(iri or ""), title=title or short(iri or ""), publisher=publisher or "", published=published or "", urls=urls)
        self.source_at = {iri: number for number, iri in enumerate(found)}
        original = {article or "": self.source_at[iri or ""] for article, iri in ask(store, asking.REPRINTS) if iri in self.source_at}
        self.sources = tuple(msgspec.structs.replace(source, reprint_of=original.get(iri, -1)) for iri, source in found.items())
        self.sentence_at = {iri: number for number, iri in enumerate(self.passages)}
        self.sentences = tuple(Sentence(source=self.source_at[row[1] or ""], text=row[4] or "") for row in self.passages.values())

    def _read_concepts(self, store: Answers) -> None:
        about = [(node or "", (verb or "").removeprefix(RG), concept or "") for node, verb, concept in ask(store, asking.ABOUT)]
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for concept, name, language in ask(store, asking.CONCEPTS):
            names[concept or ""].setdefault(language or "en", name or "")
        self.concept_names = names
        used = sorted({concept for _, _, concept in about})
        self.concepts = tuple(Concept(id=short(c), label=names[c].get("en") or _last_words(c), label_ru=names[c].get("ru", "")) for c in used)
        at = {concept: number for number, concept in enumerate(used)}
        self.topics: dict[str, set[int]] = defaultdict(set)
        self.kind_of: dict[str, int] = {}
        for node, verb, concept in about:
            if verb == "topic":
                self.topics[node].add(at[concept])
            else:
                self.kind_of.setdefault(node, at[concept])

    def run(self) -> Projection:
        things = self.named | {self.occurrence.get(e, e) for e in self.events} | {t.of for p in self.named for t in self._standing_for(p)}
        self.nodes = {iri: number for number, iri in enumerate(sorted(i for i in things if self._kind(i)))}
        for claim in self.claims:
            self._add_claim(claim)
        for number, direct, lifted in self.unasserted:
            self._join_pairs(number, direct, lifted, what="", asserted=False, planned=False)
        self._add_background()
        self._add_inferences()
        self._spread_topics()
        return self._finished()

    def _kind(self, iri: str) -> str:
        if "/id/occurrence/" in iri or iri in self.events:
            return "event"
        return self.kind.get(iri, "")

    # Facts

    def _add_claim(self, claim: str) -> None:
        _, kind, label, rule, confidence, article, modality, attribution = self.claims[claim]
        links = self.links[claim]
        asserted = links["asserts"]
        events = [n for n in asserted if n in self.events]
        wholes = [n for n in asserted if self._kind(n) in ("body", "treaty")]
        planned = any(self.events[e][3] == "true" for e in events)
        direct = [a for a in links["involves"] if a in self.nodes]
        lifted, through = self._lift(direct, events, article or "")
        first, last = self._days(asserted)
        number = len(self.facts)
        nodes = {*direct, *lifted, *wholes, *(self.occurrence.get(e, e) for e in events)}
        what = self.occurrence.get(events[0], events[0]) if events else asserted[0] if asserted else claim
        parties = sum(self._kind(a) in _KINDS_OF_PAIRS for a in {*direct, *lifted})
        for asserted_node in (claim, *asserted, *(self.occurrence.get(e, e) for e in events)):
            self.facts_of[asserted_node].append(number)
        self.facts.append(FactLine(
            id=short(claim), type=kind or "", text=label or "", about=tuple(sorted(self.nodes[n] for n in nodes if n in self.nodes)), cited=self._cited(links),
            rule=rule or "", confidence=round(float(confidence or 1), 3), first_day=first, last_day=last, planned=planned,
            modality=short(modality).rsplit("/", 1)[-1] if modality else "", attribution=attribution or "", through=through,
            kind=next((self.kind_of[n] for n in asserted if n in self.kind_of), -1), topics=tuple(sorted({t for n in asserted for t in self.topics.get(n, ())})),
            what=self.what_at.setdefault(what, len(self.what_at)), share=round(1 / max(1, parties - 1), 3), sources=self.independent.get(what, 0),
        ))  # fmt: skip
        for node in nodes:
            self.node_facts[node].add(number)
        if asserted:
            self._join_pairs(number, direct, lifted, what=what, asserted=True, planned=planned)
        else:
            self.unasserted.append((number, direct, lifted))
        for event in events:
            self._join_event(number, event, planned=planned)
        for whole in wholes:
            for w, verb, part in self.members:
                if w == whole and part in direct:
                    self._join(part, whole, _LINE[verb or ""], number, "stated")
        if kind == "office":
            for tenure in (t for p in direct for t in self.tenures[p] if t.iri in asserted):
                self._join(tenure.person, tenure.of, tenure.label, number, "stated")

    def _days(self, asserted: Iterable[str]) -> tuple[str, str]:
        days = [self.dates[n] for n in asserted if n in self.dates]
        return (min(d[0] for d in days), max(d[1] for d in days)) if days else ("", "")

    def _cited(self, links: dict[str, list[str]]) -> tuple[Cited, ...]:
        found = []
        for passage in links["passage"]:
            row = self.passages.get(passage)
            if row is not None:
                start, exact = int(row[2] or 0), row[4] or ""
                found.append(Cited(sentence=self.sentence_at[passage], marks=tuple(marks_within(exact, start, links["span"]))))
        return tuple(sorted(found, key=lambda c: c.sentence))

    def _lift(self, direct: list[str], events: list[str], article: str) -> tuple[list[str], tuple[str, ...]]:
        """Return the states and organisations that the persons named stand for, and why."""
        behalf = {state for event in events for state in self.roles[event]["onBehalfOf"]}
        lifted, through = set(behalf & set(self.nodes)), []
        for person in (a for a in direct if self._kind(a) == "person"):
            for tenure in self._standing_for(person, article):
                if tenure.of in self.nodes and tenure.of not in direct:
                    lifted.add(tenure.of)
                    through.append(f"{self.label.get(person, short(person))}: {tenure.label} ({'background: ' + tenure.origin if tenure.origin else 'said in an article'})")
        return sorted(lifted - set(direct)), tuple(sorted(set(through)))

    def _standing_for(self, person: str, article: str = "") -> list[_Tenure]:
        """Return the tenures through which a person stands for a state: the article's own, else what all articles agree on, else the latest of the reference."""
        tenures = self.tenures.get(person, [])
        said = [t for t in tenures if not t.origin]
        own = [t for t in said if article and f"/{article.rsplit('/', 1)[-1]}-office-" in t.iri]
        if own or said:
            return own or (said[:1] if len({t.of for t in said}) == 1 else [])
        return sorted(tenures, key=lambda t: (t.last == "", t.last, t.first, t.iri))[-1:]

    # Edges

    def _join(self, source: str, target: str, kind: str, fact: int, standing: Standing, weight: float = 1.0, what: str = "") -> None:
        if source == target or source not in self.nodes or target not in self.nodes:
            return
        edge = self.edges.setdefault((source, target, kind), _Gathered(kind))
        edge.facts.add(fact)
        edge.standings.add(standing)
        if standing == "inferred":
            edge.lifted.add(fact)
        if weight:
            edge.weights[what or str(fact)] = max(weight, edge.weights.get(what or str(fact), 0.0))

    def _join_pairs(self, number: int, direct: list[str], lifted: list[str], *, what: str, asserted: bool, planned: bool) -> None:
        ends = sorted({a for a in (*direct, *lifted) if self._kind(a) in _KINDS_OF_PAIRS})
        for one, other in combinations(ends, 2):
            if not asserted and (one, other, "pair") not in self.edges:
                continue  # what is denied or merely wished for joins nobody, but is shown where an edge is
            standing: Standing = "planned" if planned else "stated" if one in direct and other in direct else "inferred"
            # A gathering of ten says less of each pair than a meeting of two.
            self._join(one, other, "pair", number, standing, 1 / (len(ends) - 1) if asserted else 0.0, what)

    def _join_event(self, number: int, event: str, *, planned: bool) -> None:
        node, roles = self.occurrence.get(event, event), self.roles[event]
        standing: Standing = "planned" if planned else "stated"
        for actor in roles["participant"]:
            role = "visitor" if actor in roles["visitor"] else "host" if actor in roles["host"] else "took part"
            self._join(actor, node, role, number, standing)
        for state in roles["onBehalfOf"]:
            if state not in roles["participant"]:
                self._join(state, node, "represented", number, "inferred")
        place = self.events[event][4]
        if place:
            self._join(node, place, "took place in", number, standing)
            self.node_facts[place].add(number)

    def _add_background(self) -> None:
        """Join persons to the states they serve by the reference, where no article says it."""
        for person in sorted(p for p in self.nodes if self._kind(p) == "person"):
            for tenure in self._standing_for(person):
                if tenure.origin:
                    number = len(self.facts)
                    years = f"{tenure.first or '?'} - {tenure.last or 'today'}"
                    self.facts.append(FactLine(id=short(tenure.iri), type="reference", text=f"{self.label.get(person, '')}: {tenure.label}, {years}",
                                               about=tuple(sorted(self.nodes[n] for n in (person, tenure.of) if n in self.nodes)), rule="reference data", origin=tenure.origin))  # fmt: skip
                    self.node_facts[person].add(number)
                    self._join(person, tenure.of, tenure.label, number, "reference")

    def _add_inferences(self) -> None:
        """Join what a rule joined out of what articles say, once for a statement and its mirror; who stands for a state is said by the facts themselves."""
        for inference, rows in sorted(self.inferences.items()):
            subjects, predicates, objects = (rows.get(name, []) for name in ("inferredSubject", "inferredPredicate", "inferredObject"))
            if not (subjects and predicates and objects) or predicates[0] == RG + "onBehalfOf":
                continue
            one, other, verb = self.occurrence.get(subjects[0], subjects[0]), self.occurrence.get(objects[0], objects[0]), _last_words(predicates[0])
            if one not in self.nodes or other not in self.nodes or (other, one, verb) in self.edges or one == other:
                continue
            number, premises = len(self.facts), sorted(rows.get("premise", []))
            rests_on = sorted({f for p in premises for f in self.facts_of.get(p, ())})
            if not rests_on:
                continue  # what follows from the reference alone is not news
            first, last = self._days(premises)
            self.facts.append(FactLine(
                id=short(inference), type="inferred", text=f"{self._label(one)} {verb} {self._label(other)}", about=tuple(sorted({self.nodes[one], self.nodes[other]})),
                cited=tuple(sorted({c.sentence: c for f in rests_on for c in self.facts[f].cited}.values(), key=lambda c: c.sentence)), rule=_last_words(next(iter(rows.get("rule", [])), "rule")),
                confidence=min((self.facts[f].confidence for f in rests_on), default=1.0), first_day=first, last_day=last,
                premises=tuple(dict.fromkeys(self.premise_names.get(p) or _last_words(p) for p in premises)), what=self.what_at.setdefault(inference, len(self.what_at)),
            ))  # fmt: skip
            for end in (one, other):
                self.node_facts[end].add(number)
            self._join(one, other, verb, number, "inferred")

    def _spread_topics(self) -> None:
        """Give each fact the topics of the sentences that it stands in, so that a filter by topic keeps meetings and figures, too."""
        said: dict[int, set[int]] = defaultdict(set)
        for fact in self.facts:
            for cited in fact.cited:
                said[cited.sentence].update(fact.topics)
        self.facts = [msgspec.structs.replace(f, topics=tuple(sorted({*f.topics, *(t for c in f.cited for t in said[c.sentence])}))) for f in self.facts]

    def _conflicts(self) -> tuple[Conflict, ...]:
        found = []
        for iri, rows in sorted(self.contradictions.items()):
            facts = tuple(sorted({f for node in rows.get("conflicting", ()) for f in self.facts_of.get(node, ())}))
            kind = next(iter(rows.get("contradictionKind", ())), "")
            if len(facts) > 1:
                found.append(Conflict(id=short(iri), kind=self.concept_names.get(kind, {}).get("en") or _last_words(kind or "contradiction"), facts=facts,
                                      text=next(iter(rows.get("label", ())), ""), difference=round(float(next(iter(rows.get("difference", ())), 0)), 3)))  # fmt: skip
        return tuple(found)

    # Result

    def _finished(self) -> Projection:
        nodes = [
            Node(id=short(iri), iri=iri, kind=self._kind(iri), label=self._label(iri), label_ru=self.label_ru.get(iri, ""),
                 aliases=tuple(dict.fromkeys(a for a in self.aliases.get(iri, ()) if a != self.label.get(iri))), facts=tuple(sorted(self.node_facts[iri])))
            for iri in self.nodes
        ]  # fmt: skip
        edges = []
        for (source, target, kind), found in sorted(self.edges.items()):
            standing: Standing = next(s for s in ("stated", "inferred", "planned", "reference") if s in found.standings)
            edges.append(Edge(id=f"{short(source)}|{kind}|{short(target)}", source=self.nodes[source], target=self.nodes[target], kind=kind, standing=standing,
                              facts=tuple(sorted(found.facts)), weight=round(sum(found.weights.values()), 3), lifted=tuple(sorted(found.lifted))))  # fmt: skip
        start = choose_start(nodes, edges)
        nodes = [msgspec.structs.replace(node, start=number in start) for number, node in enumerate(nodes)]
        return Projection(nodes=tuple(nodes), edges=tuple(edges), facts=tuple(self.facts), sentences=self.sentences, sources=self.sources,
                          concepts=self.concepts, conflicts=self._conflicts())  # fmt: skip

    def _label(self, iri: str) -> str:
        if self._kind(iri) != "event":
            return self.label.get(iri) or short(iri).rsplit("/", 1)[-1]
        event = next(e for e in ([iri] if iri in self.events else sorted(e for e, o in self.occurrence.items() if o == iri)))
        kind, date = self.events[event][1], self.events[event][2]
        return f"{(kind or 'event').rsplit('/', 1)[-1].replace('-', ' ').capitalize()}{', ' + date if date else ''}"


def short(iri: str) -> str:
    """Return an IRI of ours without its base: 'state/tajikistan'."""
    return iri.removeprefix(BASE).removeprefix("id/")


def _grouped(rows: Iterable[asking.Row]) -> tuple[dict[str, dict[str, list[str]]], dict[str, str]]:
    """Return rows of (node, verb, value, name of the value) by node and verb, and the names by value."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for node, verb, value, name in rows:
        values = found[node or ""][re.split("[#/]", verb or "")[-1]]
        if value and value not in values:
            values.append(value)
        if value and name:
            names.setdefault(value, name)
    return found, names


def _last_words(iri: str) -> str:
    """Return the last part of an IRI as words.

    >>> _last_words("https://w3id.org/relgraph/ontology#headOfState")
    'head of state'
    """
    return re.sub(r"([a-z])([A-Z])", r"\1 \2", re.split("[#/]", iri)[-1]).replace("-", " ").lower()


def is_web_address(url: str) -> bool:
    """Say whether an address is http or https with a host: the only ones that become links.

    >>> is_web_address("javascript:alert(1)")
    False
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(c.isspace() or ord(c) < 32 for c in url)


def marks_within(sentence: str, start: int, spans: Iterable[str]) -> list[Mark]:
    """Return the spans ('role:start-end', code points of the article) that lie in a sentence, in UTF-16 units of it.

    >>> marks_within("😀 met", 10, ["trigger:12-15"])
    [Mark(start=3, end=6, role='trigger')]
    """
    found = []
    for span in spans:
        role, _, place = span.rpartition(":")
        first, _, last = place.partition("-")
        low, high = int(first) - start, int(last) - start
        if 0 <= low < high <= len(sentence):
            found.append(Mark(_units(sentence[:low]), _units(sentence[:high]), role))
    return sorted(set(found), key=lambda m: (m.start, m.end, m.role))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
