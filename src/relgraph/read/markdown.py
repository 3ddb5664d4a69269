"""Markdown to plain text: paragraphs, headings, list items and table rows, each set off by an empty line; no markup is left.

In: Markdown without its front matter. Out: text. Code, pictures and raw HTML are no prose and are left out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")


def markdown_to_text(source: str) -> str:
    r"""Return the prose of a Markdown document.

    >>> markdown_to_text("# Talks\n\nThey met **twice** in [Astana](x).")
    'Talks\n\nThey met twice in Astana.'
    """
    blocks: list[str] = []
    row: list[str] | None = None
    for token in _parser().parse(source):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            blocks.append("; ".join(cell for cell in row or [] if cell))
            row = None
        elif token.type == "inline":
            (blocks if row is None else row).append(_inline(token.children or []))
    return "\n\n".join(block for block in blocks if block)


def _inline(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return " ".join("".join(parts).split())
