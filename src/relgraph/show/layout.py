"""Positions, computed before the page exists: the same projection gives the same picture, and known nodes keep their places.

States stand as on a map (near their middle, or their capital), seen from Central Asia, far distances drawn in. Leaders stand beside their state,
what two states share between them, everything else near what it belongs to. No two boxes overlap.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from zlib import crc32

from relgraph.show.projection import Node, Projection

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_CENTRE = (41.6, 67.5)
_REACH, _HALFWAY = 1150.0, 7.5
"""Radius of the picture, and the distance (degrees) that is drawn at half of it."""
_STATE_ROOM, _STATE_SPACING = (150.0, 110.0), (230.0, 170.0)
"""What nothing else may cover around a state, and how far states are kept apart."""
_CELL = 60.0
_CROWD_CELL = (46.0, 40.0)
"""What a node takes that is not drawn at first: it makes do with less."""


def place_nodes(projection: Projection, known: Mapping[str, Point] | None = None) -> tuple[Point, ...]:
    """Return a position for each node, in order.

    Args:
        projection: What is to be drawn.
        known: Positions by node id that are kept as they are, for example of the same graph before an article was added.
    """
    known = known or {}
    placed: dict[int, Point] = {n: known[node.id] for n, node in enumerate(projection.nodes) if node.id in known}
    taken = _Taken()
    for number, point in placed.items():
        taken.add(_box(point, _room(projection.nodes[number])))
    for number in _states(projection):
        if number not in placed:
            placed[number] = taken.nearest(_state_point(projection.nodes[number].id), _STATE_ROOM)
            taken.add(_box(placed[number], _STATE_ROOM))
    near: dict[int, list[int]] = defaultdict(list)
    home: dict[int, list[int]] = defaultdict(list)
    """The states that a person serves."""
    lines: list[tuple[Point, Point]] = []
    for edge in projection.edges:
        if edge.kind == "pair":
            one, other = placed.get(edge.source), placed.get(edge.target)
            if one and other:
                middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
                taken.add(_box(middle, (44.0, 30.0)))  # where the line's number stands and where one clicks
                if projection.nodes[edge.source].start and projection.nodes[edge.target].start:
                    lines.append((one, other))
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
        if any(projection.facts[f].type in ("office", "reference") for f in edge.facts):
            home[edge.source].append(edge.target)
    order = [number for number in _order(projection) if number not in placed]
    for number in (n for n in order if projection.nodes[n].start):
        node = projection.nodes[number]
        anchors = [placed[n] for n in dict.fromkeys((*home[number], *near[number])) if n in placed]
        ideal = _ideal(node, anchors, lines)
        room = _room(node)
        placed[number] = taken.nearest(ideal, room, lines)
        taken.add(_box(placed[number], room))
    crowd = _Crowd(taken)
    for number in (n for n in order if not projection.nodes[n].start):
        anchors = [placed[n] for n in dict.fromkeys((*home[number], *near[number])) if n in placed]
        placed[number] = crowd.nearest(_ideal(projection.nodes[number], anchors, []))
    return tuple((round(placed[n][0], 1), round(placed[n][1], 1)) for n in range(len(projection.nodes)))


def _states(projection: Projection) -> list[int]:
    return sorted((n for n, node in enumerate(projection.nodes) if node.kind == "state"), key=lambda n: projection.nodes[n].id)


def _order(projection: Projection) -> list[int]:
    """Return the other nodes: those drawn at first get the best places; events come before the places they need."""
    kinds = ("body", "treaty", "person", "organisation", "territory", "other", "event", "place")
    return sorted((n for n, node in enumerate(projection.nodes) if node.kind != "state"),
                  key=lambda n: (not projection.nodes[n].start, kinds.index(projection.nodes[n].kind), projection.nodes[n].id))  # fmt: skip


def _room(node: Node) -> tuple[float, float]:
    """Return the width and height that a node needs with its label; what is drawn later makes do with less."""
    if node.kind == "state":
        return _STATE_ROOM
    if not node.start:
        return _CROWD_CELL
    return (min(max(len(node.label), 8), 24) * 8.0 + 20, 100.0 if len(node.label) > 48 else 84.0 if len(node.label) > 24 else 68.0)


def _ideal(node: Node, anchors: list[Point], lines: list[tuple[Point, Point]]) -> Point:
    """Return where a node would stand if nothing were in its way."""
    if not anchors:
        angle = crc32(node.id.encode()) / 2**32 * math.tau
        return (math.cos(angle) * _REACH, math.sin(angle) * _REACH * 0.7)
    x, y = sum(p[0] for p in anchors) / len(anchors), sum(p[1] for p in anchors) / len(anchors)
    if node.kind == "person":
        angle = _widest_gap(anchors[0], lines)
        return (anchors[0][0] + math.cos(angle) * 95, anchors[0][1] + math.sin(angle) * 80)
    if len(anchors) == 1:
        angle = crc32(node.id.encode()) / 2**32 * math.tau
        return (x + math.cos(angle) * 110, y + math.sin(angle) * 90)
    return (x, y)


def _widest_gap(at: Point, lines: list[tuple[Point, Point]]) -> float:
    """Return the direction from a state in which the fewest lines leave it."""
    angles = sorted(math.atan2(q[1] - at[1], q[0] - at[0]) for a, b in lines for p, q in ((a, b), (b, a)) if p == at)
    if not angles:
        return math.pi / 2
    gaps = [((angles[(i + 1) % len(angles)] - angle) % math.tau or math.tau, angle) for i, angle in enumerate(angles)]
    width, start = max(gaps)
    return start + width / 2


class _Taken:
    """Rectangles in use, found through a grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in self._cells_of(box):
            self._cells[cell].append(box)

    def free(self, box: Box) -> bool:
        return not any(o[0] < box[2] and box[0] < o[2] and o[1] < box[3] and box[1] < o[3] for cell in self._cells_of(box) for o in self._cells.get(cell, ()))

    @staticmethod
    def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
        for i in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
            for j in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                yield i, j

    def nearest(self, ideal: Point, room: tuple[float, float], lines: Iterable[tuple[Point, Point]] = ()) -> Point:
        """Return the free point nearest to the ideal one; close by, one that no line crosses is preferred."""
        lines = list(lines)
        fallback: Point | None = None
        ring = 0
        while True:
            for point in _ring(ideal, ring):
                if self.free(_box(point, room)):
                    if not any(_touches(point, room, line) for line in lines):
                        return point
                    fallback = fallback or point
            ring += 1
            if fallback and ring > 16:
                return fallback


