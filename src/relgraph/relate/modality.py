"""Whether the text asserts an event, plans it, or leaves it denied, cancelled, postponed, hypothetical, wished for or alleged."""

from __future__ import annotations

import re

from relgraph.model import Modality
from relgraph.resolve import View

_CLAUSE = re.compile(r"[;:]|,\s(?:but|while|and|when|which|who|where|after|although|as)\s|\s(?:but|while|after|although)\s")
_FIRM = re.compile(r"\b(?:met|signed|arrived|visited|held|received|talked|spoke)\b", re.IGNORECASE)


def clause(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the clause around a trigger, in offsets of the article."""
    base, text = view.sentence.start, view.text
    left = max((m.end() for m in _CLAUSE.finditer(text, 0, start - base)), default=0)
    right = next((m.start() for m in _CLAUSE.finditer(text, end - base)), len(text))
    return base + left, base + right


def modality_of(view: View, start: int, end: int) -> tuple[Modality | None, bool]:
    """Return (modality, planned) of a trigger by the words of its clause that stand before it, or just after it for cancelled and postponed."""
    low, high = clause(view, start, end)
    planned = False
    found: Modality | None = None
    for m in view.mentions:
        if not low <= m.start < high or (m.start < end and start < m.end):
            continue
        if m.kind == "planned" and -70 < m.start - start < 60:
            planned = True
        elif m.kind == "modality":
            before = 0 <= start - m.end < 45
            after = 0 <= m.start - end < 45
            if (m.key in ("cancelled", "postponed") and (before or after)) or (m.key == "denied" and before and start - m.end < 25):
                found = m.key  # type: ignore[assignment]
            elif m.key in ("hypothetical", "wished", "alleged") and before and start - m.end < 30:
                between = view.text[m.end - view.sentence.start : start - view.sentence.start]
                if not re.search(r"\b(?:during|while|at|when|after|before|in)\b", between):
                    found = found or m.key  # type: ignore[assignment]
    word = view.text[start - view.sentence.start : end - view.sentence.start]
    if found in ("hypothetical", "wished") and _FIRM.search(word):
        found = None
    return found, planned and found is None
