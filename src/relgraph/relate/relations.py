"""Facts of type relation: partnerships, alliances, diplomatic relations, disputes, memberships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from relgraph.knowledge.entities import Organisation
from relgraph.knowledge.lexicon import Lexicon
from relgraph.model import EntityId, EventFact, RelationFact, TreatyFact
from relgraph.periods import bounds
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, span
from relgraph.relate.modality import modality_of
from relgraph.resolve import Party, View
from relgraph.resolve.order import within

_SURE = {"both-named": 0.82, "side-of-the-pair": 0.8, "side-of-the-main-pair": 0.78, "inherited": 0.78, "group-named": 0.72, "inherited-across": 0.66, "main-pair": 0.64, "with-the-anchor": 0.6}
_HEADLINE = 0.06
_BETWEEN = 0.14
"""How much surer 'the quarrel between A and B' is of its sides."""
_MOST = 8
_FAR = 500
"""Characters around the words of membership within which its states are named."""
_BESIDE = 40
"""Characters between the words of membership and an organisation of whose members nothing is known."""
_BACK = 2
"""How many sentences back 'the bloc' may have been named."""
_ASIDE = 120
"""Characters before a club within which a text says that something was only beside its meeting."""
_PAIR = 2
_SOME = 60
"""Sentences that are looked over where an article must name one organisation only, or one side more often."""
_SEVERAL, _MANY = 4, 20
"""How many of its states an article about a club names at least, and how many a club has at most."""
_TO_COME = frozenset({"planned", "under negotiation"})
_QUARRELS = frozenset({"protest", "incident"})
_BY_EVENT = 0.85
"""How much of the confidence in a quarrel the dispute has that it is a sign of."""
_MEMBERS = frozenset({"intergovernmental", "joint mechanism", "supranational", "military alliance", "bank", "fund"})
Seen = set[tuple[str, tuple[str, ...]]]


def find_relations(bench: Bench) -> None:
    """Add relations of the pair or group in focus and memberships of states in organisations."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    seen: Seen = set()
    papers = [f for f in bench.facts if isinstance(f, TreatyFact)]
    other_papers = {i for f in papers if f.status in _TO_COME or not _of_states(f) for s in f.spans for i in range(s.start, s.end)}
    views = sorted(bench.resolved.views, key=lambda v: v.sentence.index == 0)  # the body says it better than the headline
    for view in views:
        for mention in view.of_kind("relation"):
            _standing(bench, view, mention, lexicon, seen, other_papers)
        _memberships(bench, view, lexicon, seen)
    _clubs(bench, seen)
    _disputes(bench, seen)


def _of_states(fact: TreatyFact) -> bool:
    """Whether no side of a paper is a firm: what a firm signs with a state makes no allies of states."""
    return all(fact.ids.get(p) for p in fact.parties)


def _clubs(bench: Bench, seen: Seen) -> None:
    """The states of an article about a club of states: those that the reference has as its members or observers at the date, four at least.

    A text on a summit of the club, or on who left it, takes for granted who belongs to it.
    """
    date = bench.article.published or bench.resolved.year
    lexicon = bench.knowledge.lexicon(bench.article.language)
    joint, aside = (lexicon.words(name) if lexicon is not None else frozenset() for name in ("mechanism_words", "beside_words"))
    named_in: dict[str, list[View]] = {}
    for view in bench.resolved.views:
        for state in dict.fromkeys(party.state for party in view.parties if party.state):
            named_in.setdefault(state, []).append(view)
    for view in bench.resolved.views[:2]:
        for club in _in(bench, view, view.sentence.start, view.sentence.end):
            entity = bench.knowledge.reference.entities[EntityId(str(club.id))]
            if not isinstance(entity, Organisation) or len(entity.memberships) > _MANY or date is None or joint & set(entity.name.lower().split()):
                continue
            if aside & set(bench.article.text[max(view.sentence.start, club.start - _ASIDE) : club.start].lower().split()):
                continue  # 'talks on the sidelines of a meeting of the club'
            standing = {bench.knowledge.reference.name(m.actor): m.kind for m in sorted(entity.memberships, key=lambda m: m.kind != "observer") if m.actor.startswith("state:") and _holds(m.start, m.end, date)}
            first = {s: told for s in standing if s in named_in and (told := _telling(bench, named_in[s], club)) is not None}
            named = [s for s in named_in if s in first]
            for state in named if len(named) >= _SEVERAL else ():
                kind = "observer" if standing[state] == "observer" else "membership"
                key = (kind, tuple(sorted((state, club.name))))
                if key in seen:
                    continue
                seen.add(key)
                bench.facts.append(RelationFact(kind=kind, between=(state, club.name), evidence=bench.evidence(first[state], view if first[state] is not view else None),
                                                spans=(span("organisation", club.start, club.end),) if first[state] is view else (), rule="relation.club", confidence=0.7,
                                                ids=bench.ids((state, club.name))))  # fmt: skip


