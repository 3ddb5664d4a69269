"""`relgraph review`: doubtful facts one by one, and what a person decides on them."""

from __future__ import annotations

import datetime
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import one_line
from relgraph.cli.build import corrections_beside, corrections_of, tell, texts_beside
from relgraph.cli.options import Talk, corrections_option, lexicon_option, reference_option, store_option, talking

if TYPE_CHECKING:
    from relgraph.errors import RelgraphError
    from relgraph.knowledge import Knowledge
    from relgraph.model import AnyFact
    from relgraph.reviewing import Doubt
    from relgraph.store import Store

_KEYS = "[a]ccept  [r]eject  [e]dit  [m]erge names  [s]plit a name  [n]ext  [q]uit"


@click.command("review", short_help="Go through doubtful facts: accept, reject, edit, merge and split names.")
@store_option
@click.option("--below", type=click.FloatRange(0, 1), default=0.75, show_default=True, metavar="P", help="Facts that are less sure than this.")
@click.option("--article", metavar="ID", help="Only facts of this article.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most so many facts.")
@click.option("--list", "only_list", is_flag=True, help="List them and ask nothing.")
@click.option("--who", metavar="NAME", help="Who decides.  [default: the user of this machine]")
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR", help="Where the full texts are kept.  [default: beside the store]")
@corrections_option
@reference_option
@lexicon_option
@talking
def command(
    store: str, below: float, article: str | None, limit: int, only_list: bool, who: str | None, texts: Path | None, corrections: Path | None,
    reference: Path | None, lexicon: Path | None, talk: Talk,
) -> int:  # fmt: skip
    """Show the facts that are least sure with their sentences, and ask what is to be done with each.

    What is decided is written to the file of corrections at once, with who, when and why, and applied to the store at the end. A merge says what a
    name means everywhere, a split what it means in one article.
    """
    from relgraph.knowledge import load_knowledge
    from relgraph.pipeline import add_articles
    from relgraph.reviewing import doubtful
    from relgraph.store import open_store

    opened = open_store(store, read_only=True)
    try:
        doubts = doubtful(opened, below, article)[:limit]
        if only_list:
            for number, doubt in enumerate(doubts, 1):
                click.echo("\n".join(_shown(number, len(doubts), doubt)) + "\n")
            return 0
        knowledge, path, folder = load_knowledge(reference, lexicon), corrections or corrections_beside(store), texts or texts_beside(store)
        desk = _Desk(opened, folder, path, store, corrections, knowledge, who or getpass.getuser())
        written = desk.go_through(doubts)
    finally:
        opened.close()
    if not written:
        talk.say("nothing was decided")
        return 0
    talk.say(f"{path}: {written} correction{'s' if written > 1 else ''} written")
    writable = open_store(store)
    try:
        report = add_articles((), writable, knowledge=knowledge, texts=folder, corrections=corrections_of(store, path))
    finally:
        writable.close()
    tell(report, store, talk)
    return 1 if report.failures or report.set_aside else 0


def _shown(number: int, count: int, doubt: Doubt) -> list[str]:
    return [f"{number}/{count}  {one_line(doubt.says)}", f"      “{one_line(doubt.quote)}”", f"      {doubt.article}, {one_line(doubt.title)} [{doubt.rule}, {doubt.confidence:.2f}]"]


class _Desk:
    """Where a person sits: asks, and writes down what is answered."""

    def __init__(self, store: Store, texts: Path, path: Path, place: str, given: Path | None, knowledge: Knowledge, who: str) -> None:
        self.store, self.texts, self.path, self.place, self.given, self.knowledge, self.who = store, texts, path, place, given, knowledge, who
        self.when = datetime.date.today().isoformat()

    def go_through(self, doubts: list[Doubt]) -> int:
        """Ask about each; return how many corrections were written."""
        written = 0
        for number, doubt in enumerate(doubts, 1):
            click.echo("\n".join(_shown(number, len(doubts), doubt)))
            entry = self._asked(doubt)
            if entry is None:
                return written
            if entry:
                from relgraph.corrections import append_entry

                append_entry(self.path, entry)
                written += 1
            click.echo("")
        return written

    def _asked(self, doubt: Doubt) -> dict[str, Any] | None:
        """The entry that a person makes, empty for none, None to stop."""
        from relgraph.errors import RelgraphError

        while True:
            try:
                key = str(click.prompt(_KEYS, prompt_suffix=" > ", default="n", show_default=False)).strip().lower()[:1]
                match key:
                    case "q":
                        return None
                    case "n":
                        return {}
                    case "a" | "r":
                        return doubt.entry("accept" if key == "a" else "reject", who=self.who, when=self.when, why=_why())
                    case "e":
                        return self._edited(doubt)
                    case "m" | "s":
                        return self._named(doubt, everywhere=key == "m")
                    case _:
                        click.echo(f"  there is no '{one_line(key)}' here")
            except RelgraphError as error:
                _complain(error)
            except click.Abort:
                return None

    def _fact(self, doubt: Doubt) -> AnyFact:
        from relgraph.cli.build import corrections_of
        from relgraph.reviewing import fact_of

        return fact_of(doubt, self.store, self.texts, self.knowledge, corrections_of(self.place, self.given))

    def _edited(self, doubt: Doubt) -> dict[str, Any]:
        from relgraph.errors import RelgraphError
        from relgraph.reviewing import changed_field, fields_of, said_with

        fact, changes = self._fact(doubt), dict[str, Any]()
        for name, value in fields_of(fact).items():
            click.echo(f"  {name} = {'; '.join(map(str, value)) if isinstance(value, list | tuple) else '' if value is None else value}")
        while line := _answer("  field = value, empty to end"):
            try:
                name, value = changed_field(fact, line)
                said = said_with(fact, {**changes, name: value}, doubt.article, self.knowledge.reference)
            except RelgraphError as error:
                _complain(error)  # what was set before stays
                continue
            changes[name] = value
            click.echo(f"  it says now: {one_line(said)}")
        return doubt.entry("edit", set=changes, who=self.who, when=self.when, why=_why()) if changes else {}

    def _named(self, doubt: Doubt, *, everywhere: bool) -> dict[str, Any]:
        from relgraph.errors import EntityNameError
        from relgraph.reviewing import names_in

        names = names_in(self._fact(doubt))
        for number, (name, known) in enumerate(names, 1):
            click.echo(f"  {number}. {one_line(name)} ({known or 'not in the reference'})")
        chosen = _answer("  which name")
        if not chosen.isdigit() or not 1 <= int(chosen) <= len(names):
            raise EntityNameError(f"there is no name {chosen[:40]}" if chosen else "no name chosen", hint=f"a number from 1 to {len(names)}")
        means = _answer("  means (a name or an id; empty: nobody known)")
        found = self.knowledge.reference.find(means) if means else ()
        if len(found) > 1:
            raise EntityNameError(f"'{means}' may be {', '.join(found[:5])}", hint="give one of the ids")
        if means and not found:
            click.echo(f"  the reference doesn't know '{one_line(means)}': facts will have this name")
        entry: dict[str, Any] = {"name": names[int(chosen) - 1][0], "means": found[0] if found else means}
        if not everywhere:
            entry["articles"] = [doubt.article]
        return {**entry, "who": self.who, "when": self.when, "why": _why()}


def _answer(question: str) -> str:
    return str(click.prompt(question, prompt_suffix=" > ", default="", show_default=False)).strip()


def _complain(error: RelgraphError) -> None:
    click.echo(f"  {one_line(str(error))}" + (f" ({one_line(error.hint)})" if error.hint else ""))


def _why() -> str:
    return _answer("  why")
