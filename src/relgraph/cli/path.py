"""`relgraph path`: two entities in, the shortest chain of links between them out."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit_result, format_option, out_option, store_option, talking


@click.command("path", short_help="Find the shortest chain of meetings, bodies, treaties and offices between two entities.")
@click.argument("a")
@click.argument("b")
@click.option("--via", metavar="KINDS", default="meeting,body,treaty,office", show_default=True, help="Kinds of link, with commas; 'membership' (UN, SCO ...) can be added.")
@click.option("--limit", type=click.IntRange(1, 12), default=6, show_default=True, help="The most steps.")
@store_option
@format_option(("text", "table", "csv", "json"), "text")
@out_option()
@talking
def command(a: str, b: str, via: str, limit: int, store: str, fmt: str, out: str, talk: Talk) -> None:
    """Find the shortest chain between A and B: who met whom, who is in which body, a party to which treaty, held which office.

    Each step comes with the sentence that tells it, or with the source of the reference.
    """
    from relgraph.query import Names, find_path
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        names = Names(opened)
        result = find_path(opened, names.get(a), names.get(b), via=[v.strip() for v in via.split(",") if v.strip()], limit=limit)
    finally:
        opened.close()
    emit_result(result, fmt, out)
    talk.detail(f"{len(result)} steps")
    if not result.rows:
        talk.say(f"no chain of at most {limit} steps")
