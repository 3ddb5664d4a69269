"""The page with the SPARQL editor, served and driven in a real browser."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import relgraph as rg

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over two sample articles."""
    folder = tmp_path_factory.mktemp("query-page") / "db"
    rg.build([ARTICLES / "tj-three-talks.txt", ARTICLES / "kg-tj-2021-05-01-second-truce.txt"], store=folder).close()
    server = subprocess.Popen([sys.executable, "-m", "relgraph", "serve", "--store", str(folder), "--port", "0"], stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
    assert found
    for _ in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{found[0]}/health").close()
            break
        time.sleep(0.1)
    yield found[0]
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=20)


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The page, drawn; afterwards: nothing asked for elsewhere, nothing complained of."""
    context = chromium.new_context(viewport={"width": 1200, "height": 850}, accept_downloads=True)
    opened = context.new_page()
    outside: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda r: outside.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None)
    opened.on("pageerror", lambda e: errors.append(str(e)))
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" and "Failed to load resource" not in m.text else None)  # the browser itself notes a 400
    opened.goto(f"{address}/query")
    opened.wait_for_selector(".CodeMirror")
    yield opened
    assert outside == []
    assert errors == []
    context.close()


def _write(page: Page, query: str) -> None:
    page.evaluate("(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query)


def _run(page: Page) -> None:
    page.click(".yasqe_queryButton")


def _rows(page: Page) -> Any:
    page.wait_for_selector(".yasr table.dataTable tbody td")
    return page.locator(".yasr table.dataTable tbody tr")


def test_a_question_fills_the_editor_and_runs(page: Page) -> None:
    """Choosing a named query shows it, runs it and shows rows with links."""
    page.select_option("#named", "figures")
    page.wait_for_selector(".yasr table.dataTable tbody td")
    assert "670" in page.locator(".yasr").inner_text()
    assert "SELECT" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert page.locator("#question").inner_text() != ""


def test_a_query_of_ones_own(page: Page) -> None:
    """Typing a query and running it with the keyboard shows its rows."""
    _write(page, "SELECT ?name WHERE { ?s a rg:State ; rg:iso2 'TJ' ; rdfs:label ?name FILTER(LANG(?name) = 'en') }")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+Enter")
    assert "Tajikistan" in _rows(page).first.inner_text()


def test_bad_sparql_says_where(page: Page) -> None:
    """The server's words are shown with line and column."""
    _write(page, "SELECT ?s WHERE { ?s a }")
    with page.expect_response(lambda r: "/sparql" in r.url) as caught:
        _run(page)
    assert caught.value.status == 400
    page.wait_for_selector(".yasr .errorResult, .yasr .errorMessageContainer, .yasr .errorHeader")
    assert "column" in page.locator(".yasr").inner_text()


def test_completion_knows_our_terms(page: Page) -> None:
    """Terms of the ontology are offered while typing; nothing is asked for elsewhere."""
    _write(page, "SELECT ?s WHERE { ?s a ")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("rg:Bilat")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints")
    assert "BilateralBody" in page.locator(".CodeMirror-hints").inner_text()


def test_csv_can_be_downloaded(page: Page) -> None:
    """The answer as a file."""
    page.select_option("#named", "figures")
    page.wait_for_selector("#csv:enabled")
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text("utf-8")
    assert "670000000" in text


def test_links_lead_to_entities_here(page: Page, address: str) -> None:
    """An IRI of the graph opens on this server, with its sentences."""
    _write(page, 'SELECT ?s WHERE { ?s rg:iso2 "TJ" }')
    _run(page)
    page.wait_for_selector(".yasr table.dataTable tbody a")
    with page.context.expect_page() as opened:
        page.locator(".yasr table.dataTable tbody a").first.click()
    opened.value.wait_for_selector("h1")
    assert opened.value.url == f"{address}/id/state/tajikistan"
    assert opened.value.locator("blockquote").count() > 0
