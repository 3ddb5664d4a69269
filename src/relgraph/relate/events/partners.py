"""Who the other side of a talk is where the sentence only hints at it: 'received them', 'his visit led him to X', 'his Kyrgyz counterpart', nobody at all."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.relate.events.cast import same_rank
from relgraph.relate.events.stage import Stage, sides
from relgraph.relate.events.syntax import Group, Sketch
from relgraph.resolve import Party

_BESIDE = 16  # characters behind a verb in which its object stands


def led_guest(stage: Stage, sketch: Sketch, hosts: Sequence[Party]) -> tuple[Party, ...]:
    """Whom a visit or tour leads to somebody: the visitor, else the person told of last; nobody unless it leads to persons of another side."""
    at = sketch.view.sentence.start
    if not hosts or not all(p.kind == "person" for p in hosts):
        return ()
    guest = next((p for p in (stage.cast.subject, stage.cast.visitor) if p is not None and p.kind == "person" and p.side not in sides(hosts)), None)
    return (msgspec.structs.replace(guest, start=at, end=at, lead=-1, tail=-1, form="anchor", confidence=0.85),) if guest is not None else ()


def them(stage: Stage, sketch: Sketch, trigger: Mention, hosts: Sequence[Party]) -> tuple[Party, ...]:
    """The visitor told of, where 'them' means him and those who came with him: 'the premier received them'."""
    visitor, follow = stage.cast.visitor, sketch.between(trigger.end, trigger.end + _BESIDE)[:1]
    if visitor is None or visitor.kind != "person" or visitor.side in sides(hosts) or not follow or follow[0].low not in sketch.grammar.words("them_words"):
        return ()
    return (msgspec.structs.replace(visitor, start=follow[0].start, end=follow[0].end, lead=-1, tail=-1, form="anaphor", reason="anaphor-them", confidence=0.85),)


def implied(stage: Stage, sketch: Sketch, right: Sequence[Party]) -> tuple[Party, ...]:
    """Who talks where the sentence doesn't say: the person whom the passage is about."""
    theirs = sides(right)
    series = stage.cast.series
    for party in (series[0] if series else None, stage.cast.subject, stage.cast.leading, stage.cast.visitor, *reversed(stage.cast.talks)):
        if party is not None and party.kind == "person" and party.side not in theirs:
            at = sketch.view.sentence.start
            return (msgspec.structs.replace(party, start=at, end=at, lead=-1, tail=-1, form="anchor", confidence=0.85),)
    return ()


def somebody_else(stage: Stage, sketch: Sketch, group: Group | None, others: Sequence[Party]) -> tuple[Party, ...]:
    """Whom a pronoun means that can't mean those beside it: 'where X saw him' is about somebody told of before."""
    if group is None or group.parties or group.anaphor not in ("he", "him", "someone") or not others:
        return ()
    for party in (stage.cast.subject, stage.cast.visitor, stage.cast.leading, *(() if any(group.start <= m.start < group.end for m in sketch.view.of_kind("office")) else stage.cast.talks)):
        if party is not None and party.kind == "person" and party.side not in sides(others):
            return (msgspec.structs.replace(party, start=group.start, end=group.end, lead=-1, tail=-1, form="anaphor", reason="anaphor-other", confidence=0.85),)
    return ()


def counterparts(stage: Stage, left: Sequence[Party], right: Sequence[Party]) -> tuple[Party, ...]:
    """The persons whom 'his Kyrgyz and Tajik counterparts' means, where the article names who holds the subject's office there."""
    offices = {o for p in left if p.kind == "person" for o in (*stage.cast.titles.get(p.name, ()), *((p.office,) if p.office else ()))}
    published = stage.bench.article.published
    offices |= {t.office for p in left if p.kind == "person" and p.id and published for t in stage.bench.knowledge.reference.offices_of(p.id, published)}
    out = []
    for party in right:
        title = next((t for t in stage.bench.resolved.titles if t.of == party.name and any(same_rank(o, t.office) for o in offices)), None) if party.form == "counterpart" and party.kind == "state" else None
        holder = stage.holder(party.name, offices) if title is None and party.form == "counterpart" and party.kind == "state" and offices else None
        if holder is not None:
            out.append(msgspec.structs.replace(party, name=holder.name, id=holder.id, kind="person", state=party.name))
            continue
        out.append(party if title is None else msgspec.structs.replace(party, name=title.person, id=stage.bench.resolved.ids.get(title.person), kind="person", state=party.name))
    return tuple(out)
