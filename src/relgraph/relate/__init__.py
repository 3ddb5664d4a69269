"""Step 4: relate what is resolved: facts with evidence, spans, rule and confidence.

In: the resolved sentences of one article. Out: `ArticleFacts`, and for `trace` why a trigger gave none.
A module a fact type; each writes candidates to a `Bench`; this one decides what is kept.
"""

from __future__ import annotations

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.weights import THRESHOLD, Weights
from relgraph.model import AnyFact, Article, ArticleFacts, EventFact, TopicFact, with_id
from relgraph.relate.candidates import Bench, Rejected
from relgraph.relate.company import Company
from relgraph.relate.confidence import features_of, score
from relgraph.relate.documents import find_documents
from relgraph.relate.events import LEARNED, find_events
from relgraph.relate.figures import find_figures
from relgraph.relate.offices import find_offices
from relgraph.relate.projects import find_projects
from relgraph.relate.relations import find_relations
from relgraph.relate.signers import find_signings
from relgraph.relate.topics import find_topics
from relgraph.resolve import Resolved, view_at

__all__ = ["THRESHOLDS", "Rejected", "candidates_of", "relate", "relate_with_reasons"]

THRESHOLDS = {"office": 0.6, "event": 0.5, "body": 0.55, "treaty": 0.55, "indicator": 0.55, "target": 0.55, "relation": 0.55, "topic": 0.5}
"""The least confidence of a fact of each type that is kept, where the language has no model."""

MANY = 0.75
"""The least confidence of a topic that joins four or more: one wrong group says six wrong pairs or more."""


def relate(article: Article, resolved: Resolved, knowledge: Knowledge) -> ArticleFacts:
    """Return the facts of one article, in text order."""
    return relate_with_reasons(article, resolved, knowledge)[0]


def relate_with_reasons(article: Article, resolved: Resolved, knowledge: Knowledge) -> tuple[ArticleFacts, tuple[Rejected, ...]]:
    """Return the facts, and each trigger that gave none with its reason."""
    bench = candidates_of(article, resolved, knowledge)
    weights = knowledge.weights(article.language)
    company = Company(resolved, bench.facts)
    kept: list[AnyFact] = []
    for candidate in bench.facts:
        fact = weighed(bench, candidate, weights, company)
        if fact.confidence >= threshold_of(fact, weights):
            kept.append(fact)
        else:
            first = fact.spans[0] if fact.spans else fact.evidence[0]
            view = view_at(resolved.views, first.start)
            bench.rejected.append(Rejected(view.sentence.index if view is not None else 0, first.start, first.end, fact.rule, "below-threshold"))
    facts = _finished(kept, article.id)
    unasserted = _finished(bench.unasserted, article.id)
    return ArticleFacts(id=article.id, language=article.language, title=article.title, publisher=article.publisher, published=article.published, url=article.url,
                        facts=facts, unasserted=unasserted), tuple(bench.rejected)  # fmt: skip


def candidates_of(article: Article, resolved: Resolved, knowledge: Knowledge) -> Bench:
    """Return all that the rules found, before anything is decided; confidences are those that the rules gave by hand."""
    bench = Bench(article=article, resolved=resolved, knowledge=knowledge, facts=[], unasserted=[], rejected=[])
    for rule in (find_offices, find_events, find_documents, find_signings, find_figures, find_relations, find_topics, find_projects):
        rule(bench)
    return bench


def weighed(bench: Bench, fact: AnyFact, weights: Weights, company: Company) -> AnyFact:
    """Return the fact with the confidence of the model, or as it is where the model doesn't know its type, or another one has weighed it."""
    kind = _kind(fact)
    if fact.rule.startswith(LEARNED):
        return fact
    return msgspec.structs.replace(fact, confidence=score(weights, kind, features_of(bench, fact, company))) if kind in weights else fact


def threshold_of(fact: AnyFact, weights: Weights) -> float:
    """Return the least confidence at which a fact is kept: its type's by the model, else the one for confidences given by hand; more for a topic of many."""
    if fact.rule.startswith(LEARNED):
        return 0.0  # its own model has decided
    kind = _kind(fact)
    least = weights[kind][THRESHOLD] if THRESHOLD in weights.get(kind, {}) else THRESHOLDS[kind]
    return max(least, MANY) if isinstance(fact, TopicFact) and len(fact.between) > 3 else least


def _kind(fact: AnyFact) -> str:
    return str(type(fact).__struct_config__.tag)


def _finished(facts: list[AnyFact], article_id: str) -> tuple[AnyFact, ...]:
    """Give ids, drop repeats, name the event that each is part of, and sort by place in the text."""
    by_id: dict[str, AnyFact] = {}
    for fact in facts:
        whole = with_id(msgspec.structs.replace(fact, evidence=tuple(sorted(fact.evidence, key=lambda e: e.start))), article_id)
        if whole.id not in by_id or by_id[whole.id].confidence < whole.confidence:
            by_id[whole.id] = whole
    out = sorted(by_id.values(), key=lambda f: (f.evidence[0].start, f.id))
    visits = [f for f in out if isinstance(f, EventFact) and f.kind == "visit" and f.date]
    nested: list[AnyFact] = []
    for fact in out:
        if isinstance(fact, EventFact) and fact.kind in ("meeting", "signing", "statement") and fact.date:
            whole_visit = next((v for v in visits if set(v.visitor) & set(fact.participants) and _within(fact.date, v.date or "")), None)
            if whole_visit is not None:
                fact = msgspec.structs.replace(fact, part_of=whole_visit.id)
        nested.append(fact)
    return tuple(nested)


def _within(day: str, period: str) -> bool:
    first, _, last = period.partition("/")
    return first <= day[: len(first)] <= (last or first)
