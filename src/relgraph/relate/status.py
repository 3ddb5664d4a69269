"""The status of a document: which word of its sentence tells it, and whether that is done, planned or unasserted.

A word before a document governs it ('ratified the treaty'), one right after it describes it ('the treaty signed in 1999'); where nothing stands before,
the document is what the sentence speaks of and the last step told after it counts ('the treaty that they signed in 1999 has been ratified').
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from relgraph.model import Modality
from relgraph.recognise.mentions import Document, Mention
from relgraph.relate.modality import Modals, modality_of
from relgraph.relate.wording import Wording
from relgraph.resolve import View

ORDER = ("referenced", "planned", "under negotiation", "signed", "ratified", "in force", "implemented", "terminated")
DATED = frozenset({"signed", "ratified", "in force", "terminated"})
_FAR = 600  # characters between a verb and the last document of its list, at most
_NEAR = 40  # documents around one that are looked at, at most
_BEHIND = 130  # characters between a document and a verb after it, at most
_LISTED = 600  # the same where another document stands between: 'a treaty on ... and a protocol on ... were signed'
_OBJECT = 8  # characters between a verb and the document it takes, at most
_CLAUSE = 6  # words before a verb that may open its clause
_CLOSE = 24  # characters between a wish and its document
_WEAK = 45  # the same for a word that means many things ('passed', 'got')


class Status(NamedTuple):
    """A status, the word that tells it, and how it is said."""

    name: str
    word: Mention | None
    modality: Modality | None = None


class StatusWords(NamedTuple):
    """What the lexicon says about words of status."""

    labels: Mapping[str, str]
    weak: frozenset[str]
    infinitives: frozenset[str]
    to: frozenset[str]
    nouns: frozenset[str]
    houses: frozenset[str]
    purposes: frozenset[str]
    conditions: frozenset[str]
    presents: frozenset[str]
    gerunds: tuple[str, ...]
    objects: frozenset[str]
    modals: Modals
    wording: Wording


def status_of(view: View, mention: Mention, words: StatusWords) -> Status:
    """Return the status of a document by the words of its sentence."""
    starts = [m.start for m in view.mentions]
    around = view.mentions[bisect_left(starts, mention.start - _FAR) : bisect_left(starts, mention.end + _FAR)]
    documents = [d for d in around if d.kind in ("document", "treaty")][:_NEAR]
    found = [w for w in around if w.kind == "status" and not _inside_a_name(w, documents)]
    text, base = view.text, view.sentence.start
    before: Mention | None = None
    after: list[Mention] = []
    partner = mention.value.partner if isinstance(mention.value, Document) else None
    stop = max(mention.end, partner[1]) if partner is not None else mention.end
    for word in found:
        if word.end <= mention.start:
            gap = text[word.end - base : mention.start - base]
            nearest = min((d.start for d in documents if d.start >= word.end), default=mention.start)
            far = word.text.lower() in words.weak and nearest - word.end > _WEAK
            signed_under = before is not None and words.labels[word.key] == "referenced" and word.start - before.end < _OBJECT
            if ";" not in gap and len(gap) <= _FAR and not far and not signed_under and (word.text.lower().endswith(words.gerunds) or not _taken(word, mention, documents, text, base)):
                before = word
        elif word.end <= mention.end:
            after.append(word)  # 'agreements were signed on trade'
        elif word.start >= mention.end:
            gap = text[stop - base : word.start - base]
            listed = any(mention.end <= d.start < word.start for d in documents)
            if ";" in gap or len(gap) > (_WEAK if word.text.lower() in words.weak else _LISTED if listed else _BEHIND):
                continue
            if word.text.lower().endswith(words.gerunds) and any(0 <= d.start - word.end < _OBJECT for d in documents):
                continue  # 'a treaty by signing a memorandum'
            after.append(word)
    if before is None and ";" in text[: mention.start - base]:
        before = next((w for w in found if w.end <= mention.start and words.labels[w.key] == "signed"), None)  # '... signed: an agreement on A; a protocol on B'
    adjacent = [w for w in after if w.text.lower() not in words.nouns and len(text[mention.end - base : w.start - base].strip(" ,(")) < 14 and not words.wording.clause.search(text[mention.end - base : w.start - base])]
    chosen = [before, *adjacent[:1]] if before is not None else _own(after, mention, documents, text, base, words)
    if before is not None and (wish := _wished_between(view, before, mention)) is not None:
        return Status("referenced", before, wish)
    if before is not None and not any(mention.end <= d.start for d in documents):
        chosen += [w for w in after if w not in chosen and _of_pronoun(text[w.end - base :], words)]  # 'signed a treaty, and parliament ratified it'
    best = _best(view, [w for w in chosen if w is not None], words)
    if best.modality is not None:
        own = _best(view, _own(after, mention, documents, text, base, words), words)
        return own if own.word is not None and own.modality is None and own.name != "referenced" else best  # 'has yet to ratify the treaty that they signed'
    return best


def _of_pronoun(tail: str, words: StatusWords) -> bool:
    """Whether a verb takes a pronoun for the document: 'ratified it'."""
    follow = re.match(r" (\w+)", tail)
    return follow is not None and follow[1].lower() in words.objects


def _wished_between(view: View, word: Mention, mention: Mention) -> Modality | None:
    """A wish that stands between a word of status and a document, and so governs it: 'noted the signing of a treaty and the need for a contract'."""
    near = [m for m in view.of_kind("modality") if m.key in ("wished", "hypothetical") and word.end <= m.start and m.end <= mention.start and mention.start - m.end < _CLOSE]
    return near[-1].key if near else None  # type: ignore[return-value]


def _best(view: View, chosen: Sequence[Mention], words: StatusWords) -> Status:
    """The furthest step; one that is only planned or wished for counts when there is no other."""
    best: Status | None = None
    for word in chosen:
        status, modality = told(view, word, words)
        here = Status(status, word, modality)
        if best is None or (modality is None) > (best.modality is None) or ((modality is None) == (best.modality is None) and ORDER.index(status) > ORDER.index(best.name)):
            best = here
    return best or Status("referenced", None)


def told(view: View, word: Mention, words: StatusWords) -> tuple[str, Modality | None]:
    """Return what one word tells: 'to sign' plans, 'proposed to sign' wishes, 'will be ratified' says only that it is there already."""
    status = words.labels[word.key]
    modality, planned = modality_of(view, word.start, word.end, words.modals)
    text, base = view.text, view.sentence.start
    low = word.text.lower()
    lead = re.findall(r"[\w']+", text[max(0, word.start - base - 60) : word.start - base].lower())
    if low in words.infinitives and modality is None:
        wish = next((m for m in view.of_kind("modality") if m.key in ("wished", "hypothetical") and m.end <= word.start and word.start - m.end < 70 and not set(",;") & set(text[m.end - base : word.start - base])), None)
        if wish is not None:
            modality = wish.key  # type: ignore[assignment]
        elif lead and lead[-1] in words.to:
            planned = True
    if (lead and lead[-1] in words.purposes) or (len(lead) > 1 and lead[-2] in words.purposes and lead[-1] in words.wording.articles):
        return "referenced", modality  # 'procedures for the entry into force of'
    if _conditional(view, low, lead, words):
        return "referenced", modality
    if status == "approved":
        house = any(w in words.houses for w in re.findall(r"[\w']+", text[: word.end - base].lower()))
        status = "ratified" if house and not planned else "referenced"
    if planned and status == "under negotiation":
        status = "planned"
    if planned and status == "implemented":
        status = "referenced"
    if status == "planned":
        return status, modality
    if (planned and status in DATED and any(m.end <= word.start for m in view.of_kind("planned"))) or (planned and low in words.infinitives):
        status = "planned" if status == "signed" else "referenced"
    elif status == "signed" and low in words.nouns and (planned or any(0 <= word.start - w.end < 25 and words.labels[w.key] == "planned" for w in view.of_kind("status"))):
        status = "planned"  # 'to be followed by the signing of'
    return status, modality


def _conditional(view: View, low: str, lead: Sequence[str], words: StatusWords) -> bool:
    """Whether a step is only what something else waits for: 'once it comes into force', 'after ratification the sides will'."""
    if not set(lead[-_CLAUSE:]) & words.conditions:
        return False
    return low.split()[0] in words.presents or (lead[-1] in words.conditions and bool(view.of_kind("planned")))


def _inside_a_name(word: Mention, documents: Sequence[Mention]) -> bool:
    for d in documents:
        if d.start <= word.start < d.end and (word.end > d.end or word.text.lower() in (d.value.name if isinstance(d.value, Document) else d.text).lower()):
            return True
    return False


def _taken(word: Mention, mention: Mention, documents: Sequence[Mention], text: str, base: int) -> bool:
    """Whether a word describes a document right before it, and not the one after: 'the treaty signed in 1999 and a protocol'."""
    return any(d.end <= word.start and len(text[d.end - base : word.start - base].strip()) < 4 for d in documents if d is not mention and d.form != "plural")


def _own(after: Sequence[Mention], mention: Mention, documents: Sequence[Mention], text: str, base: int, words: StatusWords) -> list[Mention]:
    """The words after a document that speak of it: up to the next document that has a verb of its own, or a new clause."""
    kept: list[Mention] = []
    for word in after:
        gap = text[mention.end - base : word.start - base]
        between = [d for d in documents if mention.end <= d.start < word.start]
        if kept and (between or words.wording.clause.search(text[kept[-1].end - base : word.start - base])):
            break
        if not kept and words.wording.clause.search(gap) and not between:
            break
        kept.append(word)
    return kept
