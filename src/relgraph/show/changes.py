"""Step 9: a change report as text, Markdown and JSON, made to be sent as mail."""

from __future__ import annotations

import json
import textwrap
from html import escape

import msgspec

from relgraph.errors import QueryError
from relgraph.query.diff import KINDS, Change, ChangesData
from relgraph.query.dossier.words import load_words
from relgraph.query.table import Table, shown
from relgraph.show.dossier.markdown import escaped, note_markdown
from relgraph.show.dossier.plain import note_line

FORMATS = ("text", "markdown", "json")


class Changes:
    """What is new, changed, contradicted, confirmed by an independent source or no longer said. Shows itself in a notebook; prints as text.

    Attributes:
        data: The report as plain values.
    """

    def __init__(self, data: ChangesData) -> None:
        self.data = data

    def __len__(self) -> int:
        return len(self.data.changes)

    def __repr__(self) -> str:
        counted = ", ".join(f"{sum(c.kind == kind for c in self.data.changes)} {kind}" for kind in KINDS)
        return f"<Changes: {counted}; print(changes) shows them>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"

    def table(self) -> Table:
        """Return one row a change, with its first sentence: kind, type, what, before, published, sentence, publisher, link."""
        notes = {n.number: n for n in self.data.notes}
        rows = []
        for change in self.data.changes:
            note = notes.get(change.notes[0]) if change.notes else None
            rows.append((change.kind, change.type, change.text, change.before or None, change.published or None,
                         *((note.quote, note.publisher or None, note.url or None) if note else (None, None, None))))  # fmt: skip
        return Table(("change", "type", "says", "before", "published", "sentence", "publisher", "link"), rows)

    def frame(self) -> object:
        """Return the rows of `table` as a pandas frame; raises MissingExtra without pandas."""
        return self.table().frame()

    def text(self, *, width: int = 100) -> str:
        """Return it as plain text, lines wrapped at a width in characters."""
        lines = [_title(self.data), _remark(self.data)]
        for kind, mine in _by_kind(self.data):
            head = f"{load_words().change(kind, self.data.lang)} ({len(mine) + self.data.left_out.get(kind, 0)})"
            lines += ["", head, "-" * len(head)]
            for change in mine:
                lines.append(_wrapped(f"{_said(change, self.data.lang)} [{', '.join(map(str, change.notes))}]", "  - ", width))
            if kind in self.data.left_out:
                lines.append(f"  ({load_words().word('left out', self.data.lang).format(self.data.left_out[kind])})")
        if self.data.notes:
            head = load_words().word("sources", self.data.lang)
            lines += ["", head, "-" * len(head), *(_wrapped(note_line(n, self.data.lang), f"[{n.number}] ", width) for n in self.data.notes)]
        else:
            lines += ["", load_words().change("none", self.data.lang)]
        return "\n".join(lines) + "\n"

    def markdown(self) -> str:
        """Return it as Markdown with footnotes."""
        parts = [f"# {escaped(_title(self.data))}", escaped(_remark(self.data))]
        for kind, mine in _by_kind(self.data):
            parts.append(f"## {load_words().change(kind, self.data.lang)} ({len(mine) + self.data.left_out.get(kind, 0)})")
            parts.append("\n".join(f"- {escaped(_said(c, self.data.lang))}{''.join(f'[^{n}]' for n in c.notes)}" for c in mine))
            if kind in self.data.left_out:
                parts.append(f"*{load_words().word('left out', self.data.lang).format(self.data.left_out[kind])}*")
        parts.append("\n".join(f"[^{n.number}]: {note_markdown(n, self.data.lang)}" for n in self.data.notes) or load_words().change("none", self.data.lang))
        return "\n\n".join(parts) + "\n"

    def json(self) -> str:
        """Return it as JSON: the values of `data`."""
        return json.dumps(msgspec.to_builtins(self.data), ensure_ascii=False, indent=1) + "\n"

    def written(self, fmt: str) -> str:
        """Return it in one of `FORMATS`; raises QueryError for another."""
        if fmt not in FORMATS:
            raise QueryError(f"no format '{fmt}'", hint=f"there are: {', '.join(FORMATS)}")
        return {"text": self.text, "markdown": self.markdown, "json": self.json}[fmt]()


def _title(data: ChangesData) -> str:
    whom = f": {' - '.join(e.name for e in data.entities)}" if data.entities else ""
    return load_words().change("title", data.lang) + whom


def _remark(data: ChangesData) -> str:
    words = load_words()
    where = words.change("since", data.lang).format(data.since) if data.since else words.change("stores", data.lang)
    undated = f"; {words.change('undated', data.lang).format(data.undated)}" if data.undated else ""
    return f"{where}; {words.change('articles', data.lang).format(data.articles)}{undated}"


def _by_kind(data: ChangesData) -> list[tuple[str, list[Change]]]:
    return [(kind, mine) for kind in KINDS if (mine := [c for c in data.changes if c.kind == kind])]


def _said(change: Change, lang: str) -> str:
    before = f" ({load_words().change('before', lang).format(change.before)})" if change.before else ""
    return f"{change.text}{before}"


def _wrapped(text: str, start: str, width: int) -> str:
    return "\n".join(textwrap.wrap(shown(text), width=width, initial_indent=start, subsequent_indent=" " * len(start), break_long_words=False, break_on_hyphens=False))
