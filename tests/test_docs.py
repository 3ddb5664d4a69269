"""The documentation says what is: generated pages are current, commands and files that it names exist, the README's blocks run."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from relgraph.cli import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATED = script("generate").PAGES


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_current(name: str) -> None:
    """What `make docs` would write is what lies there."""
    assert GENERATED[name]() == (ROOT / "docs" / name).read_text("utf-8"), f"docs/{name} is out of date: run make docs"


def test_every_command_is_on_the_page_of_commands() -> None:
    """With its own heading."""
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert re.findall(r"^### relgraph (\w+)$", page, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project finds it."""
    targets = [t.split("#")[0] for t in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")) if not t.startswith(("http://", "https://", "#"))]
    missing = [t for t in targets if t and not (page.parent / t).exists()]
    assert not missing


def test_the_figures_are_written_between_their_markers() -> None:
    """`make quality` finds its places, and each holds a table."""
    quality = script("quality")
    text = quality.PAGE.read_text("utf-8")
    for name in ("half A", "half B", "samples"):
        assert "a table" in quality.between(text, name, "a table")
        assert re.search(rf"<!-- {name} -->\n```text\n.*?ALL .*?```\n<!-- end -->", text, re.DOTALL), name


# README


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def indented_commands() -> list[str]:
    """The command lines of the indented blocks, without their comments."""
    lines = re.findall(r"^    (.+)$", re.sub(r"```.*?```", "", readme(), flags=re.DOTALL), re.MULTILINE)
    return [" ".join(shlex.split(line, comments=True)) if "'" not in line else line.split("  #")[0] for line in lines]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the README's reader has one: the samples, and articles of his own."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "my-articles").symlink_to(ROOT / "data" / "articles")
    return folder


def test_the_readmes_commands_run(place: Path) -> None:
    """Each relgraph command in the order given, but for serve, which goes on for ever; make targets exist."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("RELGRAPH_STORE", None)
    commands = indented_commands()
    assert len([c for c in commands if c.startswith("relgraph ")]) >= 7
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in commands:
        words = shlex.split(command)
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE), command
        elif words == ["source", ".venv/bin/activate"]:
            assert "VENV ?= .venv" in makefile
        elif words[:2] == ["relgraph", "serve"]:
            assert "serve" in COMMANDS
        else:
            assert words[0] == "relgraph", f"the README's block holds something else: {command}"
            done = subprocess.run([sys.executable, "-m", *words], cwd=place, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, (command, done.stderr)
            assert done.stdout or done.stderr, command
    assert "670 million" in (place / "my-graph.html").read_text("utf-8")


def test_the_readmes_python_runs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks run as they stand, in a folder with the samples."""
    monkeypatch.chdir(place)
    blocks = re.findall(r"```python\n(.*?)```", readme(), re.DOTALL)
    assert blocks
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), space)  # the point of the test
    assert (place / "graph.html").is_file()
    space["kg"].close()  # type: ignore[attr-defined]


def test_the_readme_says_which_files_there_are() -> None:
    """The picture is there and is one."""
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", readme())
    assert picture
    assert (ROOT / picture[1]).read_bytes().startswith(b"\x89PNG")


def test_sparql_blocks_of_the_docs_run() -> None:
    """Every SPARQL block finds something in the graph of the samples."""
    import relgraph as rg

    blocks = [(page.name, block) for page in PAGES for block in re.findall(r"```sparql\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    assert blocks
    with rg.build(ROOT / "data" / "articles") as kg:
        for page, block in blocks:
            result = kg.query(block)
            assert result is True or len(result) > 0, page  # type: ignore[arg-type]


def test_the_followed_article_goes_the_way_that_is_told() -> None:
    """The quoted sentences stand in the article, and its trace has every rule and reason that the page names."""
    page = (ROOT / "docs" / "how-it-works.md").read_text("utf-8").partition("## One article, followed")[2].partition("5. **Graph.**")[0]
    article = ROOT / "data" / "articles" / "tj-three-talks.txt"
    quoted = re.findall(r"^> (.+)$", page, re.MULTILINE)
    assert len(quoted) >= 3
    assert all(sentence in article.read_text("utf-8") for sentence in quoted)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-m", "relgraph", "trace", article], env=environment, capture_output=True, text=True, check=True)
    told = [part for sentence in quoted for part in done.stdout.split("\n\n") if sentence in part]
    names = re.findall(r"`([a-z]+(?:[.-][a-z-]+)*)`", page)
    assert len(names) >= 7
    assert [name for name in names if not any(name in part for part in told)] == []


# tutorial.md, python.md


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_the_tutorial_runs(tmp_path: Path) -> None:
    """Its blocks run one after another in an empty folder, and the dossier says what the text promises."""
    shell = blocks("tutorial.md", "sh")
    assert len(shell) >= 7
    script = f"set -e\nrelgraph() {{ {shlex.quote(sys.executable)} -m relgraph \"$@\"; }}\n" + "\n".join(shell)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("RELGRAPH_STORE", None)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "500 million USD [" in done.stdout
    assert "sources differ" in done.stdout
    assert "New (" in done.stdout
    assert 'fill="url(#chart-0-hatch)"' in (tmp_path / "tj-uz.html").read_text("utf-8")
    assert "Договоры" in (tmp_path / "tj-uz-ru.md").read_text("utf-8")


def test_the_python_page_runs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its blocks run in order; what its tables name exists."""
    import relgraph as rg

    monkeypatch.chdir(place)
    space: dict[str, object] = {}
    for block in blocks("python.md", "python"):
        exec(compile(block, "python.md", "exec"), space)  # the point of the test
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert set(re.findall(r"`kg\.(\w+)", page)) <= set(dir(rg.KnowledgeGraph))
    assert set(re.findall(r"`(\w+Error|MissingExtra)`", page)) <= set(rg.__all__)


def test_every_block_of_the_docs_is_of_a_kind_that_a_test_runs() -> None:
    """A block in a new language, or on a new page, needs a test first; YAML, JSON, diagrams and outputs are shown, not run."""
    shown = {"text", "yaml", "json", "mermaid"}
    run = {"README.md": {"python"}, "docs/tutorial.md": {"sh"}, "docs/python.md": {"python"}, "docs/ontology.md": {"bash", "python"}, "docs/ontology.md.in": {"bash", "python"}, "docs/sparql.md": {"python"}}
    for page in PAGES:
        kinds = set(re.findall(r"^```(\w+)$", page.read_text("utf-8"), re.MULTILINE)) - shown - {"sparql"}
        assert kinds <= run.get(str(page.relative_to(ROOT)), set()), page
