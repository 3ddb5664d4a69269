"""`relgraph remove`: take articles out of a store."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.build import texts_beside
from relgraph.cli.options import Talk, store_option, talking


@click.command("remove", short_help="Take articles out of a store.")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@store_option
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR", help="Where the full texts are kept.  [default: beside the store]")
@talking
def command(articles: tuple[str, ...], store: str, texts: Path | None, talk: Talk) -> int:
    """Take back exactly what only these articles said. ARTICLE is an id as `relgraph articles` lists it."""
    from relgraph.errors import StoreError
    from relgraph.pipeline import remove
    from relgraph.store import open_store

    opened = open_store(store)
    try:
        known = opened.keys()
        wanted = list(dict.fromkeys(articles))
        present = [a for a in wanted if a in known]
        remove(present, opened, texts=texts or texts_beside(store))
    finally:
        opened.close()
    for article in wanted:
        if article not in known:
            talk.failed(StoreError(f"holds no article '{article}'", path=store, hint="list them with: relgraph articles"))
    talk.say(f"{store}: {len(present)} articles removed")
    return 0 if len(present) == len(wanted) else 1 if present else 7
