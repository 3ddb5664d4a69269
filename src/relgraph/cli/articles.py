"""`relgraph articles`: what a store holds."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit_result, format_option, out_option, store_option, talking


@click.command("articles", short_help="List the articles of a store.")
@store_option
@format_option(("table", "csv", "json"), "table")
@out_option()
@talking
def command(store: str, fmt: str, out: str, talk: Talk) -> None:
    """List the articles of a store: id, date, publisher, title and number of facts."""
    from relgraph.query import Table
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        rows = [(a.id, a.published, a.publisher, a.title, a.claims) for a in opened.articles()]
    finally:
        opened.close()
    emit_result(Table(("article", "published", "publisher", "title", "facts"), rows), fmt, out)
    talk.detail(f"{len(rows)} articles")
