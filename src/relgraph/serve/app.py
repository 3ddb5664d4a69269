"""The HTTP application: the viewer at /, SPARQL at /sparql, a query page at /query, entities at their paths, dossiers at /dossier/A/B, /health."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from relgraph.serve.description import description
from relgraph.serve.guard import Guard, Limits, Log
from relgraph.serve.negotiate import TRIPLES, best
from relgraph.serve.pages import Pages
from relgraph.serve.pool import Pool
from relgraph.serve.problems import Problem
from relgraph.serve.protocol import operation_of
from relgraph.serve.updates import apply_update
from relgraph.serve.worker import Task

ANY = "*/*"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a store is served.

    Attributes:
        timeout: The longest a query may run, in seconds.
        memory: Bytes that one query's process may take.
        longest: The longest query, in bytes.
        largest: The largest answer, in bytes.
        waiting: Queries that may wait for a worker.
        hosts: The host names that requests may name; others may be a page that had its name point here (DNS rebinding).
        cors: The origin whose pages may read answers; '*' for all, '' for none.
        token: What updates must show; None: for reading only.
        log_queries: Whether the access log holds the text of queries.
    """

    timeout: float = 30.0
    memory: int = 2_000_000_000
    longest: int = 100_000
    largest: int = 50_000_000
    waiting: int = 64
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    cors: str = "*"
    token: str | None = None
    log_queries: bool = False


def make_app(folder: str, options: Options | None = None, *, log: Callable[[str], None] | None = None) -> Starlette:
    """Return the application over a store; `log` gets a line of JSON for each request."""
    chosen = options or Options()
    service = _Service(folder, chosen)
    routes = [
        Route("/", service.viewer, methods=["GET"]), Route("/viewer/graph", service.viewer_graph, methods=["GET"]), Route("/viewer/sentences", service.viewer_sentences, methods=["GET"]),
        Route("/sparql", service.sparql, methods=["GET", "POST", "OPTIONS"]), Route("/query", service.query_page, methods=["GET"]),
        Route("/health", service.health, methods=["GET"]), Route("/ontology", service.ontology, methods=["GET"]), Route("/id/{path:path}", service.entity, methods=["GET"]),
        *(Route("/dossier" + names, service.dossier, methods=["GET"]) for names in ("", "/{a}", "/{a}/{b}")),
        Mount("/static", StaticFiles(directory=str(files("relgraph.serve") / "static"))),
    ]  # fmt: skip
    guard = Middleware(Guard, hosts=chosen.hosts, limits=Limits(), log=Log(log, queries=chosen.log_queries))
    return Starlette(routes=routes, middleware=[guard], lifespan=service.life, exception_handlers={Problem: _problem, 404: _missing, 405: _method})  # type: ignore[dict-item]


