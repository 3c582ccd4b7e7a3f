"""The picture of the model: its classes, theme by theme, and what leads from one to another.

Classes and properties come from the Turtle, the places from ``diagram_places``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from diagram_places import THEMES, Theme
from model_edges import classes, edges, parents

__all__ = ["Box", "Label", "Line", "Picture", "picture", "svg"]

WIDTH, MARGIN = 1100, 30
COLUMN, ROW = 290, 104  # from one box to the next
BOX, HEIGHT, INSIDE = 170, 36, 14  # a box, and a line of small text in it
TITLE, FOOT = 44, 26
LETTER = 6.4  # at most, of small text in the usual fonts
LONG = 18  # letters of a name that need smaller type


@dataclass(frozen=True)
class Box:
    """A class; ``lines`` are its properties that lead to others of the same class."""

    name: str
    x: float
    y: float
    height: float
    own: bool
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """An arrow, dashed for "is a"."""

    x1: float
    y1: float
    x2: float
    y2: float
    ends: tuple[str, str]
    dashed: bool


@dataclass(frozen=True)
class Label:
    """The properties of an arrow, around a point on it."""

    x: float
    y: float
    lines: tuple[str, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, with some air."""
        return max(map(len, self.lines)) * LETTER + 8, len(self.lines) * INSIDE + 4


@dataclass
class Picture:
    """All that is drawn, in units of the picture."""

    height: float = MARGIN
    titles: list[tuple[float, float, str]] = field(default_factory=list)
    boxes: list[list[Box]] = field(default_factory=list)
    lines: list[list[Line]] = field(default_factory=list)
    labels: list[list[Label]] = field(default_factory=list)


def picture() -> Picture:
    """Place everything; what has no place is left out, and the tests say so."""
    made = Picture()
    for theme in THEMES:
        _add(made, theme)
    made.height += FOOT
    return made


