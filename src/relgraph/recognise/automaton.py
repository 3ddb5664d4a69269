"""One automaton over every name of the reference and every form of a lexicon.

Overlapping matches, then word boundaries, then the longest leftmost of each layer (names; each section of the lexicon): a word may be a topic,
an indicator and part of a name at once, and the steps after this one decide. Time grows with the text, not with the number of names.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import Organisation, Person, State
from relgraph.knowledge.lexicon import possessives
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


_KIND = itemgetter(1, 2)


class Automaton:
    """The compiled names and forms of one language."""

    def __init__(self, payloads: dict[str, list[Payload]]) -> None:
        self._layers: list[list[tuple[str, list[Payload]]]] = []
        for found in payloads.values():
            layers: dict[str, list[Payload]] = defaultdict(list)
            for payload in found:
                layers[payload[0]].append(payload)
            self._layers.append(list(layers.items()))
        self._matcher = AhoCorasick(list(payloads))

    def find(self, text: str, folded: str) -> list[Mention]:
        """Return the mentions of all layers, by position."""
        size = len(folded)
        matches = [
            (start, -end, index) for index, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True)
            if not (start and folded[start - 1].isalnum() and folded[start].isalnum()) and not (end < size and folded[end].isalnum() and folded[end - 1].isalnum())
        ]  # fmt: skip
        matches.sort()
        done: dict[str, int] = {}  # where the last match of each layer ends
        found: list[Mention] = []
        for start, minus_end, index in matches:  # no two match the same span: a span has one folded form
            end = -minus_end
            said = text[start:end]
            here: list[Payload] = []
            for layer, payloads in self._layers[index]:
                if start < done.get(layer, 0):
                    continue
                fitting = [p for p in payloads if not p[5] or (said[0].isupper() if p[5] == "C" else said == p[5])]
                if fitting:
                    done[layer] = end
                    here += _merged(fitting)
            if len(here) > 1:
                here.sort(key=_KIND)
            for _, kind, key, ids, form, _ in here:
                found.append(Mention(start, end, said, kind, key, ids, form))
        return found


def _merged(payloads: list[Payload]) -> list[Payload]:
    """Return what a span of one layer means: names of one kind are merged, other payloads all given, longer phrases with another meaning left out."""
    if len(payloads) > 1 or payloads[0][2] == "-":
        payloads = [p for p in payloads if p[2] != "-"]
    if len(payloads) < 2:
        return payloads
    merged: dict[tuple[str, str, str], list[str]] = {}
    order: dict[tuple[str, str, str], Payload] = {}
    for payload in payloads:
        where = (payload[1], payload[2], payload[4]) if not payload[3] else (payload[1], "", "")
        merged.setdefault(where, []).extend(payload[3])
        order.setdefault(where, payload)
    return [(p[0], p[1], p[2], tuple(dict.fromkeys(merged[key])), p[4], p[5]) for key, p in order.items()]


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
    endings = possessives(knowledge.lexicon(language))
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
                    if not name.endswith(endings):
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
