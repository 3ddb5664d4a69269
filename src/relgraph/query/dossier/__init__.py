"""Step 8: a dossier of one actor or of a pair: what is known, every line with the sentences that it rests on.

In: a store and names of entities. Out: a `Dossier` of plain values; step 9 writes it as text, Markdown and HTML.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.errors import EntityNameError, QueryError
from relgraph.query.dossier import agreements, background, contacts, holders, numbers
from relgraph.query.dossier.sheet import Bar, Chart, Note, Row, Section, Sheet
from relgraph.query.dossier.words import load_words
from relgraph.query.named import day_of
from relgraph.query.names import NamedEntity
from relgraph.query.reader import Reader

if TYPE_CHECKING:
    from relgraph.store import Store

__all__ = ["LANGUAGES", "Bar", "Chart", "DossierData", "Note", "Row", "Section", "make_dossier"]

LANGUAGES = ("en", "ru")
_LATEST = "SELECT (MAX(?day) AS ?latest) WHERE { ?article rg:published ?published BIND(STR(?published) AS ?day) }"


class DossierData(msgspec.Struct, frozen=True):
    """A dossier as plain values.

    Attributes:
        title: What it is called, in its language.
        entities: Whom it is about: one or two.
        at: The ISO day as of which it is written.
        known: Only what was published by this ISO day; None for everything.
        lang: 'en' or 'ru'. Quotes stay as they were written.
        sections: In the order in which they are read; those without a row are left out.
        notes: The footnotes, by number.
    """

    title: str
    entities: tuple[NamedEntity, ...]
    at: str
    known: str | None
    lang: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


def make_dossier(store: Store, entities: Sequence[NamedEntity], *, at: object = None, known: object = None, lang: str = "en", limit: int = 60) -> DossierData:
    """Return the dossier of one entity or of a pair.

    Args:
        store: What is read.
        entities: One state, person or organisation, or two.
        at: The day as of which it is written, as ISO text or date; a month or year stands for its last day. By default the day of the
            last publication in the store, so that the same store gives the same dossier.
        known: Only what was published by this day.
        lang: 'en' or 'ru': headings, names and kinds.
        limit: The most rows of a section; the section says how many more there are.

    Raises:
        EntityNameError: None or more than two entities, or one twice.
        QueryError: `at` or `known` is no date, or the language is another.
    """
    if not 1 <= len(entities) <= 2 or len({e.iri for e in entities}) < len(entities):
        raise EntityNameError("a dossier is of one or two different entities", hint="for example: relgraph dossier TJ KZ")
    if lang not in LANGUAGES:
        raise QueryError(f"no dossier in the language '{lang}'", hint=f"there are: {', '.join(LANGUAGES)}")
    until = None if known is None else day_of(str(known), "last", "known").isoformat()
    day = day_of(str(at), "last", "at").isoformat() if at is not None else until or _latest(store)
    reader = Reader(store, lang=lang, known=until)
    shown = tuple(NamedEntity(reader.name(e.iri) if "/x-" not in e.iri else e.name, e.iri, e.kind) for e in entities)
    sheet = Sheet(reader, shown, at=day, limit=limit)
    happened = contacts.happenings(sheet)
    sections = [
        holders.offices(sheet),
        agreements.relations(sheet),
        contacts.counts(sheet, happened),
        contacts.contacts(sheet, happened),
        contacts.events(sheet, happened),
        agreements.bodies(sheet),
        agreements.treaties(sheet),
        numbers.figures(sheet),
        numbers.targets(sheet),
        background.topics(sheet),
        contacts.planned(sheet, happened),
        background.memberships(sheet),
        background.members(sheet),
        background.questions(sheet, happened),
    ]
    title = f"{load_words().word('dossier', lang)}: {' - '.join(e.name for e in shown)}"
    return DossierData(title, shown, day, until, lang, tuple(s for s in sections if s.rows), tuple(sheet.notes))


def _latest(store: Store) -> str:
    """Return the last day on which something in the store was published; of an empty store, the end of time."""
    rows = Reader(store).rows(_LATEST)
    said = str(rows[0][0] or "") if rows else ""
    if len(said) == 7:
        return f"{said}-{calendar.monthrange(int(said[:4]), int(said[5:7]))[1]:02}"
    return said[:10] if len(said) >= 10 else f"{said}-12-31" if said else "9999-12-31"
