"""The dateline: 'CITY, 12 July 2025 (Publisher)', each part of which may be missing or stand in another order.

In: the text after the title. Out: place, date and publisher, and where the body begins. A dateline is a line of its own
('ASHGABAT, 29 November 2021 (Chronicles of Turkmenistan)', 'April 5, 2019'), two or three such lines, opens the first paragraph ('BISHKEK, May 5
(AKIpress) -- The president ...') or the title ('Berlin, 21 Jan 2019: ...'), or closes the text ('15.08.2024', 'The Messenger, 9 October 2023'). A short
first sentence that merely holds a date is none.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from relgraph.knowledge.lexicon import either
from relgraph.read.dates import NoSuchDateError, iter_dates
from relgraph.read.words import reading_words

_LONGEST = 110
_IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)|(?<!\S)/([^/]{2,40})/")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SITE = re.compile(r"\b[A-Z0-9][\w-]*(?:\.[a-z]{2,4}){1,2}\b")
_NUMBER = re.compile(r"\b\d{1,4}\b")
_CITY = re.compile(r"[^\W\d_][^,.\d()/—–|]{1,40}")
_COUNTRY = re.compile(r"\s\[[^\W\d_][^\[\]\d]{2,30}\]")
_DASH = re.compile(r"\s*(?:--+|[—–]|(?<=\)):(?=\s)|\s-(?=\s)|(?<=[)/])\.(?=\s)|(?<=\s(?:19|20)\d\d)\.(?=\s)|(?<=\s\d)\.(?=\s)|(?<=\s\d\d)\.(?=\s)|(?<=[A-Z]{3})\.(?=\s)|(?<=[A-Z]{5}):(?=\s))\s*")
_TITLE = re.compile(r"[^:]{6,40}(?=:\s)")
_LINES = 3
_SHORT = 4
"""Letters in capitals that may be an agency's."""


class _Patterns:
    """The words of datelines as patterns."""

    def __init__(self) -> None:
        words = reading_words()
        links = either(words.date_links)
        self.weekday = re.compile(rf"\b{either(words.weekdays)}\b\.?(?=\s*(?:,|$))", re.IGNORECASE)
        self.byline = re.compile(rf"{either(words.bylines)}(?: {either(words.byline_links)}\b)?", re.IGNORECASE)
        self.time = re.compile(rf"\b\d{{1,2}}:\d\d(?::\d\d)?(?:\s?{either(words.halves_of_day)}\b\.?)?(?:\s{either(words.time_zones)})?", re.IGNORECASE)
        self.issued = re.compile(rf"{either(words.issued)}:?(?:\s{links})?(?=\s)", re.IGNORECASE)
        self.told = re.compile(rf"\b{either(words.told)}\s(?:{links}\s)?$", re.IGNORECASE)
        self.writer = tuple(f"{w} " for w in words.byline_openers)
        self.little = words.name_words


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns()


class Dateline(NamedTuple):
    """What a dateline says; `end` is its length in the text it was looked for in."""

    end: int
    place: str | None = None
    date: str | None = None
    publisher: str | None = None


def find_dateline(text: str, start: int) -> Dateline | None:
    """Find the dateline in the first lines with content from `start` on; `end` of the result is where the body begins.

    Raises:
        relgraph.read.dates.NoSuchDateError: The date in it does not exist.
    """
    found = _above_its_date(text, start) or _first(text, start)
    if found is None or found.date is not None:
        return found
    if found.end < len(text) and text[found.end] == "\n" and (below := _line(text, found.end)) and _is_date(text[below[0] : below[1]]):
        return found._replace(end=below[1], date=_parse_date(text[below[0] : below[1]]))
    return found


def date_elsewhere(text: str, title: tuple[int, int], body: int) -> tuple[str | None, str | None]:
    """Return the ISO date of an article without a dated dateline, and the place beside it: from the opening of its title, from its last line, or from its first paragraph ('the agency reported on 5 May 2020').

    Raises:
        relgraph.read.dates.NoSuchDateError: The title opens with a place and a date that does not exist.
    """
    opening = _TITLE.match(text, *title)
    if opening and (found := _parse(opening.group(), inline=True)) and found.date and found.place:
        return found.date, found.place
    last = text.rstrip()
    line = last[last.rfind("\n") + 1 :]
    if len(last) - len(line) > body and len(line) <= _LONGEST and _is_date(_patterns().issued.sub("", line, count=1)):
        return _parse_date(line), None
    paragraph = _line(text, body)
    first = text[slice(*paragraph)] if paragraph else ""
    return next(((iso, None) for at, _, iso in _existing(first) if iso and _patterns().told.search(first, max(0, at - 30), at)), (None, None))


def _first(text: str, start: int) -> Dateline | None:
    line = _line(text, start)
    if line is None:
        return None
    start, end = line
    if end - start <= _LONGEST and (whole := _parse(text[start:end].rstrip(" :—–-"), inline=False)):
        return whole._replace(end=end)
    found = None
    for dash in _DASH.finditer(text, start, min(end, start + _LONGEST)):  # the last one: 'MOSCOW, April 18. /TASS/. Sixteen papers'
        if dash.end() < end and (text[dash.end()].isupper() or not text[dash.end()].isalpha()) and (opening := _parse(text[start : dash.start()].rstrip(" :."), inline=True)):
            found = opening._replace(end=dash.end())
    return found


