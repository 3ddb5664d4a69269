"""A dossier as one HTML page for screen and paper: no scripts, nothing loaded, tables that repeat their heads from page to page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from relgraph.query.dossier import DossierData
from relgraph.query.dossier.words import load_words
from relgraph.query.table import shown
from relgraph.show.dossier.chart import svg
from relgraph.show.dossier.plain import heading, left_out

_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_REFERENCES = re.compile(r"\[(\d+(?:, \d+)*)\]")


def as_html(data: DossierData, links: Sequence[tuple[str, str, str]] = ()) -> str:
    """Return the whole page.

    Args:
        data: The dossier.
        links: Addresses, what they are called and in which language, for the top of a page on screen.
    """
    words = load_words()
    charts = {(s.key, n): Markup(svg(chart, f"chart-{n}")) for s in data.sections for n, chart in enumerate(s.charts)}
    return _environment().get_template("dossier.html.j2").render(
        data=data, links=links, heading=heading(data), charts=charts, word=lambda key: words.word(key, data.lang), left_out=lambda section: left_out(section, data.lang), refs=_references, cell=_cell, shown=shown,
        web=lambda address: address.startswith(("http://", "https://")),
    )  # fmt: skip


def _references(cell: str) -> Markup:
    """Return a cell in which '[3, 4]' leads to footnotes; the rest stays text."""
    return Markup(_REFERENCES.sub(lambda m: numbers(m[1].split(", ")), str(_cell(cell))))


def _cell(cell: str) -> Markup:
    """Return a cell as text whose dates don't break."""
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(shown(cell)))))


def numbers(notes: list[str]) -> str:
    """Return links to footnotes."""
    return '<sup class="notes">' + ", ".join(f'<a href="#n{n}">{n}</a>' for n in notes) + "</sup>"


@cache
def _environment() -> Environment:
    made = Environment(loader=PackageLoader("relgraph.show", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["notes"] = lambda notes: Markup(numbers([str(n) for n in notes])) if notes else ""
    return made