def _telling(bench: Bench, views: Sequence[View], club: Party) -> View | None:
    """Of the sentences that name a state, the first that names the club, too, else the first that names no other club: a list of another's members says nothing."""
    clubs = [{o.name for o in _in(bench, v, v.sentence.start, v.sentence.end)} for v in views[:_SOME]]
    told = next((v for v, names in zip(views, clubs, strict=False) if club.name in names), None)
    return told or next((v for v, names in zip(views, clubs, strict=False) if not names), None)


def _disputes(bench: Bench, seen: Seen) -> None:
    """A protest or a clash between two states is a dispute of theirs."""
    for fact in [f for f in bench.facts if isinstance(f, EventFact) and f.kind in _QUARRELS and not f.planned]:
        sides = sorted({bench.resolved.states.get(p) or p for p in fact.participants})
        ids = bench.ids(sides)
        key = ("dispute", tuple(sides))
        if fact.kind == "incident" and tuple(sides) != bench.resolved.main:
            continue
        if len(sides) == 2 and key not in seen and all((known or "").startswith("state:") for known in ids.values()):
            seen.add(key)
            bench.facts.append(RelationFact(kind="dispute", between=tuple(sides), evidence=fact.evidence, spans=fact.spans[:1], rule=f"relation.dispute-by-{fact.kind}",
                                            confidence=round(fact.confidence * _BY_EVENT, 3), ids=ids))  # fmt: skip


def _standing(bench: Bench, view: View, mention: Mention, lexicon: Lexicon, seen: Seen, other_papers: Set[int]) -> None:
    """A relation of the pair in focus: said as such, or by the title of a paper that founds it ('declaration on strategic partnership')."""
    fields = lexicon.entries["relations"][mention.key].fields
    rule, pair = f"relation.{mention.key}", _pair(bench, view)
    if any(n.kind == "body" and n.start <= mention.start < n.end for n in within(view.mentions, mention.start - 200, mention.start + 1)):
        bench.reject(view, mention.start, mention.end, rule, "inside-a-name")
    elif _otherwise(bench, view, mention, fields, lexicon, other_papers):
        bench.reject(view, mention.start, mention.end, rule, "other-sense")
    elif fields.get("pairwise") and len(pair) > _PAIR:
        members = {bench.knowledge.reference.name(m) for r in bench.knowledge.reference.regions for m in r.members}
        hub = [s for s in pair if s not in members]
        for other in (s for s in pair if len(hub) == 1 and s != hub[0]):
            _emit(bench, view, mention, str(fields["kind"]), tuple(sorted((hub[0], other))), _SURE["group-named"], seen)
    elif not 2 <= len(pair) <= (_MOST if fields.get("group") else 2):
        bench.reject(view, mention.start, mention.end, rule, "no-pair", "between")
    elif fields["kind"] == "friendship" and any(e.kind == "event" and e.key == "message" for e in within(view.mentions, mention.start - _FAR, mention.end + _FAR)):
        bench.reject(view, mention.start, mention.end, rule, "other-sense")  # wishes in a telegram
    else:
        between = set(view.text[mention.end - view.sentence.start :].lower().split()[:1]) & lexicon.words("between_whom") and view.focus_reason == "both-named"
        confidence = _SURE.get(view.focus_reason, 0.6) + (_BETWEEN if between else 0.0) - float(fields.get("less", 0.0)) - (_HEADLINE if view.sentence.index == 0 else 0.0)
        for kind in (str(fields["kind"]), *((str(fields["also"]),) if fields.get("also") else ())):
            _emit(bench, view, mention, kind, pair, confidence, seen)


def _pair(bench: Bench, view: View) -> tuple[str, ...]:
    """Whom a relation binds: a sentence that names nobody goes on about the article's own pair, whoever came up in between."""
    return bench.resolved.main if len(bench.resolved.main) == 2 and not view.explicit and view.focus_reason.startswith("inherited") else view.focus


def _otherwise(bench: Bench, view: View, mention: Mention, fields: Mapping[str, Any], lexicon: Lexicon, other_papers: Set[int]) -> bool:
    """Whether the words mean something else here: 'the alliance' is an organisation, 'allies' of nobody named are anybody's, a treaty on friendship may still be to come or bind a firm."""
    base = view.sentence.start
    words = view.text[mention.end - base :].lower().split()[:1]
    before = view.text[: mention.start - base].lower().split()[-1:]
    if fields.get("after") and before and before[0] in lexicon.words("definite") and not set(words) & set(fields["after"]):
        return True
    if fields.get("named") and (not view.explicit or view.sentence.index == 0):
        return True
    if fields.get("sides") and view.focus != bench.resolved.main and view.focus_reason != "both-named":
        return True
    return mention.start in other_papers


