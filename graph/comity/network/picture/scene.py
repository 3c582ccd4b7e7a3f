"""Compose a picture: every shape, curve and word with its place.

:func:`compose` does all the arithmetic and :mod:`comity.network.picture.svg` only
spells out the result, so that tests can look at boxes instead of markup.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from comity.network.metrics import simple
from comity.network.picture.bows import lean
from comity.network.picture.curves import Curve, Point, bend, loop, trim
from comity.network.picture.labels import LEADING, Label, beside, on_curve, overlap, settle
from comity.network.picture.layout import CELL, Layout, arrange
from comity.network.picture.lettering import one_line, tie_words
from comity.network.picture.marks import COUNTRIES, NEUTRAL, node_box, outside
from comity.network.picture.panels import OTHER, Box, Panel, divide

__all__ = ["Dot", "Line", "Scene", "compose"]

SMALL = 44
"""Up to this many nodes every node has its name, in a cell of its own; more in a larger box."""
_MOST_SMALL = 100
_NAMED = 28
_AREA = 1132.0 * 555.0
"""The area for which these numbers are meant: a picture of the default size."""
_SPOKEN_EDGES = 16
_FEW_PAIRS = 8
_NAME, _WORDS = 13.0, 11.5


@dataclass(slots=True)
class Dot:
    """A node: place, size, colour, and its name where there is room."""

    iri: str
    text: str
    kind: str
    country: str
    centre: Point
    radius: float
    colour: str
    label: Label | None = None


@dataclass(slots=True)
class Line:
    """An edge: curve, width, and its words where there is room."""

    data: Mapping[str, Any]
    source: str
    target: str
    curve: Curve
    width: float
    abroad: bool
    label: Label | None = None


@dataclass(slots=True)
class Scene:
    """All parts of a picture; ``small`` says that every node has its name."""

    panels: list[Panel]
    colours: dict[str, str]
    dots: dict[str, Dot]
    lines: list[Line]
    small: bool
    scale: float
    within: Box = field(default=(0.0, 0.0, 0.0, 0.0))


def compose(graph: nx.MultiDiGraph[str], box: Box) -> Scene:
    """Compose the picture of a network within a box.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A network of :func:`comity.network.build`.
    box : Box
        The room for panels, nodes and edges.

    Returns
    -------
    Scene
        The same for the same input.
    """
    folded = simple(graph)
    countries = {node: str(data.get("country", "")) for node, data in folded.nodes(data=True)}
    size = max(1.0, (box[2] - box[0]) * (box[3] - box[1]) / _AREA)
    small = len(countries) <= min(_MOST_SMALL, int(SMALL * size))
    share = 0.23 if len(countries) <= 16 else 0.15 if small else 0.09
    panels = divide(countries, box, (box[2] - box[0]) * share) if countries else []
    layout = arrange(folded, panels, small=small)
    colours = _colours(panels)
    dots = _dots(folded, panels, layout, colours)
    scene = Scene(panels, colours, dots, [], bool(layout.cell) or not dots, layout.scale, box)
    scene.lines = _lines(graph, scene)
    if scene.small:
        _name_all(scene, layout)
        if len(scene.lines) <= _SPOKEN_EDGES:
            _speak(scene)
    else:
        _name_some(scene, folded, int(_NAMED * size))
    return scene


def _colours(panels: list[Panel]) -> dict[str, str]:
    named = [panel.country for panel in panels if panel.country not in ("", OTHER)]
    colours = {name: COUNTRIES[i % len(COUNTRIES)] for i, name in enumerate(sorted(named))}
    return {panel.country: colours.get(panel.country, NEUTRAL) for panel in panels}


def _dots(
    folded: nx.Graph[str], panels: list[Panel], layout: Layout, colours: dict[str, str]
) -> dict[str, Dot]:
    most = max((degree for _, degree in folded.degree()), default=0) or 1
    dots = {}
    for panel in panels:
        area = (panel.inner[2] - panel.inner[0]) * (panel.inner[3] - panel.inner[1])
        crowd = min(9.0, max(2.6, 0.17 * math.sqrt(max(area, 1.0) / len(panel.nodes))))
        for node in panel.nodes:
            data = folded.nodes[node]
            kind = str(data.get("kind", ""))
            if layout.cell:
                radius = (21.0 if kind in ("agency", "country") else 17.0) * layout.scale
            else:
                radius = crowd * (0.65 + 0.75 * math.sqrt(folded.degree(node) / most))
            text = one_line(str(data.get("label", node))) or node
            centre = layout.position[node]
            dots[node] = Dot(
                node, text, kind, panel.country, centre, radius, colours[panel.country]
            )
    return dict(sorted(dots.items()))


def _lines(graph: nx.MultiDiGraph[str], scene: Scene) -> list[Line]:
    bundles: defaultdict[tuple[str, str], list[tuple[str, str, Mapping[str, Any]]]]
    bundles = defaultdict(list)
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for source, target, _, data in edges:
        bundles[min(source, target), max(source, target)].append((source, target, data))
    weights = [math.sqrt(float(d.get("weight", 1.0))) for *_, d in edges]
    low, high = min(weights, default=1.0), max(weights, default=1.0)
    thin, thick = (1.9, 6.0 if len(weights) <= 24 else 4.6) if scene.small else (0.7, 3.2)
    lines = []
    for (one, two), bundle in sorted(bundles.items()):
        a, b = scene.dots[one], scene.dots[two]
        abroad = a.country != b.country
        spread = 46.0 if scene.small and len(weights) <= _SPOKEN_EDGES else 14.0
        if scene.small and len(bundles) <= _FEW_PAIRS:
            spread = min(46.0, max(spread, 150.0 / len(bundle)))
        if not (scene.small and abroad):
            spread *= 0.5
        half = spread * (len(bundle) - 1) / 2
        tilt = 0.0 if one == two else _lean(scene, a, b, half)
        for number, (source, target, about) in enumerate(bundle):
            offset = tilt + (number - (len(bundle) - 1) / 2) * spread
            if one == two:
                curve = loop(a.centre, a.radius, number)
            else:
                curve = bend(a.centre, b.centre, offset, across=abroad)
                if source != one:
                    curve = Curve(curve.d, curve.c, curve.b, curve.a)
            begin, end = scene.dots[source], scene.dots[target]
            curve = trim(curve, _leaves(begin), _leaves(end))
            grade = (math.sqrt(float(about.get("weight", 1.0))) - low) / ((high - low) or 1.0)
            size = thin + (thick - thin) * grade if high > low else 1.3 * thin
            lines.append(Line(about, source, target, curve, size, abroad))
    return lines


def _lean(scene: Scene, a: Dot, b: Dot, half: float) -> float:
    others = [(d.centre, d.radius, d is a or d is b) for d in scene.dots.values()]
    return lean(a.centre, b.centre, half, others if scene.small else None, scene.within,
                across=a.country != b.country)  # fmt: skip


def _leaves(dot: Dot) -> Callable[[Point], bool]:
    return lambda point: outside(point, dot.kind, dot.centre, dot.radius + 3)


def _inks(scene: Scene, *, but: Line | None = None) -> list[Point]:
    return [point for line in scene.lines if line is not but for point in line.curve.samples()]


def _name_all(scene: Scene, layout: Layout) -> None:
    dots = list(scene.dots.values())
    size = _NAME * layout.scale
    choices = []
    for dot in dots:
        cell = layout.cell[dot.iri]
        room = min(cell[2] - cell[0] - 10, 176.0)
        # Two lines always fit below a node, more where its cell is higher than the least.
        spare = (cell[3] - cell[1] - CELL[1] * layout.scale) / 2
        lines = 2 + max(0, min(2, int(spare / (size * LEADING))))
        choices.append(beside(dot.text, dot.centre, dot.radius, size, room, lines))
    solid = [node_box(dot.centre, dot.radius) for dot in dots]
    homes = {node: panel.box for panel in scene.panels for node in panel.nodes}
    captions = [_caption(panel.box) for panel in scene.panels]
    rooms = [homes[dot.iri] for dot in dots]
    for dot, label in zip(
        dots, settle(choices, solid + captions, _inks(scene), rooms), strict=True
    ):
        dot.label = label


def _caption(box: Box) -> Box:
    return box[0], box[1], box[2], box[1] + 36


def _name_some(scene: Scene, folded: nx.Graph[str], most: int) -> None:
    """Name the nodes of most neighbours, as far as names fit."""
    order = sorted(folded, key=lambda node: (-folded.degree(node), node))[:most]
    solid = {node: node_box(dot.centre, dot.radius) for node, dot in scene.dots.items()}
    taken: list[Box] = []
    for node in order:
        dot = scene.dots[node]
        best: tuple[int, Label] | None = None
        for label in beside(dot.text, dot.centre, dot.radius, 12.0, 150.0):
            free = not any(overlap(label.box, box, 4) for box in taken)
            if not free or not _holds(_wider(scene.within), label.box):
                continue
            hidden = sum(overlap(label.box, box) for other, box in solid.items() if other != node)
            if hidden <= 3 and (best is None or hidden < best[0]):
                best = hidden, label
        if best:
            dot.label = best[1]
            taken += [best[1].box, solid[node]]


def _speak(scene: Scene) -> None:
    """Put words on edges, those that cross a border first."""
    taken = [node_box(dot.centre, dot.radius) for dot in scene.dots.values()]
    taken += [dot.label.box for dot in scene.dots.values() if dot.label]
    lines = sorted(
        scene.lines,
        key=lambda line: (not line.abroad, -float(line.data.get("weight", 1)), line.source,
                          line.target, str(line.data.get("kind", ""))),
    )  # fmt: skip
    for line in lines:
        data = line.data
        dated = bool(data.get("start") or data.get("end"))
        text = tie_words(
            str(data.get("kind", "")), str(data.get("start", "")), str(data.get("end", ""))
        )
        if not line.abroad:
            via = one_line(str(data.get("via_label", "")))
            named = via in (scene.dots[line.source].text, scene.dots[line.target].text)
            if via and not named and len(via) <= 32 and int(data.get("count", 1)) == 1:
                text = via
            elif not dated:
                continue
        label = on_curve(
            text, line.curve, _WORDS * scene.scale, taken, _inks(scene, but=line), scene.within,
            [panel.box for panel in scene.panels] if line.abroad else (),
        )  # fmt: skip
        if label:
            line.label = label
            taken.append(label.box)


def _wider(box: Box) -> Box:
    return box[0] - 8, box[1], box[2] + 8, box[3]


def _holds(outer: Box, box: Box) -> bool:
    return outer[0] <= box[0] and outer[1] <= box[1] and box[2] <= outer[2] and box[3] <= outer[3]
