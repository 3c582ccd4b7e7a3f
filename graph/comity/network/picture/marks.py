"""Colours, shapes and strokes of a picture.

Countries have the colours of Okabe and Ito [1]_, edges those of Tol's muted
scheme [2]_: both are told apart by readers with any common colour vision. No
meaning hangs on colour alone: countries have places, kinds have shapes or dashes.

References
----------
.. [1] M. Okabe, K. Ito (2008). Color Universal Design. https://jfly.uni-koeln.de/color/
.. [2] P. Tol (2021). Colour Schemes. SRON/EPS/TN/09-002, issue 3.2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from comity.network.picture.curves import Point
from comity.network.picture.panels import Box

__all__ = [
    "COUNTRIES",
    "NEUTRAL",
    "Stroke",
    "darker",
    "node_box",
    "node_mark",
    "outside",
    "strokes",
]

COUNTRIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
NEUTRAL = "#6B7580"


@dataclass(frozen=True, slots=True)
class Stroke:
    """Colour and dashes of a kind of edge; an empty ``dash`` is a full line."""

    colour: str
    dash: str = ""


_KNOWN: Mapping[str, Stroke] = MappingProxyType(
    {
        "joint-agreement": Stroke("#332288"),
        "co-signature": Stroke("#332288", "9 5"),
        "host-guest": Stroke("#882255"),
        "same-event": Stroke("#117733", "0.1 6.5"),
        "implements": Stroke("#AA4499", "10 4 2 4"),
        "succession": Stroke("#7A6A00", "4 4"),
        "amends": Stroke("#1B7F79"),
        "extends": Stroke("#3D6C9E", "9 5"),
        "supersedes": Stroke("#8C4A5B"),
        "terminates": Stroke("#444444", "0.1 6.5"),
        "annex-to": Stroke("#7A6A00", "4 4"),
        "joint-act": Stroke("#AA4499", "9 5"),
        "party-act": Stroke("#1B7F79"),
        "tenure": Stroke("#66717C", "5 4"),
        "holds": Stroke("#AA4499"),
        "post-in": Stroke("#66717C", "5 4"),
    }
)
_COLOURS = ("#AA4499", "#1B7F79", "#7A6A00", "#8C4A5B", "#3D6C9E", "#444444")
_DASHES = ("", "9 5", "10 4 2 4", "4 4", "0.1 6.5", "14 6")


def strokes(kinds: Iterable[str]) -> dict[str, Stroke]:
    """Return a stroke for each kind; the same set of kinds gets the same strokes.

    Examples
    --------
    >>> strokes(["tenure"])
    {'tenure': Stroke(colour='#66717C', dash='5 4')}
    """
    found: dict[str, Stroke] = {}
    unknown = 0
    for kind in sorted(set(kinds)):
        if kind in _KNOWN:
            found[kind] = _KNOWN[kind]
        else:
            turn = unknown // len(_COLOURS)
            colour = _COLOURS[unknown % len(_COLOURS)]
            found[kind] = Stroke(colour, _DASHES[(unknown + turn) % len(_DASHES)])
            unknown += 1
    return found


def darker(colour: str) -> str:
    """Return a colour dark enough for words on white.

    Examples
    --------
    >>> darker("#FF8000")
    '#a85400'
    """
    return "#" + "".join(f"{int(int(colour[i : i + 2], 16) * 0.66):02x}" for i in (1, 3, 5))


def node_box(centre: Point, radius: float) -> Box:
    """Return the box around a node."""
    x, y = centre
    return x - radius, y - radius, x + radius, y + radius


def outside(point: Point, kind: str, centre: Point, radius: float) -> bool:
    """Return whether a point is outside the shape of a node."""
    dx, dy = abs(point[0] - centre[0]), abs(point[1] - centre[1])
    if kind == "agency":
        corner = radius * 0.36
        if max(dx, dy) >= radius:
            return True
        if min(dx, dy) > radius - corner:
            return math.hypot(dx - radius + corner, dy - radius + corner) >= corner
        return False
    if kind == "place":
        return dx + dy >= radius * 1.1
    return math.hypot(dx, dy) >= radius


def node_mark(kind: str, centre: Point, radius: float, colour: str, *, icon: bool = True) -> str:
    """Return a node as SVG: a shape by kind, with a small white sign in it.

    Agencies are rounded squares with a portico, people are circles with head
    and shoulders, countries are hexagons with a flag, agreements are sheets with
    lines, posts are shields, places are diamonds; anything else is a plain circle.
    """
    x, y = centre
    r = radius
    style = f'fill="{colour}" stroke="#fff" stroke-width="{min(2.5, r * 0.2):.1f}"'
    if kind == "agency":
        shape = (
            f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" '
            f'rx="{r * 0.36:.1f}" {style}/>'
        )
    elif kind == "country":
        corners = [
            (x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a)))
            for a in range(0, 360, 60)
        ]
        shape = f'<polygon points="{_points(corners)}" stroke-linejoin="round" {style}/>'
    elif kind == "agreement":
        corners = [(x - 0.78 * r, y - r), (x + 0.28 * r, y - r), (x + 0.78 * r, y - 0.5 * r),
                   (x + 0.78 * r, y + r), (x - 0.78 * r, y + r)]  # fmt: skip
        shape = f'<polygon points="{_points(corners)}" stroke-linejoin="round" {style}/>'
    elif kind == "post":
        d = 0.9 * r
        corners = [(x - d, y - d), (x + d, y - d), (x + d, y + 0.25 * r), (x, y + r),
                   (x - d, y + 0.25 * r)]  # fmt: skip
        shape = f'<polygon points="{_points(corners)}" stroke-linejoin="round" {style}/>'
    elif kind == "place":
        d = r * 1.1
        corners = [(x, y - d), (x + d, y), (x, y + d), (x - d, y)]
        shape = f'<polygon points="{_points(corners)}" stroke-linejoin="round" {style}/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {style}/>'
    sign = _SIGNS.get(kind) if icon else None
    if sign is None:
        return shape
    move = f"translate({x:.1f} {y:.1f}) scale({r / 20:.3f})"
    return f'{shape}<path transform="{move}" d="{sign}" fill="#fff"/>'


def _points(corners: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


# Drawn for a node of radius 20 around 0,0.
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "agency": (
            "M0,-12L12,-5.5V-3H-12V-5.5Z"
            "M-9.5,-1.2H-6.1V6H-9.5ZM-1.7,-1.2H1.7V6H-1.7ZM6.1,-1.2H9.5V6H6.1Z"
            "M-12,7.6H12V10.6H-12Z"
        ),
        "person": (
            "M0,-11.5A5.2,5.2 0 1 1 0,-1.1A5.2,5.2 0 1 1 0,-11.5Z"
            "M-9.6,11C-9.6,4.4 -5.6,1 0,1C5.6,1 9.6,4.4 9.6,11Z"
        ),
        "agreement": "M-9,-6.5H3.5V-4.3H-9ZM-9,-1.1H9V1.1H-9ZM-9,4.3H9V6.5H-9ZM-9,9.7H3V11.9H-9Z",
        "post": "M-9,-9.5H9V-7H-9ZM0,-3.5A4.6,4.6 0 1 1 0,5.7A4.6,4.6 0 1 1 0,-3.5Z",
        "country": "M-7,-10.5H-4.8V11H-7ZM-4,-10C0,-12.5 4,-7.5 9,-10V0.5C4,3 0,-2 -4,0.5Z",
    }
)
