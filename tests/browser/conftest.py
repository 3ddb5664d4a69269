"""A real headless Chromium, and pages that listen to everything that goes wrong or out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import relgraph as rg
from relgraph.show import page_html

from .story import story

ARTICLES = Path(__file__).parents[2] / "data" / "articles"
# Without these Chromium itself looks for updates and names outside, and as root it refuses to start.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
NAMES = ("chromium", "chromium-browser", "google-chrome")

Opener = Callable[..., "Watched"]


class Watched:
    """A page with all that it asked for and complained of.

    Attributes:
        page: The page, loaded and drawn.
        errors: Messages of its console and errors of its scripts.
        requests: Addresses it asked for, but for its own.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.errors, self.requests = page, [], []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type in ("error", "warning") else None)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def open(self, address: str) -> Watched:
        """Load an address and wait until the picture is drawn."""
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]", timeout=20_000)
        self.requests = [url for url in self.requests if url.split("#")[0] != address.split("#")[0] and not url.startswith(("data:", "blob:"))]
        return self

    def click_edge(self, a: str, b: str, at: float = 0.5) -> None:
        """Click the line between two nodes, in its middle or at another part of it."""
        place = self.page.evaluate("([a, b, at]) => { const p = relgraph.placeOf(a), q = relgraph.placeOf(b); return [p.x + (q.x - p.x) * at, p.y + (q.y - p.y) * at] }", [a, b, at])
        self.page.mouse.click(*place)

    def click_node(self, node: str) -> None:
        """Click a node of the drawing."""
        place = self.page.evaluate("(id) => relgraph.placeOf(id)", node)
        self.page.mouse.click(place["x"], place["y"])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none the tests are skipped, in CI they fail."""
    program = os.environ.get("RELGRAPH_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        message = "no Chromium was found; on Debian or Ubuntu: apt-get install chromium fonts-noto-core, elsewhere name the program in RELGRAPH_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opener]:
    """Open an address in a fresh window and give the watched page."""
    contexts = []

    def open_page(address: str, *, width: int = 1360, height: int = 860, wait: bool = True, **options: Any) -> Watched:
        contexts.append(chromium.new_context(**({"viewport": {"width": width, "height": height}, "locale": "en-GB", "timezone_id": "UTC", "reduced_motion": "reduce"} | options)))
        watched = Watched(contexts[-1].new_page())
        if wait:
            return watched.open(address)
        watched.page.goto(address)
        return watched

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the viewer of the sample articles, as a file."""
    with rg.build(ARTICLES) as kg:
        return kg.view().save(tmp_path_factory.mktemp("viewer") / "graph.html").as_uri()


@pytest.fixture(scope="session")
def story_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the viewer of the small graph in story.py."""
    page = tmp_path_factory.mktemp("story") / "story.html"
    page.write_text(page_html(story(), title="A story"), "utf-8")
    return page.as_uri()
