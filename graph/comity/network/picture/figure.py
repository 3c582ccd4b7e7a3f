"""Paint a picture of :func:`comity.network.draw` as PNG or PDF with matplotlib.

The SVG is the picture: it is painted element by element, so that all three show
the same. Letters come from DejaVu Sans, which matplotlib brings along: it has
Latin, Cyrillic, Greek, Arabic, Hebrew, Georgian and Armenian. Others are looked
for among the fonts of the machine.
"""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from comity_ontology.errors import NotSupported, ParameterError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.path import Path

__all__ = ["ATTRIBUTES", "paint"]

_SVG = "{http://www.w3.org/2000/svg}"
_INCH = 96.0
"""Pixels of an SVG per inch."""
_POINT = 72 / _INCH
_MOST_PIXELS = 200_000_000

_PLACED = frozenset({"fill", "fill-opacity", "stroke", "stroke-width", "stroke-linejoin"})
ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "svg": frozenset({"width", "height", "viewBox", "role", "aria-labelledby", "font-family"}),
        "title": frozenset({"id"}),
        "desc": frozenset({"id"}),
        "g": frozenset({"class", "opacity"}),
        "rect": _PLACED | {"x", "y", "width", "height", "rx"},
        "circle": _PLACED | {"cx", "cy", "r"},
        "polygon": _PLACED | {"points"},
        "path": _PLACED | {"d", "transform", "stroke-linecap", "stroke-dasharray"},
        "text": _PLACED | {"x", "y", "font-size", "font-weight", "text-anchor", "paint-order"},
        "tspan": frozenset({"x", "y"}),
    }
)
"""The elements and attributes that are understood: all that ``draw`` makes."""

# Asked for letters that DejaVu Sans lacks, where the machine has them.
_MORE_FONTS = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Source Han Sans SC",
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Yu Gothic", "Malgun Gothic",
    "WenQuanYi Zen Hei", "Arial Unicode MS", "Noto Sans Devanagari", "Noto Sans Thai",
    "Noto Sans Ethiopic", "Noto Emoji", "Segoe UI Symbol",
)  # fmt: skip
_MISSING = re.compile(r"Glyph \d+ \(.*\) missing from font")


