"""Every store holds the ontology and the codes; this keeps them those of this version."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from comity.gate.staging import Staging
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
            _add(store, graph, content, stored, record)
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
    staging = Staging(store, "replace")
    name = ox.NamedNode(graph)
    staged = staging.graph_for(graph)
    try:
        staging.add(
            ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples
        )
        store.update(
            f"""
            DELETE {{ ?s ?p ?o }} WHERE {{
              GRAPH {name} {{ ?s ?p ?o }}
              FILTER NOT EXISTS {{ GRAPH {staged} {{ ?s ?p ?o }} }}
              FILTER NOT EXISTS {{
                GRAPH ?other {{ ?s ?p ?o }}
                FILTER(?other != {name} && !STRSTARTS(STR(?other), "{GRAPHS.STAGING}"))
              }}
            }} ;
            DROP SILENT GRAPH {name} ;
            INSERT {{ GRAPH {name} {{ ?s ?p ?o }} ?s ?p ?o }}
            WHERE {{ GRAPH {staged} {{ ?s ?p ?o }} }}
            {_exchange(outdated, record)}
            """
        )
    finally:
        staging.clear()


def _add(
    store: Store,
    graph: str,
    triples: Iterable[ox.Triple],
    outdated: ox.Quad | None,
    record: ox.Quad,
) -> None:
    name = ox.NamedNode(graph)
    data = " .\n".join(str(triple) for triple in triples)
    store.update(
        f"INSERT DATA {{ GRAPH {name} {{ {data} }} {data} }} {_exchange(outdated, record)}"
    )


def _exchange(outdated: ox.Quad | None, record: ox.Quad | None) -> str:
    """Write the operations that swap one quad for another, in its graph and the default graph."""
    steps = [
        f"; {verb} DATA {{ GRAPH {quad.graph_name} {{ {quad.triple} }} {quad.triple} }}"
        for verb, quad in (("DELETE", outdated), ("INSERT", record))
        if quad is not None
    ]
    return "\n".join(steps)


def _literal(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""
