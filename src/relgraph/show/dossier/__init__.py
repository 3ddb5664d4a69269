"""Step 9: a dossier as text, Markdown, JSON and print-ready HTML.

In: the plain values of `relgraph.query.dossier`. Out: text. All that was read from articles stays text: in HTML it is escaped, in Markdown
too, in a terminal nothing of it moves the cursor; only http and https addresses become links.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from relgraph.errors import QueryError
from relgraph.query.dossier import DossierData
from relgraph.show.dossier.markdown import as_markdown
from relgraph.show.dossier.page import as_html
from relgraph.show.dossier.plain import as_text

__all__ = ["FORMATS", "Dossier"]

FORMATS = ("text", "markdown", "html", "json")
_BY_ENDING = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".json": "json"}


class Dossier:
    """What is known of one actor or a pair, every line with its footnotes. Shows itself in a notebook; prints as text.

    Attributes:
        data: The dossier as plain values: sections of rows, and footnotes by number.
    """

    def __init__(self, data: DossierData) -> None:
        self.data = data

    def __repr__(self) -> str:
        return f"<{self.data.title}, {self.data.at}: {sum(len(s.rows) for s in self.data.sections)} lines, {len(self.data.notes)} sources; print(dossier) shows it>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from relgraph.show.page import framed

        return framed(self.html())

    def text(self, *, width: int = 100) -> str:
        """Return it as plain text, lines wrapped at a width in characters."""
        return as_text(self.data, width)

    def markdown(self) -> str:
        """Return it as Markdown with tables and footnotes (`[^1]`)."""
        return as_markdown(self.data)

    def html(self, *, links: Sequence[tuple[str, str, str]] = ()) -> str:
        """Return it as one HTML page for screen and paper, without scripts; nothing is loaded. `links` as of `as_html`."""
        return as_html(self.data, links)

    def json(self) -> str:
        """Return it as JSON: the values of `data`."""
        return json.dumps(msgspec.to_builtins(self.data), ensure_ascii=False, indent=1) + "\n"

    def written(self, fmt: str) -> str:
        """Return it in one of `FORMATS`; raises QueryError for another."""
        if fmt not in FORMATS:
            raise QueryError(f"no format '{fmt}'", hint=f"there are: {', '.join(FORMATS)}")
        return {"text": self.text, "markdown": self.markdown, "html": self.html, "json": self.json}[fmt]()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it, whole or not at all, in the format that the name's ending tells (.html, .md, .json, .txt); return the path.

        Raises:
            QueryError: The ending tells no format.
        """
        from relgraph.show.page import write_whole

        fmt = _BY_ENDING.get(Path(path).suffix.lower())
        if fmt is None:
            raise QueryError(f"'{Path(path).name}' tells no format", hint=f"let the name end in {', '.join(_BY_ENDING)}")
        return write_whole(Path(path), self.written(fmt).encode("utf-8"))
