"""Options that several commands share, and the talk on stderr."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from relgraph.errors import RelgraphError

Command = TypeVar("Command", bound=Callable[..., Any])


class Talk:
    """What a command says on stderr. `quiet` leaves errors only, `verbose` adds detail."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet, self.verbose = quiet, verbose

    def say(self, message: str) -> None:
        """Say a line, unless quiet."""
        if not self.quiet:
            click.echo(message, err=True)

    def detail(self, message: str) -> None:
        """Say a line when asked for detail."""
        if self.verbose:
            click.echo(message, err=True)

    def failed(self, error: RelgraphError) -> None:
        """Say in one line what went wrong with one input, and what to do; quiet or not."""
        from relgraph.cli import one_line

        click.echo(f"relgraph: {one_line(str(error))}" + (f" ({one_line(error.hint)})" if error.hint else ""), err=True)

    @contextlib.contextmanager
    def counting(self, verb: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
        """Show how far a run has come, its rate and the time left; give the function to call for each thing done.

        On a terminal it is drawn; elsewhere long runs say a line every half minute.
        """
        if self.quiet or not sys.stderr.isatty():
            yield _Told(self, verb, total)
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        known = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) if total else (TextColumn("{task.completed}"), TimeElapsedColumn())
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), *known, TextColumn("{task.fields[rate]}"))
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(verb, total=total, rate="")

            def advance(_name: str) -> None:
                progress.advance(task)
                speed = progress.tasks[0].speed
                progress.update(task, rate=f"{speed:,.0f}/s" if speed else "")

            yield advance


class _Told:
    """Progress where there is no terminal: each name when asked for detail, else a line every half minute."""

    EVERY = 30.0

    def __init__(self, talk: Talk, verb: str, total: int | None) -> None:
        self.talk, self.verb, self.total, self.done = talk, verb, total, 0
        self.started = self.told = time.monotonic()

    def __call__(self, name: str) -> None:
        self.done += 1
        self.talk.detail(f"{self.verb} {name}")
        now = time.monotonic()
        if now - self.told < self.EVERY:
            return
        self.told, rate = now, self.done / (now - self.started)
        left = f", about {_minutes((self.total - self.done) / rate)} left" if self.total and self.total >= self.done else ""
        self.talk.say(f"{self.verb}: {self.done:,}{f' of {self.total:,}' if self.total else ''}, {rate:,.1f} a second{left}")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:,.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def talking(function: Command) -> Command:
    """Add -q, -v and --debug; the command gets them as `talk`."""

    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more of what is done.")
    @click.option("--debug", is_flag=True, help="Show a traceback with an error.")
    @functools.wraps(function)
    def with_talk(*args: Any, quiet: bool, verbose: bool, debug: bool, **rest: Any) -> Any:
        _listen(logging.DEBUG if debug else logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING)
        return function(*args, talk=Talk(quiet=quiet, verbose=verbose), **rest)

    return with_talk  # type: ignore[return-value]


def _listen(level: int) -> None:
    """Put our own log on stderr, in plain words; libraries' warnings about a page's markup are nobody's business unless asked for."""
    talker = logging.StreamHandler(sys.stderr)
    talker.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s" if level <= logging.DEBUG else "%(message)s"))
    log = logging.getLogger("relgraph")
    log.handlers, log.propagate = [talker], False
    log.setLevel(level)
    logging.getLogger().handlers = [talker if level <= logging.DEBUG else logging.NullHandler()]


store_option = click.option(
    "--store", metavar="DIR|URL", envvar="RELGRAPH_STORE", default="relgraph.db", show_default=True, show_envvar=True, help="The folder of the store, or the address of a SPARQL endpoint."
)
corrections_option = click.option(
    "--corrections", type=click.Path(path_type=Path), envvar="RELGRAPH_CORRECTIONS", show_envvar=True, metavar="FILE", help="What people corrected.  [default: corrections.yaml beside the store]"
)
jobs_option = click.option("--jobs", type=click.IntRange(1, 256), default=None, metavar="N", help="Processes to use.  [default: one for each core]")
scheduler_option = click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler to work on, as tcp://host:8786, instead of this machine (extra 'cluster').")
reference_option = click.option("--reference", type=click.Path(path_type=Path), metavar="DIR", help="Reference files to use instead of the shipped ones.")
lexicon_option = click.option("--lexicon", type=click.Path(path_type=Path), metavar="DIR", help="Own lexicon files, laid over the shipped ones.")
facts_option = click.option(
    "--facts", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR", help="A folder that `relgraph extract` wrote: what is there of these articles isn't extracted again."
)


def out_option(help_text: str = "Where to write; '-' is standard output.") -> Callable[[Command], Command]:
    """Return the -o/--out option."""
    return click.option("-o", "--out", metavar="FILE", default="-", show_default=True, help=help_text)


def format_option(formats: Iterable[str], default: str | None) -> Callable[[Command], Command]:
    """Return the -f/--format option."""
    return click.option("-f", "--format", "fmt", type=click.Choice(list(formats)), default=default, show_default=True, help="The form of the answer.")


def emit(text: str, out: str) -> None:
    """Write data to standard output or, as a whole or not at all, to a file."""
    if out == "-":
        click.echo(text, nl=False)
        return
    emit_bytes(text.encode("utf-8"), out)


def emit_bytes(data: bytes, out: str) -> None:
    """Write data to a file, as a whole or not at all."""
    target = Path(out)
    if target.is_dir():
        raise click.UsageError(f"{out} is a folder; --out names a file")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise click.UsageError(f"{out} can't be written: {error.strerror}") from error


def emit_result(result: Any, fmt: str, out: str) -> None:
    """Write the result of a query; a table on a terminal is drawn to its width."""
    from relgraph.query import Graph, written

    if fmt == "table" and out == "-" and sys.stdout.isatty() and not isinstance(result, bool):
        _draw(result.table() if isinstance(result, Graph) else result)
        return
    emit(written(result, fmt), out)


def _draw(table: Any) -> None:
    """Draw a table on the terminal; columns without any value are left out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from relgraph.query.table import shown

    kept = [i for i in range(len(table.columns)) if any(row[i] is not None for row in table.rows)] or list(range(len(table.columns)))
    drawn = Table(title=table.title or None, show_lines=True, title_justify="left")
    for i in kept:
        drawn.add_column(table.columns[i], overflow="fold")
    for row in table.rows:
        # Text, not markup: an article may hold [red] or [link=...]
        drawn.add_row(*(Text(shown(row[i])) for i in kept))
    Console().print(drawn)
