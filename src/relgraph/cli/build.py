"""`relgraph build`: inputs in, a store out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relgraph.cli import one_line
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

if TYPE_CHECKING:
    from relgraph.corrections import Corrections
    from relgraph.pipeline import BuildReport

_ONE_AND_MORE = {"body": ("body", "bodies"), "treaty": ("treaty", "treaties"), "indicator": ("figure", "figures")}


@click.command("build", short_help="Read articles into a store; make it when it's absent.")
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
    """Read articles into a store, make it when it's absent, derive what follows, and sum up.

    PATH is a text, Markdown, HTML, JSON Lines, RSS or Atom file, a folder, a pattern like 'news/*.html', or - for standard input. An article
    with a known id replaces the older one; nothing is ever removed. Inputs that can't be read are named, the rest goes in (exit code 1).
    """
    return build_into(paths, store, create=True, texts=texts, corrections=corrections, facts=facts, reference=reference, lexicon=lexicon, jobs=jobs, scheduler=scheduler, talk=talk)


def build_into(
    paths: tuple[str, ...], store: str, *, create: bool, texts: Path | None, corrections: Path | None, facts: Path | None, reference: Path | None, lexicon: Path | None, jobs: int | None, scheduler: str | None, talk: Talk
) -> int:
    """Do what build and add have in common."""
    from relgraph.knowledge import load_knowledge
    from relgraph.pipeline import build
    from relgraph.read.counting import count_articles
    from relgraph.store import open_store

    knowledge = load_knowledge(reference, lexicon)
    opened = open_store(store, create=create)
    try:
        with talk.counting("articles", None if talk.quiet else count_articles(paths)) as progress:
            report = build(paths, opened, knowledge=knowledge, texts=texts or texts_beside(store), corrections=corrections_of(store, corrections), progress=progress, jobs=jobs, scheduler=scheduler, extracted=facts)
    finally:
        opened.close()
    tell(report, store, talk)
    usable = len(report.added) + len(report.replaced) + len(report.unchanged)
    if report.failures or report.set_aside:
        return 1 if usable else 5 if not report.failures else 3
    return 0 if usable else 3


def tell(report: BuildReport, store: str, talk: Talk) -> None:
    """Say what a run did, what it left out, and which corrections met nothing."""
    for error in report.failures:
        talk.failed(error)
    for line in report.unmatched:
        click.echo(f"relgraph: {one_line(line)}", err=True)
    for article, reason in report.set_aside.items():
        click.echo(f"relgraph: {article}: set aside: {reason}", err=True)
    for article in report.without_state:
        talk.say(f"{article}: names no state that the reference knows")
    talk.say(f"{store}: {_summed_up(report)}; {report.seconds:.1f} s")


def _summed_up(report: BuildReport) -> str:
    """Say how many articles and facts a run brought: '27 articles added; 334 new facts: 117 topics, 61 offices ...'."""
    done: dict[str, Sequence[object]] = {"added": report.added, "replaced": report.replaced, "unchanged": report.unchanged, "failed": [*report.failures, *report.set_aside]}
    said = [f"{len(items):,} article{'s' if len(items) > 1 else ''} {what}" for what, items in done.items() if items] or ["no article"]
    kinds = sorted(report.facts.items(), key=lambda item: (-item[1], item[0]))
    facts = ", ".join(f"{count} {_ONE_AND_MORE.get(name, (name, f'{name}s'))[count > 1]}" for name, count in kinds)
    return ", ".join(said) + (f"; {sum(report.facts.values()):,} new facts: {facts}" if facts else "")


def corrections_of(store: str, path: Path | None) -> Corrections:
    """Return the corrections of a file, by default of corrections.yaml beside a store where there is one; raises KnowledgeError."""
    from relgraph.corrections import corrections_for
    from relgraph.store import is_address

    return corrections_for(Path("relgraph.db") if is_address(store) else Path(store.rstrip("/")), path)


def corrections_beside(store: str) -> Path:
    """Return where the corrections of a store lie when nothing else is said."""
    from relgraph.store import is_address

    return Path("corrections.yaml") if is_address(store) else Path(store.rstrip("/")).parent / "corrections.yaml"


def texts_beside(store: str) -> Path:
    """Return the folder beside a store in which its full texts are kept; for a store behind an address it is in the folder one is in."""
    from relgraph.store import is_address

    return Path("relgraph.texts") if is_address(store) else Path(f"{store.rstrip('/')}.texts")
