"""Facts of type relation: partnerships, alliances, diplomatic relations, disputes, memberships."""

from __future__ import annotations

import re

from relgraph.knowledge.entities import Organisation
from relgraph.model import EntityId, RelationFact
from relgraph.relate.candidates import Bench, span
from relgraph.relate.modality import modality_of
from relgraph.resolve import View


def find_relations(bench: Bench) -> None:
    """Add relations of the pair in focus and memberships of states in organisations."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for view in bench.resolved.views:
        for mention in view.of_kind("relation"):
            kind = str(lexicon.entries["relations"][mention.key].fields["kind"])
            if any(n.kind in ("body", "treaty", "document") and n.start <= mention.start < n.end and n is not mention for n in view.mentions):
                bench.reject(view, mention.start, mention.end, f"relation.{mention.key}", "inside-a-name")
                continue
            pair = view.focus
            if len(pair) != 2 or view.sentence.index == 0:
                bench.reject(view, mention.start, mention.end, f"relation.{mention.key}", "no-pair", "between")
                continue
            text = mention.text.lower()
            if kind == "friendship" and view.of_kind("event") and any(e.key == "message" for e in view.of_kind("event")):
                bench.reject(view, mention.start, mention.end, f"relation.{mention.key}", "other-sense")
                continue
            soft = text in ("friendship", "friends", "friendly", "fraternal", "brotherly", "friendly ties", "strategic and", "alliance and", "strategically important partner", "dispute", "disputes", "disputed", "friendly relations")
            named = view.focus_reason in ("both-named", "side-of-the-pair", "side-of-the-main-pair", "inherited")
            _emit(bench, view, mention.start, mention.end, kind, pair, f"relation.{mention.key}", (0.8 if named else 0.62) - (0.18 if soft else 0.0), seen)
            if re.search(r"strategic and (?:allied|alliance)|allied and strategic", view.text[mention.start - view.sentence.start :][:40], re.IGNORECASE):
                other = "alliance" if kind == "strategic partnership" else "strategic partnership"
                _emit(bench, view, mention.start, mention.end, other, pair, f"relation.{mention.key}", 0.8, seen)
        _memberships(bench, view, seen)


def _memberships(bench: Bench, view: View, seen: set[tuple[str, tuple[str, ...]]]) -> None:
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    organisations = [p for p in view.parties if p.kind == "organisation" and p.id]
    for mention in view.of_kind("membership"):
        near = [o for o in organisations if -40 < o.start - mention.end < 60 or 0 <= mention.start - o.end < 30]
        states = [p for p in view.parties if p.kind == "state" and p.form in ("name", "metonym")]
        if not near or not states:
            bench.reject(view, mention.start, mention.end, f"relation.{mention.key}", "no-pair", "between")
            continue
        kind = str(lexicon.entries["membership"][mention.key].fields["kind"])
        for organisation in near[:1]:
            for state in states:
                if re.search(r"\b(?:left|not|non|withdrew|former)\b", view.text, re.IGNORECASE):
                    continue
                _emit(bench, view, mention.start, mention.end, kind, (state.name, organisation.name), f"relation.{mention.key}", 0.75 if len(states) < 3 else 0.7, seen)


def _plausible(bench: Bench, state: str | None, organisation: str | None) -> bool:
    """Whether a state may belong to an organisation: the reference lists it, at any time, or lists no members at all."""
    entity = bench.knowledge.reference.entities.get(EntityId(organisation)) if organisation else None
    if not isinstance(entity, Organisation):
        return False
    return entity.kind in ("intergovernmental", "supranational", "military alliance") and (not entity.memberships or any(m.actor == state for m in entity.memberships))


def _emit(bench: Bench, view: View, start: int, end: int, kind: str, between: tuple[str, ...], rule: str, confidence: float, seen: set[tuple[str, tuple[str, ...]]]) -> None:
    modality, _ = modality_of(view, start, end)
    key = (kind, tuple(sorted(between)))
    if key in seen:
        return
    fact = RelationFact(kind=kind, between=between, evidence=bench.evidence(view), spans=(span("trigger", start, end),), rule=rule, confidence=round(confidence, 3),
                        ids=bench.ids(between), modality=modality)  # fmt: skip
    if modality:
        bench.unasserted.append(fact)
    else:
        seen.add(key)
        bench.facts.append(fact)
