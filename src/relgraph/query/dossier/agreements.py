"""Standing bodies with their last session, treaties with the steps of their life, standing relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from relgraph.query.dossier.sheet import Row, Section, Sheet
from relgraph.query.reader import Described, listed

_SAME = "SELECT DISTINCT ?node ?known WHERE { VALUES ?node { %s } ?node rg:identifiedAs ?known }"
_SESSIONS = "SELECT DISTINCT ?body ?session WHERE { VALUES ?body { %s } ?session rg:sessionOf ?body ; a rg:Occurrence }"


def nodes_between(sheet: Sheet, kind: str, verb: str) -> dict[str, list[Described]]:
    """Return the nodes of a class that every entity of the dossier stands in, by the node under which they are known; names of one thing together."""
    pattern = " ".join(f"?node rg:{verb} <{e.iri}> ." for e in sheet.entities)
    said = sheet.reader.described(str(row[0]) for row in sheet.reader.rows(f"SELECT DISTINCT ?node WHERE {{ {pattern} ?node a rg:{kind} }}"))
    known = {str(n): str(k) for n, k in sheet.reader.rows(_SAME % listed(sorted(said)))} if said else {}
    groups: dict[str, list[Described]] = defaultdict(list)
    for node, one in said.items():
        groups[known.get(node, node)].append(one)
    for known_as in set(groups) - set(said):
        groups[known_as].append(sheet.reader.described([known_as])[known_as])
    return {k: sorted(g, key=lambda d: (d.iri != k, d.iri)) for k, g in sorted(groups.items()) if sheet.grounded(*(d.iri for d in g))}


def bodies(sheet: Sheet) -> Section:
    """Bodies of the entities, those of the fewest members first; the last session is the last one reported by the day."""
    groups = nodes_between(sheet, "Body", "bodyMember")
    groups = {k: g for k, g in groups.items() if not g[0].one("to") or g[0].one("to") >= sheet.at[: len(g[0].one("to"))]}
    sessions = _sessions(sheet, [d.iri for g in groups.values() for d in g])
    order = sorted(groups, key=lambda k: (len(_all(groups[k], "bodyMember")), sheet.reader.name(k), k))
    shown, left_out = sheet.cut(order)
    rows = []
    for key in shown:
        group = groups[key]
        held = sorted((s for d in group for s in sessions.get(d.iri, ())), key=lambda s: (s.one("latest"), s.iri))
        members = _all(group, "bodyMember")
        names = sheet.reader.names([key, *members, *filter(None, (group[0].one("level"),))])
        last = held[-1] if held else None
        rows.append(Row(
            (names[key], names.get(group[0].one("level"), ""), _some(sheet, [names[m] for m in members]), last.one("date") if last else sheet.word("no session")),
            _notes(sheet, [d.iri for d in group], last.all("report") if last else ()),
        ))  # fmt: skip
    return sheet.section("bodies", ("body", "level", "members", "last"), rows, left_out)


def treaties(sheet: Sheet) -> Section:
    """Treaties with how far they have come by the day, and every step told; the latest step first."""
    groups = nodes_between(sheet, "Treaty", "party")
    steps = sheet.reader.described(s for g in groups.values() for d in g for s in d.all("step"))
    ranks = sheet.reader.described(s.one("stepStatus") for s in steps.values())
    lives: dict[str, list[Described]] = {}
    for key, group in groups.items():
        told = [steps[s] for d in group for s in d.all("step") if sheet.grounded(s) and steps[s].one("earliest") <= sheet.at]
        lives[key] = sorted(told, key=lambda s: (_order(ranks, s), s.one("date"), s.iri))
    order = sorted(groups, key=lambda k: (-len(_articles(sheet, groups[k])), sheet.reader.name(k), k))
    order.sort(key=lambda k: max((s.one("latest") for s in lives[k]), default=""), reverse=True)
    shown, left_out = sheet.cut(order)
    rows = []
    for key in shown:
        group, life = groups[key], lives[key]
        names = sheet.reader.names([key, *_all(group, "party"), *(s.one("stepStatus") for s in life), *(s.one("stepBy") for s in life if s.one("stepBy"))])
        status = f"{names[life[-1].one('stepStatus')]} {life[-1].one('date')}".strip() if life else ""
        said = [" ".join(filter(None, [names[s.one("stepStatus")], f"{sheet.word('by')} {names[s.one('stepBy')]}" if s.one("stepBy") else "", s.one("date")])) for s in life]
        rows.append(Row(
            (names[key], _some(sheet, [names[p] for p in _all(group, "party")]), status, "; ".join(dict.fromkeys(said)), str(sheet.voices(*(d.iri for d in group)) or "")),
            _notes(sheet, [d.iri for d in group], [s.iri for s in life]),
        ))  # fmt: skip
    return sheet.section("treaties", ("treaty", "parties", "status", "steps", "sources"), rows, left_out)


def relations(sheet: Sheet) -> Section:
    """Standing relations that articles name: alliance, strategic partnership, dispute."""
    groups = nodes_between(sheet, "Relation", "between")
    shown, left_out = sheet.cut(sorted(groups, key=lambda k: (len(_all(groups[k], "between")), -sheet.voices(k), k)))
    rows = []
    for key in shown:
        sides = groups[key][0].all("between")
        names = sheet.reader.names([*sides, groups[key][0].one("relationKind")])
        cited = sheet.reader.cited([key])[key]
        first = min((c.published for c in cited if c.published), default="")
        rows.append(Row((names[groups[key][0].one("relationKind")], _some(sheet, [names[s] for s in sides]), first, str(sheet.voices(key) or "")), sheet.node_notes(key)))
    return sheet.section("relations", ("relation", "between", "first", "sources"), rows, left_out)


def _sessions(sheet: Sheet, nodes: list[str]) -> dict[str, list[Described]]:
    """Return the sessions of each body that were held by the day, as known."""
    if not nodes:
        return {}
    rows = sheet.reader.rows(_SESSIONS % listed(nodes))
    said = sheet.reader.described(str(row[1]) for row in rows)
    known = sheet.reader.cited(r for d in said.values() for r in d.all("report"))
    found: dict[str, list[Described]] = defaultdict(list)
    for body, session in rows:
        one = said[str(session)]
        if one.one("planned") != "true" and one.one("latest") and one.one("earliest") <= sheet.at and any(known[r] for r in one.all("report")):
            found[str(body)].append(one)
    return found


def _notes(sheet: Sheet, first: Sequence[str], then: Sequence[str]) -> tuple[int, ...]:
    """Return the footnotes of what is decisive (a session, the steps) and, where it has none, of the thing itself."""
    both = [*first, *then]
    cited, sources = sheet.reader.cited(both), sheet.reader.sources(both)
    decisive = [c for n in then for c in cited[n]] or [c for n in first for c in cited[n]]
    return sheet.note(decisive, [sources[n] for n in both if n in sources])


def _order(ranks: dict[str, Described], step: Described) -> int:
    return int(ranks[step.one("stepStatus")].one("order") or 0) if step.one("stepStatus") else 0


def _articles(sheet: Sheet, group: Iterable[Described]) -> set[str]:
    return {c.article for cited in sheet.reader.cited(d.iri for d in group).values() for c in cited}


def _all(group: Iterable[Described], name: str) -> list[str]:
    return sorted({v for d in group for v in d.all(name)})


def _some(sheet: Sheet, names: Sequence[str], most: int = 6) -> str:
    ordered = sorted(names)
    return ", ".join(ordered[:most]) + (f", {sheet.word('left out').format(len(ordered) - most)}" if len(ordered) > most else "")
