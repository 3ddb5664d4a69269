"""Figures side by side, with charts, and targets with their progress. Nothing is averaged, converted or preferred."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from relgraph.query.dossier.sheet import Bar, Chart, Row, Section, Sheet
from relgraph.query.reader import Cited, Described

_CONFLICTS = """
SELECT DISTINCT ?contradiction ?node WHERE {
  ?contradiction rg:contradictionKind <https://w3id.org/relgraph/vocab/contradiction-kind/differing-figures> ; rg:conflicting ?node .
  ?node rg:between <%s>
}"""


class Figure(msgspec.Struct, frozen=True):
    """One reported figure or target. `period` is a target's deadline; `of` keeps apart what may be compared: indicator, sides and direction."""

    node: str
    of: tuple[str, ...]
    indicator: str
    sides: tuple[str, ...]
    sender: str
    receiver: str
    value: float
    most: float | None
    unit: str
    bound: str
    period: str
    first: str
    last: str


def figures_of(sheet: Sheet, kind: str) -> list[Figure]:
    """Return the observations ('Observation') or targets ('Target') of the entities that some sentence known by then tells."""
    pattern = " ".join(f"?node rg:between <{e.iri}> ." for e in sheet.entities)
    said = sheet.reader.described(str(row[0]) for row in sheet.reader.rows(f"SELECT DISTINCT ?node WHERE {{ {pattern} ?node a rg:{kind} }}"))
    cited = sheet.reader.cited(said)
    return [_figure(one) for node, one in said.items() if cited[node] and one.one("value") and one.one("indicator") and one.one("unit")]


def figures(sheet: Sheet) -> Section:
    """One row for each indicator, sides and period, with every value that is told; a chart where the two sides alone have several periods or values."""
    told = [f for f in figures_of(sheet, "Observation") if not f.first or f.first <= sheet.at]
    differing = _differing(sheet, {f.node for f in told})
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for one in told:
        groups[*one.of, one.period].append(one)
    # The sides alone go before larger groups, what is told of many periods before what is told once.
    often = Counter(one.of for one in told)
    order = sorted(groups.values(), key=lambda g: (g[0].last or "0", g[0].period), reverse=True)
    order.sort(key=lambda g: (len(g[0].sides) > len(sheet.entities) + (len(sheet.entities) == 1), -often[g[0].of], g[0].of))
    shown, left_out = sheet.cut(order)
    rows = [_row(sheet, group, differing) for group in shown]
    return sheet.section("figures", ("indicator", "between", "period", "values"), rows, left_out, charts=_charts(sheet, told, differing))


def targets(sheet: Sheet) -> Section:
    """Targets with their deadline and how far the latest figure of the same indicator, sides and unit is; the latest deadline first."""
    aims, told = figures_of(sheet, "Target"), [f for f in figures_of(sheet, "Observation") if f.last and f.last <= sheet.at]
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for aim in aims:
        groups[aim.of, aim.value, aim.most, aim.unit, aim.period].append(aim)
    order = sorted(groups.values(), key=lambda g: g[0].node)
    order.sort(key=lambda g: g[0].last or g[0].period, reverse=True)
    shown, left_out = sheet.cut(order)
    rows = []
    for group in shown:
        aim = group[0]
        names = sheet.reader.names([aim.indicator, aim.unit, *aim.sides, *filter(None, (aim.bound,))])
        latest = _latest(aim, told)
        figure = f"{sheet.amount(latest.value, sheet.reader.name(latest.unit), sheet.reader.name(latest.bound) if latest.bound else '', latest.most)} ({latest.period})" if latest else ""
        rows.append(Row(
            (f"{names[aim.indicator]} ({', '.join(names[s] for s in aim.sides)})", sheet.amount(aim.value, names[aim.unit], names.get(aim.bound, ""), aim.most),
             aim.period, figure, _progress(sheet, aim, latest), str(sheet.voices(*(a.node for a in group)))),
            sheet.note(_cited(sheet, [a.node for a in group] + ([latest.node] if latest else []))),
        ))  # fmt: skip
    return sheet.section("targets", ("indicator", "target", "deadline", "latest", "progress", "sources"), rows, left_out)


def _differing(sheet: Sheet, told: set[str]) -> set[str]:
    """Return the figures that differ from another one that is told, too."""
    conflicts: dict[str, set[str]] = defaultdict(set)
    for contradiction, node in sheet.reader.rows(_CONFLICTS % sheet.entities[0].iri):
        conflicts[str(contradiction)] |= {str(node)} & told
    return {n for nodes in conflicts.values() if len(nodes) > 1 for n in nodes}


