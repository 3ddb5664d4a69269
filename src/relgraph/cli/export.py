"""`relgraph export`: a store's quads as a file."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit, format_option, out_option, store_option, talking

FORMATS = ("nquads", "trig", "turtle", "ntriples", "rdfxml", "jsonld")


@click.command("export", short_help="Write a store's graph as N-Quads, TriG, Turtle ...")
@store_option
@format_option(FORMATS, "nquads")
@out_option()
@click.option("--graph", metavar="IRI", help="Only this named graph, for example https://w3id.org/relgraph/graph/reference.")
@talking
def command(store: str, fmt: str, out: str, graph: str | None, talk: Talk) -> None:
    """Write the graph of a store, always in the same order.

    N-Quads, TriG and JSON-LD keep a graph for each article, the reference and what was derived; Turtle, N-Triples and RDF/XML merge them.
    """
    from relgraph.query.export import exported
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        data = exported(opened, fmt, graph=graph)
    finally:
        opened.close()
    emit(data.decode("utf-8"), out)
    talk.detail(f"{len(data):,} bytes")
