"""`relgraph view`: the graph as one HTML file."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("view", short_help="Write the graph as one interactive HTML file.")
@store_option
@click.option("-o", "--out", metavar="FILE", default="relgraph.html", show_default=True, help="The file to write; '-' is standard output.")
@click.option("--focus", metavar="NAME", help="Only what lies around this entity.")
@click.option("--hops", type=click.IntRange(1, 5), default=None, metavar="N", help="How many edges around --focus.  [default: 1]")
@click.option("--draw-all", is_flag=True, help="Draw all nodes from the start, however many.  [default: at most about 1,500]")
@click.option("--fresh", is_flag=True, help="Place everything anew, even where FILE holds an earlier picture.")
@talking
def command(store: str, out: str, focus: str | None, hops: int | None, draw_all: bool, fresh: bool, talk: Talk) -> None:
    """Write the graph as one HTML file that needs no network: network, map, matrix, timeline and table, with the sentences behind every line.

    What an earlier picture in FILE holds keeps its place.
    """
    if hops is not None and focus is None:
        raise click.UsageError("--hops needs --focus NAME")
    from relgraph.api import open as open_graph
    from relgraph.cli.options import emit

    with open_graph(store) as kg:
        page = kg.view(focus=focus, hops=hops, draw_all=draw_all, like=None if fresh or out == "-" else out)
        emit(page.html, out)
    if out != "-":
        talk.say(f"{out}: written; open it in a browser")
