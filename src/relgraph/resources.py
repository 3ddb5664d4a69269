"""Where ontology/ and data/ lie: inside the wheel, or beside src/ in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKED = Path(__file__).parent / "_resources"
_CHECKOUT = Path(__file__).parent.parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, e.g. `resource("ontology", "relgraph.ttl")`.

    Raises:
        FileNotFoundError: The file is in neither place: a broken installation.
    """
    for root in (_PACKED, _CHECKOUT):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))
