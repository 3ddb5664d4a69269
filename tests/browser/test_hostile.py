"""Text that wants to be code, and text that wants to break the layout, in every field: it stays text."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import pytest

from relgraph.show import page_html
from relgraph.show.projection import Projection

from .conftest import Opener
from .story import KZ, TJ, story
from .test_exports import saved

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>window.hit=1</script>", "</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "<svg/onload=window.hit=1>", "\"><img src=x onerror=window.hit=1>", "' onmouseover='window.hit=1",
    "javascript:window.hit=1", "JaVaScRiPt:window.hit=1", "data:text/html,<script>parent.hit=1</script>", "vbscript:msgbox(1)", "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>", "<a href=javascript:window.hit=1>x</a>",
    "<body onload=window.hit=1>", "<style>*{display:none}</style>", "</style><script>window.hit=1</script>", "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "{{7*7}}", "{% raw %}{{ config }}", "${window.hit=1}", "`${window.hit=1}`", "%3Cscript%3Ewindow.hit=1%3C/script%3E", "&lt;script&gt;window.hit=1&lt;/script&gt;", "<!--<script>", "]]><script>window.hit=1</script>",
    "\u2028window.hit=1\u2029", "\\u003cscript\\u003ewindow.hit=1", "\\\"};window.hit=1;//", "__proto__", "constructor", "=HYPERLINK(\"//evil.example\")", "+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3", "\t=1+1", "';DROP TABLE x;--",
    "<math><mi//xlink:href=\"data:x,<script>window.hit=1</script>\">", "<details open ontoggle=window.hit=1>", "<input autofocus onfocus=window.hit=1>", "<form action=//evil.example><button>x</button></form>", "> } UNION { ?s ?p ?o } #",
    "إمام علي رحمان", "\u202eevil\u202c \u2066x\u2069", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034da\u036b\u0357\u0334\u0362\u0335\u031c\u0330\u0354lgo", "👨‍👩‍👧‍👦" * 20,
    "", " ", "\x00\x01\x08control", "A" * 300, "слово " * 50, "\ud83dlone".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
)  # fmt: skip


def dressed(text: str) -> Projection:
    """Return the story with the text in every field that comes from outside."""
    base, replace = story(), msgspec.structs.replace
    return replace(
        base,
        nodes=tuple(replace(node, label=text, label_ru=text, aliases=(text, *node.aliases)) for node in base.nodes),
        edges=tuple(edge if edge.kind == "pair" else replace(edge, kind=text) for edge in base.edges),
        facts=tuple(replace(f, text=text, rule=text, attribution=text, origin=text and f.origin and text, through=(text,), premises=(text,), modality=f.modality and (text or "denied")) for f in base.facts),
        sentences=tuple(replace(s, text=text) for s in base.sentences), sources=tuple(replace(s, title=text, publisher=text, urls=(text, *s.urls)) for s in base.sources),
        concepts=tuple(replace(c, label=text, label_ru=text) for c in base.concepts), conflicts=tuple(replace(c, kind=text, text=text) for c in base.conflicts),
    )  # fmt: skip


def test_the_corpus_is_large_enough() -> None:
    """At least forty."""
    assert len(set(HOSTILE)) >= 40


@pytest.mark.parametrize("group", range(4))
def test_nothing_runs_and_nothing_breaks(opened: Opener, tmp_path: Path, group: int) -> None:
    """Each string in names, titles, publishers, links, sentences, topics, rules and the heading: every view is worked, nothing runs, loads or sticks out."""
    seen, file = None, tmp_path / "page.html"
    for text in HOSTILE[group::4]:
        file.write_text(page_html(dressed(text), title=text), "utf-8")
        if seen is None:
            seen = opened(file.as_uri())
        else:
            seen.page.evaluate("history.replaceState(null, '', location.pathname)")
            seen.page.reload()
            seen.page.wait_for_selector("html[data-ready]", state="attached")
        seen.page.evaluate("(edge) => { for (const view of ['map', 'matrix', 'timeline', 'table', 'network']) { document.querySelector(`#views [data-view=${view}]`).click(); } location.hash = 'edge=' + encodeURIComponent(edge); }", f"{KZ}|pair|{TJ}")
        seen.page.wait_for_function("relgraph.state.selected")
        seen.page.fill("#search", text[:40] or "x")
        seen.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        state = seen.page.evaluate("""() => ({ hit: window.hit, wide: document.documentElement.scrollWidth, title: document.title, places: location.href.startsWith('file:'),
          foreign: document.querySelectorAll('#panel img, iframe, base, form, link, #panel style, [onerror], [onload], [onmouseover], a[href^="javascript" i], a[href^="data" i]').length,
          sentence: document.querySelector('#panel blockquote').textContent, panel: document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth + 1,
          labels: relgraph.labels().every((label) => label.right - label.left < 420 && label.lines.length <= 3 && label.bottom - label.top < 60 && label.lines.every((line) => line.length > 0)) })""")
        assert state["hit"] is None, text
        assert (state["wide"], state["foreign"], state["panel"], state["labels"]) == (1360, 0, True, True), text
        assert state["sentence"].replace("\r", "\n") == text.replace("\x00", "\ufffd").replace("\r", "\n") or "\x00" in text, text
    assert seen is not None
    assert (seen.errors, [url for url in seen.requests if not url.startswith("file:")]) == ([], [])


def test_exports_carry_hostile_text_safely(opened: Opener, tmp_path: Path) -> None:
    """CSV cells are no formulas, SVG and GraphML stay well-formed, the SPARQL query can't be left."""
    for text in ("=HYPERLINK(\"//evil.example\")", "]]></text><script>1</script>&\x01", "> } UNION { ?s ?p ?o } #"):
        (tmp_path / "page.html").write_text(page_html(dressed(text), title=text), "utf-8")
        seen = opened((tmp_path / "page.html").as_uri())
        rows = list(csv.DictReader(io.StringIO(saved(seen, "csv").decode("utf-8-sig"))))
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
        for kind in ("svg", "graphml"):
            root = ET.fromstring(saved(seen, kind).decode())
            assert not [one for one in root.iter() if one.tag.endswith("script")]
        seen.page.evaluate("(text) => { relgraph.state.publishers.add(text); document.getElementById('sparql').click(); }", text)
        query = seen.page.locator("#copy-text").input_value()
        assert f"FILTER(?publisher IN ({json.dumps(text)}))".replace("\\u0001", "") in query.replace("\x01", "").replace("\\u0001", "")


def test_the_scripts_make_no_markup() -> None:
    """Nothing in our scripts can turn text into markup or code."""
    folder = Path(__file__).parents[2] / "src" / "relgraph" / "show" / "static" / "js"
    for file in folder.glob("*.js"):
        source = file.read_text("utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "srcdoc", "createContextualFragment", "setTimeout(\""):
            assert word not in source, (file.name, word)
