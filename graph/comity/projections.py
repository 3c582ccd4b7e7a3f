"""From the store to a network: projections are queries, their rows become edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import networkx as nx

from comity.errors import ParameterError
from comity.labels import labels
from comity.network import EdgeRow, NodeInfo, build
from comity.questions import run
from comity.results import Row
from comity.store import Store, select
from comity_queries import catalog

__all__ = ["network", "projection_names"]

BATCH = 500


def projection_names() -> tuple[str, ...]:
    """Return the names of the projections in the catalogue."""
    return tuple(name for name, query in catalog().items() if query.topic == "projections")


def network(
    store: Store,
    projections: Sequence[str],
    *,
    on: date | str | None = None,
    timeout: float | None = None,
) -> nx.MultiDiGraph[str]:
    """Make a network of one or several projections.

    Parameters
    ----------
    store : Store
    projections : sequence of str
        Names from :func:`projection_names`. A fact that two of them tell in the
        same words, as a tenure without a post, counts once.
    on : date or str, optional
        Keep what happened by that day and the tenures that cover it; each
        edge says whether that is certain or only possible.
    timeout : float, optional
        Seconds per projection; needs a store in a directory.

    Returns
    -------
    networkx.MultiDiGraph
        With the attributes that :func:`comity.network.build` documents.

    Raises
    ------
    ParameterError
        No projection, an unknown one, or a day that is none.
    """
    known = projection_names()
    projections = list(dict.fromkeys(projections))
    if not projections:
        raise ParameterError(f"name a projection: {', '.join(known)}")
    for name in projections:
        if name not in known:
            raise ParameterError(f"{name!r} is no projection: use {', '.join(known)}")
    asked = {} if on is None else {"on": on}
    found: dict[tuple[str, str, str, str], EdgeRow] = {}
    for name in projections:
        for row in run(store, name, asked, timeout=timeout):
            edge = _edge(row)
            found.setdefault((edge.source, edge.target, edge.kind, edge.via), edge)
    rows = list(found.values())
    nodes = _nodes(store, {end for row in rows for end in (row.source, row.target)})
    title = f"{' and '.join(projections)} network" + (f" on {on}" if on else "")
    return build(rows, nodes, title=title, projection=" ".join(projections))


def _edge(row: Row) -> EdgeRow:
    values = row.to_dict()

    def day(name: str) -> date | None:
        value = values.get(name)
        return value if isinstance(value, date) else None

    return EdgeRow(
        source=str(values["source"]),
        target=str(values["target"]),
        kind=str(values["kind"]),
        weight=float(str(values["weight"])),
        start=day("start"),
        end=day("end"),
        evidence=tuple(sorted(str(values.get("evidence") or "").split())),
        directed=bool(values.get("directed", True)),
        answer=str(values.get("answer") or ""),
        via=str(values.get("via") or ""),
        via_label=str(values.get("viaLabel") or ""),
    )


class _Kind(NamedTuple):
    node: str
    kind: str
    country: str
    acronym: str


def _nodes(store: Store, iris: Iterable[str]) -> dict[str, NodeInfo]:
    """Describe the nodes; agencies go by their acronym, which is what fits a picture."""
    listed = sorted(iris)
    named = labels(store, listed)
    found: dict[str, _Kind] = {}
    for kind in _kinds(store, listed):
        found[kind.node] = min(found.get(kind.node, kind), kind)
    return {
        iri: NodeInfo(iri, found[iri].acronym or named[iri], found[iri].kind, found[iri].country)
        if iri in found
        else NodeInfo(iri, named[iri])
        for iri in listed
    }


def _kinds(store: Store, iris: Sequence[str]) -> Iterator[_Kind]:
    """Tell what kind of node each IRI is and to which country it belongs.

    A person belongs to the country of the agencies in which they hold posts, a
    post to that of its agency. Agreements are of no one country.
    """
    for start in range(0, len(iris), BATCH):
        listed = " ".join(f"<{iri}>" for iri in iris[start : start + BATCH])
        rows = select(
            store,
            f"""
            SELECT DISTINCT ?node ?kind ?code ?acronym WHERE {{
              VALUES ?node {{ {listed} }}
              VALUES (?class ?kind) {{
                (comity:Agency "agency") (foaf:Person "person") (comity:Country "country")
                (comity:Place "place") (org:Post "post") (comity:Agreement "agreement")
                (comity:UnnamedGroup "group") (comity:Delegation "delegation") }}
              ?node a ?class .
              OPTIONAL {{ ?node comity:acronym ?acronym }}
              OPTIONAL {{
                {{ ?node comity:iso3166 ?code }}
                UNION {{ ?node comity:ofCountry|comity:inCountry ?c1 . ?c1 comity:iso3166 ?code }}
                UNION {{ ?t2 org:member ?node ; org:organization ?o2 .
                         ?o2 comity:ofCountry ?c2 . ?c2 comity:iso3166 ?code }}
                UNION {{ ?t3 org:member ?node ; org:organization ?c3 .
                         ?c3 comity:iso3166 ?code }}
                UNION {{ ?node org:postIn ?c4 . ?c4 comity:iso3166 ?code }}
                UNION {{ ?node org:postIn ?o5 . ?o5 comity:ofCountry ?c5 .
                         ?c5 comity:iso3166 ?code }}
              }}
            }}
            """,
        )
        for row in rows:
            yield _Kind(
                row["node"].value,
                row["kind"].value,
                row["code"].value if row["code"] is not None else "",
                row["acronym"].value if row["acronym"] is not None else "",
            )
