"""Step 8: what has changed: since a day of publication, or between two stores.

In: a store, and a day or an older store. Out: `ChangesData`: what is new, changed, confirmed by an independent source, contradicted or no longer
said, each with the sentences that say so. Things are compared, not reports: a second report of one meeting is no new meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.graph import iris
from relgraph.query.dossier.sheet import Note, Sheet
from relgraph.query.dossier.words import load_words
from relgraph.query.facts import touching
from relgraph.query.named import day_of
from relgraph.query.names import NamedEntity
from relgraph.query.reader import Cited, Described, Reader, listed, voices

if TYPE_CHECKING:
    from relgraph.store import Store

KINDS = ("new", "changed", "contradicted", "confirmed", "gone")
_DATES = "SELECT ?article ?published WHERE { ?article a rg:Article . OPTIONAL { ?article rg:published ?published } }"
_CLAIMS = "SELECT DISTINCT ?claim ?type ?modality WHERE { VALUES ?article { %s } ?claim rg:inArticle ?article ; rg:claimType ?type . %s OPTIONAL { ?claim rg:modality ?modality } }"
_ASSERTED = "SELECT DISTINCT ?claim ?node WHERE { VALUES ?claim { %s } ?claim rg:asserts ?node }"
_WHOLE = """SELECT DISTINCT ?node ?whole ?other WHERE { VALUES ?node { %s }
  { ?whole rg:report ?node ; rg:report ?other } UNION { ?node rg:identifiedAs ?whole . ?other rg:identifiedAs ?whole } UNION { ?other rg:identifiedAs ?node . BIND(?node AS ?whole) }
  UNION { ?node rg:stepOf ?whole . BIND(?whole AS ?other) } }"""
# Figures of one value are few; whether they are the same figure is then told by all that is said of them.
_FIGURES = "SELECT DISTINCT ?node ?other WHERE { VALUES ?node { %s } ?node rg:value ?value . ?other rg:value ?value }"
_TERMS = "SELECT DISTINCT ?node ?other WHERE { VALUES ?node { %s } ?node rg:holder ?person ; rg:office ?office . ?other rg:holder ?person ; rg:office ?office }"
_STEPS = "SELECT DISTINCT ?node ?step ?rank WHERE { VALUES ?node { %s } ?node rg:step ?step . ?step rg:stepStatus ?status . ?status rg:order ?rank }"
_PLANS = "SELECT DISTINCT ?whole ?plan WHERE { VALUES ?whole { %s } ?whole rg:fulfils ?plan }"
_CONFLICTS = "SELECT DISTINCT ?contradiction WHERE { VALUES ?node { %s } ?contradiction rg:conflicting ?node ; a rg:Contradiction }"


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change.

    Attributes:
        kind: One of KINDS.
        type: office, event, body, treaty, indicator, target, relation, topic or contradiction.
        text: What it is, in plain words.
        before: What was known before, where that is another thing: 'signed', 'announced'.
        notes: Its footnotes, by number.
        published: The day of the first new publication, '' when unknown.
    """

    kind: str
    type: str
    text: str
    before: str = ""
    notes: tuple[int, ...] = ()
    published: str = ""


class ChangesData(msgspec.Struct, frozen=True):
    """A change report as plain values.

    Attributes:
        since: The ISO day from which publications count as new; None between two stores.
        entities: Whom it is about; everything when empty.
        changes: By kind in the order of KINDS, latest first.
        notes: The footnotes, by number.
        articles: How many articles are new.
        undated: Articles without a day of publication, which `since` can't judge.
        left_out: Changes beyond the limit, by kind.
    """

    since: str | None
    entities: tuple[NamedEntity, ...]
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    articles: int
    undated: int
    left_out: dict[str, int]
    lang: str = "en"


