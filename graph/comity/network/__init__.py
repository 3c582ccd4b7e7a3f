"""Networks: folding, measuring, writing and drawing.

:func:`build` folds the rows of a projection into a ``networkx.MultiDiGraph``,
:func:`measure` and :func:`brokers` say who is central and who connects two
countries, :func:`write` makes files and :func:`draw` a picture.
"""

from __future__ import annotations

from comity.network.brokerage import Broker, Tie, brokers
from comity.network.metrics import METRICS, measure, simple
from comity.network.model import EdgeRow, NodeInfo, build
from comity.network.picture.svg import draw
from comity.network.writers import (
    FORMATS,
    edges_csv,
    nodes_csv,
    to_gexf,
    to_graphml,
    to_json,
    write,
)

__all__ = [
    "FORMATS",
    "METRICS",
    "Broker",
    "EdgeRow",
    "NodeInfo",
    "Tie",
    "brokers",
    "build",
    "draw",
    "edges_csv",
    "measure",
    "nodes_csv",
    "simple",
    "to_gexf",
    "to_graphml",
    "to_json",
    "write",
]
