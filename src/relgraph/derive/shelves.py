"""Texts by fingerprint and year, so that of the many copies of one text only those that may matter are looked at.

A text stands in a block for each band of its fingerprint, year of publication, and year of the text that it repeats (its own where it repeats none).
Which pairs of years a band has stands in the index, too. Of the bands of a text, those with the fewest others are enough to meet all that are alike,
and the words that a thousand texts share need not be looked into.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from relgraph.derive.index import Index
from relgraph.graph.fingerprint import Numbers, bands, enough_bands
from relgraph.store import META

_YEARS = f"{META.value}/years/"
_FEW = 8
"""How many texts of each band are read at first."""


class Shelves:
    """The texts of a store. What is put and taken counts at once, and is written by `flush`."""

    def __init__(self, index: Index, share: float) -> None:
        self._index, self._enough = index, enough_bands(share)
        self._forget()

    def _forget(self) -> None:
        self._stands: dict[str, set[str]] = {}
        self._changed: dict[str, dict[str, bool]] = defaultdict(dict)
        self._years: dict[str, set[str]] = {}
        self._read: dict[str, _Block] = {}

    def put(self, article: str, found: Numbers, year: str, first: str) -> None:
        """Put an article where it belongs, and nowhere else.

        Args:
            article: Its node.
            found: Its fingerprint.
            year: When it was published.
            first: When what it repeats was published; `year` where it repeats nothing.
        """
        for band in bands(found):
            self._years_of(band).add(f"{year}-{first}")
        self._move(article, {f"{band}|{year}-{first}" for band in bands(found)})

    def take(self, article: str) -> None:
        """Take an article out."""
        self._move(article, set())

    def earlier(self, found: Numbers, year: str) -> Iterator[set[str]]:
        """Yield, for each year up to one, all texts of it that are alike, with others that may not be."""
        by_year: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for band in bands(found):
            for years in self._years_of(band):
                if (own := years.partition("-")[0]) <= year:
                    by_year[own][band].append(f"{band}|{years}")
        for _, keys in sorted(by_year.items()):
            yield self._met(found, keys.values())

    def repeating_later(self, found: Numbers, year: str) -> set[str]:
        """Return all texts that are alike and repeat nothing from before a year, with others that may not be."""
        keys: dict[str, list[str]] = defaultdict(list)
        for band in bands(found):
            for years in self._years_of(band):
                if years.partition("-")[2] >= year:
                    keys[band].append(f"{band}|{years}")
        return self._met(found, keys.values())

    def flush(self) -> None:
        """Write what was put and taken."""
        self._index.write({}, self._stands)
        new, gone = set[tuple[str, str]](), set[tuple[str, str]]()
        for key, there in self._changed.items():
            band, _, years = key.rpartition("|")
            (new if any(there.values()) or any(self._index.each(key)) else gone).add((_YEARS + years, band))
        self._index.change(gone, new)
        self._forget()

    def _move(self, article: str, keys: set[str]) -> None:
        had = self._stands.get(article)
        for key in (self._index.blocks(article) if had is None else had) ^ keys:
            self._changed[key][article] = key in keys
        self._stands[article] = keys

    def _years_of(self, band: str) -> set[str]:
        if band not in self._years:
            self._years[band] = {node.removeprefix(_YEARS) for node in self._index.each(band)}
        return self._years[band]

    def _met(self, found: Numbers, by_band: Collection[Iterable[str]]) -> set[str]:
        """Return the texts of enough bands: those whose blocks end first when all are read at one pace."""
        missing = self._enough - (len(bands(found)) - len(by_band))  # the other bands have no texts, which is soon read
        met = set[str]()
        readers = [(self._texts(keys), set[str]()) for keys in by_band]
        pace = _FEW
        while missing > 0:
            longer = []
            for reader, texts in readers:
                part = set(itertools.islice(reader, pace))
                texts |= part
                if len(part) == pace:
                    longer.append((reader, texts))
                    continue
                met |= texts
                missing -= 1
                if not missing:
                    break
            readers, pace = longer, pace * 2
        return met

    def _texts(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            if key not in self._read:
                self._read[key] = _Block(self._index.each(key))
            changed = self._changed.get(key, {})
            for article in itertools.chain(self._read[key], [a for a, there in changed.items() if there]):
                if changed.get(article, True):
                    yield article


class _Block:
    """The texts of a block as the index has them, each read once and only when it is asked for."""

    def __init__(self, rest: Iterator[str]) -> None:
        self._texts, self._rest = list[str](), rest

    def __iter__(self) -> Iterator[str]:
        yield from self._texts
        for text in self._rest:
            self._texts.append(text)
            yield text