class _Crowd:
    """A grid on which each of very many nodes takes one free cell, as near as can be to where it belongs."""

    def __init__(self, taken: _Taken) -> None:
        self._boxes, self._full = taken, set[tuple[int, int]]()
        self._tried: dict[tuple[int, int], int] = {}
        self._near: dict[tuple[int, int], int] = {}

    def nearest(self, ideal: Point) -> Point:
        width, height = _CROWD_CELL
        i, j = round(ideal[0] / width), round(ideal[1] / height)
        # Cells never become free again: go on where the last one that belonged here, or up to three cells away, found room.
        block = (i >> 2, j >> 2)
        ring, full = max(self._tried.get((i, j), 0), self._near.get(block, 0) - 3), self._full
        while True:
            for right, down in _square(ring):
                cell = (i + right, j + down)
                if cell in full:
                    continue
                full.add(cell)
                point = (cell[0] * width, cell[1] * height)
                if self._boxes.free(_box(point, _CROWD_CELL)):
                    self._tried[i, j], self._near[block] = ring, max(ring, self._near.get(block, 0))
                    return point
            ring += 1


@cache
def _square(ring: int) -> tuple[tuple[int, int], ...]:
    """Return the cells at a distance from the one in the middle, those nearest to its row and column first."""
    if ring == 0:
        return ((0, 0),)
    found = []
    for step in range(ring + 1):
        for side in (step, -step) if 0 < step < ring else (step,):
            found += [(side, ring), (side, -ring), (ring, side), (-ring, side)]
    return (*found, (-ring, ring), (-ring, -ring))


def _ring(centre: Point, ring: int) -> Iterator[Point]:
    if ring == 0:
        yield centre
        return
    steps = 6 + 4 * ring
    for step in range(steps):
        angle = (step / steps + 0.25) * math.tau  # below first: that is where room is least missed
        yield centre[0] + math.cos(angle) * ring * 20, centre[1] + math.sin(angle) * ring * 16


def _touches(point: Point, room: tuple[float, float], line: tuple[Point, Point]) -> bool:
    """Say whether a line passes near the symbol of a node at a point (its label has a halo and may be crossed)."""
    (ax, ay), (bx, by) = line
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((point[0] - ax) * dx + (point[1] - ay) * dy) / length)) if length else 0.0
    return math.hypot(point[0] - ax - share * dx, point[1] - ay - share * dy) < min(room) / 2


def _box(point: Point, room: tuple[float, float]) -> Box:
    return (point[0] - room[0] / 2, point[1] - room[1] / 2, point[0] + room[0] / 2, point[1] + room[1] / 2)


def _state_point(node_id: str) -> Point:
    """Return the place of a state; one that the table lacks goes to the rim, always to the same place."""
    found = _map_points().get(node_id.rsplit("/", 1)[-1])
    if found:
        return found
    angle = crc32(node_id.encode()) / 2**32 * math.tau
    return (math.cos(angle) * _REACH, math.sin(angle) * _REACH * 0.7)


@cache
def state_places() -> Mapping[str, Point]:
    """Return where each state lies on the globe: latitude and longitude in degrees, by its id in the reference."""
    with Path(__file__).with_name("state-places.csv").open(encoding="utf-8", newline="") as file:
        return {row["state"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


@cache
def _map_points() -> Mapping[str, Point]:
    """Return the places of all states in the table, moved apart once for all, so that none depends on which others are drawn."""
    rows = [(state, latitude, longitude) for state, (latitude, longitude) in state_places().items()]
    taken, out = _Taken(), {}
    for state, latitude, longitude in sorted(rows, key=lambda r: (_distance(r[1], r[2])[0], r[0])):
        distance, bearing = _distance(latitude, longitude)
        radius = _REACH * distance / (distance + _HALFWAY)
        out[state] = taken.nearest((math.sin(bearing) * radius, -math.cos(bearing) * radius * 1.1), _STATE_SPACING)
        taken.add(_box(out[state], _STATE_SPACING))
    return out


def _distance(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the great-circle distance from the centre in degrees, and the bearing (clockwise from north) in radians."""
    a, b, turn = math.radians(_CENTRE[0]), math.radians(latitude), math.radians(longitude - _CENTRE[1])
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    bearing = math.atan2(math.sin(turn) * math.cos(b), math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine)))), bearing
