"""What the rules of step 4 produce before anything is decided: candidate facts with their evidence, and why a trigger gave none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.lexicon import possessives
from relgraph.model import AnyFact, Article, EventFact, Evidence, Sentence, Span
from relgraph.relate.modality import Modals, modals_of
from relgraph.resolve import Resolved, View

Reason = Literal[
    "no-pair", "one-participant", "same-side", "no-host", "no-kind", "no-unit", "no-cue", "inside-a-name", "not-a-document", "unknown-members",
    "below-threshold", "other-sense", "no-date-or-place", "quoted", "told-before",
]  # fmt: skip


class Rejected(msgspec.Struct, frozen=True):
    """A trigger that gave no fact: the sentence's number, the trigger's span, the rule and the reason."""

    sentence: int
    start: int
    end: int
    rule: str
    reason: Reason
    slot: str = ""


class Bench(msgspec.Struct, kw_only=True):
    """What a rule works on and writes to: one article's resolved sentences and the facts found so far."""

    article: Article
    resolved: Resolved
    knowledge: Knowledge
    facts: list[AnyFact] = []
    unasserted: list[AnyFact] = []
    rejected: list[Rejected] = []
    odds: dict[tuple[str, frozenset[str]], float] = {}
    """By kind of event and pair the log-odds that the learned model gives what the text says of them; only those that it doesn't rule out."""
    signings: tuple[int, dict[int, list[EventFact]]] = (-1, {})
    """How many facts there were, and the signings among them by the start of the sentences that tell them."""

    def signings_in(self, view: View) -> list[EventFact]:
        """Return the signings found so far that a sentence tells."""
        if self.signings[0] != len(self.facts):
            found: dict[int, list[EventFact]] = {}
            for fact in self.facts:
                if isinstance(fact, EventFact) and fact.kind == "signing":
                    for passage in fact.evidence:
                        found.setdefault(passage.start, []).append(fact)
            self.signings = (len(self.facts), found)
        return self.signings[1].get(view.sentence.start, [])

    @property
    def modals(self) -> Modals:
        """The language's words of modality."""
        return modals_of(self.knowledge.lexicon(self.article.language))

    @property
    def possessive(self) -> tuple[str, ...]:
        """The language's endings of a possessive."""
        return possessives(self.knowledge.lexicon(self.article.language))

    def evidence(self, view: View, other: View | None = None) -> tuple[Evidence, ...]:
        """Return the sentence as evidence, with a second one where it is needed to understand the first."""
        sentences: list[Sentence] = [view.sentence] + ([other.sentence] if other is not None and other is not view else [])
        return tuple(Evidence(s.start, s.end, self.article.text[s.start : s.end]) for s in sorted(sentences, key=lambda s: s.start))

    def ids(self, names: Iterable[str | None]) -> dict[str, str | None]:
        """Return the id of the reference beside each name."""
        return {n: self.resolved.ids.get(n) or self._known(n) for n in sorted({n for n in names if n})}

    def _known(self, name: str) -> str | None:
        found = [i for i in self.knowledge.reference.find(name) if self.knowledge.reference.name(i) == name]
        return found[0] if found else None

    def reject(self, view: View, start: int, end: int, rule: str, reason: Reason, slot: str = "") -> None:
        """Note why a trigger gave no fact."""
        self.rejected.append(Rejected(view.sentence.index, start, end, rule, reason, slot))


def span(role: str, start: int, end: int) -> Span:
    """Return a span; a shorthand."""
    return Span(role, start, end)


def same_content(fact: AnyFact, other: AnyFact, *fields: str) -> bool:
    """Whether two facts agree in some fields."""
    return all(getattr(fact, f) == getattr(other, f) for f in fields)


def fields(**values: Any) -> dict[str, Any]:
    """Return keyword arguments without those that are None."""
    return {k: v for k, v in values.items() if v is not None}
