"""A read-only rdflib graph over a store, for engines that walk rdflib graphs.

Nothing is copied out: each lookup goes to the store.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.store import Store as RdflibStore

from comity.rdflib_terms import as_rdflib_term, as_stored_term
from comity.store import Store

__all__ = ["StoreView", "viewed"]

_Pattern: TypeAlias = tuple[Any, Any, Any]


class _ViewGraph(rdflib.Graph):
    """A graph that parses each query once, however many nodes it is asked about."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer a query, prepared on its first use."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=1_024)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def viewed(store: Store, staged: Sequence[ox.NamedNode] = ()) -> rdflib.Graph:
    """Return an rdflib graph over a store; see :class:`StoreView`."""
    return _ViewGraph(store=StoreView(store, staged))


class StoreView(RdflibStore):
    """The default graph of a store, together with some staging graphs, as a set.

    Parameters
    ----------
    store : Store
        What is looked into.
    staged : sequence of NamedNode
        Graphs that count as if they were already in the default graph.
    """

    context_aware = True  # this and the next because pySHACL asks; there is one graph
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, store: Store, staged: Sequence[ox.NamedNode] = ()):
        super().__init__()
        self._store = store
        self._graphs: list[ox.NamedNode | ox.DefaultGraph] = [ox.DefaultGraph(), *staged]

    def triples(
        self, triple_pattern: _Pattern, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Iterate over the triples that fit a pattern, each once."""
        subject, predicate, value = (as_stored_term(term) for term in triple_pattern)
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.BlankNode | ox.Literal):
            return
        for number, graph in enumerate(self._graphs):
            for quad in self._store.match(subject, predicate, value, graph):
                if number and self._seen_before(quad, number):
                    continue
                yield (
                    (
                        as_rdflib_term(quad.subject),
                        as_rdflib_term(quad.predicate),
                        as_rdflib_term(quad.object),
                    ),
                    iter(()),
                )

    def _seen_before(self, quad: ox.Quad, number: int) -> bool:
        if isinstance(quad.subject, ox.Triple):
            return False
        return any(
            next(self._store.match(quad.subject, quad.predicate, quad.object, graph), None)
            for graph in self._graphs[:number]
        )

    def __len__(self, context: Any = None) -> int:
        """Tell 1 from 0: pySHACL asks often, and only whether there is anything."""
        return int(next(self.triples((None, None, None)), None) is not None)

    def contexts(self, triple: Any = None) -> Generator[Any, None, None]:
        """Name no contexts: there is one graph."""
        yield from ()

    def namespaces(self) -> Generator[tuple[str, rdflib.URIRef], None, None]:
        """Know no prefixes: nothing is written from here."""
        yield from ()

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        """Ignore prefixes, for the same reason."""

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """Know no prefixes."""
        return None

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        """Know no prefixes."""
        return None
