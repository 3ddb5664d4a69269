"""Corrections laid over the facts of one article.

A correction finds its fact by what it says (the hash in its id, or its words) and by where (the article or a reprint of it, and the sentence).
Offsets play no part, so that it survives an edited page and a better extraction.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from relgraph.corrections.entries import Correction, Corrections
from relgraph.errors import KnowledgeError
from relgraph.graph.words import described
from relgraph.knowledge.reference import Reference
from relgraph.model import AnyFact, Article, ArticleFacts, content, with_id
from relgraph.periods import bounds

_ALIKE = 0.85
"""How alike two sentences are that are one: a publisher's later touch, not another sentence."""
_NAMES = ("person", "of", "participants", "visitor", "host", "between", "members", "parties", "attributed_to", "from", "to", "name", "session_of")


class Made(msgspec.Struct, frozen=True):
    """What a correction did: the fact it met, and the fact that stands now, None where it was rejected."""

    correction: Correction
    before: str
    after: str | None


class Corrected(msgspec.Struct, frozen=True):
    """The facts of an article as corrected, and what was done."""

    facts: ArticleFacts
    made: tuple[Made, ...] = ()


class _Standing(msgspec.Struct):
    """A fact while it is being corrected: as it is now, and as it has been."""

    fact: AnyFact | None
    was: list[AnyFact]
    asserted: bool


def apply(article: Article, facts: ArticleFacts, corrections: Corrections, reference: Reference) -> Corrected:
    """Return the facts of an article as corrected.

    Raises:
        KnowledgeError: An edit sets a field that the fact hasn't, or to a value that it can't have.
    """
    found = corrections.concerning(article)
    if not found:
        return Corrected(facts)
    standing = [_Standing(f, [f], True) for f in facts.facts] + [_Standing(f, [f], False) for f in facts.unasserted]
    made: list[Made] = []
    for correction in sorted(found, key=lambda c: c.verdict != "name"):
        for one in standing:
            if one.fact is None:
                continue
            changed = _renamed(one.fact, correction, article.id, reference) if correction.verdict == "name" else _judged(one, correction, article, reference, corrections.path)
            if changed is one.fact:
                continue
            made.append(Made(correction, one.fact.id, changed.id if changed is not None else None))
            one.fact = changed
            one.was += [changed] if changed is not None else []
    return Corrected(msgspec.structs.replace(facts, facts=_once(standing, asserted=True), unasserted=_once(standing, asserted=False)), tuple(made))


def _once(standing: Iterable[_Standing], *, asserted: bool) -> tuple[AnyFact, ...]:
    """The facts that stand, each once, with the ids that events they are part of have now."""
    kept = {one.fact.id: one.fact for one in reversed(list(standing)) if one.fact is not None and one.asserted == asserted}
    moved = {was.id: one.fact.id if one.fact is not None else None for one in standing for was in one.was}
    whole = {}
    for key, fact in reversed(kept.items()):
        part_of = getattr(fact, "part_of", None)
        whole[key] = msgspec.structs.replace(fact, part_of=moved.get(part_of, part_of)) if part_of else fact
    return tuple(whole.values())


def _judged(one: _Standing, correction: Correction, article: Article, reference: Reference, path: str) -> AnyFact | None:
    """The fact after a verdict on it: itself, surer, edited or None."""
    fact = one.fact
    if fact is None or not any(says_same(correction, was) for was in one.was) or not (correction.everywhere or _same_sentence(correction, fact)):
        return fact
    if correction.verdict == "reject":
        return None
    if correction.verdict == "accept":
        # a new object even where it was sure before: that somebody looked is worth a record
        return msgspec.structs.replace(fact, confidence=1.0)
    return edited(fact, correction, article.id, reference, path)


def says_same(correction: Correction, fact: AnyFact) -> bool:
    """Whether a fact says what a correction is about: by the hash of its content, or in the same words."""
    if correction.fact and correction.fact.rsplit("-", 2)[1:] == fact.id.rsplit("-", 2)[1:]:
        return True
    return bool(correction.says) and _words(correction.says) == _words(described(fact, {}))


