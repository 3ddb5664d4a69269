"""One query in a process of its own, so that one which runs too long can really be ended."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

from relgraph.errors import QueryError, RelgraphError

MAX_RESULT = 50_000_000
"""Bytes of the largest answer."""

_FORMATS = {
    "application/sparql-results+json": "JSON", "application/sparql-results+xml": "XML", "text/csv": "CSV", "text/tab-separated-values": "TSV",
    "text/turtle": "TURTLE", "application/n-triples": "N_TRIPLES", "application/rdf+xml": "RDF_XML", "application/ld+json": "JSON_LD",
}  # fmt: skip
ROWS = tuple(_FORMATS)[:4]
TRIPLES = tuple(_FORMATS)[4:]


class TookTooLong(RelgraphError):
    """A query that was ended at the time limit."""


def answer(folder: str, sparql: str, accepted: tuple[str, ...], timeout: float) -> tuple[str, bytes]:
    """Run a query over a store in a process that is killed at the limit.

    Args:
        folder: The store.
        sparql: The query.
        accepted: Media types, best first; the first that fits the kind of query is taken.
        timeout: Seconds.

    Returns:
        Media type and body.

    Raises:
        QueryError: The query is refused, doesn't parse or its answer is too large.
        TookTooLong: It was ended.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, folder, sparql, accepted), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(timeout):
            raise TookTooLong(f"the query ran longer than {timeout:g} s and was ended", hint="narrow it, or add a LIMIT")
        kind, *rest = ours.recv()
    except EOFError as error:
        raise QueryError("the query was ended by the system, perhaps for want of memory", hint="narrow it, or add a LIMIT") from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if kind == "error":
        message, hint, line, column = rest
        raise QueryError(message, hint=hint, line=line, column=column)
    return rest[0], rest[1]


def _work(out: Connection, folder: str, sparql: str, accepted: tuple[str, ...]) -> None:
    """Run in the child: open for reading, answer, leave."""
    import io

    import pyoxigraph as ox

    from relgraph.query.sparql import open_result
    from relgraph.store import open_store

    try:
        store = open_store(folder, read_only=True)
        result = open_result(store, sparql)
        rows = not isinstance(result, ox.QueryTriples)
        media = next((a for a in accepted if a in (ROWS if rows else TRIPLES)), (ROWS if rows else TRIPLES)[0])
        if rows and isinstance(result, ox.QueryBoolean) and media not in ROWS[:2]:
            media = ROWS[0]
        buffer = io.BytesIO()
        if rows:
            result.serialize(buffer, format=getattr(ox.QueryResultsFormat, _FORMATS[media]))
        else:
            result.serialize(buffer, format=getattr(ox.RdfFormat, _FORMATS[media]))
        if buffer.tell() > MAX_RESULT:
            out.send(("error", f"the answer is larger than {MAX_RESULT // 1_000_000} MB", "add a LIMIT", None, None))
        else:
            out.send(("done", media, buffer.getvalue()))
    except RelgraphError as error:
        out.send(("error", error.message, error.hint, getattr(error, "line", None), getattr(error, "column", None)))
    finally:
        out.close()
