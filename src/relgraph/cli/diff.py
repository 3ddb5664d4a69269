"""`relgraph diff`: what has changed since a day, or against an older store."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit, format_option, out_option, store_option, talking


@click.command("diff", short_help="Say what has changed since a day, or against an older store.")
@click.argument("names", nargs=-1, metavar="[NAME [OTHER]]")
@click.option("--since", metavar="DATE", help="What articles published on or after this day changed.")
@click.option("--against", metavar="DIR", help="An older store: what this one says that it did not, and the other way round.")
@click.option("--lang", type=click.Choice(("en", "ru")), default="en", show_default=True, help="The language of headings.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, metavar="N", help="The most changes of a kind.")
@store_option
@format_option(("text", "markdown", "json"), "text")
@out_option()
@talking
def command(names: tuple[str, ...], since: str | None, against: str | None, lang: str, limit: int, store: str, fmt: str, out: str, talk: Talk) -> None:
    """Say what is new, changed, contradicted, confirmed by an independent source or no longer said: of everything, of one actor, or of a pair.

    A second report of one meeting is no new meeting; from another publisher it confirms the first. Changed is a treaty that has come further,
    a plan that was held, cancelled or postponed. Each line has footnotes: sentence, publisher, date, link.

    Give either --since or --against.
    """
    from relgraph.query import Names
    from relgraph.query.diff import changes_between, changes_since
    from relgraph.show.changes import Changes
    from relgraph.store import open_store

    if (since is None) == (against is None):
        raise click.UsageError("give either --since DATE or --against DIR")
    if len(names) > 2:
        raise click.UsageError("give one actor, a pair, or none for everything")
    opened = open_store(store, read_only=True)
    try:
        entities = [known.get(n) for n in names] if names and (known := Names(opened)) else []
        if against is None:
            changes = Changes(changes_since(opened, since, entities, limit=limit, lang=lang))
        else:
            old = open_store(against, read_only=True)
            try:
                changes = Changes(changes_between(old, opened, entities, limit=limit, lang=lang))
            finally:
                old.close()
    finally:
        opened.close()
    emit(changes.written(fmt), out)
    if out != "-":
        talk.say(f"{out}: {len(changes)} changes")
