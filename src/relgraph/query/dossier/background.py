"""Topics over time, memberships, and the open questions: what is contradicted, denied, overdue or told by one source alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from relgraph.query.dossier.agreements import nodes_between
from relgraph.query.dossier.contacts import Happening, row_of
from relgraph.query.dossier.sheet import Row, Section, Sheet
from relgraph.query.reader import Cited, Described, iris_tail

_MEMBERSHIPS = "SELECT DISTINCT ?held WHERE { ?held rg:member <%s> ; a rg:Membership }"
_MEMBERS = "SELECT DISTINCT ?held WHERE { ?held rg:organisation <%s> ; a rg:Membership }"
_CONTRADICTIONS = """
SELECT DISTINCT ?node WHERE {
  { SELECT DISTINCT ?thing WHERE { { ?thing rg:participant <%(x)s> } UNION { ?thing rg:onBehalfOf <%(x)s> } UNION { ?thing rg:between <%(x)s> } UNION { ?thing rg:party <%(x)s> }
    UNION { ?thing rg:officeOf <%(x)s> } UNION { ?thing rg:holder <%(x)s> } UNION { ?thing rg:involves <%(x)s> } UNION { ?office rg:officeOf <%(x)s> . ?thing rg:office ?office }
    UNION { VALUES ?thing { <%(x)s> } } } }
  { ?node rg:concerns ?thing } UNION { ?node rg:conflicting ?thing }
  ?node a rg:Contradiction
}"""
_UNASSERTED = "SELECT DISTINCT ?claim WHERE { %s ?claim rg:modality ?modality }"


def topics(sheet: Sheet) -> Section:
    """Fields in which the entities cooperate or differ, with the articles of each year; the most told first."""
    groups = nodes_between(sheet, "Engagement", "between")
    byname: dict[tuple[str, str], list[Described]] = defaultdict(list)
    for group in groups.values():
        for one in group:
            byname[one.one("topic"), one.one("stance")].append(one)
    papers = {key: {c.article: c.published for cited in sheet.reader.cited(d.iri for d in same).values() for c in cited} for key, same in byname.items()}
    shown, left_out = sheet.cut(sorted(byname, key=lambda k: (-len(papers[k]), k)))
    rows = []
    for topic, stance in shown:
        names = sheet.reader.names([topic, *filter(None, (stance,))])
        years = Counter(day[:4] or sheet.word("no date") for day in papers[topic, stance].values())
        nodes = [d.iri for d in byname[topic, stance]]
        said = ", ".join(f"{year}: {number}" for year, number in sorted(years.items()))
        rows.append(Row((names[topic], names.get(stance, ""), said, str(sheet.voices(*nodes))), sheet.node_notes(*nodes)))
    return sheet.section("topics", ("topic", "stance", "years", "sources"), rows, left_out)


def memberships(sheet: Sheet) -> Section:
    """The organisations that all entities belong to on the day, by the reference or as articles say, with the standing of each."""
    held = [_held(sheet, e.iri) for e in sheet.entities]
    shared = sorted(set.intersection(*(set(h) for h in held)), key=lambda o: (sheet.reader.name(o), o))
    shown, left_out = sheet.cut(shared)
    rows = []
    for organisation in shown:
        said: list[str] = []
        nodes: list[str] = []
        for mine in held:
            one = mine[organisation]
            nodes.append(one.iri)
            said.append(_standing(sheet, one))
        both = said[0] if len(set(said)) == 1 else "; ".join(f"{e.name}: {s}" for e, s in zip(sheet.entities, said, strict=True))
        rows.append(Row((sheet.reader.name(organisation), both), sheet.node_notes(*nodes)))
    pair = len(held) > 1
    return sheet.section("memberships" if pair else "own memberships", ("organisation", "standing"), rows, left_out)


def members(sheet: Sheet) -> Section:
    """The members of an organisation on the day, with their standing; of a pair, or of a state or person, nothing."""
    found = _held(sheet, sheet.entities[0].iri, _MEMBERS, "member") if len(sheet.entities) == 1 else {}
    shown, left_out = sheet.cut(sorted(found, key=lambda m: (sheet.reader.name(m), m)))
    rows = [Row((sheet.reader.name(m), _standing(sheet, found[m])), sheet.node_notes(found[m].iri)) for m in shown]
    return sheet.section("members", ("members", "standing"), rows, left_out)


def questions(sheet: Sheet, all_of: Sequence[Happening]) -> Section:
    """What a reader should look into before relying on it."""
    rows, left_out = [], 0
    for made, more in (_contradicted(sheet), _unasserted(sheet), _overdue(sheet, all_of), _alone(sheet, all_of)):
        rows += made
        left_out += more
    return sheet.section("questions", ("question", "what"), rows, left_out)


def _contradicted(sheet: Sheet) -> tuple[list[Row], int]:
    found = None
    for entity in sheet.entities:
        own = {str(row[0]) for row in sheet.reader.rows(_CONTRADICTIONS % {"x": entity.iri})}
        found = own if found is None else found & own
    said = sheet.reader.described(found or ())
    known = {one.iri: _sides(sheet, one) for one in said.values()}
    shown, left_out = sheet.cut(sorted((d for d in said.values() if len(known[d.iri]) > 1), key=lambda d: (d.one("contradictionKind"), d.one("label"), d.iri)))
    rows = []
    for one in shown:
        notes = {n for cited, sources in known[one.iri] for n in sheet.note(cited, sources)}
        rows.append(Row((sheet.reader.name(one.one("contradictionKind")), one.one("label")), tuple(sorted(notes)), mark=sheet.word("contradicted")))
    return rows, left_out


def _sides(sheet: Sheet, contradiction: Described) -> list[tuple[tuple[Cited, ...], tuple[str, ...]]]:
    """Return what each side of a contradiction rests on: sentences or a source of the reference; a side not known by then is left out."""
    sides = []
    for node, one in sheet.reader.described(contradiction.all("conflicting")).items():
        cited = sheet.reader.claims([node])[node] if "/id/claim/" in node else tuple(c for some in sheet.reader.cited([node, *one.all("report")]).values() for c in some)
        sources = tuple(sheet.reader.sources([node]).values())
        if cited or sources:
            sides.append((cited, sources))
    return sides


def _unasserted(sheet: Sheet) -> tuple[list[Row], int]:
    pattern = " ".join(f"?claim rg:involves <{e.iri}> ." for e in sheet.entities)
    claims = [str(row[0]) for row in sheet.reader.rows(_UNASSERTED % pattern)]
    cited = sheet.reader.claims(claims)
    known = sorted((c for c in claims if cited[c]), key=lambda c: (cited[c][0].published, c), reverse=True)
    shown, left_out = sheet.cut(known)
    return [Row((sheet.word("unasserted"), cited[c][0].says), sheet.note(cited[c])) for c in shown], left_out


def _overdue(sheet: Sheet, all_of: Sequence[Happening]) -> tuple[list[Row], int]:
    shown, left_out = sheet.cut([h for h in all_of if h.planned and not h.held and h.last and h.last < sheet.at])
    return [_as_question(sheet, "not reported", h) for h in shown], left_out


def _alone(sheet: Sheet, all_of: Sequence[Happening]) -> tuple[list[Row], int]:
    """Return the contacts of the two highest levels that one voice alone reports."""
    high = {level.id for level in sheet.words.levels[:2]}
    shown, left_out = sheet.cut([h for h in all_of if not h.planned and h.level in high and sheet.voices(*h.reports) == 1])
    return [_as_question(sheet, "one source", h) for h in shown], left_out


def _as_question(sheet: Sheet, word: str, one: Happening) -> Row:
    row = row_of(sheet, one)
    return Row((sheet.word(word), ", ".join(filter(None, row.cells[:4]))), row.notes)


def _standing(sheet: Sheet, one: Described) -> str:
    """Return 'member (since 2001-06-15)'."""
    begin = f" ({sheet.word('founded')} {one.one('from')})" if one.one("from") else ""
    return sheet.reader.name(one.one("membershipKind")) + begin


def _held(sheet: Sheet, iri: str, sparql: str = _MEMBERSHIPS, other: str = "organisation") -> dict[str, Described]:
    """Return the memberships that hold on the day, by the other side: that of the reference before that of an article."""
    said = sheet.reader.described(str(row[0]) for row in sheet.reader.rows(sparql % iri))
    found: dict[str, Described] = {}
    for one in sorted(said.values(), key=lambda d: (not d.one("source"), d.one("from"), iris_tail(d.iri))):
        begin, end = one.one("from"), one.one("to")
        if (begin and begin > sheet.at[: len(begin)]) or (end and end < sheet.at[: len(end)]) or not sheet.grounded(one.iri):
            continue
        found.setdefault(one.one(other), one)
    return found
