"""The HTTP application: the viewer at /, SPARQL at /sparql (for reading only), /query for people, /health."""

from __future__ import annotations

import asyncio
import html
import json
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from relgraph.errors import QueryError, RelgraphError
from relgraph.serve.worker import ROWS, TRIPLES, TookTooLong, answer

AT_ONCE = 4
MAX_QUERY = 100_000
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Opener-Policy": "same-origin"}
_SHORT = {"json": ROWS[0], "xml": ROWS[1], "csv": ROWS[2], "tsv": ROWS[3], "ttl": TRIPLES[0], "nt": TRIPLES[1]}


def make_app(folder: str, *, timeout: float = 30.0, hosts: tuple[str, ...] = ("127.0.0.1", "localhost")) -> Starlette:
    """Return the application over a store.

    Args:
        folder: The store.
        timeout: The longest a query may run, in seconds.
        hosts: The host names it answers to; others may be a page that had its name point here (DNS rebinding).
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def sparql(request: Request) -> Response:
        try:
            query = await _query_of(request)
        except ValueError as error:
            return _problem(400, "Bad request", str(error))
        if query is None:
            return await page(request)
        if len(query) > MAX_QUERY:
            return _problem(413, "Query too long", f"a query may have {MAX_QUERY:,} characters")
        async with room:
            try:
                media, body = await run_in_threadpool(answer, folder, query, _accepted(request), timeout)
            except TookTooLong as error:
                return _problem(503, "Query took too long", error.message, error.hint)
            except QueryError as error:
                return _problem(400, "Bad query", error.message, error.hint, line=error.line, column=error.column)
            except RelgraphError as error:
                return _problem(500, "Store can't be read", error.message, error.hint)
        return Response(body, media_type=media, headers={"Access-Control-Allow-Origin": "*"})

    async def viewer(_: Request) -> Response:
        return HTMLResponse(await run_in_threadpool(_viewer, folder))

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def page(_: Request) -> Response:
        return HTMLResponse(_PAGE, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"})

    return Starlette(
        routes=[Route("/", viewer), Route("/sparql", sparql, methods=["GET", "POST"]), Route("/query", page), Route("/health", health)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)), Middleware(_Safe)],
    )


class _Safe(BaseHTTPMiddleware):
    """Adds the security headers to every answer."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


async def _query_of(request: Request) -> str | None:
    """Return the query of a request by the SPARQL 1.1 Protocol: GET, POST form or POST body; None for a GET without one."""
    if request.method == "GET":
        found = request.query_params.getlist("query")
        if len(found) > 1:
            raise ValueError("more than one query")
        return found[0] if found else None
    size = int(request.headers.get("content-length") or 0)
    if size > 4 * MAX_QUERY:
        raise ValueError("the body is too large")
    body = (await request.body())[: 4 * MAX_QUERY + 1].decode("utf-8", "replace")
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/sparql-query":
        return body
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qsl(body, keep_blank_values=True)
        if any(name == "update" for name, _ in fields):
            raise ValueError("this endpoint is for reading only")
        found = [value for name, value in fields if name == "query"]
        if len(found) != 1:
            raise ValueError("the form needs one field 'query'")
        return found[0]
    raise ValueError("send the query as application/sparql-query or as a form field 'query'; updates are not accepted")


def _accepted(request: Request) -> tuple[str, ...]:
    """Return the media types that the client accepts, best first."""
    short = request.query_params.get("format")
    if short in _SHORT:
        return (_SHORT[short],)
    weighted = []
    for position, part in enumerate(request.headers.get("accept", "").split(",")):
        name, *parameters = (p.strip() for p in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weighted.append((-float(weight), position, {"application/json": ROWS[0], "application/xml": ROWS[1]}.get(name, name)))
        except ValueError:
            continue
    return tuple(name for _, _, name in sorted(weighted))


def _problem(status: int, title: str, detail: str, hint: str = "", **more: int | None) -> Response:
    """Return a problem description (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | ({"hint": hint} if hint else {}) | {k: v for k, v in more.items() if v is not None}
    return Response(json.dumps(body), status_code=status, media_type="application/problem+json", headers={"Access-Control-Allow-Origin": "*"})


def _viewer(folder: str) -> str:
    from relgraph.show import view_html
    from relgraph.store import open_store

    store = open_store(folder, read_only=True)
    try:
        return view_html(store)
    finally:
        store.close()


_EXAMPLE = """SELECT ?name ?member WHERE {
  ?body a rg:BilateralBody ; rdfs:label ?name ; rg:bodyMember/rdfs:label ?member
  FILTER(LANG(?name) = "en" && LANG(?member) = "en")
} LIMIT 20"""
_PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ask the graph</title><meta name="viewport" content="width=device-width">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}textarea{{width:100%;height:14rem;font:14px/1.4 monospace}}</style></head>
<body><main><h1>Ask the graph</h1><form action="/sparql" method="get"><p><label for="q">SPARQL query; the prefixes rg, rdfs, skos and others are known</label></p>
<textarea id="q" name="query" spellcheck="false">{html.escape(_EXAMPLE)}</textarea>
<p><label>Form of the answer <select name="format"><option value="csv">CSV</option><option value="json">JSON</option><option value="tsv">TSV</option></select></label>
<button>Ask</button></p></form><p><a href="/">The graph as a picture</a></p></main></body></html>"""
