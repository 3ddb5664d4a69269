"""What several test modules share: `--update-golden` rewrites the golden files, to be reviewed as a diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what the code gives now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file, or rewrite the file under --update-golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8")
        assert path.is_file(), f"tests/golden/{name} is missing; make it with --update-golden and review it"
        assert text == path.read_text("utf-8"), f"tests/golden/{name} differs; if that is meant, rewrite it with --update-golden and review the diff"

    return compare


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """The development set: the folder RELGRAPH_GOLD, by default ../shared/gold beside the checkout. Missing: skipped, in CI failed."""
    folder = Path(os.environ.get("RELGRAPH_GOLD") or Path(__file__).parents[2] / "shared" / "gold")
    if not (folder / "en").is_dir():
        message = f"the development set is not at {folder}; name its folder in RELGRAPH_GOLD"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder
