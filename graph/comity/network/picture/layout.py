"""Where the nodes of a picture stand.

Small networks: each panel is a grid of cells, each wide enough for a node and
its name, and simulated annealing [1]_ finds which node stands in which cell, so
that ties are short, seldom cross and do not run over other nodes. Names can
then never overlap. Larger networks: a spring layout [2]_ in each panel, with
nodes pushed apart.

References
----------
.. [1] R. Davidson, D. Harel (1996). Drawing graphs nicely using simulated
   annealing. ACM Transactions on Graphics 15, 301-331.
.. [2] T. Fruchterman, E. Reingold (1991). Graph drawing by force-directed
   placement. Software: Practice and Experience 21, 1129-1164.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from comity.network.picture.panels import Box, Panel, grid

__all__ = ["CELL", "Layout", "arrange"]

CELL = (124.0, 86.0)
"""Least cell at full size: a node with two lines of text below."""
_SCALES = (1.0, 0.92, 0.85, 0.78, 0.71, 0.65, 0.6)
_SEED = 20190514
_WORK = 400_000_000
"""What annealing may cost: about five seconds."""

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of nodes.

    Parameters
    ----------
    position : dict
        Centre of each node.
    cell : dict
        The room around each node; empty for a large network.
    scale : float
        Size of nodes and letters, 1 = full.
    """

    position: dict[str, tuple[float, float]]
    cell: dict[str, Box]
    scale: float


def arrange(graph: nx.Graph[str], panels: Sequence[Panel], *, small: bool = True) -> Layout:
    """Place the nodes of a simple graph within their panels.

    Parameters
    ----------
    graph : networkx.Graph
        A graph of :func:`comity.network.metrics.simple`.
    panels : sequence of Panel
        Each node is in exactly one.
    small : bool
        Whether to try cells; else springs.

    Returns
    -------
    Layout
        The same for the same input.
    """
    for scale in _SCALES if small else ():
        cell = CELL[0] * scale, CELL[1] * scale
        grids = [grid(len(panel.nodes), panel.inner, cell) for panel in panels]
        fitting = [found for found in grids if found]
        if len(fitting) == len(panels):
            return _cells(graph, panels, _level(panels, fitting, cell[1]), scale)
    position: dict[str, tuple[float, float]] = {}
    for panel in panels:
        position |= _springs(graph, panel)
    return Layout(position, {}, 0.6)


def _level(
    panels: Sequence[Panel], grids: Sequence[tuple[int, int]], least: float
) -> list[tuple[int, int]]:
    """Give neighbouring panels as many rows as the one with most, so that rows line up."""
    found = []
    for panel, (columns, rows) in zip(panels, grids, strict=True):
        top, bottom = panel.inner[1], panel.inner[3]
        beside = [g[1] for p, g in zip(panels, grids, strict=True) if p.inner[1] == top]
        most = max(beside)
        found.append((columns, most if (bottom - top) / most >= least else rows))
    return found


def _cells(
    graph: nx.Graph[str], panels: Sequence[Panel], grids: Sequence[tuple[int, int]], scale: float
) -> Layout:
    nodes = [node for panel in panels for node in panel.nodes]
    home = {node: number for number, panel in enumerate(panels) for node in panel.nodes}
    slots: list[list[tuple[float, float]]] = []
    sizes: list[tuple[float, float]] = []
    for panel, (columns, rows) in zip(panels, grids, strict=True):
        left, top, right, bottom = panel.inner
        size = (right - left) / columns, (bottom - top) / rows
        sizes.append(size)
        # The name hangs below the node, so the node sits above the middle of its cell.
        slots.append(
            [
                (left + (c + 0.5) * size[0], top + (r + 0.5) * size[1] - 16 * scale)
                for c in range(columns)
                for r in range(rows)
            ]
        )
    judge = _Judge(graph, nodes, [home[node] for node in nodes], scale)
    start = [slots[home[n]][panels[home[n]].nodes.index(n)] for n in nodes]
    points = _anneal(judge, np.array(start, dtype=float).reshape(-1, 2), slots)
    points = _balance(judge, points, panels, slots)
    position = {n: (float(x), float(y)) for n, (x, y) in zip(nodes, points, strict=True)}
    room = {}
    for node, (x, y) in position.items():
        across, down = sizes[home[node]]
        middle = y + 16 * scale
        room[node] = x - across / 2, middle - down / 2, x + across / 2, middle + down / 2
    return Layout(position, room, scale)


