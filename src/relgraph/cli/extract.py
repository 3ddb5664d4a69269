"""`relgraph extract`: articles in, their facts as JSON out; no store."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from relgraph.cli.options import (
    Talk,
    jobs_option,
    lexicon_option,
    reference_option,
    talking,
)


def _shard(_: click.Context, __: click.Parameter, given: str | None) -> tuple[int, int] | None:
    if given is None:
        return None
    part, sign, parts = given.partition("/")
    if not (sign and part.isdigit() and parts.isdigit() and 1 <= int(part) <= int(parts)):
        raise click.BadParameter(f"'{given}' isn't I/N with I from 1 to N, as 3/16")
    return int(part), int(parts)


@click.command("extract", short_help="Write each article's facts as JSON.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--out", required=True, metavar="DIR", help="The folder to write ID.json into; '-' writes JSON Lines to standard output.")
@jobs_option
@click.option("--shard", metavar="I/N", default=None, callback=_shard, help="Only the I-th of N parts of the articles, for schedulers that start one process a part.")
@reference_option
@lexicon_option
@talking
def command(paths: tuple[str, ...], out: str, jobs: int | None, shard: tuple[int, int] | None, reference: Path | None, lexicon: Path | None, talk: Talk) -> int:
    """Write one ID.json for each article: its facts with the sentences they rest on, as fact.schema.json describes. Needs no store.

    `relgraph build PATH... --facts DIR` takes them from there, so that other machines may do this part. PATH is as for `relgraph build`. Files are written whole or not at all; those already there are replaced.
    """
    from relgraph.errors import RelgraphError
    from relgraph.extracting import extract_all

    folder = None if out == "-" else Path(out)
    if folder is not None:
        _make(folder)
    done = failed = 0
    with talk.counting("extracting") as progress:
        for item in extract_all(paths, jobs=jobs, reference=reference, lexicon=lexicon, shard=shard):
            if isinstance(item, RelgraphError):
                failed += 1
                talk.failed(item)
                continue
            article_id, line = item
            done += 1
            if folder is None:
                sys.stdout.buffer.write(line + b"\n")
            else:
                _write(folder, article_id, line)
            progress(article_id)
    talk.say(f"{done} articles extracted, {failed} failed")
    return 0 if done and not failed else 1 if done else 3


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{folder} can't be made: {error.strerror}") from error


def _write(folder: Path, article_id: str, line: bytes) -> None:
    import msgspec

    temporary = folder / f".{article_id}.{os.getpid()}.new"
    try:
        temporary.write_bytes(msgspec.json.format(line, indent=1) + b"\n")
        temporary.replace(folder / f"{article_id}.json")
    except OSError as error:
        raise click.UsageError(f"{folder / article_id}.json can't be written: {error.strerror}") from error