def changes_since(store: Store, since: object, entities: Sequence[NamedEntity] = (), *, limit: int = 100, lang: str = "en") -> ChangesData:
    """Return what articles published on or after a day changed.

    Args:
        store: What is read.
        since: A day, month or year as ISO text, or a date; its first day counts.
        entities: None for everything, one, or a pair.
        limit: The most changes of a kind.
        lang: 'en' or 'ru', for headings.

    Raises:
        QueryError: `since` is no date.
    """
    day = day_of(str(since), "first", "since").isoformat()
    dates = {str(a): "" if p is None else str(p) for a, p in Reader(store).rows(_DATES)}
    new = {a for a, published in dates.items() if published and published >= day[: len(published)]}
    return _report(store, new, lambda c: bool(c.published) and c.published >= day[: len(c.published)], entities, day, sum(not p for p in dates.values()), limit, lang)


def changes_between(old: Store, new: Store, entities: Sequence[NamedEntity] = (), *, limit: int = 100, lang: str = "en") -> ChangesData:
    """Return what a store says that an older one did not, and what it says no longer; arguments as in `changes_since`."""
    before, after = old.keys(), new.keys()
    articles = {iris.article(a) for a, key in after.items() if before.get(a) != key}
    lost = {iris.article(a) for a, key in before.items() if after.get(a) != key}
    known = set(_claims(Reader(old), lost, ()))
    fresh = set(_claims(Reader(new), articles, ()))
    return _report(new, articles, lambda c: c.claim in fresh and c.claim not in known, entities, None, 0, limit, lang, gone=_gone(old, new, lost, fresh, entities))


def _report(
    store: Store, articles: set[str], is_new: Callable[[Cited], bool], entities: Sequence[NamedEntity], since: str | None, undated: int, limit: int, lang: str,
    gone: Sequence[tuple[str, tuple[Cited, ...]]] = (),
) -> ChangesData:  # fmt: skip
    reader = Reader(store, lang=lang)
    sheet = Sheet(reader, entities, at="9999-12-31", limit=limit)
    claims = _claims(reader, articles, entities)
    found = [*_things(reader, [c for c, (_, modality) in claims.items() if not modality], claims, is_new), *_refused(reader, claims, is_new), *_conflicts(reader, claims, is_new)]
    found += [(Change("gone", kind, cited[0].says, published=cited[0].published), cited) for kind, cited in gone]
    changes: list[Change] = []
    left_out: dict[str, int] = {}
    for kind in KINDS:
        mine = sorted((f for f in found if f[0].kind == kind), key=lambda f: (f[0].type, f[0].text))
        mine.sort(key=lambda f: f[0].published, reverse=True)
        if len(mine) > limit:
            left_out[kind] = len(mine) - limit
        changes += [msgspec.structs.replace(change, notes=sheet.note(cited)) for change, cited in mine[:limit]]
    return ChangesData(since, tuple(entities), tuple(changes), tuple(sheet.notes), len(articles), undated, left_out, lang)


_Found = tuple[Change, Sequence[Cited]]


def _claims(reader: Reader, articles: Iterable[str], entities: Sequence[NamedEntity]) -> dict[str, tuple[str, str]]:
    """Return type and modality ('' if asserted) of the claims of some articles that touch all of the entities."""
    pattern = " ".join(touching(e.iri) for e in entities)
    found: dict[str, tuple[str, str]] = {}
    for some in _parts(articles):
        for claim, kind, modality in reader.rows(_CLAIMS % (some, pattern)):
            found[str(claim)] = (str(kind), "" if modality is None else str(modality).rpartition("/")[2])
    return found


