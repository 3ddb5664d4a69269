"""Dates and periods by an own grammar, resolved with the article's date.

No library gives the intervals that facts need ('first half of 2025', 'January-July', 'by 2030'), and most make dates of money and percentages.
The shapes and words stand in the lexicon (`dates.yaml`); here is only the calendar. What can't be known has the value None: a text without any
date of its own resolves no weekday and no 'last year'.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections.abc import Iterator, Sequence

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.recognise.shapes import DIGIT, Shape, Shapes
from relgraph.recognise.tokens import Token

_RELATIVE = frozenset({"weekday", "relative-day", "which-unit", "ago", "span-of", "which-month", "back", "apart", "nth-day", "back-month", "back-weekday"})
_BESIDE = 40  # characters from 'the previous summer' to the day that it dates
_STORY = 300  # characters in which a day without a year goes on with the year told before
_NEAR = 9  # words to look at for a sign of the future
_HALVES = {(1, 6): "H1", (7, 12): "H2", (1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4"}
Slots = dict[str, str | None]


class Clock:
    """What is known of time while an article is read: its date, and the latest day, month and year named before."""

    def __init__(self, published: str | None, hint: str | None) -> None:
        self.published, self.hint = published, hint
        self.today = _day(published)
        self.day: dt.date | None = None
        self.month: str | None = None
        self.year: str | None = None
        self.last: str | None = None
        self.season: tuple[str, int] | None = None
        """The year of a season named without one ('the previous summer'), and where it ends."""
        self.at = 0
        self.paragraph = 0
        self.told: tuple[str, int] | None = None
        """The last day or month told with its year, and where."""

    def notice(self, iso: str | None) -> None:
        """Remember a resolved date, so that 'the next day' and 'that year' can be understood."""
        if not iso:
            return
        first = iso.split("/")[0]
        self.year = first[:4]
        self.last = first
        if len(first) >= 7 and first[5].isdigit():
            self.month = first[:7]
        if len(first) == 10:
            self.day = _day(iso.split("/")[-1]) or self.day

    @property
    def known_year(self) -> str | None:
        """The year of the article, as far as known."""
        return self.published[:4] if self.published else self.hint


class Calendar:
    """The date grammar of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        tables = lexicon.lists
        self._shapes = Shapes(lexicon).by_word
        self._tables = tables
        self._numbers: dict[str, float] = tables["numbers"]
        self._uses: dict[str, str] = {word: use for use, words in tables["use"].items() for word in words}
        self._fillers = frozenset(tables["use_fillers"])
        self._future = frozenset(tables["future"])
        self._prefixes = tuple(tables.get("prefixes", ()))
        self._use_prefixes = tuple(tables.get("use_prefixes", ()))
        self._after_day = frozenset(tables.get("after_day", ()))
        self._not_by = frozenset(tables.get("not_bounds", ()))
        self._capital = bool(tables.get("capital_names"))
        self._names = frozenset(tables["months"]) | frozenset(tables["weekdays"])

    def find(self, text: str, folded: str, words: Sequence[Token], published: str | None, hint: str | None) -> Iterator[Mention]:
        """Yield the dates of a text. `hint` gives the year of a day and month without one, when the article has no date."""
        clock = Clock(published, hint)
        done = -1
        seen = 0  # where the paragraph was looked for up to
        for i, word in enumerate(words):
            shapes, start = self._shapes.get(DIGIT if word.low[0].isdigit() else word.low), word.start
            if shapes is None:
                if "-" not in word.low:
                    continue
                prefix = next((p for p in self._prefixes if word.low.startswith(p)), "")
                start += len(prefix)
                shapes = self._shapes.get(word.low[len(prefix) :].split("-")[0])
            if shapes is None or start < done or (self._capital and word.low in self._names and not word.capital):
                continue
            if word.low[0].isdigit() and word.start and (folded[word.start - 1] in ".,$-+" and (word.start < 2 or folded[word.start - 2].isdigit() or folded[word.start - 1] in "$+")):
                continue
            found = self._longest(shapes.shapes, folded, start) if shapes.any.match(folded, start) else None
            if found is None:
                continue
            shape, slots, end = found
            if shape.gives == "nth-day" and not (slots.get("unit") or slots.get("span")) and not self._ends_there(words, i, end, folded):
                continue
            clock.at = start
            clock.paragraph = max(clock.paragraph if seen else -1, text.rfind("\n\n", max(0, seen - 1), start))
            seen = start
            iso = self._value(shape.gives, slots, clock, self._coming(words, i, folded))
            clock.notice(iso)
            if iso and slots.get("year") and len(iso) >= len("2025-08"):
                clock.told = (iso, end)
            done = end
            yield Mention(start, end, text[start:end], "date", shape.id, value=DateValue(iso, self._use(words, i, folded, shape.gives), shape.gives in _RELATIVE))

    @staticmethod
    def _longest(shapes: Sequence[Shape], folded: str, start: int) -> tuple[Shape, Slots, int] | None:
        best = None
        for shape in shapes:
            match = shape.pattern.match(folded, start)
            if match is not None and (best is None or match.end() > best[2]):
                best = (shape, match.groupdict(), match.end())
        return best

    def _ends_there(self, words: Sequence[Token], i: int, end: int, folded: str) -> bool:
        """Whether 'on the 7th' is a day: no noun follows it ('on the 7th floor')."""
        after = next((w for w in words[i + 1 : i + 5] if w.start >= end), None)
        return after is None or folded[end : after.start] != " " or after.capital or after.low in self._after_day

    def _use(self, words: Sequence[Token], i: int, folded: str, gives: str) -> str:
        for j in range(i - 1, max(-1, i - 5), -1):
            if folded[words[j].end : words[j + 1].start] not in (" ", "-"):
                break
            use = self._uses.get(words[j].low)
            if use:
                return "on" if gives == "relative-day" and words[j].low in self._not_by else use  # 'went through today', 'allies from today'
            if words[j].low not in self._fillers and not words[j].low.startswith(self._use_prefixes):
                break
        return "on"

    def _coming(self, words: Sequence[Token], i: int, folded: str) -> bool:
        """Whether the words around say that the date lies ahead: 'will meet on Friday', 'On Friday they will meet'."""
        j = i
        while j > 0 and i - j < _NEAR and not _stop(folded, words[j - 1].end, words[j].start):
            j -= 1
            if words[j].low in self._future:
                return True
        if i - j > 2:
            return False
        return any(w.low in self._future for w in words[i + 1 : i + _NEAR] if not _stop(folded, words[i].end, w.start))

    def _value(self, gives: str, slots: Slots, clock: Clock, coming: bool) -> str | None:
        worker = getattr(self, "_" + gives.replace("-", "_"))
        value: str | None = worker(slots, clock, coming)
        return value

    def _month_of(self, slots: Slots, key: str = "month") -> int:
        return int(self._tables["months"][(slots[key] or "").rstrip(".")])

    def _count(self, word: str | None) -> int:
        return int(word) if word and word.isdigit() else int(self._numbers[word]) if word else 1

    def _year_of(self, slots: Slots, clock: Clock) -> str | None:
        """The year that the slots name, directly or as 'last year' and 'that year'."""
        if slots.get("year"):
            return slots["year"]
        step = self._step(slots.get("which"), "which")
        if step is not None:
            return str(int(clock.published[:4]) + step) if clock.published else None
        step = self._step(slots.get("back"), "back")
        return str(int(clock.year) + step) if step is not None and clock.year else None

    def _step(self, word: str | None, table: str) -> int | None:
        return None if word is None else int(self._tables[table][word])

    def _half(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        year = self._period_year(slots, clock)
        n = self._tables["ordinals"][slots["nth"]]
        return f"{year}-H{n}" if year and n <= 2 else None

    def _quarter(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        year = self._period_year(slots, clock)
        n = self._tables["ordinals"][slots["nth"]] if slots.get("nth") else self._tables["quarters"][slots["quarter"]]
        return f"{year}-Q{n}" if year else None

    def _first_months(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        year, n = self._period_year(slots, clock), self._count(slots["number"])
        return _months(year, 1, n) if year and 1 <= n <= 12 else None

    def _period_year(self, slots: Slots, clock: Clock) -> str | None:
        """The year of a half, quarter or run of months: named, else that of the article."""
        named = slots.get("year") or slots.get("which") or slots.get("back")
        return self._year_of(slots, clock) if named else clock.known_year

    def _months(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        first, last = self._month_of(slots), self._month_of(slots, "month2")
        if slots.get("year2"):
            return f"{slots['year']}-{first:02d}/{slots['year2']}-{last:02d}"
        year = self._period_year(slots, clock)
        return _months(year, first, last) if year and first < last else None

    def _day_span(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        year = slots.get("year2") or self._year_of(slots, clock)
        month = self._month_of(slots)
        month2 = self._month_of(slots, "month2") if slots.get("month2") else month
        first = self._dated(slots["day"], month, slots.get("year") or year, clock, coming)
        last = self._dated(slots["day2"], month2, year or (first[:4] if first else None), clock, coming)
        return f"{first}/{last}" if first and last and first < last else first

    def _day(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        return self._dated(slots["day"], self._month_of(slots), self._year_of(slots, clock), clock, coming, named=bool(slots.get("which") or slots.get("back")))

    def _dated(self, day: str | None, month: int, year: str | None, clock: Clock, coming: bool, *, named: bool = False) -> str | None:
        number = int("".join(c for c in day or "0" if c.isdigit()))
        year = year or (None if named else _season_year(clock) or self._told_year(month, number, clock) or _nearest(month, number, clock, coming))
        return f"{year}-{month:02d}-{number:02d}" if year and _exists(int(year), month, number) else None

    def _told_year(self, month: int, day: int, clock: Clock) -> str | None:
        """The year of a day that goes on with an older story: 'On 26 January 2009 ... On 22 June a new one was signed.'."""
        if clock.told is None or clock.published is None or clock.at - clock.told[1] > _STORY or clock.paragraph > clock.told[1]:
            return None
        first = clock.told[0]
        return first[:4] if first[:4] < clock.published[:4] and f"{month:02d}-{day:02d}" > first[5:10] else None

    def _iso(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        return slots["isoday"] if _day(slots["isoday"]) else None

    def _month(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        year = self._year_of(slots, clock)
        return f"{year}-{self._month_of(slots):02d}" if year else None

    def _bare_month(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        month = self._month_of(slots)
        year = _nearest(month, 1, clock, coming)
        return f"{year}-{month:02d}" if year else None

    def _which_month(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        step, month = self._step(slots["which"], "which") or 0, self._month_of(slots)
        if clock.published is None or len(clock.published) < 7:
            return None
        year, now = int(clock.published[:4]), int(clock.published[5:7])
        year += (-1 if month >= now else 0) if step < 0 else (1 if month <= now else 0) if step > 0 else 0
        return f"{year}-{month:02d}"

    def _nth_day(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        """'on the 22nd', 'the 29th of last month': a day of the month named last, or of the article's."""
        number = int("".join(c for c in slots["day"] or "0" if c.isdigit()))
        if slots.get("unit"):
            step = self._step(slots.get("which"), "which") or 0
            month = _month_on(clock.published, step) if self._unit(slots) == "month" and clock.published and len(clock.published) >= 7 else None
        elif slots.get("span"):
            month = self._back(slots, clock, coming)
        else:
            month = clock.month
            if month is None and clock.today is not None:
                month = _month_on(clock.today.isoformat(), 0 if number <= clock.today.day or coming else -1)
        if month is None or len(month) != len("2025-08") or not _exists(int(month[:4]), int(month[5:]), number):
            return None
        return f"{month}-{number:02d}"

    def _back_month(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        """'the following October', 'that May': counted from the date named last."""
        step, month = self._step(slots["back"], "back") or 0, self._month_of(slots)
        if clock.year is None or (step and (clock.month is None or clock.month[:4] != clock.year)):
            return None
        year = int(clock.year)
        if step and clock.month is not None:
            known = int(clock.month[5:])
            year += (1 if month <= known else 0) if step > 0 else (-1 if month >= known else 0)
        return f"{year}-{month:02d}"

    def _back_weekday(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        """'that same Monday', 'the following Friday': counted from the day named last."""
        if clock.day is None:
            return None
        number, step = self._tables["weekdays"][slots["weekday"]], self._step(slots["back"], "back") or 0
        ahead = (number - clock.day.weekday()) % 7
        if step == 0:
            return (clock.day + dt.timedelta(ahead if ahead <= 3 else ahead - 7)).isoformat()
        return (clock.day + dt.timedelta((ahead or 7) if step > 0 else (ahead or 7) - (7 if ahead else 14))).isoformat()

    def _season(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        """'last summer', 'the previous autumn': the year, which holds for a day beside it, too."""
        if slots.get("back"):
            base, now = clock.year, int(clock.month[5:]) if clock.month and clock.month[:4] == clock.year else 12
            step = self._step(slots["back"], "back") or 0
        else:
            base, step = clock.published[:4] if clock.published else None, self._step(slots["which"], "which") or 0
            now = int(clock.published[5:7]) if clock.published and len(clock.published) >= 7 else 12
        if base is not None:
            first = int(self._tables["seasons"][slots["season"]])
            year = int(base) + ((-1 if first + 2 >= now else 0) if step < 0 else (1 if first <= now else 0) if step > 0 else 0)
            clock.season = (str(year), clock.at)
        return clock.season[0] if base is not None and clock.season else None

    def _weekday(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        if clock.today is None:
            return None
        number, step = self._tables["weekdays"][slots["weekday"]], self._step(slots.get("which"), "which")
        back = (clock.today.weekday() - number) % 7
        if step == 1 or (coming and back and step is None):
            return (clock.today + dt.timedelta((number - clock.today.weekday()) % 7 or 7)).isoformat()
        return (clock.today - dt.timedelta(back or (7 if step == -1 else 0))).isoformat()

    def _relative_day(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        return (clock.today + dt.timedelta(self._tables["days"][slots["relative"]])).isoformat() if clock.today else None

    def _which_unit(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        unit, step = self._unit(slots), self._step(slots.get("which"), "which") or 0
        if clock.published is None or slots["unit"] in self._tables["plural_units"]:
            return None  # 'in the coming years' is no date
        if unit == "year":
            return str(int(clock.published[:4]) + step)
        if unit == "month" and len(clock.published) >= 7:
            return _month_on(clock.published, step)
        if unit == "week" and clock.today:
            monday = clock.today - dt.timedelta(clock.today.weekday()) + dt.timedelta(7 * step)
            return f"{monday.isoformat()}/{(monday + dt.timedelta(6)).isoformat()}"
        return None

    def _unit(self, slots: Slots) -> str:
        return str(self._tables["units_of_time"][slots["unit"]])

    def _ago(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        return _moved(clock.today, clock.published, -self._count(slots["number"]), self._unit(slots))

    def _apart(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        """'a day earlier', 'three months later', counted from the date named last."""
        shift = slots["shift"] or ""
        step = int(self._tables["shifts"].get(shift) or self._tables["last_shifts"][shift])
        base = clock.last if self._unit(slots) in ("year", "decade", "month") else clock.day.isoformat() if clock.day else None
        return _moved(clock.day, base, step * (self._count(slots["number"]) if slots.get("number") else 1), self._unit(slots))

    def _span_of(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        step, count = self._step(slots["which"], "which") or 0, self._count(slots["number"])
        if clock.published is None or self._unit(slots) != "year" or not 0 < count < 100:
            return None
        year = int(clock.published[:4])
        return f"{year - count}/{year}" if step < 0 else f"{year}/{year + count}" if step > 0 else None

    def _back(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        """'the same day', 'that year': the date named last."""
        step, unit = self._step(slots["back"], "back") or 0, self._tables["back_units"].get((slots.get("span") or ""), "day")
        if unit == "year":
            return str(int(clock.year) + step) if clock.year else None
        if unit == "month":
            return _month_on(clock.month, step) if clock.month else None
        return (clock.day + dt.timedelta(step)).isoformat() if clock.day else None

    def _years(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        first, last = slots["year"] or "", slots["year2"] or ""
        return f"{first}/{last}" if first < last else first

    def _decade(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        first = int((slots["decade"] or "0")[:4])
        return f"{first}/{first + 9}"

    def _year(self, slots: Slots, clock: Clock, coming: bool) -> str | None:
        return slots["year"]


def _stop(folded: str, start: int, end: int) -> bool:
    """Whether a sentence may end between two words."""
    return any(c in ".;:!?" for c in folded[start:end])


def _season_year(clock: Clock) -> str | None:
    return clock.season[0] if clock.season is not None and clock.at - clock.season[1] < _BESIDE else None


def _nearest(month: int, day: int, clock: Clock, coming: bool) -> str | None:
    """The year of a day and month without one: the latest that isn't long ahead; the next one where the words look ahead."""
    if clock.published is None or len(clock.published) < 7:
        return clock.known_year
    anchor = clock.today or dt.date(int(clock.published[:4]), int(clock.published[5:7]), 28)
    candidates = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        if _exists(year, month, day):
            ahead = (dt.date(year, month, day) - anchor).days
            candidates.append((abs(ahead) + (0 if ahead <= 31 or coming else 400), year))
    return str(min(candidates)[1]) if candidates else None


def _moved(day: dt.date | None, base: str | None, count: int, unit: str) -> str | None:
    """A date some units before (or after) another, as exact as the unit allows."""
    if base is None or not -150 < count < 150:
        return None
    if unit in ("year", "decade"):
        return str(int(base[:4]) + count * (10 if unit == "decade" else 1))
    if unit == "month":
        return _month_on(base, count) if len(base) >= 7 else None
    if day is None:
        return None
    moved = day + dt.timedelta(count * (7 if unit == "week" else 1))
    return moved.isoformat() if unit == "day" or abs(count) == 1 else moved.isoformat()[:7]


def _month_on(base: str, count: int) -> str:
    index = int(base[:4]) * 12 + int(base[5:7]) - 1 + count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _months(year: str, first: int, last: int) -> str:
    """A run of months of one year, as a half, quarter or year where it is one."""
    if (first, last) == (1, 12):
        return year
    part = _HALVES.get((first, last))
    return f"{year}-{part}" if part else f"{year}-{first:02d}" if first == last else f"{year}-{first:02d}/{year}-{last:02d}"


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _day(iso: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso[:10]) if iso and len(iso) >= 10 else None
    except ValueError:
        return None


@functools.lru_cache(maxsize=8)
def calendar_of(lexicon: Lexicon) -> Calendar:
    """Compile the date grammar of a lexicon once."""
    return Calendar(lexicon)
