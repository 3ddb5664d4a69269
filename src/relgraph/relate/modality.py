"""Whether the text asserts an event, plans it, or leaves it denied, cancelled, postponed, hypothetical, wished for or alleged.

A word of modality reaches a trigger in its own clause: a negation or 'may' only the verb right behind it, a verb with a complement ('denied that',
'invited ... to') everything up to a comma or an 'and', and 'was cancelled' what stands before it. A condition at the head of a sentence reaches its
main clause, too. Which words do what is said by the lists of the lexicon (`modality.yaml`).
"""

from __future__ import annotations

import functools
import re

from relgraph.knowledge.lexicon import Lexicon, either
from relgraph.model import Modality
from relgraph.recognise.mentions import Mention
from relgraph.resolve import View

_NEAR_WORDS, _FAR_WORDS, _WHOLE = 4, 16, 30
_AFTER = 60
_UNDONE = frozenset({"cancelled", "postponed"})
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_RESUMED = 6
"""Words between 'but it' and what is told of it, at most: 'but it soon had to be postponed'."""
_SURE = _UNDONE | {"denied"}
"""Of several words that reach a trigger one of these counts, whatever is wished or supposed beside it."""


class Modals:
    """The word lists of a language, compiled; all empty without a lexicon."""

    def __init__(self, lexicon: Lexicon | None) -> None:
        def words(name: str) -> frozenset[str]:
            return lexicon.words(name) if lexicon is not None else frozenset()

        breaks, joints = words("modal_breaks"), words("modal_joints")
        past = [re.escape(w) for w in sorted(words("modal_past"))] + [rf"[^\W\d_]+{re.escape(e)}" for e in sorted(words("modal_past_endings"))]
        adverbs = "|".join(re.escape(e) for e in sorted(words("modal_adverb_endings"))) or "(?!)"
        self.clause = re.compile(rf"[;:]|,\s{either(words('modal_clause_openers'))}\s|\s{either(words('modal_clause_joins'))}\s")
        self.past = re.compile(rf"(?:{'|'.join(past) or '(?!)'})\b", re.IGNORECASE)
        self.hard_break = re.compile(rf"[,;:()]|\s{either(breaks | joints)}\s")
        self.soft_break = re.compile(rf"[;:()]|\s{either(breaks)}\s")
        self.list_joint = re.compile(rf"\s{either(joints)}\s(?=[A-Z])")
        self.complement = re.compile(rf"\s{either(words('modal_complements'))}\s", re.IGNORECASE)
        self.leads_on = re.compile(rf"\b{either(words('modal_leads'))}\s(?:\w+\s){{0,2}}$", re.IGNORECASE)
        self.passive = re.compile(rf"\b{either(words('modal_passives'))}\s(?:\w+(?:{adverbs})\s)?$", re.IGNORECASE)
        self.was = re.compile(rf"\b{either(words('modal_was'))}\s(?:\w+\s)?$", re.IGNORECASE)
        self.open_end = tuple(f" {w}" for w in sorted(words("modal_passives")))
        self.off_plan = re.compile(rf"[;:]|,\s{either(words('modal_plan_stops'))}\s", re.IGNORECASE)
        self.said = re.compile(rf",[\"\u201d]?\s(?:[^\s,;]+\s){{1,5}}{either(words('modal_sayers'))}\s", re.IGNORECASE)
        """', X said': what follows is no part of what is said."""
        self.off_plan_behind = re.compile(rf"[,;:]|\s{either(words('modal_plan_stops_behind'))}\s", re.IGNORECASE)
        self.contrast = re.compile(rf"\s{either(words('modal_contrasts'))}\s", re.IGNORECASE)
        self.resumed, self.attributes = words("modal_resumed"), words("modal_attributes")
        self.new_sentence = re.compile(rf"[;:]|,\s{either(words('modal_new_clauses'))}\s", re.IGNORECASE)
        self.near, self.none, self.behind = words("modal_near"), words("modal_none"), words("modal_behind")
        self.conditions, self.first_conditions = words("modal_conditions"), words("modal_first_conditions")
        self.conditionals, self.genitive = words("modal_conditionals"), words("title_of")


@functools.lru_cache(maxsize=8)
def modals_of(lexicon: Lexicon | None) -> Modals:
    """Compile the lists of a lexicon once."""
    return Modals(lexicon)


def clause(view: View, start: int, end: int, modals: Modals) -> tuple[int, int]:
    """Return the clause around a trigger, in offsets of the article."""
    base, text = view.sentence.start, view.text
    left = max((m.end() for m in modals.clause.finditer(text, 0, start - base)), default=0)
    right = next((m.start() for m in modals.clause.finditer(text, end - base)), len(text))
    return base + left, base + right


def modality_of(view: View, start: int, end: int, modals: Modals) -> tuple[Modality | None, bool]:
    """Return (modality, planned) of a trigger."""
    told = view.of_kind("planned", "modality")
    if not told:
        return None, False
    low, high = clause(view, start, end, modals)
    word = view.text[start - view.sentence.start : end - view.sentence.start]
    found: Modality | None = None
    planned = False
    for m in told:
        if m.kind == "planned":
            planned = planned or (low <= m.start < high and _planned(view, m, (start, end), word, modals))
        elif m.start < end and start < m.end:
            continue
        elif (low <= m.start < high + (40 if m.key in _UNDONE else 0) and _reaches(view, m, (start, end), word, modals)) or (m.end <= start and _supposed(view, m, start, modals)):
            found = m.key if found is None or m.key in _SURE else found  # type: ignore[assignment]
    return found, planned and found is None


