"""Measure the viewer in a real browser against stock pyvis over the same graph, in one run. Prints ratios; pictures go to build/viewer.

    python benchmarks/viewer/run.py [--sizes 200,2000,10000] [--limit 120] [--no-pyvis]

Ready: from navigation until the first whole picture stands with its legend and numbers; complete: until all facts are read and every control
answers; for stock pyvis until its physics has settled and its loading bar is gone. Pyvis
is given up after the limit and is a lower bound then. Frames: drawings a second while the picture is dragged for three seconds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from pathlib import Path

from graph import projection
from playwright.sync_api import Browser, Error, Page, sync_playwright

from relgraph.show.layout import place_nodes
from relgraph.show.projection import Projection
from relgraph.show.viewer import page_html

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
OUT = Path("build/viewer")
_WATCH = """(() => { let made; Object.defineProperty(window, "network", { configurable: true, get: () => made, set(value) { made = value;
  if (value && value.on) { value.on("stabilizationIterationsDone", () => { window.__ready ??= performance.now(); }); value.on("stabilized", () => { window.__ready ??= performance.now(); }); } } }); })()"""


def main() -> int:
    """Run all; 1 where no browser is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="200,2000,10000")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which pyvis is given up")
    parser.add_argument("--no-pyvis", action="store_true")
    given = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.stderr.write("no Chromium was found\n")
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    sizes = [int(n) for n in given.sizes.split(",")]
    rows: dict[str, dict[str, float]] = {}
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=list(FLAGS))
        for n in sizes:
            data = projection(n)
            for whole in (False, True):
                name = f"{n} {'whole' if whole else 'states first'}"
                start, worked = time.perf_counter(), time.process_time()
                html = page_html(data, title=name, positions=place_nodes(data), draw_all=whole)
                build, cpu = time.perf_counter() - start, time.process_time() - worked
                rows[name] = {"build_s": round(build, 2), "build_cpu_s": round(cpu, 2), "kB": len(html.encode()) // 1000, **_ours(browser, name, html)}
                print(name, json.dumps(rows[name]), flush=True)
        if not given.no_pyvis:
            for n in (s for s in sizes if s <= 2000):
                rows[f"{n} pyvis"] = _pyvis(browser, n, given.limit)
                print(f"{n} pyvis", json.dumps(rows[f"{n} pyvis"]), flush=True)
        browser.close()
    _say_ratios(rows)
    return 0


def _open(browser: Browser, name: str, html: str) -> Page:
    file = OUT / f"{name.replace(' ', '-')}.html"
    file.write_text(html, "utf-8")
    page = browser.new_page(viewport={"width": 1360, "height": 860})
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(("file:", "data:", "blob:")) else route.abort())
    page.add_init_script(_WATCH)
    page.goto(file.resolve().as_uri(), wait_until="commit")
    return page


def _ours(browser: Browser, name: str, html: str) -> dict[str, float]:
    ready, complete = [], []
    for attempt in range(3):
        page = _open(browser, name, html)
        page.wait_for_selector("html[data-ready]", timeout=60_000, state="attached")
        ready.append(page.evaluate("relgraph.readyAt") / 1000)
        complete.append(page.evaluate("relgraph.completeAt") / 1000)
        if attempt < 2:
            page.close()
    found = {"ready_s": round(sorted(ready)[1], 2), "complete_s": round(sorted(complete)[1], 2),
             "nodes": page.evaluate("relgraph.drawn().nodes.length"), "lines": page.evaluate("relgraph.drawn().edges.length")}  # fmt: skip
    page.wait_for_timeout(600)
    page.screenshot(path=str(OUT / f"{name.replace(' ', '-')}.png"))
    page.evaluate("window.__frames = 0; relgraph.network().on('afterDrawing', () => { window.__frames += 1; })")
    page.mouse.move(520, 90)
    page.mouse.down()
    start, step = time.perf_counter(), 0
    while time.perf_counter() - start < 3:
        step += 1
        page.mouse.move(420 + 300 * ((step % 40) / 40), 90 + 300 * ((step % 23) / 23))
    elapsed = time.perf_counter() - start
    page.mouse.up()
    found["frames"] = round(page.evaluate("window.__frames") / elapsed, 1)
    page.close()
    return found


def _pyvis(browser: Browser, n: int, limit: float) -> dict[str, float]:
    from pyvis.network import Network

    data: Projection = projection(n)
    start = time.perf_counter()
    net = Network(height="100vh", width="100%", cdn_resources="in_line")
    for node in data.nodes:
        net.add_node(node.id, label=node.label, title=node.kind)
    for edge in data.edges:
        net.add_edge(data.nodes[edge.source].id, data.nodes[edge.target].id)
    html = net.generate_html()
    found = {"build_s": round(time.perf_counter() - start, 2), "kB": len(html.encode()) // 1000}
    page = _open(browser, f"{n} pyvis", html)
    try:
        page.wait_for_function("window.__ready", timeout=limit * 1000, polling=100)
        found["ready_s"] = round(page.evaluate("window.__ready") / 1000, 2)
        page.screenshot(path=str(OUT / f"{n}-pyvis.png"))
    except Error:
        found |= {"ready_s": limit, "given_up": 1}
    page.close()
    return found


def _say_ratios(rows: dict[str, dict[str, float]]) -> None:
    def ready(name: str) -> float:
        return rows.get(name, {}).get("ready_s", 0.0)

    for n, least in ((200, 20), (2000, 60)):
        if ready(f"{n} pyvis"):
            bound = "at least " if rows[f"{n} pyvis"].get("given_up") else ""
            print(f"{n} nodes whole: {bound}{ready(f'{n} pyvis') / ready(f'{n} whole'):.0f} times faster than stock pyvis (asked: {least})")
    if "10000 whole" in rows and "2000 whole" in rows:
        print(f"10,000 nodes whole: {ready('10000 whole') / ready('2000 whole'):.1f} times the 2,000 (asked: at most 3)")
    if "10000 states first" in rows and "200 states first" in rows:
        print(f"10,000 nodes, states first: {ready('10000 states first') / ready('200 states first'):.2f} times the 200 (asked: at most 1.5 and parsing); all facts there after {rows['10000 states first']['complete_s']} s")
    for name, row in rows.items():
        if "frames" in row:
            print(f"{name}: {row['frames']} drawings a second while dragged, built in {row['build_s']} s" + (f" ({row['build_cpu_s']} s of processor time)" if "build_cpu_s" in row else ""))


if __name__ == "__main__":
    sys.exit(main())
