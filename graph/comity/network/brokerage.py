"""Who connects two countries."""

from __future__ import annotations

import math
from dataclasses import dataclass

import networkx as nx

from comity.network.metrics import betweenness, simple
from comity_ontology.errors import ParameterError
from comity_queries.nearest import nearest

__all__ = ["Broker", "Tie", "brokers"]


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie of a broker to a node of the other country.

    ``iri``, ``label`` and ``country`` are the other node's; ``kinds`` and
    ``evidence`` are sorted, ``weight`` is summed over the parallel edges.
    """

    iri: str
    label: str
    country: str
    weight: float
    kinds: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broker:
    """A node that connects two countries.

    Parameters
    ----------
    iri, label, kind, country : str
        The node.
    strength : float
        Cross-border strength, by which brokers are ranked.
    betweenness : float
        Betweenness in the whole network, which decides between equal strengths.
    ties : tuple of Tie
        Its ties that cross the border, strongest first.
    evidence : tuple of str
        The passages that prove these ties, sorted.
    """

    iri: str
    label: str
    kind: str
    country: str
    strength: float
    betweenness: float
    ties: tuple[Tie, ...]
    evidence: tuple[str, ...]


def brokers(graph: nx.MultiDiGraph[str], country_a: str, country_b: str) -> list[Broker]:
    """Return who connects two countries, strongest first.

    A node of one of the two countries is a broker when it has a tie to the
    other; its strength is the weight of those ties. A node of neither is one
    when it has ties to both; its strength is the weight of its weaker side,
    since no more than that can pass through it. Equal strengths are ranked by
    betweenness [1]_ on the undirected weighted graph, then by label and IRI.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A network of :func:`comity.network.build`.
    country_a, country_b : str
        Two values of the node attribute ``country``; case is ignored.

    Returns
    -------
    list of Broker
        Empty when nothing connects the two.

    Raises
    ------
    ParameterError
        A country has no node in the network, or both are the same.

    References
    ----------
    .. [1] L. C. Freeman (1977). A set of measures of centrality based on
       betweenness. Sociometry 40, 35-41.
    """
    one, two = _country(graph, country_a), _country(graph, country_b)
    if one == two:
        raise ParameterError(f"brokers connect two different countries, not {one!r} with itself")
    folded = simple(graph)
    between = betweenness(folded)
    found = []
    for node, data in folded.nodes(data=True):
        own = data.get("country", "")
        ties = [
            _tie(graph, folded, node, other)
            for other in folded[node]
            if (abroad := folded.nodes[other].get("country", "")) in (one, two) and abroad != own
        ]
        sides = [math.fsum(t.weight for t in ties if t.country == side) for side in (one, two)]
        strength = sum(sides) if own in (one, two) else min(sides)
        if strength > 0:
            ties.sort(key=lambda tie: (-tie.weight, tie.label, tie.iri))
            found.append(
                Broker(
                    iri=node,
                    label=data.get("label", node),
                    kind=data.get("kind", ""),
                    country=own,
                    strength=strength,
                    betweenness=between[node],
                    ties=tuple(ties),
                    evidence=tuple(sorted({passage for tie in ties for passage in tie.evidence})),
                )
            )
    # Rounded, so that noise in the last digit does not decide a rank.
    return sorted(
        found, key=lambda b: (-round(b.strength, 9), -round(b.betweenness, 9), b.label, b.iri)
    )


def _country(graph: nx.MultiDiGraph[str], name: str) -> str:
    present = sorted({c for _, d in graph.nodes(data=True) if (c := str(d.get("country", "")))})
    for country in present:
        if country.casefold() == name.casefold():
            return country
    raise ParameterError(f"no node of this network is of country {name!r}{nearest(name, present)}")


def _tie(graph: nx.MultiDiGraph[str], folded: nx.Graph[str], node: str, other: str) -> Tie:
    parallel = [
        data
        for source, target in ((node, other), (other, node))
        for data in (graph.get_edge_data(source, target) or {}).values()
    ]
    return Tie(
        iri=other,
        label=folded.nodes[other].get("label", other),
        country=folded.nodes[other].get("country", ""),
        weight=folded[node][other]["weight"],
        kinds=tuple(sorted({data.get("kind", "") for data in parallel})),
        evidence=tuple(sorted({p for data in parallel for p in data.get("evidence", "").split()})),
    )
