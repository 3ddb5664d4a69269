"""A dossier as values: sections of rows, and the footnotes that the rows lead to. How it looks is a later step's business."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from relgraph.query.dossier.words import load_words
from relgraph.query.names import NamedEntity
from relgraph.query.reader import Cited, Reader, iris_tail, voices

T = TypeVar("T")
MOST_NOTES = 4
"""Sentences cited for one row; the column of sources says how many voices there are."""


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A footnote: a sentence with publisher, date and link, or an entry of the reference with its source.

    Attributes:
        number: From 1, in the order of the rows.
        fact: The id of the claim; `relgraph ask evidence fact=ID` leads to it.
        source: What the reference rests on, where it is no sentence.
    """

    number: int
    quote: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    fact: str = ""
    source: str = ""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row: a cell for each column, the footnotes it rests on, the heading it stands under, and a mark to set it off."""

    cells: tuple[str, ...]
    notes: tuple[int, ...] = ()
    group: str = ""
    mark: str = ""


class Bar(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reported value of one period; `differs` where another source gives another value for it."""

    period: str
    value: float
    label: str
    publisher: str = ""
    differs: bool = False
    notes: tuple[int, ...] = ()


class Chart(msgspec.Struct, frozen=True):
    """Reported values of one indicator in one unit, oldest period first."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a dossier. `left_out` counts the rows beyond the limit."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0
    charts: tuple[Chart, ...] = ()
    remark: str = ""


class Sheet:
    """Collects the rows of a dossier and numbers their footnotes.

    Attributes:
        entities: Whom it is about: one or two.
        at: The ISO day as of which it is written.
        limit: The most rows of a section.
    """

    def __init__(self, reader: Reader, entities: Sequence[NamedEntity], *, at: str, limit: int) -> None:
        self.reader, self.entities, self.at, self.limit = reader, tuple(entities), at, limit
        self.lang, self.words = reader.lang, load_words()
        self._numbers: dict[tuple[str, str, int], int] = {}
        self.notes: list[Note] = []

    def word(self, key: str) -> str:
        """Return a word in the dossier's language."""
        return self.words.word(key, self.lang)

    def note(self, cited: Iterable[Cited] = (), sources: Iterable[str] = ()) -> tuple[int, ...]:
        """Return the numbers of footnotes for some sentences and sources of the reference; each sentence has one number.

        Of many sentences, those of different voices go first.
        """
        numbers = [
            self._number(("", c.article, c.start), Note(0, c.quote, c.title, c.publisher or "", c.published, c.url or "", iris_tail(c.claim))) for c in _spread(cited)
        ]
        numbers += [self._number((source, "", 0), Note(0, source=source)) for source in dict.fromkeys(sources)]
        return tuple(sorted(set(numbers)))

    def node_notes(self, *nodes: str) -> tuple[int, ...]:
        """Return the footnotes of nodes: the sentences that assert them and the sources that the reference names."""
        found, sources = self.reader.cited(nodes), self.reader.sources(nodes)
        return self.note([c for n in nodes for c in found[n]], [sources[n] for n in nodes if n in sources])

    def grounded(self, *nodes: str) -> bool:
        """Whether some sentence known by then, or the reference, holds one of these nodes."""
        return any(self.reader.cited(nodes).values()) or bool(self.reader.sources(nodes))

    def voices(self, *nodes: str) -> int:
        """Return how many independent voices assert these nodes."""
        return len(voices(c for cited in self.reader.cited(nodes).values() for c in cited))

    def cut(self, things: Sequence[T]) -> tuple[Sequence[T], int]:
        """Return the things that a section has room for, and how many it has not: rows are made, and footnotes numbered, of the first only."""
        return things[: self.limit], max(0, len(things) - self.limit)

    def section(
        self, key: str, columns: Sequence[str], rows: Sequence[Row], left_out: int = 0, *, charts: Sequence[Chart] = (), remark: str = "", title: str | None = None
    ) -> Section:
        """Return a section with its headings in the dossier's language."""
        heads = tuple(self.words.column(c, self.lang) for c in columns)
        return Section(key, title or self.words.section(key, self.lang), heads, tuple(rows), left_out, tuple(charts), remark)

    def amount(self, value: float, unit: str, bound: str = "", most: float | None = None) -> str:
        """Return an amount with scale words of the language: '670 million USD'."""
        said = self._scaled(value) + (f" - {self._scaled(most)}" if most is not None else "")
        return f"{bound + ' ' if bound else ''}{said}{'' if unit == 'count' else '%' if unit == '%' else ' ' + unit}"

    def _scaled(self, value: float) -> str:
        for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
            if abs(value) >= size:
                return f"{value / size:.3f}".rstrip("0").rstrip(".") + " " + self.word(word)
        return f"{value:,.2f}".rstrip("0").rstrip(".")

    def _number(self, key: tuple[str, str, int], note: Note) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(msgspec.structs.replace(note, number=len(self.notes) + 1))
        return self._numbers[key]


def _spread(cited: Iterable[Cited]) -> list[Cited]:
    """Return at most MOST_NOTES sentences: the first of each voice, then the rest; each sentence once."""
    once = {(c.article, c.start): c for c in reversed(list(cited))}
    ordered = sorted(once.values(), key=lambda c: (not c.published, c.published, c.article, c.start))
    seen: set[str] = set()
    firsts = [c for c in ordered if c.voice not in seen and not seen.add(c.voice)]  # type: ignore[func-returns-value]
    rest = [c for c in ordered if c not in firsts]
    return sorted([*firsts, *rest][:MOST_NOTES], key=lambda c: (not c.published, c.published, c.article, c.start))
