"""`relgraph view`: the graph as one HTML file."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("view", short_help="Write the graph as one interactive HTML file.")
@store_option
@click.option("-o", "--out", metavar="FILE", default="relgraph.html", show_default=True, help="The file to write; '-' is standard output.")
@click.option("--focus", metavar="NAME", help="Only what lies around this entity.")
@click.option("--hops", type=click.IntRange(1, 5), default=None, metavar="N", help="How many edges around --focus.  [default: 1]")
@talking
def command(store: str, out: str, focus: str | None, hops: int | None, talk: Talk) -> None:
    """Write the graph as one HTML file that needs no network: drag, zoom, search, and click an edge for the sentences behind it."""
    if hops is not None and focus is None:
        raise click.UsageError("--hops needs --focus NAME")
    from relgraph.api import open as open_graph
    from relgraph.cli.options import emit

    with open_graph(store) as kg:
        page = kg.view(focus=focus, hops=hops)
        emit(page.html, out)
    if out != "-":
        talk.say(f"{out}: written; open it in a browser")
