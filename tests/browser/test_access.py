"""Everybody: axe in every view, keyboard alone, two languages, dark, high contrast, narrow screens, print, a notebook's frame."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import relgraph as rg
from relgraph.api import Page

from .conftest import ARTICLES, Opener
from .story import KZ, RAHMON, TJ

pytestmark = pytest.mark.browser

AXE = ("4.11.0", "axe-core")
VIEWS = ("network", "map", "matrix", "timeline", "table")


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, from the npm registry once a machine; without a network the tests are skipped."""
    kept = Path.home() / ".cache" / "relgraph-tests" / f"axe-{AXE[0]}.min.js"
    if not kept.is_file():
        try:
            with urlopen(f"https://registry.npmjs.org/{AXE[1]}/-/{AXE[1]}-{AXE[0]}.tgz", timeout=60) as answer:
                archive = tarfile.open(fileobj=io.BytesIO(answer.read()))  # noqa: SIM115
        except (URLError, TimeoutError) as error:
            pytest.skip(f"axe-core can't be fetched from npm: {error}")
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(member.read())
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == AXE_SHA256
    return kept.read_text("utf-8")


AXE_SHA256 = "e9e5863c33a874f09bc01acd9234b7e3c871479f5eef8802fa582544465e6d01"
_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | '))"


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_axe_finds_nothing_serious_in_a_dossier(opened: Opener, axe: str, tmp_path: Path, look: str) -> None:
    """In a pair's dossier with its charts, as it is served: with links to the other language and the viewer."""
    with rg.build(ARTICLES) as kg:
        page = kg.dossier("KG", "TJ").html(links=[("/", "Viewer", "en"), ("/dossier?a=KG&b=TJ&lang=ru", "Русский", "ru")])
    (tmp_path / "dossier.html").write_text(page, "utf-8")
    seen = opened((tmp_path / "dossier.html").as_uri(), wait=False, color_scheme="dark" if look == "dark" else "light", **({"width": 390, "height": 844} if look == "narrow" else {}))
    assert seen.page.locator("main table").count() > 5
    seen.page.evaluate(axe)
    assert seen.page.evaluate(_RUN) == []
    # what does not fit on a narrow screen can be reached within its own section; the page itself stays as wide as the screen
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", ["light", "dark", "high contrast", "narrow"])
def test_axe_finds_nothing_serious(opened: Opener, story_page: str, axe: str, look: str) -> None:
    """No serious or critical finding in any view, nothing chosen and a line chosen, two periods compared, a dialog open."""
    seen = opened(story_page, color_scheme="dark" if look == "dark" else "light", **({"width": 390, "height": 844} if look == "narrow" else {}))
    if look == "high contrast":
        seen.page.evaluate("document.getElementById('contrast').click()")
    seen.page.evaluate(axe)
    found: dict[str, list[str]] = {}
    for view in VIEWS:
        seen.page.evaluate("(view) => { location.hash = 'view=' + view; }", view)
        seen.page.wait_for_function("(view) => relgraph.state.view === view", arg=view)
        found[view] = seen.page.evaluate(_RUN)
        seen.page.evaluate("([view, edge]) => { location.hash = 'view=' + view + '&edge=' + encodeURIComponent(edge); }", [view, f"{KZ}|pair|{TJ}"])
        seen.page.wait_for_function("relgraph.state.selected")
        if view in ("network", "table"):
            found[view + " chosen"] = seen.page.evaluate(_RUN)
    seen.page.evaluate("location.hash = 'view=matrix&compare=2021-01-01,2022-12-31,2023-01-01,2025-12-31'")
    seen.page.wait_for_function("relgraph.state.compare")
    found["compared"] = seen.page.evaluate(_RUN)
    seen.page.locator("#help").click()
    found["help"] = seen.page.evaluate(_RUN)
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_keyboard_alone(opened: Opener, story_page: str) -> None:
    """Into the drawing, from name to name, evidence, expand, views by number, letting go; each step is spoken."""
    seen = opened(story_page)
    seen.page.locator("#canvas").focus()
    first = seen.page.evaluate("relgraph.cursor()")
    assert first == TJ
    spoken = seen.page.locator("#live").inner_text()
    assert spoken.startswith("Tajikistan, state, ")
    seen.page.keyboard.press("ArrowUp")
    assert seen.page.evaluate("relgraph.cursor()") not in (None, first)
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("relgraph.state.selected.node") == seen.page.evaluate("relgraph.cursor()")
    before = len(seen.page.evaluate("relgraph.drawn().nodes"))
    seen.page.evaluate("(id) => { location.hash = 'node=' + id; }", RAHMON)
    seen.page.locator("#canvas").blur()
    seen.page.locator("#canvas").focus()
    seen.page.keyboard.press("e")
    assert len(seen.page.evaluate("relgraph.drawn().nodes")) > before
    for number, view in enumerate(VIEWS, start=1):
        seen.page.keyboard.press(str(number))
        assert seen.page.evaluate("relgraph.state.view") == view
        assert seen.page.evaluate("document.activeElement.dataset.view") == view
    seen.page.keyboard.press("Escape")
    assert seen.page.evaluate("relgraph.state.selected") is None
    seen.page.keyboard.press("?")
    assert seen.page.locator("#dialog").is_visible()
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#dialog").is_visible()


