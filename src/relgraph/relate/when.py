"""Date and place of an event: from its sentence, the one before, a sibling event or the dateline."""

from __future__ import annotations

import re

from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.candidates import Bench
from relgraph.resolve import Party, View

_AT = re.compile(r"\b(?:in|at|to|from|near|into|reached|of|for|outside|visited|city|capital|left|via|,)\s(?:the\s)?(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_NOT_AT = re.compile(r"\b(?:cities|airports|ports|regions|route|line|road|railway|between|flights?)\s(?:of\s|from\s|to\s|in\s)?(?:the\s)?$", re.IGNORECASE)
_EVENT_PRECISION = re.compile(r"\d{4}-\d{2}(-\d{2})?(/\d{4}-\d{2}-\d{2})?")


def date_of(bench: Bench, view: View, start: int, end: int) -> tuple[str | None, Mention | None]:
    """Return the ISO date of a trigger at `start`: the nearest date of its sentence of day or month precision, else a year."""
    dates = [m for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and m.value.use not in ("by", "since") and view.text[m.end - view.sentence.start :][:2] not in ("'s", "’s")]
    exact = [m for m in dates if _EVENT_PRECISION.fullmatch(m.value.iso)]
    chosen = min(exact, key=lambda m: (_distance(m, start, end), m.start), default=None)
    if chosen is None:
        years = [m for m in dates if re.fullmatch(r"\d{4}", m.value.iso) and m.value.use == "in"]
        chosen = min(years, key=lambda m: (_distance(m, start, end), m.start), default=None)
    return (chosen.value.iso, chosen) if chosen is not None else (None, None)


def place_of(view: View, start: int, end: int) -> Party | None:
    """Return the place of a trigger: the nearest city of its sentence said with a preposition of place."""
    text, base = view.text, view.sentence.start
    here = [p for p in view.places if not _NOT_AT.search(text, max(0, p.start - base - 30), p.start - base) and _AT.search(text, max(0, p.start - base - 40), p.start - base)]
    return min(here, key=lambda p: (0 if p.start >= end else 1, abs(p.start - end)), default=None)


def _distance(mention: Mention, start: int, end: int) -> int:
    return start - mention.end if mention.end <= start else mention.start - end if mention.start >= end else 0
