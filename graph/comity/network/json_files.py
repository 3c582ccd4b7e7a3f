"""Networks as JSON: node-link, Cytoscape and graphology."""

from __future__ import annotations

import json

import networkx as nx

from comity.network.records import edge_records, header, node_records

__all__ = ["to_cytoscape", "to_graphology", "to_json"]


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
        "graph": header(graph),
        "nodes": node_records(graph),
        "edges": edges,
    }
    return _document(document)


def to_cytoscape(graph: nx.MultiDiGraph[str]) -> str:
    """Return the network as Cytoscape JSON, for Cytoscape and Cytoscape.js.

    Ids are strings: IRIs for nodes, ``e1`` … for edges. Cytoscape shows
    ``name`` for nodes and ``interaction`` for edges, so the label and the kind
    stand there too. ``networkx.cytoscape_graph`` reads it back.

    Returns
    -------
    str
        An object with ``data`` about the network and ``elements``.

    References
    ----------
    Cytoscape.js, *Elements JSON*, https://js.cytoscape.org/#notation/elements-json
    """
    nodes = [
        {"data": record | {"name": record.get("label", record["id"]), "value": record["id"]}}
        for record in node_records(graph)
    ]
    edges = [
        {"data": record | {"interaction": record.get("kind", record["key"])}}
        for record in edge_records(graph)
    ]
    about = header(graph)
    document = {
        "format_version": "1.0",
        "generated_by": "Comity",
        "target_cytoscapejs_version": "~2.1",
        "directed": True,
        "multigraph": True,
        "data": about | {"name": about["title"]},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return _document(document)


def to_graphology(graph: nx.MultiDiGraph[str]) -> str:
    """Return the network as graphology's JSON, for graphology and sigma.js.

    ``Graph.from(JSON.parse(text))`` reads it. The graph is mixed: an edge
    without direction says ``"undirected": true``.

    Returns
    -------
    str
        An object with ``attributes``, ``options``, ``nodes`` and ``edges``.

    References
    ----------
    graphology, *Serialization*, https://graphology.github.io/serialization
    """
    nodes = [{"key": r.pop("id"), "attributes": r} for r in node_records(graph)]
    edges = []
    for record in edge_records(graph):
        edge = {"key": record.pop("id")}
        edge |= {name: record.pop(name) for name in ("source", "target")}
        if not record.get("directed", True):
            edge["undirected"] = True
        edges.append(edge | {"attributes": record})
    document = {
        "attributes": header(graph),
        "options": {"type": "mixed", "multi": True, "allowSelfLoops": True},
        "nodes": nodes,
        "edges": edges,
    }
    return _document(document)


def _document(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
