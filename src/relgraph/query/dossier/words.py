"""The words of dossiers in English and Russian, and what counts as which level of contact: data/dossier/words.yaml."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.resources import resource

Lang = Literal["en", "ru"]


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level of contacts and the functions of those who meet at it."""

    id: str
    functions: tuple[str, ...]
    en: str
    ru: str


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    en: str
    ru: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it, as the file has it."""

    levels: tuple[Level, ...]
    contacts: tuple[str, ...]
    own_offices: tuple[str, ...]
    offices: tuple[str, ...]
    sections: dict[str, _Said]
    columns: dict[str, _Said]
    words: dict[str, _Said]
    changes: dict[str, _Said]

    def section(self, key: str, lang: str) -> str:
        """Return the heading of a section."""
        return str(getattr(self.sections[key], lang))

    def column(self, key: str, lang: str) -> str:
        """Return the heading of a column."""
        return str(getattr(self.columns[key], lang))

    def word(self, key: str, lang: str) -> str:
        """Return a word."""
        return str(getattr(self.words[key], lang))

    def change(self, key: str, lang: str) -> str:
        """Return a word of change reports."""
        return str(getattr(self.changes[key], lang))


@functools.lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the shipped words; raises KnowledgeError when their file is wrong."""
    path = resource("data", "dossier", "words.yaml")
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), Words)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"the words of dossiers are wrong: {' '.join(str(error).split())}", path=str(path)) from error
