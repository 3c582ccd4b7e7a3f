"""Exchanging quads of the store for others in one atomic step.

The default graph is the set union of the named graphs: a triple that goes
leaves it only when no named graph states it any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from comity.gate.staging import Staging
from comity.store import Store
from comity_ontology.prefixes import GRAPHS

__all__ = ["exchange", "retraction"]


def exchange(
    store: Store,
    gone: Iterable[ox.Quad],
    come: Iterable[ox.Quad] = (),
    *,
    whole: Collection[str] = (),
) -> None:
    """Take quads out of the store and put others in, in one step.

    All that goes is looked up by index, so the work is that of the quads
    exchanged, whatever the size of the store.

    Parameters
    ----------
    store : Store
    gone : iterable of Quad
        Quads of named graphs that go; those that are not there don't matter.
    come : iterable of Quad
        Quads of named graphs that come. One that also goes stays.
    whole : collection of str
        IRIs of graphs that go with all their quads.
    """
    identifier = secrets.token_hex(6)
    leaving, arriving = (Staging(store, f"exchange-{identifier}-{way}") for way in ("out", "in"))
    try:
        leaving.add(gone)
        arriving.add(come)
        steps: list[str] = []
        for graph in map(ox.NamedNode, whole):
            steps += [_retract(graph, f"?other != {graph}"), f"DROP SILENT GRAPH {graph}"]
        steps += retraction(leaving)
        for target, staged in arriving.targets.items():
            steps.append(
                f"INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} ?s ?p ?o }} "
                f"WHERE {{ GRAPH {staged} {{ ?s ?p ?o }} }}"
            )
        steps += [f"DROP SILENT GRAPH {graph}" for graph in arriving.graphs]
        if steps:
            store.update(" ;\n".join(steps))
    finally:
        leaving.clear()
        arriving.clear()


def retraction(leaving: Staging) -> list[str]:
    """Write the operations that take staged quads out of the graphs they are staged for.

    They are for an update that may go on to add others.
    """
    steps: list[str] = []
    for target, staged in leaving.targets.items():
        steps += [
            f"DELETE {{ GRAPH <{target}> {{ ?s ?p ?o }} }} "
            f"WHERE {{ GRAPH {staged} {{ ?s ?p ?o }} }}",
            _retract(staged),
            f"DROP SILENT GRAPH {staged}",
        ]
    return steps


def _retract(graph: ox.NamedNode, among: str = "true") -> str:
    """Take the triples of a graph out of the default graph where no other graph states them."""
    # With subject, predicate and object bound, the engine answers GRAPH ?other from its index.
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} FILTER NOT EXISTS {{ "
        f"GRAPH ?other {{ ?s ?p ?o }} "
        f'FILTER({among} && !STRSTARTS(STR(?other), "{GRAPHS.STAGING}")) }} }}'
    )
