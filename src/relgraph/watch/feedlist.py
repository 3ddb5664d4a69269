"""FEEDS.toml: which feeds are watched.

[[feed]]
url = "https://news.example/rss"
publisher = "News"        # when pages don't say it
full = false              # true: the feed holds the whole text, pages are not fetched
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from relgraph.errors import ArticleError
from relgraph.read.ids import canonical_url


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One feed; `tested` says whether somebody has watched it with relgraph, `delay` asks for more seconds between two requests."""

    url: str
    publisher: str = ""
    language: str = ""
    full: bool = False
    delay: float = 0.0
    tested: bool = True
    note: str = ""


def read_feed_list(path: Path) -> tuple[Feed, ...]:
    """Read a list of feeds.

    Raises:
        ArticleError: It can't be read, isn't TOML, or an entry is wrong.
    """
    hint = 'an entry reads: [[feed]] url = "https://..."'
    try:
        loaded = tomllib.loads(path.read_text("utf-8"))
        feeds = tuple(msgspec.convert(loaded.get("feed", []), list[Feed]))
    except OSError as error:
        raise ArticleError(f"can't be read: {error.strerror}", path=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArticleError(f"isn't valid TOML: {error}", path=str(path), hint=hint) from error
    except msgspec.ValidationError as error:
        raise ArticleError(f"is wrong: {error}", path=str(path), hint=hint) from error
    wrong = next((f.url for f in feeds if canonical_url(f.url) is None), None)
    if wrong is not None:
        raise ArticleError(f"'{wrong[:80]}' is no web address", path=str(path), hint=hint)
    if not feeds:
        raise ArticleError("names no feed", path=str(path), hint=hint)
    return feeds
