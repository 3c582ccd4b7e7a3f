"""A read-only rdflib graph over a store, for engines that walk rdflib graphs.

Nothing is copied out: each lookup goes to the store.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql.sparql import Query
from rdflib.store import Store as RdflibStore

from comity.rdflib_terms import as_rdflib_term, as_stored_term
from comity.store import Store
from comity.validation.joins import from_focus

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
    return from_focus(text)


def viewed(*stores: Store) -> rdflib.Graph:
    """Return an rdflib graph over stores; see :class:`StoreView`."""
    return _ViewGraph(store=StoreView(*stores))


class StoreView(RdflibStore):
    """The default graphs of some stores, together, as a set.

    Parameters
    ----------
    *stores : Store
        What is looked into.
    """

    context_aware = True  # this and the next because pySHACL asks; there is one graph
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, *stores: Store):
        super().__init__()
        self._stores = stores

    def triples(
        self, triple_pattern: _Pattern, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Iterate over the triples that fit a pattern, each once."""
        subject, predicate, value = (as_stored_term(term) for term in triple_pattern)
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.BlankNode | ox.Literal):
            return
        for number, store in enumerate(self._stores):
            for quad in store.match(subject, predicate, value, ox.DefaultGraph()):
                if any(before.holds(quad) for before in self._stores[:number]):
                    continue
                yield (
                    (
                        as_rdflib_term(quad.subject),
                        as_rdflib_term(quad.predicate),
                        as_rdflib_term(quad.object),
                    ),
                    iter(()),
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
