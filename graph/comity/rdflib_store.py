"""The store as an rdflib dataset, for those who work with rdflib.

Nothing is copied: each look-up and each query goes to the store, and nothing can be
written, because what goes in goes through the gate.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any, NoReturn, TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.algebra import traverse
from rdflib.query import Result
from rdflib.store import Store as RdflibStore

from comity.errors import NotSupported, QueryError
from comity.rdflib_terms import as_rdflib_term, as_stored_term
from comity.results import Answer, Triples, read
from comity.sparql import check_query
from comity.store import GraphName, Store, select
from comity_ontology.prefixes import prefixes

__all__ = ["ReadOnlyStore", "as_rdflib"]

_Pattern: TypeAlias = tuple[Any, Any, Any]


def as_rdflib(store: Store) -> rdflib.Dataset:
    """Give a store as an rdflib dataset that can be read and queried.

    The default graph is the set union that all questions read, the named graphs
    say who said what, and the prefixes of the one map are bound. A query as text
    is answered by the store; a prepared one, one with ``initBindings``, one over a
    named graph, or one with ``use_store_provided=False``, by rdflib itself.

    Parameters
    ----------
    store : Store
        An open store; the dataset can be used until it is closed.

    Returns
    -------
    rdflib.Dataset
        Changing it, or a query with SERVICE, raises an error of Comity.

    Examples
    --------
    >>> import comity
    >>> from rdflib import URIRef
    >>> from rdflib.namespace import SKOS
    >>> with comity.open() as graph:
    ...     signing = URIRef("https://w3id.org/comity/code/signing")
    ...     str(graph.as_rdflib().value(signing, SKOS.inScheme))
    'https://w3id.org/comity/code/act-type'
    """
    return _ReadOnlyDataset(store=ReadOnlyStore(store))


class _Guarded(rdflib.Graph):
    """A graph whose queries call no other server, whichever engine answers them."""

    def query(self, query_object: Any, *args: Any, **options: Any) -> Result:
        """Answer a query; see :func:`as_rdflib`."""
        if isinstance(query_object, str):
            check_query(query_object)
        else:
            traverse(query_object.algebra, visitPre=_refuse_service)
        return super().query(query_object, *args, **options)

    def update(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        _refuse()


class _ReadOnlyDataset(_Guarded, rdflib.Dataset):
    """A dataset that is guarded, and so are the graphs in it."""

    def _graph(self, c: Any) -> Any:
        graph = super()._graph(c)
        return graph if graph is None else _Guarded(self.store, graph.identifier)


class ReadOnlyStore(RdflibStore):
    """What rdflib sees of a store: the default graph and the named ones.

    Parameters
    ----------
    store : Store
        What is looked into.
    """

    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, store: Store):
        super().__init__()
        self._store = store

    def triples(
        self, triple_pattern: _Pattern, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Iterate over the triples that fit a pattern, with the graphs that state each."""
        subject, predicate, value = (as_stored_term(term) for term in triple_pattern)
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.BlankNode | ox.Literal):
            return
        name = _graph_name(context)
        for quad in self._store.match(subject, predicate, value, name):
            triple = _rdflib_triple(quad)
            yield triple, self._stating(triple, context)

    def _stating(self, triple: _Pattern, context: Any) -> Iterator[Any]:
        """Name the graph that was asked; else each one that states the triple."""
        if context is not None:
            yield context
            return
        pattern = " ".join(str(as_stored_term(term)) for term in triple)
        rows = select(self._store, f"SELECT ?graph WHERE {{ GRAPH ?graph {{ {pattern} }} }}")
        for name in sorted(row["graph"].value for row in rows):
            yield rdflib.Graph(self, rdflib.URIRef(name))

    def contexts(self, triple: _Pattern | None = None) -> Generator[Any, None, None]:
        """Iterate over the named graphs, or over those that state a triple."""
        if triple is not None:
            yield from self._stating(triple, None)
            return
        for name in self._store.graphs():
            yield rdflib.Graph(self, rdflib.URIRef(name))

    def __len__(self, context: Any = None) -> int:
        """Count the triples of a graph, by default of the union."""
        name = _graph_name(context)
        where = "{ ?s ?p ?o }"
        if isinstance(name, ox.NamedNode):
            where = f"{{ GRAPH {name} {where} }}"
        row = next(select(self._store, f"SELECT (COUNT(*) AS ?n) WHERE {where}"))
        return int(row["n"].value)

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - names that rdflib gives
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **_options: Any,
    ) -> Result:
        """Answer a query in the store, or leave it to rdflib with ``NotImplementedError``."""
        whole = str(queryGraph) == str(DATASET_DEFAULT_GRAPH_ID)
        if not whole or initBindings or not isinstance(query, str):
            raise NotImplementedError
        declared = {name: str(iri) for name, iri in initNs.items()} | dict(prefixes())
        found = read(self._store.query(query, prefixes=declared))
        if isinstance(found, Answer):
            result = Result("ASK")
            result.askAnswer = bool(found)
        elif isinstance(found, Triples):
            result = Result("CONSTRUCT")
            result.graph = rdflib.Graph()
            for triple in found:
                result.graph.add(_rdflib_triple(triple))
        else:
            result = Result("SELECT")
            result.vars = [rdflib.Variable(name) for name in found.variables]
            result.bindings = (
                {
                    name: as_rdflib_term(term)
                    for name, term in zip(result.vars, terms, strict=True)
                    if term is not None
                }
                for terms in found.terms()
            )
        return result

    def namespaces(self) -> Generator[tuple[str, rdflib.URIRef], None, None]:
        """Iterate over the prefixes of the one map."""
        for prefix, namespace in prefixes().items():
            yield prefix, rdflib.URIRef(namespace)

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """Return the namespace of a prefix."""
        found = prefixes().get(prefix)
        return None if found is None else rdflib.URIRef(found)

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        """Return the prefix of a namespace."""
        return next((name for name, iri in prefixes().items() if iri == str(namespace)), None)

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        """Keep the prefixes as they are: rdflib binds some of its own when it is given a store."""

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib calls this whenever a graph is looked at."""

    def add(self, *_args: Any, **_options: Any) -> None:
        """Refuse."""
        _refuse()

    def addN(self, *_args: Any, **_options: Any) -> None:  # noqa: N802
        """Refuse."""
        _refuse()

    def remove(self, *_args: Any, **_options: Any) -> None:
        """Refuse."""
        _refuse()

    def remove_graph(self, graph: rdflib.Graph) -> None:
        """Refuse."""
        _refuse()

    def update(self, *_args: Any, **_options: Any) -> None:
        """Refuse."""
        _refuse()


def _refuse_service(part: Any) -> None:
    if getattr(part, "name", "") == "ServiceGraphPattern":
        raise QueryError(
            "SERVICE would call another server, which queries here may not: load that data first"
        )


def _refuse() -> NoReturn:
    raise NotSupported(
        "the rdflib view of a store is for reading: load RDF with graph.load, which checks it"
    )


def _graph_name(context: Any) -> GraphName:
    if context is None:
        return ox.DefaultGraph()
    identifier = context.identifier if isinstance(context, rdflib.Graph) else context
    if identifier == DATASET_DEFAULT_GRAPH_ID or not isinstance(identifier, rdflib.URIRef):
        return ox.DefaultGraph()
    return ox.NamedNode(str(identifier))


def _rdflib_triple(triple: ox.Triple | ox.Quad) -> _Pattern:
    return (
        as_rdflib_term(triple.subject),
        as_rdflib_term(triple.predicate),
        as_rdflib_term(triple.object),
    )
