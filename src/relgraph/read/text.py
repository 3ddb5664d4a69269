"""Plain text to Article: title, dateline, date, publisher, language and sentences.

In: decoded text, whatever it holds, and metadata from elsewhere. Out: an Article. The first line is the title, a dateline may follow
(see `relgraph.read.dateline`). The same text and metadata give the same Article; nothing is guessed but the language, by its script.
"""

from __future__ import annotations

import re

from relgraph.errors import ArticleError
from relgraph.model import Article
from relgraph.read.dateline import date_elsewhere, find_dateline
from relgraph.read.dates import NoSuchDateError
from relgraph.read.sentences import split

_CONTROLS = (
    {i: " " for i in (*range(32), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE) if i not in (9, 10)}
    | {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    | dict.fromkeys(range(55296, 57344), "�")
)
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _CONTROLS) + "]")
_CYRILLIC = re.compile("[\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua69f\U0001e030-\U0001e08f]")
_LONGEST_TITLE = 200


def clean(text: str) -> str:
    r"""Return the text with \n line ends, no byte order mark, spaces for control characters and no lone surrogates.

    >>> clean("\ufeffTalks\r\nheld\x00")
    'Talks\nheld '
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_CONTROLS) if _ODD.search(text) else text


def one_line(text: str, longest: int = 500) -> str:
    """Return cleaned text as one line without outer white space, cut where it is longer than a title ever is."""
    return " ".join(clean(text[: longest * 4]).split())[:longest]


def article_from_text(text: str, *, id: str, source: str = "", title: str | None = None, published: str | None = None,
                      publisher: str | None = None, url: str | None = None, language: str | None = None) -> Article:  # fmt: skip
    """Make an article of its text; metadata given here win over the dateline's.

    A first line of more than 200 characters is no title: then the whole text is body and the title is the opening of its first sentence.

    Args:
        text: The text. Where `title` is given and is not its first line, title and an empty line are put before it.
        id: The article's id.
        source: The input as the user named it.
        title: From front matter or page metadata.
        published: ISO date.
        publisher: Name of the publisher.
        url: Address of the original.
        language: ISO 639-1 code; guessed from the script when missing.

    Raises:
        ArticleError: The dateline has a date that does not exist.
    """
    text = clean(text)
    lead = len(text) - len(text.lstrip())
    first_end = _line_end(text, lead)
    if title and (title := one_line(title)) and title.casefold() != one_line(text[lead:first_end]).casefold():
        text, lead, first_end = f"{title}\n\n{text[lead:]}", 0, len(title)
    headed = first_end - lead <= _LONGEST_TITLE
    body_start = first_end if headed else 0
    try:
        dateline = find_dateline(text, body_start) if headed else None
        elsewhere = date_elsewhere(text, (lead, first_end), first_end) if headed and not published and (dateline is None or dateline.date is None) else (None, None)
    except NoSuchDateError as error:
        raise ArticleError(f"{error} (in the dateline)", hint="Correct the date or take it out.", path=source or id) from error
    if dateline:
        body_start = dateline.end
        published, publisher = published or dateline.date, publisher or dateline.publisher
    published = published or elsewhere[0]
    place = (dateline.place if dateline else None) or elsewhere[1]
    sentences = split(text, body_start)
    if headed:
        title = text[lead:first_end].strip()
    else:
        first = sentences[0]
        title = text[first.start : first.end] if first.end - first.start <= _LONGEST_TITLE else _opening(text[first.start :])
    return Article(id=id, text=text, title=title, sentences=sentences, body_start=body_start, published=published, publisher=publisher,
                   url=url, language=language or guess_language(text), dateline_place=place,
                   source=source)  # fmt: skip


def guess_language(text: str) -> str:
    """Return 'ru' when most letters of the first 2,000 characters are Cyrillic, else 'en'."""
    head = text[:2000]
    cyrillic = sum(map(str.isalpha, _CYRILLIC.findall(head)))
    return "ru" if cyrillic and cyrillic * 2 > sum(map(str.isalpha, head)) else "en"


def _opening(text: str) -> str:
    """The first words of a sentence too long for a title."""
    return text[: _LONGEST_TITLE // 2].rsplit(None, 1)[0] + " ..."


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end == -1 else end
