"""Why an article gave the facts it gave: for each sentence what was recognised, how it was resolved, which rules fired, and why a trigger gave nothing.

In: an Article. Out: a `Trace` of plain values, for `relgraph trace` and its HTML page. It runs steps 2 to 4 as `extract` does and adds nothing to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.model import AnyFact, Article, content
from relgraph.recognise import Amount, DateValue, Mention, recognise
from relgraph.relate import Rejected, relate_with_reasons
from relgraph.resolve import Party, View, resolve

TRIGGERS = frozenset({"event", "document", "relation", "membership", "indicator", "growth", "target", "topic"})
"""Kinds of mentions that can give a fact."""

REASONS = {
    "no-pair": "the pair it would speak of is not known",
    "one-participant": "only one side was found",
    "same-side": "all participants belong to one side",
    "no-host": "the host of the visit is not known",
    "no-kind": "it is not known what the figure measures",
    "no-unit": "the figure has no unit",
    "no-cue": "no word says that the sides work on it or differ about it",
    "inside-a-name": "it is part of a name",
    "not-a-document": "nothing that can be signed is named",
    "unknown-members": "the members of the body are not known",
    "below-threshold": "a rule fired, but it is not sure enough",
    "other-sense": "the word means something else here",
    "no-date-or-place": "neither date nor place is said",
    "quoted": "it is what somebody says, not what is reported",
    "told-before": "it speaks again of what another sentence has told",
    "said-elsewhere": "another sentence states the fact better",
    "no-rule": "no rule takes this word here",
}
"""Why a trigger gave no fact: the closed list, each reason in plain words."""


SLOT_OF = {
    "no-pair": "participants", "one-participant": "participants", "same-side": "participants", "no-host": "host", "no-kind": "kind", "no-unit": "unit", "no-cue": "cue",
    "inside-a-name": "name", "not-a-document": "name", "unknown-members": "members", "below-threshold": "confidence", "other-sense": "trigger",
    "no-date-or-place": "date", "quoted": "speaker", "told-before": "trigger", "said-elsewhere": "trigger", "no-rule": "trigger",
}  # fmt: skip
"""The slot that a reason speaks of where the rule names none: what was missing, or 'trigger' for the word itself."""

SLOTS = frozenset({*SLOT_OF.values(), "between", "parties", "signers", "addressee", "actor", "appointee", "receiver", "target", "visitor", "growth", "document", "status", "body", "guest"})
"""Every slot that may fail."""


class Traced(msgspec.Struct, frozen=True):
    """One span of a sentence (offsets into the article's text): what it is, what it means, and why."""

    start: int
    end: int
    text: str
    kind: str
    meaning: str = ""
    reason: str = ""


class Fired(msgspec.Struct, frozen=True):
    """A fact that rests on the sentence, in plain words, with its rule, confidence and, when it is not asserted, its modality."""

    id: str
    type: str
    said: str
    rule: str
    confidence: float
    modality: str | None
    spans: tuple[tuple[str, int, int], ...]


class Failed(msgspec.Struct, frozen=True):
    """A trigger that gave no fact: the rule that looked at it, one of `REASONS`, and the slot that failed, one of `SLOTS`."""

    start: int
    end: int
    text: str
    rule: str
    reason: str
    slot: str


class TracedSentence(msgspec.Struct, frozen=True):
    """One sentence; `focus` is the pair or group that it speaks of, `focus_reason` how that is known."""

    index: int
    start: int
    end: int
    text: str
    mentions: tuple[Traced, ...]
    parties: tuple[Traced, ...]
    focus: tuple[str, ...]
    focus_reason: str
    facts: tuple[Fired, ...]
    failed: tuple[Failed, ...]


class Trace(msgspec.Struct, frozen=True):
    """A whole article. `unresolved` are names that were seen and could not be settled."""

    id: str
    title: str
    sentences: tuple[TracedSentence, ...]
    unresolved: tuple[str, ...]


def trace(article: Article, knowledge: Knowledge) -> Trace:
    """Return what steps 2 to 4 make of an article, sentence by sentence."""
    resolved = resolve(article, recognise(article, knowledge), knowledge)
    found, rejected = relate_with_reasons(article, resolved, knowledge)
    facts = (*found.facts, *found.unasserted)
    by_sentence: dict[int, list[Rejected]] = defaultdict(list)
    for item in rejected:
        by_sentence[item.sentence].append(item)
    said = {word for f in facts for word in (*f.rule.split(".")[1:2], getattr(f, "topic", ""), getattr(f, "kind", "")) if word}
    sentences = tuple(_sentence(article, view, facts, by_sentence[view.sentence.index], said) for view in resolved.views)
    return Trace(article.id, article.title, sentences, resolved.unresolved)


def _sentence(article: Article, view: View, facts: Iterable[AnyFact], rejected: Iterable[Rejected], said: set[str]) -> TracedSentence:
    start, end = view.sentence.start, view.sentence.end
    own = [f for f in facts if any(start <= e.start < end for e in f.evidence)]
    return TracedSentence(
        index=view.sentence.index, start=start, end=end, text=view.text,
        mentions=tuple(Traced(m.start, m.end, m.text, m.kind, _meaning(m), m.form) for m in view.mentions),
        parties=tuple(_party(article, p) for p in sorted([*view.parties, *view.places], key=lambda p: (p.start, p.end))),
        focus=view.focus, focus_reason=view.focus_reason,
        facts=tuple(_fired(f) for f in own), failed=tuple(_failed(article, view, own, rejected, said)),
    )  # fmt: skip


def _party(article: Article, party: Party) -> Traced:
    meaning = party.name + (f" ({party.id})" if party.id else "") + (f", of {party.state}" if party.state and party.state != party.name else "")
    return Traced(party.start, party.end, article.text[party.start : party.end], "place" if party.form == "place" else party.kind, meaning, party.reason)


def _meaning(mention: Mention) -> str:
    match mention.value:
        case DateValue():
            return mention.value.iso or "unknown date"
        case Amount() as amount:
            return f"{amount.value:g}" + (f"-{amount.max:g}" if amount.max is not None else "") + f" {amount.unit}" + (f", {amount.bound}" if amount.bound else "")
        case _:
            return ", ".join(mention.ids) or mention.key


def _fired(fact: AnyFact) -> Fired:
    kind = str(type(fact).__struct_config__.tag)
    spans = tuple((s.role, s.start, s.end) for s in fact.spans)
    return Fired(fact.id, kind, in_words(content(fact)), fact.rule, fact.confidence, fact.modality, spans)


def in_words(said: Any) -> str:
    """Return what a fact says as 'field value' pairs in its own order, without empty ones.

    >>> in_words({"type": "topic", "between": ["Iran", "Tajikistan"], "topic": "water", "stance": None})
    'between Iran, Tajikistan; topic water'
    """
    parts = []
    for field, value in said.items():
        if field in ("type", "modality") or value in (None, False, "", [], ()):
            continue
        if field == "steps":
            value = [" ".join(str(v) for v in step.values() if v) for step in value]
        parts.append(f"{field.replace('_', ' ')} {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}")
    return "; ".join(parts)


def _failed(article: Article, view: View, own: Iterable[AnyFact], rejected: Iterable[Rejected], said: set[str]) -> Iterator[Failed]:
    """Yield the triggers without a fact; one that no rule reports on is told apart from one whose fact another sentence carries."""
    used = [(s.start, s.end) for f in own for s in f.spans]
    seen: set[tuple[int, int, str]] = set()
    for item in rejected:
        inside = any(m.start < item.end and item.start < m.end for m in view.mentions)
        if (item.start, item.end, item.reason) not in seen and inside:
            seen.add((item.start, item.end, item.reason))
            yield Failed(item.start, item.end, article.text[item.start : item.end], item.rule, item.reason, item.slot or SLOT_OF[item.reason])
    for mention in view.mentions:
        if mention.kind not in TRIGGERS or _touched(mention, used) or any(_overlap(mention, start, end) for start, end, _ in seen):
            continue
        reason = "said-elsewhere" if mention.key in said else "no-rule"
        yield Failed(mention.start, mention.end, mention.text, f"{mention.kind}.{mention.key}" if mention.key else mention.kind, reason, SLOT_OF[reason])


def _touched(mention: Mention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(_overlap(mention, start, end) for start, end in spans)


def _overlap(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end
