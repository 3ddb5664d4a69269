"""`relgraph trace`: what each sentence of an article gave, and why."""

from __future__ import annotations

import json
from pathlib import Path

import click

from relgraph.cli.options import Talk, emit, format_option, lexicon_option, out_option, reference_option, talking


@click.command("trace", short_help="Say for each sentence what was found, and why a trigger gave nothing.")
@click.argument("article", metavar="ARTICLE")
@format_option(("text", "html", "json"), "text")
@click.option("--all", "everything", is_flag=True, help="Show every word that was recognised, not only names and triggers.")
@out_option()
@reference_option
@lexicon_option
@talking
def command(article: str, fmt: str, everything: bool, out: str, reference: Path | None, lexicon: Path | None, talk: Talk) -> None:
    """Show what was made of ARTICLE, a file or '-': names and what they were resolved to, rules that fired, and triggers that gave no fact.

    As HTML the spans are marked in the text.
    """
    import msgspec

    from relgraph.errors import ArticleError, RelgraphError
    from relgraph.knowledge import load_knowledge
    from relgraph.read import read_paths
    from relgraph.show.trace_page import trace_html, trace_text
    from relgraph.trace import trace

    knowledge = load_knowledge(reference, lexicon)
    traces = []
    for item in read_paths([article]):
        if isinstance(item, RelgraphError):
            raise item
        traces.append(trace(item, knowledge))
    if not traces:
        raise ArticleError("holds no article", path=article)
    if fmt == "json":
        emit(json.dumps(msgspec.to_builtins(traces if len(traces) > 1 else traces[0]), ensure_ascii=False, indent=1) + "\n", out)
    elif fmt == "html":
        emit(trace_html(traces), out)
    else:
        emit("\n".join(trace_text(t, everything=everything) for t in traces), out)
    talk.detail(f"{len(traces)} articles")
