"""Facts of type treaty and body: named or described documents and standing mechanisms, with their sides and status."""

from __future__ import annotations

import re

import msgspec

from relgraph.knowledge.entities import Body, Treaty
from relgraph.model import BodyFact, TreatyFact, TreatyStep
from relgraph.recognise.mentions import DateValue, Mention
from relgraph.relate.candidates import Bench, fields, span
from relgraph.relate.modality import modality_of
from relgraph.relate.when import date_of
from relgraph.resolve import View

_ORDER = ("referenced", "planned", "under negotiation", "signed", "ratified", "in force", "implemented", "terminated")
_VAGUE = frozenset({"agreement", "agreements", "deal", "contract", "contracts", "programme", "program", "plan", "arrangement", "accord", "protocol", "treaty", "concept",
                    "memorandum", "charter", "pact", "deals", "roadmap", "memorandums", "treaties", "protocols", "memoranda", "convention", "accords"})  # fmt: skip
_SKIP = frozenset("previous earlier reached such these those several bilateral other many various all new existing any further some mutual same intergovernmental".split())


def find_documents(bench: Bench) -> None:
    """Add treaties by name or description, and bodies."""
    _treaties(bench)
    _bodies(bench)


def _treaties(bench: Bench) -> None:
    found: dict[str, TreatyFact] = {}
    lexicon = bench.knowledge.lexicon(bench.article.language)
    labels = {e.id: e.label or e.id for e in lexicon.section("statuses")} if lexicon else {}
    for view in bench.resolved.views:
        named = [m for m in view.of_kind("treaty") if m.ids]
        for mention in [*named, *(d for d in view.of_kind("document") if not any(n.start < d.end and d.start < n.end for n in named))]:
            if any(b.start <= mention.start and mention.end <= b.end for b in view.of_kind("body")):
                bench.reject(view, mention.start, mention.end, "treaty", "inside-a-name")
                continue
            status, word = _status(view, mention, labels)
            name = _name(mention)
            generic = mention.kind == "document" and (name is None)
            if generic:
                bench.reject(view, mention.start, mention.end, "treaty", "not-a-document", "name")
                continue
            entity = _known(bench, mention, view)
            parties = tuple(bench.knowledge.reference.name(p) for p in entity.parties) if entity is not None and len(entity.parties) <= 6 else view.focus
            if entity is None and view.focus_reason == "main-pair" and status == "referenced":
                parties = ()
            if len(parties) < 2:
                bench.reject(view, mention.start, mention.end, "treaty", "no-pair", "parties")
                continue
            if mention.kind == "document" and status == "referenced" and not (mention.text[:1].isupper() and len(mention.text.split()) > 2):
                bench.reject(view, mention.start, mention.end, "treaty", "no-cue", "status")
                continue
            modality, planned = modality_of(view, word.start, word.end) if word is not None else (None, False)
            if planned and status == "signed":
                status = "planned"
            date = date_of(bench, view, word.start, word.end)[0] if word is not None and status in ("signed", "ratified", "in force", "terminated") else None
            confidence = 0.85 if entity is not None else 0.7 if word is not None else 0.6
            if view.focus_reason in ("main-pair", "inherited-across", "with-the-anchor"):
                confidence -= 0.12
            if not any(len(w) > 3 and w[:1].isupper() for w in mention.text.split()[1:]) and entity is None:
                confidence -= 0.05
            spans = [span("name", mention.start, mention.end)] + ([span("trigger", word.start, word.end)] if word is not None else [])
            fact = TreatyFact(**fields(
                name=name or mention.text, parties=parties, status=status, date=date, steps=(TreatyStep(status=status, date=date),), evidence=bench.evidence(view),
                spans=tuple(sorted(spans, key=lambda s: s.start)), rule="treaty.known" if entity else "treaty.described", confidence=round(confidence, 3),
                ids={**bench.ids(parties), (name or mention.text): entity.id if entity else None}, modality=modality,
            ))  # fmt: skip
            if modality in ("denied", "cancelled", "postponed", "alleged", "wished", "hypothetical"):
                bench.unasserted.append(fact)
                continue
            fact = msgspec.structs.replace(fact, modality=None)
            key = _key(name or mention.text, parties, found)
            old = found.get(key)
            if old is None:
                found[key] = fact
            else:
                best = fact if _ORDER.index(fact.status or "referenced") > _ORDER.index(old.status or "referenced") else old
                found[key] = msgspec.structs.replace(best, name=max(old.name, fact.name, key=len) if best.ids else best.name,
                                                     ids={**old.ids, **fact.ids}, steps=tuple(dict.fromkeys([*old.steps, *fact.steps])), confidence=max(old.confidence, fact.confidence))  # fmt: skip
    bench.facts += found.values()


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", name.lower())) - {"the", "and", "for", "between", "with"}


