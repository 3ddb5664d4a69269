"""One automaton over every name of the reference and every form of a lexicon.

Overlapping matches, then word boundaries, then the longest leftmost of each layer (names; each section of the lexicon): a word may be a topic,
an indicator and part of a name at once, and the steps after this one decide. Time grows with the text, not with the number of names.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Organisation, Person, State
from relgraph.recognise.fold import fold
from relgraph.recognise.mentions import Mention, MentionKind

# Sections of the lexicon that are matched in running text, with the kind of mention that they give.
SECTIONS: dict[str, MentionKind] = {
    "topics": "topic", "cues": "cue", "events": "event", "planned": "planned", "modalities": "modality", "attribution": "attribution",
    "levels": "level", "relations": "relation", "membership": "membership", "treaties": "document", "statuses": "status",
    "indicators": "indicator", "growth": "growth", "targets": "target", "offices": "office",
}  # fmt: skip
_LISTS: dict[str, MentionKind] = {"counterpart": "counterpart", "guest": "guest"}
Payload = tuple[str, MentionKind, str, tuple[str, ...], str, str]  # layer, kind, key, ids, form, required spelling ('' any, 'C' capital, else exact)


class Automaton:
    """The compiled names and forms of one language."""

    def __init__(self, payloads: dict[str, list[Payload]]) -> None:
        self._payloads = list(payloads.values())
        self._matcher = AhoCorasick(list(payloads))

    def find(self, text: str, folded: str) -> list[Mention]:
        """Return the mentions of all layers, by position."""
        layers: dict[str, list[tuple[int, int, Payload]]] = defaultdict(list)
        size = len(folded)
        for index, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True):
            if (start and folded[start - 1].isalnum() and folded[start].isalnum()) or (end < size and folded[end].isalnum() and folded[end - 1].isalnum()):
                continue
            for payload in self._payloads[index]:
                need = payload[5]
                if need and (not text[start].isupper() if need == "C" else text[start:end] != need):
                    continue
                layers[payload[0]].append((start, end, payload))
        found = []
        for matches in layers.values():
            for start, end, (_, kind, key, ids, form, _need) in _longest(matches):
                if key != "-":
                    found.append(Mention(start, end, text[start:end], kind, key, ids, form))
        found.sort(key=lambda m: (m.start, -m.end, m.kind, m.key))
        return found


def _longest(matches: list[tuple[int, int, Payload]]) -> Iterator[tuple[int, int, Payload]]:
    """Yield the leftmost longest matches; several payloads of one span are merged when they are names, else all are given."""
    matches.sort(key=lambda m: (m[0], -m[1]))
    position = 0
    i = 0
    while i < len(matches):
        start, end, _ = matches[i]
        first = i
        while i < len(matches) and matches[i][0] == start and matches[i][1] == end:
            i += 1
        if start < position:
            continue
        position = end
        same = [m for m in matches[first:i] if m[2][2] != "-"]
        if len(same) == 1:
            yield same[0]
            continue
        merged: dict[tuple[str, str, str], list[str]] = {}
        order: dict[tuple[str, str, str], Payload] = {}
        for _, _, payload in same:
            where = (payload[1], payload[2], payload[4]) if not payload[3] else (payload[1], "", "")
            merged.setdefault(where, []).extend(payload[3])
            order.setdefault(where, payload)
        for key, payload in order.items():
            ids = tuple(dict.fromkeys(merged[key]))
            yield start, end, (payload[0], payload[1], payload[2], ids, payload[4], payload[5])


@functools.lru_cache(maxsize=8)
def automaton(knowledge: Knowledge, language: str) -> Automaton:
    """Compile the automaton of a language; the same knowledge gives the same one."""
    payloads: dict[str, list[Payload]] = defaultdict(list)

    def put(form: str, payload: Payload) -> None:
        key = fold(form).strip()
        if key and payload not in payloads[key]:
            payloads[key].append(payload)

    for form, payload in _names(knowledge, language):
        put(form, payload)
    lexicon = knowledge.lexicons[language]
    for section, kind in SECTIONS.items():
        for entry in lexicon.section(section):
            for form in entry.forms:
                if "{" not in form:
                    put(form, (section, kind, entry.id, (), "", ""))
            for form in entry.excluded:
                put(form, (section, kind, "-", (), "", ""))
    for name, kind in _LISTS.items():
        for form in lexicon.lists.get(name, ()):
            put(form, (name, kind, form, (), "", ""))
    for key, forms in lexicon.lists.get("plurals", {}).items():
        for form in forms:
            put(form, ("plurals", "plural", key, (), "", ""))
    for key, forms in lexicon.lists.get("anaphors", {}).items():
        for form in forms:
            put(form, ("anaphors", "anaphor", key, (), "", ""))
    for form, gender in lexicon.lists.get("pronouns", {}).items():
        put(form, ("pronouns", "pronoun", gender, (), "", ""))
    return Automaton(dict(payloads))


def _names(knowledge: Knowledge, language: str) -> Iterator[tuple[str, Payload]]:
    """Yield every name that the reference gives for a language."""
    russian = language == "ru"
    for entity in knowledge.reference.entities.values():
        kind: MentionKind = entity.id.split(":")[0]  # type: ignore[assignment]
        names = entity.names_ru if russian else (entity.name, *entity.aliases)
        for name in names:
            yield name, ("names", kind, "", (entity.id,), "name", _spelling(name))
        if isinstance(entity, State) and not russian:
            if entity.official_name:
                yield entity.official_name, ("names", kind, "", (entity.id,), "name", "C")
            for field in ("adjectives", "demonyms", "metonyms"):
                for name in getattr(entity, field):
                    if not name.endswith("'s"):
                        yield name, ("names", kind, "", (entity.id,), field[:-1], _spelling(name))
        elif isinstance(entity, Organisation) and entity.abbreviation and not russian:
            yield entity.abbreviation, ("names", kind, "", (entity.id,), "name", _spelling(entity.abbreviation))
        elif isinstance(entity, Person):
            for name in names:
                last = name.split()[-1]
                if len(last) > 2:
                    yield last, ("names", kind, "", (entity.id,), "surname", _spelling(last))


def _spelling(name: str) -> str:
    """Abbreviations must stand as they are; other names need a capital."""
    return name if name.isupper() and len(name) <= 8 else "C"