def _gap(view: View, start: int, end: int) -> str:
    """The text between two words, without what stands in brackets: 'their readiness to hold a working (consultative) meeting'."""
    return _ASIDE.sub(" ", view.text[start - view.sentence.start : end - view.sentence.start])


def _reaches(view: View, m: Mention, trigger: tuple[int, int], word: str, modals: Modals) -> bool:
    if m.end <= trigger[0]:
        return _reaches_on(view, m, trigger[0], word, modals)
    gap = _gap(view, trigger[1], m.start)
    if m.key in _UNDONE and not modals.past.match(word) and _resumed(gap, modals):
        return True
    if m.start - trigger[1] > _AFTER + 40 or modals.new_sentence.search(gap):
        return False
    listed = re.sub(r",(?=\s[A-Z])", "", gap)  # 'of A, B and C'
    if m.key in _UNDONE:
        return (gap.count(",") % 2 == 0 or "," not in listed) and not modals.contrast.search(gap) and not modals.past.match(word)
    return m.text.lower() in modals.behind and not modals.soft_break.search(listed) and "," not in listed


def _resumed(gap: str, modals: Modals) -> bool:
    """Whether a new clause goes on about the trigger by a pronoun: 'a summit was planned in Bishkek, but it was postponed'."""
    last = next(reversed(list(modals.contrast.finditer(gap))), None)
    words = gap[last.end() :].lower().split() if last is not None else []
    return 0 < len(words) <= _RESUMED and words[0] in modals.resumed and not modals.soft_break.search(f" {' '.join(words)} ")


def _reaches_on(view: View, m: Mention, start: int, word: str, modals: Modals) -> bool:
    """Whether a word reaches a trigger that stands behind it."""
    gap, low = _gap(view, m.end, start), m.text.lower()
    words = gap.split()
    if low in modals.none:
        near = len(words) <= 1 and not (words and words[0].lower() in modals.genitive)
        subject = modals.past.match(word) is not None and modals.was.search(gap) is not None and not modals.hard_break.search(gap.replace(",", ""))
        return near or (subject and len(words) <= _FAR_WORDS)
    if low in modals.near:
        return len(words) <= _NEAR_WORDS and not modals.hard_break.search(gap) and not (len(words) > 1 and modals.past.fullmatch(word) and m.key == "hypothetical")
    if low in modals.conditions:
        return not re.search(r"[,;:]", gap) and len(words) <= _FAR_WORDS
    if m.key in _SURE or m.key == "alleged":
        return len(words) <= _FAR_WORDS and not modals.soft_break.search(gap) and not (m.key in _UNDONE and (modals.hard_break.search(gap) or len(words) > 8))
    if (modals.leads_on.search(gap) or modals.complement.match(gap)) and modals.list_joint.search(gap):
        gap = re.sub(r",(?=\s[A-Z])", "", modals.list_joint.sub(" ", gap))  # 'called on A and B to sign'
    near = len(words) <= _NEAR_WORDS or modals.leads_on.search(gap) is not None or modals.complement.match(gap) is not None
    return near and len(words) <= _FAR_WORDS and not modals.hard_break.search(gap) and not _told(word, gap, modals)


def _supposed(view: View, m: Mention, start: int, modals: Modals) -> bool:
    """Whether a condition at the head of the sentence holds for a trigger: 'Should A and B sign ...', 'If all is quiet, A will visit ...'."""
    low, head = m.text.lower(), view.text[: m.start - view.sentence.start].strip(' "\u201c\u00ab')
    if head or (low not in modals.conditions and low not in modals.first_conditions):
        return False
    gap = _gap(view, m.end, start)
    if len(gap.split()) > _WHOLE or ";" in gap:
        return False
    if "," not in gap:
        return len(gap.split()) <= _FAR_WORDS
    return bool({w.lower() for w in gap.rpartition(",")[2].split()} & modals.conditionals)


def _told(word: str, gap: str, modals: Modals) -> bool:
    """Whether a verb in the past tells what happened, whatever is wished beside it."""
    return modals.past.match(word) is not None and modals.passive.search(gap) is None


def _planned(view: View, m: Mention, trigger: tuple[int, int], word: str, modals: Modals) -> bool:
    start, end = trigger
    if m.start < end and start < m.end:
        return m.start <= start or m.end < end
    if m.text.lower() in modals.attributes:  # 'the upcoming summit', not 'in the talks X wished them well at the upcoming elections'
        gap = _gap(view, m.end, start) if m.end <= start else ""
        return m.end <= start and not modals.past.match(word) and len(gap.split()) <= _NEAR_WORDS and not modals.hard_break.search(gap)
    if m.end <= start:
        gap = _gap(view, m.end, start)
        if len(gap) > 90 or modals.off_plan.search(gap) or modals.said.search(gap):
            return False
        return not (modals.past.match(word) and not modals.passive.search(gap) and len(gap.split()) > 0 and not gap.rstrip().endswith(modals.open_end))
    gap = _gap(view, end, m.start)
    return m.start - end < _AFTER and not modals.past.match(word) and not modals.off_plan_behind.search(gap)
