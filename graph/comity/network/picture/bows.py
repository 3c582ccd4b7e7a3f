"""How far the ties of a pair bend, so that they touch as few nodes and names as possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

from comity.network.picture.curves import Point, bend
from comity.network.picture.panels import Box

__all__ = ["lean"]

Other = tuple[Point, float, bool]
"""Centre and radius of a node, and whether the tie ends there."""


def lean(
    start: Point,
    end: Point,
    half: float,
    others: Sequence[Other] | None,
    within: Box,
    *,
    across: bool,
) -> float:
    """Return the bend of the middle of the ties of a pair.

    Parameters
    ----------
    start, end : tuple of float
        The two nodes.
    half : float
        How far their ties spread to either side.
    others : sequence of (tuple of float, float, bool), or None
        Centre and radius of every node, and whether it is one of the two;
        None where there are too many to look at.
    within : Box
        The room for all.
    across : bool
        Whether the pair crosses a border.
    """
    length = math.dist(start, end)
    bows = [part * length for part in (0.06, -0.06, 0.16, -0.16, 0.28, -0.28)]
    if across:
        bows = [0.0, *(way * bow for bow in (36.0, 72.0, 110.0, 150.0, 200.0) for way in (1, -1))]
    best = 0.0, math.inf
    for bow in bows if others is not None else bows[:1]:
        sides = (bow - half, bow, bow + half) if half and others is not None else (bow,)
        hits = sum(
            _hits(bend(start, end, side, across=across).samples(20), others or (), within)
            for side in sides
        )
        cost = hits + abs(bow) / (100.0 if across else length / 2)
        if cost < best[1] - 1e-9:
            best = bow, cost
    return best[0]


def _hits(points: Sequence[Point], others: Sequence[Other], within: Box) -> float:
    left, top, right, bottom = within
    hits = 2.0 * sum(not (left < px < right and top + 4 < py < bottom - 4) for px, py in points)
    for (x, y), r, own in others:
        for px, py in points:
            # The place of the name, below, counts less: names can move.
            hits += not own and abs(px - x) < r + 5 and abs(py - y) < r + 5
            hits += 0.08 * (abs(px - x) < 36 and y + r < py < y + r + 32)
    return hits
