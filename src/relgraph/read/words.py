"""The words by which articles are read, of all languages together: data/reading/<language>.yaml."""

from __future__ import annotations

import functools

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.resources import resource

Few = frozenset[str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the files say, in small letters; data/reading/en.yaml tells what each list is."""

    months: dict[str, int] = {}
    day_endings: Few = frozenset()
    day_links: Few = frozenset()
    weekdays: Few = frozenset()
    halves_of_day: Few = frozenset()
    time_zones: Few = frozenset()
    bylines: Few = frozenset()
    byline_links: Few = frozenset()
    byline_openers: Few = frozenset()
    issued: Few = frozenset()
    told: Few = frozenset()
    date_links: Few = frozenset()
    name_words: Few = frozenset()
    titles: Few = frozenset()
    numbering: Few = frozenset()
    abbreviations: Few = frozenset()
    units: Few = frozenset()
    starters: Few = frozenset()
    noun_starters: Few = frozenset()
    one_letter_words: Few = frozenset()
    year_words: Few = frozenset()


@functools.cache
def reading_words() -> Words:
    """Return the words of all languages.

    Raises:
        KnowledgeError: A file is wrong; names it.
    """
    found: list[Words] = []
    for path in sorted(resource("data", "reading").glob("*.yaml")):
        try:
            found.append(msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), Words))
        except (yaml.YAMLError, msgspec.ValidationError) as error:
            raise KnowledgeError(f"isn't a list of words for reading: {error}", path=str(path)) from error
    lists = {name: frozenset[str]().union(*(getattr(words, name) for words in found)) for name in Words.__struct_fields__ if name != "months"}
    return Words(months={name: number for words in found for name, number in words.months.items()}, **lists)
