"""A dossier for the terminal and for plain mail: a line for each row, footnotes at the end."""

from __future__ import annotations

import textwrap

from relgraph.query.dossier import DossierData, Note, Row, Section
from relgraph.query.dossier.words import load_words
from relgraph.query.table import shown


def heading(data: DossierData) -> str:
    """Return 'as of 2025-10-31', and by when it was published if that was asked."""
    words = load_words()
    known = f", {words.word('known by', data.lang)} {data.known}" if data.known else ""
    return f"{words.word('as of', data.lang)} {data.at}{known}"


def note_line(note: Note, lang: str) -> str:
    """Return a footnote as one line: the sentence, its article, publisher, date and link."""
    if note.source:
        return f"{load_words().word('reference', lang)}: {note.source}"
    where = ", ".join(filter(None, (note.title, note.publisher, note.published)))
    return " ".join(filter(None, (f'"{note.quote}" - {where}', note.url, f"(fact {note.fact})" if note.fact else "")))


def left_out(section: Section, lang: str) -> str:
    """Return what is said of the rows beyond the limit, '' when there are none."""
    return load_words().word("left out", lang).format(section.left_out) if section.left_out else ""


def as_text(data: DossierData, width: int = 100) -> str:
    """Return the whole dossier."""
    lines = [shown(data.title), heading(data)]
    for section in data.sections:
        lines += ["", section.title, "-" * len(section.title)]
        if section.remark:
            lines.append(f"({section.remark})")
        group = ""
        for row in section.rows:
            if row.group and row.group != group:
                group = row.group
                lines.append(f"{shown(group)}:")
            lines.append(_wrapped(_row(section, row), "  - ", width))
        if section.left_out:
            lines.append(f"  ({left_out(section, data.lang)})")
    lines += ["", load_words().word("sources", data.lang), "-" * len(load_words().word("sources", data.lang))]
    lines += [_wrapped(note_line(note, data.lang), f"[{note.number}] ", width) for note in data.notes]
    return "\n".join(lines) + "\n"


_COUNTED = ("relations", "contacts", "events", "treaties", "topics", "planned", "targets")
"""Sections whose last column is a bare number, which needs its name."""


def _row(section: Section, row: Row) -> str:
    named = {len(row.cells) - 1} if section.key in _COUNTED else set()
    if section.key == "targets":
        named |= {2, 3, 4}
    if section.key == "counts":
        named = set(range(1, len(row.cells)))
    said = " | ".join(f"{section.columns[n]} {cell}" if n in named else cell for n, cell in enumerate(row.cells) if cell)
    mark = f" (! {row.mark})" if row.mark else ""
    notes = f" [{', '.join(map(str, row.notes))}]" if row.notes and section.key != "figures" else ""
    return f"{said}{mark}{notes}"


def _wrapped(text: str, start: str, width: int) -> str:
    return "\n".join(textwrap.wrap(shown(text), width=width, initial_indent=start, subsequent_indent=" " * len(start), break_long_words=False, break_on_hyphens=False)) or start