def _things(reader: Reader, claims: Sequence[str], kinds: dict[str, tuple[str, str]], is_new: Callable[[Cited], bool]) -> list[_Found]:
    """Compare what was said before with what is said now, thing by thing."""
    asserted = _pairs(reader, _ASSERTED, claims)
    nodes = sorted({n for _, n in asserted})
    members, wholes = _members(reader, nodes)
    kind_of = {n: kinds[c][0] for c, n in asserted}
    groups: dict[frozenset[str], set[str]] = defaultdict(set)
    for node in nodes:
        groups[members[node]].add(node)
    cited = reader.cited(n for group in groups for n in group)
    sources = reader.sources(n for group in groups for n in group)
    moved = _moved(reader, groups, cited, is_new)
    held = _held(reader, groups, wholes, cited, is_new)
    found: list[_Found] = []
    for group in groups:
        said = sorted({c for n in group for c in cited[n]}, key=lambda c: (not c.published, c.published, c.article, c.start))
        now, before = [c for c in said if is_new(c)], [c for c in said if not is_new(c)]
        if not now:
            continue
        kind = kind_of[min(groups[group])]
        first = min((c.published for c in now if c.published), default="")
        if group in moved or group in held:
            found.append((Change("changed", kind, now[0].says, moved.get(group) or held[group], published=first), now))
        elif not before and not any(n in sources for n in group):
            found.append((Change("new", kind, now[0].says, published=first), now))
        elif set(voices(now)) - set(voices(before)):
            found.append((Change("confirmed", kind, now[0].says, published=first), [*before[:1], *now]))
    return found


