"""The viewer in a real browser: drawn, silent, and with the sentence behind what is clicked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import relgraph as rg
from relgraph.show.projection import Sentence

from .conftest import Opener
from .story import KZ, TJ, story

pytestmark = pytest.mark.browser

TAJIKISTAN, KAZAKHSTAN = "state/tajikistan", "state/kazakhstan"


def test_drawn_without_error_and_without_asking_anyone(opened: Opener, sample_page: str) -> None:
    """The picture holds the states, the console is empty, and nothing was asked for."""
    seen = opened(sample_page)
    drawn = seen.page.evaluate("relgraph.drawn()")
    assert {TAJIKISTAN, KAZAKHSTAN} <= set(drawn["nodes"])
    assert len(drawn["edges"]) > 20
    assert seen.page.evaluate("[...document.querySelector('#canvas canvas').getContext('2d').getImageData(0, 0, 600, 600).data].some((v) => v > 0 && v < 255)")
    assert (seen.errors, seen.requests) == ([], [])


def test_a_click_on_the_edge_shows_the_sentence(opened: Opener, sample_page: str) -> None:
    """Tajikistan and Kazakhstan: the sentence with 670 million, its article and its publisher; then an article with a link and date."""
    seen = opened(sample_page)
    seen.click_edge(TAJIKISTAN, KAZAKHSTAN)
    panel = seen.page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Kazakhstan – Tajikistan"
    text = panel.inner_text()
    assert "Trade turnover between Tajikistan and Kazakhstan came to $670 million in the first half of 2025." in text
    assert "Rahmon sits down with three neighbours in turn" in text
    assert "The Caspian Post" in text
    link = panel.locator("a[href^='https://astanatimes.com/2023/08/']").first
    assert "noopener" in (link.get_attribute("rel") or "")
    assert "2023" in text
    assert (seen.errors, seen.requests) == ([], [])


def test_a_click_on_a_leader_and_a_search(opened: Opener, sample_page: str) -> None:
    """A node shows its facts; a name typed in Cyrillic finds it."""
    seen = opened(sample_page)
    seen.click_node("person/emomali-rahmon")
    assert seen.page.locator("#panel h2").inner_text() == "Emomali Rahmon"
    assert "president of Tajikistan" in seen.page.locator("#panel").inner_text()
    seen.page.fill("#search", "Токаев")
    seen.page.press("#search", "Enter")
    assert seen.page.locator("#panel h2").inner_text() == "Kassym-Jomart Tokayev"
    assert not seen.errors


def test_the_legend_tells_the_kinds_apart(opened: Opener, sample_page: str) -> None:
    """States, leaders, bodies, treaties and events: each with a shape and a colour of its own, and events can be drawn too."""
    seen = opened(sample_page)
    looks = seen.page.evaluate("Object.fromEntries(Object.entries(JSON.parse(document.getElementById('graph-data').textContent).kinds).map(([k, v]) => [k, [v.shape, v.colour]]))")
    kinds = ["state", "person", "body", "treaty", "event"]
    assert len({looks[k][0] for k in kinds}) == len({looks[k][1] for k in kinds}) == len(kinds)
    before = len(seen.page.evaluate("relgraph.drawn().nodes"))
    seen.page.locator("#legend button", has_text="Meetings").click()
    assert len(seen.page.evaluate("relgraph.drawn().nodes")) > before


_NOTE = "document.addEventListener('relgraph-drawn', () => { window.first = relgraph.seen(); document.querySelector('.ranking button').click(); })"


@pytest.mark.parametrize("page", ["story_page", "sample_page"])
def test_the_first_picture_says_what_stands_when_all_is_read(opened: Opener, request: pytest.FixtureRequest, page: str) -> None:
    """Nodes, lines with their numbers, legend, histogram and panel are the same before and after the facts are read; a click in between counts."""
    seen = opened("about:blank", wait=False)
    seen.page.add_init_script(_NOTE)
    seen.open(request.getfixturevalue(page))
    assert seen.page.evaluate("[relgraph.readyAt < relgraph.completeAt, relgraph.state.selected.edge.includes('|pair|')]") == [True, True]
    seen.page.click("#panel-close")
    first, last = seen.page.evaluate("[window.first, relgraph.seen()]")
    assert len(first["bars"]) > 2
    assert len(first["lines"]) > 3
    for part in first:
        assert first[part] == last[part], part
    assert seen.errors == []


def test_an_older_browser_unpacks_by_itself(opened: Opener, tmp_path: Path) -> None:
    """Without DecompressionStream (before Firefox 113 and Safari 16.4) the facts of a compressed page are there all the same."""
    from relgraph.show.viewer import page_html

    large = msgspec.structs.replace(story(), sentences=(*story().sentences, *(Sentence(source=0, text=f"Sentence {n} {n * n:x} ж " * 9) for n in range(6000))))
    (tmp_path / "large.html").write_text(page_html(large, title="large"), "utf-8")
    seen = opened("about:blank", wait=False)
    seen.page.add_init_script("delete window.DecompressionStream")
    seen.open((tmp_path / "large.html").as_uri())
    assert seen.page.evaluate("['DecompressionStream' in window, document.getElementById('graph-rest').dataset.form]") == [False, "gzip"]
    seen.click_edge(KZ, TJ)
    assert "Rahmon and Tokayev met in Dushanbe" in seen.page.locator("#panel").inner_text()
    assert seen.errors == []


def test_large_data_is_compressed_and_the_same_twice() -> None:
    """Beyond some size the graph stands compressed in the page, the same bytes each time, and its positions can be read back."""
    from relgraph.show.viewer import page_html, positions_of

    large = story()
    large = msgspec.structs.replace(large, sentences=(*large.sentences, *(Sentence(source=0, text=f"Sentence {n} " * 20) for n in range(3000))))
    page = page_html(large, title="large")
    assert page == page_html(large, title="large")
    assert 'data-form="gzip"' in page
    assert len(page) < 1_000_000
    assert positions_of(page) == positions_of(page_html(story(), title="small"))
    assert positions_of(page.replace('data-form="gzip">', 'data-form="gzip">x')) == {}


HOSTILE = """---
id: hostile
title: "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
publisher: "<b onmouseover=alert(2)>Post</b>"
url: "https://news.example/'onmouseover='alert(3)"
published: 2025-07-12
---
Talks <img src=http://127.0.0.1:9/x onerror=alert(4)> </script><script>alert(5)</script>

