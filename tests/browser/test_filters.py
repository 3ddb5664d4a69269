"""Filters, legend, time: one state behind all views."""

from __future__ import annotations

import pytest

from .conftest import Opener, Watched
from .story import IT, KG, KZ, RAHMON, TJ, UZ

pytestmark = pytest.mark.browser


def passing(seen: Watched) -> set[str]:
    return {fact.split("/")[1] for fact in seen.page.evaluate("relgraph.passing()")}


def edges(seen: Watched) -> set[str]:
    return set(seen.page.evaluate("relgraph.drawn().edges"))


ALL = {"met-1", "met-2", "met-3", "trade-low", "trade-high", "water", "session", "denied", "memorandum", "ties", "border", "rahmon", "met"}


def test_legend_hides_a_kind(opened: Opener, story_page: str) -> None:
    """Leaders off, leaders on."""
    seen = opened(story_page)
    button = seen.page.locator('#legend [data-kind="person"]')
    button.click()
    assert RAHMON not in seen.page.evaluate("relgraph.drawn().nodes")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert RAHMON in seen.page.evaluate("relgraph.drawn().nodes")


def test_lines_are_told_apart_and_can_be_hidden(opened: Opener, story_page: str) -> None:
    """Stated, inferred, planned and background have dashes of their own; the legend hides each."""
    seen = opened(f"{story_page}#kinds=state,person,body,event&more={'person%2Ftokayev'}")
    looks = seen.page.evaluate("(ids) => ids.map((id) => relgraph.lineOf(id).standing)", [f"{KZ}|pair|{TJ}", f"{RAHMON}|met|person/tokayev", f"{TJ}|member of|body/council", f"{RAHMON}|president of Tajikistan|{TJ}"])
    assert looks == ["stated", "inferred", "planned", "reference"]
    samples = seen.page.locator("#standings line").evaluate_all("(lines) => lines.map((line) => line.getAttribute('stroke-dasharray'))")
    assert len(set(samples)) == 4
    assert f"{TJ}|member of|body/council" in edges(seen)
    seen.page.locator('[data-standing="planned"]').click()
    assert f"{TJ}|member of|body/council" not in edges(seen)
    seen.page.locator('[data-standing="stated"]').click()
    assert seen.page.evaluate("(id) => relgraph.lineOf(id)", f"{KZ}|pair|{TJ}")["standing"] == "inferred"  # the meeting of the two presidents, through their offices
    assert f"{IT}|pair|{KZ}" not in edges(seen)


@pytest.mark.parametrize(("do", "left"), [
    (("uncheck", '#types [value="event"]'), ALL - {"met-1", "met-2", "met-3", "session", "border"}),
    (("check", '#topics [value="1"]'), {"memorandum"}),
    (("check", '#publishers [value="Asia-Plus"]'), {"met-2", "trade-high", "water", "memorandum", "border"}),
    (("check", "#conflicting"), {"trade-low", "trade-high"}),
    (("fill", "#confidence", "80"), ALL - {"trade-high", "water"}),
    (("fill", "#sources", "2"), {"met-1", "met-2", "met-3"}),
])  # fmt: skip
def test_each_filter_leaves_what_it_says(opened: Opener, story_page: str, do: tuple[str, ...], left: set[str]) -> None:
    """By type, topic, publisher, conflict, confidence, number of sources; the table and the picture follow, and the address can be opened again."""
    seen = opened(f"{story_page}#view=table")
    assert passing(seen) == ALL
    seen.page.evaluate("document.querySelectorAll('.more-filters').forEach((part) => { part.open = true; })")
    getattr(seen.page.locator(do[1]), do[0])(*do[2:])
    assert passing(seen) == left
    assert {row.split("/")[1] for row in seen.page.locator("#table-body tr").evaluate_all("(rows) => rows.map((row) => row.dataset.row)")} == left
    again = opened(seen.page.url)
    assert passing(again) == left
    assert not again.errors


def test_time_brush_by_keyboard_and_pointer(opened: Opener, story_page: str) -> None:
    """The left handle moved to the end leaves the last month; a drag on the track chooses a window; undated facts are counted and can go."""
    seen = opened(story_page)
    assert seen.page.locator("#undated-count").inner_text() == "2"
    handle = seen.page.locator(".window.main .handle.from")
    handle.press("End")
    assert passing(seen) == {"session", "denied", "ties", "rahmon"}
    assert handle.get_attribute("aria-valuetext") == "1 October 2025"
    seen.page.locator("#undated").uncheck()
    assert passing(seen) == {"session", "rahmon"}
    seen.page.locator("#time-all").click()
    assert seen.page.evaluate("[relgraph.state.from, relgraph.state.to]") == [None, None]
    handle.press("Home")
    track = seen.page.locator("#track").bounding_box()
    assert track
    seen.page.evaluate("document.querySelector('.window.main').style.pointerEvents = 'none'")  # the window covers the track as long as all is chosen
    seen.page.mouse.move(track["x"] + 2, track["y"] + 20)
    seen.page.mouse.down()
    seen.page.mouse.move(track["x"] + track["width"] * 0.15, track["y"] + 20, steps=3)
    seen.page.mouse.up()
    assert passing(seen) == {"water", "border", "rahmon"}
    assert seen.page.locator("#time-now").inner_text().startswith("January 2021 to")


