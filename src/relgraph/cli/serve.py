"""`relgraph serve`: the viewer and a SPARQL endpoint over HTTP."""

from __future__ import annotations

import os

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("serve", short_help="Serve the viewer and a SPARQL endpoint.")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N", help="The port to listen on; 0 takes a free one.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, metavar="SECONDS", help="The longest a query may run.")
@click.option("--memory", type=click.IntRange(min=200), default=2000, show_default=True, metavar="MB", help="The most memory one query may take.")
@click.option("--allow-host", "allowed", multiple=True, metavar="NAME", help="Another host name that requests may use; '*' allows all.")
@click.option("--cors", default="*", show_default=True, metavar="ORIGIN", help="Whose pages may read answers: an origin, '*' for all, '' for none.")
@click.option("--writable", is_flag=True, help="Take updates that show the token in RELGRAPH_TOKEN.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries into the access log, too.")
@talking
def command(store: str, host: str, port: int, timeout: float, memory: int, allowed: tuple[str, ...], cors: str, writable: bool, log_queries: bool, talk: Talk) -> None:
    """Serve the viewer at /, a page for questions at /query and SPARQL at /sparql until interrupted.

    It is for reading only; with --writable, updates that show the token in the environment variable RELGRAPH_TOKEN may write graphs of their own.
    With -v the access log, a line of JSON for each request, goes to standard error.
    """
    from relgraph.serve import Options, serve

    token = os.environ.get("RELGRAPH_TOKEN", "") if writable else None
    if token is not None and len(token) < 16:
        raise click.UsageError("--writable needs a token of at least 16 characters in the environment variable RELGRAPH_TOKEN")
    hosts = (*Options().hosts, *allowed)
    options = Options(timeout=timeout, memory=memory * 1_000_000, hosts=hosts, cors=cors, token=token, log_queries=log_queries)
    serve(store, host=host, port=port, options=options, say=talk.say, log=talk.detail if talk.verbose or log_queries else None)
