"""Write the pages of docs/ that are made from the code, so that they never say something else. Run by `make docs`; a test compares."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import click

from relgraph.cli import SECTIONS, cli

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))
WIDTH = 100

CLI_HEAD = """# The command line

This page is written from `relgraph --help` by `make docs`.

Standard output is data, standard error is talk; progress is drawn on a terminal only. Wherever an entity is asked for, any of its names will do, and so
will an ISO code, an id or an IRI: `Tajikistan`, `TJ`, `Таджикистан`, `state:tajikistan`. `RELGRAPH_STORE` names the store when `--store` doesn't.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | some inputs failed, the rest is in |
| 2 | wrong usage |
| 3 | nothing usable |
| 4 | ontology, reference or lexicon is wrong |
| 5 | the graph breaks its shapes |
| 6 | a query is wrong |
| 7 | the store is missing, locked, foreign or of another format |
| 8 | an optional part is not installed |
| 9 | an entity or named query is unknown or ambiguous |
| 70 | a bug of ours |
| 130 | interrupted |
"""


def cli_page() -> str:
    """Return docs/cli.md: the help of every command, in the order of `relgraph --help`."""
    root = click.Context(cli, info_name="relgraph", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    parts = [CLI_HEAD]
    for title, names in SECTIONS.items():
        parts.append(f"## {title}\n")
        for name in names:
            command = cli.get_command(root, name) or click.Command(name)
            text = command.get_help(click.Context(command, info_name=name, parent=root, terminal_width=WIDTH))
            parts.append(f"### relgraph {name}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _of_ontology(name: str) -> Callable[[], str]:
    """Return one of the texts that the neighbouring script makes; it reads the ontology only when asked."""

    def text() -> str:
        return str(getattr(importlib.import_module("ontology"), name)())

    return text


PAGES: dict[str, Callable[[], str]] = {"cli.md": cli_page, "ontology.md": _of_ontology("ontology_page"), "../ontology/context.jsonld": _of_ontology("context")}


def main() -> int:
    """Write every page anew."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
        sys.stderr.write(f"docs/{name}: written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
