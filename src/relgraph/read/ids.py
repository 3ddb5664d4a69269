"""Article ids that are safe in IRIs and as file names.

An id consists of ASCII letters and digits, '.', '_' and '-', begins with a letter or digit and has at most 100 characters. Cyrillic is
transliterated, accents go, and every other run of characters becomes '-'; an id of which nothing is left becomes 'article-' and 8 hex digits
of its hash. Two inputs whose ids become the same are reported like any two inputs with one id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,99}(?<!\.)")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+|[.-]{2,}")
_LETTERS = "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya"
_LATIN = {pair[0]: pair[2:] for pair in _LETTERS.split(" ")}
_LONGEST = 100
_LONGEST_SLUG = 60
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id")


def safe_id(raw: str) -> str:
    """Return an id as it may stand in an IRI and a file name; safe ids come back unchanged.

    >>> safe_id("kz-tj-2023-05-04"), safe_id("Talks in Astana / day 2")
    ('kz-tj-2023-05-04', 'Talks-in-Astana-day-2')
    """
    if _SAFE.fullmatch(raw):
        return raw
    latin = "".join(_LATIN.get(c, c) if c.islower() else _LATIN.get(c.lower(), c).capitalize() for c in unicodedata.normalize("NFC", raw))
    plain = unicodedata.normalize("NFKD", latin)
    slug = _UNSAFE.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-._")
    if len(slug) > _LONGEST:
        slug = f"{slug[: _LONGEST - 9].rstrip('-._')}-{digest(raw)}"
    return slug or f"article-{digest(raw)}"


def digest(text: str) -> str:
    """Return 8 hex digits of a hash of a text (BLAKE2b)."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def id_from_path(path: str) -> str:
    """Return the id of a file: its name without folder and last suffix."""
    return safe_id(PurePath(path).stem)


def id_from_url(url: str) -> str:
    """Return the id of an article that has only an address: a slug of host and path, and 8 hex digits of the canonical address.

    >>> id_from_url("https://News.example/2025/07/talks.html?utm_source=x") == id_from_url("https://news.example/2025/07/talks.html")
    True
    """
    canonical = canonical_url(url) or url
    parts = urlsplit(canonical)
    slug = _UNSAFE.sub("-", f"{parts.netloc.removeprefix('www.')}{parts.path}".casefold()).strip("-._")
    return safe_id(f"{slug[:_LONGEST_SLUG].rstrip('-._')}-{digest(canonical)}")


def canonical_url(url: str) -> str | None:
    """Return an http(s) address without fragment, default port, tracking parameters and closing slash, None for anything else.

    Other schemes are no addresses of articles, and some ('javascript:') are dangerous as links.
    """
    url = url.strip()
    if len(url) > 2000 or re.search(r"[\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]", url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k.lower())]
    kept = parts.query if len(query) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(query)
    return urlunsplit((parts.scheme.lower(), netloc, parts.path.rstrip("/"), kept, ""))
