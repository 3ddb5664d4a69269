"""`relgraph explain`: why two entities are connected."""

from __future__ import annotations

import json

import click

from relgraph.cli.options import Talk, emit, format_option, out_option, store_option, talking


@click.command("explain", short_help="Say why two entities are connected, sentence by sentence.")
@click.argument("a")
@click.argument("b")
@store_option
@format_option(("text", "json"), "text")
@out_option()
@talking
def command(a: str, b: str, store: str, fmt: str, out: str, talk: Talk) -> None:
    """Say why A and B are connected: each fact in plain words with its sentence, article, date and link.

    For a state the doings of its leaders count as its own. What only the reference knows comes last, with its source.
    """
    import msgspec

    from relgraph.query import Names, explain
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        names = Names(opened)
        explanation = explain(opened, names.get(a), names.get(b))
    finally:
        opened.close()
    if fmt == "json":
        plain = {"a": explanation.a, "b": explanation.b, "facts": list(explanation.facts), "background": explanation.background}
        emit(json.dumps(msgspec.to_builtins(plain), ensure_ascii=False, indent=1) + "\n", out)
    else:
        emit(explanation.text(), out)
    talk.detail(f"{len(explanation.facts)} facts")
