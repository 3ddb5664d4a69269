"""Take the pictures that the README shows: the viewer of the sample articles with an edge chosen. Run by `make screenshots`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import relgraph as rg

ROOT = Path(__file__).parents[2]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def main() -> int:
    """Write docs/images/viewer.png; 1 where no browser is found."""
    program = os.environ.get("RELGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.stderr.write("no Chromium was found; name the program in RELGRAPH_CHROMIUM\n")
        return 1
    target = ROOT / "docs" / "images" / "viewer.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, rg.build(ROOT / "data" / "articles") as kg, sync_playwright() as player:
        address = kg.view().save(Path(folder) / "graph.html").as_uri()
        browser = player.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1360, "height": 820})
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        middle = page.evaluate("() => { const a = relgraph.placeOf('state/tajikistan'), b = relgraph.placeOf('state/kazakhstan'); return [(a.x + b.x) / 2, (a.y + b.y) / 2] }")
        page.mouse.click(*middle)
        page.wait_for_timeout(800)
        page.screenshot(path=str(target))
        browser.close()
    sys.stderr.write(f"{target.relative_to(ROOT)}: written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
