"""The projection of what is derived, the layout, the script and the page, without a browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import relgraph as rg
from relgraph.show.bundle import bundled
from relgraph.show.layout import place_nodes
from relgraph.show.project import project
from relgraph.show.projection import restrict
from relgraph.show.viewer import ENGINE, page_html

ROOT = Path(__file__).parents[1]
JS = ROOT / "src" / "relgraph" / "show" / "static" / "js"

DERIVED = """@prefix rg: <https://w3id.org/relgraph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix id: <https://w3id.org/relgraph/id/> . @prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/relgraph/id/state/tj> a rg:Actor, rg:State ; rdfs:label "Tajikistan"@en . <https://w3id.org/relgraph/id/state/kz> a rg:Actor, rg:State ; rdfs:label "Kazakhstan"@en .
<https://w3id.org/relgraph/id/article/one> a rg:Article ; dcterms:title "One" . <https://w3id.org/relgraph/id/article/two> a rg:Article ; dcterms:title "Two" ; rg:reprintOf <https://w3id.org/relgraph/id/article/one> .
<https://w3id.org/relgraph/id/passage/1> a rg:Passage ; rg:inArticle <https://w3id.org/relgraph/id/article/one> ; rg:start 0 ; rg:end 9 ; rg:exact "They met." .
<https://w3id.org/relgraph/id/passage/2> a rg:Passage ; rg:inArticle <https://w3id.org/relgraph/id/article/two> ; rg:start 0 ; rg:end 9 ; rg:exact "They met." .
<https://w3id.org/relgraph/id/event/1> a rg:Event . <https://w3id.org/relgraph/id/event/2> a rg:Event .
<https://w3id.org/relgraph/id/occurrence/o> a rg:Occurrence ; rg:report <https://w3id.org/relgraph/id/event/1>, <https://w3id.org/relgraph/id/event/2> ; rg:sourceCount 1 .
<https://w3id.org/relgraph/id/claim/1> a rg:Claim ; rg:claimType "event" ; rg:inArticle <https://w3id.org/relgraph/id/article/one> ; rdfs:label "met" ; rg:asserts <https://w3id.org/relgraph/id/event/1> ; rg:involves <https://w3id.org/relgraph/id/state/tj>, <https://w3id.org/relgraph/id/state/kz> ; rg:passage <https://w3id.org/relgraph/id/passage/1> .
<https://w3id.org/relgraph/id/claim/2> a rg:Claim ; rg:claimType "event" ; rg:inArticle <https://w3id.org/relgraph/id/article/two> ; rdfs:label "met again" ; rg:asserts <https://w3id.org/relgraph/id/event/2> ; rg:involves <https://w3id.org/relgraph/id/state/tj>, <https://w3id.org/relgraph/id/state/kz> ; rg:passage <https://w3id.org/relgraph/id/passage/2> .
<https://w3id.org/relgraph/id/contradiction/c> a rg:Contradiction ; rg:contradictionKind <https://w3id.org/relgraph/vocab/contradiction-kind/differing-figures> ; rg:conflicting <https://w3id.org/relgraph/id/event/1>, <https://w3id.org/relgraph/id/claim/2> ; rg:difference 0.21 .
<https://w3id.org/relgraph/id/inference/i> a rg:Inference ; rg:inferredSubject <https://w3id.org/relgraph/id/state/tj> ; rg:inferredPredicate rg:alliedWith ; rg:inferredObject <https://w3id.org/relgraph/id/state/kz> ; rg:rule "alliance" ; rg:premise <https://w3id.org/relgraph/id/event/1> .
<https://w3id.org/relgraph/id/inference/j> a rg:Inference ; rg:inferredSubject <https://w3id.org/relgraph/id/state/kz> ; rg:inferredPredicate rg:alliedWith ; rg:inferredObject <https://w3id.org/relgraph/id/state/tj> ; rg:rule "alliance" ; rg:premise <https://w3id.org/relgraph/id/event/1> .
"""


@pytest.fixture(scope="module")
def derived() -> ox.Store:
    store = ox.Store()
    store.load(DERIVED.encode(), format=ox.RdfFormat.TURTLE)
    return store


def test_occurrences_conflicts_and_inferences_are_taken_up(derived: ox.Store) -> None:
    """Two reports of one occurrence share a number and its count of sources; a contradiction joins its claims; an inference is a line, once for both ways."""
    found = project(derived)
    first, second = (next(f for f in found.facts if f.id == f"claim/{n}") for n in (1, 2))
    assert first.what == second.what
    assert (first.sources, found.sources[1].reprint_of) == (1, 0)
    (conflict,) = found.conflicts
    assert ({found.facts[f].id for f in conflict.facts}, conflict.kind, conflict.difference) == ({"claim/1", "claim/2"}, "differing figures", 0.21)
    (line,) = [e for e in found.edges if e.kind == "allied with"]
    fact = found.facts[line.facts[0]]
    assert (line.standing, fact.rule, fact.text, len(fact.cited)) == ("inferred", "alliance", "Kazakhstan allied with Tajikistan" if fact.text.startswith("K") else "Tajikistan allied with Kazakhstan", 1)


def test_a_part_keeps_what_belongs_to_it(derived: ox.Store) -> None:
    """Cut down to two nodes, conflicts, reprints and topics still point to the right facts."""
    whole = project(derived)
    part = restrict(whole, {n for n, node in enumerate(whole.nodes) if node.kind == "state"})
    assert {part.facts[f].id for f in part.conflicts[0].facts} == {"claim/1", "claim/2"}
    assert part.sources[part.sources[1].reprint_of].title == "One"


def test_large_graphs_are_placed_fast_and_apart() -> None:
    """2,000 nodes take no two places; the time grows with the number, not its square."""
    sys.path.insert(0, str(ROOT / "benchmarks" / "viewer"))
    try:
        from graph import projection
    finally:
        sys.path.pop(0)
    times = []
    for n in (1000, 4000):
        data, start = projection(n), time.process_time()
        places = place_nodes(data)
        times.append(time.process_time() - start)
        assert len(set(places)) == n
        assert place_nodes(data) == places
    assert times[1] < times[0] * 12 + 0.5


def test_the_page_is_small_beside_its_data() -> None:
    """Scripts, styles, words, map and engine together stay under a megabyte."""
    from relgraph.show.projection import Projection

    assert len(page_html(Projection(nodes=(), edges=(), facts=(), sentences=(), sources=()), title="empty").encode()) < 1_000_000


def test_the_engine_is_the_one_that_was_checked() -> None:
    """The vendored file is vis-network 10.1.5 and has its licence beside it."""
    import hashlib

    vendor = JS.parent / "vendor"
    assert (vendor / "vis-network-LICENSE-MIT.txt").read_text("utf-8").startswith("The MIT License")
    assert hashlib.sha256((vendor / ENGINE).read_bytes()).hexdigest() == "ec6a8e97e2aa8c588983548eb6a82725dc120da43ceda69c917018255853d8e5"


def test_modules_are_bundled_in_order_and_circles_refused() -> None:
    """A module stands after those it needs."""
    script = bundled({"main": 'import { a } from "./one.js";\na();\n', "one": "export function a() { return 1; }\n"})
    assert script.index("from_one") < script.index("const { a } = from_one")
    with pytest.raises(ValueError, match="circle"):
        bundled({"main": 'import { a } from "./one.js";\n', "one": 'import { b } from "./main.js";\n'})


@pytest.mark.parametrize("file", sorted(p.name for p in JS.glob("*.js")))
def test_modules_export_only_what_can_be_handed_over(file: str) -> None:
    """No `export let` or `export {}`: the bundle hands exports over once."""
    source = (JS / file).read_text("utf-8")
    assert all(line.startswith(("export function", "export async function", "export const")) for line in source.splitlines() if line.startswith("export"))


def test_script_modules_by_node() -> None:
    """The modules' own tests, in Node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not there; the browser tests run the same modules")
    done = subprocess.run([node, "--experimental-default-type=module", "--test", "--test-reporter=tap", str(ROOT / "tests" / "js")], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "# pass 0" not in done.stdout


def test_pyvis_model_is_directed_with_positions() -> None:
    """kg.pyvis() is a normal pyvis Network, directed, placed, with physics off."""
    with rg.build(ROOT / "data" / "articles" / "tj-three-talks.txt") as kg:
        net = kg.pyvis()
    assert net.directed
    assert all("x" in node and "y" in node for node in net.nodes)
    assert "vis.Network" in net.generate_html()
