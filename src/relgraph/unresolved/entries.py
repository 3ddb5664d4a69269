"""An unknown name as an entry of one's own reference, with its source. The shipped reference is never written to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from relgraph.errors import EntityNameError, KnowledgeError
from relgraph.graph.iris import slug
from relgraph.knowledge.reference import Reference, load_reference
from relgraph.resources import resource
from relgraph.unresolved.names import Seen, Unknown

_FILES = {"person": "leaders", "organisation": "organisations", "body": "bodies", "treaty": "treaties"}
_BEGAN = "from is the day on which an article first names the holder; the term may have begun before"


def own_reference(folder: Path) -> Path:
    """Return a folder of reference files of one's own, a copy of the shipped ones when there is nothing yet.

    Raises:
        KnowledgeError: It can't be written.
    """
    if not (folder / "leaders.yaml").exists():
        try:
            shutil.copytree(resource("data", "reference"), folder, dirs_exist_ok=True)
        except OSError as error:
            raise KnowledgeError(f"can't be written: {error}", path=str(folder)) from error
    return folder


def add_entry(unknown: Unknown, folder: Path) -> str:
    """Add a name to a folder of reference files; return the text that was added.

    Raises:
        EntityNameError: The kind has no entries there.
        KnowledgeError: With the entry the files would be wrong; they are left as they were.
    """
    if unknown.kind == "tenure":
        return _add_tenures(unknown, folder)
    if unknown.kind not in _FILES:
        hint = "a title goes into offices.yaml of a lexicon of your own (--lexicon)" if unknown.kind == "title" else "say which person it means with --alias-of"
        raise EntityNameError(f"'{unknown.name}' can't become an entry by itself", hint=hint)
    reference = load_reference(folder)
    text = yaml.safe_dump([_entry(unknown, reference)], allow_unicode=True, sort_keys=False, width=1000)
    path = folder / f"{_FILES[unknown.kind]}.yaml"
    old = path.read_text("utf-8")
    _write(path, old + ("" if old.endswith("\n") else "\n") + text, folder)
    return text


def add_alias(name: str, entity_id: str, folder: Path) -> str:
    """Add a name as one more of an entity's; return the line that was added. Raises as `add_entry`."""
    kind, _, key = entity_id.partition(":")
    stem = {"person": "leaders", "body": "bodies", "treaty": "treaties"}.get(kind, f"{kind}s")
    return _insert(folder, stem, key, "aliases", [f"  - {_quoted(name)}\n"])


def _entry(unknown: Unknown, reference: Reference) -> dict[str, Any]:
    taken = {str(i).partition(":")[2] for i in reference.entities}
    entry: dict[str, Any] = {"id": next(s for s in (slug(unknown.name), *(f"{slug(unknown.name)}-{n}" for n in range(2, 100))) if s not in taken), "name": unknown.name}
    if unknown.kind == "person":
        entry["tenures"] = [_tenure(office, of_id, seen) for (office, _, of_id), seen in unknown.offices.items() if of_id]
    elif unknown.kind == "body":
        entry |= {"kind": "", "members": list(unknown.sides)}
    elif unknown.kind == "treaty":
        entry |= {"parties": list(unknown.sides), "steps": [{k: v for k, v in zip(("status", "date"), unknown.status, strict=True) if v}] if unknown.status else []}
    return entry | {"source": unknown.examples[0].source if unknown.examples else next(iter(unknown.offices.values())).source, "sure": False}


def _tenure(office: str, of_id: str, seen: Seen) -> dict[str, Any]:
    return {"office": office, "of": of_id, "from": seen.published, "to": None, "sure": False, "source": seen.source, "note": _BEGAN}


def _add_tenures(unknown: Unknown, folder: Path) -> str:
    key = (unknown.person or "").partition(":")[2]
    terms = [_tenure(office, of_id, seen) for (office, _, of_id), seen in unknown.offices.items() if of_id]
    text = yaml.safe_dump(terms, allow_unicode=True, sort_keys=False, width=1000)
    return _insert(folder, "leaders", key, "tenures", [f"  {line}\n" for line in text.splitlines()])


def _insert(folder: Path, stem: str, key: str, field: str, added: list[str]) -> str:
    """Add lines at the end of a list of an entry; all other lines stay as they are."""
    path = folder / f"{stem}.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.is_file() else []
    start = next((i for i, line in enumerate(lines) if line.rstrip() == f"- id: {key}"), None)
    if start is None:
        raise EntityNameError(f"{path} has no entry '{key}'")
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("- ")), len(lines))
    at = next((i for i in range(start + 1, end) if lines[i].rstrip() == f"  {field}:"), None)
    if at is None:
        clash = next((lines[i] for i in range(start + 1, end) if lines[i].startswith(f"  {field}:")), None)
        if clash is not None and clash.strip() != f"{field}: []":
            raise EntityNameError(f"{path}: '{key}' has its {field} on one line", hint="write them one a line")
        lines[start + 1 : end] = [line for line in lines[start + 1 : end] if line is not clash]
        where, new = start + 2, [f"  {field}:\n", *added]
    else:
        where, new = next((i for i in range(at + 1, end) if not lines[i].startswith(("  -", "   "))), end), added
    _write(path, "".join([*lines[:where], *new, *lines[where:]]), folder)
    return "".join(new)


def _write(path: Path, text: str, folder: Path) -> None:
    """Write a file, and put the old one back when the reference is wrong with it."""
    old = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    try:
        load_reference(folder)
    except KnowledgeError:
        path.write_text(old, "utf-8")
        raise


def _quoted(name: str) -> str:
    return yaml.safe_dump(name, allow_unicode=True, width=1000, default_style="'").strip()
