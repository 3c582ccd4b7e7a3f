"""Measures of a network: who is central, and who connects two countries.

All of them are computed on the simple, undirected, weighted graph that
:func:`simple` folds from the network: weights of parallel edges add up,
direction is dropped, loops are left out. Where a measure walks paths, the
length of a tie is 1 / weight, so that strong ties are short [1]_.

References
----------
.. [1] M. E. J. Newman (2001). Scientific collaboration networks. II. Shortest
   paths, weighted networks, and centrality. Physical Review E 64, 016132.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import networkx as nx

from comity_ontology.errors import ParameterError
from comity_queries.nearest import nearest

__all__ = ["EXACT_NODES", "METRICS", "SAMPLED_SOURCES", "betweenness", "measure", "simple"]

EXACT_NODES = 500
"""Up to this many nodes betweenness is exact."""
SAMPLED_SOURCES = 200
"""Beyond, shortest paths are counted from this many nodes, drawn with a fixed seed."""
_SEED = 20190514
# With whole numbers as weights path lengths are whole numbers too, and ties between
# paths are exact; beyond this size a float could no longer tell them apart.
_LARGEST_SCALE = 2**40

Values = dict[str, float] | dict[str, int]


def simple(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return the simple undirected weighted graph of a network.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A network of :func:`comity.network.build`.

    Returns
    -------
    networkx.Graph
        Nodes with their attributes, in sorted order; edges with ``weight``
        and ``distance`` (1 / weight). Kinds overlap, as host and guest are
        also in the same event, so a pair weighs as much as its strongest
        kind; the two directions of one kind are added.
    """
    kinds: dict[tuple[str, str], dict[str, list[float]]] = {}
    for source, target, data in graph.edges(data=True):
        if source != target:
            pair = (min(source, target), max(source, target))
            weight = float(data.get("weight", 1.0))
            kinds.setdefault(pair, {}).setdefault(str(data.get("kind", "")), []).append(weight)
    folded: nx.Graph[str] = nx.Graph()
    folded.add_nodes_from(sorted(graph.nodes(data=True), key=lambda item: item[0]))
    for (source, target), parts in sorted(kinds.items()):
        weight = max(map(math.fsum, parts.values()))
        folded.add_edge(source, target, weight=weight, distance=1 / weight)
    return folded


def measure(graph: nx.MultiDiGraph[str], names: Sequence[str]) -> Mapping[str, Values]:
    """Compute measures and keep them as node attributes.

    ===================  ===========================  ===============================
    name                 node attributes              meaning
    ===================  ===========================  ===============================
    degree               degree                       number of different neighbours
    weighted-degree      weighted_degree              sum of the weights of ties,
                                                      also called strength
    betweenness          betweenness                  share of the shortest paths
                                                      between others that pass here,
                                                      0 to 1 [1]_ [2]_
    closeness            closeness                    reachable nodes per length of
                                                      the paths to them, scaled by the
                                                      share that is reachable [3]_
    pagerank             pagerank                     PageRank, damping 0.85 [4]_
    cross-border         cross_border,                number and weight of ties to
                         cross_border_weight          nodes of another country; nodes
                                                      without country count as none
    components           component,                   number of the node's component
                         component_size               (1 = largest) and its size
    ===================  ===========================  ===============================

    Up to :data:`EXACT_NODES` nodes betweenness is exact; beyond, it is
    estimated from :data:`SAMPLED_SOURCES` nodes, drawn with a fixed seed [5]_.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A network; its nodes get the attributes of the table.
    names : sequence of str
        Names of measures.

    Returns
    -------
    mapping of str to dict
        For each attribute, in the order asked, the value of each node.

    Raises
    ------
    ParameterError
        A measure does not exist; nothing has been computed.

    References
    ----------
    .. [1] L. C. Freeman (1977). A set of measures of centrality based on
       betweenness. Sociometry 40, 35-41.
    .. [2] U. Brandes (2001). A faster algorithm for betweenness centrality.
       Journal of Mathematical Sociology 25, 163-177.
    .. [3] S. Wasserman, K. Faust (1994). Social Network Analysis, p. 201.
    .. [4] S. Brin, L. Page (1998). The anatomy of a large-scale hypertextual
       Web search engine. Computer Networks 30, 107-117.
    .. [5] U. Brandes, C. Pich (2007). Centrality estimation in large networks.
       International Journal of Bifurcation and Chaos 17, 2303-2318.
    """
    for name in names:
        if name not in METRICS:
            asked = name.casefold().replace("_", "-")
            raise ParameterError(f"there is no measure {name!r}{nearest(asked, METRICS)}")
    folded = simple(graph)
    found: dict[str, Values] = {}
    for name in names:
        found |= METRICS[name](folded)
    for attribute, values in found.items():
        nx.set_node_attributes(graph, values, attribute)
    return found


