"""`relgraph ask`: a named query and its parameters in, rows out."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit_result, format_option, out_option, store_option, talking


@click.command("ask", short_help="Ask a named query, e.g. ask meetings of=Rahmon since=2024.")
@click.argument("name")
@click.argument("pairs", nargs=-1, metavar="[KEY=VALUE]...")
@store_option
@format_option(("text", "table", "csv", "json"), "text")
@out_option()
@talking
def command(name: str, pairs: tuple[str, ...], store: str, fmt: str, out: str, talk: Talk) -> None:
    """Ask a named query; `relgraph queries` lists them.

    Entities may be given by any name, ISO code, id or IRI: 'TJ', 'Tajikistan', 'Rahmon'. Dates are days, months or years: 2024-05-01, 2024-05, 2024.
    """
    from relgraph.query import ask, get_query, load_queries
    from relgraph.query.named import parse_pairs
    from relgraph.store import open_store

    query, values = get_query(load_queries(), name), parse_pairs(pairs)
    opened = open_store(store, read_only=True)
    try:
        result = ask(opened, query, values)
    finally:
        opened.close()
    emit_result(result, fmt, out)
    talk.detail(f"{len(result)} rows")
    if not result.rows:
        talk.say("nothing found")
    limit = query.parameters.get("limit")
    most = int(values.get("limit", limit.default)) if limit is not None and limit.default is not None else None
    if most is not None and len(result) >= most:
        talk.say(f"only the first {most:,} were looked up; limit=... sets another number")
