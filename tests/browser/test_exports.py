"""The current view as files."""

from __future__ import annotations

import csv
import io
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from .conftest import Opener, Watched
from .story import KZ, TJ

pytestmark = pytest.mark.browser


def saved(seen: Watched, kind: str) -> bytes:
    seen.page.locator(".menu > summary").first.click()
    with seen.page.expect_download() as waiting:
        seen.page.locator(f'[data-export="{kind}"]').click()
    return Path(waiting.value.path()).read_bytes()


def test_csv_holds_the_facts_that_pass(opened: Opener, story_page: str) -> None:
    """A row a fact, with sentence and source; filtered as the view is."""
    seen = opened(f"{story_page}#types=indicator")
    rows = list(csv.DictReader(io.StringIO(saved(seen, "csv").decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["claim/trade-low", "claim/trade-high"]
    assert rows[0]["sentence"] == "Trade between Tajikistan and Kazakhstan reached $1.1 billion in 2024."
    assert (rows[0]["publisher"], rows[0]["published"], rows[0]["url"]) == ("The Caspian Post", "2025-07-11", "https://news.example/1")
    assert rows[0]["status"] == "stated, conflicting"


def test_graphml_holds_what_is_drawn(opened: Opener, story_page: str) -> None:
    """Networkx reads it; nodes and lines are those of the picture."""
    seen = opened(story_page)
    graph = nx.parse_graphml(saved(seen, "graphml").decode())
    drawn = seen.page.evaluate("relgraph.drawn()")
    assert set(graph.nodes) == set(drawn["nodes"])
    assert graph.number_of_edges() == len(drawn["edges"])
    assert graph.nodes[TJ]["label"] == "Tajikistan"


@pytest.mark.parametrize("view", ["network", "map", "matrix", "timeline"])
def test_svg_and_png_of_each_picture(opened: Opener, story_page: str, view: str) -> None:
    """The drawing is XML that names the states and has no script; the picture is a PNG with more than one colour."""
    seen = opened(f"{story_page}#view={view}")
    root = ET.fromstring(saved(seen, "svg").decode())
    words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "Tajikistan" in words or "Kazakhstan – Tajikistan" in words
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    picture = saved(seen, "png")
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width > 600
    assert height > 300
    assert len(picture) > 5000
    assert not seen.errors


def test_table_has_no_picture_but_rows(opened: Opener, story_page: str) -> None:
    """There PNG and SVG are switched off."""
    seen = opened(f"{story_page}#view=table")
    assert seen.page.locator('[data-export="png"]').is_disabled()
    assert len(saved(seen, "csv").decode().strip().split("\r\n")) == 14


def test_link_to_the_view(opened: Opener, story_page: str) -> None:
    """The link offered is the address of the view."""
    seen = opened(f"{story_page}#view=matrix&edge={KZ}%7Cpair%7C{TJ}")
    seen.page.locator(".menu > summary").first.click()
    seen.page.locator('[data-export="link"]').click()
    link = seen.page.locator("#copy-text").input_value()
    assert link == seen.page.url
    assert "view=matrix" in link
