"""Step 9: the store as a network that can be seen: projection, layout, pyvis and networkx models, and the viewer in one HTML file.

The names below are bound when first used: importing this package loads neither pyvis nor networkx.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relgraph.show.layout import place_nodes
    from relgraph.show.network import to_networkx, to_pyvis
    from relgraph.show.project import project
    from relgraph.show.projection import Projection, around
    from relgraph.show.viewer import page_html, positions_of, view_html

__all__ = ["Projection", "around", "page_html", "place_nodes", "positions_of", "project", "to_networkx", "to_pyvis", "view_html"]

_HOME = {
    "Projection": "projection", "around": "projection", "page_html": "viewer", "place_nodes": "layout", "positions_of": "viewer",
    "project": "project", "to_networkx": "network", "to_pyvis": "network", "view_html": "viewer",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'relgraph.show' has no attribute '{name}'")
    return getattr(import_module(f"relgraph.show.{_HOME[name]}"), name)
