"""`relgraph find`: which entities a name means."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit_result, format_option, out_option, store_option, talking


@click.command("find", short_help="Find entities by name, part of a name or code.")
@click.argument("name")
@store_option
@format_option(("table", "csv", "json"), "table")
@out_option()
@talking
def command(name: str, store: str, fmt: str, out: str, talk: Talk) -> None:
    """Find the entities that NAME means or that have it in a name: the exact ones first."""
    from relgraph.errors import EntityNameError
    from relgraph.query import Iri, Names, Table
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        names = Names(opened)
    finally:
        opened.close()
    found = names.search(name)
    if not found:
        near = names.near(name)
        raise EntityNameError(f"no name holds '{name[:60]}'", candidates=near, hint=f"did you mean {' or '.join(near)}?" if near else "try a shorter part of it")
    # The id says as much as the IRI, and a reader's table is narrow.
    columns = ("name", "kind", "id") if fmt == "table" else ("name", "kind", "id", "iri")
    emit_result(Table(columns, [(e.name, e.kind, e.id, Iri(e.iri))[: len(columns)] for e in found]), fmt, out)
    talk.detail(f"{len(found)} entities")
