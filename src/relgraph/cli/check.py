"""`relgraph check`: ontology, reference, lexicon, named queries and, if asked, a store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from relgraph.cli.options import Talk, lexicon_option, reference_option, talking


@click.command("check", short_help="Check ontology, reference, lexicon, named queries and a store.")
@click.option("--store", metavar="DIR", envvar="RELGRAPH_STORE", default=None, show_envvar=True, help="Check this store too.")
@click.option("--repair", is_flag=True, help="First free a store behind an address from a dead writer, and take back articles that were half added.")
@reference_option
@lexicon_option
@talking
def command(store: str | None, repair: bool, reference: Path | None, lexicon: Path | None, talk: Talk) -> int:
    """Check ontology, reference, lexicon and named queries; with --store the graph of a store too.

    Each problem is one line with its file and line. Exit code 4 for a problem in the files, 5 for a store that breaks the shapes.
    """
    from relgraph import checking
    from relgraph.errors import RelgraphError

    checks: list[tuple[str, Callable[[], str]]] = [
        ("ontology", checking.check_ontology),
        ("shapes", checking.check_shapes),
        ("reference", lambda: checking.check_reference(reference)),
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
    return code


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
