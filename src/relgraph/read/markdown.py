"""Markdown to plain text: paragraphs, headings, list items and table rows, each set off by an empty line; no markup is left.

In: Markdown without its front matter. Out: text and the first heading. Code, pictures and raw HTML are no prose and are left out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Plain(NamedTuple):
    """The text of a Markdown document; `heading` is its first heading, which `text` holds too."""

    text: str
    heading: str | None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")


def markdown_to_text(source: str) -> Plain:
    """Return the prose of a Markdown document.

    >>> markdown_to_text("# Talks\\n\\nThey met **twice** in [Astana](x).").text
    'Talks\\n\\nThey met twice in Astana.'
    """
    blocks: list[str] = []
    heading, row, opened = None, None, ""
    for token in _parser().parse(source):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            blocks.append("; ".join(cell for cell in row or [] if cell))
            row = None
        elif token.type == "inline":
            text = _inline(token.children or [])
            if row is not None:
                row.append(text)
            elif text:
                heading = text if heading is None and opened == "heading_open" else heading
                blocks.append(text)
        opened = token.type
    return Plain("\n\n".join(block for block in blocks if block), heading)


def _inline(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return " ".join("".join(parts).split())
