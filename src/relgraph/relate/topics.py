"""Facts of type topic: the fields in which the pair in focus cooperates, or on which it differs.

All mentions of one topic under one pair are one candidate; what stands around them are its features, and the lexicon weighs them
(`topic_weights`): a word in a list of fields of cooperation says more than one in a minister's title.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from relgraph.knowledge.lexicon import Lexicon
from relgraph.model import TopicFact
from relgraph.recognise.fold import fold
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, Rejected, span
from relgraph.relate.modality import modality_of
from relgraph.relate.topic_sides import sides_of_topic
from relgraph.resolve import View
from relgraph.resolve.order import within

_MOST = 8
"""A group of more states than this has no topics of its own."""
_NEXT = 24
"""Characters behind the first field of a list within which the next one begins."""
_BESIDE = 8
"""Characters between a weak word and a neighbour in a list of fields."""
_OWNERS = 90
"""Characters behind a body's name within which its fields begin."""
_STOPS, _ENDS = frozenset(",.;:"), frozenset(".;:")
_NEAR, _FAR, _NAME = 70, 500, 200
_FOCUS = ("both-named", "group-named", "side-of-the-pair", "inherited", "side-of-the-main-pair", "inherited-across", "with-the-anchor", "main-pair")
_NAMES = ("document", "body", "treaty", "organisation")


class Found(msgspec.Struct, frozen=True):
    """One topic word in a sentence that has a pair."""

    view: View
    word: Mention
    listed: bool
    inside: str
    """The kind of name that it stands in, if any."""
    faint: bool
    """Whether the lexicon holds it for a word that says the topic less surely."""
    around: frozenset[str]
    """What else stands near it in the sentence, and farther off."""


