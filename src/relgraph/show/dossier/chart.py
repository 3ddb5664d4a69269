"""A chart of reported values as SVG: bars in groups, one group for each period, conflicting values side by side and hatched.

Shades and hatching carry the meaning, not hues: it reads in grey print and for colour-blind readers.
"""

from __future__ import annotations

from html import escape

from relgraph.query.dossier import Bar, Chart
from relgraph.query.table import shown

_HEIGHT, _TOP, _BOTTOM, _LEFT = 220, 34, 40, 8
_BAR, _GAP = 62, 26


def svg(chart: Chart, name: str) -> str:
    """Return a chart as an SVG element; `name` is its id in the page."""
    groups: list[list[Bar]] = []
    for bar in chart.bars:
        if groups and groups[-1][0].period == bar.period:
            groups[-1].append(bar)
        else:
            groups.append([bar])
    highest = max((abs(b.value) for b in chart.bars), default=0.0) or 1.0
    width = _LEFT * 2 + sum(len(g) * _BAR + _GAP for g in groups)
    floor = _HEIGHT - _BOTTOM
    parts = [
        f'<svg id="{name}" role="img" aria-label="{_said(chart)}" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}">',
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
        '<rect width="3" height="6" fill="#0072B2"/></pattern></defs>',
    ]
    left = float(_LEFT)
    for group in groups:
        middle = left + len(group) * _BAR / 2 + _GAP / 2
        for bar in group:
            left_edge, tall = left + _GAP / 2, max(1.0, abs(bar.value) / highest * (floor - _TOP))
            fill = f"url(#{name}-hatch)" if bar.differs else "#0072B2"
            number, _, scale = bar.label.rpartition(" ")[0].rpartition(" ")
            centre = left_edge + _BAR / 2
            parts.append(
                f'<rect x="{left_edge + 5:.1f}" y="{floor - tall:.1f}" width="{_BAR - 10}" height="{tall:.1f}" fill="{fill}" stroke="#0072B2"><title>{_text(f"{bar.period}: {bar.label} ({bar.publisher})")}</title></rect>'
                f'<text x="{centre:.1f}" y="{floor - tall - 15:.1f}">{_text(number or bar.label)}</text><text x="{centre:.1f}" y="{floor - tall - 4:.1f}">{_text(f"{scale} [{bar.notes[0]}]" if bar.notes else scale)}</text>'
            )
            left += _BAR
        parts.append(f'<text x="{middle:.1f}" y="{floor + 15}">{_text(group[0].period)}</text>')
        left += _GAP
    parts.append(f'<line x1="{_LEFT}" x2="{width - _LEFT}" y1="{floor}" y2="{floor}" stroke="currentColor"/></svg>')
    return "".join(parts)


def _said(chart: Chart) -> str:
    """Return the chart in words, for those who hear the page."""
    return _text(f"{chart.title}, {chart.unit}. " + "; ".join(f"{b.period}: {b.label}" for b in chart.bars))


def _text(text: str) -> str:
    return escape(shown(text), quote=True)
