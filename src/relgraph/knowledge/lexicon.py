"""The words of a language: data/lexicon/<language>/*.yaml, and a user's own files over them.

A file maps sections to entries (`id`, `forms`, `label`, `examples` and the section's own fields) or to plain word lists and tables.
In forms, braces list endings: 'discuss{,es,ed}' stands for three words. Forms under `not` are longer phrases in which the word means something else.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from relgraph.errors import KnowledgeError
from relgraph.resources import resource

_BRACES = re.compile(r"\{([^{}]*)\}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a section. `fields` holds what else the file says, e.g. an event's kind and frame."""

    section: str
    id: str
    forms: tuple[str, ...]
    faint: frozenset[str] = frozenset()
    """Those of the forms that say it less surely."""
    excluded: tuple[str, ...] = ()
    label: str = ""
    examples: tuple[str, ...] = ()
    fields: Mapping[str, Any] = {}
    path: str = ""
    line: int | None = None


class Lexicon:
    """All entries and word lists of one language.

    Attributes:
        entries: By section, then by id, in file order.
        lists: Plain word lists and tables by section.
        overridden: What a user's folder replaced or removed, as readable lines.
        content_hash: Changes when any file changes.
    """

    def __init__(self, language: str, entries: Mapping[str, Mapping[str, Entry]], lists: Mapping[str, Any],
                 content_hash: str, overridden: tuple[str, ...]) -> None:  # fmt: skip
        self.language, self.entries, self.lists = language, entries, lists
        self.content_hash, self.overridden = content_hash, overridden
        self._words: dict[str, frozenset[str]] = {}

    def section(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a section, none when the language has no such section."""
        return tuple(self.entries.get(name, {}).values())

    def words(self, name: str) -> frozenset[str]:
        """Return a word list as a set."""
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = frozenset(self.lists.get(name, ()))
        return found


def expand(form: str) -> Iterator[str]:
    """Yield the words that a form with braces stands for."""
    parts = _BRACES.split(form)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen).strip()


def load_lexicon(language: str, folder: Path | None = None, extra: Path | None = None) -> Lexicon:
    """Read the lexicon of a language.

    Args:
        language: ISO 639-1 code: the name of the folder.
        folder: The folder that holds the languages; the shipped one by default.
        extra: A user's folder of the same form (with or without the language folder): an entry with an id of ours replaces it,
            `remove: true` takes it out, other entries are added; lists are joined.

    Raises:
        KnowledgeError: A file is missing or wrong; names file and line.
    """
    base = (folder or resource("data", "lexicon")) / language
    entries: dict[str, dict[str, Entry]] = {}
    lists: dict[str, Any] = {}
    overridden: list[str] = []
    digest = hashlib.sha256()
    folders = [(base, False)]
    if extra is not None:
        folders.append((extra / language if (extra / language).is_dir() else extra, True))
    for place, own in folders:
        seen: set[tuple[str, str]] = set()
        files = sorted(place.glob("*.yaml"))
        if not files:
            raise KnowledgeError("holds no lexicon file (*.yaml)", path=str(place))
        for path in files:
            text = path.read_text("utf-8")
            digest.update(text.encode())
            _read(path, text, own, seen, (entries, lists, overridden))
    return Lexicon(language, entries, lists, digest.hexdigest()[:16], tuple(overridden))


def _read(path: Path, text: str, own: bool, seen: set[tuple[str, str]],
          into: tuple[dict[str, dict[str, Entry]], dict[str, Any], list[str]]) -> None:  # fmt: skip
    """Read one file into entries, lists and the account of what was overridden; `seen` are the ids of the same folder."""
    entries, lists, overridden = into
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise KnowledgeError(f"isn't valid YAML: {error.problem}", path=str(path), line=line) from error
    if not isinstance(data, dict):
        raise KnowledgeError("must map sections to entries", path=str(path), line=1)
    for section, rows in data.items():
        if not isinstance(section, str):
            raise KnowledgeError(f"has a section that isn't named by a text: {section!r} (put it in quotes)", path=str(path), line=_section_line(text, section))
        if not (isinstance(rows, list) and any(isinstance(row, dict) for row in rows)):
            _read_list(path, text, section, rows, lists)
            continue
        known = entries.setdefault(section, {})
        for row in rows:
            if not isinstance(row, dict):
                raise KnowledgeError(f"'{section}' mixes entries and words: {row!r}", path=str(path), line=_section_line(text, section))
            entry_id = str(row.get("id", ""))
            if not entry_id:
                raise KnowledgeError(f"an entry of '{section}' has no id: {str(row)[:60]}", path=str(path), line=_section_line(text, section))
            line = _line(text, entry_id)
            if (section, entry_id) in seen:
                raise KnowledgeError(f"the id '{entry_id}' is used twice in '{section}'", path=str(path), line=_line(text, entry_id, last=True))
            seen.add((section, entry_id))
            if own and entry_id in known:
                overridden.append(f"{section}/{entry_id}: {'removed' if row.get('remove') else 'replaced'} by {path}")
            elif row.get("remove"):
                raise KnowledgeError(f"'{entry_id}' of '{section}' can't be removed: there is none", path=str(path), line=line)
            if row.get("remove"):
                known.pop(entry_id, None)
                continue
            known[entry_id] = _entry(section, row, path, line)


def _read_list(path: Path, text: str, section: str, rows: Any, lists: dict[str, Any]) -> None:
    """Join a word list or table with what is known. YAML reads a bare `on` or `no` as a truth value: such words are refused."""
    words = rows if isinstance(rows, list) else list(rows) if isinstance(rows, dict) else []
    for word in words:
        if not isinstance(word, str):
            raise KnowledgeError(f"'{section}' holds {word!r}, which isn't a text", hint="Put words such as on, no and yes in quotes.", path=str(path), line=_section_line(text, section))
    old = lists.get(section)
    if old is not None and type(old) is not type(rows):
        raise KnowledgeError(f"'{section}' is a {_shape(old)} elsewhere and a {_shape(rows)} here", path=str(path), line=_section_line(text, section))
    lists[section] = [*(old or ()), *rows] if isinstance(rows, list) else {**(old or {}), **rows} if isinstance(rows, dict) else rows


def _shape(value: Any) -> str:
    return "list" if isinstance(value, list) else "table" if isinstance(value, dict) else "single value"


def _section_line(text: str, section: object) -> int | None:
    return next((n for n, line in enumerate(text.split("\n"), 1) if re.match(rf"['\"]?{re.escape(str(section))}['\"]?\s*:", line, re.IGNORECASE)), None)


def _entry(section: str, row: dict[str, Any], path: Path, line: int | None) -> Entry:
    forms, faint, excluded, examples = (row.get(key) or [] for key in ("forms", "faint", "not", "examples"))
    for key, value in (("forms", forms), ("faint", faint), ("not", excluded), ("examples", examples)):
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise KnowledgeError(f"'{row['id']}': {key} must be a list of texts (put odd ones in quotes)", path=str(path), line=line)
    if not forms:
        raise KnowledgeError(f"'{row['id']}' has no forms", path=str(path), line=line)
    fields = {k: v for k, v in row.items() if k not in ("id", "forms", "not", "examples", "label", "remove", "faint")}
    return Entry(section=section, id=str(row["id"]), label=str(row.get("label", "")), examples=tuple(examples), fields=fields, path=str(path), line=line,
                 forms=tuple(dict.fromkeys(w for f in [*forms, *faint] for w in expand(f))), faint=frozenset(w for f in faint for w in expand(f)),
                 excluded=tuple(dict.fromkeys(w for f in excluded for w in expand(f))))  # fmt: skip


def _line(text: str, entry_id: str, *, last: bool = False) -> int | None:
    """The line on which an entry begins: the first of that id, or the last."""
    pattern = re.compile(rf"\s*- (\{{)?id: ['\"]?{re.escape(entry_id)}['\"]?\s*(,|$)")
    found = [number for number, line in enumerate(text.split("\n"), 1) if pattern.match(line)]
    return found[-1 if last else 0] if found else None


def possessives(lexicon: Lexicon | None) -> tuple[str, ...]:
    """Return the endings of a possessive, with a straight apostrophe and with a typographic one; none for an unknown language."""
    return tuple(shape for word in (lexicon.lists.get("possessive_endings", ()) if lexicon is not None else ()) for shape in dict.fromkeys((word, word.replace("'", "’"))))


def either(words: Iterable[str]) -> str:
    """Return a pattern's group that matches any of some words, the longest first; nothing when there are none."""
    return "(?:" + ("|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) or "(?!)") + ")"
