"""Networks as tables: CSV for spreadsheets and statistics.

Text that a spreadsheet would run as a formula is defused, see
:func:`comity.results.safe.defused`; numbers stay numbers, also negative ones.
"""

from __future__ import annotations

import csv
import io

import networkx as nx

from comity.network.records import (
    Column,
    Value,
    columns,
    edge_records,
    node_records,
    plain_text,
    without,
)
from comity.results.safe import defused

__all__ = ["edges_csv", "nodes_csv"]


def nodes_csv(graph: nx.MultiDiGraph[str]) -> str:
    """Return the nodes as CSV with a header; see :func:`edges_csv`."""
    records = node_records(graph)
    return _csv(records, columns(records, edges=False) or [("id", str)])


def edges_csv(graph: nx.MultiDiGraph[str]) -> str:
    """Return the edges as CSV with a header.

    There is one header, also where there are no edges. Lines end as RFC 4180
    says.
    """
    records = edge_records(graph)
    fields = columns(records, edges=True) or [("source", str), ("target", str), ("kind", str)]
    return _csv(records, without(fields, "id", "key"))


def _csv(records: list[dict[str, Value]], fields: list[Column]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _ in fields])
    for record in records:
        writer.writerow([_cell(record.get(name, ""), kind) for name, kind in fields])
    return out.getvalue()


def _cell(value: Value, kind: type) -> str:
    return defused(value) if isinstance(value, str) else plain_text(value, kind)
