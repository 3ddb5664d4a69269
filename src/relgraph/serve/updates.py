"""Updates over HTTP: into graphs of one's own and the graph of decisions, never into what articles, reference and rules say.

The update runs over a copy of the newest snapshot in a process of its own; what it changed is then written graph by graph, so that the
merged default graph stays right.
"""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from relgraph.errors import QueryError, RelgraphError, StoreError
from relgraph.graph import iris
from relgraph.query.sparql import refuse_remote
from relgraph.serve.problems import Problem
from relgraph.store import OxigraphStore, open_store


def apply_update(folder: str, text: str, timeout: float) -> None:
    """Apply a SPARQL update.

    Args:
        folder: The store.
        text: The update; the usual prefixes are known.
        timeout: Seconds it may take.

    Raises:
        Problem: 400 for text that isn't an update or that changes a graph which is not the user's; 409 when the store is being written;
            503 when it took too long.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, folder, text), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(timeout + 15):
            raise Problem(503, "Update took too long", f"the update ran longer than {timeout:g} s and was ended; nothing is changed", headers={"Retry-After": "60"})
        found = ours.recv()
    except EOFError as error:
        raise Problem(503, "Update failed", "the update's process was ended; run it again") from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if found is not None:
        status, title, message, hint = found
        raise Problem(status, title, message, hint=hint)


def _work(out: Connection, folder: str, text: str) -> None:
    try:
        _applied(folder, text)
        out.send(None)
    except QueryError as error:
        out.send((400, "Bad update", error.message, error.hint))
    except StoreError as error:
        out.send((409, "Store can't be written", error.message, error.hint))
    except RelgraphError as error:
        out.send((500, "Update failed", error.message, error.hint))
    finally:
        out.close()


def _applied(folder: str, text: str) -> None:
    refuse_remote(text)
    store = open_store(Path(folder), create=False)
    scratch = Path(tempfile.mkdtemp(prefix=".update-", dir=folder))
    try:
        copy = scratch / "copy"
        store.backup(copy)
        engine = ox.Store(str(copy / "quads"))
        try:
            engine.update(text, prefixes=iris.PREFIXES)
        except SyntaxError as error:
            raise QueryError(" ".join(str(error).split())) from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the update can't be run: {' '.join(str(error).split())[:300]}") from error
        for graph, quads in _changed(store, engine).items():
            store.replace_graph(graph, quads)
    finally:
        store.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _changed(store: OxigraphStore, engine: ox.Store) -> dict[str, list[ox.Quad]]:
    """Return the whole content of each graph that differs from the store's; raises QueryError where it is not the user's to change."""
    before: dict[str, set[ox.Quad]] = {}
    after: dict[str, set[ox.Quad]] = {}
    for quad in store.quads():
        before.setdefault(_graph(quad), set()).add(quad)
    default = ox.DefaultGraph()
    merged = [0, 0]  # the number of triples of the default graph and a sum of their hashes: whether any has come or gone
    for quad in engine.quads_for_pattern(None, None, None, None):
        if quad.graph_name == default:
            merged = [merged[0] + 1, merged[1] + hash(quad)]
        else:
            after.setdefault(_graph(quad), set()).add(quad)
    for quad in store.default_triples():
        merged = [merged[0] - 1, merged[1] - hash(quad)]
    if any(merged):
        raise QueryError("an update must name the graph that it changes", hint=f"write INSERT DATA {{ GRAPH <{iris.DECISIONS}> {{ ... }} }}")
    changed = {g: list(after.get(g, ())) for g in sorted({*before, *after}) if before.get(g, set()) != after.get(g, set())}
    for graph in changed:
        if graph.startswith(iris.GRAPHS) and graph != iris.DECISIONS:
            raise QueryError(f"the graph <{graph}> is relgraph's own", hint=f"articles change with build, add and remove; write into <{iris.DECISIONS}> or a graph of your own")
    return changed


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else str(quad.graph_name)