class _Judge:
    """Says how bad a placement is: lower is better."""

    def __init__(self, graph: nx.Graph[str], nodes: list[str], homes: list[int], scale: float):
        number = {node: i for i, node in enumerate(nodes)}
        pairs = sorted((number[s], number[t]) for s, t in graph.edges)
        self.homes = homes
        weights = [graph.edges[nodes[s], nodes[t]].get("weight", 1.0) for s, t in pairs]
        self.pull = np.sqrt(np.array(weights, dtype=float) / max(weights, default=1.0))
        self.ends = np.array(pairs, dtype=int).reshape(-1, 2)
        home = np.array(homes, dtype=int)
        self.abroad = home[self.ends[:, 0]] != home[self.ends[:, 1]]
        self.half = np.array([40.0, 26.0]) * scale
        self.steps = np.linspace(0.06, 0.94, 15)[None, :]
        first, second = np.triu_indices(len(pairs), 1)
        shared = (self.ends[first][:, :, None] == self.ends[second][:, None, :]).any(axis=(1, 2))
        self.couples = first[~shared], second[~shared]
        self.loose = np.array([graph.degree(node) == 0 for node in nodes])

    def __call__(self, points: Points) -> float:
        if not len(self.ends):
            return 0.0
        one, two = points[self.ends[:, 0]], points[self.ends[:, 1]]
        gap = two - one
        cost = float((np.hypot(gap[:, 0], gap[:, 1]) * self.pull).sum()) / 70
        # Partners abroad stand face to face.
        cost += float((np.abs(gap[:, 1]) * self.pull)[self.abroad].sum()) / 50
        middle = points[:, 1].mean()
        cost += float(np.abs(points[~self.loose, 1] - middle).sum()) / 900
        return cost + 2.5 * self._crossings(one, two) + 4.0 * self._hits(points, one, two)

    def _crossings(self, one: Points, two: Points) -> int:
        a, b = self.couples

        def side(p: Points, q: Points, r: Points) -> Points:
            turn: Points = (q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1])
            return turn - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0])

        apart = side(one[a], two[a], one[b]) * side(one[a], two[a], two[b]) < 0
        across = side(one[b], two[b], one[a]) * side(one[b], two[b], two[a]) < 0
        return int((apart & across).sum())

    def _hits(self, points: Points, one: Points, two: Points) -> int:
        t = self.steps
        # Ties across a border are drawn as an S, see comity.network.picture.curves.
        soft = np.where(self.abroad[:, None], t * t * (3 - 2 * t), t)
        x = one[:, :1] + (two[:, :1] - one[:, :1]) * t
        y = one[:, 1:] + (two[:, 1:] - one[:, 1:]) * soft
        near = (np.abs(x[:, :, None] - points[:, 0]) < self.half[0]) & (
            np.abs(y[:, :, None] - points[:, 1] - self.half[1] / 2) < self.half[1]
        )
        met = near.any(axis=1)
        rows = np.arange(len(self.ends))
        met[rows, self.ends[:, 0]] = met[rows, self.ends[:, 1]] = False
        return int(met.sum())