class _Service:
    """The handlers and what they share."""

    def __init__(self, folder: str, options: Options) -> None:
        self._folder, self._options = folder, options
        self._pages = Pages(folder)
        self._pool: Pool | None = None

    @contextlib.asynccontextmanager
    async def life(self, _: Starlette) -> AsyncIterator[None]:
        """Start the workers, and end them with the server."""
        self._pool = Pool(self._folder, timeout=self._options.timeout, memory=self._options.memory, waiting=self._options.waiting)
        self._pool.warm()
        try:
            yield
        finally:
            self._pool.close()
            self._pages.close()

    async def sparql(self, request: Request) -> Response:
        """The endpoint (SPARQL 1.1 Protocol, section 2)."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=self._cors() | {"Allow": "GET, HEAD, POST, OPTIONS"})
        try:
            operation = await operation_of(request, longest=self._options.longest)
            if operation is None:
                return self._described(request)
            request.state.query = operation.text
            if operation.update:
                return await self._update(request, operation.text)
            accept = operation.format or request.headers.get("accept", ANY)
            done = await self._running().run(Task(operation.text, operation.default_graphs, operation.named_graphs, accept, self._options.largest))
        except Problem as problem:
            problem.headers |= self._cors()
            raise
        return Response(done.body, media_type=done.media, headers=self._cors() | {"Vary": "Accept"})

    def _running(self) -> Pool:
        if self._pool is None:
            raise Problem(503, "Not ready", "the service is starting or stopping")
        return self._pool

    def _described(self, request: Request) -> Response:
        media = best(request.headers.get("accept", ANY), [*TRIPLES, "text/html"])
        if media == "text/html":
            return RedirectResponse("/query", 303, headers=self._cors() | {"Vary": "Accept"})
        if media is None:
            raise Problem(406, "No such form", "the service description is RDF", hint=f"accept one of {', '.join(TRIPLES)}")
        here = str(request.url.replace(query="", fragment=""))
        return Response(description(here, media, writable=self._options.token is not None), media_type=media, headers=self._cors() | {"Vary": "Accept"})

    async def _update(self, request: Request, text: str) -> Response:
        if self._options.token is None:
            raise Problem(403, "For reading only", "this endpoint takes no updates", hint="to change a store use build, add and remove, or serve it with --writable")
        said = request.headers.get("authorization", "")
        if not hmac.compare_digest(said.encode(), f"Bearer {self._options.token}".encode()):
            raise Problem(401, "Not allowed", "an update needs the token", headers={"WWW-Authenticate": 'Bearer realm="relgraph"'})
        await run_in_threadpool(apply_update, self._folder, text, self._options.timeout)
        return Response(status_code=204, headers=self._cors())

    async def viewer(self, _: Request) -> Response:
        """The viewer's page."""
        return await run_in_threadpool(self._pages.viewer)

    async def viewer_graph(self, _: Request) -> Response:
        """The graph that the viewer draws."""
        return await run_in_threadpool(self._pages.viewer_graph)

    async def viewer_sentences(self, request: Request) -> Response:
        """Sentences that the viewer is about to show."""
        try:
            first, last = int(request.query_params.get("from", "0")), int(request.query_params.get("to", "0"))
        except ValueError as error:
            raise Problem(400, "Bad request", "'from' and 'to' are numbers of sentences") from error
        return await run_in_threadpool(self._pages.viewer_sentences, first, last)

    async def query_page(self, _: Request) -> Response:
        """The page with the SPARQL editor."""
        return await run_in_threadpool(self._pages.query)

    async def entity(self, request: Request) -> Response:
        """An entity: HTML with its facts and their sentences, or RDF."""
        media = best(request.headers.get("accept", ANY), ["text/html", *TRIPLES])
        if media is None:
            raise Problem(406, "No such form", "an entity is to be had as HTML or RDF", hint=f"accept one of text/html, {', '.join(TRIPLES)}")
        answer = await run_in_threadpool(self._pages.entity, request.path_params["path"], media)
        answer.headers["Vary"] = "Accept"
        if media != "text/html":
            answer.headers.update(self._cors())
        return answer

    async def dossier(self, request: Request) -> Response:
        """What is known of one entity or a pair, with its footnotes: names in the path, or IRIs as a and b."""
        asked = dict(request.query_params)
        wanted = [name for key in "ab" if (name := request.path_params.get(key, asked.get(key)))]
        return await run_in_threadpool(self._pages.dossier, wanted, asked)

    async def ontology(self, _: Request) -> Response:
        """The ontology as Turtle."""
        return Response(Path(self._pages.ontology()).read_bytes(), media_type="text/turtle", headers=self._cors())

    async def health(self, _: Request) -> Response:
        """Whether the store can be read."""
        state = await run_in_threadpool(self._pages.health)
        return JSONResponse(state, status_code=200 if state["status"] == "ok" else 503)

    def _cors(self) -> dict[str, str]:
        """Headers that let pages of other origins read an answer; nothing that needs credentials is ever allowed."""
        if not self._options.cors:
            return {}
        return {"Access-Control-Allow-Origin": self._options.cors, "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
                "Access-Control-Allow-Headers": "Accept, Content-Type, Authorization", "Access-Control-Max-Age": "600"}  # fmt: skip


async def _problem(_: Request, problem: Problem) -> Response:
    return problem.response()


async def _missing(request: Request, _: Exception) -> Response:
    return Problem(404, "Not found", f"there is nothing at {request.url.path[:200]}", hint="see / for the viewer, /query to ask, /sparql for programs").response()


async def _method(request: Request, error: Exception) -> Response:
    return Problem(405, "Method not allowed", f"{request.method[:20]} is not taken at {request.url.path[:200]}", headers=getattr(error, "headers", None) or {}).response()