def _memberships(bench: Bench, view: View, lexicon: Lexicon, seen: Seen) -> None:
    """'A is a member of O', 'the members of the bloc, A and B': with the sides of the sentence, else the pair in focus, as the reference bears out."""
    no = lexicon.words("no_membership")
    for mention in view.of_kind("membership"):
        rule = f"relation.{mention.key}"
        lead = view.text[max(0, mention.start - view.sentence.start - 80) : mention.start - view.sentence.start].lower()
        for ending in lexicon.lists.get("negated_endings", ()):
            lead = lead.replace(ending, f" {ending}")
        for still in sorted(lexicon.words("no_but"), key=len, reverse=True):
            lead = lead.replace(still, " ")  # 'no more than an observer' is one
        before = lead.split()[-6:]
        if no & {w.strip(",.;") for w in before}:
            bench.reject(view, mention.start, mention.end, rule, "other-sense")
            continue
        organisations = _organisations(bench, view, mention, lexicon)
        if not organisations:
            bench.reject(view, mention.start, mention.end, rule, "no-pair", "between")
            continue
        kind = str(lexicon.entries["membership"][mention.key].fields["kind"])
        said = list(dict.fromkeys(p.state or p.name for p in within(view.parties, mention.start - _FAR, mention.end + _FAR) if p.kind in ("state", "person") and (p.state or p.kind == "state")))
        if len(said) < 2 and len(view.focus) == 2 and set(said) <= set(view.focus) and _together(view, mention, lexicon):
            said = list(view.focus)
        for organisation in organisations:
            if lexicon.words("whole_members") & set(mention.text.lower().split()):
                said = [s for s in said if not _observes(bench, s, organisation)] or [""]  # 'what is to make it a full member'
            for state in said or (_subject(bench, view, mention, lexicon) if len(view.focus) == 2 else ()):
                _member(bench, view, mention, (kind, state), organisation, bool(said), seen)


def _subject(bench: Bench, view: View, mention: Mention, lexicon: Lexicon) -> tuple[str, ...]:
    """Of whom a membership is said where no state is named: of both sides, or, where 'the country' is one, of the side that the article names most."""
    lead = set(view.text[: mention.start - view.sentence.start].lower().split()[-6:])
    if not lexicon.words("countries") & lead or _together(view, mention, lexicon):
        return view.focus
    return (max(view.focus, key=lambda side: sum(side in v.explicit for v in bench.resolved.views[:_SOME])),)


