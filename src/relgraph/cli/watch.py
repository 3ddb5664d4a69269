"""`relgraph watch`: read feeds and their pages into a store, once or again and again."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relgraph.cli import one_line
from relgraph.cli.build import corrections_of, tell, texts_beside
from relgraph.cli.options import Talk, corrections_option, lexicon_option, reference_option, store_option, talking

if TYPE_CHECKING:
    from relgraph.watch import Outcome


@click.command("watch", short_help="Read feeds and their pages into a store, politely.")
@click.argument("feeds", type=click.Path(path_type=Path), metavar="FEEDS.toml")
@store_option
@click.option("--once", is_flag=True, help="Read the feeds once and end, as cron wants it.")
@click.option("--every", type=click.FloatRange(min=1), default=60.0, show_default=True, metavar="MINUTES", help="How long to wait between two rounds.")
@click.option("--delay", type=click.FloatRange(min=0), default=5.0, show_default=True, metavar="SECONDS", help="The least time between two requests to one host.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, metavar="SECONDS", help="The most time for one page.")
@click.option("--max-size", type=click.FloatRange(min=0.001), default=5.0, show_default=True, metavar="MB", help="The largest page, unpacked.")
@click.option("--contact", default="", metavar="TEXT", help="An address of yours for the user agent, so that a site can write to you.")
@click.option("--allow-private", is_flag=True, help="Also connect to private, loopback and link-local addresses.")
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR", help="Where the full texts are kept.  [default: beside the store]")
@corrections_option
@reference_option
@lexicon_option
@talking
def command(
    feeds: Path, store: str, once: bool, every: float, delay: float, timeout: float, max_size: float, contact: str, allow_private: bool, texts: Path | None,
    corrections: Path | None, reference: Path | None, lexicon: Path | None, talk: Talk,
) -> int:  # fmt: skip
    """Read the feeds of FEEDS.toml and the pages they lead to, and add what is new to a store.

    robots.txt is obeyed, no page is fetched twice, and a page that is known under another address is recognised. What was fetched is remembered
    beside the store. Exit code 1 when a feed or page failed, with --once.
    """
    from relgraph.knowledge import load_knowledge
    from relgraph.store import is_address
    from relgraph.watch import Fetcher, Limits, Memory, read_feed_list
    from relgraph.watching import watch_once

    wanted, knowledge = read_feed_list(feeds), load_knowledge(reference, lexicon)
    for feed in wanted:
        if not feed.tested:
            talk.detail(f"{feed.url}: this feed is marked as untested")
    limits = Limits(max_bytes=int(max_size * 1e6), seconds=timeout, delay=delay)
    beside = Path("relgraph.watch") if is_address(store) else Path(f"{store.rstrip('/')}.watch")
    with Fetcher(allow_private=allow_private, limits=limits, contact=contact) as fetcher, Memory(beside) as memory:
        while True:
            found: list[Outcome] = []

            def told(outcome: Outcome, found: list[Outcome] = found) -> None:
                found.append(outcome)
                line = f"{one_line(outcome.url)}: {one_line(outcome.said)}"
                (talk.say if "failed" in outcome.kind else talk.detail)(line)

            report = watch_once(wanted, store, fetcher=fetcher, memory=memory, now=time.time(), knowledge=knowledge, texts=texts or texts_beside(store),
                                corrections=corrections_of(store, corrections), told=told)  # fmt: skip
            if report is not None:
                tell(report, store, talk)
            counts = {kind: sum(o.kind == kind for o in found) for kind in ("new", "reprint", "same", "failed", "feed failed")}
            talk.say(f"{len(wanted)} feeds: " + (", ".join(f"{n} {kind}" for kind, n in counts.items() if n) or "nothing new"))
            if once:
                return 1 if counts["failed"] or counts["feed failed"] else 0
            time.sleep(every * 60)
