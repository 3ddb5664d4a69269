"""Compiles the shapes of a lexicon's dates ('<day> <month>[ <year>]') to patterns, found by their first word.

A shape is plain words with slots, optional parts in brackets and alternatives in parentheses; what a slot may hold comes from the lexicon's tables.
Patterns hold no repetition, so matching one takes bounded time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from relgraph.errors import KnowledgeError
from relgraph.knowledge.lexicon import Entry, Lexicon
from relgraph.recognise.fold import fold

_PART = re.compile(r"<(\w+)>|([\[\](|)])|([^<\[\](|)]+)")
_GROUP = re.compile(r"\(\?P<\w+>")
_YEAR = r"(?:19|20)\d\d"
DIGIT = "0"
"""The first word of shapes that begin with a number in digits."""


class Shape(NamedTuple):
    """One compiled form: the entry's id, what the engine works out, and the pattern."""

    id: str
    gives: str
    pattern: re.Pattern[str]


class Start(NamedTuple):
    """The shapes that begin with one word, and a pattern that matches where any of them does."""

    shapes: list[Shape]
    any: re.Pattern[str]


class Shapes:
    """All date shapes of one language, by their first word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tables: Mapping[str, Any] = lexicon.lists
        self._slots = self._slot_patterns()
        by_word: dict[str, list[Shape]] = defaultdict(list)
        for entry in lexicon.section("dates"):
            for form in entry.forms:
                shape = Shape(entry.id, str(entry.fields["gives"]), self._compile(entry, form))
                for word in self._first_words(entry, form):
                    by_word[word].append(shape)
        self.by_word = {word: Start(shapes, _any_of(shapes)) for word, shapes in by_word.items()}

    def _slot_patterns(self) -> dict[str, str]:
        tables = self._tables
        ending = _any(tables["day_endings"])
        word = {
            "day": rf"[0-3]?\d(?:{ending})?(?![\w:%$]|[.,]\d)",
            "month": rf"(?:{_any(tables['months'])})(?!\w)\.?",
            "year": rf"{_YEAR}(?![\w%]|[.,]\d)",
            "weekday": rf"(?:{_any(tables['weekdays'])})(?!\w)",
            "nth": rf"(?:{_any(tables['ordinals'])})(?!\w)",
            "quarter": rf"(?:{_any(tables['quarters'])})(?!\w)",
            "number": rf"(?:{_any(tables['numbers'])}|\d{{1,3}})(?!\w)",
            "unit": rf"(?:{_any(tables['units_of_time'])})(?!\w)",
            "which": rf"(?:{_any(tables['which'])})(?!\w)",
            "back": rf"(?:{_any(tables['back'])})(?!\w)",
            "span": rf"(?:{_any(tables['back_units'])})(?!\w)",
            "season": rf"(?:{_any(tables.get('seasons', ()))})(?!\w)",
            "dayth": rf"[0-3]?\d(?:{ending})(?![\w:%$]|[.,]\d)",
            "shift": rf"(?:(?:{_any(tables['shifts'])})(?!\w)|(?:{_any(tables['last_shifts'])})(?! (?:{_any(tables['anchors'])})\b)(?!\w))",
            "relative": rf"(?:{_any(tables['days'])})(?!\w)",
            "decade": r"(?:19|20)\d0s",
            "isoday": r"(?:19|20)\d\d-[01]\d-[0-3]\d",
        }
        slots = {f"{name}{n}": rf"(?P<{name}{n}>{pattern})" for name, pattern in word.items() for n in ("", "2")}
        marks = _any(r for r in tables["ranges"] if not r[0].isalnum())
        words = _any(r for r in tables["ranges"] if r[0].isalnum())
        slots["dayth"] = slots["dayth"].replace("<dayth>", "<day>")
        slots["to"] = rf"(?: ?(?:{marks}) ?| (?:{words}) )"
        return slots

    def _compile(self, entry: Entry, form: str) -> re.Pattern[str]:
        out = []
        for slot, mark, words in _PART.findall(form):
            if slot:
                if slot not in self._slots:
                    raise KnowledgeError(f"'{entry.id}' has an unknown slot <{slot}>", path=entry.path, line=entry.line)
                out.append(self._slots[slot])
            elif mark:
                out.append({"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}[mark])
            else:
                out.append(re.escape(fold(words)).replace(r"\ ", " "))
        try:
            return re.compile("".join(out) + r"(?!\w)")
        except re.error as error:
            raise KnowledgeError(f"'{entry.id}' has a form that isn't well made: {form!r} ({error})", path=entry.path, line=entry.line) from error

    def _first_words(self, entry: Entry, form: str) -> Iterator[str]:
        slot, mark, words = _PART.findall(form)[0]
        if mark or slot == "to":
            raise KnowledgeError(f"'{entry.id}': a form must begin with a word or a slot: {form!r}", path=entry.path, line=entry.line)
        if words:
            yield fold(words).split()[0]
            return
        table = {"month": "months", "weekday": "weekdays", "nth": "ordinals", "quarter": "quarters", "number": "numbers", "unit": "units_of_time", "relative": "days", "span": "back_units", "season": "seasons"}.get(slot, slot)
        if slot in ("day", "dayth", "year", "number", "isoday", "decade"):
            yield DIGIT
        if table in self._tables and slot not in ("day", "year"):
            yield from dict.fromkeys(fold(str(w)).split()[0] for w in self._tables[table])


def _any_of(shapes: Iterable[Shape]) -> re.Pattern[str]:
    """Compile a pattern that matches where one of some shapes does."""
    return re.compile("|".join(_GROUP.sub("(?:", s.pattern.pattern) for s in shapes))


def _any(words: Iterable[Any]) -> str:
    """Return an alternation of words, longest first; one that matches nothing when there are none."""
    return "|".join(sorted((re.escape(fold(str(w))).replace(r"\ ", " ") for w in words), key=lambda w: (-len(w), w))) or "(?!)"