def find_topics(bench: Bench) -> None:
    """Add a topic for each pair and field whose words together weigh enough; a sentence that says so is the evidence."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    weights: Mapping[str, float] = lexicon.lists.get("topic_weights", {})
    candidates = candidates_of_topics(bench, lexicon)
    total = Counter(key for (_, key), found in candidates.items() for _ in found)
    for (pair, key), found in candidates.items():
        features = features_of_topic(bench, pair, key, found, total)
        confidence = 1 / (1 + math.exp(-sum(weights.get(f, 0.0) for f in features)))
        best = max(found, key=lambda f: (not f.inside, f.listed, "cue" in f.around, f.view.sentence.index > 0, -f.word.start))
        stance: Literal["dispute"] | None = "dispute" if "dispute" in best.around and not best.around & {"cue", "joint"} else None
        bench.facts.append(TopicFact(between=pair, topic=key, stance=stance, evidence=bench.evidence(best.view), spans=(span("topic", best.word.start, best.word.end),),
                                     rule="topic.listed" if best.listed else f"topic.in-{best.inside}" if best.inside else "topic.word",
                                     confidence=round(min(0.97, max(0.02, confidence)), 3), ids=bench.ids(pair)))  # fmt: skip


def candidates_of_topics(bench: Bench, lexicon: Lexicon) -> dict[tuple[tuple[str, ...], str], list[Found]]:
    """Return the topic words of the article by pair in focus and topic; those without a pair are noted as rejected."""
    joints = lexicon.words("list_joints")
    faint = _faint(lexicon)
    weak, frames = frozenset(map(fold, lexicon.words("weak_topics"))), lexicon.words("topic_frames")
    owners, fields = lexicon.words("body_owners"), lexicon.words("body_fields")
    out: dict[tuple[tuple[str, ...], str], list[Found]] = defaultdict(list)
    for view in bench.resolved.views:
        topics = view.of_kind("topic")
        if not topics:
            continue
        names = [m for m in view.mentions if (m.kind in _NAMES and not (m.kind == "document" and m.text.islower() and len(m.text.split()) == 1)) or m.kind == "office"]
        described = _described(view, topics, owners, fields)
        for topic in topics:
            pair = sides_of_topic(bench, view)
            if not 2 <= len(pair) <= _MOST:
                bench.rejected.append(Rejected(view.sentence.index, topic.start, topic.end, f"topic.{topic.key}", "no-pair", "between"))
                continue
            if modality_of(view, topic.start, topic.end, bench.modals)[0] in ("denied", "cancelled"):
                continue
            inside = next((n.kind for n in within(names, topic.start - _NAME, topic.start + 1) if topic.end <= n.end), "")
            if topic in described:
                bench.reject(view, topic.start, topic.end, f"topic.{topic.key}", "inside-a-name")
                continue
            if fold(topic.text) in weak and not _framed(view, topic, topics, weak, frames):
                bench.reject(view, topic.start, topic.end, f"topic.{topic.key}", "no-cue")
                continue
            is_faint = topic.key in faint and fold(topic.text) in faint[topic.key]
            out[pair, topic.key].append(Found(view, topic, _listed(view, topic, joints), inside, is_faint, _around(view, topic, inside)))
    return out


@functools.lru_cache(maxsize=8)
def _faint(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """The words of each topic that say it less surely, folded."""
    return {key: frozenset(map(fold, entry.faint)) for key, entry in lexicon.entries["topics"].items()}


def _described(view: View, topics: Sequence[Mention], owners: frozenset[str], fields: frozenset[str]) -> list[Mention]:
    """The topic words that only say what a body is for: 'the commission of Kazakhstan and China on trade and transport'."""
    text, base = view.text, view.sentence.start
    out = []
    for body in view.of_kind("body"):
        at = -1
        for topic in topics:
            if topic.start < body.end:
                continue
            gap = text[(body.end if at < 0 else at) - base : topic.start - base]
            words = re.findall(r"\w+", gap.lower())
            if at < 0 and not (len(gap) <= _OWNERS and not _STOPS & set(gap) and words and set(words[-2:]) & fields and (words[0] in fields or words[0] in owners)):
                break
            if at >= 0 and (len(gap) > _NEXT or _ENDS & set(gap) or len(words) > 2):
                break
            out.append(topic)
            at = topic.end
    return out


def _framed(view: View, topic: Mention, topics: Sequence[Mention], weak: frozenset[str], frames: frozenset[str]) -> bool:
    """Whether a weak word is named as a field: beside 'cooperation in' or 'sphere', or next to a word of another field that is not weak."""
    text, base = view.text, view.sentence.start
    around = f"{text[max(0, topic.start - base - _NEAR) : topic.start - base]} {text[topic.end - base : topic.end - base + _NEXT]}".lower()
    if frames & set(re.findall(r"\w+", around)):
        return True
    return any(m.key != topic.key and fold(m.text) not in weak and max(m.start - topic.end, topic.start - m.end) <= _BESIDE for m in topics)


def features_of_topic(bench: Bench, pair: Sequence[str], key: str, found: Sequence[Found], total: Counter[str]) -> Iterator[str]:
    """Yield what speaks for or against a candidate; the names are those of `topic_weights`."""
    yield "bias"
    yield f"topic={key}"
    reasons = {f.view.focus_reason for f in found}
    yield f"focus={next((r for r in _FOCUS if r in reasons), 'none')}"
    yield f"sentences={min(len({f.view.sentence.index for f in found}), 4)}"
    yield "pair" if len(pair) == 2 else "group"
    if tuple(pair) == bench.resolved.main:
        yield "main-pair"
    elif len(pair) == 2 and bench.resolved.main:
        yield "other-pair"
    if not all((known or "").startswith("state:") for known in bench.ids(pair).values()):
        yield "with-organisation"
    if any(f.view.sentence.index == 0 for f in found):
        yield "title"
    if any(f.view.sentence.paragraph == 1 for f in found):
        yield "lead"
    if all(f.view.sentence.index == 0 for f in found):
        yield "title-only"
    if all(f.view.sentence.paragraph >= 4 for f in found):
        yield "late-only"
    outside = [f for f in found if not f.inside]
    if not outside:
        yield from (f"only-in-{kind}" for kind in {f.inside for f in found})
    else:
        yield from (f"also-in-{kind}" for kind in {f.inside for f in found if f.inside})
    if all(f.faint for f in found):
        yield f"faint-only={min(len(found), 3)}"
    if any(f.listed for f in outside):
        yield "listed"
    around = frozenset().union(*(f.around for f in (outside or found)))
    yield from sorted(around)
    if not around & {"cue", "joint", "dispute"}:
        yield "no-cue"
    if len(pair) > 2 and "both-sides" in around:
        yield "group-of-pairs"  # 'bilateral', 'the two countries': the sentence is of pairs, not of the group
    yield f"share={min(3, round(3 * len(found) / max(total[key], 1)))}"
    yield from sorted({f"word={fold(f.word.text)}" for f in found})


def _around(view: View, word: Mention, inside: str) -> frozenset[str]:
    """What else stands near a topic word in the sentence, and farther off."""
    out = set()
    topics = 0
    for m in within(view.mentions, word.start - _FAR, word.end + _FAR):
        near = m.start < word.end + _NEAR and word.start < m.end + _NEAR
        if m.kind == "cue" and not (m.start < word.end and word.start < m.end):
            out.add({"cooperation": "cue", "joint": "joint", "dispute": "dispute"}.get(m.key, m.key) + ("" if near else "-far"))
        elif m.kind in ("money", "quantity", "indicator", "growth", "target") and near:
            out.add("figure")
        elif m.kind == "plural" and m.key == "states":
            out.add("both-sides")
        elif m.kind == "event":
            out.add(f"event={m.key}" if near else "event")
        elif m.kind in ("document", "body") and near and not inside:
            out.add("document-near")
        elif m.kind == "status" and near:
            out.add("status")
        elif m.kind == "modality" and near:
            out.add("modal")
        elif m.kind == "topic" and m.key != word.key:
            topics += 1
    if topics >= 2:
        out.add("several-topics")
    return frozenset(out)


def _listed(view: View, topic: Mention, joints: frozenset[str]) -> bool:
    """Whether the topic word stands in an enumeration of fields."""
    text, base = view.text, view.sentence.start
    before, after = text[max(0, topic.start - base - 40) : topic.start - base].rstrip(), text[topic.end - base : topic.end - base + 40].lstrip()
    if after[:1] == "," and any(m.key != topic.key and 0 < m.start - topic.end <= _NEXT for m in view.of_kind("topic")):
        return True  # the first of the list
    return (before.endswith(",") or before.rpartition(" ")[2].lower() in joints) and (after[:1] in (",", ".", "") or after.partition(" ")[0].lower() in joints)
