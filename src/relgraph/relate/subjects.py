"""What a paper without a name of its own is about, by the nearest subject word: 'an agreement under which the gas flows' is one on gas.

Only four shapes tell it surely: a relative clause behind the paper; a sentence that opens with 'Under an agreement'; what stands before 'in a separate
agreement'; and 'an agreement to this effect', which goes on about what was said right before. The words that may be a subject, with the form in which
a name has them, stand in the lexicon (`documents.yaml`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from relgraph.knowledge.lexicon import Lexicon, either
from relgraph.recognise.mentions import Mention
from relgraph.resolve import View

_OPENS = 30  # characters before a paper with which a sentence may open: 'Under an', 'By a separate'
_BEHIND = 70  # characters between a paper and the relative clause that tells its subject
_TOLD = 160  # characters in which that clause names it
_DIRECT = 60  # characters behind a paper in which 'on those pieces of the border' names its subject
_SAID = 170  # characters before a paper in which its subject was named


class Subjects:
    """The words of a lexicon, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        nouns: dict[str, str] = lexicon.lists.get("subject_nouns", {})
        self.names = {form.lower(): name for form, name in nouns.items()}
        self.noun = re.compile(rf"\b{either(self.names)}\b", re.IGNORECASE)
        self.relative = re.compile(rf"(?:,\s|\s)(?:{either(lexicon.lists.get('subject_clauses', ()))})\s", re.IGNORECASE)
        self.lead = re.compile(rf"^{either(lexicon.lists.get('subject_leads', ()))}\s", re.IGNORECASE)
        self.inside = re.compile(rf"(?:^|\s){either(lexicon.lists.get('subject_leads', ()))}\s(?:\w+\s){{1,3}}$", re.IGNORECASE)
        self.pointing = re.compile(rf"\s{either(lexicon.lists.get('subject_pointers', ()))}\b", re.IGNORECASE)
        self.beside = re.compile(rf"\b{either(lexicon.lists.get('subject_places', ()))}\s(?:\w+\s)?$", re.IGNORECASE)
        self.verb = re.compile(rf"(?:^\s|,\s){either(lexicon.lists.get('subject_verbs', ()))}\s", re.IGNORECASE)
        self.direct = re.compile(rf"^\s{either(lexicon.lists.get('subject_links', ()))}\s", re.IGNORECASE)
        self.apart = re.compile(rf"\b{either(lexicon.lists.get('subject_adjectives', ()))}\s$", re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def subjects_of(lexicon: Lexicon) -> Subjects:
    """Compile the subject words of a lexicon once."""
    return Subjects(lexicon)


def subject_of(view: View, before: View | None, mention: Mention, words: Subjects) -> str:
    """Return the word for what a paper is about, as a name has it; empty where nothing tells it surely.

    Args:
        view: The sentence of the paper.
        before: The sentence before it.
        mention: The paper.
        words: The words that may be a subject.
    """
    base = view.sentence.start
    start, end = mention.start - base, mention.end - base
    head, tail = view.text[:start], re.split(r"[;:]", view.text[end:])[0]
    shut = tail.find(")")
    if shut >= 0 and "(" not in tail[:shut]:
        tail = tail[:shut]  # '(a joint memorandum), and with a credit on which ...'
    if words.pointing.match(tail) or words.apart.search(head):
        own = _last(words, view, head[-_SAID:], max(0, start - _SAID))
        return own or (_last(words, before, before.text, 0) if before is not None else "")
    if words.direct.match(tail):
        return next(_found(words, view, tail[:_DIRECT], end), "")
    clause = words.relative.search(tail, 0, _BEHIND)
    if clause is not None:
        return next(_found(words, view, tail[clause.end() : clause.end() + _TOLD], end + clause.end()), "")
    verb = words.verb.search(tail, 0, _TOLD)
    if verb is not None:
        return next(_found(words, view, tail[verb.end() : verb.end() + _DIRECT], end + verb.end()), "")
    if len(head) <= _OPENS and words.lead.match(head):
        return next(_found(words, view, tail[:_TOLD], end), "")
    if words.inside.search(head):
        return _last(words, view, head[-_SAID:], max(0, start - _SAID))
    return ""


def _last(words: Subjects, view: View, text: str, at: int) -> str:
    return next(reversed(list(_found(words, view, text, at))), "")


def _found(words: Subjects, view: View, text: str, at: int) -> Iterator[str]:
    """Yield the subject words in a stretch of a sentence that begins at `at`, but for those inside the name of an organisation or an office."""
    base = view.sentence.start
    names = [(m.start - base, m.end - base) for m in view.of_kind("organisation", "office", "person")]
    for match in words.noun.finditer(text):
        where = at + match.start()
        if words.beside.search(text, 0, match.start()) or (match[0][0].isupper() and where):
            continue  # 'the centre on the border', 'a line christened "Friendship"'
        if not any(first <= where < last for first, last in names):
            yield words.names[match[0].lower()]
