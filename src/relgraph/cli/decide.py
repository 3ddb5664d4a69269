"""`relgraph decide`: bring a person's decisions on what is the same into a store."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("decide", short_help="Say which reports, treaties or bodies are the same, or not.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@store_option
@talking
def command(file: Path, store: str, talk: Talk) -> None:
    """Make the decisions of FILE the store's decisions, and derive anew. They win over every rule and hold in all later runs.

    FILE is YAML, an entry a line: '- same: [ONE, OTHER]' or '- different: [ONE, OTHER]', with 'why: ...' if wanted. ONE and OTHER are ids of
    events as answers show them, or of treaties and bodies as 'relgraph ask unclear' lists them. An empty file takes all decisions back.
    """
    from relgraph.derive import read_decisions
    from relgraph.graph import iris
    from relgraph.pipeline import refresh
    from relgraph.store import open_store

    quads = read_decisions(file)
    opened = open_store(store)
    try:
        opened.replace_graph(iris.DECISIONS, quads)
        refresh(opened)
        opened.publish()
    finally:
        opened.close()
    talk.say(f"{store}: {len({q.subject for q in quads})} decisions")