def paint(svg: str, format: str, *, dpi: float = 192) -> bytes:  # noqa: A002
    """Return a picture as PNG or PDF.

    Parameters
    ----------
    svg : str
        What :func:`comity.network.draw` returned.
    format : {'png', 'pdf'}
        PDF keeps lines as lines and embeds its letters, so that text can be
        searched and selected.
    dpi : float
        Pixels per inch of a PNG; 96 gives one for each unit of the SVG.

    Returns
    -------
    bytes
        The same for the same input and the same version of matplotlib: there
        is no time in it.

    Raises
    ------
    NotSupported
        matplotlib, the extra ``figures``, is not installed.
    ParameterError
        The format is neither, or the picture would have more than 200 million
        pixels.

    Warns
    -----
    UserWarning
        No font of this machine has some of the letters.
    """
    if format not in ("png", "pdf"):
        raise ParameterError(f"a picture is painted as png or pdf, not as {format!r}")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise NotSupported(
            f"{format} needs matplotlib: pip install 'comity[figures]', or write svg"
        ) from error
    root = ET.fromstring(svg)  # our own output  # noqa: S314
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    if not 0 < width * height * (dpi / _INCH if format == "png" else 1) ** 2 <= _MOST_PIXELS:
        raise ParameterError(
            f"{width:g} × {height:g} at {dpi:g} dpi is not between 1 and {_MOST_PIXELS:,} pixels"
        )
    title, about = (root.findtext(f"{_SVG}{name}", "") for name in ("title", "desc"))
    out = io.BytesIO()
    with mpl.rc_context(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        mpl.rcdefaults()  # a user's style sheet is not part of the picture
        have = set(fontManager.get_font_names())
        mpl.rcParams |= {
            "font.family": ["DejaVu Sans", *(name for name in _MORE_FONTS if name in have)],
            "lines.scale_dashes": False,
            "pdf.fonttype": 42,
            "text.hinting": "none",
        }
        figure = Figure(figsize=(width / _INCH, height / _INCH), dpi=_INCH)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        for layer, artist in enumerate(_artists(root, 1.0)):
            artist.set(zorder=layer, clip_on=False)
            axes.add_artist(artist)
        if format == "png":
            facts = {"Title": title, "Description": about, "Software": "Comity"}
            figure.savefig(out, format="png", dpi=dpi, metadata=facts)
        else:
            facts = {"Title": title, "Subject": about, "Creator": "Comity"}
            figure.savefig(out, format="pdf", metadata={**facts, "CreationDate": None})
    _report(caught)
    return out.getvalue()


def _report(caught: list[warnings.WarningMessage]) -> None:
    """Pass warnings on, those about missing letters as one."""
    if any(_MISSING.match(str(item.message)) for item in caught):
        warnings.warn(
            "no font of this machine has some of the letters: they are boxes in the picture. "
            "An SVG is shown with the fonts of its reader.",
            stacklevel=3,
        )
    for item in caught:
        if not _MISSING.match(str(item.message)):
            warnings.warn_explicit(item.message, item.category, item.filename, item.lineno)


def _artists(parent: ET.Element, opacity: float) -> Iterator[Artist]:
    """Return what each element looks like, in the order in which they cover each other."""
    from matplotlib.patches import PathPatch

    for element in parent:
        tag = element.tag.removeprefix(_SVG)
        if unknown := element.attrib.keys() - ATTRIBUTES[tag]:
            raise AssertionError(f"draw makes <{tag}> with {unknown}, which paint does not know")
        if tag == "g":
            yield from _artists(element, opacity * float(element.get("opacity", "1")))
        elif tag == "text":
            for part in element.findall(f"{_SVG}tspan") or [element]:
                yield from _words(element, part)
        elif tag not in ("title", "desc"):
            yield PathPatch(_outline(tag, element), **_style(element, opacity))


def _outline(tag: str, element: ET.Element) -> Path:
    from matplotlib.path import Path

    def number(name: str) -> float:
        return float(element.get(name, "0"))

    if tag == "circle":
        return Path.circle((number("cx"), number("cy")), number("r"))
    if tag == "polygon":
        corners = [tuple(map(float, pair.split(","))) for pair in element.attrib["points"].split()]
        return Path([*corners, corners[0]], closed=True)
    if tag == "path":
        return _moved(_path(element.attrib["d"]), element.get("transform", ""))
    x, y, across, down = (number(name) for name in ("x", "y", "width", "height"))
    r = min(number("rx"), across / 2, down / 2)
    return _path(
        f"M{x + r},{y}H{x + across - r}A{r},{r} 0 0 1 {x + across},{y + r}V{y + down - r}"
        f"A{r},{r} 0 0 1 {x + across - r},{y + down}H{x + r}A{r},{r} 0 0 1 {x},{y + down - r}"
        f"V{y + r}A{r},{r} 0 0 1 {x + r},{y}Z"
        if r
        else f"M{x},{y}h{across}v{down}h{-across}Z"
    )


def _path(data: str) -> Path:
    """Return SVG path data as a path of matplotlib; fontTools, which it needs, reads it."""
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path
    from matplotlib.path import Path

    pen = RecordingPen()
    parse_path(data, pen)
    codes = {"moveTo": Path.MOVETO, "lineTo": Path.LINETO, "curveTo": Path.CURVE4,
             "qCurveTo": Path.CURVE3, "closePath": Path.CLOSEPOLY}  # fmt: skip
    points: list[Any] = []
    steps: list[Any] = []
    for name, places in pen.value:
        if name in codes:  # an open path ends without a step
            places = places or (points[-1],)
            points += places
            steps += [codes[name]] * len(places)
    return Path(points, steps)


def _moved(path: Path, transform: str) -> Path:
    from matplotlib.transforms import Affine2D

    if not transform:
        return path
    move = re.fullmatch(r"translate\((\S+) (\S+)\) scale\((\S+)\)", transform)
    assert move, transform  # noqa: S101 - the only form that draw uses
    x, y, scale = map(float, move.groups())
    return path.transformed(Affine2D().scale(scale).translate(x, y))


def _style(element: ET.Element, opacity: float) -> dict[str, Any]:
    from matplotlib.colors import to_rgba

    def colour(name: str, alpha: float, default: str) -> Any:
        value = element.get(name, default)
        return "none" if value == "none" else to_rgba(value, alpha)

    dash = [float(part) * _POINT for part in element.get("stroke-dasharray", "").split()]
    return {
        "facecolor": colour("fill", opacity * float(element.get("fill-opacity", "1")), "#000"),
        "edgecolor": colour("stroke", opacity, "none"),
        "linewidth": float(element.get("stroke-width", "1")) * _POINT,
        "linestyle": (0, dash) if dash else "solid",
        "capstyle": element.get("stroke-linecap", "butt"),
        "joinstyle": element.get("stroke-linejoin", "miter"),
    }


def _words(element: ET.Element, part: ET.Element) -> Iterator[Artist]:
    """Return a line of text, after its halo if it has one.

    The halo is an outline; the text on it stays text.
    """
    from matplotlib.patheffects import Stroke
    from matplotlib.text import Text

    sides = {"start": "left", "middle": "center", "end": "right"}
    heavy = int(element.get("font-weight", "400")) >= 600
    options: dict[str, Any] = {
        "fontsize": float(element.attrib["font-size"]) * _POINT,
        "fontweight": "bold" if heavy else "normal",
        "color": element.get("fill", "#000"),
        "horizontalalignment": sides[element.get("text-anchor", "start")],
        "verticalalignment": "baseline",
        "parse_math": False,  # $ is a dollar
    }
    x, y, text = float(part.attrib["x"]), float(part.attrib["y"]), part.text or ""
    if halo := element.get("stroke"):
        thick = float(element.get("stroke-width", "1")) * _POINT
        outline = Stroke(linewidth=thick, foreground=halo, joinstyle="round")
        yield Text(x, y, text, path_effects=[outline], **options)
    yield Text(x, y, text, **options)
