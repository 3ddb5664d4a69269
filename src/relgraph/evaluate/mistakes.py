"""Mistakes with the sentences they stand in, and which kinds of mistakes are most frequent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from relgraph.evaluate.atoms import RawFact, all_atoms, atoms, with_gold_titles
from relgraph.evaluate.names import GoldNames, content_words


class Located(NamedTuple):
    """One wrong (`fp`) or missed (`fn`) tuple with its sentence: the one cited, or for a missed one the sentence with most of its words."""

    article: str
    verdict: str
    line: str
    said: str
    rule: str
    sentence: str


class ErrorClass(NamedTuple):
    """A kind of mistake: line, verdict, and the rule that was wrong or the kind that was missed."""

    line: str
    verdict: str
    what: str
    times: int


def located(article: str, gold: Mapping[str, Any], facts: Iterable[RawFact], sentences: Sequence[str]) -> list[Located]:
    """Return every wrong and missed tuple of an article with its sentence.

    Args:
        article: Its id.
        gold: Its gold file.
        facts: What was found.
        sentences: The article's sentences, in order.
    """
    name, doubtful = GoldNames(gold), list(gold.get("doubtful") or ())
    wanted = all_atoms(gold["facts"], name)
    free = all_atoms(doubtful, name) - wanted
    said = list(with_gold_titles(facts, [*gold["facts"], *doubtful], name))
    found, have = [], set()
    for fact in said:
        for atom in atoms(fact, name):
            if atom not in have and atom not in wanted and atom not in free:
                quotes = " / ".join(e["quote"] for e in fact.get("evidence") or ())
                found.append(Located(article, "fp", str(atom[0]), " | ".join(map(str, atom[1:])), str(fact.get("rule", "")), _flat(quotes)))
            have.add(atom)
    for atom in sorted(wanted - have, key=str):
        words = {w for part in _flattened(atom[1:]) for w in content_words(part)}
        best = max(sentences, key=lambda s: len(words & content_words(s)), default="")
        found.append(Located(article, "fn", str(atom[0]), " | ".join(map(str, atom[1:])), "", _flat(best)))
    return sorted(found)


def error_classes(items: Iterable[Located], most: int = 10) -> list[ErrorClass]:
    """Return the most frequent kinds of mistakes, most frequent first."""
    counts = Counter((i.line, i.verdict, ".".join(i.rule.split(".")[:2]) if i.rule else i.said.split(" | ")[0] if i.line.startswith("event") or i.line == "relation" else "") for i in items)
    return [ErrorClass(*key, count) for key, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:most]]


def _flattened(parts: Iterable[Any]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, tuple):
            yield from map(str, part)
        else:
            yield str(part)


def _flat(text: str) -> str:
    return " ".join(text.split())
