"""`relgraph dossier`: what is known of one actor or a pair, every line with its footnotes."""

from __future__ import annotations

import click

from relgraph.cli.options import Talk, emit, format_option, out_option, store_option, talking


@click.command("dossier", short_help="Write what is known of one actor or a pair, every line with footnotes.")
@click.argument("names", nargs=-1, required=True, metavar="NAME [OTHER]")
@click.option("--at", metavar="DATE", help="As of this day.  [default: the day of the last publication in the store]")
@click.option("--known", metavar="DATE", help="Only what was published by this day.")
@click.option("--lang", type=click.Choice(("en", "ru")), default="en", show_default=True, help="The language of headings, names and kinds; quotes stay as they are.")
@click.option("--limit", type=click.IntRange(1), default=60, show_default=True, metavar="N", help="The most lines of a section.")
@store_option
@format_option(("text", "markdown", "html", "json"), "text")
@out_option()
@talking
def command(names: tuple[str, ...], at: str | None, known: str | None, lang: str, limit: int, store: str, fmt: str, out: str, talk: Talk) -> None:
    """Write what is known of one state, person or organisation, or of a pair of them.

    Offices, contacts by level, bodies with their last session, treaties with status and dates, figures of all sources side by side, targets with
    progress, topics over time, what is planned, joint memberships, open questions. Every line has footnotes: sentence, publisher, date, link.

    HTML is made for paper, too: print it from a browser.
    """
    from relgraph.query import Names
    from relgraph.query.dossier import make_dossier
    from relgraph.show.dossier import Dossier
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        known_names = Names(opened)
        dossier = Dossier(make_dossier(opened, [known_names.get(n) for n in names], at=at, known=known, lang=lang, limit=limit))
    finally:
        opened.close()
    emit(dossier.written(fmt), out)
    if out != "-":
        talk.say(f"{out}: {sum(len(s.rows) for s in dossier.data.sections)} lines, {len(dossier.data.notes)} sources")
