"""Real servers on the loopback address, over a store of a few sample articles."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from relgraph.pipeline import build
from relgraph.store import open_store

ROOT = Path(__file__).parents[2]
SAMPLES = ("tj-three-talks", "kz-uz-2024-08-08-tokayev-mirziyoyev-akorda", "kg-tj-2021-05-01-second-truce")
TIMEOUT = 1.0


class Server:
    """A running `relgraph serve`: its address, its process and a client."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        command = [sys.executable, "-m", "relgraph", "serve", "-v", "--store", str(folder), "--port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found, line
        self.address, self.port = found[0], int(found[1])
        self.client = httpx.Client(base_url=self.address, timeout=60, trust_env=False)
        for _ in range(100):
            with contextlib.suppress(httpx.TransportError):
                if self.client.get("/health").status_code == 200:
                    return
            time.sleep(0.1)
        pytest.fail("the server did not come up")

    def ask(self, query: str, **headers: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query}, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def raw(self, data: bytes, *, wait: float = 10.0) -> bytes:
        """Send bytes as they are and return what comes back until the server closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(data)
            received = b""
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                while part := connection.recv(65536):
                    received += part
                    if b"\r\n\r\n" in received and _whole(received):
                        break
            return received

    def log(self) -> list[dict[str, Any]]:
        """Stop the server and return its access log."""
        _, rest = self.stop()
        return [json.loads(line) for line in rest.splitlines() if line.startswith("{")]

    def stop(self) -> tuple[int, str]:
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        _, rest = self.process.communicate(timeout=20)
        return self.process.returncode, rest


def _whole(received: bytes) -> bool:
    head, _, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return length is not None and len(body) >= int(length[1])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three sample articles."""
    place = tmp_path_factory.mktemp("serve") / "db"
    store = open_store(place, create=True)
    build([str(ROOT / "data" / "articles" / f"{name}.txt") for name in SAMPLES], store)
    store.close()
    return place


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """A server with a short time limit."""
    running = Server(folder, "--timeout", str(TIMEOUT), "--memory", "600")
    yield running
    code, rest = running.stop()
    assert code in (0, -signal.SIGTERM), rest
    assert "Traceback" not in rest, rest[rest.index("Traceback") :][:4000]
