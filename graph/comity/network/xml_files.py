"""Networks as XML: GraphML and GEXF 1.3.

NetworkX's own GEXF writer stops at version 1.2, and its GraphML writer repeats
edge ids, which GraphML forbids; both formats are small enough to write directly.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # it only writes here: nothing untrusted is parsed
from datetime import date

import networkx as nx

from comity.network.records import (
    Column,
    Value,
    columns,
    edge_records,
    header,
    node_records,
    plain_text,
    without,
)
from comity_ontology.errors import InputError

__all__ = ["to_gexf", "to_graphml"]

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}  # both have these


def to_graphml(graph: nx.MultiDiGraph[str]) -> str:
    """Return the network as GraphML.

    Each edge has its own id (``e1`` …); whether it has a direction is in the
    attribute ``directed``, because most readers refuse files that mix both in
    GraphML's own way. Empty values are left out.

    Returns
    -------
    str
        An XML document, ending in a line end.

    References
    ----------
    http://graphml.graphdrawing.org/specification.html
    """
    nodes, edges = node_records(graph), edge_records(graph)
    root = ET.Element("graphml", {"xmlns": _GRAPHML})
    body = ET.Element("graph", {"edgedefault": "directed"})
    for name, text in header(graph).items():
        if text:
            _key(root, f"g_{name}", "graph", name, "string")
            ET.SubElement(body, "data", {"key": f"g_{name}"}).text = text
    node_columns = without(columns(nodes, edges=False), "id")
    edge_columns = without(columns(edges, edges=True), "id", "source", "target", "key")
    for prefix, domain, fields in (("n", "node", node_columns), ("e", "edge", edge_columns)):
        for name, kind in fields:
            _key(root, f"{prefix}_{_token(name)}", domain, name, _TYPES[kind])
    for record in nodes:
        element = ET.SubElement(body, "node", {"id": str(record["id"])})
        _graphml_data(element, "n", record, node_columns)
    for record in edges:
        ends = {name: str(record[name]) for name in ("id", "source", "target")}
        _graphml_data(ET.SubElement(body, "edge", ends), "e", record, edge_columns)
    root.append(body)
    return _document(root)


def to_gexf(graph: nx.MultiDiGraph[str]) -> str:
    """Return the network as GEXF 1.3.

    When an edge has a date the graph is dynamic with ``timeformat="date"``
    and edges carry ``start`` and ``end``, never in the wrong order. GEXF has no
    word for a date that is not known: an edge without one of them reaches as
    far as the time line.

    Returns
    -------
    str
        An XML document that is valid by the schema of GEXF 1.3.

    Raises
    ------
    InputError
        The ``start`` or ``end`` of an edge is no ISO 8601 date.

    References
    ----------
    GEXF Working Group, *GEXF File Format 1.3*, https://gexf.net/
    """
    nodes, edges = node_records(graph), edge_records(graph)
    root = ET.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "Comity"
    title, projection = header(graph).values()
    ET.SubElement(meta, "description").text = title
    ET.SubElement(meta, "keywords").text = projection
    settings = {"defaultedgetype": "directed", "idtype": "string", "mode": "static"}
    spans = [_span(record) for record in edges]
    if any(spans):
        settings |= {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    body = ET.SubElement(root, "graph", settings)
    node_columns = without(columns(nodes, edges=False), "id", "label")
    edge_columns = without(
        columns(edges, edges=True), "id", "source", "target", "key", "weight", "start", "end"
    )
    for domain, fields in (("node", node_columns), ("edge", edge_columns)):
        declared = ET.SubElement(body, "attributes", {"class": domain, "mode": "static"})
        for number, (name, kind) in enumerate(fields):
            names = {"id": str(number), "title": name, "type": _TYPES[kind]}
            ET.SubElement(declared, "attribute", names)
    holder = ET.SubElement(body, "nodes", {"count": str(len(nodes))})
    for record in nodes:
        names = {"id": str(record["id"]), "label": str(record.get("label", record["id"]))}
        _gexf_values(ET.SubElement(holder, "node", names), record, node_columns)
    holder = ET.SubElement(body, "edges", {"count": str(len(edges))})
    for record, span in zip(edges, spans, strict=True):
        named = {name: str(record[name]) for name in ("id", "source", "target")}
        named["type"] = "directed" if record.get("directed", True) else "undirected"
        named["label"] = named["kind"] = str(record.get("kind", record["key"]))
        named["weight"] = repr(float(record.get("weight", 1.0)))
        named |= span
        _gexf_values(ET.SubElement(holder, "edge", named), record, edge_columns)
    return _document(root)


def _span(record: dict[str, Value]) -> dict[str, str]:
    """Return start and end of an edge, as far as known, the earlier first."""
    found = {name: text for name in ("start", "end") if (text := str(record.get(name, "")))}
    try:
        days = sorted(date.fromisoformat(text) for text in found.values())
    except ValueError as error:
        raise InputError(
            f"the edge {record['source']} – {record['target']} has a start or end that is no "
            f"date ({', '.join(found.values())}): write it as YYYY-MM-DD"
        ) from error
    return {name: day.isoformat() for name, day in zip(found, days, strict=True)}


def _token(name: str) -> str:
    return "".join(c if c.isalnum() or c in "_-." else "_" for c in name)


def _key(root: ET.Element, key: str, domain: str, name: str, kind: str) -> None:
    ET.SubElement(root, "key", {"id": key, "for": domain, "attr.name": name, "attr.type": kind})


def _graphml_data(
    element: ET.Element, prefix: str, record: dict[str, Value], fields: list[Column]
) -> None:
    for name, kind in fields:
        if (value := record.get(name, "")) != "":
            data = ET.SubElement(element, "data", {"key": f"{prefix}_{_token(name)}"})
            data.text = plain_text(value, kind)


def _gexf_values(element: ET.Element, record: dict[str, Value], fields: list[Column]) -> None:
    values = ET.SubElement(element, "attvalues")
    for number, (name, kind) in enumerate(fields):
        if (value := record.get(name, "")) != "":
            ET.SubElement(
                values, "attvalue", {"for": str(number), "value": plain_text(value, kind)}
            )


def _document(root: ET.Element) -> str:
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
