"""SPARQL 1.1 Protocol, section 2: from a request to an operation.

Each refusal names the part of the protocol that the request misses.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request

from relgraph.serve.negotiate import SHORT
from relgraph.serve.problems import Problem

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MAX_GRAPHS = 100


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """A query or update with the graphs that it names and the form of answer that it asks for.

    `default_graphs` and `named_graphs` are IRIs; both empty means the store's own default graph and all named graphs.
    """

    text: str
    update: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


async def operation_of(request: Request, *, longest: int) -> Operation | None:
    """Read the operation of a request; None for a GET without any parameter, which asks for the service's description.

    Args:
        request: GET, or POST in one of the protocol's three forms.
        longest: The longest query or update, in bytes of UTF-8.

    Raises:
        Problem: 400, 413 or 415.
    """
    url = _parsed(request.scope["query_string"], longest)
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in url):
            raise Problem(400, "Bad request", "an update must be sent by POST")
        if not any(name == "query" for name, _ in url):
            if not [name for name, _ in url if name != "format"]:
                return None
            raise Problem(400, "Bad request", "there is no 'query' parameter")
        return _operation(url, "query", longest)
    body = await _body(request, longest)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == FORM:
        fields = [*_parsed(body, longest), *(f for f in url if f[0] == "format")]
        names = {name for name, _ in fields}
        if {"query", "update"} <= names:
            raise Problem(400, "Bad request", "the form has both 'query' and 'update'")
        if not names & {"query", "update"}:
            raise Problem(400, "Bad request", "the form has neither a field 'query' nor a field 'update'")
        return _operation(fields, "update" if "update" in names else "query", longest)
    if kind in (QUERY, UPDATE):
        verb = "query" if kind == QUERY else "update"
        if any(name in ("query", "update") for name, _ in url):
            raise Problem(400, "Bad request", f"the {verb} stands in the body and in the address")
        return _operation([*url, (verb, _text(body))], verb, longest)
    raise Problem(415, "Media type not taken", f"'{kind[:60] or 'no Content-Type'}' is not taken here", hint=f"send {FORM}, {QUERY} or {UPDATE}")


def _operation(fields: list[tuple[str, str]], verb: str, longest: int) -> Operation:
    found = [value for name, value in fields if name == verb]
    if len(found) != 1:
        raise Problem(400, "Bad request", f"there are {len(found)} fields '{verb}'; the protocol wants one")
    if len(found[0].encode("utf-8", "surrogatepass")) > longest:
        raise _too_long(longest)
    if "\x00" in found[0]:
        raise Problem(400, "Bad request", f"the {verb} holds a NUL character")
    prefix = "" if verb == "query" else "using-"
    default = _graphs(v for n, v in fields if n == ("default-graph-uri" if verb == "query" else f"{prefix}graph-uri"))
    named = _graphs(v for n, v in fields if n == ("named-graph-uri" if verb == "query" else f"{prefix}named-graph-uri"))
    short = next((v for n, v in fields if n == "format"), "")  # clients send words of their own there, too: the Accept header says it then
    return Operation(text=found[0], update=verb == "update", default_graphs=default, named_graphs=named, format=SHORT.get(short))


def _graphs(values: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(values))
    if len(found) > MAX_GRAPHS:
        raise Problem(400, "Bad request", f"{len(found)} graphs are named; the most is {MAX_GRAPHS}")
    for iri in found:
        if ":" not in iri or any(c in '<>"{}|\\^`' or c <= " " for c in iri):
            raise Problem(400, "Bad request", f"'{iri[:100]}' is no IRI of a graph")
    return found


async def _body(request: Request, longest: int) -> bytes:
    """Read at most as much as a form with the longest query can have; more is refused before it is read."""
    most = 3 * longest + 10_000  # a form may escape every byte
    try:
        announced = int(request.headers.get("content-length") or 0)
    except ValueError as error:
        raise Problem(400, "Bad request", "Content-Length is no number") from error
    if announced > most:
        raise _too_long(longest)
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise _too_long(longest)
            parts.append(part)
    except ClientDisconnect as error:
        raise Problem(400, "Bad request", "the body ended early") from error
    return b"".join(parts)


def _parsed(encoded: bytes, longest: int) -> list[tuple[str, str]]:
    if len(encoded) > 3 * longest + 10_000:
        raise _too_long(longest)
    try:
        return parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=2 * MAX_GRAPHS + 20)
    except UnicodeDecodeError as error:
        raise Problem(400, "Bad request", "a parameter isn't UTF-8") from error
    except ValueError as error:
        raise Problem(400, "Bad request", "there are too many parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "Bad request", f"the text isn't UTF-8 at byte {error.start}") from error


def _too_long(longest: int) -> Problem:
    return Problem(413, "Query too long", f"a query may have {longest:,} bytes")
