"""No English word that articles are matched against, or that names of facts are joined by, stands in the code of the extraction."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "relgraph"
STEPS = ("read", "recognise", "resolve", "relate")
WORDS = """
a about after against also among an and are as at be because been before between both but by during for from had has have he her him his if in into is it its me near no nor not of off on onto or our over
said says she so than that the their them there these they this those through to toward towards under until upon via was we were what when where whereby which while who whom whose will with within without
would january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday mr mrs ed ing ’s 's n't
"""
COMMON = frozenset(WORDS.split())
"""Words and endings that hardly any English text does without."""
OURS = {
    "recognise/dates.py": {"on"}, "recognise/mentions.py": {"on"},  # how a date is used: DateValue.use
    "relate/when.py": {"by", "since", "in"}, "relate/figure_periods.py": {"by"}, "relate/events/stage.py": {"by"}, "relate/events/occasions.py": {"on", "in"},
    "recognise/shapes.py": {"which", "to"},  # slots of shapes
    "recognise/fold.py": {"a"},  # a letter for another
    "resolve/holders.py": {"whose"},  # what a possessive word stands for
    "relate/spots.py": {"at"},  # the name of a list
    "relate/events/syntax.py": {"he", "him"}, "relate/events/encounters.py": {"he", "him"}, "relate/events/partners.py": {"he", "him"},  # ids of anaphors
    "relate/events/cast.py": {"he", "him", "chairman of halk maslahaty", "chairman of the cabinet of ministers", "head of the cabinet of ministers"},  # and offices of the reference
    "relate/events/__init__.py": {"heads of state", "heads of government"},  # levels
    "relate/confidence.py": {"by", "near"}, "relate/events/learned/proposals.py": {"near", "between", " of another clause"},  # features of the models
    "relate/documents.py": {"in force", "under negotiation"}, "relate/status.py": {"in force", "under negotiation"}, "relate/relations.py": {"under negotiation"}, "relate/listing.py": {"in force", "under negotiation"},
}  # fmt: skip
"""What is no word of an article: values of the annotation and of our own types, by file."""
NAMES = frozenset({"get", "words", "section", "of_kind", "either", "between", "end", "start", "_step", "reject", "Rejected"})
"""Functions whose arguments name a list, field, group or reason."""


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and value of the texts that are neither documentation, told to users nor the name of a section, field or group."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.Subscript):
            passed.add(id(node.slice))
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            passed |= {id(a) for a in node.args} if called in NAMES else {id(n) for n in ast.walk(node)} if called == "KnowledgeError" else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.lineno, node.value


def common_words(text: str) -> set[str]:
    """Return the common words of a literal, in patterns too; names of several parts ('side-of-the-pair', 'event.of') are ours."""
    if re.fullmatch(r"[.\w]*\w(?:[-._=]\w*)+|\.[a-z]+", text):
        return set()
    plain = re.sub(r"\\[a-zA-Z]|\(\?P<\w+>|\[[^\]]*\]", " ", text)
    return set(re.findall(r"(?<!\w)[’']s\b|n't\b|\b[a-z]+\b", plain.lower())) & COMMON


def test_words_are_found_in_patterns() -> None:
    """The scan sees words through the signs of a pattern and leaves our own names alone."""
    assert common_words(r"\b(?:in|at)\s(?:the\s)?$") == {"in", "at", "the"}
    assert common_words("'s ") == {"'s"}
    assert common_words("side-of-the-pair") == common_words("[a-z]+") == common_words(".by") == set()


def test_no_english_word_stands_in_the_steps() -> None:
    """Words are data: a literal of the steps holds none but those that are values of ours; in `read` prose is what users are told."""
    found = []
    for step in STEPS:
        for path in sorted((SOURCE / step).rglob("*.py")):
            name = str(path.relative_to(SOURCE))
            for line, text in literals(ast.parse(path.read_text("utf-8"))):
                told = step == "read" and "\\" not in text and " " in text.strip()
                if not told and text not in OURS.get(name, set()) and (words := common_words(text)):
                    found.append(f"{name}:{line} {sorted(words)} in {text!r}")
    assert found == []