def test_histogram_counts_what_passes(opened: Opener, story_page: str) -> None:
    """Bars hold the dated facts, and follow the other filters."""
    seen = opened(story_page)
    total = "[...document.querySelectorAll('#bars rect')].reduce((sum, bar) => sum + Number(bar.dataset.count), 0)"
    assert seen.page.evaluate(total) == 10
    seen.page.locator('#types [value="event"]').uncheck()
    assert seen.page.evaluate(total) == 5


def test_play_goes_through_time(opened: Opener, story_page: str) -> None:
    """Play moves the window step by step; pause stops it."""
    seen = opened(story_page)
    seen.page.clock.install()
    seen.page.locator("#play").click()
    first = seen.page.evaluate("relgraph.state.from")
    seen.page.clock.run_for(4500)
    later = seen.page.evaluate("relgraph.state.from")
    assert first == "2021-01-01"
    assert later > first
    seen.page.locator("#play").click()
    seen.page.clock.run_for(9000)
    assert seen.page.evaluate("relgraph.state.from") == later
    assert seen.page.locator("#play").get_attribute("aria-pressed") == "false"


def test_two_periods_compared(opened: Opener, story_page: str) -> None:
    """From 2021 to 2025: new, gone, stronger; the list, the matrix and the legend say it, and a window can be moved."""
    seen = opened(f"{story_page}#compare=2021-01-01,2022-12-31,2023-01-01,2025-12-31")
    lists = {change: seen.page.locator(f'[data-change="{change}"]').inner_text() for change in ("new", "gone", "same")}
    assert "Kazakhstan – Tajikistan" in lists["new"]
    assert "0 → 3" in lists["new"]
    assert "Kyrgyzstan – Kazakhstan" in lists["gone"]
    assert "Kyrgyzstan – Tajikistan" in lists["same"]
    assert seen.page.locator("#changes").is_visible()
    seen.page.keyboard.press("3")
    assert seen.page.locator(f'#matrix-body button[data-edge="{KG}|pair|{KZ}"]').first.inner_text() == "−1"
    seen.page.locator(".window.a .handle.to").press("Home")
    assert "gone" not in seen.page.evaluate("[...document.querySelectorAll('#matrix-body td')].map((cell) => cell.className).join(' ')")
    seen.page.locator("#compare").click()
    assert seen.page.evaluate("relgraph.state.compare") is None


def test_compare_button_splits_the_time(opened: Opener, story_page: str) -> None:
    """Two windows appear, A before B."""
    seen = opened(story_page)
    seen.page.locator("#compare").click()
    periods = seen.page.evaluate("relgraph.state.compare")
    assert periods["a"][1] < periods["b"][0]
    assert seen.page.locator(".window.a").is_visible()
    assert not seen.page.locator(".window.main").is_visible()


HOSTILE_ADDRESSES = (
    "view=<script>alert(1)</script>", "from=2025-13-45&to=x", "confidence=1e9&sources=-4", "node=__proto__&edge=constructor", "path=a,b,c&common=state%2Ftajikistan", "compare=1,2,3,4", "more=%E0%A4%A",
    "kinds=%3Cimg%20src=x%3E&types=&standings=nothing", "hops=99&around=state/tajikistan", "lang=xx&everything=2&undated=maybe", "a" * 5000, "%", "from=0000-00-00&to=9999-99-99",
)  # fmt: skip


def test_addresses_are_read_strictly(opened: Opener, story_page: str) -> None:
    """What is unknown or malformed is left aside; nothing breaks."""
    seen = opened(story_page)
    for address in HOSTILE_ADDRESSES:
        seen.page.evaluate("(hash) => { location.hash = hash; }", address)
        seen.page.wait_for_timeout(15)
    seen.page.evaluate("location.hash = 'around=state/tajikistan&hops=99'")
    seen.page.wait_for_function("relgraph.state.around")
    assert seen.page.evaluate("relgraph.state.around") == {"id": TJ, "hops": 1}
    seen.page.evaluate("location.hash = 'from=2025-02-30&confidence=101&sources=0'")
    seen.page.wait_for_function("!relgraph.state.around")
    assert seen.page.evaluate("[relgraph.state.from, relgraph.state.confidence, relgraph.state.sources, relgraph.state.view]") == [None, 0, 1, "network"]
    assert not seen.errors


def test_permalink_brings_everything_back(opened: Opener, story_page: str) -> None:
    """A view with many choices, opened by its address in another window, is the same view."""
    seen = opened(f"{story_page}#view=map&edge={KZ}%7Cpair%7C{TJ}")
    seen.page.locator('[data-kind="body"]').click()
    seen.page.locator('#types [value="topic"]').uncheck()
    seen.page.fill("#confidence", "60")
    again = opened(seen.page.url)
    compare = "({view: relgraph.state.view, selected: relgraph.state.selected, kinds: [...relgraph.state.kinds].sort(), types: [...relgraph.state.types].sort(), confidence: relgraph.state.confidence})"
    assert again.page.evaluate(compare) == seen.page.evaluate(compare)
    assert again.page.evaluate("relgraph.state.selected.edge") == f"{KZ}|pair|{TJ}"
    assert UZ in again.page.evaluate("relgraph.drawn().nodes")