def test_zoom_and_pan(opened: Opener, story_page: str) -> None:
    """By buttons, keys and dragging."""
    seen = opened(story_page)
    scale = seen.page.evaluate("relgraph.scale().network")
    seen.page.locator("#zoom-in").click()
    assert seen.page.evaluate("relgraph.scale().network") > scale
    seen.page.locator("#zoom-fit").click()
    assert seen.page.evaluate("relgraph.scale().network") == pytest.approx(scale)
    seen.page.locator("#canvas").focus()
    old = seen.page.evaluate("relgraph.view()")
    seen.page.keyboard.press("Shift+ArrowRight")
    assert seen.page.evaluate("relgraph.view().x") > old["x"]
    seen.page.mouse.move(300, 110)
    seen.page.mouse.down()
    seen.page.mouse.move(420, 170, steps=4)
    seen.page.mouse.up()
    assert seen.page.evaluate("relgraph.view().y") < old["y"]


def test_russian_interface(opened: Opener, story_page: str) -> None:
    """One button; names, kinds, dates and plurals change, the choice stays, and the address carries the language."""
    seen = opened(f"{story_page}#edge={KZ}%7Cpair%7C{TJ}")
    seen.page.locator("#language").click()
    assert seen.page.evaluate("document.documentElement.lang") == "ru"
    assert seen.page.locator("#panel-title").inner_text() == "Казахстан – Таджикистан"
    assert "5 фактов · 3 события · 2 источника" in seen.page.locator(".summary").inner_text()
    assert "Руководители и чиновники" in seen.page.locator("#legend").inner_text()
    assert "11 июля 2025" in seen.page.locator("#panel").inner_text()
    assert "Таджикистан" in {line for label in seen.page.evaluate("relgraph.labels()") for line in label["lines"]}
    again = opened(seen.page.url)
    assert again.page.locator('[data-view="matrix"]').inner_text() == "Матрица"
    english = opened(f"{story_page}#lang=en", locale="ru-RU")
    assert english.page.locator('[data-view="matrix"]').inner_text() == "Matrix"
    assert opened(story_page, locale="ru-RU").page.locator('[data-view="matrix"]').inner_text() == "Матрица"


def test_no_word_of_the_interface_is_missing() -> None:
    """Both languages hold the same words, with the plural forms that Russian needs."""
    from relgraph.show.viewer import _words

    words = _words()
    assert {key for key in words["ru"] if not key.startswith("verb.")} == {key for key in words["en"] if not key.startswith("verb.")}  # English says verbs as they are
    assert all(isinstance(words["ru"][key], dict) for key, text in words["en"].items() if isinstance(text, dict) and key in words["ru"])


