"""A file of corrections, read and added to: YAML that people review and share.

    - {fact: kz-talks-event-0123456789, article: kz-talks, says: "A and B met", quote: "The sentence.", verdict: reject, why: "they spoke by phone"}
    - {fact: kz-talks-event-9876543210, verdict: edit, set: {date: 2025-10-09}, who: Aigul, when: 2025-10-12, why: "the day of the talks"}
    - {name: Muhriddin Sirojiddin, means: "person:sirojiddin-muhriddin", why: another order of the name}

Lines that the viewer's 'report an error' gives are entries as they are. Ids may also be given as IRIs, as SPARQL answers them.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import yaml

from relgraph.corrections.entries import Correction, Corrections
from relgraph.errors import KnowledgeError
from relgraph.graph import iris

_HINT = "an entry reads '- {fact: ID, says: \"...\", quote: \"...\", verdict: reject}' or '- {name: \"...\", means: \"...\"}'"
_HEAD = "# Corrections of what articles were found to say; applied on every run. A line of the viewer's 'report an error' can be pasted in.\n"


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fact: str = ""
    article: str = ""
    says: str = ""
    quote: str = ""
    verdict: str = ""
    set: dict[str, Any] = {}
    everywhere: bool = False
    name: str = ""
    means: str = ""
    articles: tuple[str, ...] = ()
    who: str = ""
    when: Any = ""
    why: str = ""


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections.

    Raises:
        KnowledgeError: It can't be read, isn't YAML, or an entry is wrong; names file and line.
    """
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise KnowledgeError(f"can't be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError("isn't UTF-8 text", path=str(path)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise KnowledgeError(f"isn't valid YAML: {error.problem}", path=str(path), line=mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"isn't valid YAML: {str(error).splitlines()[0]}", path=str(path)) from error
    if node is None:
        return Corrections(path=str(path))
    if not isinstance(node, yaml.SequenceNode):
        raise KnowledgeError("must be a list of corrections", path=str(path), line=1, hint=_HINT)
    found: dict[str, Correction] = {}
    for item in node.value:
        correction = _entry(item, path)
        found.setdefault(correction.id, correction)
    return Corrections(tuple(found.values()), path=str(path))


def corrections_for(folder: Path | None, given: Path | None = None) -> Corrections:
    """Return the corrections of a file, by default of corrections.yaml beside the folder of a store where there is one; raises KnowledgeError."""
    if given is not None:
        return read_corrections(given)
    beside = folder.parent / "corrections.yaml" if folder is not None else None
    return read_corrections(beside) if beside is not None and beside.is_file() else Corrections()


def _entry(node: yaml.Node, path: Path) -> Correction:
    line = node.start_mark.line + 1
    loader = yaml.CSafeLoader("")
    try:
        raw = loader.construct_object(node, deep=True)
        entry = msgspec.convert(raw, _Entry)
    except (msgspec.ValidationError, yaml.YAMLError, ValueError, TypeError) as error:
        raise KnowledgeError(f"is wrong: {str(error).splitlines()[0]}", path=str(path), line=line, hint=_HINT) from error
    wrong = _wrong(entry)
    if wrong:
        raise KnowledgeError(wrong, path=str(path), line=line, hint=_HINT)
    verdict, fact = "name" if entry.name else entry.verdict, _bare(entry.fact, "claim")
    article = _bare(entry.article, "article") or (fact.rsplit("-", 2)[0] if fact.count("-") > 1 else "")
    said = (verdict, fact, article, entry.says, entry.quote, sorted(_plain(entry.set).items()), entry.everywhere, entry.name, entry.means, sorted(entry.articles))
    return Correction(
        id=hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:16], verdict=verdict,  # type: ignore[arg-type]  # checked above
        fact=fact, article=article, says=entry.says, quote=entry.quote, change=_plain(entry.set), everywhere=entry.everywhere, name=entry.name, means=entry.means,
        articles=entry.articles, who=entry.who, when=str(entry.when), why=entry.why, line=line,
    )  # fmt: skip


def _bare(said: str, kind: str) -> str:
    """An id without what answers of SPARQL and permalinks have around it: 'claim/kz-talks...' or the whole IRI."""
    start, short = iris.node(kind, "x")[:-1], f"{kind}/"
    return unquote(said.removeprefix(start).removeprefix(short)) if said.startswith((start, short)) else said


def _wrong(entry: _Entry) -> str:
    """Return what is wrong with an entry, empty when nothing is."""
    if bool(entry.name) == bool(entry.fact or entry.says):
        return "needs either a fact (its id or what it says) or a name"
    if entry.name:
        return "a correction of a name has no verdict and no fields to set" if entry.verdict or entry.set else ""
    if entry.verdict not in ("accept", "reject", "edit"):
        return f"the verdict of a fact is accept, reject or edit, not '{entry.verdict}'"
    if (entry.verdict == "edit") != bool(entry.set):
        return "an edit, and only an edit, says which fields it sets"
    if not entry.fact and not entry.article and not entry.everywhere:
        return "names no article; give 'article', or 'everywhere: true'"
    if entry.everywhere and not entry.says:
        return "one that holds everywhere needs the words of the fact ('says')"
    if entry.when:
        try:
            datetime.date.fromisoformat(str(entry.when))
        except ValueError:
            return f"'when' is a day such as 2025-07-12, not '{entry.when}'"
    return ""


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """Dates that YAML made of '2025-07-12' back to text."""
    return {str(k): str(v) if isinstance(v, datetime.date) else v for k, v in value.items()}


def entry_line(entry: Mapping[str, Any]) -> str:
    """Return an entry as one line of YAML; JSON strings are YAML, so nothing in a text can end its line."""
    kept = {k: v for k, v in entry.items() if v not in ("", None, (), [], {}, False)}
    return "- {" + ", ".join(f"{k}: {json.dumps(v, ensure_ascii=True)}" for k, v in kept.items()) + "}\n"


def append_entry(path: Path, entry: Mapping[str, Any]) -> None:
    """Add an entry at the end of a file, made when absent; what stands there, comments too, stays as it is.

    Raises:
        KnowledgeError: The file can't be written.
    """
    try:
        old = path.read_text("utf-8") if path.exists() else _HEAD
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_text(old + ("" if old.endswith("\n") else "\n") + entry_line(entry), "utf-8")
        temporary.replace(path)
    except OSError as error:
        raise KnowledgeError(f"can't be written: {error.strerror}", path=str(path)) from error
