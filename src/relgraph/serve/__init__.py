"""Serve a store over HTTP: the viewer and a read-only SPARQL 1.1 endpoint."""

from __future__ import annotations

import socket
from collections.abc import Callable

from relgraph.errors import StoreError


def serve(folder: str, *, host: str = "127.0.0.1", port: int = 8000, timeout: float = 30.0, say: Callable[[str], None] = lambda _: None) -> None:
    """Serve a store until SIGINT or SIGTERM.

    Args:
        folder: The store; read anew for each request, so that what a finished build wrote is seen.
        host: The address to listen on.
        port: 0 takes a free one.
        timeout: The longest a query may run, in seconds.
        say: Told the address once it listens.

    Raises:
        StoreError: There is no store, or the address can't be taken.
    """
    import uvicorn

    from relgraph.serve.app import make_app
    from relgraph.store import open_store

    open_store(folder, read_only=True).close()
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise StoreError(f"port {port} of {host} can't be taken: {error.strerror}", hint="choose another with --port") from error
    taken = listener.getsockname()[1]
    say(f"the viewer is at http://{host}:{taken}/ and SPARQL at http://{host}:{taken}/sparql; stop with Ctrl-C")
    hosts = tuple(dict.fromkeys((host, "127.0.0.1", "localhost")))
    uvicorn.Server(uvicorn.Config(make_app(folder, timeout=timeout, hosts=hosts), log_level="warning", access_log=False)).run(sockets=[listener])
