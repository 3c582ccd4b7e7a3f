"""Networks: folding, measuring, writing and drawing.

:func:`build` folds the rows of a projection into a ``networkx.MultiDiGraph``,
:func:`measure` and :func:`brokers` say who is central and who connects two
countries, :func:`write` makes files and :func:`draw` a picture, which :func:`paint`
turns into PNG or PDF.
"""

from __future__ import annotations

from comity.network.brokerage import Broker, Tie, brokers
from comity.network.json_files import to_cytoscape, to_graphology, to_json
from comity.network.metrics import METRICS, measure, simple
from comity.network.model import EdgeRow, NodeInfo, build
from comity.network.picture.figure import paint
from comity.network.picture.svg import draw
from comity.network.tables import edges_csv, nodes_csv
from comity.network.writers import FORMATS, dump, output_format, write
from comity.network.xml_files import to_gexf, to_graphml

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
    "dump",
    "edges_csv",
    "measure",
    "nodes_csv",
    "output_format",
    "paint",
    "simple",
    "to_cytoscape",
    "to_gexf",
    "to_graphml",
    "to_graphology",
    "to_json",
    "write",
]
