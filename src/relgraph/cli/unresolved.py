"""`relgraph unresolved`: what articles name and the reference doesn't know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relgraph.cli import one_line
from relgraph.cli.build import texts_beside
from relgraph.cli.options import (
    Talk,
    emit,
    format_option,
    lexicon_option,
    out_option,
    reference_option,
    store_option,
    talking,
)

if TYPE_CHECKING:
    from relgraph.knowledge.reference import Reference
    from relgraph.model import Article
    from relgraph.unresolved import Unknown

_KINDS = ("person", "organisation", "body", "treaty", "title", "tenure", "surname")


@click.command("unresolved", short_help="List names that the reference doesn't know; make entries of them.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@store_option
@click.option("--kind", type=click.Choice(_KINDS), multiple=True, help="Only these kinds; may be given several times.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most so many names.")
@click.option("--add", metavar="NAME", help="Make an entry of this name, with its source, in the folder of --into.")
@click.option("--alias-of", metavar="ID", help="With --add: the name is one more of this entity.")
@click.option("--into", type=click.Path(path_type=Path), metavar="DIR", help="Reference files of your own; a copy of the shipped ones when there are none yet.")
@format_option(("text", "json"), "text")
@out_option()
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR", help="Where the full texts are kept.  [default: beside the store]")
@reference_option
@lexicon_option
@talking
def command(
    paths: tuple[str, ...], store: str, kind: tuple[str, ...], limit: int, add: str | None, alias_of: str | None, into: Path | None, fmt: str, out: str,
    texts: Path | None, reference: Path | None, lexicon: Path | None, talk: Talk,
) -> None:  # fmt: skip
    """List names, titles, bodies, treaties and terms of office that articles name and the reference doesn't know, by frequency.

    Each has example sentences and what it may be: near spellings, persons of that surname, who held the office then. The articles are those of
    PATH, else those whose texts are kept beside the store. Use the folder of --into with --reference in later runs.
    """
    from relgraph.errors import EntityNameError
    from relgraph.knowledge import load_knowledge
    from relgraph.unresolved import add_alias, add_entry, find_unknown, own_reference

    if (add is None) != (into is None):
        raise click.UsageError("--add and --into go together")
    own = reference or (into if into is not None and (into / "leaders.yaml").exists() else None)
    knowledge = load_knowledge(own, lexicon)
    with talk.counting("articles") as progress:
        found = [u for u in find_unknown(_articles(paths, store, texts, talk, progress), knowledge) if not kind or u.kind in kind]
    if add is None or into is None:
        shown = found[:limit]
        emit(_as_json(shown, knowledge.reference) if fmt == "json" else _as_text(shown, knowledge.reference), out)
        talk.say(f"{len(found):,} names" + (f", {limit} shown" if len(found) > limit else ""))
        return
    chosen = next((u for u in found if u.name == add), None)
    if chosen is None and alias_of is None:
        raise EntityNameError(f"no unknown name '{add}'", candidates=[u.name for u in found[:5]], hint="list them with: relgraph unresolved")
    folder = own_reference(into)
    if alias_of is not None:
        ids = knowledge.reference.find(alias_of)
        if len(ids) != 1:
            raise EntityNameError(f"'{alias_of}' is {'no entity' if not ids else 'several: ' + ', '.join(ids[:5])}", hint="give one id, as person:emomali-rahmon")
        emit(add_alias(add, ids[0], folder), out)
    elif chosen is not None:
        emit(add_entry(chosen, folder), out)
        talk.say(f"{folder}: added; look it over, then use it with --reference {folder}")


def _articles(paths: tuple[str, ...], store: str, texts: Path | None, talk: Talk, progress: object) -> Iterator[Article]:
    from relgraph.errors import RelgraphError
    from relgraph.keeping import kept_articles
    from relgraph.read import read_paths
    from relgraph.store import open_store

    if paths:
        items: Iterator[Article | RelgraphError] = iter(read_paths(paths))
    else:
        opened = open_store(store, read_only=True)
        try:
            items = iter(list(kept_articles(opened, sorted(opened.keys()), texts or texts_beside(store))))
        finally:
            opened.close()
    for item in items:
        if isinstance(item, RelgraphError):
            talk.failed(item)
        else:
            yield item
            if callable(progress):
                progress(item.id)


def _as_text(found: list[Unknown], reference: Reference) -> str:
    from relgraph.unresolved import suggest

    lines = []
    for unknown in found:
        lines.append(f"{unknown.count:5}  {one_line(unknown.name)}  [{unknown.kind}, {len(unknown.articles)} article{'s' if len(unknown.articles) != 1 else ''}]")
        lines += [f"       “{one_line(seen.sentence)[:300]}” ({seen.article})" for seen in unknown.examples[:2]]
        lines += [f"       perhaps {s.name}{f' ({s.id})' if s.id != 'tenure' else ''}: {s.why}" for s in suggest(unknown, reference)]
    return "\n".join(lines) + "\n" if lines else ""


def _as_json(found: list[Unknown], reference: Reference) -> str:
    import msgspec

    from relgraph.unresolved import suggest

    rows = [{"kind": u.kind, "name": u.name, "count": u.count, "articles": sorted(u.articles), "examples": [msgspec.to_builtins(e) for e in u.examples],
             "offices": [{"office": o, "of": of, "id": i, "published": s.published} for (o, of, i), s in u.offices.items()],
             "suggestions": [msgspec.to_builtins(s) for s in suggest(u, reference)]} for u in found]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
