"""SPARQL cut into tokens: enough to bind parameters, refuse what must not run and say what stands at an error's place."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>\#[^\n\r]*)
    |(?P<iri><(?![\d?$!'(+-])[^<>"{}|^`\x00-\x20]*>)
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


class _Readings:
    """All ways to read a query whose '<' may begin an IRI or compare: a lexer can't tell `?a <3)` from `<b:c#d>`, a parser can.

    Whoever must not miss a keyword looks at both. Each place is read once and comments are jumped over, so the work stays linear.
    """

    def __init__(self, sparql: str) -> None:
        self.sparql = sparql
        self._line_ends = [place for place, c in enumerate(sparql) if c in "\n\r"]
        self._after: dict[int, int] = {}

    def __iter__(self) -> Iterator[Token]:
        seen, waiting = set[int](), [0]
        while waiting:
            place = self._meaningful(waiting.pop())
            while place not in seen and (token := self._token(place)):
                seen.add(place)
                if token.kind == "iri":
                    waiting.append(place + 1)
                yield token
                place = self._meaningful(place + len(token.text))

    def is_call(self, token: Token) -> bool:
        """Whether what follows a keyword is what SERVICE takes: SILENT at will, a name, variable or IRI, and a brace."""
        following: list[Token] = []
        while len(following) < 3 and (after := self._token(self._meaningful(token.start + len(token.text)))):
            following.append(token := after)
        names = [t.kind in ("name", "variable", "iri") or t.text.casefold() == "silent" for t in following]
        return any(t.text == "{" and all(names[:i]) for i, t in enumerate(following))

    def _token(self, place: int) -> Token | None:
        match = _TOKEN.match(self.sparql, place)
        return Token(match.lastgroup or "sign", match.group(), place) if match else None

    def _meaningful(self, place: int) -> int:
        """Return where the next token that is neither space nor comment begins."""
        passed = []
        while place not in self._after and place < len(self.sparql) and (self.sparql[place] == "#" or self.sparql[place].isspace()):
            passed.append(place)
            if self.sparql[place] == "#":
                end = bisect.bisect(self._line_ends, place)
                place = self._line_ends[end] if end < len(self._line_ends) else len(self.sparql)
            else:
                place += 1
        place = self._after.get(place, place)
        self._after.update(dict.fromkeys(passed, place))
        return place


def hidden_calls(sparql: str, keyword: str) -> Iterator[Token]:
    """Yield each token in which a keyword may begin a call in some reading of a query: SERVICE <...> {, or glued to what stands beside it."""
    if keyword not in sparql.casefold():
        return
    readings = _Readings(sparql)
    yield from (t for t in readings if t.kind in ("word", "name") and keyword in t.text.casefold() and readings.is_call(t))


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