def _above_its_date(text: str, start: int) -> Dateline | None:
    """A line of names whose date stands in the next one: 'AFP, SAMARKAND' and 'Nov. 2, 2023'."""
    line = _line(text, start)
    if line is None:
        return None
    spots = [c for c in re.split(r"[,/|()]|\s[-—–]+\s", text[line[0] : min(line[1], line[0] + _LONGEST)]) if c.isupper() and len(c.strip()) > _SHORT]
    for _ in range(_LINES - 1):
        if line is None or line[1] - line[0] > _LONGEST or not _is_place_like(text[line[0] : line[1]]):
            return None
        line = _line(text, line[1])
        if line is not None and _is_date(text[line[0] : line[1]]):
            return Dateline(line[1], _capitalised(spots[0].strip()) if spots else None, _parse_date(text[line[0] : line[1]]))
    return None


def _line(text: str, start: int) -> tuple[int, int] | None:
    """The next line with content."""
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    end = len(text) if end == -1 else end
    return (start, end) if start < end else None


def _is_date(line: str) -> bool:
    """Whether a line is a date, with a weekday or a name of up to three words at most."""
    return len(line) <= _LONGEST and _parse_date(line) is not None and len(re.findall(r"\w+", _without_dates(_IN_BRACKETS.sub(" ", line)))) <= _LINES


def _parse_date(line: str) -> str | None:
    return next((iso for _, _, iso in _existing(line) if iso), None)


def _existing(line: str) -> list[tuple[int, int, str | None]]:
    """The dates of a line that need not be a dateline; none where one of them doesn't exist."""
    try:
        return list(iter_dates(line))
    except NoSuchDateError:
        return []


def _parse(line: str, *, inline: bool) -> Dateline | None:
    """Read a line as a dateline, or find that something else stands in it."""
    if not line or len(line.split()) > 18:
        return None
    line = _COUNTRY.sub(lambda m: " " * len(m.group()), line)  # 'Moscow [Russia], May 5 (Agency):'
    line = _patterns().time.sub(lambda m: " " * len(m.group()), line)
    try:
        dates = list(iter_dates(line))
    except NoSuchDateError:
        if _is_place_like(_NUMBER.sub(" ", line)):
            raise
        return None  # a sentence may name a day that doesn't exist, or hold numbers that only look like one
    date = next((iso for _, _, iso in dates if iso), None) or _apart(line, dates)
    bracketed = [m for m in _IN_BRACKETS.finditer(line) if (m[1] or m[2]) and not _YEAR.fullmatch(m[1] or m[2])]
    outside = _without_dates(_IN_BRACKETS.sub(lambda m: " " * len(m.group()), line))
    if date is not None and not inline:  # a year that stands apart, a date of another calendar, 'BISHKEK. July 29, 2013'
        outside = _NUMBER.sub(lambda m: " " * len(m.group()), outside)
        outside = _SITE.sub(lambda m: m.group().partition(".")[0].ljust(len(m.group())), outside)
        outside = re.sub(r"(?<=\w\w\w)\.(?=\s*$)", " ", outside) if len(outside.split()) <= 3 else outside
    if not _is_place_like(outside):
        return None
    city = _CITY.match(outside.lstrip())
    place = _place(city.group()) if city else None
    shouted = place is not None and place.isupper()
    place = _capitalised(place) if place and shouted else place
    publisher = _publisher(line, bracketed, has_place=place is not None)
    # Without a date only a city in capitals or a bracketed publisher tells a dateline from a heading.
    named = publisher is not None and (not inline if place is None else len(place.split()) <= 2)
    return Dateline(0, place, date, publisher) if dates or shouted or named else None


def _apart(line: str, dates: list[tuple[int, int, str | None]]) -> str | None:
    """The date whose year stands apart: 'BISHKEK, Feb 9 (Reuters) 1999', 'ASTANA, November 21 (2025)'."""
    years = list(_YEAR.finditer(line))
    if len(dates) != 1 or len(years) != 1 or years[0].start() < dates[0][1]:
        return None
    begin, end, _ = dates[0]
    return next((iso for _, _, iso in iter_dates(f"{line[begin:end].rstrip('.')}, {years[0].group()}") if iso), None)


def _without_dates(line: str) -> str:
    """The line with spaces where dates, weekdays and bylines were."""
    chars = list(line)
    for begin, end, _ in iter_dates(line):
        chars[begin:end] = " " * (end - begin)
    return _patterns().byline.sub(lambda m: " " * len(m.group()), _patterns().weekday.sub(lambda m: " " * len(m.group()), "".join(chars)))


def _is_place_like(rest: str) -> bool:
    """Tell whether only a few capitalised words are left: 'KABUL, AFGHANISTAN', 'The Messenger', but not 'The presidents met on'."""
    words = re.findall(r"[\w'’]+", rest)
    if len(words) > 7 or any(c in rest for c in "!?;\"“”«»") or re.search(r"\w{3}\.\s*$", rest.rstrip()):
        return False
    return all(word[0].isupper() or word.casefold() in _patterns().little for word in words)


def _place(name: str) -> str | None:
    """The leading words as a place, unless they are a byline."""
    name = name.strip(" ,.")
    return name if len(name) >= 2 and name[0].isupper() and not name.casefold().startswith(_patterns().writer) and name.casefold() not in _patterns().little else None


def _capitalised(place: str) -> str:
    """'XI'AN' is Xi'an, 'CHOLPON-ATA' is Cholpon-Ata."""
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda m: m.group().capitalize(), place)


def _publisher(line: str, bracketed: list[re.Match[str]], *, has_place: bool) -> str | None:
    """The last bracket, without a date in it. A bracket between city and date names the country: 'ETREK (Turkmenistan), December 3'."""
    if not bracketed:
        return None
    last = bracketed[-1]
    if has_place and len(bracketed) == 1 and re.match(r"\s*,\s*\w", line[last.end() :]):
        return None
    return " ".join(_without_dates(last[1] or last[2]).split()).strip(" ,") or None
