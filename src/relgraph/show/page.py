"""One HTML page as a value: it shows itself in a notebook, in a frame of its own, and writes itself whole."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path


class Page:
    """One interactive HTML page that needs no network. Shows itself in a notebook.

    Attributes:
        html: The whole page.
    """

    def __init__(self, html: str) -> None:
        self.html = html

    def __repr__(self) -> str:
        return f"<Page of {len(self.html) // 1000:,} kB; .save(path) writes it>"

    def _repr_html_(self) -> str:
        return framed(self.html)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, whole or not at all; return its path."""
        return write_whole(Path(path), self.html.encode("utf-8"))


def framed(html: str) -> str:
    """Return a page in a frame: neither the notebook's styles nor the page's scripts reach into the other."""
    return f'<iframe srcdoc="{escape(html, quote=True)}" sandbox="allow-scripts allow-popups allow-downloads" style="width:100%;height:640px;border:1px solid #ccc"></iframe>'


def write_whole(target: Path, data: bytes) -> Path:
    """Write a file whole or not at all; return its path."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    temporary.write_bytes(data)
    temporary.replace(target)
    return target
