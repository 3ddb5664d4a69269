"""Plain text to Article: title, dateline, date, publisher and sentences.

The first line is the title; an optional second line is a dateline such as 'CITY, 12 July 2025 (Publisher)', each part of which may be
missing or in another order. Nothing is guessed: a date without a year stays unknown.
"""

from __future__ import annotations

import re
import unicodedata

from relgraph.model import Article
from relgraph.read.sentences import split

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января", "february feb февраля", "march mar марта", "april apr апреля", "may мая", "june jun июня",
            "july jul июля", "august aug августа", "september sept sep сентября", "october oct октября", "november nov ноября",
            "december dec декабря",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>[^\\W\\d_]{3,9})\\.?"
_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s(?P<year>\d{{4}})\b"),
    re.compile(rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(r"\b(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{4})\b"),
    re.compile(rf"\b{_MONTH}\s(?P<year>\d{{4}})\b"),
)
_YEARLESS = (re.compile(rf"\b{_MONTH}\s(?P<day>\d{{1,2}})\b"), re.compile(rf"\b(?P<day>\d{{1,2}})\s{_MONTH}\b"))
_PUBLISHER = re.compile(r"\(([^()]{2,60})\)")
_CITY = re.compile(r"^([^\W\d_][^,\d()—]{1,40}?)(?=\s*(?:,|\(|—|--|-\s|$))")
_CONTROLS = {i: " " for i in range(32) if i not in (9, 10)} | {0x7F: " ", 0xFEFF: None, 0x2028: "\n", 0x2029: "\n"}


def clean(text: str) -> str:
    """Return the text with \\n line ends, no byte order mark, no control characters and no lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def find_date(line: str) -> str | None:
    """Return the ISO date (day or month precision) that a dateline names with its year, else None. Impossible dates count as none."""
    for pattern in _DATES:
        for match in pattern.finditer(line):
            parts = match.groupdict()
            month = int(parts["month"]) if parts["month"].isdigit() else _MONTHS.get(parts["month"].casefold(), 0)
            day = int(parts.get("day") or 0)
            if not 1 <= month <= 12 or not 1900 <= int(parts["year"]) <= 2100:
                continue
            if not day:
                return f"{parts['year']}-{month:02d}"
            if day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
                return f"{parts['year']}-{month:02d}-{day:02d}"
    return None


def article_from_text(text: str, *, id: str, source: str = "", title: str | None = None, published: str | None = None,
                      publisher: str | None = None, url: str | None = None, language: str | None = None) -> Article:  # fmt: skip
    """Make an article of its text; metadata given here win over the dateline's.

    Args:
        text: The text. Where `title` is given and is not its first line, title and an empty line are put before it.
        id: The article's id.
        source: The input as the user named it.
        title: From front matter or page metadata.
        published: ISO date.
        publisher: Name of the publisher.
        url: Address of the original.
        language: ISO 639-1 code; guessed from the script when missing.
    """
    text = clean(text).strip("\n")
    lead = text.lstrip()
    if title and not lead.startswith(title.strip()):
        lead = f"{title.strip()}\n\n{lead}"
    text = lead
    first_end = text.find("\n") if "\n" in text else len(text)
    own_title = text[:first_end].strip()
    body_start, place = first_end, None
    second_end = text.find("\n", first_end + 1)
    second = text[first_end + 1 : second_end if second_end != -1 else len(text)].strip() if first_end < len(text) else ""
    if second and _is_dateline(second):
        body_start = second_end if second_end != -1 else len(text)
        published = published or find_date(second)
        named = _PUBLISHER.search(second)
        publisher = publisher or (named[1].strip() if named and not _is_country(named[1]) else None)
        place = _dateline_place(second)
    sentences = tuple(s for s in split(text) if s.start == 0 or s.start >= body_start)
    sentences = tuple(type(s)(s.start, s.end, i, s.paragraph) for i, s in enumerate(sentences))
    return Article(id=id, text=text, title=own_title, sentences=sentences, body_start=body_start, published=published, publisher=publisher,
                   url=url, language=language or guess_language(text), dateline_place=place, source=source)  # fmt: skip


def guess_language(text: str) -> str:
    """Return 'ru' when most letters of the first 2,000 characters are Cyrillic, else 'en'."""
    letters = [c for c in text[:2000] if c.isalpha()]
    cyrillic = sum("CYRILLIC" in unicodedata.name(c, "") for c in letters)
    return "ru" if cyrillic * 2 > len(letters) else "en"


def _is_dateline(line: str) -> bool:
    if len(line) > 110:
        return False
    dated = find_date(line) is not None or any(
        m["month"].casefold() in _MONTHS for pattern in _YEARLESS for m in pattern.finditer(line)
    )
    bare = line.rstrip(":-—– ")
    if bare.endswith((".", "!", "?")) and not dated:
        return False
    words = len(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", line)))
    return (dated and words <= 12) or bool(re.fullmatch(r"[A-Z][A-Z' -]{2,30}(,\s*[A-Z ]+)?(\s*\([^()]+\))?", bare)) or bool(
        re.fullmatch(r"\([^()]{2,60}\)", bare)
    )


def _is_country(text: str) -> bool:
    return text.strip() in {"Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"}


def _dateline_place(line: str) -> str | None:
    match = _CITY.match(line)
    if not match:
        return None
    name = match[1].strip()
    if name.split()[0].rstrip(".").casefold() in _MONTHS or not name[0].isupper() or name.lower().startswith("by "):
        return None
    return name.title().replace("'A", "'a") if name.isupper() else name
