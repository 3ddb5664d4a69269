"""Split text into sentences with offsets, by rules.

In: text and where its body begins. Out: sentences in order, never overlapping; `text[s.start:s.end]` has no outer white space.
An empty line always ends a sentence. A single line break does where it was meant: before a bullet, and before a capital letter when
the next word would still have fitted into the line (headings, lists). No sentence is longer than 1,500 characters. The time is linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from itertools import pairwise

from relgraph.model import Sentence
from relgraph.read.words import reading_words

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*+(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.’'-]*$")
_PARAGRAPH = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_OPENERS = "\"'“‘«([—–-•*"
_BULLETS = frozenset("-•*–—")
_LONGEST = 1500  # characters of a sentence; what goes on longer is a list or a text without marks
_NARROW = 40  # a paragraph none of whose lines is longer is a list, not wrapped prose


def split(text: str, body_start: int | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of a text.

    Args:
        text: The text; its first line is the title, which is sentence 0 of paragraph 0, full stops or not.
        body_start: Where the body begins: what lies between title and body (a dateline) is in no sentence. 0 means that the text has
            no title. By default the body begins after the first line.
    """
    found: list[Sentence] = []
    lead = len(text) - len(text.lstrip())
    line_end = text.find("\n", lead)
    title_end = len(text) if line_end == -1 else line_end
    if body_start is None:
        body_start = title_end
    if body_start > 0:
        _add(found, text, lead, min(title_end, body_start), 0)
    start, paragraph = body_start, 1
    for gap in _PARAGRAPH.finditer(text, start):
        if text[start : gap.start()].strip():
            _split_paragraph(found, text, start, gap.start(), paragraph)
            paragraph += 1
        start = gap.end()
    _split_paragraph(found, text, start, len(text), paragraph)
    return tuple(found)


def _split_paragraph(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    for line_start, line_end in _lines(text, start, end):
        begin = line_start
        for mark in _END.finditer(text, line_start, line_end):
            if _ends(text, begin, mark, line_end):
                _add(found, text, begin, mark.end(), paragraph)
                begin = mark.end()
        _add(found, text, begin, line_end, paragraph)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Join the wrapped lines of a paragraph; break it where a line break was meant."""
    if text.find("\n", start, end) == -1:
        return [(start, end)]
    breaks = [i for i in range(start, end) if text[i] == "\n"]
    edges = [start - 1, *breaks, end]
    width = max(after - before for before, after in pairwise(edges)) - 1
    joined: list[tuple[int, int]] = []
    begin = start
    for previous, position, following in zip(edges, breaks, edges[2:], strict=False):
        line, after = text[previous + 1 : position].rstrip(), text[position + 1 : following].lstrip()
        word = after.split(None, 1)[0] if after else ""
        fitted = len(line) + 1 + len(word) <= width * 0.9 or width < _NARROW
        if after[:1] in _BULLETS or (fitted and line[-1:] not in ",;:-" and after[:1].isupper()):
            joined.append((begin, position))
            begin = position + 1
    joined.append((begin, end))
    return joined


def _ends(text: str, begin: int, mark: re.Match[str], line_end: int) -> bool:
    rest = mark.end()
    while rest < line_end and text[rest].isspace():
        rest += 1
    if rest >= line_end:
        return True
    following = text[rest]
    opened = rest
    while opened < line_end and text[opened] in _OPENERS:
        opened += 1
    opener = text[opened] if opened < line_end else following
    if opener.islower():
        return False
    if mark.group()[0] != "." or mark.group().startswith(".."):
        return True
    words, word = reading_words(), _word_before(text, begin, mark.start())
    low = word.lower().lstrip("(\"'“‘")
    if low in words.titles:
        return bool(following in _OPENERS and low in words.numbering)
    if low in words.year_words:  # 'в 2025 г. Президент' ends, 'г. Душанбе' does not
        return text[max(begin, mark.start() - 9) : mark.start()].rstrip(f"{low}\xa0 ")[-1:].isdigit()
    if low in words.units:
        return text[opened : opened + 2].istitle() or opened > rest
    if len(low) == 1 and low.isalpha():
        # an initial ('N. Nazarbayev'), unless the letter is a word of its own ('Annex B.')
        return not word.isupper() or low in words.one_letter_words
    if low in words.abbreviations or (low.count(".") >= 1 and all(len(part) <= 1 for part in low.split("."))):
        return not following.isdigit() and _starts_sentence(text, rest, line_end, after_country="." in low)
    # '1. The sides ...': the number of a point belongs to its sentence
    return not (low.isdigit() and len(low) <= 2 and text[max(begin, mark.start() - 9) : mark.start()].strip() == low)


def _starts_sentence(text: str, start: int, end: int, *, after_country: bool) -> bool:
    word = re.match(r"[\"'“‘«(\[]*(\w+)", text[start : min(end, start + 40)])
    if not word or not word[1][:1].isupper():
        return False
    return word[1].lower() in reading_words().starters or (not after_country and word[1].lower() in reading_words().noun_starters)


def _word_before(text: str, begin: int, end: int) -> str:
    match = _WORD_BEFORE.search(text[max(begin, end - 20) : end])
    return match.group() if match else ""


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while end - start > _LONGEST:  # no prose: cut it at a space, so that what reads a sentence as a whole takes bounded time
        cut = max(text.rfind(" ", start + 1, start + _LONGEST), text.rfind("\n", start + 1, start + _LONGEST))
        cut = cut if cut > 0 else start + _LONGEST
        _trimmed(found, text, start, cut, paragraph)
        start = cut
    _trimmed(found, text, start, end, paragraph)


def _trimmed(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Sentence(start, end, len(found), paragraph))
