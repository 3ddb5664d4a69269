"""Facts of type body: standing councils, commissions and funds of states, with their members."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.knowledge.entities import Body, State
from relgraph.model import BodyFact
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, span
from relgraph.relate.sides import group_size, nearest_group, states_at
from relgraph.resolve import View

_BASE = {"both-named": 0.75, "side-of-the-pair": 0.72, "inherited": 0.7, "side-of-the-main-pair": 0.68, "main-pair": 0.6, "inherited-across": 0.64, "with-the-anchor": 0.58, "group-named": 0.62}


def find_bodies(bench: Bench) -> None:
    """Add each body once, with the members that its name, the reference or the pair in focus gives."""
    seen: dict[str, BodyFact] = {}
    for view in bench.resolved.views:
        named = view.of_kind("body")
        for mention in named:
            if any(_covers(other, mention) for other in named):
                continue
            joint = len(_members_in_name(bench, view, mention)) == 2
            if not joint and any(o.kind == "organisation" and o.ids and o.start <= mention.start and mention.end <= o.end for o in view.mentions):
                bench.reject(view, mention.start, mention.end, "body", "inside-a-name")
                continue
            fact = _fact(bench, view, mention, _reference_of(named, mention))
            if fact is None:
                continue
            key = _key(fact, seen)
            if key not in seen or (fact.confidence > seen[key].confidence and view.sentence.index):
                seen[key] = fact
    bench.facts += seen.values()


def _covers(other: Mention, mention: Mention) -> bool:
    """Whether a body mention lies inside a longer one, or repeats one of the reference."""
    if other is mention or other.start > mention.start or mention.end > other.end:
        return False
    return (other.end - other.start, bool(other.ids)) > (mention.end - mention.start, bool(mention.ids))


def _reference_of(named: Sequence[Mention], mention: Mention) -> tuple[str, ...]:
    """The candidates of the reference for a mention or for the name inside it."""
    return mention.ids or tuple(i for m in named if m.ids and mention.start <= m.start and m.end <= mention.end for i in m.ids)


def _fact(bench: Bench, view: View, mention: Mention, ids: tuple[str, ...]) -> BodyFact | None:
    reference = bench.knowledge.reference
    focus = frozenset(view.focus)
    entity = None
    inside = _members_in_name(bench, view, mention)
    options = [e for i in ids if isinstance(e := reference.entities[i], Body)]  # type: ignore[index]
    wanted = frozenset(inside) if len(inside) > 1 else focus
    for option in options:
        members = {reference.name(m) for m in option.members}
        if members == wanted or (len(options) == 1 and (len(members) > 2 or wanted <= members)):
            entity = option
            break
    confidence = _BASE.get(view.focus_reason, 0.6)
    if entity is not None:
        chosen, confidence = tuple(sorted(reference.name(m) for m in entity.members)), 0.85
    elif len(inside) > 1:
        chosen, confidence = inside, 0.9
    elif _one_sided(bench, view, mention):
        bench.reject(view, mention.start, mention.end, "body", "other-sense", "members")
        return None
    elif _of_an_organisation(view, mention):
        chosen, confidence = (), 0.6
    elif (group := nearest_group(bench, view, group_size(bench, mention.text))) is not None:
        chosen, confidence = group, 0.75
    elif 2 <= len(focus) <= 6:
        chosen = tuple(sorted(focus))
    else:
        bench.reject(view, mention.start, mention.end, "body", "unknown-members", "members")
        return None
    name = str(mention.value or " ".join(mention.text.split()))
    if len(name.split()) < 2:
        bench.reject(view, mention.start, mention.end, "body", "inside-a-name", "name")
        return None
    if not mention.text[:1].isupper() and entity is None:
        confidence -= 0.06
    return BodyFact(name=name, members=chosen, evidence=bench.evidence(view), spans=(span("name", mention.start, mention.end),), rule="body.known" if entity else "body.described",
                    confidence=round(confidence, 3), ids={**bench.ids(chosen), name: entity.id if entity else None})  # fmt: skip


def _members_in_name(bench: Bench, view: View, mention: Mention) -> tuple[str, ...]:
    """The states that a name holds or that follow it: 'Uzbek-Kyrgyz Fund', 'Council of Kazakhstan and the Kyrgyz Republic'; a region stands for its states."""
    reference = bench.knowledge.reference
    states = states_at(bench, view.mentions, mention.start, mention.end)
    text, base = view.text, view.sentence.start
    at = mention.end
    for m in states_at(bench, view.mentions, mention.end, view.sentence.end):
        gap = text[at - base : m.start - base]
        if len(gap) > 18 or any(c in gap for c in ".;:,") or m.form == "metonym":
            break
        if len(gap.split()) > 3 or (at == mention.end and gap.split()[:1] not in (["of"], ["between"])):
            break
        states.append(m)
        at = m.end
    names: dict[str, None] = {}
    for m in states:
        entity = reference.entities[m.ids[0]]  # type: ignore[index]
        if isinstance(entity, State) and entity.kind == "region":
            if m.form == "name" and not text[: m.start - base].rstrip().endswith(" of"):
                continue
            names.update(dict.fromkeys(reference.name(s) for s in entity.members))
        else:
            names[entity.name] = None
    return tuple(sorted(names))


def _one_sided(bench: Bench, view: View, mention: Mention) -> bool:
    """Whether exactly one state stands in the name or right before it: 'Kyrgyz parliament's committee', 'Tajikistan's State Committee'."""
    text, base = view.text, view.sentence.start
    inside = {m.ids[0] for m in states_at(bench, view.mentions, mention.start, mention.end)}
    before = next((m for m in view.mentions if m.kind == "state" and 0 <= mention.start - m.end <= 4 and m.form in ("name", "adjective", "metonym", "demonym")), None)
    if before is not None and text[before.end - base : mention.start - base].strip() not in ("'s", "’s", "'", "’", ""):
        before = None
    after = next((m for m in view.mentions if m.kind == "state" and m.start >= mention.end and text[mention.end - base : m.start - base] in (" of ", " of the ")), None)
    return len(inside) == 1 or before is not None or after is not None


def _of_an_organisation(view: View, mention: Mention) -> bool:
    return any(m.kind == "organisation" and m.ids and (mention.start < m.start < mention.end or 0 <= m.start - mention.end < 9) for m in view.mentions)


def _key(fact: BodyFact, seen: dict[str, BodyFact]) -> str:
    """The key of a body already found under a longer or shorter name, else its own."""
    mine = set(fact.name.lower().split())
    for key, other in seen.items():
        theirs = set(other.name.lower().split())
        if (other.members == fact.members or not fact.members) and len(mine & theirs) * 2 > len(mine | theirs):
            return key
    return f"{fact.name.lower()}|{'|'.join(fact.members)}"