def _words(said: str) -> str:
    """What a line says without what stands in brackets: titles, which change with the reference."""
    return " ".join(re.sub(r"\([^()]*\)", " ", said).casefold().replace(" ,", ",").split()).replace(" ,", ",")


def _same_sentence(correction: Correction, fact: AnyFact) -> bool:
    if not correction.quote:
        return True
    wanted = _plain(correction.quote)
    return any(alike(wanted, _plain(e.quote)) for e in fact.evidence)


def alike(one: str, other: str) -> bool:
    """Whether two sentences are one, perhaps touched."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return one == other or (matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE)


def _plain(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.casefold()))


def edited(fact: AnyFact, correction: Correction, article_id: str, reference: Reference, path: str = "") -> AnyFact:
    """Return a fact with the fields that a correction sets, sure, and with the ids of new names.

    Raises:
        KnowledgeError: The fact has no such field, or it can't have that value.
    """
    plain = msgspec.to_builtins(fact)
    allowed = {f.encode_name for f in msgspec.structs.fields(type(fact))} - {"id", "evidence", "rule", "spans", "ids", "confidence"}
    unknown = sorted(set(correction.change) - allowed)
    if unknown:
        raise KnowledgeError(f"a fact of type {plain['type']} has no field '{unknown[0]}'", path=path, line=correction.line, hint=f"there are: {', '.join(sorted(allowed))}")
    for field, said in ((f, correction.change.get(f)) for f in ("date", "period")):
        if said is not None and (not isinstance(said, str) or bounds(said) is None):
            raise KnowledgeError(f"can't be set: {field} '{said}' is no date", path=path, line=correction.line, hint="a date reads 2025, 2025-07, 2025-07-12 or 2025-07-12/2025-07-14")
    ids = dict(plain.get("ids", {}))
    for field in _NAMES:
        for name in _listed(correction.change.get(field)):
            ids.setdefault(name, _known(name, reference)[1])
    try:
        changed = msgspec.convert(plain | dict(correction.change) | {"ids": ids, "confidence": 1.0}, type(fact))
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"can't be set: {error}", path=path, line=correction.line) from error
    return with_id(changed, article_id)


def _renamed(fact: AnyFact, correction: Correction, article_id: str, reference: Reference) -> AnyFact:
    """The fact with one name for another; itself when it doesn't have the name, or not in this article."""
    if correction.articles and article_id not in correction.articles:
        return fact
    plain = msgspec.to_builtins(fact)
    name, entity_id = _known(correction.means, reference) if correction.means else (correction.name, None)
    if correction.name not in {n for field in _NAMES for n in _listed(plain.get(field))} | {s.get("by") for s in plain.get("steps", [])}:
        return fact
    if name == correction.name and plain.get("ids", {}).get(name) == entity_id:
        return fact
    for field in _NAMES:
        value = plain.get(field)
        if isinstance(value, list | tuple):
            plain[field] = list(dict.fromkeys(name if v == correction.name else v for v in value))
        elif value == correction.name:
            plain[field] = name
    for step in plain.get("steps", []):
        if step.get("by") == correction.name:
            step["by"] = name
    plain["ids"] = {k: v for k, v in plain.get("ids", {}).items() if k != correction.name} | {name: entity_id}
    return with_id(msgspec.convert(plain, type(fact)), article_id)


def _known(said: str, reference: Reference) -> tuple[str, str | None]:
    """The name and id of what a name or an id means, the name alone where the reference hasn't one entity for it."""
    found: Sequence[str] = reference.find(said)
    return (reference.name(found[0]), found[0]) if len(found) == 1 else (said, None)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)] if isinstance(value, list | tuple) else []


def nearest(correction: Correction, facts: Iterable[AnyFact]) -> AnyFact | None:
    """Return a fact of the correction's type that rests on its sentence now, for the message about one that met nothing."""
    kind = correction.fact.rsplit("-", 2)[-2] if correction.fact.count("-") >= 2 else ""
    return next((f for f in facts if correction.quote and _same_sentence(correction, f) and kind in ("", content(f)["type"])), None)
