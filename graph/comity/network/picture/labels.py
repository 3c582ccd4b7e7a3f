"""Where the words of a picture stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.network.picture.curves import Curve, Point
from comity.network.picture.lettering import halves, width, wrap
from comity.network.picture.panels import Box

__all__ = ["LEADING", "Label", "beside", "on_curve", "overlap", "settle"]

LEADING = 1.18
"""Distance of lines in font sizes."""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text in a box.

    Parameters
    ----------
    lines : tuple of str
        The text.
    box : Box
        The room that it takes.
    size : float
        Font size.
    """

    lines: tuple[str, ...]
    box: Box
    size: float


def overlap(one: Box, two: Box, gap: float = 0.0) -> bool:
    """Return whether two boxes come nearer than a gap."""
    return (
        one[0] < two[2] + gap
        and two[0] < one[2] + gap
        and one[1] < two[3] + gap
        and two[1] < one[3] + gap
    )


def beside(
    text: str, centre: Point, radius: float, size: float, room: float, lines: int = 2
) -> list[Label]:
    """Return the places for the name of a node: below, above, right, left, then the corners.

    Parameters
    ----------
    text : str
        The name.
    centre, radius : tuple of float, float
        The node.
    size : float
        Font size.
    room : float
        Greatest width.
    lines : int
        Greatest number of lines.
    """
    wrapped = tuple(wrap(text, size, room, lines))
    across = max(width(line, size) for line in wrapped)
    down = len(wrapped) * size * LEADING
    x, y = centre
    gap = radius + 3
    corners = (
        (x - across / 2, y + gap),
        (x - across / 2, y - gap - down),
        (x + gap + 2, y - down / 2),
        (x - gap - 2 - across, y - down / 2),
        (x + 5, y + gap),
        (x - 5 - across, y + gap),
        (x + 5, y - gap - down),
        (x - 5 - across, y - gap - down),
    )
    return [Label(wrapped, (left, top, left + across, top + down), size) for left, top in corners]


def settle(
    choices: Sequence[Sequence[Label]],
    solid: Sequence[Box],
    inks: Sequence[Point],
    rooms: Sequence[Box],
) -> list[Label]:
    """Choose a place for each name.

    Begins with the first place of each, which is where the cells leave room,
    and changes to one with fewer edges below it when nothing else is touched.

    Parameters
    ----------
    choices : sequence of sequences of Label
        The places of each name, the most wanted first.
    solid : sequence of Box
        The nodes, in the same order as the names, then anything else to keep clear of.
    inks : sequence of tuple of float
        Points along the edges.
    rooms : sequence of Box
        For each name the box that it should not leave.

    Returns
    -------
    list of Label
        One for each name.
    """
    chosen = [places[0] for places in choices]
    for _ in range(3):
        before = list(chosen)
        for i, places in enumerate(choices):
            others = [label.box for j, label in enumerate(chosen) if j != i]
            others += [box for j, box in enumerate(solid) if j != i]

            def cost(
                item: tuple[int, Label], others: list[Box] = others, room: Box = rooms[i]
            ) -> tuple[float, int]:
                rank, label = item
                hits = sum(overlap(label.box, box, 3) for box in others)
                out = not _inside(label.box, room)
                return 1000.0 * (hits + out) + 3.0 * _covered(label.box, inks) + rank, rank

            chosen[i] = min(enumerate(places), key=cost)[1]
        if chosen == before:
            break
    return chosen


def on_curve(
    text: str,
    curve: Curve,
    size: float,
    taken: Iterable[Box],
    inks: Sequence[Point],
    within: Box,
    shun: Sequence[Box] = (),
) -> Label | None:
    """Return a place for words on an edge, or None where there is no room.

    Parameters
    ----------
    text : str
        The words.
    curve : Curve
        The edge.
    size : float
        Font size.
    taken : iterable of Box
        Nodes, names and words that must not be touched.
    inks : sequence of tuple of float
        Points along the other edges, better not covered.
    within : Box
        The room for all.
    shun : sequence of Box
        Places that are better left free, but may be used.
    """
    taken = list(taken)
    best: tuple[float, Label] | None = None
    for lines in ((text,), halves(text, size)):
        across = max(width(line, size) for line in lines) + 6
        down = len(lines) * size * LEADING + 2
        for t in (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74):
            x, y = curve.at(t)
            box = (x - across / 2, y - down / 2, x + across / 2, y + down / 2)
            if not _inside(box, within) or any(overlap(box, other, 2) for other in taken):
                continue
            cost = _covered(box, inks) + 4 * abs(t - 0.5) + 1.5 * (len(lines) - 1)
            cost += 1.5 * sum(overlap(box, other) for other in shun)
            if best is None or cost < best[0] - 1e-9:
                best = cost, Label(lines, box, size)
    return best[1] if best else None


def _inside(box: Box, within: Box) -> bool:
    return (
        box[0] >= within[0] and box[1] >= within[1] and box[2] <= within[2] and box[3] <= within[3]
    )


def _covered(box: Box, inks: Sequence[Point]) -> int:
    return sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in inks)
