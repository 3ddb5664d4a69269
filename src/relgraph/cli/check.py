"""`relgraph check`: ontology, reference, lexicon, named queries and, if asked, a store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from relgraph.cli import one_line
from relgraph.cli.options import Talk, lexicon_option, talking

_SHIPPED = "shipped"
"""What --reference stands for when it names no folder."""


@click.command("check", short_help="Check ontology, reference, lexicon, named queries and a store.")
@click.option("--store", metavar="DIR", envvar="RELGRAPH_STORE", default=None, show_envvar=True, help="Check this store too.")
@click.option("--repair", is_flag=True, help="First free a store behind an address from a dead writer, and take back articles that were half added.")
@click.option("--reference", is_flag=False, flag_value=_SHIPPED, default=None, metavar="[DIR]", help="Reference files to use instead of the shipped ones. With a store: which terms of office its articles contradict or have long not confirmed.")
@click.option("--days", type=click.IntRange(min=1), default=365, show_default=True, metavar="N", help="With --reference and --store: how long a term may go unconfirmed.")
@lexicon_option
@talking
def command(store: str | None, repair: bool, reference: str | None, days: int, lexicon: Path | None, talk: Talk) -> int:
    """Check ontology, reference, lexicon and named queries; with --store the graph of a store too.

    Each problem is one line with its file and line. Exit code 4 for a problem in the files, 5 for a store that breaks the shapes. With --reference
    and --store it also lists the terms of office that the articles contradict, or have not confirmed for long; these need a look and are no error.
    """
    from relgraph import checking
    from relgraph.errors import RelgraphError

    folder = None if reference in (None, _SHIPPED) else Path(str(reference))
    checks: list[tuple[str, Callable[[], str]]] = [
        ("ontology", checking.check_ontology),
        ("shapes", checking.check_shapes),
        ("reference", lambda: checking.check_reference(folder)),
        ("lexicon", lambda: checking.check_lexicon(lexicon)),
        ("named queries", checking.check_queries),
    ]
    code = 0
    for name, run in checks:
        try:
            click.echo(f"{name}: {run()}")
        except RelgraphError as error:
            talk.failed(error)
            code = code or 4
    if store is not None:
        if repair:
            _repair(store, talk)
        code = _check_store(store, talk) or code
        if reference is not None and code != 4:
            _check_terms(store, folder, days)
    return code


def _check_terms(store: str, folder: Path | None, days: int) -> None:
    from relgraph.knowledge.reference import load_reference
    from relgraph.store import open_store
    from relgraph.terms_check import check_terms

    opened = open_store(store, read_only=True)
    try:
        found = check_terms(load_reference(folder), opened, days=days)
    finally:
        opened.close()
    click.echo(f"open terms of office: {found.confirmed} confirmed, {len(found.contradicted)} contradicted, {len(found.silent)} not confirmed for {days} days, {found.never} never named")
    for line in found.contradicted:
        click.echo(f"  contradicted: {one_line(line)}")
    for line in found.silent:
        click.echo(f"  not confirmed: {one_line(line)}")


def _repair(store: str, talk: Talk) -> None:
    from relgraph.store import is_address

    if not is_address(store):
        talk.say("a store on this machine needs no repair: each of its writes is whole or not at all")
        return
    from relgraph.store.remote import RemoteStore

    RemoteStore.free(store)
    reader = RemoteStore(store, read_only=True)
    pending = reader.pending()
    reader.close()
    RemoteStore(store).close()  # a writer repairs when it opens
    for article in pending:
        talk.say(f"{article}: was half written and is taken back; add it again")


def _check_store(store: str, talk: Talk) -> int:
    from relgraph import checking
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        summary, problems = checking.check_store(opened)
    finally:
        opened.close()
    click.echo(f"store {store}: {summary}")
    for problem in problems:
        click.echo(f"relgraph: {store}: {problem}", err=True)
    return 5 if problems else 0
