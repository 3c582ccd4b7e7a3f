"""Exchanging quads of the store for others in one atomic step.

The default graph is the set union of the named graphs: a triple that comes
goes to both, and one that goes leaves it only when no named graph states it
any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

from comity.store import Store

__all__ = ["exchange"]

IN_MEMORY = 50_000


def exchange(
    store: Store,
    gone: Iterable[ox.Quad],
    come: Iterable[ox.Quad] = (),
    *,
    whole: Collection[str] = (),
) -> None:
    """Take quads out of the store and put others in, in one step.

    All that goes is looked up by index, so the work is that of the quads
    exchanged, whatever the size of the store. Where nothing goes, what comes
    is streamed; else the step is held in memory.

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
    leaving = set(gone)
    arriving = chain.from_iterable((quad, ox.Quad(*quad.triple)) for quad in come)
    if not leaving and not whole:
        _add(store, arriving)
        return
    steps: list[str] = []
    for graph in map(ox.NamedNode, whole):
        # With subject, predicate and object bound, the engine answers ?other from its index.
        steps += [
            f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} "
            f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {graph}) }} }}",
            f"DROP SILENT GRAPH {graph}",
        ]
    steps += _data("DELETE", chain(leaving, _alone(store, leaving, whole)))
    steps += _data("INSERT", arriving)
    store.update(" ;\n".join(steps))


def _add(store: Store, quads: Iterator[ox.Quad]) -> None:
    first = list(islice(quads, IN_MEMORY))
    if len(first) < IN_MEMORY:
        store.add(first)
    else:
        store.bulk(chain(first, quads))


def _alone(store: Store, leaving: set[ox.Quad], whole: Collection[str]) -> Iterator[ox.Quad]:
    """Find the triples that no named graph states when all that goes is gone."""
    for triple in {quad.triple for quad in leaving}:
        if all(
            graph in whole or _stated(triple, graph) in leaving for graph in store.holders(triple)
        ):
            yield ox.Quad(*triple)


def _stated(triple: ox.Triple, graph: str) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))


def _data(verb: str, quads: Iterable[ox.Quad]) -> list[str]:
    """Write the operation for some quads, if there are any."""
    text = "\n".join(
        f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
        if isinstance(quad.graph_name, ox.NamedNode)
        else f"{quad.triple} ."
        for quad in quads
    )
    return [f"{verb} DATA {{ {text} }}"] if text else []
