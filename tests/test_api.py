"""The Python interface is complete, small, documented and typed; its examples run; its objects show themselves."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import relgraph as rg
from relgraph import api

ROOT = Path(__file__).parents[1]
WANTED = {"add", "articles", "ask", "between", "close", "diff", "dossier", "explain", "export", "fact", "facts", "find", "frame", "get", "network", "path", "pyvis", "queries", "query", "view"}


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rg.KnowledgeGraph]:
    """A few sample articles, in memory."""
    with rg.build(sorted((ROOT / "data" / "articles").glob("*.txt"))[:6]) as graph:
        yield graph


def public(thing: type) -> dict[str, object]:
    return {name: value for name, value in vars(thing).items() if not name.startswith("_")}


def test_a_graph_offers_what_the_design_names_and_no_more() -> None:
    """Another public name is another promise: it goes into this list first."""
    assert set(public(rg.KnowledgeGraph)) == WANTED


def test_public_names_are_all_there_and_sorted() -> None:
    """Every name of `__all__` is bound when it is used, and `dir` lists it."""
    assert sorted(rg.__all__) == rg.__all__
    assert set(rg.__all__) == set(dir(rg))
    assert all(getattr(rg, name) is not None for name in rg.__all__)


@pytest.mark.parametrize("name", [n for n in rg.__all__ if not n.startswith("__")])
def test_public_names_are_documented_and_typed(name: str) -> None:
    """Every public class, method and function has a docstring, and annotations for all it takes and gives; errors it names exist."""
    thing = getattr(rg, name)
    members = [thing, *[m for m in public(thing).values() if inspect.isfunction(m)]] if inspect.isclass(thing) else [thing]
    for member in members:
        doc = inspect.getdoc(member)
        assert doc, member
        assert all(hasattr(rg, error) for error in re.findall(r"^\s+([A-Z]\w+Error|MissingExtra|ShapesBroken): ", doc, re.MULTILINE)), member
        if inspect.isfunction(member):
            taken = [p for p in inspect.signature(member).parameters.values() if p.name != "self"]
            assert all(p.annotation is not inspect.Parameter.empty for p in taken), member
            assert inspect.signature(member).return_annotation is not inspect.Signature.empty, member


def examples() -> list[tuple[str, str]]:
    """The indented examples of the interface's docstrings: blocks behind a line that is blank, four spaces in."""
    found = []
    for name, member in {"open": rg.open, "build": rg.build, **public(rg.KnowledgeGraph)}.items():
        doc = inspect.getdoc(member) or ""
        found += [(name, textwrap.dedent(block)) for block in re.findall(r"(?<=\n\n)((?: {4}\S.*\n(?: {4,}.*\n)*)+)(?=\n|\Z)", doc + "\n") if not block.lstrip().startswith(("Args", "Raises"))]
    return found


def test_the_examples_run(kg: rg.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of a docstring runs as it stands, in a folder with articles and a store."""
    monkeypatch.chdir(tmp_path)
    some = sorted((ROOT / "data" / "articles").glob("*.txt"))
    for folder, which in (("articles", some[:3]), ("new-articles", some[6:7])):
        (tmp_path / folder).mkdir()
        for path in which:
            (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    rg.build("articles", store="relgraph.db").close()
    blocks = examples()
    assert {name for name, _ in blocks} >= {"open", "build", "add", "ask", "between", "diff", "dossier", "explain", "facts", "find", "network", "path", "query", "view"}
    for name, block in blocks:
        exec(compile(block, f"the example of {name}", "exec"), {"rg": rg, "kg": kg})  # the point of the test


def test_objects_show_themselves(kg: rg.KnowledgeGraph) -> None:
    """In a terminal on a few lines, in a notebook as HTML in which nothing of an article is markup."""
    facts = kg.facts("Tajikistan")
    things = [kg, facts, facts[0], kg.ask("sources"), kg.explain("TJ", "KZ"), kg.dossier("TJ"), kg.diff("2020"), kg.view(focus="Tajikistan"), kg.get("TJ"), kg.articles()[0]]
    for thing in things:
        assert 0 < len(repr(thing)) < 6000
        assert not re.search(r" at 0x[0-9a-f]+>", repr(thing)), thing
    for thing in things[:8]:
        html = thing._repr_html_()  # type: ignore[attr-defined]
        assert html.startswith("<")
        assert "<script" not in html.split("srcdoc")[0]


def test_pandas_only_when_asked_for(monkeypatch: pytest.MonkeyPatch, kg: rg.KnowledgeGraph) -> None:
    """Without pandas everything works but frames, which say what to install."""
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    assert kg.ask("sources").rows
    with pytest.raises(rg.MissingExtra, match="pandas") as caught:
        kg.frame()
    assert "relgraph[notebook]" in caught.value.hint


def test_more_articles_go_into_a_graph(tmp_path: Path) -> None:
    """`add` reads more, names are found at once; a graph opened for reading refuses."""
    some = sorted((ROOT / "data" / "articles").glob("*.txt"))
    with rg.build(some[0], store=tmp_path / "a.db") as graph:
        report = graph.add(some[1])
        assert len(report.added) == 1
        assert graph.report is report
        assert len(graph.articles()) == 2
    with rg.open(tmp_path / "a.db") as graph, pytest.raises(rg.StoreError):
        graph.add(some[2])
    with rg.open(tmp_path / "a.db", writable=True) as graph:
        graph.add(some[2])
        assert len(graph.articles()) == 3


def test_the_module_says_what_it_offers() -> None:
    """The first lines of the module run as they stand but for the folder."""
    assert "kg.between" in (api.__doc__ or "")
