"""`relgraph query`: SPARQL in, rows or triples out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from relgraph.cli.options import Talk, emit_result, format_option, out_option, store_option, talking


@click.command("query", short_help="Run SPARQL over a store.")
@click.argument("sparql")
@store_option
@format_option(("table", "csv", "json", "ttl"), None)
@out_option()
@talking
def command(sparql: str, store: str, fmt: str | None, out: str, talk: Talk) -> None:
    """Run a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    SPARQL is the query itself, @FILE, or - for standard input. The prefixes rg, rdf, rdfs, owl, xsd, skos, prov, oa, dcterms and schema are known.
    Rows come as a table, triples as Turtle, unless --format says otherwise.
    """
    from relgraph.query import Graph, run_query, unknown_terms
    from relgraph.store import open_store

    text, path = _read(sparql)
    opened = open_store(store, read_only=True)
    try:
        result = run_query(opened, text, path=path)
        empty = not isinstance(result, bool) and not len(result)
        unknown = unknown_terms(opened, text) if empty or result is False else {}
    finally:
        opened.close()
    emit_result(result, fmt or ("ttl" if isinstance(result, Graph) else "table"), out)
    if empty:
        talk.say("nothing found")
    for term, near in unknown.items():
        talk.say(f"the ontology has no {term}" + (f"; did you mean {near}?" if near else ""))
    if not isinstance(result, bool):
        talk.detail(f"{len(result)} {'triples' if isinstance(result, Graph) else 'rows'}")


def _read(sparql: str) -> tuple[str, str | None]:
    """Return the text of a query and the file it came from."""
    from relgraph.errors import QueryError

    try:
        if sparql == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig"), None
        if sparql.startswith("@"):
            return Path(sparql[1:]).read_text("utf-8-sig"), sparql[1:]
    except UnicodeDecodeError as error:
        raise QueryError("is not UTF-8 text", path=sparql.lstrip("@")) from error
    except OSError as error:
        raise QueryError(f"can't be read: {error.strerror}", path=sparql[1:], hint="@FILE names a file with a query in it") from error
    return sparql, None
