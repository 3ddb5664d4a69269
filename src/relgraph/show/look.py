"""How each kind of node and each standing of an edge looks: one table for the page, its legend and the pyvis model.

Colours are those of Okabe and Ito, told apart with every common colour blindness; the kinds drawn at the start and events have a shape
of their own, too, so colour never stands alone.
"""

from __future__ import annotations

import msgspec


class KindLook(msgspec.Struct, frozen=True):
    """A kind of node: colour, vis-network shape, size, and whether it is drawn at the start."""

    colour: str
    shape: str
    size: int
    at_start: bool


KINDS: dict[str, KindLook] = {
    "state": KindLook("#0072B2", "dot", 24, True),
    "person": KindLook("#E69F00", "triangleDown", 10, True),
    "body": KindLook("#009E73", "square", 10, True),
    "treaty": KindLook("#CC79A7", "diamond", 13, True),
    "organisation": KindLook("#56B4E9", "hexagon", 13, True),
    "event": KindLook("#D55E00", "triangle", 10, False),
    "territory": KindLook("#8C8C8C", "square", 13, False),
    "place": KindLook("#B8A800", "star", 9, False),
    "other": KindLook("#7A7A7A", "dot", 10, False),
}
"""In the order of the legend; what they are called is in static/words."""

# Order matters: the first class that a thing has decides its kind.
KIND_OF_CLASS: dict[str, str] = {
    "State": "state", "Person": "person", "Body": "body", "Treaty": "treaty", "Organisation": "organisation",
    "Territory": "territory", "Region": "territory", "Place": "place", "Actor": "other",
}  # fmt: skip

STANDINGS: dict[str, tuple[int, ...]] = {"stated": (), "inferred": (9, 6), "planned": (2, 5), "reference": (10, 5, 1, 5)}
"""Standing of an edge, and the dashes of its line."""

FACT_TYPES = ("indicator", "target", "treaty", "body", "relation", "event", "topic", "office", "inferred", "reference")
"""Types of facts in the order in which the evidence panel lists them."""
