"""A graph of N nodes and 3 N lines like those of the news: twelve states as hubs, the rest leaders, bodies, treaties and events, a fact with a sentence on each line."""

from __future__ import annotations

import random
from itertools import combinations

from relgraph.show.layout import state_places
from relgraph.show.projection import Cited, Edge, FactLine, Mark, Node, Projection, Sentence, Source

HUBS = 12
_NAMES = {"state": "Давлат", "person": "Рахмон Leader", "body": "Coordination Council", "treaty": "Treaty on Allied Relations", "event": "Bilateral talks"}


def links(n: int, seed: int = 7) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the kind of each node, and the lines as pairs of positions."""
    chance = random.Random(seed)
    kinds = ["state"] * HUBS + chance.choices(["person", "body", "treaty", "event"], [2, 1, 1, 4], k=n - HUBS)
    edges: dict[tuple[int, int], None] = dict.fromkeys(combinations(range(HUBS), 2))
    for i in range(HUBS, n):
        for state in chance.choices(range(HUBS), [1 / (s + 1) for s in range(HUBS)], k=2 if kinds[i] in ("body", "treaty") else 1):
            edges[i, state] = None
    while len(edges) < 3 * n:
        a = chance.randrange(HUBS, n)
        b = max(HUBS, min(n - 1, a + int(chance.gauss(0, 25)))) if chance.random() < 0.8 else chance.randrange(HUBS, n)
        if a != b and (b, a) not in edges:
            edges[a, b] = None
    return kinds, list(edges)


def projection(n: int, seed: int = 7) -> Projection:
    """Return the graph as the viewer takes it: states are drawn at first."""
    kinds, edges = links(n, seed)
    states = sorted(state_places())[:HUBS]
    touching: list[list[int]] = [[] for _ in range(n)]
    for number, (a, b) in enumerate(edges):
        touching[a].append(number)
        touching[b].append(number)
    nodes = tuple(
        Node(id=f"state/{states[i]}" if i < HUBS else f"{kind}/x-{i}", iri=f"https://w3id.org/relgraph/id/{kind}/x-{i}", kind=kind, label=f"{_NAMES[kind]} {i}", facts=tuple(touching[i]), start=i < HUBS)
        for i, kind in enumerate(kinds)
    )
    facts = tuple(
        FactLine(id=f"claim/{i}", type="event", text=f"{nodes[a].label} met {nodes[b].label}", about=(a, b), cited=(Cited(sentence=i, marks=(Mark(0, 7, "trigger"),)),), rule="event.meet", confidence=0.9,
                 first_day=f"{2015 + i % 11}-0{1 + i % 9}-10", last_day=f"{2015 + i % 11}-0{1 + i % 9}-10", what=i)
        for i, (a, b) in enumerate(edges)
    )  # fmt: skip
    lines = tuple(Edge(id=f"{nodes[a].id}|{b}", source=a, target=b, kind="pair" if a < HUBS and b < HUBS else "took part", standing="stated", facts=(i,)) for i, (a, b) in enumerate(edges))
    sentences = tuple(Sentence(source=i % 500, text=f"{nodes[a].label} and {nodes[b].label} held talks on trade, water and transport.") for i, (a, b) in enumerate(edges))
    sources = tuple(Source(id=f"article-{i}", title=f"Talks {i}", publisher=f"Agency {i % 7}", published=f"{2015 + i % 11}-0{1 + i % 9}-11", urls=(f"https://news.example/{i}",)) for i in range(500))
    return Projection(nodes=nodes, edges=lines, facts=facts, sentences=sentences, sources=sources)
