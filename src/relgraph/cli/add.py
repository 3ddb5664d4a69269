"""`relgraph add`: as build, for a store that must exist."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.build import build_into
from relgraph.cli.options import (
    Talk,
    corrections_option,
    facts_option,
    jobs_option,
    lexicon_option,
    reference_option,
    scheduler_option,
    store_option,
    talking,
)


@click.command("add", short_help="Add or replace articles in a store that exists.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR", help="Where the full texts are kept.  [default: beside the store]")
@corrections_option
@facts_option
@jobs_option
@scheduler_option
@reference_option
@lexicon_option
@talking
def command(
    paths: tuple[str, ...], store: str, texts: Path | None, corrections: Path | None, facts: Path | None, jobs: int | None, scheduler: str | None, reference: Path | None, lexicon: Path | None, talk: Talk
) -> int:
    """Add articles to a store that exists, or replace those with the same id. Otherwise as `relgraph build`."""
    return build_into(paths, store, create=False, texts=texts, corrections=corrections, facts=facts, reference=reference, lexicon=lexicon, jobs=jobs, scheduler=scheduler, talk=talk)
