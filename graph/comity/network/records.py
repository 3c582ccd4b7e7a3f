"""A network as two tables of plain values: what all writers share.

Columns, their order and their types are settled here once, so that a value
is the same in every format.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

import networkx as nx

from comity_ontology.errors import InputError

__all__ = [
    "Column",
    "Value",
    "clean",
    "columns",
    "edge_records",
    "header",
    "node_records",
    "plain_text",
    "without",
]

Value = str | int | float | bool
Column = tuple[str, type[bool] | type[int] | type[float] | type[str]]

_NODE_FIRST = ("id", "label", "kind", "country")
_EDGE_FIRST = ("id", "source", "target", "key", "kind", "directed", "weight", "count", "start",
               "end", "answer", "via", "via_label", "evidence_count", "evidence")  # fmt: skip

# XML 1.0, section 2.2 (Char): these may not occur, not even as references.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return text that every format can hold.

    Characters that XML 1.0 forbids (and DEL) become U+FFFD, so that one still
    sees that something stood there; line ends become ``\n``.

    Examples
    --------
    >>> clean("a\x00b\r\nc")
    'a�b\nc'
    """
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def node_records(graph: nx.MultiDiGraph[str]) -> list[dict[str, Value]]:
    """Return one record per node, sorted by IRI; ``id`` is the IRI."""
    return [{"id": clean(node), **_plain(graph.nodes[node])} for node in sorted(graph.nodes)]


def edge_records(graph: nx.MultiDiGraph[str]) -> list[dict[str, Value]]:
    """Return one record per edge, sorted by source, target and key.

    Records have ``id`` (``e1``, ``e2``, …), ``source``, ``target`` and ``key``
    before the edge's own attributes.
    """
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    return [
        {
            "id": f"e{number}",
            "source": clean(source),
            "target": clean(target),
            "key": clean(str(key)),
            **_plain(data),
        }
        for number, (source, target, key, data) in enumerate(edges, 1)
    ]


def columns(records: Sequence[dict[str, Value]], *, edges: bool) -> list[Column]:
    """Return names and types of the columns of some records.

    The documented columns come first in their order, others follow by name.
    A column of mixed numbers is float, any other mixture is str.
    """
    first = _EDGE_FIRST if edges else _NODE_FIRST
    names = {name for record in records for name in record}
    order = [name for name in first if name in names]
    order += sorted(names.difference(first))
    return [(name, _common(type(r[name]) for r in records if name in r)) for name in order]


def without(fields: Sequence[Column], *names: str) -> list[Column]:
    """Return columns without some."""
    return [field for field in fields if field[0] not in names]


def header(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return title and projection of a network."""
    return {name: clean(str(graph.graph.get(name, ""))) for name in ("title", "projection")}


def plain_text(value: Value, kind: type) -> str:
    """Return a value of a column as text: ``true`` and ``false``, floats with a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(float(value)) if kind is float else str(value)


def _common(kinds: Iterable[type]) -> type[bool] | type[int] | type[float] | type[str]:
    found = set(kinds)
    if found == {bool}:
        return bool
    if found == {int}:
        return int
    if found <= {int, float}:
        return float
    return str


def _plain(data: dict[str, object]) -> dict[str, Value]:
    plain: dict[str, Value] = {}
    for name, value in sorted(data.items()):
        if value is None:
            continue
        if isinstance(value, bool | int | float):
            if not math.isfinite(value):
                raise InputError(f"the attribute {name!r} is {value}: a file needs finite numbers")
            plain[name] = value
        elif isinstance(value, list | tuple | set | frozenset):
            plain[name] = clean(" ".join(str(item) for item in value))
        else:
            plain[name] = clean(str(value))
    return plain
