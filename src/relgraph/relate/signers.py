"""For whom the signers of a paper sign: ministers for their states, the heads of firms and banks for these; and signings that only a paper tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relgraph.knowledge.entities import Organisation
from relgraph.model import EventFact, Span, TreatyFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, fields, span
from relgraph.relate.spots import spot_words_of
from relgraph.relate.when import place_of
from relgraph.resolve import Party, View

_MOST = 200  # papers and signings of one article that are looked at: what has more is no news, and time must not grow with the square
_ATTEND = "attend"  # the event of taking part in a gathering told of
_MONTH, _DAY = 7, 10  # characters of '2021-03' and '2021-03-05'
_OWN = frozenset({"company", "bank", "fund", "supranational", "international"})


def sides_of_signers(bench: Bench, view: View, word: Mention | None) -> tuple[str, ...]:
    """Return the sides, sorted, of the persons and firms who sign by the verb `word`; empty when they are states or a side is unknown."""
    if word is None:
        return ()
    signed = [f for f in bench.signings_in(view) if any(s.role == "trigger" and s.start < word.end and word.start < s.end for s in f.spans)]
    for fact in sorted(signed, key=lambda f: -len(f.participants)):
        found = [_for_whom(bench, name) for name in fact.participants]
        if all(found) and len(set(found)) > 1 and any(side != name for side, name in zip(found, fact.participants, strict=True)):
            return tuple(sorted({f for f in found if f}))
    return ()


def _for_whom(bench: Bench, name: str) -> str | None:
    """The organisation that a person heads, where it may sign in its own name, else his state; a firm or state stands for itself."""
    titles = [t for t in bench.resolved.titles if t.person == name and t.of]
    for title in titles:
        entity = bench.knowledge.reference.entities.get(title.of_id) if title.of_id else None  # type: ignore[call-overload]
        if title.of_id is None or (isinstance(entity, Organisation) and entity.kind in _OWN):
            return title.of
    if titles or name in bench.resolved.states:
        return bench.resolved.states.get(name) or next((t.of for t in titles), None)
    return name


def find_signings(bench: Bench) -> None:
    """Add the signing of each dated paper whose sentence no rule of events could read: those who sign stand in it, or its sides do."""
    views = {v.sentence.start: v for v in bench.resolved.views}
    known = [f for f in [*bench.facts, *bench.unasserted] if isinstance(f, EventFact) and f.kind == "signing"][:_MOST]
    told = {e.start for f in known for e in f.evidence}
    for paper in [f for f in bench.facts if isinstance(f, TreatyFact)][:_MOST]:
        view = views.get(paper.evidence[0].start)
        trigger = next((s for s in paper.spans if s.role == "trigger"), None)
        date = next((s.date for s in paper.steps if s.status == "signed" and s.date), None)
        if view is None or not view.sentence.index or date is None or (len(date) < _MONTH and (trigger is None or paper.status != "signed")):
            continue
        if date[:_DAY] > (bench.article.published or date)[: len(date[:_DAY])] or view.sentence.start in told or _told(bench, paper, known, date):
            continue
        at = trigger or next(s for s in paper.spans)
        people = _signers(bench, view, paper, at)
        if not people and any(p.kind == "person" for p in view.parties):
            continue  # who of them signed isn't clear
        spot = place_of(view, at.start, at.end, spot_words_of(bench.knowledge.lexicon(bench.article.language)))
        names = tuple(p.name for p in people) or paper.parties
        told.add(view.sentence.start)
        known.append(EventFact(**fields(
            kind="signing", participants=names, date=date, place=spot.name if spot is not None else None, evidence=paper.evidence[:1],
            spans=tuple(sorted([span("trigger", at.start, at.end), *(span("participants", p.start, p.end) for p in people)], key=lambda s: s.start)),
            rule="event.sign.document", confidence=0.72, ids=bench.ids([*names, spot.name if spot is not None else None]),
        )))  # fmt: skip
        bench.facts.append(known[-1])


def _told(bench: Bench, paper: TreatyFact, known: Sequence[EventFact], date: str) -> bool:
    """Whether a signing of the same sides and time is known already."""
    for fact in known:
        one = fact.date or date
        if (one.startswith(date) or date.startswith(one)) and len({_for_whom(bench, name) for name in fact.participants} & set(paper.parties)) > 1:
            return True
    return False


def _signers(bench: Bench, view: View, paper: TreatyFact, at: Span) -> tuple[Party, ...]:
    """The two persons whom a sentence names beside the verb, one for each of two sides; empty when it names others or more."""
    people = {p.name: p for p in view.parties if p.kind == "person"}
    whom = {_for_whom(bench, name) for name in people}
    if len(people) != 2 or whom != set(paper.parties):
        return ()
    last = max(p.last for p in people.values())
    lexicon = bench.knowledge.lexicon(bench.article.language)
    between = re.findall(r"\w+", view.text[last - view.sentence.start : max(last, at.start) - view.sentence.start].lower())
    return tuple(people.values()) if lexicon is not None and not set(between) & lexicon.words("relatives") else ()


def came_too(bench: Bench, view: View, mention: Mention) -> bool:
    """Whether all who are named were only there as well: 'X and Y also attended the summit, which ended with the signing of'."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    verb = next((m for m in view.of_kind("event") if m.key == _ATTEND and m.end <= mention.start), None)
    if verb is None or lexicon is None or not view.parties or any(p.start >= verb.end for p in view.parties if p.state):
        return False
    return set(view.text[: verb.start - view.sentence.start].lower().split()[-1:]) <= lexicon.words("also_words")