def _members(reader: Reader, nodes: Sequence[str]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Return the nodes that speak of the same thing as each node, and the occurrence or entity that they make up."""
    same: dict[str, set[str]] = {n: {n} for n in nodes}
    wholes: dict[str, str] = {}
    for some in _parts(nodes):
        for node, whole, other in reader.rows(_WHOLE % some):
            wholes[str(node)] = str(whole)
            same[str(node)] |= {str(other)} | ({str(whole)} if "/occurrence/" not in str(whole) else set())
    for node, other in _pairs(reader, _TERMS, [n for n in nodes if "/id/tenure/" in n]):
        same[node].add(other)
    figures = [n for n in nodes if "/id/observation/" in n or "/id/target/" in n]
    near = _pairs(reader, _FIGURES, figures)
    said = reader.described({n for pair in near for n in pair})
    for node, other in near:
        if _figure(said[node]) == _figure(said[other]):
            same[node].add(other)
    return _joined(same), wholes


def _joined(same: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    """Return for each node all that it is joined with, directly or through others."""
    group: dict[str, set[str]] = {}
    for node in sorted(same):
        whole = set(same[node]) | {node}
        for part in [group[n] for n in whole if n in group]:
            whole |= part
        for member in whole:
            group[member] = whole
    return {n: frozenset(group[n]) for n in same}


def _figure(one: Described) -> tuple[object, ...]:
    return tuple(one.all(name) for name in ("type", "indicator", "between", "fromActor", "toActor", "value", "maxValue", "unit", "period", "deadline"))


def _moved(reader: Reader, groups: Iterable[frozenset[str]], cited: dict[str, tuple[Cited, ...]], is_new: Callable[[Cited], bool]) -> dict[frozenset[str], str]:
    """Return the treaties that have come further than was known before, with the step that was known."""
    owner = {n: group for group in groups for n in group if "/id/treaty/" in n}
    steps: list[tuple[str, str, int]] = []
    for some in _parts(owner):
        steps += [(str(n), str(s), int(str(r))) for n, s, r in reader.rows(_STEPS % some)]
    told, known = reader.cited(s for _, s, _ in steps), reader.sources(s for _, s, _ in steps)
    before: dict[frozenset[str], tuple[int, str]] = {}
    now: dict[frozenset[str], int] = {}
    for node, step, rank in steps:
        group = owner[node]
        if step in known or any(not is_new(c) for c in told[step]):
            before[group] = max(before.get(group, (0, "")), (rank, step))
        elif told[step]:
            now[group] = max(now.get(group, 0), rank)
    further = {g: before[g][1] for g, rank in now.items() if g in before and rank > before[g][0]}
    status = {s: d.one("stepStatus") for s, d in reader.described(further.values()).items()}
    return {g: reader.name(status[s]) for g, s in further.items()}


def _held(
    reader: Reader, groups: Iterable[frozenset[str]], wholes: dict[str, str], cited: dict[str, tuple[Cited, ...]], is_new: Callable[[Cited], bool]
) -> dict[frozenset[str], str]:
    """Return the events that make good a plan known before."""
    owner = {wholes[n]: group for group in groups for n in group if n in wholes and "/occurrence/" in wholes[n]}
    plans = _pairs(reader, _PLANS, sorted(owner))
    told = reader.described(p for _, p in plans)
    reports = reader.cited(r for d in told.values() for r in d.all("report"))
    word = load_words().change("announced", reader.lang)
    return {owner[w]: word for w, p in plans if any(not is_new(c) for r in told[p].all("report") for c in reports[r]) and not any(not is_new(c) for n in owner[w] for c in cited[n])}


def _refused(reader: Reader, claims: dict[str, tuple[str, str]], is_new: Callable[[Cited], bool]) -> list[_Found]:
    """Return what new articles call cancelled or postponed (a change) or deny (a contradiction); what they only wish for or allege is no change."""
    kinds = {"cancelled": "changed", "postponed": "changed", "denied": "contradicted"}
    wanted = {c: kinds[m] for c, (_, m) in claims.items() if m in kinds}
    found: list[_Found] = []
    for claim, cited in reader.claims(wanted).items():
        if cited and is_new(cited[0]):
            found.append((Change(wanted[claim], claims[claim][0], cited[0].says, published=cited[0].published), cited))
    return found


def _conflicts(reader: Reader, claims: dict[str, tuple[str, str]], is_new: Callable[[Cited], bool]) -> list[_Found]:
    """Return the contradictions in which something stands that a new article says."""
    nodes = {n for _, n in _pairs(reader, _ASSERTED, list(claims))} | set(claims)
    _, wholes = _members(reader, sorted(nodes))
    found: list[_Found] = []
    said = reader.described({c for some in _parts(nodes | set(wholes.values())) for (c,) in ((str(r[0]),) for r in reader.rows(_CONFLICTS % some))})
    for one in said.values():
        sides = reader.described(one.all("conflicting"))
        events = [r for d in sides.values() for r in d.all("report")]
        cited = [c for some in reader.cited([*(n for n in sides if "/id/claim/" not in n), *events]).values() for c in some]
        cited += [c for some in reader.claims(n for n in sides if "/id/claim/" in n).values() for c in some]
        if any(is_new(c) for c in cited):
            found.append((Change("contradicted", "contradiction", f"{reader.name(one.one('contradictionKind'))}: {one.one('label')}",
                                 published=min(c.published for c in cited if is_new(c))), cited))  # fmt: skip
    return found


def _gone(old: Store, new: Store, lost: set[str], fresh: set[str], entities: Sequence[NamedEntity]) -> list[tuple[str, tuple[Cited, ...]]]:
    """Return type and sentences of the claims that the new store doesn't hold, nor says in the same words elsewhere."""
    reader = Reader(old)
    missing = {c: kind for c, (kind, _) in _claims(reader, lost, entities).items() if c not in fresh}
    said = {claim: cited for claim, cited in reader.claims(missing).items() if cited}
    still = {c.says for cited in Reader(new).claims(fresh).values() for c in cited}
    return [(missing[claim], cited) for claim, cited in said.items() if cited[0].says not in still]


def _pairs(reader: Reader, sparql: str, nodes: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(one), str(other)) for some in _parts(nodes) for one, other in reader.rows(sparql % some)]


def _parts(nodes: Iterable[str], size: int = 300) -> list[str]:
    ordered = sorted(set(nodes))
    return [listed(ordered[n : n + size]) for n in range(0, len(ordered), size)]


__all__ = ["KINDS", "Change", "ChangesData", "changes_between", "changes_since"]
