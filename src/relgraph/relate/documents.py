"""Facts of type treaty: named or described documents, with their sides and status. Bodies, whose names have the same grammar, are in `bodies`.

'Agreements' alone is none; 'the agreement' is one named before; 'a protocol was signed' is named by the field that the sentence speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from relgraph.knowledge.entities import Treaty
from relgraph.model import TreatyFact, TreatyStep
from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.bodies import find_bodies, group_size, nearest_group
from relgraph.relate.candidates import Bench, fields, span
from relgraph.relate.modality import modality_of
from relgraph.relate.when import date_of
from relgraph.resolve import Party, View

_ORDER = ("referenced", "planned", "under negotiation", "signed", "ratified", "in force", "implemented", "terminated")
_DATED = frozenset({"signed", "ratified", "in force", "terminated"})
_LENT = frozenset({"loan", "credit", "grant", "financing", "guarantee"})
_SURE = {"both-named": 0.06, "side-of-the-pair": 0.04, "inherited": 0.02, "side-of-the-main-pair": 0.0, "main-pair": -0.05, "inherited-across": -0.03, "with-the-anchor": -0.08, "group-named": -0.02}


def find_documents(bench: Bench) -> None:
    """Add treaties by name or description, and bodies."""
    _treaties(bench)
    find_bodies(bench)


def _treaties(bench: Bench) -> None:
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    labels = {e.id: e.label or e.id for e in lexicon.section("statuses")}
    found: list[TreatyFact] = []
    views = bench.resolved.views
    for view in [*views[1:], *views[:1]]:
        for mention in _mentions(bench, view):
            fact = _fact(bench, view, mention, labels, found)
            if fact is None:
                continue
            if fact.modality is not None:
                bench.unasserted.append(fact)
                continue
            old = next((n for n, other in enumerate(found) if _same(fact, other)), None)
            if old is None:
                if view.sentence.index or not any(set(fact.parties) <= set(f.parties) for f in found):
                    found.append(fact)
            else:
                found[old] = _joined(found[old], fact)
    bench.facts += found


def _mentions(bench: Bench, view: View) -> list[Mention]:
    """The documents of a sentence that aren't part of another name; one of the reference wins over the same one by grammar."""
    names = [m for m in view.mentions if (m.kind == "organisation" and m.ids) or m.kind in ("body", "place") or (m.kind == "organisation" and m.form == "unknown")]
    known = [m for m in view.of_kind("treaty") if m.ids]
    chosen = []
    for mention in [*known, *(d for d in view.of_kind("document") if not any(k.start < d.end and d.start < k.end for k in known))]:
        if any(n.start < mention.end and mention.start < n.end and not (mention.start < n.start and n.end <= mention.end) for n in names):
            bench.reject(view, mention.start, mention.end, "treaty", "inside-a-name")
            continue
        chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _fact(bench: Bench, view: View, mention: Mention, labels: Mapping[str, str], found: list[TreatyFact]) -> TreatyFact | None:
    document = mention.value if isinstance(mention.value, Document) else None
    lexicon = bench.knowledge.lexicon(bench.article.language)
    small: Mapping[str, list[str]] = lexicon.lists["small_words"] if lexicon is not None else {}
    status, word = _status(view, mention, labels)
    modality, planned = modality_of(view, word.start, word.end) if word is not None else (None, False)
    if planned and word is not None and status in _DATED and any(m.end <= word.start for m in view.of_kind("planned")):
        status = "planned" if status == "signed" else "referenced"  # what will be ratified or enter into force is there already
    listed = _listed_under(bench, view, labels) if word is None else None
    if listed is not None:
        status = listed
    entity = _known(bench, mention, view)
    name, note = mention.text, 0.1 if entity is not None else 0.0
    if document is not None:
        if not document.accepted or document.article in small["none"] or _too_many(document, mention):
            bench.reject(view, mention.start, mention.end, "treaty", "not-a-document", "name")
            return None
        name = document.name
        if not document.subject:
            earlier = next((f for f in reversed(found) if _head(f.name) == document.head), None)
            if earlier is not None and document.article in (*small["definite"], "") and not document.plural:
                if word is None or modality is not None:
                    return None
                return msgspec.structs.replace(earlier, status=status, steps=(TreatyStep(status=status),), evidence=bench.evidence(view))
            field = None if document.plural or word is None or status not in _DATED or not document.article else _field(bench, view, mention)
            if field is None and not _formal_title(mention):
                bench.reject(view, mention.start, mention.end, "treaty", "not-a-document", "name")
                return None
            if field is not None:
                name, note = f"{name} on {field.key}", -0.1
    parties = tuple(sorted(bench.knowledge.reference.name(p) for p in entity.parties)) if entity is not None and len(entity.parties) <= 6 else _parties(bench, view, mention, document, name)
    if len(parties) < 2:
        bench.reject(view, mention.start, mention.end, "treaty", "no-pair", "parties")
        return None
    if word is None and listed is None and entity is None and not (_titled(name) or (document is not None and document.article in small["definite"] and len(name.split()) > 3)):
        bench.reject(view, mention.start, mention.end, "treaty", "no-cue", "status")
        return None
    date = date_of(bench, view, word.start, word.end)[0] if word is not None and status in _DATED else None
    confidence = (0.74 if word is not None else 0.62) + note + _SURE.get(view.focus_reason, 0.0)
    spans = [span("name", mention.start, mention.end)] + ([span("trigger", word.start, word.end)] if word is not None else [])
    return TreatyFact(**fields(
        name=name, parties=parties, status=status, date=date, steps=(TreatyStep(status=status, date=date),), evidence=bench.evidence(view),
        spans=tuple(sorted(spans, key=lambda s: s.start)), rule="treaty.known" if entity else "treaty.described" if note >= 0 else "treaty.by-field",
        confidence=round(confidence, 3), ids={**bench.ids(parties), name: entity.id if entity else None}, modality=modality,
    ))  # fmt: skip


