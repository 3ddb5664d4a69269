"""Split text into sentences with offsets, by rules.

In: text whose first line is the title. Out: sentences in order, never overlapping; `text[s.start:s.end]` has no outer white space.
A line break always ends a sentence when an empty line follows; a single one does when the line has no end mark (headings, lists).
"""

from __future__ import annotations

import re

from relgraph.model import Sentence

# A full stop after these ends no sentence, whatever follows ...
_TITLES = frozenset(
    "mr mrs ms dr prof gen lt col maj capt sgt adm amb gov sen rep hon st fr rev pres messrs art no nos fig vs cf approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec mt ft".split()
)
# ... after these only when a lower-case word or a digit follows.
_SHORT = frozenset("etc inc ltd co corp jsc llc plc jr sr mln bln bn mn tn thous sq km kg cu al ave dept est govt univ assn bros a.m p.m u.s u.k u.n e.u u.s.s.r".split())
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.’'-]*$")
_PARAGRAPH = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_OPENERS = "\"'“‘«([—–-•*"


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text; the title (first line) is sentence 0 of paragraph 0.

    Time is linear in the length of the text.
    """
    found: list[Sentence] = []
    start, paragraph = 0, 0
    first_line = text.find("\n")
    if first_line > 0:
        _add(found, text, 0, first_line, 0)
        start, paragraph = first_line, 1
    for gap in _PARAGRAPH.finditer(text, start):
        if gap.start() > start:
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
    """Join wrapped lines; a line that ends without a mark before a line that opens with a capital or bullet stands alone."""
    lines: list[tuple[int, int]] = []
    begin = start
    position = text.find("\n", start, end)
    while position != -1:
        before, after = text[begin:position].rstrip(), text[position + 1 : position + 3].lstrip()
        short = len(before) < 60 and before[-1:] not in ".!?…,;:”\""
        if after[:1] in {"-", "•", "*"} or (short and after[:1].isupper()):
            lines.append((begin, position))
            begin = position + 1
        position = text.find("\n", position + 1, end)
    lines.append((begin, end))
    return lines


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
    word = _word_before(text, begin, mark.start())
    low = word.lower().lstrip("(\"'“‘")
    if low in _TITLES:
        return bool(following in _OPENERS and low in {"no", "art"})
    if len(low) == 1 and low.isalpha():
        # an initial ('N. Nazarbayev'), unless the letter is a word of its own ('Annex B.')
        return not word.isupper() or low in {"i"}
    if low in _SHORT or (low.count(".") >= 1 and all(len(part) <= 1 for part in low.split("."))):
        return not following.isdigit() and _starts_sentence(text, rest, line_end)
    return not (low.isdigit() and len(low) <= 2 and text[begin : mark.start()].strip() == low)


_STARTERS = frozenset(
    "the a an in on at he she it they we this that these those his her its their but and however meanwhile earlier later during "
    "after before both according as for with to from there president prime foreign talks trade under while when since".split()
)


def _starts_sentence(text: str, start: int, end: int) -> bool:
    word = re.match(r"[\"'“‘«(\[]*(\w+)", text[start : min(end, start + 40)])
    return bool(word and word[1].lower() in _STARTERS and word[1][:1].isupper())


def _word_before(text: str, begin: int, end: int) -> str:
    match = _WORD_BEFORE.search(text[max(begin, end - 20) : end])
    return match.group() if match else ""


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Sentence(start, end, len(found), paragraph))
