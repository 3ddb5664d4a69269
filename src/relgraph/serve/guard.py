"""What stands before every request: host check, limits, security headers, and the access log."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from relgraph.serve.problems import Problem

_HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
}  # fmt: skip


class Limits(msgspec.Struct, frozen=True):
    """`target`: longest path and query string, `headers`: largest headers, in bytes. `body_seconds`: how long a body may take to arrive."""

    target: int = 400_000
    headers: int = 32_000
    body_seconds: float = 15.0


class Log:
    """The access log: a line of JSON a request; texts of queries only when asked for."""

    def __init__(self, write: Callable[[str], None] | None, *, queries: bool = False) -> None:
        self._write, self._queries = write, queries

    def request(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """Write one line."""
        if self._write is None:
            return
        client = scope.get("client") or ("", 0)
        line: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "client": client[0], "method": str(scope["method"])[:20], "path": str(scope["path"])[:200],
            "status": status, "bytes": size, "ms": round(seconds * 1000, 1),
        }  # fmt: skip
        query = scope.get("state", {}).get("query")
        if self._queries and query is not None:
            line["query"] = str(query)[:10_000]
        self._write(json.dumps(line, ensure_ascii=True))


class Guard:
    """Middleware over the whole application."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], limits: Limits, log: Log) -> None:
        self._app, self._hosts, self._limits, self._log = app, frozenset(h.lower() for h in hosts), limits, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, pass it on, and log it; what isn't HTTP is passed on (start and stop) or closed."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        started, status, size = time.monotonic(), 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        async def receiving() -> Message:
            """Wait for a part of the body, but not for ever: a slow sender must not hold a connection open."""
            left = started + self._limits.body_seconds - time.monotonic()
            try:
                return await asyncio.wait_for(receive(), max(0.01, left))
            except TimeoutError as error:
                raise Problem(408, "Too slow", f"the body took longer than {self._limits.body_seconds:g} s to arrive", headers={"Connection": "close"}) from error

        body_read = False

        async def first_then_free() -> Message:
            nonlocal body_read
            if body_read:
                return await receive()  # waits for the client to leave
            message = await receiving()
            body_read = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        try:
            problem = self._refused(scope)
            if problem is not None:
                await problem.response()(scope, receive, sending)
            else:
                await self._app(scope, first_then_free, sending)
        finally:
            self._log.request(scope, status, size, time.monotonic() - started)

    def _refused(self, scope: Scope) -> Problem | None:
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > self._limits.target:
            return Problem(414, "Address too long", f"an address may have {self._limits.target:,} bytes", hint="send a long query by POST")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._limits.headers:
            return Problem(431, "Headers too large", f"the headers may have {self._limits.headers:,} bytes")
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if "*" not in self._hosts and name not in self._hosts:
            return Problem(421, "Wrong host", "requests must name this server by a host that it knows", hint="serve with --host or --allow-host NAME")
        if len(headers.getlist("host")) > 1 or len(headers.getlist("content-type")) > 1 or len(headers.getlist("content-length")) > 1:
            return Problem(400, "Bad request", "a header stands twice")
        return None
