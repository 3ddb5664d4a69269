"""Dates and periods at the precision known: ISO 8601, EDTF intervals, and halves and quarters as '2025-H1', '2025-Q3'.

Beside `model.py`, under the steps. A period stands for its first and last day; nothing here guesses a date that a text does not give.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re

_PART = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?|(\d{2,3})(X{1,2})")
# EDTF numbers for the parts of a year: quarters 33-36, halves 40-41.
_EDTF_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
_OPEN = ("", "..")


@functools.lru_cache(maxsize=65536)
def bounds(period: str) -> tuple[str | None, str | None] | None:
    """Return the first and last day that a date or period may mean, None when it is neither.

    An open end of an interval ('2025/..') has no day.

    >>> bounds("2025-H1"), bounds("2024-02"), bounds("2025-05-04/2025-05"), bounds("soon")
    (('2025-01-01', '2025-06-30'), ('2024-02-01', '2024-02-29'), ('2025-05-04', '2025-05-31'), None)
    """
    first, slash, last = period.partition("/")
    if not slash:
        return _days(period)
    low, high = (None if part in _OPEN else _days(part) for part in (first, last))
    if (low is None and first not in _OPEN) or (high is None and last not in _OPEN) or low is high is None:
        return None
    begin, end = low and low[0], high and high[1]
    return None if begin and end and begin > end else (begin, end)


def overlap(one: str, other: str) -> bool:
    """Whether two periods may share a day; what is no period shares none.

    >>> overlap("2019", "2019-03-20"), overlap("2019-03-19", "2019-03-20/..")
    (True, False)
    """
    a, b = bounds(one), bounds(other)
    if a is None or b is None:
        return False
    return (a[0] or "") <= (b[1] or "9999-12-31") and (b[0] or "") <= (a[1] or "9999-12-31")


def edtf(period: str) -> str:
    """Return a date or period as Extended Date/Time Format (ISO 8601-2) writes it: halves are 40 and 41, quarters 33 to 36.

    >>> edtf("2025-H1"), edtf("2025-Q3"), edtf("2025-01/2025-07")
    ('2025-40', '2025-35', '2025-01/2025-07')
    """
    return re.sub(r"-([HQ])([1-4])", lambda m: f"-{(39 if m[1] == 'H' else 32) + int(m[2])}", period)


def _days(part: str) -> tuple[str, str] | None:
    match = _PART.fullmatch(part.rstrip("?~%"))
    if not match:
        return None
    if match[6]:
        digits, unknown = match[6], len(match[7])
        return (f"{digits}{'0' * unknown}-01-01", f"{digits}{'9' * unknown}-12-31") if len(digits) + unknown == 4 else None
    year, half, quarter, month, day = match[1], match[2], match[3], match[4], match[5]
    if int(year) < 1:
        return None
    if day:
        try:
            return (datetime.date(int(year), int(month), int(day)).isoformat(),) * 2
        except ValueError:
            return None
    low, high = 1, 12
    if half:
        low, high = int(half) * 6 - 5, int(half) * 6
    elif quarter:
        low, high = int(quarter) * 3 - 2, int(quarter) * 3
    elif month and int(month) in _EDTF_PARTS:
        low, high = _EDTF_PARTS[int(month)]
    elif month:
        low = high = int(month)
    if not 1 <= low <= 12:
        return None
    return f"{year}-{low:02d}-01", f"{year}-{high:02d}-{calendar.monthrange(int(year), high)[1]:02d}"
