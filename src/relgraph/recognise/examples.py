"""Runs the example sentences of a lexicon: each must yield the entry that it stands beside."""

from __future__ import annotations

from collections.abc import Iterator

from relgraph.errors import KnowledgeError
from relgraph.knowledge import Knowledge
from relgraph.knowledge.lexicon import Entry
from relgraph.model import Article, Sentence
from relgraph.recognise import recognise
from relgraph.recognise.automaton import SECTIONS
from relgraph.recognise.mentions import Amount, DateValue, Mention

READER = "2025-08-06"
"""The day (a Wednesday) on which examples are read; the `expect` of dates counts from it."""


def failing_examples(knowledge: Knowledge, language: str) -> Iterator[KnowledgeError]:
    """Yield what is wrong with each example that doesn't yield its entry, and with each entry that has none; with file and line."""
    lexicon = knowledge.lexicons[language]
    for section in lexicon.entries:
        for entry in lexicon.section(section):
            if not entry.examples:
                yield KnowledgeError(f"'{entry.id}' has no example", hint="Write a sentence under `examples` in which it is meant.", path=entry.path, line=entry.line)
            expected = entry.fields.get("expect")
            if expected is not None and len(expected) != len(entry.examples):
                yield KnowledgeError(f"'{entry.id}': `expect` needs one value for each example", path=entry.path, line=entry.line)
                continue
            for n, example in enumerate(entry.examples):
                mentions = recognise(_article(example, language), knowledge)
                if not any(yields(m, entry, str(expected[n]) if expected is not None else None) for m in mentions):
                    yield KnowledgeError(f"'{entry.id}': the example doesn't yield it: {example!r}", hint="Change the forms or the example.", path=entry.path, line=entry.line)


def yields(mention: Mention, entry: Entry, expected: str | None = None) -> bool:
    """Whether a mention is one of an entry."""
    match entry.section, mention.value:
        case ("dates", DateValue(iso=iso)):
            return mention.key == entry.id and (expected is None or iso == expected)
        case ("currencies" | "units", Amount(unit=unit)):
            return unit == entry.id
        case ("bounds", Amount(bound=bound)):
            return bound == entry.id
        case ("bodies", _):
            return mention.kind == "body" and mention.key == entry.id
        case _:
            return mention.kind == SECTIONS.get(entry.section) and mention.key == entry.id


def _article(text: str, language: str) -> Article:
    return Article(id="example", text=text, sentences=(Sentence(0, len(text), 1, 1),), published=READER, language=language)
