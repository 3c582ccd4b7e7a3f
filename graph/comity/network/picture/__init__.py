"""The picture of a network: where things stand, what they are called, and the SVG."""

from __future__ import annotations

from comity.network.picture.svg import draw

__all__ = ["draw"]
