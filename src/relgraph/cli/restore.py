"""`relgraph restore`: a store from its copy."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("restore", short_help="Make a store what its backup was, while others read it.")
@click.argument("source", type=click.Path(path_type=Path), metavar="FOLDER")
@store_option
@talking
def command(source: Path, store: str, talk: Talk) -> None:
    """Make a store what it was when `relgraph backup` copied it to FOLDER; what it holds now is replaced. Full texts come back too."""
    import shutil

    from relgraph.cli.build import texts_beside
    from relgraph.errors import StoreError
    from relgraph.store import is_address
    from relgraph.store.backups import restore

    if is_address(store):
        raise StoreError("is behind an address", path=store, hint="use the server's own restore")
    restore(source, Path(store))
    if texts_beside(str(source)).is_dir():
        shutil.copytree(texts_beside(str(source)), texts_beside(store), dirs_exist_ok=True)
    talk.say(f"{store} is restored from {source}")
