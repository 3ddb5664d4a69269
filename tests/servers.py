"""Real SPARQL servers for the tests, on the loopback address and free ports, ended with the tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ThreadsPerQuery = 1
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
MaxSortedTopRows = 1000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def missing(what: str, how: str) -> None:
    """Skip a test whose server isn't installed; in CI that is a failure."""
    message = f"{what} is not installed: {how}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextlib.contextmanager
def oxigraph_server(folder: Path) -> Iterator[str]:
    """Yield the address of an Oxigraph server."""
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(program).exists():
        missing("the Oxigraph server", "pip install oxigraph")
    port = free_port()
    with _running([program, "serve", "--location", str(folder / "oxigraph"), "--bind", f"127.0.0.1:{port}"], f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def virtuoso_server(folder: Path) -> Iterator[str]:
    """Yield the address of a Virtuoso server; its user is dba with the password dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("Virtuoso", "apt-get install virtuoso-opensource-7-bin (make test does it where it may)")
    place, http = folder / "virtuoso", free_port()
    place.mkdir()
    (place / "virtuoso.ini").write_text(VIRTUOSO.format(folder=place, sql=free_port(), http=http))
    with _running([str(program), "+foreground", "+configfile", str(place / "virtuoso.ini")], f"http://127.0.0.1:{http}/sparql"):
        yield f"http://127.0.0.1:{http}/sparql"


@contextlib.contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 120
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(address.split(":")[2].split("/")[0])), timeout=1):
                break
            assert process.poll() is None, f"{command[0]} ended by itself"
            assert time.monotonic() < deadline, f"{command[0]} did not answer within two minutes"
            time.sleep(0.2)
        yield
    finally:
        process.kill()
        process.wait()
