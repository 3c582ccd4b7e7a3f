"""Fold the rows of a projection into a network.

A projection query answers one row per fact that links two nodes: a signing,
a visit, a tenure. A network wants one edge per pair and kind. :func:`build`
does that fold and nothing else; what an edge *means* is said by the query.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

import networkx as nx

from comity_ontology.errors import InputError

__all__ = ["EdgeRow", "NodeInfo", "build", "local_name"]


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """What is known about one node.

    Parameters
    ----------
    iri : str
        The node's IRI.
    label : str
        The name that people read.
    kind : str
        ``agency``, ``person``, ``country``, ``place`` …, or an empty string.
    country : str
        ISO code or name of the node's country, or an empty string.
    """

    iri: str
    label: str
    kind: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One row of a projection: one fact that ties two nodes.

    Parameters
    ----------
    source, target : str
        IRIs of the two nodes.
    kind : str
        What the tie is, e.g. ``host-guest``.
    weight : float
        How much the row counts; a positive, finite number.
    start, end : datetime.date, optional
        First and last day of the tie as far as known.
    evidence : tuple of str
        IRIs of the passages that prove the row.
    directed : bool
        Whether source and target play different parts.
    answer : str
        ``certain`` or ``possible`` for a question about a day, else empty.
    via, via_label : str
        IRI and name of what the tie was made from: an agreement, an event, a tenure.
    """

    source: str
    target: str
    kind: str
    weight: float = 1.0
    start: date | None = None
    end: date | None = None
    evidence: tuple[str, ...] = ()
    directed: bool = True
    answer: str = ""
    via: str = ""
    via_label: str = ""


def build(
    rows: Iterable[EdgeRow],
    nodes: Mapping[str, NodeInfo],
    *,
    title: str = "",
    projection: str = "",
) -> nx.MultiDiGraph[str]:
    """Fold projection rows into a network.

    There is one edge for each (source, target, kind). A kind without
    direction is one edge, marked ``directed=False``, whose source is the
    smaller IRI. Nodes and edges are inserted in sorted order, so equal rows
    in any order give equal graphs.

    Parameters
    ----------
    rows : iterable of EdgeRow
        The rows, in any order.
    nodes : mapping of str to NodeInfo
        What is known about the nodes, by IRI. Nodes that no row names are
        left out; a node that is not in it is labelled with the last part of
        its IRI.
    title : str
        Title of the network, kept as a graph attribute.
    projection : str
        Name of the projection, kept as a graph attribute.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are IRIs, edge keys are kinds. All attributes are plain strings,
        numbers or booleans and never ``None``; what is unknown is empty.

        Graph attributes: ``title``, ``projection``.

        ============  =====  ================================================
        node          type   meaning
        ============  =====  ================================================
        label         str    name that people read
        kind          str    ``agency``, ``person``, ``country``, …
        country       str    ISO code or name of the country
        ============  =====  ================================================

        ==============  =====  ==============================================
        edge            type   meaning
        ==============  =====  ==============================================
        kind            str    what the tie is
        directed        bool   whether source and target play different parts
        weight          float  sum of the weights of the rows
        count           int    number of rows
        start           str    earliest known start, ISO 8601 date
        end             str    latest known end, ISO 8601 date
        answer          str    ``certain`` when one row is certain, else
                               ``possible`` when one is, else empty
        via             str    IRIs of what the tie was made from, by space
        via_label       str    their names, joined by ``; ``
        evidence        str    IRIs of the passages, joined by space
        evidence_count  int    number of passages
        ==============  =====  ==============================================

        ``start`` and ``end`` are the hull of the days that are known: where
        the latest end would lie before the earliest start (one row has no
        start, another no end), they are the first and the last known day.

    Raises
    ------
    InputError
        A weight is not a positive, finite number, or an end is empty.

    Examples
    --------
    >>> rows = [EdgeRow("b", "a", "same-event", directed=False),
    ...         EdgeRow("a", "b", "same-event", directed=False)]
    >>> graph = build(rows, {"a": NodeInfo("a", "Ada", "person", "GB")})
    >>> [(s, t, d["weight"], d["count"]) for s, t, d in graph.edges(data=True)]
    [('a', 'b', 2.0, 2)]
    """
    folded: defaultdict[tuple[str, str, str, bool], list[EdgeRow]] = defaultdict(list)
    for row in rows:
        _check(row)
        ends = (row.source, row.target)
        if not row.directed:
            ends = (min(ends), max(ends))
        folded[(*ends, row.kind, row.directed)].append(row)

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=title, projection=projection)
    for iri in sorted({end for key in folded for end in key[:2]}):
        info = nodes.get(iri) or NodeInfo(iri, local_name(iri))
        graph.add_node(
            iri, label=info.label or local_name(iri), kind=info.kind, country=info.country
        )
    for source, target, kind, directed in sorted(folded):
        key = kind
        if not directed and (source, target, kind, True) in folded:
            key = f"{kind} (undirected)"
        group = folded[source, target, kind, directed]
        graph.add_edge(source, target, key=key, **_fold(kind, directed, group))
    return graph


def local_name(iri: str) -> str:
    """Return the last part of an IRI, for want of a label.

    Examples
    --------
    >>> local_name("https://w3id.org/comity/id/agency/kosgeb")
    'kosgeb'
    """
    tail = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return unquote(tail) or iri


def _check(row: EdgeRow) -> None:
    if not row.source or not row.target:
        raise InputError(
            f"a row of kind {row.kind!r} has no source or no target "
            f"({row.source!r}, {row.target!r}): both must be IRIs"
        )
    if not (math.isfinite(row.weight) and row.weight > 0):
        raise InputError(
            f"the row {row.source} – {row.target} ({row.kind}) has the weight {row.weight!r}: "
            "a weight must be a positive, finite number"
        )


def _fold(kind: str, directed: bool, rows: list[EdgeRow]) -> dict[str, str | int | float | bool]:
    starts = [row.start for row in rows if row.start is not None]
    ends = [row.end for row in rows if row.end is not None]
    start, end = min(starts, default=None), max(ends, default=None)
    if start is not None and end is not None and end < start:
        start, end = min(starts + ends), max(starts + ends)
    answers = {row.answer for row in rows}
    # Names in the order of their IRIs, so that the two lists can be read side by side.
    via = {row.via: row.via_label or local_name(row.via) for row in sorted(rows, key=_by_via)}
    via.pop("", None)
    evidence = sorted({passage for row in rows for passage in row.evidence})
    return {
        "kind": kind,
        "directed": directed,
        # fsum does not depend on the order of the rows.
        "weight": math.fsum(row.weight for row in rows),
        "count": len(rows),
        "start": start.isoformat() if start else "",
        "end": end.isoformat() if end else "",
        "answer": next((a for a in ("certain", "possible") if a in answers), ""),
        "via": " ".join(via),
        "via_label": "; ".join(via.values()),
        "evidence": " ".join(evidence),
        "evidence_count": len(evidence),
    }


def _by_via(row: EdgeRow) -> tuple[str, str]:
    return row.via, row.via_label
