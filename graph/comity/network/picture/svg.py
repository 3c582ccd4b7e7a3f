"""Draw a network as one self-contained SVG picture for slides and pages.

Nothing is fetched and nothing runs: no fonts, no scripts, no style sheets, no
links. Words stay text, so that they can be searched, selected and read aloud.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import networkx as nx

from comity.network.picture.curves import arrow
from comity.network.picture.labels import LEADING, Label
from comity.network.picture.legend import cap, dashes, legend_row, legend_rows, safe, text_at
from comity.network.picture.lettering import legend_words, one_line, tie_words, width, wrap
from comity.network.picture.marks import Stroke, darker, node_mark, strokes
from comity.network.picture.panels import OTHER, Panel
from comity.network.picture.scene import Dot, Line, Scene, compose

__all__ = ["draw"]

_FONTS = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', "
    "'Liberation Sans', Arial, 'DejaVu Sans', sans-serif"
)
_INK, _SOFT, _FAINT = "#1F2933", "#4A5764", "#66717C"
_MARGIN = 34.0
_ROW = 24.0
_HALO = ' stroke="#fff" stroke-width="3.6" stroke-linejoin="round" paint-order="stroke"'


def draw(
    graph: nx.MultiDiGraph[str],
    *,
    title: str,
    subtitle: str = "",
    source_line: str = "",
    width: int = 1200,
    height: int = 720,
    countries: Mapping[str, str] | None = None,
) -> str:
    """Draw a network.

    Each country has a panel and a colour; two countries stand left and right.
    Shapes tell kinds of nodes, colours and dashes kinds of edges, thickness
    their weight; arrows point where source and target differ. Up to about 40
    nodes every node has its name and no name touches another or a node; in
    larger networks the nodes with most neighbours are named. Hovering shows
    the whole name, and what a tie is.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A network of :func:`comity.network.build`.
    title : str
        Title, at the top.
    subtitle : str
        A line below it.
    source_line : str
        Where the data come from, at the bottom.
    width, height : int
        Size of the picture in pixels.
    countries : mapping of str to str, optional
        Names of countries by the node attribute ``country``. Without it a
        node of kind ``country`` gives its name, else the attribute is shown.

    Returns
    -------
    str
        An SVG document; the same for the same input.
    """
    kinds = sorted({str(d.get("kind", "")) for *_, d in graph.edges(data=True)})
    styles = strokes(kinds)
    heading, top = _heading(title, subtitle, float(width))
    legend = legend_rows(graph, styles, _MARGIN, width - 2 * _MARGIN)
    foot = 22.0 if source_line else 4.0
    bottom = height - foot - _ROW * len(legend) - 22
    scene = compose(graph, (_MARGIN, top, width - _MARGIN, max(bottom, top + 120)))
    names = _country_names(scene, countries or {})
    about = _describe(scene, names, kinds)
    # The ids differ between pictures that stand in one page.
    tag = f"comity-{zlib.crc32(f'{title}{about}'.encode('utf-8', 'replace')):08x}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{tag}-title {tag}-desc" font-family={quoteattr(_FONTS)}>',
        f'<title id="{tag}-title">{safe(title)}</title>',
        f'<desc id="{tag}-desc">{safe(about)}</desc>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *heading,
    ]
    parts += _groups("panels", [_panel(panel, scene) for panel in scene.panels])
    parts += _groups("edges", [_line(line, scene, styles) for line in scene.lines])
    parts += _groups("nodes", [_dot(dot, scene) for dot in scene.dots.values()])
    facing = sum(bool(panel.country) for panel in scene.panels) == 2
    captions = [
        _caption(panel, names[panel.country], scene, right=facing and number == 1)
        for number, panel in enumerate(scene.panels)
        if names[panel.country]
    ]
    parts += _groups("captions", captions)
    parts += _groups(
        "edge-labels",
        [
            _plate(line.label) + _words(line.label, styles[str(line.data.get("kind", ""))].colour)
            for line in scene.lines
            if line.label
        ],
    )
    labels = [_words(dot.label, _INK, bold=True) for dot in scene.dots.values() if dot.label]
    parts += _groups("node-labels", labels)
    y = height - foot - _ROW * len(legend) + 6
    parts += _groups("legend", [legend_row(row, y + i * _ROW) for i, row in enumerate(legend)])
    if source_line:
        line = wrap(source_line, 11.5, width - 2 * _MARGIN, 1)[0]
        parts.append(text_at(line, _MARGIN, height - 13, 11.5, _FAINT))
    return "\n".join([*parts, "</svg>", ""])


def _groups(name: str, items: list[str]) -> list[str]:
    return [f'<g class="{name}">', *items, "</g>"] if items else []


def _heading(title: str, subtitle: str, across: float) -> tuple[list[str], float]:
    room = across - 2 * _MARGIN
    size = 27.0 if width(one_line(title), 27.0) <= room else 22.0
    y = 26.0
    parts = []
    for line in wrap(title, size, room, 2) if one_line(title) else ():
        y += size * 0.95
        parts.append(text_at(line, _MARGIN, y, size, _INK, bold=True))
        y += size * 0.2
    for line in wrap(subtitle, 15.0, room, 2) if one_line(subtitle) else ():
        y += 20
        parts.append(text_at(line, _MARGIN, y, 15.0, _SOFT))
    return parts, y + 20


def _country_names(scene: Scene, given: Mapping[str, str]) -> dict[str, str]:
    own = {dot.country: dot.text for dot in scene.dots.values() if dot.kind == "country"}
    names = {
        panel.country: given.get(panel.country) or own.get(panel.country) or panel.country
        for panel in scene.panels
    }
    alone = len(scene.panels) == 1
    return names | {OTHER: "Other countries", "": "" if alone else "No country stated"}


def _describe(scene: Scene, names: Mapping[str, str], kinds: list[str]) -> str:
    where = [f"{names[p.country]} ({len(p.nodes)})" for p in scene.panels if names[p.country]]
    text = f"Network of {len(scene.dots)} nodes and {len(scene.lines)} ties."
    if where:
        text += f" By country: {', '.join(where)}."
    if kinds:
        text += f" Kinds of ties: {', '.join(legend_words(kind) for kind in kinds)}."
    spoken = sorted(scene.lines, key=lambda line: (not line.abroad, line.source, line.target))
    return " ".join([text, *(f"{_tie(line, scene)}." for line in spoken[:12])])


def _tie(line: Line, scene: Scene) -> str:
    data = line.data
    start, end = str(data.get("start", "")), str(data.get("end", ""))
    words = tie_words(str(data.get("kind", "")), start, end)
    return f"{scene.dots[line.source].text} – {scene.dots[line.target].text}: {words}"


def _panel(panel: Panel, scene: Scene) -> str:
    x0, y0, x1, y1 = panel.box
    return (
        f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" rx="18" '
        f'fill="{scene.colours[panel.country]}" fill-opacity="0.06"/>'
    )


def _caption(panel: Panel, name: str, scene: Scene, *, right: bool) -> str:
    x0, y0, x1, _ = panel.box
    colour = darker(scene.colours[panel.country])
    text = wrap(name, 16, x1 - x0 - 36, 1)[0]
    more = _HALO + (' text-anchor="end"' if right else "")
    return text_at(text, x1 - 18 if right else x0 + 18, y0 + 27, 16, colour, bold=True, more=more)


def _line(line: Line, scene: Scene, styles: Mapping[str, Stroke]) -> str:
    data = line.data
    stroke = styles[str(data.get("kind", ""))]
    directed = bool(data.get("directed", True)) and (scene.small or len(scene.lines) <= 150)
    size = (7.0 if scene.small else 4.0) + 1.3 * line.width
    # The stroke ends within the head, or it would show beside the point.
    shaft = line.curve
    if directed:
        total = sum(
            ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5
            for p, q in zip(shaft.samples(), shaft.samples()[1:], strict=False)
        )
        if total > size:
            shaft = shaft.part(0.0, 1 - 0.7 * size / total)
    strength = 0.92 if scene.small else 0.4
    if data.get("answer") == "possible":
        strength *= 0.45
    count = int(data.get("evidence_count", 0))
    proof = f" ({count} passage{'s' if count != 1 else ''})" if count else ""
    head = f'<path d="{arrow(line.curve, size)}" fill="{stroke.colour}"/>' if directed else ""
    return (
        f'<g opacity="{strength:.2f}"><title>{safe(_tie(line, scene) + proof)}</title>'
        f'<path d="{shaft.path()}" fill="none" stroke="{stroke.colour}" '
        f'stroke-width="{line.width:.2f}" stroke-linecap="{cap(stroke, directed=directed)}"'
        f"{dashes(stroke, line.width)}/>{head}</g>"
    )


def _dot(dot: Dot, scene: Scene) -> str:
    mark = node_mark(dot.kind, dot.centre, dot.radius, dot.colour, icon=scene.small)
    return f"<g><title>{safe(dot.text)}</title>{mark}</g>"


def _words(label: Label, fill: str, *, bold: bool = False) -> str:
    x = (label.box[0] + label.box[2]) / 2
    step = label.size * LEADING
    spare = (label.box[3] - label.box[1] - step * len(label.lines)) / 2
    y = label.box[1] + spare + label.size * 0.93
    lines = " ".join(
        f'<tspan x="{x:.1f}" y="{y + number * step:.1f}">{safe(line)}</tspan>'
        for number, line in enumerate(label.lines)
    )
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text font-size="{label.size:.4g}" fill="{fill}"{weight} text-anchor="middle"'
        f"{_HALO}>{lines}</text>"
    )


def _plate(label: Label) -> str:
    """Return a white ground for words on an edge, which would else strike them through."""
    x0, y0, x1, y1 = label.box
    return (
        f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" '
        f'rx="{min(7.0, (y1 - y0) / 2):.1f}" fill="#fff" fill-opacity="0.94"/>'
    )