Tajik President Emomali Rahmon met Kazakh President Kassym-Jomart Tokayev in Dushanbe <svg/onload=alert(6)> on Friday. Trade turnover between Tajikistan and Kazakhstan reached $9 million <script>alert(7)</script> in 2024, President "><script>alert(8)</script> Tokayev said. They signed a Treaty on <iframe src=javascript:alert(9)> Friendship.
"""


def test_hostile_text_stays_text(opened: Opener, tmp_path: Path) -> None:
    """Markup in titles, publishers, links and sentences is shown as it was written; nothing of it runs, loads or leads anywhere."""
    (tmp_path / "hostile.txt").write_text(HOSTILE, "utf-8")
    with rg.build(tmp_path / "hostile.txt") as kg:
        page = kg.view(title="</title><script>alert(10)</script>").save(tmp_path / "graph.html").as_uri()
    seen = opened(page)
    seen.click_edge(TAJIKISTAN, KAZAKHSTAN)
    text = seen.page.locator("#panel").inner_text()
    assert "</script><script>document.title='owned'</script>" in text
    assert "$9 million <script>alert(7)</script> in 2024" in text
    seen.page.get_by_role("button", name="Table").click()
    seen.page.wait_for_timeout(300)
    assert seen.page.title() == "</title><script>alert(10)</script>"
    assert seen.page.locator("img, svg[onload], iframe, [onerror], [onmouseover], a[href^='javascript']").count() == 0
    assert (seen.errors, seen.requests) == ([], [])


def test_served_page_is_the_same_viewer(opened: Opener, tmp_path: Path) -> None:
    """`relgraph serve` shows the viewer, which fetches the graph, then the sentences when a line is chosen, from its own server only."""
    import re

    store = tmp_path / "db"
    with rg.build(Path(__file__).parents[2] / "data" / "articles" / "tj-three-talks.txt", store=store):
        pass
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    server = subprocess.Popen([sys.executable, "-m", "relgraph", "serve", "--store", store, "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
        assert found
        seen = opened(f"{found[0]}/")
        seen.click_edge(TAJIKISTAN, KAZAKHSTAN)
        seen.page.wait_for_selector("#panel blockquote")
        assert "670 million" in seen.page.locator("#panel").inner_text()
        assert seen.page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)") == ["/viewer/graph", "/viewer/sentences"]
        seen.page.click("#language")
        with seen.page.expect_popup() as opening:
            seen.page.click("#dossier")
        assert re.search("Таджикистан", opening.value.title())
        assert re.search("Казахстан", opening.value.title())
        assert "670" in opening.value.locator("main").inner_text()
        opening.value.get_by_role("link", name="English", exact=True).click()
        assert re.fullmatch("Dossier: (Kazakhstan - Tajikistan|Tajikistan - Kazakhstan)", opening.value.title())
        assert not seen.errors
        assert all(url.startswith(found[0]) for url in seen.requests)
        waiting = opened("about:blank", wait=False)
        waiting.page.route("**/viewer/graph", lambda _: None)
        waiting.page.goto(f"{found[0]}/")
        assert waiting.page.locator("#panel-body").inner_text() == "Loading the graph …"
        waiting.page.unroute("**/viewer/graph")
        waiting.page.route("**/viewer/graph", lambda route: route.fulfill(status=503, body="{}"))
        waiting.page.reload()
        waiting.page.get_by_text("The graph could not be loaded: 503").wait_for()
    finally:
        server.terminate()
        server.wait(20)
        server.stderr.close()
