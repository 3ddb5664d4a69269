"""Whether the text asserts an event, plans it, or leaves it denied, cancelled, postponed, hypothetical, wished for or alleged.

A word of modality reaches a trigger in its own clause: a negation or 'may' only the verb right behind it, a verb with a complement ('denied that',
'invited ... to') everything up to a comma or an 'and', and 'was cancelled' what stands before it.
"""

from __future__ import annotations

import re

from relgraph.model import Modality
from relgraph.recognise.mentions import Mention
from relgraph.resolve import View

_CLAUSE = re.compile(r"[;:]|,\s(?:but|while|when|which|who|where|after|although|as)\s|\s(?:but|while|although)\s")
_PAST = re.compile(r"(?:met|held|sat|spoke|flew|came|went|left|saw|rang|put|struck|sent|gave|wrote|was|were|been|[a-z]+ed)\b", re.IGNORECASE)
_BREAK = re.compile(r"[,;:()]|\s(?:and|but|or|when|after|before|during|while|at|who|which)\s")
_SOFT_BREAK = re.compile(r"[;:()]|\s(?:but|when|after|before|during|while|at|who|which)\s")
_AUXILIARY = re.compile(r"(?:did|does|do|has|have|had|was|were|is|are)\snot|never|not been|cannot|may|might|could|would|should|without|would be|neither", re.IGNORECASE)
_CONDITION = re.compile(r"if|whether|unless|in case of|in the event of", re.IGNORECASE)
_LEADS_ON = re.compile(r"\b(?:to|will|would|for|that|of)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:be|been|to)\s(?:\w+ly\s)?$", re.IGNORECASE)
_NOT_HELD = re.compile(r"\w.*\s(?:place|happen|happened|materialise|nothing)", re.IGNORECASE)  # speaks of what stands before it
_NEAR_WORDS, _FAR_WORDS = 4, 16
_AFTER = 60


def clause(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the clause around a trigger, in offsets of the article."""
    base, text = view.sentence.start, view.text
    left = max((m.end() for m in _CLAUSE.finditer(text, 0, start - base)), default=0)
    right = next((m.start() for m in _CLAUSE.finditer(text, end - base)), len(text))
    return base + left, base + right


def modality_of(view: View, start: int, end: int) -> tuple[Modality | None, bool]:
    """Return (modality, planned) of a trigger."""
    told = view.of_kind("planned", "modality")
    if not told:
        return None, False
    low, high = clause(view, start, end)
    word = view.text[start - view.sentence.start : end - view.sentence.start]
    found: Modality | None = None
    planned = False
    for m in told:
        if m.kind == "planned":
            planned = planned or (low <= m.start < high and _planned(view, m, start, end, word))
        elif low <= m.start < high + (40 if m.key in ("cancelled", "postponed") else 0) and not (m.start < end and start < m.end) and _reaches(view, m, start, end, word):
            found = m.key if found is None or m.key in ("cancelled", "postponed", "denied") else found  # type: ignore[assignment]
    return found, planned and found is None


def _gap(view: View, start: int, end: int) -> str:
    return view.text[start - view.sentence.start : end - view.sentence.start]


def _reaches(view: View, m: Mention, start: int, end: int, word: str) -> bool:
    if m.end <= start:
        gap = _gap(view, m.end, start)
        words = len(gap.split())
        if _AUXILIARY.fullmatch(m.text):
            return words <= _NEAR_WORDS and not _BREAK.search(gap) and not (words > 1 and _PAST.fullmatch(word) and m.key == "hypothetical")
        if _CONDITION.fullmatch(m.text):
            return not re.search(r"[,;:]", gap) and words <= _FAR_WORDS
        if m.key in ("cancelled", "postponed", "denied", "alleged"):
            return words <= _FAR_WORDS and not _SOFT_BREAK.search(gap) and not (m.key in ("cancelled", "postponed") and (_BREAK.search(gap) or words > 8))
        near = words <= _NEAR_WORDS or _LEADS_ON.search(gap) is not None
        return near and words <= _FAR_WORDS and not _BREAK.search(gap) and not _told(word, gap)
    gap = _gap(view, end, m.start)
    if m.start - end > _AFTER + 40 or re.search(r"[;:]|,\s(?:and|but)\s", gap):
        return False
    if m.key in ("cancelled", "postponed"):
        return gap.count(",") % 2 == 0 and not re.search(r"\s(?:but|that)\s", gap) and not _finite(word)
    return m.key == "denied" and _NOT_HELD.fullmatch(m.text) is not None and not _BREAK.search(gap.replace(" and ", " "))


def _finite(word: str) -> bool:
    return _PAST.match(word) is not None


def _told(word: str, gap: str) -> bool:
    """Whether a verb in the past tells what happened, whatever is wished beside it."""
    return _PAST.match(word) is not None and _PASSIVE.search(gap) is None


def _planned(view: View, m: Mention, start: int, end: int, word: str) -> bool:
    if m.start < end and start < m.end:
        return m.start <= start or m.end < end
    if m.end <= start:
        gap = _gap(view, m.end, start)
        if len(gap) > 90 or re.search(r"[;:]|,\s(?:and|but|who|which|when)\s", gap):
            return False
        return not (_PAST.match(word) and not _PASSIVE.search(gap) and len(gap.split()) > 0 and not gap.rstrip().endswith((" be", " to")))
    gap = _gap(view, end, m.start)
    return m.start - end < _AFTER and not _PAST.match(word) and not re.search(r"[,;:]|\s(?:and|but|that|who|which)\s", gap)
