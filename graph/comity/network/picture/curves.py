"""Edges as cubic Bézier curves: how they bend, where they begin and end."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Curve", "Point", "arrow", "bend", "loop", "trim"]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve by its four points."""

    a: Point
    b: Point
    c: Point
    d: Point

    def at(self, t: float) -> Point:
        """Return the point at ``t`` from 0 to 1."""
        s = 1 - t
        k = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        parts = self.a, self.b, self.c, self.d
        return (
            sum(w * p[0] for w, p in zip(k, parts, strict=True)),
            sum(w * p[1] for w, p in zip(k, parts, strict=True)),
        )

    def part(self, start: float, end: float) -> Curve:
        """Return the part between two values of ``t`` (de Casteljau)."""
        later = self._split(start)[1]
        return later._split((end - start) / (1 - start) if start < 1 else 1.0)[0]

    def _split(self, t: float) -> tuple[Curve, Curve]:
        ab, bc, cd = _mix(self.a, self.b, t), _mix(self.b, self.c, t), _mix(self.c, self.d, t)
        abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
        middle = _mix(abc, bcd, t)
        return Curve(self.a, ab, abc, middle), Curve(middle, bcd, cd, self.d)

    def path(self) -> str:
        """Return the curve as SVG path data."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.a, self.b, self.c, self.d
        return f"M{ax:.1f},{ay:.1f}C{bx:.1f},{by:.1f} {cx:.1f},{cy:.1f} {dx:.1f},{dy:.1f}"

    def samples(self, count: int = 24) -> list[Point]:
        """Return points along the curve, both ends included."""
        return [self.at(number / (count - 1)) for number in range(count)]


def _mix(p: Point, q: Point, t: float) -> Point:
    return p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t


def bend(start: Point, end: Point, offset: float, *, across: bool) -> Curve:
    """Return a curve between two points.

    Parameters
    ----------
    start, end : tuple of float
        Its ends.
    offset : float
        How far it bends to the side: parallel edges get different offsets.
    across : bool
        Whether it crosses a border: then it leaves and arrives horizontally.
    """
    (x0, y0), (x1, y1) = start, end
    if across and abs(x1 - x0) > 60:
        reach = (x1 - x0) * 0.42
        return Curve(start, (x0 + reach, y0 + offset), (x1 - reach, y1 + offset), end)
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    nx, ny = -(y1 - y0) / length, (x1 - x0) / length
    one, two = _mix(start, end, 0.3), _mix(start, end, 0.7)
    push = offset * 4 / 3
    return Curve(
        start,
        (one[0] + nx * push, one[1] + ny * push),
        (two[0] + nx * push, two[1] + ny * push),
        end,
    )


def loop(centre: Point, radius: float, number: int) -> Curve:
    """Return a loop above a node; further ones are larger."""
    x, y = centre
    reach = radius * 2.6 + 12 * number
    return Curve(centre, (x - reach, y - reach * 1.4), (x + reach, y - reach * 1.4), centre)


def trim(
    curve: Curve, outside_start: Callable[[Point], bool], outside_end: Callable[[Point], bool]
) -> Curve:
    """Return the part of a curve that is outside the shapes of its two nodes."""
    steps = 200
    start = next((i for i in range(steps // 2) if outside_start(curve.at(i / steps))), 0)
    end = next((i for i in range(steps, steps // 2, -1) if outside_end(curve.at(i / steps))), steps)
    return curve.part(start / steps, end / steps)


def arrow(curve: Curve, size: float) -> str:
    """Return an arrow head at the end of a curve as SVG path data."""
    x, y = curve.d
    back = next(
        (p for p in (curve.at(1 - i / 50) for i in range(1, 51)) if math.dist(p, curve.d) >= size),
        curve.a,
    )
    length = math.dist(back, curve.d) or 1.0
    ux, uy = (x - back[0]) / length, (y - back[1]) / length
    bx, by, half = x - ux * size, y - uy * size, size * 0.46
    return (
        f"M{x:.1f},{y:.1f}L{bx - uy * half:.1f},{by + ux * half:.1f}"
        f"L{bx + ux * size * 0.22:.1f},{by + uy * size * 0.22:.1f}"
        f"L{bx + uy * half:.1f},{by - ux * half:.1f}Z"
    )
