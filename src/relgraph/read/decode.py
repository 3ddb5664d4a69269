"""Bytes to text. Plain text must be Unicode; HTML pages may be in the encoding they declare, or in one that can be told.

In: bytes of one input. Out: a string, or an ArticleError that says where the bytes stop being text.
"""

from __future__ import annotations

import codecs
import re

from relgraph.errors import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a Word, OpenDocument or zip file"), (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"), (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip file"), (b"BZh", "a bzip2 file"), (b"\xfd7zXZ", "an xz file"), (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)  # fmt: skip
_CHARSET = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE)
# Only encodings of text: Python would also "decode" a page that declares rot13, zip or unicode_escape.
_PAGE_ENCODINGS = re.compile(r"utf-?8|windows-\d+|cp-?\d+|iso-?8859-\d+|koi8-[rut]|latin-?\d|us-ascii|gb\w+|big5|euc-\w+|shift_jis|mac-cyrillic")


def check_text(data: bytes, path: str) -> None:
    """Raise unless the bytes can be text.

    Raises:
        ArticleError: They are empty or binary.
    """
    if not data.strip():
        raise ArticleError("the file is empty", hint="Put the article's text into it, or leave the file out.", path=path)
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), "binary data" if b"\0" in data[:8192] else None)
    if kind:
        raise ArticleError(f"this is {kind}, not text", hint="Save the article as UTF-8 text, Markdown or HTML.", path=path)


def decode_text(data: bytes, path: str) -> str:
    """Decode text by its byte order mark, else as UTF-8.

    Another encoding is named in the hint, not guessed: a wrong guess would put wrong names into the graph.

    Raises:
        ArticleError: The bytes are not Unicode text; `line` is the first line that isn't.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = detect(data)
        how = f"iconv -f {guess} -t utf-8" if guess else "your editor"
        also = f"; it may be {guess}" if guess else ""
        shown = f"byte 0x{data[error.start]:02x} is not {encoding.upper()}" if error.start < len(data) else f"it is not {encoding.upper()}"
        raise ArticleError(f"wrong encoding: {shown}{also}", hint=f"Save it as UTF-8, with {how}.", path=path, line=line) from error


def decode_page(data: bytes, path: str) -> str:
    """Decode an HTML page: byte order mark, declared encoding, UTF-8, and only then detection.

    Raises:
        ArticleError: No encoding fits.
    """
    candidates = [name for bom, name in _BOMS if data.startswith(bom)]
    if declared := _CHARSET.search(data[:4096]):
        name = declared[1].decode("ascii").lower()
        # As browsers do: pages that declare Latin-1 are windows-1252.
        name = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252"}.get(name, name)
        if _PAGE_ENCODINGS.fullmatch(name):
            candidates.append(name)
    for encoding in (*candidates, "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    if guess := detect(data):
        try:
            return data.decode(guess)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_text(data, path)


def detect(data: bytes) -> str | None:
    """Return the likeliest encoding of some text, None when nothing fits. Slow: a last resort."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding.replace("_", "-").replace("cp125", "windows-125") if best else None