def _latest(aim: Figure, told: Sequence[Figure]) -> Figure | None:
    """Return the highest figure of the latest whole period: a year if there is one, since targets are mostly of years."""
    same = [f for f in told if f.of == aim.of]
    years = [f for f in same if len(f.period) == 4] or same
    return max(years, key=lambda f: (f.last, f.unit == aim.unit, f.value, f.node), default=None)


def _progress(sheet: Sheet, aim: Figure, latest: Figure | None) -> str:
    over = bool(aim.last) and aim.last < sheet.at
    if latest is None:
        return sheet.word("overdue") if over else ""
    if latest.unit != aim.unit:
        return sheet.word("units differ")
    share = 100 * latest.value / aim.value if aim.value else 0.0
    said = f"{share:.0f}%"
    return f"{said}, {sheet.word('reached')}" if share >= 100 else f"{said}, {sheet.word('overdue')}" if over else said


def _row(sheet: Sheet, group: Sequence[Figure], differing: set[str]) -> Row:
    """Return a row that tells each value with its own footnotes: '670 million USD [1]; 700 million USD [2, 3]'."""
    one = group[0]
    names = sheet.reader.names([one.indicator, *one.sides, *filter(None, (one.sender, one.receiver))])
    values: dict[tuple[float, str, str, float | None], list[str]] = defaultdict(list)
    for figure in sorted(group, key=lambda f: (f.unit, f.value, f.node)):
        values[figure.value, figure.unit, figure.bound, figure.most].append(figure.node)
    said, notes = [], set[int]()
    for (value, unit, bound, most), nodes in values.items():
        own = sheet.note(_cited(sheet, nodes))
        notes |= set(own)
        said.append(sheet.amount(value, sheet.reader.name(unit), sheet.reader.name(bound) if bound else "", most) + f" [{', '.join(map(str, own))}]")
    way = f"{names.get(one.sender, '?')} \u2192 {names.get(one.receiver, '?')}" if one.sender or one.receiver else ", ".join(sorted(names[s] for s in one.sides))
    mark = sheet.word("differing") if any(f.node in differing for f in group) else ""
    return Row((names[one.indicator], way, one.period or sheet.word("not said"), "; ".join(said)), tuple(sorted(notes)), mark=mark)


def _charts(sheet: Sheet, told: Sequence[Figure], differing: set[str]) -> list[Chart]:
    """Return a chart for each indicator, sides and unit with at least two bars; the fullest three."""
    groups: dict[tuple[tuple[str, ...], str], list[Figure]] = defaultdict(list)
    for one in told:
        if one.period and one.first and (len(sheet.entities) == 1 or len(one.sides) == len(sheet.entities)):
            groups[one.of, one.unit].append(one)
    charts = []
    for (_, unit), group in groups.items():
        bars = _bars(sheet, group, differing)
        if len(bars) < 2:
            continue
        one = group[0]
        names = sheet.reader.names([one.indicator, unit, *one.sides, *filter(None, (one.sender, one.receiver))])
        way = f"{names.get(one.sender, '?')} \u2192 {names.get(one.receiver, '?')}" if one.sender or one.receiver else ", ".join(sorted(names[s] for s in one.sides))
        charts.append(Chart(f"{names[one.indicator]}: {way}", names[unit], bars))
    return sorted(charts, key=lambda c: (-len(c.bars), c.title, c.unit))[:3]


def _bars(sheet: Sheet, group: Sequence[Figure], differing: set[str]) -> tuple[Bar, ...]:
    values: dict[tuple[str, str, str, float], list[Figure]] = defaultdict(list)
    for one in group:
        values[one.first, one.last, one.period, one.value].append(one)
    bars = []
    for (_, _, period, value), same in sorted(values.items()):
        cited = _cited(sheet, [f.node for f in same])
        publishers = sorted({c.publisher or c.title for c in cited})
        label = sheet.amount(value, sheet.reader.name(same[0].unit), sheet.reader.name(same[0].bound) if same[0].bound else "", same[0].most)
        bars.append(Bar(period, value, label, ", ".join(publishers[:3]), any(f.node in differing for f in same), sheet.note(cited)))
    return tuple(bars)


def _cited(sheet: Sheet, nodes: Sequence[str]) -> list[Cited]:
    found = sheet.reader.cited(nodes)
    return [c for n in nodes for c in found[n]]


def _figure(one: Described) -> Figure:
    indicator, sides, sender, receiver = one.one("indicator"), tuple(sorted(one.all("between"))), one.one("fromActor"), one.one("toActor")
    most = one.one("maxValue")
    return Figure(
        node=one.iri, of=(indicator, *sides, sender, receiver), indicator=indicator, sides=sides, sender=sender, receiver=receiver, value=float(one.one("value")),
        most=float(most) if most else None, unit=one.one("unit"), bound=one.one("bound"), period=one.one("period") or one.one("deadline"),
        first=one.one("earliest"), last=one.one("latest"),
    )  # fmt: skip
