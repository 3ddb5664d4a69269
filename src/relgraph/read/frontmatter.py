"""Front matter: 'key: value' lines between '---' lines at the head of a text.

In: decoded text. Out: its metadata as strings and the text without it. The YAML is read as a stream of events, and only a flat mapping of
scalars counts: no object is ever built from it, so tags, anchors and nesting bombs can do nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from relgraph.errors import ArticleError

_FENCE = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"[\w-]+[ \t]*:(?:\s|$)")
_LONGEST = 20_000
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FrontMatter(NamedTuple):
    """Keys in lower case with their scalar values, the line of each, and the text that follows."""

    values: dict[str, str]
    lines: dict[str, int]
    text: str


def take_front_matter(text: str, path: str) -> FrontMatter:
    """Split a text into front matter and the rest; a text without front matter comes back whole.

    Raises:
        ArticleError: The front matter is not closed, is no YAML, holds anchors or aliases, or has a key twice.
    """
    text = text.removeprefix("\ufeff")
    if not text.startswith("---"):
        return FrontMatter({}, {}, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fence = _FENCE.match(text)
    if not fence:
        return FrontMatter({}, {}, text)
    close = _CLOSE.search(text, fence.end())
    if not _KEY_LINE.match(text, fence.end()) and not (close and close.start() == fence.end()):
        return FrontMatter({}, {}, text)  # a horizontal rule, not front matter
    if close is None or close.start() > _LONGEST:
        raise ArticleError("front matter opens with '---' but is not closed", hint="Put '---' on a line of its own after it.", path=path, line=1)
    values, lines = _scalars(text[fence.end() : close.start()], path)
    return FrontMatter(values, lines, text[close.end() :].lstrip("\n"))


def _scalars(block: str, path: str) -> tuple[dict[str, str], dict[str, int]]:
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    depth, key, line = 0, None, 1
    try:
        for event in yaml.parse(block, Loader=_Loader):
            line = event.start_mark.line + 2 if event.start_mark else line
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise ArticleError("anchors and aliases are not allowed in front matter", hint="Write the value itself.", path=path, line=line)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                    raise ArticleError("front matter is not a list of 'key: value' lines", hint="See data/articles for the form.", path=path, line=line)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                key = None if depth == 1 else key  # the value of a key we do not use
            elif isinstance(event, yaml.ScalarEvent):
                if depth == 0:
                    raise ArticleError("front matter is not a list of 'key: value' lines", hint="See data/articles for the form.", path=path, line=line)
                if depth > 1:
                    continue
                if key is None:
                    key = event.value.strip().lower()
                    if key in lines:
                        raise ArticleError(f"front matter has '{key[:40]}' twice", hint="Keep one.", path=path, line=line)
                    lines[key] = line
                else:
                    values[key], key = event.value.strip(), None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it can't be read"
        where = mark.line + 2 if mark else line
        hint = "Put values that hold ': ' or begin with a sign into quotes."
        raise ArticleError(f"front matter is no YAML: {problem}", hint=hint, path=path, line=where) from error
    return values, lines
