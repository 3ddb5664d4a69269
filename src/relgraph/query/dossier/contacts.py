"""Contacts by level, their number by year, other events, and what is planned: each from occurrences, so that two reports of one meeting are one line."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from relgraph.query.dossier.holders import level_of, terms_of_persons
from relgraph.query.dossier.sheet import Row, Section, Sheet
from relgraph.query.reader import Described, listed

_TOUCHING = "{ SELECT DISTINCT ?node WHERE { { ?node rg:participant <%(x)s> } UNION { ?node rg:onBehalfOf <%(x)s> } UNION { ?node rg:sessionOf <%(x)s> } } }"
_FULFILLED = "SELECT DISTINCT ?plan ?held WHERE { VALUES ?plan { %s } ?held rg:fulfils ?plan }"
_PERSON = "SELECT DISTINCT ?node WHERE { VALUES ?node { %s } ?node a rg:Person }"
COLUMNS = ("date", "kind", "participants", "place", "sources")


class Happening(msgspec.Struct, frozen=True):
    """One occurrence as the dossier tells it. `first` and `last` are ISO days, '' without a date; `held` says that a later report made a plan good."""

    node: str
    kind: str
    date: str
    first: str
    last: str
    level: str
    who: tuple[str, ...]
    place: str
    planned: bool
    held: bool
    reports: tuple[str, ...]
    detail: str


def happenings(sheet: Sheet) -> list[Happening]:
    """Return what happened with or between the entities, latest first, undated last: as known then, nothing that lies after the day unless announced."""
    reader = sheet.reader
    found = reader.rows(f"SELECT DISTINCT ?node WHERE {{ {' '.join(_TOUCHING % {'x': e.iri} for e in sheet.entities)} ?node a rg:Occurrence }}")
    said = reader.described(str(row[0]) for row in found)
    reports = reader.cited(r for d in said.values() for r in d.all("report"))
    known = {n: tuple(r for r in d.all("report") if reports[r]) for n, d in said.items()}
    said = {n: d for n, d in said.items() if known[n]}
    planned = _planned_as_known(sheet, said, known)
    plans = [n for n in said if n in planned]
    held = {str(p) for p, h in reader.rows(_FULFILLED % listed(plans)) if _held_by(sheet, str(h))} if plans else set()
    people = {str(row[0]) for row in reader.rows(_PERSON % listed(sorted({p for d in said.values() for p in d.all("participant")})))} if said else set()
    terms = terms_of_persons(reader, people)
    made = []
    for node, one in said.items():
        first, last = one.one("earliest"), one.one("latest")
        if first > sheet.at and node not in planned:
            continue
        persons = [p for p in one.all("participant") if p in people]
        made.append(Happening(
            node=node, kind=one.one("eventKind"), date=one.one("date"), first=first, last=last, level=level_of(terms, persons, first, sheet),
            who=_who(one), place=one.one("place"), planned=node in planned, held=node in held, reports=known[node], detail=one.one("visitLevel"),
        ))  # fmt: skip
    return sorted(sorted(made, key=lambda h: h.node), key=lambda h: (h.last, h.first), reverse=True)


def contacts(sheet: Sheet, all_of: list[Happening]) -> Section:
    """The contacts that took place, by level."""
    kinds = set(sheet.words.contacts)
    held = [h for h in all_of if not h.planned and h.kind.rpartition("/")[2] in kinds]
    order = {level.id: n for n, level in enumerate(sheet.words.levels)}
    shown, left_out = sheet.cut(held)
    heads = {level.id: getattr(level, sheet.lang) for level in sheet.words.levels}
    rows = [row_of(sheet, h, group=heads[h.level]) for h in sorted(shown, key=lambda h: order[h.level])]
    return sheet.section("contacts", COLUMNS, rows, left_out)


def counts(sheet: Sheet, all_of: list[Happening]) -> Section:
    """How many contacts of each level a year saw; what has no date is in no year."""
    kinds = set(sheet.words.contacts)
    held = [h for h in all_of if not h.planned and h.kind.rpartition("/")[2] in kinds]
    years: dict[str, list[Happening]] = defaultdict(list)
    for one in held:
        years[one.first[:4] if one.first[:4] == one.last[:4] else ""].append(one)
    levels = [level for level in sheet.words.levels if any(h.level == level.id for h in held)]
    rows = []
    for year in sorted(years, reverse=True):
        number = Counter(h.level for h in years[year])
        cited = [sheet.reader.cited(h.reports) for h in years[year][: sheet.limit]]
        notes = sheet.note([min(c for some in one.values() for c in some) for one in cited])
        rows.append(Row((year or sheet.word("no date"), *(str(number[level.id] or "") for level in levels), str(len(years[year]))), notes))
    section = sheet.section("counts", (), rows, remark=sheet.word("counted"))
    heads = (sheet.words.column("year", sheet.lang), *(str(getattr(level, sheet.lang)) for level in levels), sheet.words.column("all", sheet.lang))
    return msgspec.structs.replace(section, columns=heads)


def events(sheet: Sheet, all_of: list[Happening]) -> Section:
    """What else happened: signings, openings, exercises, aid, incidents."""
    kinds = set(sheet.words.contacts)
    shown, left_out = sheet.cut([h for h in all_of if not h.planned and h.kind.rpartition("/")[2] not in kinds])
    return sheet.section("events", COLUMNS, [row_of(sheet, h) for h in shown], left_out)


def planned(sheet: Sheet, all_of: list[Happening]) -> Section:
    """What is announced and still ahead, or without a date and not yet reported as held."""
    ahead = [h for h in all_of if h.planned and not h.held and (not h.last or h.last >= sheet.at)]
    shown, left_out = sheet.cut(sorted(ahead, key=lambda h: (not h.first, h.first, h.node)))
    return sheet.section("planned", COLUMNS, [row_of(sheet, h) for h in shown], left_out)


def row_of(sheet: Sheet, one: Happening, group: str = "") -> Row:
    """Return an occurrence as a row."""
    names = sheet.reader.names([*one.who, *filter(None, (one.kind, one.place, one.detail))])
    kind = names[one.kind] + (f" ({names[one.detail]})" if one.detail else "")
    cited = [c for some in sheet.reader.cited(one.reports).values() for c in some]
    who = ", ".join(names[w] for w in one.who[:6]) + (f", {sheet.word('left out').format(len(one.who) - 6)}" if len(one.who) > 6 else "")
    reported = min((c.published for c in cited if c.published), default="")
    when = one.date or (sheet.word("reported").format(reported) if reported else sheet.word("no date"))
    return Row((when, kind, who, names.get(one.place, ""), str(sheet.voices(*one.reports))), sheet.note(cited), group)


def _who(one: Described) -> tuple[str, ...]:
    """Return the visitors, then the others."""
    return tuple(dict.fromkeys((*one.all("visitor"), *one.all("participant"))))


def _planned_as_known(sheet: Sheet, said: dict[str, Described], known: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the occurrences that every report known by then only announces."""
    if sheet.reader.known is None:
        return {n for n, d in said.items() if d.one("planned") == "true"}
    told = sheet.reader.described(r for n in said for r in known[n])
    return {n for n in said if all(told[r].one("planned") == "true" for r in known[n])}


def _held_by(sheet: Sheet, node: str) -> bool:
    """Whether what makes a plan good was reported, as known, and lies not after the day."""
    one = sheet.reader.described([node])[node]
    return one.one("earliest") <= sheet.at and any(sheet.reader.cited(one.all("report")).values())
