"""SPARQL cut into tokens: enough to bind parameters, refuse what must not run and say what stands at an error's place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\x00-\x20]*>)
    |(?P<long>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?''')
    |(?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<blank>_:\w[\w.-]*)
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.(?=[\w:%\\-]))*)
    |(?P<word>[^\W\d_]\w*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<sign>\^\^|&&|\|\||[<>!]=|.)""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One piece of a query and where it begins."""

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """Yield every token, spaces and comments too: their texts together are the query."""
    for match in _TOKEN.finditer(sparql):
        yield Token(match.lastgroup or "sign", match.group(), match.start())


def meaningful(sparql: str) -> Iterator[Token]:
    """Yield the tokens that are neither space nor comment."""
    return (token for token in tokens(sparql) if token.kind not in ("space", "comment"))


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of a line and column that count from 1; a place past the end is the end."""
    lines = text.split("\n")
    if line > len(lines):
        return len(text)
    return sum(len(x) + 1 for x in lines[: line - 1]) + min(column - 1, len(lines[line - 1]))


# Longer than any keyword of SPARQL.
_GAP = " " * 40


def stretched(sparql: str) -> tuple[str, list[tuple[int, Token]]]:
    """Return the query with wide gaps between its tokens and without comments, and where each token now begins.

    Oxigraph's parser reports a failed keyword at its would-be end, often several tokens too far on. With gaps wider than
    any keyword such a place still lies in the gap behind the token concerned.
    """
    pieces: list[str] = []
    places: list[tuple[int, Token]] = []
    length = 0
    for token in tokens(sparql):
        apart = token.kind in ("space", "comment")
        text = _GAP if apart else token.text if token.text not in "{}();," else f"{_GAP}{token.text}{_GAP}"
        if not apart:
            places.append((length + text.index(token.text), token))
        pieces.append(text)
        length += len(text)
    return "".join(pieces), places
