"""What a remote store sends and gets: SPARQL 1.1 query, update and Graph Store Protocol over HTTP.

Addresses: `--store http://host:7878` means `/query`, `/update` and `/store` below it (Oxigraph); an address that ends in `/sparql` means Virtuoso's
`/sparql`, `/sparql-auth` and `/sparql-graph-crud-auth`. RELGRAPH_QUERY_URL, RELGRAPH_UPDATE_URL and RELGRAPH_GRAPH_URL name others.
Credentials come from RELGRAPH_STORE_USER and RELGRAPH_STORE_PASSWORD, else from netrc; never from the address, and they are never shown.
"""

from __future__ import annotations

import json
import netrc
import os
from collections.abc import Generator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from relgraph.errors import QueryError, StoreError

ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
TIMEOUT = httpx.Timeout(600.0, connect=10.0)


class Addresses(NamedTuple):
    """Where an endpoint takes queries, updates and whole graphs."""

    query: str
    update: str
    graph: str


def addresses_of(place: str) -> Addresses:
    """Return the addresses that a store's address stands for.

    Raises:
        StoreError: It holds credentials.
    """
    parts = urlsplit(place)
    if parts.username or parts.password:
        raise StoreError("credentials don't belong into an address, where other users and logs see them", hint="set RELGRAPH_STORE_USER and RELGRAPH_STORE_PASSWORD, or use ~/.netrc")
    base = place.rstrip("/")
    if base.endswith("/sparql"):
        found = Addresses(base, f"{base}-auth", f"{base}-graph-crud-auth")
    else:
        found = Addresses(f"{base}/query", f"{base}/update", f"{base}/store")
    named = (os.environ.get(f"RELGRAPH_{name}_URL") for name in ("QUERY", "UPDATE", "GRAPH"))
    return Addresses(*(own or default for own, default in zip(named, found, strict=True)))


class _Login(httpx.Auth):
    """Basic or digest, as the server asks."""

    def __init__(self, user: str, password: str) -> None:
        self._known = (user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            digest = response.headers.get("www-authenticate", "").lower().startswith("digest")
            self._chosen = httpx.DigestAuth(*self._known) if digest else httpx.BasicAuth(*self._known)
        yield from self._chosen.auth_flow(request)


def _login(host: str) -> _Login | None:
    user, password = os.environ.get("RELGRAPH_STORE_USER"), os.environ.get("RELGRAPH_STORE_PASSWORD")
    if user and password is not None:
        return _Login(user, password)
    try:
        found = netrc.netrc(os.environ.get("NETRC")).authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return None
    return _Login(found[0], found[2] or "") if found else None


class Endpoint:
    """An endpoint; every method raises StoreError when it can't be reached or refuses, `select` and `construct` QueryError for a query it can't run."""

    def __init__(self, place: str) -> None:
        self.place, self.addresses = place, addresses_of(place)
        self._client = httpx.Client(auth=_login(urlsplit(place).hostname or ""), timeout=TIMEOUT, trust_env=False)

    def rows(self, query: str, default_graph: str | None = None) -> dict[str, Any]:
        """Return the answer to SELECT or ASK in the form of SPARQL 1.1 Query Results JSON."""
        body = self._query(query, ROWS, default_graph)
        try:
            found = json.loads(body)
        except ValueError as error:  # Oxigraph's server breaks off its answer at the time limit, with status 200
            raise QueryError("the answer broke off, perhaps at the server's time limit", hint="narrow the query, or raise the limit of the server") from error
        return found if isinstance(found, dict) else {}

    def triples(self, query: str, default_graph: str | None = None) -> bytes:
        """Return the answer to CONSTRUCT or DESCRIBE as N-Triples."""
        return self._query(query, TRIPLES, default_graph)

    def _query(self, query: str, media: str, default_graph: str | None) -> bytes:
        data = {"query": query} | ({"default-graph-uri": default_graph} if default_graph else {})
        response = self._sent("POST", self.addresses.query, data=data, headers={"Accept": media})
        if response.status_code >= httpx.codes.BAD_REQUEST:
            raise QueryError(f"the server can't run the query: {_said(response)}")
        return response.content

    def update(self, text: str) -> None:
        """Run an update."""
        self._done(self._sent("POST", self.addresses.update, data={"update": text}))

    def get(self, graph: str | None) -> bytes:
        """Return a graph as N-Triples; None is the default graph."""
        response = self._sent("GET", self.addresses.graph, params=_named(graph), headers={"Accept": TRIPLES})
        if response.status_code == httpx.codes.NOT_FOUND:
            return b""
        self._done(response)
        return response.content

    def post(self, graph: str | None, triples: bytes) -> None:
        """Add N-Triples to a graph."""
        self._done(self._sent("POST", self.addresses.graph, params=_named(graph), content=triples, headers={"Content-Type": TRIPLES}))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _sent(self, method: str, address: str, **rest: Any) -> httpx.Response:
        try:
            return self._client.request(method, address, **rest)
        except httpx.HTTPError as error:
            raise StoreError(f"can't be reached: {error}", path=self.place, hint="is the server running, and is the address right?") from error

    def _done(self, response: httpx.Response) -> None:
        if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise StoreError("the server wants other credentials", path=self.place, hint="set RELGRAPH_STORE_USER and RELGRAPH_STORE_PASSWORD, or use ~/.netrc")
        if response.status_code >= httpx.codes.BAD_REQUEST:
            raise StoreError(f"the server refuses: {_said(response)}", path=self.place)


def _named(graph: str | None) -> dict[str, str]:
    return {"default": ""} if graph is None else {"graph": graph}


def _said(response: httpx.Response) -> str:
    return " ".join(response.text.split())[:300] or f"status {response.status_code}"
