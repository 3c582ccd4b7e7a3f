"""The legend of a picture, and the small pieces of SVG that it shares with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

import networkx as nx

from comity.network.picture.lettering import legend_words, one_line, width
from comity.network.picture.marks import NEUTRAL, Stroke, node_mark

__all__ = ["Item", "cap", "dashes", "legend_row", "legend_rows", "safe", "text_at"]

_KIND_ORDER = ("agency", "person", "post", "country", "agreement", "place")

Item = tuple[str, str, Stroke | None, float]
"""Kind of a node or nothing, words, stroke of an edge or nothing, distance from the left."""


def safe(text: str) -> str:
    """Return text on one line, escaped for XML."""
    return escape(one_line(text))


def text_at(
    text: str, x: float, y: float, size: float, fill: str, *, bold: bool = False, more: str = ""
) -> str:
    """Return a line of text; ``more`` is further attributes."""
    more += ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{more}>'
        f"{safe(text)}</text>"
    )


def dashes(stroke: Stroke, thick: float) -> str:
    """Return the attribute for the dashes of a stroke, longer for thick ones."""
    if not stroke.dash:
        return ""
    factor = max(0.55, thick / 2.4)
    parts = [float(p) for p in stroke.dash.split()]
    dash = " ".join(f"{p if p < 1 else p * factor:.4g}" for p in parts)
    return f' stroke-dasharray="{dash}"'


def cap(stroke: Stroke, *, directed: bool) -> str:
    """Return how a stroke ends: round for dots and full lines without an arrow."""
    dotted = stroke.dash.startswith("0.")
    return "round" if dotted or (not stroke.dash and not directed) else "butt"


def legend_rows(
    graph: nx.MultiDiGraph[str], styles: Mapping[str, Stroke], left: float, room: float
) -> list[list[Item]]:
    """Return rows of items: what it is, its words, its stroke, its place."""
    present = {str(kind) for _, kind in graph.nodes(data="kind", default="") if kind}
    order = [kind for kind in _KIND_ORDER if kind in present]
    order += sorted(present.difference(_KIND_ORDER))
    items: list[tuple[str, str, Stroke | None]] = [(k, legend_words(k), None) for k in order]
    items += [("", legend_words(kind) or "Tie", stroke) for kind, stroke in styles.items()]
    edges = [data for *_, data in graph.edges(data=True)]
    if len({float(data.get("weight", 1.0)) for data in edges}) > 1:
        items.append(("", "Thicker: greater weight", None))
    if any(data.get("answer") == "possible" for data in edges):
        items.append(("", "Paler: possible, not certain", None))
    rows: list[list[Item]] = []
    x = room + 1
    for what, words, stroke in items:
        mark = 24.0 if what else 40.0 if stroke else 0.0
        size = mark + width(words, 12.5) + 22
        if x + size > room + 22:
            rows.append([])
            x = 0.0
        rows[-1].append((what, words, stroke, left + x))
        x += size
    return rows


def legend_row(row: list[Item], y: float) -> str:
    """Return one row of the legend as SVG."""
    parts = []
    for what, words, stroke, x in row:
        if what:
            parts.append(node_mark(what, (x + 8, y - 4), 8.5, NEUTRAL, icon=False))
            x += 24
        elif stroke:
            end = cap(stroke, directed=True)
            parts.append(
                f'<path d="M{x:.1f},{y - 4:.1f}h30" fill="none" stroke="{stroke.colour}" '
                f'stroke-width="2.6" stroke-linecap="{end}"{dashes(stroke, 2.6)}/>'
            )
            x += 40
        parts.append(text_at(words, x, y, 12.5, "#4A5764"))
    return "\n".join(parts)
