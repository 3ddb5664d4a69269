"""When a figure was: the date that belongs to its amount, and the time limit of an aim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from relgraph.knowledge.lexicon import Lexicon, either
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.resolve import View

_YEAR = 4
"""Characters of a year."""
_START = 2
"""Words before a sum among which one says that it is only where a change began."""
_BESIDE, _AHEAD = 10, 60
"""Characters behind a sum, and before it, within which 'a year earlier' is said of it."""


class PeriodWords:
    """The word lists for times of figures of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.comparisons = lexicon.words("comparisons")
        self.far_comparison = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, lexicon.words('far_comparisons'))))})\b", re.IGNORECASE)
        self.from_words = lexicon.words("from_words")
        next_ones = either(lexicon.words("within_next")).replace("\\ ", r"\s")
        self.years = lexicon.words("years_words") | lexicon.words("year_words")
        self.before = lexicon.words("before_words")
        self.within = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, lexicon.words('within_words'))))})\s(?:{next_ones}\s)?(\w+)\s(?:{'|'.join(sorted(map(re.escape, lexicon.words('years_words'))))})\b", re.IGNORECASE)
        self.numbers: Mapping[str, float] = lexicon.lists.get("numbers", {})


def dated_itself(view: View, amounts: Sequence[Mention], n: int) -> bool:
    """Whether a date stands right behind an amount, before the next one, and is no time limit."""
    limit = amounts[n + 1].start if n + 1 < len(amounts) else view.sentence.end
    return any(0 <= m.start - amounts[n].end < 8 and m.start < limit and m.value.use != "by" for m in dates_of(view))


def compared(between: str, words: PeriodWords) -> bool:
    """Whether a date only says what an amount before it is compared with: '12% more than in the same period of 2023'."""
    return words.far_comparison.search(between) is not None


def _in_brackets(text: str, date_end: int, amount_start: int) -> bool:
    """Whether an amount stands in brackets right after a date: 'than the 2022 figure ($770 million)'."""
    gap = text[date_end:amount_start] if date_end < amount_start else ""
    return gap.endswith("(") and len(gap.split()) <= 2


def dates_of(view: View) -> list[Mention]:
    """The resolved dates of a sentence that aren't part of a name ('programme for 2024-2026')."""
    names = view.of_kind("document", "body", "treaty")
    return [m for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and not any(n.start <= m.start < n.end for n in names)]


def period_of(view: View, amounts: Sequence[Mention], n: int, words: PeriodWords, published: str | None, told: str | None) -> tuple[str | None, str | None]:
    """Return (period, date ahead) of an amount: the date that follows it before the next amount, else the nearest before it that no other amount has.

    `told` is the period of the figure before, from which 'a year earlier' counts.
    """
    text, base = view.text, view.sentence.start
    amount = amounts[n]
    dates = []
    ahead = None
    following = amounts[n + 1].start if n + 1 < len(amounts) else len(text) + base
    previous = amounts[n - 1].end if n else base
    for m in dates_of(view):
        lead = re.findall(r"[\w']+", text[max(0, m.start - base - 24) : m.start - base].lower())
        if m.key in ("apart", "ago", "back-day", "weekday", "relative-day") or (any(w in words.comparisons for w in lead[-3:]) and not _in_brackets(text, m.end - base, amount.start - base)):
            continue
        before = next((a for a in reversed(amounts[: n + 1]) if a.end <= m.start), None)
        if before is not None and compared(text[before.end - base : m.start - base], words) and not 0 <= amount.start - m.end < 8 and not _in_brackets(text, m.end - base, amount.start - base):
            continue
        if m.value.use == "by" and len(m.value.iso) <= 7:
            late = next((a for a in amounts[n + 1 :] if a.end <= m.start), None)
            if late is None or ahead is None:
                ahead = m.value.iso if m.start > amount.start or m.start >= previous or ahead is None else ahead
            continue
        if len(m.value.iso) != 10:
            dates.append(m)
    spoken = words.within.search(text, amount.end - base)
    if ahead is None and spoken is not None and spoken.start() - (amount.end - base) < 30 and published:
        years = float(spoken[1]) if spoken[1].isdigit() else words.numbers.get(spoken[1].lower(), 0)
        ahead = str(int(published[:4]) + int(years)) if years else None
    back = _year_before(view, amounts, n, words, told)
    if back is not None:
        return back, ahead
    after = [m for m in dates if amount.end <= m.start < following and m.start - amount.end < 60 and ";" not in text[amount.end - base : m.start - base]]
    unknown = next((m for m in view.of_kind("date") if isinstance(m.value, DateValue) and not m.value.iso and 0 <= m.start - amount.end < 12), None)
    if unknown is not None:
        return None, ahead  # 'last year' in a text without a date of its own
    direct = [m for m in after if m.start - amount.end < 26]
    own = [m for m in dates if previous <= m.end <= amount.start]
    taken = direct and n + 1 < len(amounts) and "," in text[amount.end - base : direct[0].start - base] and following - direct[0].end < 14
    if direct and not (taken and own):
        return direct[0].value.iso, ahead
    if own:
        return own[-1].value.iso, ahead
    if words.from_words & set(text[: amount.start - base].lower().split()[-_START:]):
        return None, ahead  # 'fell from $2 billion to $1 billion last year' dates the second sum only
    if after:
        return after[0].value.iso, ahead
    earlier = [m for m in dates if m.end <= amount.start]
    later = [m for m in dates if m.start >= amount.end and ";" not in text[amount.end - base : m.start - base]]
    return (earlier[-1].value.iso if earlier else later[0].value.iso if later else None), ahead


def _year_before(view: View, amounts: Sequence[Mention], n: int, words: PeriodWords, told: str | None) -> str | None:
    """The period of a sum that is told beside one of the year after: 'up from $69 million a year earlier', 'a year earlier it had been $5 million'."""
    text, base, amount = view.text, view.sentence.start, amounts[n]
    start = amounts[n - 1].end if n else base
    for m in view.of_kind("date"):
        beside = 0 <= m.start - amount.end < _BESIDE or (start <= m.end <= amount.start and amount.start - m.end < _AHEAD)
        if m.key != "apart" or not beside or not isinstance(m.value, DateValue) or not m.value.iso or len(m.value.iso) != _YEAR or told is None:
            continue
        spoken = text[m.start - base : m.end - base].lower().split()
        if words.years & set(spoken) and words.before & set(spoken[-1:]):
            steps = int(words.numbers.get(spoken[0], 1))
            return "/".join(f"{int(end[:_YEAR]) - steps}{end[_YEAR:]}" for end in told.split("/"))
    return None
