"""docs/keeping-a-graph.md: what it tells its reader to run exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from relgraph.cli import COMMANDS, cli
from relgraph.corrections import read_corrections

PAGE = (Path(__file__).parents[1] / "docs" / "keeping-a-graph.md").read_text("utf-8")


def test_every_command_and_option_of_the_page_exists() -> None:
    root = click.Context(cli)
    found = [shlex.split(line) for line in re.findall(r"^    relgraph (.+?)'?$", PAGE.replace("'SELECT", "SELECT"), re.MULTILINE)]
    assert {words[0] for words in found} >= {"watch", "diff", "review", "query", "unresolved", "check", "backup"}
    for words in found:
        assert words[0] in COMMANDS
        command = cli.get_command(root, words[0])
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        assert {w for w in words[1:] if w.startswith("-")} <= known, words


def test_the_corrections_of_the_page_are_read(tmp_path: Path) -> None:
    """Every verdict and both corrections of names."""
    lines = re.findall(r"^    (- \{.+\})$", PAGE, re.MULTILINE)
    (tmp_path / "corrections.yaml").write_text("\n".join(lines), "utf-8")
    read = read_corrections(tmp_path / "corrections.yaml").entries
    assert [c.verdict for c in read] == ["reject", "edit", "reject", "name", "name"]
