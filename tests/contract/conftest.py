"""Every store, one after the other: in memory, on disk, behind an Oxigraph server and behind Virtuoso."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from relgraph.store import Store, open_store
from relgraph.store.http import Endpoint
from relgraph.store.remote import GONE, MERGED

KINDS = ("memory", "disk", "oxigraph-server", "virtuoso")
_spec = importlib.util.spec_from_file_location("servers", Path(__file__).parents[1] / "servers.py")
assert _spec is not None
assert _spec.loader is not None
servers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(servers)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Start a server when it is first asked for; empty it and give its address."""
    started: dict[str, str] = {}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as environment:
        environment.setenv("RELGRAPH_STORE_USER", "dba")
        environment.setenv("RELGRAPH_STORE_PASSWORD", "dba")

        def start(kind: str) -> str:
            if kind not in started:
                run = servers.oxigraph_server if kind == "oxigraph-server" else servers.virtuoso_server
                started[kind] = stack.enter_context(run(tmp_path_factory.mktemp(kind)))
            return _emptied(started[kind])

        yield start


def _emptied(place: str) -> str:
    """Take everything of ours out of a server."""
    end = Endpoint(place)
    rows = end.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/relgraph/')) }")["results"]["bindings"]
    for row in rows:
        end.update(f"DROP SILENT GRAPH <{row['g']['value']}>")
    end.update(f"DROP SILENT GRAPH <{MERGED}> ; DROP SILENT GRAPH <{GONE}>" if place.endswith("/sparql") else "DROP ALL")
    end.close()
    return place


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> str | None:
    """Where a store may be made: None, a folder or an address."""
    if request.param == "memory":
        return None
    return str(tmp_path / "db") if request.param == "disk" else address(request.param)


@pytest.fixture
def store(place: str | None) -> Iterator[Store]:
    opened = open_store(place, create=True)
    yield opened
    opened.close()
