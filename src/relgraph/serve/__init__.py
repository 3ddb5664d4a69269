"""Serve a store over HTTP: the viewer, a SPARQL 1.1 endpoint, a page for queries, and every entity at its path."""

from __future__ import annotations

import socket
from collections.abc import Callable

from relgraph.errors import StoreError
from relgraph.serve.app import Options, make_app

__all__ = ["Options", "make_app", "serve"]


def serve(folder: str, *, host: str = "127.0.0.1", port: int = 8000, options: Options | None = None, say: Callable[[str], None] = lambda _: None,
          log: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Serve a store until SIGINT or SIGTERM.

    Args:
        folder: The store; a newer snapshot of it is picked up by itself.
        host: The address to listen on.
        port: 0 takes a free one.
        options: Limits and who may do what.
        say: Told the address once it listens.
        log: Given a line of JSON for each request.

    Raises:
        StoreError: There is no store, or the address can't be taken.
    """
    import msgspec
    import uvicorn

    from relgraph.store import open_store

    open_store(folder, read_only=True).close()
    # the protocol is named so that asyncio turns Nagle off: else each small answer waits 40 ms for an acknowledgement
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)  # who connects before the server runs waits instead of being refused
    except OSError as error:
        listener.close()
        raise StoreError(f"port {port} of {host} can't be taken: {error.strerror}", hint="choose another with --port") from error
    taken = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    chosen = options or Options()
    chosen = msgspec.structs.replace(chosen, hosts=tuple(dict.fromkeys((shown, *chosen.hosts))))
    say(f"the viewer is at http://{shown}:{taken}/, questions at /query, SPARQL for programs at http://{shown}:{taken}/sparql; stop with Ctrl-C")
    config = uvicorn.Config(make_app(folder, chosen, log=log), log_level="error", access_log=False, timeout_graceful_shutdown=3, timeout_keep_alive=10,
                            h11_max_incomplete_event_size=450_000, server_header=False)  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])
