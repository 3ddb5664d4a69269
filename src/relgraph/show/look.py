"""How each kind of node and each standing of an edge looks: one table for the page, its legend and the pyvis model.

Colours are those of Okabe and Ito, told apart with every common colour blindness; the kinds drawn at the start and events have a shape
of their own, too, so colour never stands alone.
"""

from __future__ import annotations

import msgspec


class KindLook(msgspec.Struct, frozen=True):
    """A kind of node: its name in the legend, colour, vis-network shape, size, and whether it is drawn at the start."""

    singular: str
    plural: str
    colour: str
    shape: str
    size: int
    at_start: bool


KINDS: dict[str, KindLook] = {
    "state": KindLook("state", "States", "#0072B2", "dot", 24, True),
    "person": KindLook("person", "Leaders and officials", "#E69F00", "triangleDown", 10, True),
    "body": KindLook("body", "Bodies", "#009E73", "square", 10, True),
    "treaty": KindLook("treaty", "Treaties and agreements", "#CC79A7", "diamond", 13, True),
    "organisation": KindLook("organisation", "Organisations and companies", "#56B4E9", "hexagon", 13, True),
    "event": KindLook("event", "Meetings, visits and other events", "#D55E00", "triangle", 10, False),
    "territory": KindLook("territory", "Territories and regions", "#8C8C8C", "square", 13, False),
    "place": KindLook("place", "Places of events", "#B8A800", "star", 9, False),
    "other": KindLook("other", "Other actors", "#7A7A7A", "dot", 10, False),
}

# Order matters: the first class that a thing has decides its kind.
KIND_OF_CLASS: dict[str, str] = {
    "State": "state", "Person": "person", "Body": "body", "Treaty": "treaty", "Organisation": "organisation",
    "Territory": "territory", "Region": "territory", "Place": "place", "Actor": "other",
}  # fmt: skip

STANDINGS: dict[str, tuple[str, tuple[int, ...]]] = {
    "stated": ("stated: a sentence names both ends", ()),
    "inferred": ("inferred: through a person's office", (9, 6)),
    "planned": ("planned: announced, not yet held", (2, 5)),
    "reference": ("background: from the reference data", (10, 5, 1, 5)),
}
"""Standing of an edge: words for the legend, and the dashes of its line."""

FACT_TYPES: dict[str, str] = {
    "indicator": "Figures", "target": "Targets", "treaty": "Treaties and agreements", "body": "Bodies", "relation": "Relations",
    "event": "Events", "topic": "Topics", "office": "Offices", "reference": "Background",
}  # fmt: skip
"""Types of facts in the order in which the evidence panel lists them."""