def betweenness(folded: nx.Graph[str]) -> dict[str, float]:
    """Return the betweenness of each node of a simple graph; see :func:`measure`."""
    number = folded.number_of_nodes()
    sources = None if number <= EXACT_NODES else SAMPLED_SOURCES
    lengths, _ = _lengths(folded)
    return dict(nx.betweenness_centrality(lengths, k=sources, weight="length", seed=_SEED))


def _lengths(folded: nx.Graph[str]) -> tuple[nx.Graph[str], int]:
    """Return the graph with edge ``length`` = scale / weight, and the scale."""
    weights = {float(data["weight"]) for *_, data in folded.edges(data=True)}
    scale = 1
    if all(weight.is_integer() for weight in weights):
        scale = math.lcm(*(int(weight) for weight in weights))
        scale = scale if scale <= _LARGEST_SCALE else 1
    lengths: nx.Graph[str] = nx.Graph()
    lengths.add_nodes_from(folded)
    for source, target, data in folded.edges(data=True):
        length = scale / data["weight"]
        lengths.add_edge(source, target, length=int(length) if scale > 1 else length)
    return lengths, scale


def _closeness(folded: nx.Graph[str]) -> Mapping[str, Values]:
    lengths, scale = _lengths(folded)
    values = nx.closeness_centrality(lengths, distance="length")
    return {"closeness": {node: value * scale for node, value in values.items()}}


def _degree(folded: nx.Graph[str]) -> Mapping[str, Values]:
    return {"degree": {node: int(value) for node, value in folded.degree()}}


def _strength(folded: nx.Graph[str]) -> Mapping[str, Values]:
    return {
        "weighted_degree": {
            node: math.fsum(data["weight"] for data in folded[node].values()) for node in folded
        }
    }


def _pagerank(folded: nx.Graph[str]) -> Mapping[str, Values]:
    return {"pagerank": dict(nx.pagerank(folded, alpha=0.85, weight="weight"))}


def _cross_border(folded: nx.Graph[str]) -> Mapping[str, Values]:
    country = {node: data.get("country", "") for node, data in folded.nodes(data=True)}
    abroad = {
        node: [
            data["weight"]
            for other, data in folded[node].items()
            if country[node] and country[other] and country[node] != country[other]
        ]
        for node in folded
    }
    return {
        "cross_border": {node: len(ties) for node, ties in abroad.items()},
        "cross_border_weight": {node: math.fsum(ties) for node, ties in abroad.items()},
    }


def _components(folded: nx.Graph[str]) -> Mapping[str, Values]:
    parts = sorted(nx.connected_components(folded), key=lambda part: (-len(part), min(part)))
    return {
        "component": {node: number for number, part in enumerate(parts, 1) for node in part},
        "component_size": {node: len(part) for part in parts for node in part},
    }


METRICS: Mapping[str, Callable[[nx.Graph[str]], Mapping[str, Values]]] = MappingProxyType(
    {
        "degree": _degree,
        "weighted-degree": _strength,
        "betweenness": lambda folded: {"betweenness": betweenness(folded)},
        "closeness": _closeness,
        "pagerank": _pagerank,
        "cross-border": _cross_border,
        "components": _components,
    }
)
"""The measures by name; see :func:`measure`."""