def _anneal(judge: _Judge, points: Points, slots: list[list[tuple[float, float]]]) -> Points:
    """Move nodes between the cells of their panel, and swap them."""
    chance = random.Random(_SEED)  # fixed, for pictures that stay the same  # noqa: S311
    movable = [i for i, home in enumerate(judge.homes) if len(slots[home]) > 1]
    if not movable or not len(judge.ends):
        return points
    taken = {(judge.homes[i], (float(x), float(y))): i for i, (x, y) in enumerate(points)}
    cost = least = judge(points)
    best = points.copy()
    # As many as there is time for: what one costs grows with nodes, ties and pairs of ties.
    work = judge.steps.size * len(judge.ends) * len(points) + 8 * len(judge.couples[0])
    rounds = min(600 + 110 * len(points), max(600, _WORK // work))
    for step in range(rounds):
        heat = 1.5 * (1 - step / rounds) ** 2 + 1e-3
        node = chance.choice(movable)
        home = judge.homes[node]
        old = (float(points[node, 0]), float(points[node, 1]))
        new = chance.choice(slots[home])
        if new == old:
            continue
        other = taken.get((home, new))
        points[node] = new
        if other is not None:
            points[other] = old
        after = judge(points)
        if after <= cost or chance.random() < math.exp((cost - after) / heat):
            cost = after
            taken.pop((home, old))
            taken[home, new] = node
            if other is not None:
                taken[home, old] = other
            if cost < least - 1e-9:
                least, best = cost, points.copy()
        else:
            points[node] = old
            if other is not None:
                points[other] = new
    return best


def _balance(
    judge: _Judge,
    points: Points,
    panels: Sequence[Panel],
    slots: list[list[tuple[float, float]]],
) -> Points:
    """Centre columns that are not full, where that does no harm."""
    for home in range(len(panels)):
        for x in sorted({slot[0] for slot in slots[home]}):
            rows = sorted(y for column, y in slots[home] if column == x)
            inside = [i for i, h in enumerate(judge.homes) if h == home and points[i, 0] == x]
            if not inside or len(inside) == len(rows):
                continue
            inside.sort(key=lambda i: points[i, 1])
            pitch = (rows[-1] - rows[0]) / (len(rows) - 1)
            moved = points.copy()
            top = (rows[0] + rows[-1] - pitch * (len(inside) - 1)) / 2
            for number, i in enumerate(inside):
                moved[i, 1] = top + number * pitch
            if judge(moved) <= judge(points) + 0.5:
                points = moved
    return points


def _springs(graph: nx.Graph[str], panel: Panel) -> dict[str, tuple[float, float]]:
    left, top, right, bottom = panel.inner
    nodes = list(panel.nodes)
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(graph.subgraph(nodes).edges)
    found = nx.spring_layout(part, seed=_SEED, iterations=60, method="force")
    raw = np.array([found[node] for node in nodes])
    size = np.array([right - left, bottom - top])
    # Half by place, half by rank: springs alone crowd the middle.
    low, span = raw.min(axis=0), np.ptp(raw, axis=0)
    place = (raw - low) / np.where(span > 0, span, 1)
    rank = raw.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (rank + 0.5) / len(nodes)
    points = (0.4 * place + 0.6 * even) * (size - 24) + 12
    points = _push(points, size, 0.8 * math.sqrt(size[0] * size[1] / len(nodes)))
    return {n: (left + float(x), top + float(y)) for n, (x, y) in zip(nodes, points, strict=True)}


def _push(points: Points, size: Points, least: float) -> Points:
    """Push points apart until they keep a distance, as far as there is room."""
    edge = np.minimum(12.0, size / 2)
    for _ in range(60):
        gap = points[:, None, :] - points[None, :, :]
        far = np.sqrt((gap**2).sum(axis=2)) + np.eye(len(points)) * least
        lack = np.clip(least - far, 0, None)
        if not lack.any():
            break
        move = gap / np.maximum(far, 1e-6)[:, :, None] * lack[:, :, None] / 2
        points = np.clip(points + 0.7 * move.sum(axis=1), edge, size - edge)
    return points
