"""Many clients at once over many articles: no error, and memory doesn't grow."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("service_bench", ROOT / "benchmarks" / "service" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.long
def test_thirty_two_clients(tmp_path: Path) -> None:
    """A mix of the named queries by 32 clients for a minute."""
    bench = _bench()
    store = bench.built(tmp_path, 2000)
    service = bench.Service(store, 60)
    try:
        queries = bench.queries_of(store)
        bench.load(service, queries, 32, 5)
        before = service.memory()
        found = bench.load(service, queries, 32, 55)
        after = service.memory()
    finally:
        service.stop()
    assert found["errors"] == 0
    assert found["requests"] > 100
    assert after < 1.5 * before + 100
