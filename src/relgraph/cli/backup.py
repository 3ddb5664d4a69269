"""`relgraph backup`: a copy of a store."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.options import Talk, store_option, talking


@click.command("backup", short_help="Copy a store, while others read or write it.")
@click.argument("target", type=click.Path(path_type=Path), metavar="FOLDER")
@store_option
@talking
def command(target: Path, store: str, talk: Talk) -> None:
    """Copy what a store has published last into a new FOLDER, with the full texts beside it. The copy is a store itself."""
    import shutil

    from relgraph.cli.build import texts_beside
    from relgraph.errors import StoreError
    from relgraph.store import is_address
    from relgraph.store.backups import backup

    if is_address(store):
        raise StoreError("is behind an address", path=store, hint="use the server's own backup, or: relgraph export --store ... -o all.nq")
    backup(Path(store), target)
    if texts_beside(store).is_dir():
        shutil.copytree(texts_beside(store), texts_beside(str(target)), dirs_exist_ok=True)
    talk.say(f"{store} is copied to {target}")
