"""`relgraph export`: a store's quads as a file."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.options import Talk, emit, emit_bytes, format_option, out_option, store_option, talking

FORMATS = ("nquads", "trig", "turtle", "ntriples", "rdfxml", "jsonld")
TABLES = ("csv", "parquet")
NETWORKS = ("graphml", "gexf")


@click.command("export", short_help="Write a store's graph as N-Quads, TriG, Turtle ...")
@store_option
@format_option((*FORMATS, *NETWORKS, *TABLES, "neo4j"), None)
@out_option("Where to write; '-' is standard output. For csv, parquet and neo4j a folder, but for --panel.")
@click.option("--graph", metavar="IRI", help="Only this named graph, for example https://w3id.org/relgraph/graph/reference.")
@click.option("--panel", is_flag=True, help="A table of pairs of states and months instead: csv or parquet.")
@talking
def command(store: str, fmt: str | None, out: str, graph: str | None, panel: bool, talk: Talk) -> None:
    """Write the graph of a store, always in the same order.

    With --panel a table for statistics: a row for each pair of states and month, counting what happened; docs/panel.md is its codebook.

    GraphML and GEXF hold the network of the viewer; CSV and Parquet write a folder of tables (entities, edges, facts, evidence, articles), neo4j one that
    neo4j-admin imports.

    Without -f it is N-Quads, or CSV with --panel. N-Quads, TriG and JSON-LD keep a graph for each article, the reference and what was derived; Turtle, N-Triples and RDF/XML merge them.
    """
    if not panel and graph is None and fmt in (*NETWORKS, *TABLES, "neo4j"):
        _network(store, fmt, out, talk)
        return
    if panel or fmt in TABLES:
        _panel(store, fmt or "csv", out, graph, panel, talk)
        return
    from relgraph.query.export import exported
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        data = exported(opened, fmt or "nquads", graph=graph)
    finally:
        opened.close()
    emit(data.decode("utf-8"), out)
    talk.detail(f"{len(data):,} bytes")


def _network(store: str, fmt: str, out: str, talk: Talk) -> None:
    """Write the network as one file, or as the tables of a folder."""
    from relgraph.show.files import folder_files, graph_file
    from relgraph.show.project import project
    from relgraph.store import open_store

    if fmt not in NETWORKS and out == "-":
        raise click.UsageError(f"{fmt} is several files: name a folder with -o")
    opened = open_store(store, read_only=True)
    try:
        projection = project(opened)
    finally:
        opened.close()
    if fmt in NETWORKS:
        data = graph_file(projection, fmt)
        emit(data.decode("utf-8"), out)
        return
    files = folder_files(projection, fmt)
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{out} can't be made: {error.strerror}") from error
    for name, data in files.items():
        emit_bytes(data, str(Path(out) / name))
    talk.say(f"{out}: {', '.join(files)}")


def _panel(store: str, fmt: str, out: str, graph: str | None, panel: bool, talk: Talk) -> None:
    """Write the table of dyads and months."""
    from relgraph.query.panel import panel as counted
    from relgraph.store import open_store

    if not panel or fmt not in TABLES or graph is not None:
        raise click.UsageError("csv and parquet are formats of --panel, which counts the whole store" if fmt in TABLES else f"--panel is written as {' or '.join(TABLES)}, not as {fmt}")
    if fmt == "parquet" and out == "-":
        raise click.UsageError("Parquet is no text: name a file with -o")
    opened = open_store(store, read_only=True)
    try:
        table = counted(opened)
    finally:
        opened.close()
    if fmt == "parquet":
        emit_bytes(table.parquet(), out)
    else:
        emit(table.csv(), out)
    talk.say(f"{len(table.rows):,} pairs of states and months; {table.undated:,} occurrences without a month are left out")
