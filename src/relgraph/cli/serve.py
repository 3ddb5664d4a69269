"""`relgraph serve`: the viewer and a read-only SPARQL endpoint over HTTP."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("serve", short_help="Serve the viewer and a read-only SPARQL endpoint.")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N", help="The port to listen on; 0 takes a free one.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, metavar="SECONDS", help="The longest a query may run.")
@talking
def command(store: str, host: str, port: int, timeout: float, talk: Talk) -> None:
    """Serve the viewer at / and SPARQL at /sparql, for reading only, until interrupted."""
    from relgraph.serve import serve

    serve(store, host=host, port=port, timeout=timeout, say=talk.say)
