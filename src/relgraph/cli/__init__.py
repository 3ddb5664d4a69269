"""The command line: a file per command, each one parse, one library call, print.

Nothing here imports a step when `relgraph --help` runs: every command imports what it needs when it is called.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import IO

import click

from relgraph.errors import RelgraphError

# The order in which help shows them.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Make a graph": ("build", "add", "remove", "decide", "articles", "extract"),
    "Ask it": ("ask", "queries", "query", "find", "explain", "path", "dossier", "diff"),
    "See and share it": ("view", "serve", "export"),
    "Keep it": ("watch", "review", "unresolved", "backup", "restore"),
    "Check it": ("check", "trace", "evaluate"),
}
COMMANDS = tuple(name for names in SECTIONS.values() for name in names)
DONE, SOME_FAILED, USAGE, NOTHING_USABLE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of `SECTIONS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; its module has its name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"relgraph.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which was meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1)
            raise click.UsageError(f"no command '{name[:60]}'" + (f"; did you mean {near[0]}?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their sections."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, command.get_short_help_str(80)) for name in names if (command := self.get_command(ctx, name))])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"relgraph {version('relgraph')}")
        ctx.exit()


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog="relgraph COMMAND --help says more about each.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and leave.")
def cli() -> None:
    """Read news about Central Asian relations into a knowledge graph whose every statement cites its sentence."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; every error ends here as at most two lines on stderr. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_letters(stream)
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough. What is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _invoke(arguments: Sequence[str]) -> int:
    debug = "--debug" in arguments
    try:
        code = cli.main(list(arguments), prog_name="relgraph", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else error.format_message(), err=True)
        return USAGE
    except click.UsageError as error:
        return _say(error.format_message(), f"{error.ctx.command_path} --help" if error.ctx else "relgraph --help", USAGE)
    except click.ClickException as error:
        return _say(error.format_message(), "", USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted", "", INTERRUPTED)
    except RelgraphError as error:
        if debug:
            raise
        return _say(str(error), error.hint, error.exit_code)
    except BrokenPipeError:
        raise
    except Exception as error:
        if debug:
            raise
        return _say(f"a bug of ours: {type(error).__name__}: {error}", "run it again with --debug and report what it prints", BUG)


def _say(cause: str, hint: str, code: int) -> int:
    click.echo(f"relgraph: {one_line(cause)}", err=True)
    if hint:
        click.echo(f"  hint: {one_line(hint)}", err=True)
    return code


def one_line(text: str) -> str:
    """Return a message on one line of at most 600 characters, without anything that steers a terminal."""
    flat = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
    return flat if len(flat) <= 600 else f"{flat[:600]}..."


def _never_fail_on_letters(stream: IO[str]) -> None:
    """Write letters that the terminal's encoding lacks as escapes, rather than fail on a name."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and (getattr(stream, "encoding", "") or "").lower().replace("-", "") != "utf8":
        reconfigure(errors="backslashreplace")