def _key(name: str, parties: tuple[str, ...], found: dict[str, TreatyFact]) -> str:
    mine = _words(name)
    for key, other in found.items():
        theirs = _words(other.name)
        if other.parties == parties and mine and theirs and len(mine & theirs) / len(mine | theirs) >= 0.5:
            return key
    return f"{name.lower()}|{'|'.join(parties)}"


def _name(mention: Mention) -> str | None:
    """Return the name of a document, None for a bare or vague 'agreements'."""
    if mention.kind == "treaty":
        return mention.text
    words = [w for w in re.findall(r"[\w'’-]+", mention.text)]
    low = [w.lower() for w in words]
    while low and low[0] in _SKIP:
        low, words = low[1:], words[1:]
    content = [w for w in low if w not in _VAGUE and w not in ("of", "on", "the", "and", "a", "understanding", "cooperation", "for", "in", "its", "their", "this", "signed", "documents", "action", "letter", "intent")]
    if not content or (len(words) < 2):
        return None
    if len(words) > 14:
        return None
    return " ".join(words)


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


def _status(view: View, mention: Mention, labels: dict[str, str]) -> tuple[str, Mention | None]:
    """Return the status that the words beside a document give it, and the word."""
    near = [m for m in view.of_kind("status") if (m.end <= mention.start and mention.start - m.end < 80) or (m.start >= mention.end and m.start - mention.end < 60)]
    near = [m for m in near if not (mention.start <= m.start < mention.end)]
    if not near:
        return "referenced", None
    word = min(near, key=lambda m: (mention.start - m.end if m.end <= mention.start else m.start - mention.end, -_ORDER.index(labels[m.key])))
    return labels[word.key], word


def _bodies(bench: Bench) -> None:
    reference = bench.knowledge.reference
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for view in bench.resolved.views:
        named = view.of_kind("body")
        mentions = [m for m in named if not any(o is not m and o.start <= m.start and m.end <= o.end and (o.end - o.start, bool(o.ids)) > (m.end - m.start, bool(m.ids)) for o in named)]
        for mention in mentions:
            entity = None
            options = [e for i in mention.ids if isinstance(e := reference.entities[i], Body)]  # type: ignore[index]
            focus = set(view.focus)
            for option in options:
                members = {reference.name(m) for m in option.members}
                if members == focus or (len(members) > 2 and len(options) == 1) or (len(options) == 1 and focus <= members):
                    entity = option
                    break
            capital = mention.text[:1].isupper()
            members = tuple(sorted(reference.name(m) for m in entity.members)) if entity is not None else tuple(view.focus)
            if entity is None and (not 2 <= len(members) <= 6 or _of_an_organisation(view, mention)):
                bench.reject(view, mention.start, mention.end, "body", "unknown-members", "members")
                continue
            name = mention.text.replace("\n", " ")
            if len(name.split()) < 2 or re.search(r"(?i)security council|board of|of directors|of ministers|united nations|european|national|federal|presidential|state committee|central committee|federation council", name):
                bench.reject(view, mention.start, mention.end, "body", "not-a-document", "name")
                continue
            if (name.lower(), members) in seen:
                continue
            seen.add((name.lower(), members))
            confidence = 0.85 if entity is not None else 0.7 if capital else 0.6
            if view.focus_reason in ("main-pair", "inherited-across"):
                confidence -= 0.1
            bench.facts.append(BodyFact(name=name, members=members, evidence=bench.evidence(view), spans=(span("name", mention.start, mention.end),),
                                        rule="body.known" if entity else "body.described", confidence=confidence, ids={**bench.ids(members), name: entity.id if entity else None}))  # fmt: skip


def _of_an_organisation(view: View, mention: Mention) -> bool:
    return any(p.kind == "organisation" and abs(p.start - mention.end) < 12 for p in view.parties)


def dated(view: View) -> list[Mention]:
    """Return the resolved dates of a sentence."""
    return [m for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso]
