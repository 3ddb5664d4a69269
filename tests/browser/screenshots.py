"""Take pictures of every view of the sample articles, light, dark and narrow, into build/screenshots, and those of the README into docs/images. Run by `make screenshots`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

import relgraph as rg

ROOT = Path(__file__).parents[2]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PAIR = "edge=" + quote("state/kazakhstan|pair|state/tajikistan")
VIEWS = {
    "network": "", "network-line": PAIR, "network-node": "node=person/emomali-rahmon", "network-around": "around=state/tajikistan&hops=1", "map": "view=map", "map-line": f"view=map&{PAIR}", "matrix": "view=matrix",
    "matrix-compared": "view=matrix&compare=2017-01-01,2022-12-31,2023-01-01,2026-12-31", "timeline": "view=timeline", "table": "view=table", "russian": f"lang=ru&{PAIR}",
}  # fmt: skip
LOOKS = {"light": (1360, 820, "light"), "dark": (1360, 820, "dark"), "narrow": (390, 844, "light")}
README = {"viewer.png": ("network-line", "light"), "viewer-map-dark.png": ("map-line", "dark"), "viewer-compared.png": ("matrix-compared", "light")}


def main() -> int:
    """Write the pictures; 1 where no browser is found."""
    program = os.environ.get("RELGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.stderr.write("no Chromium was found; name the program in RELGRAPH_CHROMIUM\n")
        return 1
    folder, images = ROOT / "build" / "screenshots", ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, rg.build(ROOT / "data" / "articles") as kg, sync_playwright() as player:
        address = kg.view().save(Path(made) / "graph.html").as_uri()
        browser = player.chromium.launch(executable_path=program, args=list(FLAGS))
        for look in LOOKS:
            for view in VIEWS:
                _take(browser, f"{address}#{VIEWS[view]}", look, folder / f"{view}-{look}.png")
        browser.close()
    for name, (view, look) in README.items():
        shutil.copyfile(folder / f"{view}-{look}.png", images / name)
    sys.stderr.write(f"{folder.relative_to(ROOT)}: {len(VIEWS) * len(LOOKS)} pictures; {images.relative_to(ROOT)}: {', '.join(README)}\n")
    return 0


def _take(browser: Browser, address: str, look: str, file: Path) -> None:
    width, height, scheme = LOOKS[look]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light", locale="en-GB")
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(200)
    page.screenshot(path=str(file))
    page.close()


if __name__ == "__main__":
    sys.exit(main())
