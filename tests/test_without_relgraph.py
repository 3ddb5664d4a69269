"""What docs/ontology.md says about using the files without relgraph: its blocks run, and give what they promise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef

from relgraph.graph.iris import BASE, PREFIXES, RG
from relgraph.pipeline import build
from relgraph.store import open_store

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "ontology.md").read_text("utf-8")
CONTEXT = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))


def block(language: str) -> str:
    """The page's first block of a language."""
    found = re.search(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def meeting() -> Graph:
    document = json.loads(block("json"))
    assert document["@context"] == f"{BASE}context.jsonld"
    return Graph().parse(data=json.dumps(document | CONTEXT), format="json-ld")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ontology, a small store and data of one's own, as the page has them."""
    place = tmp_path_factory.mktemp("elsewhere")
    (place / "ontology").symlink_to(ROOT / "ontology")
    store = open_store(str(place / "demo" / "relgraph.db"), create=True)
    build([str(ROOT / "data" / "articles" / "tj-tm-2024-04-05-arkadag-dushanbe.txt")], store)
    store.close()
    meeting().serialize(place / "mine.ttl", format="turtle")
    return place


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    names = f'pyshacl() {{ "{sys.executable}" -m pyshacl "$@"; }}; relgraph() {{ "{sys.executable}" -m relgraph "$@"; }}; python() {{ "{sys.executable}" "$@"; }}; set -e\n'
    return subprocess.run(["bash", "-c", names + script], cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_context_turns_json_into_our_terms() -> None:
    """Dates have their types, values are concepts and entities."""
    graph, event = meeting(), URIRef(f"{BASE}id/event/example-1")
    assert (event, RDF.type, URIRef(f"{RG}Meeting")) in graph
    assert (event, URIRef(f"{RG}eventKind"), URIRef(f"{BASE}vocab/event-kind/meeting")) in graph
    assert {str(p) for p in graph.objects(event, URIRef(f"{RG}participant"))} == {f"{BASE}id/person/emomali-rahmon", f"{BASE}id/person/sadyr-japarov"}
    assert {str(d.datatype) for d in graph.objects(event, URIRef(f"{RG}earliest"))} == {f"{PREFIXES['xsd']}date"}  # type: ignore[attr-defined]


def test_pyshacl_alone_checks_data_and_a_whole_export(folder: Path) -> None:
    """Both conform; the same check finds what is wrong with a meeting of one."""
    done = run(folder, block("bash"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Conforms: True") == 2
    (folder / "wrong.ttl").write_text(re.sub(r"rg:participant <[^>]*rahmon>,\s*<", "rg:participant <", (folder / "mine.ttl").read_text("utf-8")), "utf-8")
    wrong = run(folder, "cat ontology/vocabularies/*.ttl wrong.ttl > together.ttl; pyshacl -s ontology/shapes.ttl together.ttl")
    assert wrong.returncode == 1
    assert "A meeting needs at least two participants." in wrong.stdout


def test_another_store_answers(folder: Path) -> None:
    """Over the export, rdflib names the president of a day, with source; runs after the export was made."""
    if not (folder / "everything.ttl").exists():
        assert run(folder, block("bash")).returncode == 0
    (folder / "president.py").write_text(block("python"), "utf-8")
    done = run(folder, "python president.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Almazbek Atambayev 2011-12-01 general knowledge\n"


def test_claims_become_web_annotations(folder: Path) -> None:
    """One for each asserted fact, with both selectors."""
    store = open_store(str(folder / "demo" / "relgraph.db"), read_only=True)
    triples = list(store.query(block("sparql")))
    asserted = int(next(iter(store.query("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c rg:asserts ?f }")))["n"].value)
    store.close()
    kinds = [t.object.value.rsplit("#", 1)[-1] for t in triples if t.predicate.value.endswith("#type")]
    assert len({t.subject for t in triples if isinstance(t.object, ox.NamedNode) and t.object.value.endswith("#Annotation")}) == asserted > 0
    assert kinds.count("TextQuoteSelector") == kinds.count("TextPositionSelector") > 0