def test_themes_change_the_colours(opened: Opener, story_page: str) -> None:
    """Dark by the system, light by choice, high contrast on top; the canvas follows."""
    seen = opened(story_page, color_scheme="dark")
    dark = seen.page.evaluate("relgraph.colours.ground")
    seen.page.locator(".menu > summary").nth(1).click()
    seen.page.select_option("#theme", "light")
    light = seen.page.evaluate("relgraph.colours.ground")
    seen.page.locator("#contrast").check()
    assert (dark, light, seen.page.evaluate("relgraph.colours.ground")) == ("#11181f", "#fbfcfd", "#fff")
    pixel = seen.page.evaluate("[...document.querySelector('#canvas canvas').getContext('2d').getImageData(5, 5, 1, 1).data]")
    assert pixel[3] == 0 or pixel[:3] == [255, 255, 255]
    assert opened(story_page, contrast="more").page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()") == "#000"


def test_narrow_screen(opened: Opener, story_page: str) -> None:
    """At 390 px nothing sticks out, targets are large, the evidence comes as a sheet and can be closed."""
    seen = opened(story_page, width=390, height=844, has_touch=True)
    for view in VIEWS:
        seen.page.locator(f'#views [data-view="{view}"]').click()
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390, view
    assert all(box["height"] >= 40 for box in (seen.page.locator(f'#views [data-view="{view}"]').bounding_box() for view in VIEWS) if box)
    seen.page.locator('#views [data-view="network"]').click()
    place = seen.page.evaluate("(id) => relgraph.placeOf(id)", TJ)
    seen.page.touchscreen.tap(place["x"], place["y"])
    seen.page.wait_for_selector("#panel.open")
    assert seen.page.locator("#panel-title").inner_text() == "Tajikistan"
    seen.page.locator("#panel-close").click()
    assert seen.page.locator("#panel.open").count() == 0


def test_print_shows_evidence_without_tools(opened: Opener, story_page: str) -> None:
    """On paper: the picture and the sentences with their addresses, no buttons."""
    seen = opened(f"{story_page}#edge={KZ}%7Cpair%7C{TJ}")
    seen.page.emulate_media(media="print")
    assert not seen.page.locator("#views").is_visible()
    assert not seen.page.locator(".filters").is_visible()
    assert seen.page.locator(".evidence blockquote").first.is_visible()
    assert "news.example" in seen.page.evaluate("getComputedStyle(document.querySelector('.source a'), '::after').content")


def test_inside_a_notebooks_frame(opened: Opener, story_page: str, tmp_path: Path) -> None:
    """In a sandboxed frame without storage or address the page is drawn and can be worked."""
    from urllib.parse import unquote, urlparse

    page = Page(Path(unquote(urlparse(story_page).path)).read_text("utf-8"))
    (tmp_path / "notebook.html").write_text(f"<!doctype html><title>n</title><body>{page._repr_html_()}", "utf-8")
    seen = opened((tmp_path / "notebook.html").as_uri(), wait=False)
    frame = seen.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached", timeout=20_000)
    frame.locator("#search").fill("Rahmon")
    frame.locator("#search").press("Enter")
    assert frame.locator("#panel-title").inner_text() == "Emomali Rahmon"
    frame.locator("#language").click()
    assert frame.locator("#panel-title").inner_text() == "Эмомали Рахмон"
    assert not seen.errors


def test_known_nodes_keep_their_places(tmp_path: Path) -> None:
    """An article more, and what was drawn before stands where it stood."""
    from relgraph.show.viewer import positions_of

    files = sorted(ARTICLES.glob("*.txt"))
    with rg.build(files[:2]) as kg:
        first = kg.view().save(tmp_path / "graph.html")
    before = positions_of(first.read_text("utf-8"))
    with rg.build(files[:3]) as kg:
        after = positions_of(kg.view(like=first).html)
        anew = positions_of(kg.view().html)
    assert len(after) > len(before)
    assert {key: place for key, place in after.items() if key in before} == before
    assert anew.keys() == after.keys()
