"""Dates and periods by an own grammar, resolved with the article's date.

No library gives the intervals that facts need ('first half of 2025', 'January-July', 'by 2030'), and most make dates of money and percentages.
The words come from the lexicon's `dates` tables; the shapes are those of English.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta

from relgraph.knowledge.lexicon import Lexicon
from relgraph.recognise.mentions import DateValue, Mention

_YEAR = r"(?:19|20)\d\d"
_HALVES = {"first half": "H1", "second half": "H2"}


class Calendar:
    """The date grammar of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        tables = lexicon.lists
        self.months: dict[str, int] = tables["months"]
        self.weekdays: dict[str, int] = tables["weekdays"]
        self.days: dict[str, int] = tables["days"]
        self.ordinals: dict[str, int] = tables["ordinals"]
        self.numbers: dict[str, float] = tables["numbers"]
        month = "(?:" + "|".join(sorted(map(re.escape, self.months), key=len, reverse=True)) + r")\.?"
        weekday = "|".join(self.weekdays)
        dd = r"(?<![\d.,$])(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%])"
        dash = r"\s?(?:-|to|and)\s?"
        number = "|".join(sorted(map(re.escape, self.numbers), key=len, reverse=True))
        last, this, following = ("|".join(tables[k]) for k in ("last", "this", "next"))
        shapes = [
            # each group name is the handler; longer and more exact shapes first
            ("half", rf"(?P<h>first|second) half(?: of (?:the year|(?P<hy>{_YEAR})|(?P<hr>{this}|{last}) year))?"),
            ("quarter", rf"(?:(?P<qn>first|second|third|fourth) quarter|q(?P<qd>[1-4]))(?: of)?(?: (?P<qy>{_YEAR})| (?P<qr>{this}|{last}) year)?"),
            ("nmonths", rf"(?:first|initial) (?P<nm>{number}|\d{{1,2}}) months(?: of)?(?: (?P<ny>{_YEAR})| (?P<nr>{this}|{last}) year)?"),
            ("mrange", rf"(?:from |between )?(?P<m1>{month}){dash}(?P<m2>{month}),?(?: of)? (?P<my>{_YEAR}|{this} year|{last} year)"),
            ("mrangex", rf"(?P<x1>{month})-(?P<x2>{month})\b"),
            ("dmdmy", rf"(?P<a1>{dd}) (?P<a2>{month}){dash}(?P<a3>{dd}) (?P<a4>{month}),? ?(?P<a5>{_YEAR})?"),
            ("ddmy", rf"(?P<b1>{dd}){dash}(?P<b2>{dd})(?: of)? (?P<b3>{month}),? ?(?P<b4>{_YEAR})?"),
            ("mddy", rf"(?P<c1>{month}) (?P<c2>{dd}){dash}(?P<c3>{dd})(?:,? (?P<c4>{_YEAR}))?"),
            ("mdmd", rf"(?P<d1>{month}) (?P<d2>{dd}){dash}(?P<d3>{month}) (?P<d4>{dd})(?:,? (?P<d5>{_YEAR}))?"),
            ("dmy", rf"(?P<e1>{dd})(?: of)? (?P<e2>{month})(?:,? (?P<e3>{_YEAR})| (?P<e4>{this}|{last}) year)?"),
            ("mdy", rf"(?P<f1>{month}) (?P<f2>{dd})(?:,? (?P<f3>{_YEAR}))?"),
            ("iso", rf"(?P<g1>{_YEAR})-(?P<g2>\d\d)-(?P<g3>\d\d)"),
            ("my", rf"(?P<i1>{month}),?(?: of)? (?P<i2>{_YEAR}|{this} year|{last} year)"),
            ("lastmonth", rf"(?P<j1>{last}|{this}|{following}) (?P<j2>{month})\b"),
            ("weekday", rf"(?:(?P<k1>{last}|{this}|{following}) )?(?P<k2>{weekday})\b"),
            ("relyear", rf"(?:the )?(?P<l1>{last}|{this}|{following}) (?P<l2>year|month|week)\b"),
            ("ago", rf"(?P<n1>{number}|\d{{1,3}}) (?P<n2>year|month|week|day)s? (?:ago|earlier|before)\b"),
            ("over", rf"(?:over |in |during |for )?(?:the )?(?:{last}) (?P<o1>{number}|\d{{1,2}}) (?P<o2>year|month)s\b"),
            ("yrange", rf"(?P<p1>{_YEAR})\s?(?:-|to|and)\s?(?P<p2>{_YEAR})\b"),
            ("day", rf"(?P<r1>{'|'.join(self.days)})\b"),
            ("month", rf"(?<=[a-z,] )(?P<s1>{month})(?![\w'-])"),
            ("year", rf"(?<![\d.,$-])(?P<t1>{_YEAR})(?![\d,.]\d|\d|%|-\d)"),
        ]  # fmt: skip
        self._pattern = re.compile("|".join(rf"(?P<is_{name}>\b{shape})" if not shape.startswith("(?<") else f"(?P<is_{name}>{shape})" for name, shape in shapes))
        self._use = re.compile(rf"\b(?:(?P<by>{'|'.join(tables['by'])})|(?P<since>{'|'.join(tables['since'])})|(?P<in>in|during|for)|(?P<on>on))(?: the)?(?: end of| year| early| late| mid)?\s*$")
        self._names = [name for name, _ in shapes]

    def find(self, text: str, folded: str, start: int, published: str | None, year_hint: str | None) -> Iterator[Mention]:
        """Yield date mentions from `start` on. `year_hint` gives the year of a day and month without one, when nothing nearer does."""
        anchor = _day(published)
        for match in self._pattern.finditer(folded, start):
            name = next(n for n in self._names if match[f"is_{n}"] is not None)
            if name == "month" and not text[match.start("s1")].isupper():
                continue
            if name in ("dmy", "mdy", "my", "lastmonth", "mrangex") and folded[match.start() : match.end()].split()[0] == "may" and not text[match.start()].isupper():
                continue
            iso = self._value(name, match.groupdict(), anchor, published, year_hint, folded[max(0, match.start() - 60) : match.end() + 40])
            before = self._use.search(folded, max(0, match.start() - 24), match.start())
            use = next((k for k, v in before.groupdict().items() if v), "on") if before else "on"
            end = match.end()
            while end > match.start() and folded[end - 1] in " ,":
                end -= 1
            relative = name in ("weekday", "day", "relyear", "ago", "over", "lastmonth")
            yield Mention(match.start(), end, text[match.start() : end], "date", name, value=DateValue(iso, use, relative))

    def _value(self, name: str, g: dict[str, str | None], anchor: Date | None, published: str | None, hint: str | None, around: str) -> str | None:
        known_year = published[:4] if published else hint

        def month(key: str) -> int:
            return self.months[(g[key] or "").rstrip(".")]

        def number(value: str | None) -> int:
            return int(value) if value and value.isdigit() else int(self.numbers[value or "one"])

        def relative_year(word: str | None) -> str | None:
            if not published:
                return None
            return str(int(published[:4]) - 1) if word in ("last", "previous", "past") else published[:4]

        def year_of(value: str | None) -> str | None:
            if not value:
                return None
            return value if value.isdigit() else relative_year(value.split()[0])

        def dated(day: str | None, m: int, y: str | None) -> str | None:
            d = int(re.match(r"\d+", day or "0")[0])  # type: ignore[index]
            year = y or self._nearest(m, d, anchor, known_year, around)
            if year is None or not 1 <= d <= calendar.monthrange(int(year), m)[1]:
                return None
            return f"{year}-{m:02d}-{d:02d}"

        def span(a: str | None, b: str | None) -> str | None:
            return f"{a}/{b}" if a and b and a <= b else a

        match name:
            case "half":
                y = g["hy"] or (relative_year(g["hr"]) if g["hr"] else known_year)
                return f"{y}-{_HALVES[(g['h'] or '') + ' half']}" if y else None
            case "quarter":
                y = g["qy"] or (relative_year(g["qr"]) if g["qr"] else known_year)
                n = g["qd"] or str(self.ordinals.get(g["qn"] or "", 1))
                return f"{y}-Q{n}" if y else None
            case "nmonths":
                y = g["ny"] or (relative_year(g["nr"]) if g["nr"] else known_year)
                n = number(g["nm"])
                if not y or not 1 <= n <= 12:
                    return None
                return {3: f"{y}-Q1", 6: f"{y}-H1", 12: y}.get(n, f"{y}-01/{y}-{n:02d}")
            case "mrange" | "mrangex":
                y = year_of(g["my"]) if name == "mrange" else known_year
                a, b = (month("m1"), month("m2")) if name == "mrange" else (month("x1"), month("x2"))
                if not y or a >= b:
                    return None
                return {(1, 6): f"{y}-H1", (7, 12): f"{y}-H2", (1, 3): f"{y}-Q1", (1, 12): y}.get((a, b), f"{y}-{a:02d}/{y}-{b:02d}")
            case "dmdmy":
                return span(dated(g["a1"], month("a2"), g["a5"]), dated(g["a3"], month("a4"), g["a5"]))
            case "ddmy":
                return span(dated(g["b1"], month("b3"), g["b4"]), dated(g["b2"], month("b3"), g["b4"]))
            case "mddy":
                return span(dated(g["c2"], month("c1"), g["c4"]), dated(g["c3"], month("c1"), g["c4"]))
            case "mdmd":
                return span(dated(g["d2"], month("d1"), g["d5"]), dated(g["d4"], month("d3"), g["d5"]))
            case "dmy":
                return dated(g["e1"], month("e2"), g["e3"] or (relative_year(g["e4"]) if g["e4"] else None))
            case "mdy":
                return dated(g["f2"], month("f1"), g["f3"])
            case "iso":
                return dated(g["g3"], int(g["g2"] or 0), g["g1"]) if 1 <= int(g["g2"] or 0) <= 12 else None
            case "my":
                y = year_of(g["i2"])
                return f"{y}-{month('i1'):02d}" if y else None
            case "lastmonth" | "month":
                m = month("j2") if name == "lastmonth" else month("s1")
                y = self._nearest(m, 1, anchor, known_year, around if name == "month" else ("will" if g["j1"] in ("next", "coming") else ""))
                return f"{y}-{m:02d}" if y else None
            case "weekday":
                return self._weekday(self.weekdays[g["k2"] or ""], g["k1"], anchor, around)
            case "relyear":
                return self._relative(g["l1"] or "", g["l2"] or "", anchor, published)
            case "ago":
                return self._ago(number(g["n1"]), g["n2"] or "", anchor, published)
            case "over":
                return None
            case "yrange":
                return f"{g['p1']}/{g['p2']}" if (g["p1"] or "") < (g["p2"] or "") else g["p1"]
            case "day":
                return (anchor + timedelta(self.days[g["r1"] or ""])).isoformat() if anchor else None
            case _:
                return g["t1"]

    @staticmethod
    def _nearest(month: int, day: int, anchor: Date | None, year: str | None, around: str) -> str | None:
        """The year of a day and month without one: the nearest, the past one when both are near; the future one after 'will'."""
        if anchor is None:
            return year
        future = re.search(r"\b(will|to be|is due|scheduled|next|upcoming|planned)\b", around) is not None
        candidates = []
        for y in (anchor.year - 1, anchor.year, anchor.year + 1):
            if 1 <= day <= calendar.monthrange(y, month)[1]:
                distance = (Date(y, month, day) - anchor).days
                candidates.append((abs(distance) + (0 if distance <= 31 or future else 200), y))
        return str(min(candidates)[1]) if candidates else None

    @staticmethod
    def _weekday(number: int, word: str | None, anchor: Date | None, around: str) -> str | None:
        if anchor is None:
            return None
        back = (anchor.weekday() - number) % 7
        if word in ("next", "coming") or (back and word is None and re.search(r"\bwill\b|\bis to\b|\bare to\b|\bdue\b", around)):
            return (anchor + timedelta((number - anchor.weekday()) % 7 or 7)).isoformat()
        if word in ("last", "previous", "past") and back == 0:
            back = 7
        return (anchor - timedelta(back)).isoformat()

    @staticmethod
    def _relative(word: str, unit: str, anchor: Date | None, published: str | None) -> str | None:
        if published is None:
            return None
        step = -1 if word in ("last", "previous", "past") else 1 if word in ("next", "coming") else 0
        if unit == "year":
            return str(int(published[:4]) + step)
        if unit == "month" and len(published) >= 7:
            index = int(published[:4]) * 12 + int(published[5:7]) - 1 + step
            return f"{index // 12}-{index % 12 + 1:02d}"
        if unit == "week" and anchor:
            monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * step)
            return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
        return None

    @staticmethod
    def _ago(count: int, unit: str, anchor: Date | None, published: str | None) -> str | None:
        if unit == "year":
            return str(int(published[:4]) - count) if published and count < 120 else None
        if anchor is None:
            return None
        if unit == "month":
            index = anchor.year * 12 + anchor.month - 1 - count
            return f"{index // 12}-{index % 12 + 1:02d}"
        day = anchor - timedelta(count * (7 if unit == "week" else 1))
        return day.isoformat() if unit == "day" or count == 1 else day.isoformat()[:7]


def _day(published: str | None) -> Date | None:
    try:
        return Date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    except ValueError:
        return None


@functools.lru_cache(maxsize=8)
def calendar_of(lexicon: Lexicon) -> Calendar:
    """Compile the date grammar of a lexicon once."""
    return Calendar(lexicon)