def _listed_under(bench: Bench, view: View, labels: Mapping[str, str]) -> str | None:
    """The status of papers that this sentence lists and the one before it reports: 'Ten documents were signed. Among the papers are ...'."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    low = set(re.findall(r"\w+", view.text.lower()))
    if lexicon is None or not low & lexicon.words("papers"):
        return None
    for earlier in bench.resolved.views:
        if 1 <= view.sentence.index - earlier.sentence.index <= 2 and earlier.sentence.index:
            words = [w for w in earlier.of_kind("status") if labels[w.key] in ("signed", "planned", "ratified")]
            if words:
                return labels[words[0].key]
    return None


def _too_many(document: Document, mention: Mention) -> bool:
    """Whether a plural stands for papers in general: 'commercial contracts', 'accords of the two leaders'."""
    if not document.plural:
        return False
    rest = document.name.lower().split(f"{mention.text.lower().split()[-1]}")[-1] if not document.subject else document.name
    return (not document.article and not re.search(r"\s(?:on|between|for)\s", rest)) or re.search(r"^\w+\sof\s", document.name) is not None


def _formal_title(mention: Mention) -> bool:
    return len(mention.text.split()) > 2 and mention.text[:1].isupper()


def _titled(name: str) -> bool:
    return sum(w[:1].isupper() for w in name.split()) > 2


def _head(name: str) -> str:
    words = re.split(r"\s(?:on|of|between|for)\s", name.lower())[0].split()
    return words[-1] if words else ""


def _field(bench: Bench, view: View, mention: Mention) -> Mention | None:
    """The field that a bare document is about: the topic nearest before it in its sentence, else in the sentence before."""
    for here in (view, *(v for v in bench.resolved.views if v.sentence.index == view.sentence.index - 1 and v.sentence.index > 0)):
        named = [m for m in here.mentions if m.kind in ("body", "organisation", "place") or (m.kind == "office" and m.start > mention.start)]
        topics = [t for t in here.of_kind("topic") if not any(n.start <= t.start and t.end <= n.end for n in named)]
        before = [t for t in topics if here is not view or t.end <= mention.start]
        if before:
            return before[-1]
    return None


def _parties(bench: Bench, view: View, mention: Mention, document: Document | None, name: str) -> tuple[str, ...]:
    """The sides: named with the document, else those of its sentence, else the pair in focus. For a loan, lender and borrower."""
    low = set(name.lower().split())
    organisations = [p for p in view.parties if p.kind == "organisation"]
    if document is not None and document.partner is not None:
        start, end = document.partner
        inside = [p for p in view.parties if start <= p.start < end + 1 and p.form != "adjective"]
        named = _sides([p for n, p in enumerate(inside) if not (p.kind == "state" and any(q.kind == "organisation" for q in inside[n + 1 : n + 2]))])
        if len(named) > 1:
            return named
        if len(named) == 1:
            before = _sides([p for p in view.parties if p.end <= mention.start and p.kind != "person"] or [p for p in view.parties if p.end <= mention.start])
            whole = tuple(sorted({*named, *(before or tuple(s for s in view.focus if s not in named)[:1])}))
            if len(whole) > 1:
                return whole
    if low & _LENT and organisations and len(view.explicit) == 1:
        return tuple(sorted({organisations[0].name, view.explicit[0]}))
    size = group_size(bench, name)
    if size:
        group = nearest_group(bench, view, size)
        if group:
            return group
    if 2 <= len(view.explicit) <= 8:
        return tuple(sorted(view.explicit))
    return tuple(sorted(view.focus)) if 2 <= len(view.focus) <= 8 else ()


def _sides(parties: list[Party]) -> tuple[str, ...]:
    return tuple(sorted({p.state or p.name if p.kind != "organisation" else p.name for p in parties}))


def _known(bench: Bench, mention: Mention, view: View) -> Treaty | None:
    reference = bench.knowledge.reference
    if mention.kind != "treaty":
        return None
    entities = [e for i in mention.ids if isinstance(e := reference.entities[i], Treaty)]  # type: ignore[index]
    focus = set(view.focus)
    fitting = [e for e in entities if {reference.name(p) for p in e.parties} == focus] or [e for e in entities if focus and {reference.name(p) for p in e.parties} >= focus]
    if len(fitting) == 1 or (fitting and len(focus) >= 2):
        return fitting[0]
    return entities[0] if len(entities) == 1 and len(entities[0].name.split()) > 3 and not focus else None


def _status(view: View, mention: Mention, labels: Mapping[str, str]) -> tuple[str, Mention | None]:
    """Return the status that the words of the sentence give a document, and the word: the nearest, one before it counting at any distance."""
    best: tuple[int, int, Mention] | None = None
    text, base = view.text, view.sentence.start
    documents = view.of_kind("document")
    for word in view.of_kind("status"):
        if any(d.start <= word.start < d.end and word.text.lower() in (d.value.name if isinstance(d.value, Document) else d.text).lower() for d in (mention, *documents)):
            continue
        if word.end <= mention.start:
            gap = text[word.end - base : mention.start - base]
            distance = len(gap) if len(gap) < 60 else 60 + (len(gap) - 60) // 4
        else:
            gap = text[mention.end - base : word.start - base]
            distance = len(gap) + 4
        if ";" in gap or distance > 160 or (word.start > mention.end and len(gap) > (150 if ", which" in gap else 90)):
            continue
        rank = (distance, -_ORDER.index(labels[word.key]), word)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return (labels[best[2].key], best[2]) if best is not None else ("referenced", None)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", name.lower())) - {"the", "and", "for", "between", "with"}


def _same(fact: TreatyFact, other: TreatyFact) -> bool:
    """Whether two mentions are of one document: the same sides, and names that share half of their words."""
    mine, theirs = _words(fact.name), _words(other.name)
    shared = len(mine & theirs)
    sides = fact.parties == other.parties or set(fact.parties) <= set(other.parties) or set(other.parties) <= set(fact.parties)
    return sides and bool(mine and theirs) and shared * 2 >= len(mine | theirs)


def _joined(old: TreatyFact, new: TreatyFact) -> TreatyFact:
    """The later status counts; all steps are kept, and the fuller name."""
    best = new if _ORDER.index(new.status or "referenced") > _ORDER.index(old.status or "referenced") else old
    name = max(old.name, new.name, key=len)
    steps = tuple(dict.fromkeys([*old.steps, *new.steps]))
    return msgspec.structs.replace(best, name=name, parties=max(old.parties, new.parties, key=len), ids={**old.ids, **new.ids, name: old.ids.get(old.name) or new.ids.get(new.name)},
                                   steps=tuple(s for s in steps if s.status != "referenced") or steps, confidence=max(old.confidence, new.confidence))  # fmt: skip
