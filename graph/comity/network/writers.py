"""Write a network as GraphML, GEXF 1.3, CSV or JSON.

All of them hold the same columns (:mod:`comity.network.records`), in the same
sorted order: writing twice gives the same bytes. NetworkX's own GEXF writer
stops at version 1.2, and its GraphML writer repeats edge ids, which GraphML
forbids; both formats are small enough to write directly.
"""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET  # it only writes here: nothing untrusted is parsed
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import networkx as nx

from comity.network.picture.svg import draw
from comity.network.records import Column, Value, clean, columns, edge_records, node_records
from comity_ontology.errors import InputError, ParameterError

__all__ = ["FORMATS", "edges_csv", "nodes_csv", "to_gexf", "to_graphml", "to_json", "write"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "graphml": "GraphML, for Gephi, Cytoscape, igraph and NetworkX",
        "gexf": "GEXF 1.3 with start and end of edges, for Gephi",
        "csv": "two tables: nodes and edges",
        "json": "node-link JSON, for D3 and NetworkX",
        "svg": "a picture",
    }
)

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_GRAPHML_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_GEXF_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
# Spreadsheets read a cell that starts like this as a formula (OWASP, CSV injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


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
    header = {name: text for name, text in _header(graph).items() if text}
    for name in header:
        _key(root, f"g_{name}", "graph", name, "string")
        ET.SubElement(body, "data", {"key": f"g_{name}"}).text = header[name]
    node_columns = _without(columns(nodes, edges=False), "id")
    edge_columns = _without(columns(edges, edges=True), "id", "source", "target", "key")
    for prefix, domain, fields in (("n", "node", node_columns), ("e", "edge", edge_columns)):
        for name, kind in fields:
            _key(root, f"{prefix}_{_token(name)}", domain, name, _GRAPHML_TYPES[kind])
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
    and edges carry ``start`` and ``end``. GEXF has no word for a date that is
    not known: an edge without one of them reaches as far as the time line.

    Returns
    -------
    str
        An XML document that is valid by the schema of GEXF 1.3.

    References
    ----------
    GEXF Working Group, *GEXF File Format 1.3*, https://gexf.net/
    """
    nodes, edges = node_records(graph), edge_records(graph)
    root = ET.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "Comity"
    title, projection = _header(graph).values()
    ET.SubElement(meta, "description").text = title
    ET.SubElement(meta, "keywords").text = projection
    settings = {"defaultedgetype": "directed", "idtype": "string", "mode": "static"}
    if any(record.get("start") or record.get("end") for record in edges):
        settings |= {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    body = ET.SubElement(root, "graph", settings)
    node_columns = _without(columns(nodes, edges=False), "id", "label")
    edge_columns = _without(
        columns(edges, edges=True), "id", "source", "target", "key", "weight", "start", "end"
    )
    for domain, fields in (("node", node_columns), ("edge", edge_columns)):
        declared = ET.SubElement(body, "attributes", {"class": domain, "mode": "static"})
        for number, (name, kind) in enumerate(fields):
            names = {"id": str(number), "title": name, "type": _GEXF_TYPES[kind]}
            ET.SubElement(declared, "attribute", names)
    holder = ET.SubElement(body, "nodes", {"count": str(len(nodes))})
    for record in nodes:
        names = {"id": str(record["id"]), "label": str(record.get("label", record["id"]))}
        _gexf_values(ET.SubElement(holder, "node", names), record, node_columns)
    holder = ET.SubElement(body, "edges", {"count": str(len(edges))})
    for record in edges:
        named = {name: str(record[name]) for name in ("id", "source", "target")}
        named["type"] = "directed" if record.get("directed", True) else "undirected"
        named["label"] = named["kind"] = str(record.get("kind", record["key"]))
        named["weight"] = repr(float(record.get("weight", 1.0)))
        named |= {name: str(record[name]) for name in ("start", "end") if record.get(name)}
        _gexf_values(ET.SubElement(holder, "edge", named), record, edge_columns)
    return _document(root)


def to_json(graph: nx.MultiDiGraph[str]) -> str:
    """Return the network as node-link JSON.

    ``networkx.node_link_graph(json.loads(text), edges="edges")`` reads it back.

    Returns
    -------
    str
        An object with ``directed``, ``multigraph``, ``graph``, ``nodes``, ``edges``.
    """
    # Edge ids only number the lines of this file, and would come back as an attribute.
    edges = [{k: v for k, v in r.items() if k != "id"} for r in edge_records(graph)]
    document = {
        "directed": True,
        "multigraph": True,
        "graph": _header(graph),
        "nodes": node_records(graph),
        "edges": edges,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def nodes_csv(graph: nx.MultiDiGraph[str]) -> str:
    """Return the nodes as CSV with a header; see :func:`edges_csv`."""
    records = node_records(graph)
    return _csv(records, columns(records, edges=False) or [("id", str)])


def edges_csv(graph: nx.MultiDiGraph[str]) -> str:
    """Return the edges as CSV with a header.

    Text that a spreadsheet would run as a formula (it starts with one of
    ``= + - @`` or a tab or line end) gets an apostrophe before it. Lines end
    as RFC 4180 says.
    """
    records = edge_records(graph)
    fields = columns(records, edges=True) or [("source", str), ("target", str), ("kind", str)]
    return _csv(records, _without(fields, "id", "key"))


def write(
    graph: nx.MultiDiGraph[str],
    path: Path | str,
    *,
    format: str = "",  # noqa: A002 - the name that the command has
    countries: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Write a network to a file.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The network, as :func:`comity.network.build` makes it.
    path : Path or str
        Where to. CSV makes two files: ``x.csv`` gives ``x.nodes.csv`` and ``x.edges.csv``.
    format : str
        One of :data:`FORMATS`; by default the suffix of the path.
    countries : mapping of str to str, optional
        Names of countries by code, for the picture.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ParameterError
        The format is not known.
    InputError
        A file cannot be written.
    """
    if (path := Path(path)).name in ("", ".."):
        raise InputError(f"cannot write {str(path)!r}, which is a folder: name a file in it")
    name = (format or path.suffix.removeprefix(".")).casefold()
    if name == "csv":
        texts = {
            path.with_suffix(".nodes.csv"): nodes_csv(graph),
            path.with_suffix(".edges.csv"): edges_csv(graph),
        }
    elif name == "svg":
        texts = {path: draw(graph, title=_header(graph)["title"], countries=countries)}
    elif name in FORMATS:
        maker = {"graphml": to_graphml, "gexf": to_gexf, "json": to_json}[name]
        texts = {path: maker(graph)}
    else:
        raise ParameterError(
            f"networks cannot be written as {name or 'a file without suffix'!r}: "
            f"choose one of {', '.join(FORMATS)}"
        )
    for file, text in texts.items():
        try:
            file.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise InputError(f"cannot write {file}: {error.strerror or error}") from error
    return tuple(texts)


def _header(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    return {name: clean(str(graph.graph.get(name, ""))) for name in ("title", "projection")}


def _without(fields: list[Column], *names: str) -> list[Column]:
    return [field for field in fields if field[0] not in names]


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
            data.text = _text(value, kind)


def _gexf_values(element: ET.Element, record: dict[str, Value], fields: list[Column]) -> None:
    values = ET.SubElement(element, "attvalues")
    for number, (name, kind) in enumerate(fields):
        if (value := record.get(name, "")) != "":
            ET.SubElement(values, "attvalue", {"for": str(number), "value": _text(value, kind)})


def _text(value: Value, kind: type) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(float(value)) if kind is float else str(value)


def _document(root: ET.Element) -> str:
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _csv(records: list[dict[str, Value]], fields: list[Column]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _ in fields])
    for record in records:
        writer.writerow([_cell(record.get(name, ""), kind) for name, kind in fields])
    return out.getvalue()


def _cell(value: Value, kind: type) -> str:
    if not isinstance(value, str):
        return _text(value, kind)
    return "'" + value if value.lstrip(" ").startswith(_FORMULA) else value
