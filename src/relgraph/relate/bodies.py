"""Facts of type body: standing councils, commissions and funds of states, with their members."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relgraph.knowledge.entities import Body, Organisation, State
from relgraph.knowledge.lexicon import either
from relgraph.model import BodyFact, EntityId
from relgraph.recognise.mentions import Mention
from relgraph.relate.candidates import Bench, span
from relgraph.relate.sides import group_size, nearest_group, pair_of_text, states_at, states_of_body
from relgraph.resolve import View

_FORMATS = frozenset({"dialogue format", "joint mechanism"})
_MOST = 40  # bodies of one sentence
_BASE = {"both-named": 0.75, "side-of-the-pair": 0.72, "inherited": 0.7, "side-of-the-main-pair": 0.68, "main-pair": 0.6, "inherited-across": 0.64, "with-the-anchor": 0.58, "group-named": 0.62}


def find_bodies(bench: Bench) -> None:
    """Add each body once, with the members that its name, the reference or the pair in focus gives."""
    seen: dict[str, BodyFact] = {}
    views = bench.resolved.views
    for view in [*views[1:], *views[:1]]:
        named = view.of_kind("body")[:_MOST]
        formats = [m for m in view.of_kind("organisation")[: 2 * _MOST] if _format_of(bench, m) and _standing(bench, view, m) and not any(b.start < m.end and m.start < b.end for b in named)]
        for mention in [*named, *formats[:_MOST]]:
            if any(_covers(other, mention) for other in named):
                continue
            if any(d.start == mention.start and mention.end < d.end for d in view.of_kind("document", "treaty")):
                bench.reject(view, mention.start, mention.end, "body", "inside-a-name")
                continue
            around = [o for o in view.mentions if o.kind == "organisation" and o.ids and o.start <= mention.start and mention.end <= o.end and o not in formats]
            joint = len(_members_in_name(bench, view, mention)) >= 2 or any((o.start, o.end) == (mention.start, mention.end) and _is_mechanism(bench, o) for o in around)
            if around and not joint:
                bench.reject(view, mention.start, mention.end, "body", "inside-a-name")
                continue
            fact = _fact(bench, view, mention, _reference_of(named, mention))
            if fact is None:
                continue
            if not view.sentence.index and any(set(fact.members) <= set(f.members) for f in seen.values()):
                continue  # a headline says in short what the text names
            key = _key(fact, seen)
            if key not in seen or (fact.confidence > seen[key].confidence and view.sentence.index and len(fact.name.split()) * 2 > len(seen[key].name.split())):
                seen[key] = fact
    bench.facts += seen.values()


def _format_of(bench: Bench, mention: Mention) -> Organisation | None:
    """The dialogue format or joint fund of states that a mention names: a mechanism more than an organisation, so a body."""
    entity = bench.knowledge.reference.entities.get(mention.ids[0]) if mention.ids else None  # type: ignore[call-overload]
    return entity if isinstance(entity, Organisation) and entity.kind in _FORMATS and entity.memberships else None


def _is_mechanism(bench: Bench, mention: Mention) -> bool:
    """Whether an organisation's name says that it only coordinates what states do together."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    return lexicon is not None and bool(set(mention.text.lower().split()) & lexicon.words("mechanism_words"))