def _together(view: View, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a membership is said of both sides at once: 'both belong to', 'the two states sit side by side in'."""
    base = view.sentence.start
    words = view.text[max(0, mention.start - base - 60) : mention.end - base + 40].lower().replace(",", " ").split()
    return bool(lexicon.words("both_words") & set(words)) or any(m.kind == "plural" and -80 < m.start - mention.start < 40 for m in view.mentions)


def _organisations(bench: Bench, view: View, mention: Mention, lexicon: Lexicon) -> list[Party]:
    """The organisations a membership is of: those beside it, all that one list names; else the last one named, for 'the bloc' or 'member states'."""
    near = [o for o in _in(bench, view, mention.start - 200, mention.end + 80) if -60 < o.start - mention.end < 80 or 0 <= mention.start - o.end < 60]
    if near:
        near = _one_list(bench, near, mention, lexicon)
        first = near[0].start
        return [*(o for o in _in(bench, view, first - 120, first) if bench.article.text[o.end : first].strip(" ,").lower() in _joints(lexicon)), *near]
    noun = next((o for o in _known(bench, view.nouns) if -60 < o.start - mention.end < 80 or 0 <= mention.start - o.end < 60), None)
    if noun is not None:
        return [noun]
    base = view.sentence.start
    whose = set(view.text[max(0, mention.start - base - 24) : mention.end - base].lower().split()) & lexicon.words("whose_members")
    named = _in(bench, view, base, mention.start)
    if whose and len(named) == 1:
        return named  # 'the organisation, which counts both among its members'
    words = set(view.text[max(0, mention.start - base - 300) : mention.end - base + 300].lower().replace(",", " ").replace(".", " ").split())
    standing = any(w.startswith(tuple(lexicon.words("standing_words"))) for w in mention.text.lower().split())
    if not (standing or lexicon.words("organisation_words") & words):
        return []
    earlier = [v for v in bench.resolved.views if 0 < view.sentence.index - v.sentence.index <= _BACK and v.sentence.index > 0]
    found = [o for v in reversed(earlier) for o in _in(bench, v, v.sentence.start, v.sentence.end)[:1]]
    lead = view.text[: mention.start - base].lower().split()[-2:]
    if not found and standing and (lexicon.words("definite") & set(lead) or lexicon.words("let_in") & set(view.text[: mention.start - base].lower().split()[-4:])):
        everywhere = {o.name: o for v in bench.resolved.views[:_SOME] for o in _in(bench, v, v.sentence.start, v.sentence.end)}
        found = list(everywhere.values()) if len(everywhere) == 1 else []  # the only one of the article
    return found[:1]


def _one_list(bench: Bench, near: Sequence[Party], mention: Mention, lexicon: Lexicon) -> list[Party]:
    """Of the organisations around the words of membership, those of one list with the nearest behind them, else with the nearest before."""
    behind = [o for o in near if o.start >= mention.end]
    kept = behind[:1] or list(near[-1:])
    for other in behind[1:]:
        if bench.article.text[kept[-1].end : other.start].strip(" ,").lower() not in _joints(lexicon):
            break
        kept.append(other)
    return kept


def _joints(lexicon: Lexicon) -> frozenset[str]:
    """What may stand between two names of one list."""
    return frozenset({"", *(f"{w} {a}".strip() for w in lexicon.words("conjunctions") for a in ("", *lexicon.words("articles"))), *lexicon.words("articles")})


def _in(bench: Bench, view: View, start: int, end: int) -> list[Party]:
    """The organisations with members that a stretch of a sentence names."""
    return _known(bench, within(view.parties, start, end))


def _known(bench: Bench, parties: Sequence[Party]) -> list[Party]:
    """Those of some parties that are organisations with members, each once."""
    kinds = bench.knowledge.reference.entities
    found: list[Party] = []
    for party in parties:
        entity = kinds.get(EntityId(party.id)) if party.kind == "organisation" and party.id else None
        if isinstance(entity, Organisation) and entity.kind in _MEMBERS and party.name not in {p.name for p in found}:
            found.append(party)
    return found


def _member(bench: Bench, view: View, mention: Mention, said: tuple[str, str], organisation: Party, explicit: bool, seen: Seen) -> None:
    """Add the standing of a state in an organisation: the one that the reference gives at the article's date, else what the text says."""
    kind, state = said
    entity = bench.knowledge.reference.entities.get(EntityId(organisation.id)) if organisation.id else None
    state_id = bench.ids([state]).get(state)
    if not isinstance(entity, Organisation) or not (state_id or "").startswith("state:"):
        return
    date = bench.article.published or bench.resolved.year
    held = [m for m in entity.memberships if m.actor == state_id and _holds(m.start, m.end, date)]
    known = [m.kind for m in sorted(held, key=lambda m: m.kind != kind and not _surely(m.start, m.end, date))]
    if known:
        kind, confidence = ("observer" if known[0] == "observer" else "membership"), 0.82 if explicit else 0.68
    elif (entity.memberships and kind == "membership") or abs(organisation.start - mention.end) > _BESIDE:
        return
    else:
        confidence = 0.6 if explicit else 0.5
    _emit(bench, view, mention, kind, (state, organisation.name), confidence, seen)


def _holds(start: str | None, end: str | None, date: str | None) -> bool:
    """Whether a membership may hold in the year of a date."""
    at = bounds(date) if date else None
    return at is None or ((start or "")[:4] <= (at[1] or "9999")[:4] and (end or "9999")[:4] >= (at[0] or "")[:4])


def _observes(bench: Bench, state: str, organisation: Party) -> bool:
    """Whether a state is only an observer by the reference."""
    entity = bench.knowledge.reference.entities.get(EntityId(organisation.id)) if organisation.id else None
    date = bench.article.published or bench.resolved.year
    held = [m.kind for m in entity.memberships if m.actor == bench.ids([state]).get(state) and _holds(m.start, m.end, date)] if isinstance(entity, Organisation) else []
    return held == ["observer"]


def _surely(start: str | None, end: str | None, date: str | None) -> bool:
    """Whether a membership that holds in the year of a date holds on its day, too."""
    return date is None or ((start or "") <= date <= (end or "9999"))


def _emit(bench: Bench, view: View, mention: Mention, kind: str, between: Sequence[str], confidence: float, seen: Seen) -> None:
    modality, _ = modality_of(view, mention.start, mention.end, bench.modals)
    key = (kind, tuple(sorted(between)))
    if key in seen:
        return
    fact = RelationFact(kind=kind, between=tuple(between), evidence=bench.evidence(view), spans=(span("trigger", mention.start, mention.end),), rule=f"relation.{mention.key}",
                        confidence=round(confidence, 3), ids=bench.ids(between), modality=modality)  # fmt: skip
    if modality:
        bench.unasserted.append(fact)
    else:
        seen.add(key)
        bench.facts.append(fact)
