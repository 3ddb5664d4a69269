"""Publication dates: from a dateline, from front matter, from page and feed metadata.

In: a piece of text. Out: an ISO date of the precision that the text gives ('2025-07-12', '2025-07', '2025'). Nothing is guessed: no
clock is read, a date without a year is unknown, a date that does not exist or can be read in two ways is refused.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterator

from relgraph.knowledge.lexicon import either
from relgraph.read.words import reading_words

_ISO = re.compile(r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?)?(?:[T\s]\d\d.*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?")
_DIGIT = re.compile(r"\d")
_LONGEST = 100


class NoSuchDateError(ValueError):
    """A date that can't be: '31 February 2025'."""


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The forms of dates, those with most parts first and those without a year last."""
    words = reading_words()
    month = rf"\b(?P<month>{either(words.months)})\b\.?"
    day = rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:{either(words.day_endings)})?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{day}(?:\s{either(words.day_links)})?[\s-]{month},?[\s-]{year}",
            rf"{month}\s{day},?\s{year}",
            rf"(?<!\d){year}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
            r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\." + year,
            r"(?<![\d.])(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?![\d.]\d|\d)",
            r"(?<!\d)(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/" + year,
            rf"{month},?\s{year}",
            rf"{month}\s{day}(?!\d)",
            rf"{day}\s{month}",
        )
    )


def iter_dates(line: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield start, end and ISO date of each date in a line, the form with most parts first; without a year the date is None.

    Raises:
        NoSuchDateError: The line names a date that does not exist.
    """
    if not _DIGIT.search(line):
        return
    taken: list[tuple[int, int]] = []
    for pattern in _patterns():
        for match in pattern.finditer(line):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            parts = match.groupdict()
            year = parts.get("year")
            yield match.start(), match.end(), _iso(match.group(), year, parts["month"], parts.get("day")) if year else None


def find_date(line: str) -> str | None:
    """Return the first ISO date that a line names with its year, None without one.

    Raises:
        NoSuchDateError: The line names a date that does not exist.

    >>> find_date("ASHGABAT, 29 November 2021 (Chronicles of Turkmenistan)")
    '2021-11-29'
    """
    return next((iso for _, _, iso in iter_dates(line) if iso), None)


def parse_date(value: str) -> str:
    """Return the ISO date of a whole metadata value: ISO 8601 (the day as written, whatever the zone), RFC 2822, or words.

    Raises:
        NoSuchDateError: The date does not exist.
        ValueError: It is no date, or can be read in two ways ('03/04/2025').

    >>> parse_date("Sat, 12 Jul 2025 23:30:00 +0500")
    '2025-07-12'
    """
    value = value.strip()
    shown = value[:40]
    if len(value) > _LONGEST or not any(c.isdigit() for c in value):
        raise ValueError(f"'{shown}' is not a date")
    if match := _ISO.fullmatch(value):
        return _iso(shown, match["year"], match["month"], match["day"])
    if match := _SLASHED.fullmatch(value):
        first, second = int(match[1]), int(match[2])
        if first != second and first <= 12 and second <= 12:
            raise ValueError(f"'{shown}' can be read as two dates")
        day, month = (second, first) if second > 12 else (first, second)
        return _iso(shown, match[3], str(month), str(day))
    found = find_date(value) or _in_another_language(value)
    if found is None:
        raise ValueError(f"'{shown}' is not a date with a year")
    return found


def _iso(shown: str, year: str, month: str | None, day: str | None) -> str:
    """Put the parts together, or say that there is no such date; years of two digits are those from 1991 to 2090."""
    if len(year) == 2:
        year = f"{20 if int(year) <= 90 else 19}{year}"
    if not 1900 <= int(year) <= 2100:
        raise ValueError(f"'{shown}' is not a date between 1900 and 2100")
    if month is None:
        return year
    number = int(month) if month.isdigit() else reading_words().months[month.casefold()]
    if not 1 <= number <= 12:
        raise NoSuchDateError(f"the date '{shown}' does not exist")
    if day is None:
        return f"{year}-{number:02d}"
    if not 1 <= int(day) <= calendar.monthrange(int(year), number)[1]:
        raise NoSuchDateError(f"the date '{shown}' does not exist")
    return f"{year}-{number:02d}-{int(day):02d}"


def _in_another_language(value: str) -> str | None:
    """Read '12 Temmuz 2025' and the like, only where day, month and year are all given."""
    import dateparser  # takes half a second to import, and few inputs need it

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "STRICT_PARSING": True, "DATE_ORDER": "DMY"}
    try:
        found = dateparser.parse(value, settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return found.date().isoformat() if found and 1900 <= found.year <= 2100 else None
