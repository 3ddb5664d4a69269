"""`relgraph queries`: the named queries and their parameters."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit, emit_result, format_option, out_option, talking


@click.command("queries", short_help="List the named queries, or show one.")
@click.argument("name", required=False)
@format_option(("table", "csv", "json"), "table")
@out_option()
@talking
def command(name: str | None, fmt: str, out: str, talk: Talk) -> None:
    """List the named queries that `relgraph ask` answers; with NAME, show its parameters, examples and SPARQL."""
    from relgraph.query import Table, get_query, load_queries

    queries = load_queries()
    if name is None:
        emit_result(Table(("query", "question"), [(q.signature(), q.question) for q in queries.values()]), fmt, out)
        return
    query = get_query(queries, name)
    lines = [f"{query.title}: {query.question}", "", f"relgraph ask {query.signature()}", ""]
    for key, parameter in query.parameters.items():
        notes = [parameter.type, "required" if parameter.required else "optional", *([f"default {parameter.default}"] if parameter.default is not None else [])]
        lines.append(f"  {key}  {parameter.help} ({', '.join(notes)})")
    if query.examples:
        lines += ["", "Examples:"]
        lines += [" ".join(["  relgraph ask", query.name, *(f"{k}={_quoted(v)}" for k, v in example.items())]) for example in query.examples]
    emit("\n".join([*lines, "", query.sparql.strip(), ""]), out)


def _quoted(value: str | int) -> str:
    import shlex

    return shlex.quote(str(value))