def _add(made: Picture, theme: Theme) -> None:
    top = made.height
    places = {name: at for name, at in theme.own.items() if name in classes()} | theme.others
    ties = [edge for edge in sorted(edges() | parents()) if edge[0] in theme.own]
    boxes = {}
    for name, (column, row) in places.items():
        names = [_short(tie[1]) for tie in ties if tie[0] == tie[2] == name]
        lines = tuple(_filled(names)) if name in theme.own else ()
        height = HEIGHT + INSIDE * len(lines)
        middle = top + TITLE + HEIGHT / 2 + row * ROW
        x = MARGIN + 15 + column * (COLUMN - 5)
        boxes[name] = Box(name, x, middle - height / 2, height, name in theme.own, lines)
    arrows, labels = [], []
    between = [tie for tie in ties if tie[0] != tie[2] and tie[0] in boxes and tie[2] in boxes]
    for (start, end), same in groupby(
        sorted(between, key=lambda tie: (tie[0], tie[2])), key=lambda tie: (tie[0], tie[2])
    ):
        names = [tie[1] for tie in same]
        line = _line(boxes[start], boxes[end], names == ["is a"])
        arrows.append(line)
        words = tuple(_short(name) for name in names)
        labels.append(Label((line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2, words))
    made.titles.append((MARGIN + 15, top + 26, theme.title))
    made.boxes.append([*boxes.values()])
    made.lines.append(arrows)
    made.labels.append(labels)
    made.height = max(box.y + box.height for box in boxes.values()) + 32


def _short(name: str) -> str:
    return name.removeprefix("comity:")


def _filled(names: list[str]) -> Iterator[str]:
    """Fill the names into lines that a box has room for."""
    line = ""
    for name in names:
        longer = f"{line}, {name}" if line else name
        if len(longer) * LETTER > BOX - 24:
            yield line + ","
            longer = name
        line = longer
    if line:
        yield line


def _line(start: Box, end: Box, dashed: bool) -> Line:
    """Draw from border to border, along the line between the middles."""
    x1, y1 = start.x + BOX / 2, start.y + start.height / 2
    x2, y2 = end.x + BOX / 2, end.y + end.height / 2

    def out(box: Box, dx: float, dy: float) -> tuple[float, float]:
        wide = BOX / 2 / abs(dx) if dx else float("inf")
        high = box.height / 2 / abs(dy) if dy else float("inf")
        part = min(wide, high)
        return box.x + BOX / 2 + dx * part, box.y + box.height / 2 + dy * part

    dx, dy = x2 - x1, y2 - y1
    return Line(*out(start, dx, dy), *out(end, -dx, -dy), (start.name, end.name), dashed)


STYLE = """
text { font-family: 'DejaVu Sans', Verdana, sans-serif; fill: #1f2933; }
.paper { fill: #ffffff; } .theme { fill: #f3f5f7; }
.title { font-size: 16px; font-weight: bold; }
.name { font-size: 13px; font-weight: bold; text-anchor: middle; }
.long { font-size: 11px; }
.small { font-size: 11px; text-anchor: middle; } .foot { font-size: 12px; }
.own { fill: #dbeafe; stroke: #1d4ed8; stroke-width: 1.5; }
.other { fill: none; stroke: #66717c; stroke-dasharray: 4 3; }
.line { stroke: #4a5764; stroke-width: 1.4; fill: none; } .dashed { stroke-dasharray: 6 4; }
.tip { fill: #4a5764; } .behind { fill: #f3f5f7; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .paper { fill: #0d1117; } .theme, .behind { fill: #161b22; }
.own { fill: #1e3a5f; stroke: #79b8ff; } .other { stroke: #8b949e; }
.line { stroke: #a5b1bd; } .tip { fill: #a5b1bd; }
}
"""
ABOUT = (
    "Classes of the Comity ontology, theme by theme. Arrows are properties; a dashed arrow "
    "leads to a wider class, an outlined box belongs to another theme."
)
FOOTNOTE = (
    "Names without a prefix are comity: terms. Small print in a box: properties between two of "
    "its kind. Nearly every node also has prov:wasDerivedFrom → Passage."
)


def svg() -> str:
    """Write the picture as SVG."""
    made = picture()
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {made.height:g}" '
        f'width="{WIDTH}" height="{made.height:g}" role="img" aria-labelledby="t d">',
        '<title id="t">The model</title>',
        f'<desc id="d">{escape(ABOUT)}</desc>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        'markerHeight="8" orient="auto"><path class="tip" d="M0,0L10,5L0,10z"/></marker></defs>',
        f'<rect class="paper" width="{WIDTH}" height="{made.height:g}"/>',
    ]
    for (x, y, title), boxes, arrows, labels in zip(
        made.titles, made.boxes, made.lines, made.labels, strict=True
    ):
        bottom = max(box.y + box.height for box in boxes) + 18
        lines.append(
            f'<rect class="theme" x="{MARGIN - 10}" y="{y - 24:g}" rx="10" '
            f'width="{WIDTH - 2 * MARGIN + 20}" height="{bottom - y + 24:g}"/>'
        )
        lines.append(f'<text class="title" x="{x:g}" y="{y:g}">{escape(title)}</text>')
        lines += map(_arrow, arrows)
        lines += map(_label, labels)
        lines += map(_box, boxes)
    foot = made.height - 16
    lines.append(f'<text class="foot" x="{MARGIN}" y="{foot:g}">{escape(FOOTNOTE)}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _arrow(line: Line) -> str:
    dashed = " dashed" if line.dashed else ""
    return (
        f'<path class="line{dashed}" marker-end="url(#tip)" '
        f'd="M{line.x1:.1f},{line.y1:.1f}L{line.x2:.1f},{line.y2:.1f}"/>'
    )


def _label(label: Label) -> str:
    width, height = label.size
    x, y = label.x, label.y
    words = "".join(
        f'<text class="small" x="{x:.1f}" y="{y - height / 2 + 13 + at * INSIDE:.1f}">'
        f"{escape(line)}</text>"
        for at, line in enumerate(label.lines)
    )
    return (
        f'<rect class="behind" x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}"/>{words}'
    )


def _box(box: Box) -> str:
    kind, x = "own" if box.own else "other", box.x + BOX / 2
    name = _short(box.name)
    long = " long" if len(name) > LONG else ""
    words = "".join(
        f'<text class="small" x="{x:g}" y="{box.y + HEIGHT + at * INSIDE + 4:g}">'
        f"{escape(line)}</text>"
        for at, line in enumerate(box.lines)
    )
    return (
        f'<rect class="{kind}" x="{box.x:g}" y="{box.y:g}" width="{BOX}" '
        f'height="{box.height:g}" rx="6"/><text class="name{long}" x="{x:g}" y="{box.y + 23:g}">'
        f"{escape(name)}</text>{words}"
    )
