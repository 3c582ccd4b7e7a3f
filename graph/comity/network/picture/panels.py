"""Divide a picture among countries: one panel each, sized by what it holds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["OTHER", "Box", "Panel", "divide", "grid"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

OTHER = "\x00other"
"""Stands for the countries that have no panel of their own."""
MOST = 6
_CAPTION = 38.0
_PAD = 14.0


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the picture.

    Parameters
    ----------
    country : str
        The country, :data:`OTHER`, or empty for nodes of which no country is known.
    box : Box
        Its place.
    nodes : tuple of str
        The nodes in it, sorted.
    """

    country: str
    box: Box
    nodes: tuple[str, ...]

    @property
    def inner(self) -> Box:
        """Where nodes may stand: the box without padding and caption."""
        left, top, right, bottom = self.box
        return left + _PAD, top + _CAPTION, right - _PAD, bottom - _PAD


def divide(countries: Mapping[str, str], box: Box, corridor: float) -> list[Panel]:
    """Divide a box among the countries of some nodes.

    Two countries stand left and right with a corridor between them; more
    stand in one to three rows. Nodes without a country get a strip below.

    Parameters
    ----------
    countries : mapping of str to str
        The country of each node, or an empty string.
    box : Box
        What is to be divided.
    corridor : float
        Width between panels of one row.

    Returns
    -------
    list of Panel
        Row by row, nodes without a country last.
    """
    members: defaultdict[str, list[str]] = defaultdict(list)
    for node in sorted(countries):
        members[countries[node]].append(node)
    stateless = members.pop("", [])
    if len(members) > MOST:
        largest = sorted(members, key=lambda name: (-len(members[name]), name))
        other = sorted(node for name in largest[MOST - 1 :] for node in members.pop(name))
        members[OTHER] = other
    names = sorted(members, key=lambda name: (name == OTHER, name))
    left, top, right, bottom = box
    found: list[Panel] = []
    if stateless and not names:
        return [Panel("", box, tuple(stateless))]
    if stateless:
        share = min(0.5, max(0.2, len(stateless) / len(countries)))
        strip = max((bottom - top) * share, min(140.0, (bottom - top) * 0.4))
        found.append(Panel("", (left, bottom - strip, right, bottom), tuple(stateless)))
        bottom -= strip + 16
    rows = _rows(names, members)
    totals = [sum(len(members[name]) for name in row) for row in rows]
    heights = _shares(totals, bottom - top - 16 * (len(rows) - 1), least=0.24)
    panels = []
    for row, height in zip(rows, heights, strict=True):
        gap = corridor if len(rows) == 1 else min(corridor, 60.0)
        room = right - left - gap * (len(row) - 1)
        x = left
        for name, size in zip(
            row, _shares([len(members[n]) for n in row], room, least=0.6 / len(row)), strict=True
        ):
            panels.append(Panel(name, (x, top, x + size, top + height), tuple(members[name])))
            x += size + gap
        top += height + 16
    return panels + found


def _rows(names: list[str], members: Mapping[str, list[str]]) -> list[list[str]]:
    if len(names) <= 3:
        return [names] if names else []
    # Largest countries first, each into the row that holds least so far.
    rows: list[list[str]] = [[], []]
    for name in sorted(names, key=lambda n: (-len(members[n]), n)):
        min(rows, key=lambda row: sum(len(members[n]) + 1 for n in row)).append(name)
    return sorted(sorted(row, key=lambda name: (name == OTHER, name)) for row in rows)


def _shares(counts: list[int], room: float, *, least: float) -> list[float]:
    """Divide room by counts, each share at least ``least`` of it.

    Roots soften the contrast, so that a small country is not squeezed.
    """
    if not counts:
        return []
    power = 0.5 if sum(counts) <= 12 else 1.0
    total = sum(count**power for count in counts)
    parts = [max(least, count**power / total) for count in counts]
    return [room * part / sum(parts) for part in parts]


def grid(count: int, box: Box, cell: tuple[float, float]) -> tuple[int, int] | None:
    """Return columns and rows that give each of some nodes a cell of its own.

    Parameters
    ----------
    count : int
        Number of nodes.
    box : Box
        The room.
    cell : tuple of float
        Least width and height of a cell.

    Returns
    -------
    tuple of int, or None
        The division whose cells come nearest to the proportion of ``cell``;
        None when nothing fits.

    Examples
    --------
    >>> grid(4, (0, 0, 400, 400), (120, 80))
    (2, 2)
    >>> grid(40, (0, 0, 400, 400), (120, 80)) is None
    True
    """
    across, down = box[2] - box[0], box[3] - box[1]
    best: tuple[float, tuple[int, int]] | None = None
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        size = across / columns, down / rows
        if size[0] < cell[0] or size[1] < cell[1]:
            continue
        badness = abs(math.log(size[0] / size[1] / (cell[0] / cell[1])))
        badness += 0.15 * (columns * rows - count) / count
        if best is None or badness < best[0]:
            best = badness, (columns, rows)
    return best[1] if best else None
