"""Facts of type topic: the fields in which the pair in focus cooperates, or on which it differs."""

from __future__ import annotations

from collections import defaultdict

from relgraph.model import TopicFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, Rejected, span
from relgraph.relate.modality import modality_of
from relgraph.resolve import View

# Topic words that the text says in passing more often than as a field of cooperation.
_HARD = frozenset({"security", "media", "finance", "labour", "infrastructure", "industry", "science", "religion", "migration", "environment", "digital", "space", "emergency", "inter-parliamentary",
                   "border", "defence", "culture", "education", "health", "mining", "trade", "regional cooperation"})  # fmt: skip


def find_topics(bench: Bench) -> None:
    """Add a topic for each topic word in a sentence with a cue and a pair; more sentences and listings raise the confidence."""
    hits: dict[tuple[tuple[str, ...], str], list[tuple[View, Mention, float, bool]]] = defaultdict(list)
    for view in bench.resolved.views:
        topics = view.of_kind("topic")
        if not topics:
            continue
        cues = view.of_kind("cue")
        names = [m for m in view.mentions if m.kind in ("body", "treaty", "organisation", "place") or (m.kind == "document" and m.text[:1].isupper() and len(m.text.split()) > 1) or m.kind == "office"]
        inside = [t for t in topics if any(n.start <= t.start and t.end <= n.end for n in names)]
        for topic in topics:
            rule = f"topic.{topic.key}"
            if topic in inside:
                bench.rejected.append(Rejected(view.sentence.index, topic.start, topic.end, rule, "inside-a-name"))
                continue
            if not 2 <= len(view.focus) <= 6:
                bench.rejected.append(Rejected(view.sentence.index, topic.start, topic.end, rule, "no-pair", "between"))
                continue
            cue = [c for c in cues if c.key == "cooperation" and not (c.start < topic.end and topic.start < c.end)]
            dispute = [c for c in cues if c.key == "dispute"]
            if not cue and not dispute:
                bench.rejected.append(Rejected(view.sentence.index, topic.start, topic.end, rule, "no-cue"))
                continue
            modality, _ = modality_of(view, topic.start, topic.end)
            if modality in ("denied", "cancelled"):
                continue
            score = _score(view, topic, topics, cue)
            hits[view.focus, topic.key].append((view, topic, score, bool(dispute) and not cue))
    for (pair, key), found in hits.items():
        found.sort(key=lambda h: (-h[2], h[1].start))
        view, topic, score, disputed = found[0]
        sentences = len({h[0].sentence.index for h in found})
        confidence = min(0.92, score + 0.1 * (sentences - 1))
        bench.facts.append(TopicFact(between=pair, topic=key, stance="dispute" if disputed else None, evidence=bench.evidence(view), spans=(span("topic", topic.start, topic.end),),
                                     rule="topic.listed" if _listed(view, topic) else "topic.word", confidence=round(confidence, 3), ids=bench.ids(pair)))  # fmt: skip


def _score(view: View, topic: Mention, topics: list[Mention], cues: list[Mention]) -> float:
    score = {"both-named": 0.62, "side-of-the-pair": 0.6, "inherited": 0.6, "side-of-the-main-pair": 0.52, "inherited-across": 0.5, "with-the-anchor": 0.48, "main-pair": 0.45, "group-named": 0.4}.get(view.focus_reason, 0.4)
    strong = any(c.text.lower().startswith(("cooperat", "co-operat", "collaborat", "discuss", "partnership", "talk", "exchang", "agenda", "deepen", "expand", "strengthen", "priorit")) for c in cues)
    score += 0.14 if strong else 0.0
    if _listed(view, topic):
        score += 0.1
    if any(m.kind == "plural" for m in view.mentions):
        score += 0.04
    if topic.key in _HARD:
        score -= 0.06
    if view.sentence.index == 0:
        score -= 0.12
    if len(view.focus) > 2 and any(m.kind == "plural" and m.key == "states" for m in view.mentions):
        score -= 0.2  # 'bilateral', 'the two countries': the sentence is of pairs, not of the group
    return score


def _listed(view: View, topic: Mention) -> bool:
    """Whether the topic word stands in an enumeration of fields."""
    text, base = view.text, view.sentence.start
    before, after = text[: topic.start - base].rstrip(), text[topic.end - base :].lstrip()
    return before.endswith((",", " and", " in", " on", "including")) and (after[:1] in (",", ".", "") or after.startswith(("and ", "as well")))
