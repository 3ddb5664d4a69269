"""Tallies of right, wrong and missed tuples, with intervals from resampling whole articles."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from relgraph.evaluate.atoms import RawFact, all_atoms, with_gold_titles
from relgraph.evaluate.names import GoldNames


class Tally(NamedTuple):
    """How many tuples were right (tp), wrong (fp) and missed (fn)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return the sum of two tallies."""
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of what is in the text that was said."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0


class Mistake(NamedTuple):
    """One tuple that was wrong (`fp`), missed (`fn`) or a missing prediction."""

    article: str
    verdict: str
    said: str


class ArticleScore(msgspec.Struct, frozen=True):
    """One article's tallies by line, its strict tally and its mistakes."""

    article: str
    lines: dict[str, Tally]
    strict: Tally
    mistakes: tuple[Mistake, ...] = ()


def score_article(article: str, gold: Mapping[str, Any], facts: Iterable[RawFact]) -> ArticleScore:
    """Compare the facts of one article with its gold file."""
    name = GoldNames(gold)
    doubtful = list(gold.get("doubtful") or ())
    wanted = all_atoms(gold["facts"], name)
    said = all_atoms(with_gold_titles(facts, [*gold["facts"], *doubtful], name), name)
    counted = said - (all_atoms(doubtful, name) - wanted)
    lines: dict[str, Tally] = defaultdict(Tally)
    mistakes = []
    for verdict, group in ((Tally(tp=1), wanted & counted), (Tally(fp=1), counted - wanted), (Tally(fn=1), wanted - counted)):
        for atom in group:
            line = str(atom[0])
            lines[line] = lines[line].plus(verdict)
            if not verdict.tp:
                mistakes.append(Mistake(article, "fp" if verdict.fp else "fn", " | ".join(map(str, atom))))
    strict = Tally(len(wanted & said), len(said - wanted), len(wanted - said))
    return ArticleScore(article, dict(sorted(lines.items())), strict, tuple(sorted(mistakes)))


class Evaluation(msgspec.Struct, frozen=True):
    """The scores of a set of articles."""

    articles: tuple[ArticleScore, ...]

    @property
    def lines(self) -> dict[str, Tally]:
        """The tallies by type of fact, over all articles."""
        sums: dict[str, Tally] = defaultdict(Tally)
        for article in self.articles:
            for line, tally in article.lines.items():
                sums[line] = sums[line].plus(tally)
        return dict(sorted(sums.items()))

    @property
    def total(self) -> Tally:
        """The tally over all types (micro average)."""
        return total(self.lines.values())

    @property
    def strict(self) -> Tally:
        """The total with doubtful facts counted as wrong."""
        return total(a.strict for a in self.articles)

    @property
    def macro_f1(self) -> float:
        """The mean F1 over types."""
        lines = self.lines
        return sum(t.f1 for t in lines.values()) / len(lines) if lines else 0.0

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every wrong and missed tuple, by article."""
        return tuple(m for a in self.articles for m in a.mistakes)

    def intervals(self, *, rounds: int = 1000, seed: int = 20250101) -> dict[str, dict[str, tuple[float, float]]]:
        """Return 95 % intervals of precision, recall and F1 by line and for ALL, from resampling whole articles.

        Articles, not tuples, are drawn: mistakes of one article go together. The same seed gives the same intervals.
        """
        columns = {line: [a.lines.get(line, Tally()) for a in self.articles] for line in self.lines}
        columns["ALL"] = [total(a.lines.values()) for a in self.articles]
        draws = list(_draws(len(self.articles), rounds, seed))
        found: dict[str, dict[str, tuple[float, float]]] = {}
        for line, column in columns.items():
            tallies = [total(column[i] for i in draw) for draw in draws]
            found[line] = {rate: _middle([getattr(t, rate) for t in tallies]) for rate in ("precision", "recall", "f1")} if draws else {}
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the table, intervals and tallies by article as plain values; `from_json` takes them back."""
        rows = {**self.lines, "ALL": self.total, "STRICT": self.strict}
        intervals = self.intervals()
        return {
            "lines": {
                line: {"precision": t.precision, "recall": t.recall, "f1": t.f1, **t._asdict()} | ({"interval": intervals[line]} if line in intervals else {})
                for line, t in rows.items()
            },
            "macro_f1": self.macro_f1,
            "articles": {a.article: {**a.lines, "STRICT": a.strict} for a in self.articles},
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Evaluation:
        """Read what `to_json` gave, without the mistakes."""
        scores = []
        for article, lines in saved["articles"].items():
            tallies = {line: Tally(*counts) for line, counts in lines.items()}
            strict = tallies.pop("STRICT", Tally())
            scores.append(ArticleScore(article, tallies, strict))
        return cls(tuple(scores))


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    tp = fp = fn = 0
    for tally in tallies:
        tp, fp, fn = tp + tally.tp, fp + tally.fp, fn + tally.fn
    return Tally(tp, fp, fn)


def f1_gain(old: Evaluation, new: Evaluation, *, rounds: int = 1000, seed: int = 20250101) -> tuple[float, tuple[float, float]]:
    """Return how much F1 rose over the articles that both hold, with its 95 % interval from a paired resampling."""
    before = {a.article: total(a.lines.values()) for a in old.articles}
    pairs = [(before[a.article], total(a.lines.values())) for a in new.articles if a.article in before]

    def gain(chosen: Sequence[tuple[Tally, Tally]]) -> float:
        return total(b for _, b in chosen).f1 - total(a for a, _ in chosen).f1

    gains = [gain([pairs[i] for i in draw]) for draw in _draws(len(pairs), rounds, seed)]
    return gain(pairs), _middle(gains)


def _draws(size: int, rounds: int, seed: int) -> Iterator[list[int]]:
    chance = random.Random(seed)  # noqa: S311  resampling, no secret
    for _ in range(rounds if size else 0):
        yield chance.choices(range(size), k=size)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the bounds of the middle 95 % of the values."""
    ordered = sorted(values)
    if not ordered:
        return (0.0, 0.0)
    cut = round(0.025 * (len(ordered) - 1))
    return ordered[cut], ordered[-1 - cut]
