"""Metadata as people and programs write it, checked and put into the form of an Article.

In: strings from front matter, JSON, pages or feeds. Out: keyword arguments of `article_from_text`. What a person wrote by hand is refused
when it is wrong, so that it can be corrected; what a page or feed says wrongly counts as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypedDict

from relgraph.errors import ArticleError
from relgraph.read.dates import parse_date
from relgraph.read.ids import canonical_url
from relgraph.read.text import one_line

_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*")
_KEYS = {"date": "published", "lang": "language", "name": "title", "headline": "title"}


class Metadata(TypedDict, total=False):
    """What is known of an article beside its text."""

    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    language: str | None


def checked(values: Mapping[str, str], *, path: str, lines: Mapping[str, int] | None = None, line: int | None = None) -> Metadata:
    """Return metadata written by hand (front matter, JSON Lines); empty values and unknown keys are left out.

    Raises:
        ArticleError: A date that does not exist, an address that is none, a language that is no code.
    """
    result: Metadata = {}
    for raw_key, value in values.items():
        key, where = _KEYS.get(raw_key, raw_key), (lines or {}).get(raw_key, line)
        value = one_line(value)
        if not value or value.casefold() in ("null", "~", "none"):
            continue
        if key == "published":
            try:
                result["published"] = parse_date(value)
            except ValueError as error:
                raise ArticleError(f"{raw_key}: {error}", hint="Write it as 2025-07-12.", path=path, line=where) from error
        elif key == "url":
            if canonical_url(value) is None:
                message = f"url: '{value[:60]}' is no web address"
                raise ArticleError(message, hint="Give it with http:// or https://, or leave it out.", path=path, line=where)
            result["url"] = value
        elif key == "language":
            result["language"] = known_language(value)
            if result["language"] is None:
                raise ArticleError(f"language: '{value[:20]}' is no language code", hint="Write en or ru.", path=path, line=where)
        elif key == "title":
            result["title"] = value
        elif key == "publisher":
            result["publisher"] = value
    return result


def known_date(value: object) -> str | None:
    """Return the ISO date of a page's or feed's value, None where it is none."""
    try:
        return parse_date(one_line(value, 120)) if isinstance(value, str) else None
    except ValueError:
        return None


def known_url(value: object) -> str | None:
    """Return a web address, None for anything else."""
    return value.strip() if isinstance(value, str) and canonical_url(value) else None


def known_language(value: object) -> str | None:
    """Return the ISO 639-1 code of 'en', 'en-US' or 'ru_RU', None for anything else."""
    match = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return match[1].lower() if match else None
