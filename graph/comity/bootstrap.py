"""Every store holds the ontology and the codes; this keeps them those of this version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from comity.gate.exchange import exchange
from comity.shipped import shipped_digests, shipped_triples
from comity.store import Store
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY

__all__ = ["bootstrap", "replace_graph"]

_SHA256 = ox.NamedNode(COMITY.sha256)


def bootstrap(store: Store) -> None:
    """Bring the ontology and codes graphs of a store up to this version.

    The ontology graph is replaced. A steward may have added to the codes
    graph, so there the shipped triples are only added, and nothing goes.
    """
    for graph, content in shipped_triples().items():
        digest = shipped_digests()[graph]
        node, meta = ox.NamedNode(graph), ox.NamedNode(GRAPHS.META)
        stored = next(store.match(node, _SHA256, None, meta), None)
        if stored is not None and _literal(stored) == digest:
            continue
        record = ox.Quad(node, _SHA256, ox.Literal(digest), meta)
        if stored is None or graph == GRAPHS.CODES:
            exchange(store, [stored] if stored else [], chain(_in(node, content), [record]))
        else:
            replace_graph(store, graph, content, stored, record)


def replace_graph(
    store: Store,
    graph: str,
    triples: Iterable[ox.Triple],
    outdated: ox.Quad | None = None,
    record: ox.Quad | None = None,
) -> None:
    """Replace the content of a graph, in one step.

    A triple that goes leaves the default graph only when no other graph
    states it.

    Parameters
    ----------
    store : Store
    graph : str
        IRI of the graph.
    triples : iterable of Triple
        Its new content.
    outdated, record : Quad, optional
        A quad to take out and one to put in with the same step.
    """
    exchange(
        store,
        [outdated] if outdated else [],
        chain(_in(ox.NamedNode(graph), triples), [record] if record else []),
        whole=[graph],
    )


def _in(graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _literal(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""
