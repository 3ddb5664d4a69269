"""A dossier as Markdown: tables, and footnotes in the form that GitHub, pandoc and most editors read (`[^1]`)."""

from __future__ import annotations

import re

from relgraph.query.dossier import DossierData, Note, Section
from relgraph.query.dossier.words import load_words
from relgraph.query.table import shown
from relgraph.show.dossier.plain import heading, left_out

_MEANING = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_REFERENCES = re.compile(r"\\\[(\d+(?:, \d+)*)\\\]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def escaped(text: str) -> str:
    """Return text of articles so that Markdown shows it as it is: no markup, no HTML, on one line."""
    return _MEANING.sub(r"\\\1", shown(text))


def as_markdown(data: DossierData) -> str:
    """Return the whole dossier."""
    parts = [f"# {escaped(data.title)}", heading(data)]
    for section in data.sections:
        parts.append(f"## {section.title}")
        if section.remark:
            parts.append(f"*{section.remark}*")
        parts += _tables(section)
        if section.left_out:
            parts.append(f"*{left_out(section, data.lang)}*")
    parts.append(f"## {load_words().word('sources', data.lang)}")
    parts.append("\n".join(f"[^{note.number}]: {note_markdown(note, data.lang)}" for note in data.notes))
    return "\n\n".join(parts) + "\n"


def _tables(section: Section) -> list[str]:
    """Return a table for each group of rows, with its heading."""
    parts: list[str] = []
    groups = list(dict.fromkeys(row.group for row in section.rows))
    for group in groups:
        if group:
            parts.append(f"### {escaped(group)}")
        lines = [f"| {' | '.join((*map(escaped, section.columns), ''))} |", f"|{' --- |' * (len(section.columns) + 1)}"]
        for row in section.rows:
            if row.group != group:
                continue
            cells = [escaped(c) for c in row.cells]
            notes = "".join(f"[^{n}]" for n in row.notes)
            if section.key == "figures":  # each value has its own footnotes
                cells[-1], notes = _REFERENCES.sub(lambda m: "".join(f"[^{n}]" for n in m[1].split(", ")), cells[-1]), ""
            lines.append(f"| {' | '.join((*cells, ' '.join(filter(None, (escaped(row.mark), notes)))))} |")
        parts.append("\n".join(lines))
    return parts


def note_markdown(note: Note, lang: str) -> str:
    """Return a footnote as Markdown."""
    if note.source:
        link = note.source if _ADDRESS.fullmatch(note.source) else None
        return f"{load_words().word('reference', lang)}: " + (f"<{link}>" if link else escaped(note.source))
    where = escaped(", ".join(filter(None, (note.title, note.publisher, note.published))))
    link = f" <{note.url}>" if _ADDRESS.fullmatch(note.url) else ""
    return f'"{escaped(note.quote)}" {where}{link}'