def _standing(bench: Bench, view: View, mention: Mention) -> bool:
    """Whether a format is named as a mechanism rather than as one of its meetings."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    nouns = lexicon.words("format_nouns") if lexicon is not None else frozenset()
    low = mention.text.lower().split()
    after = view.text[mention.end - view.sentence.start :].lstrip("\"'”’ ").split()[:1]
    before = view.text[: mention.start - view.sentence.start].lower().split()[-2:]  # 'the dialogue entitled X'
    return bool(set(low) & nouns) or bool(set(before) & nouns) or bool(after and after[0].strip(".,;").lower() in nouns)


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
    focus = frozenset(pair_of_text(bench, view))
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
    chosen: tuple[str, ...] = ()
    organ = entity is not None and entity.kind == "organ"
    format_of = _format_of(bench, mention)
    if entity is not None and (mention.text.lower().endswith(_gatherings(bench)) or organ):
        if mention.text.lower().endswith(_gatherings(bench)):
            bench.reject(view, mention.start, mention.end, "body", "other-sense", "name")
            return None
        chosen, confidence = (), 0.7  # an organ of an organisation has that one's members
    elif format_of is not None:
        chosen, confidence = tuple(sorted(reference.name(m.actor) for m in format_of.memberships)), 0.75
    elif len(inside) > 2:
        chosen, confidence = inside, 0.85
    elif entity is not None:
        chosen, confidence = states_of_body(bench, entity), 0.85
    elif len(inside) > 1:
        chosen, confidence = inside, 0.9
    elif (around := _memberships(bench, view, mention)) is not None:
        chosen, confidence = around, 0.75
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


def _gatherings(bench: Bench) -> tuple[str, ...]:
    lexicon = bench.knowledge.lexicon(bench.article.language)
    return tuple(sorted(lexicon.words("gatherings"))) if lexicon is not None else ()


def _members_in_name(bench: Bench, view: View, mention: Mention) -> tuple[str, ...]:
    """The states that a name holds or that follow it: 'Uzbek-Kyrgyz Fund', 'Council of Kazakhstan and the Kyrgyz Republic'; a region stands for its states."""
    reference = bench.knowledge.reference
    states = states_at(bench, view.mentions, mention.start, mention.end)
    text, base = view.text, view.sentence.start
    lexicon = bench.knowledge.lexicon(bench.article.language)
    links, genitive = (lexicon.words("body_links"), lexicon.words("genitive")) if lexicon is not None else (frozenset[str](), frozenset[str]())
    at = mention.end
    for m in states_at(bench, view.mentions, mention.end, view.sentence.end):
        gap = text[at - base : m.start - base]
        if len(gap) > 18 or any(c in gap for c in ".;:,") or m.form == "metonym":
            break
        if len(gap.split()) > 3 or (at == mention.end and links.isdisjoint(gap.split()[:1])):
            break
        states.append(m)
        at = m.end
    names: dict[str, None] = {}
    for m in states:
        entity = reference.entities[m.ids[0]]  # type: ignore[index]
        if isinstance(entity, State) and entity.kind == "region":
            joined = text[m.start - base - 1 : m.start - base] in ("-", "+") or text[m.end - base : m.end - base + 1] in ("-", "+")
            if m.form == "name" and not joined and not text[: m.start - base].rstrip().endswith(tuple(f" {w}" for w in genitive)):
                continue
            names.update(dict.fromkeys(reference.name(s) for s in entity.members))
        else:
            names[entity.name] = None
    for m in view.of_kind("organisation"):
        partner = reference.entities.get(EntityId(m.ids[0])) if m.ids and mention.start <= m.start and m.end < mention.end else None
        if isinstance(partner, Organisation) and partner.kind == "supranational" and names:
            names[partner.name] = None  # 'the Kazakhstan - European Union Cooperation Council'
    if not names:
        names.update(dict.fromkeys(_states_in_words(bench, mention.text)))
    return tuple(sorted(names))


def _memberships(bench: Bench, view: View, mention: Mention) -> tuple[str, ...] | None:
    """The members by the reference of the organisation that a body is, if it is one."""
    for o in view.of_kind("organisation"):
        entity = bench.knowledge.reference.entities.get(o.ids[0]) if o.ids else None  # type: ignore[call-overload]
        if (o.start, o.end) == (mention.start, mention.end) and isinstance(entity, Organisation):
            return tuple(sorted(bench.knowledge.reference.name(m.actor) for m in entity.memberships if m.end is None and m.kind == "member"))
    return None


def _states_in_words(bench: Bench, text: str) -> list[str]:
    """The states whose adjectives a name of the reference holds: it was recognised as a whole."""
    reference = bench.knowledge.reference
    words = set(re.split(r"[\s+-]+", text))
    lexicon = bench.knowledge.lexicon(bench.article.language)
    of, plus = (either(lexicon.words(name) if lexicon is not None else ()) for name in ("genitive", "plus_words"))
    found = [s.name for s in reference.states if s.kind != "region" and (s.name in words or not words.isdisjoint(s.adjectives))]
    for region in reference.regions:
        if region.name in text and re.search(rf"(?:\b{of} |[-+] ?|\b{plus} ){re.escape(region.name)}\b|{re.escape(region.name)}(?: ?[-+]| {plus}\b)", text):
            found += [reference.name(m) for m in region.members]
    return found


def _one_sided(bench: Bench, view: View, mention: Mention) -> bool:
    """Whether exactly one state stands in the name or right before it: 'Kyrgyz parliament's committee', 'Tajikistan's State Committee'."""
    text, base = view.text, view.sentence.start
    lexicon = bench.knowledge.lexicon(bench.article.language)
    links = {f" {' '.join(w)} " for of in (lexicon.words("genitive") if lexicon is not None else ()) for w in ((of,), *((of, the) for the in (lexicon.words("articles") if lexicon is not None else ())))}
    inside = {m.ids[0] for m in states_at(bench, view.mentions, mention.start, mention.end)}
    before = next((m for m in view.mentions if m.kind == "state" and 0 <= mention.start - m.end <= 4 and m.form in ("name", "adjective", "metonym", "demonym")), None)
    if before is not None and text[before.end - base : mention.start - base].strip() not in (*bench.possessive, "'", "’", ""):
        before = None
    after = next((m for m in view.mentions if m.kind == "state" and m.start >= mention.end and text[mention.end - base : m.start - base] in links), None)
    return len(inside) == 1 or before is not None or after is not None


def _of_an_organisation(view: View, mention: Mention) -> bool:
    return any(m.kind == "organisation" and m.ids and (mention.start < m.start < mention.end or 0 <= m.start - mention.end < 9) for m in view.mentions)


def _key(fact: BodyFact, seen: dict[str, BodyFact]) -> str:
    """The key of a body already found under a longer or shorter name, else its own."""
    mine = set(fact.name.lower().split())
    for key, other in seen.items():
        theirs = set(other.name.lower().split())
        same = other.members == fact.members or not fact.members
        if same and (len(mine & theirs) * 2 > len(mine | theirs) or (len(mine & theirs) >= 2 and (mine <= theirs or theirs <= mine))):
            return key
    return f"{fact.name.lower()}|{'|'.join(fact.members)}"
