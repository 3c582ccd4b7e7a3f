"""Asking a store for rows."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity.store.base import Store
from comity_ontology.prefixes import prefixes

__all__ = ["iri_of", "select"]


def iri_of(term: object) -> str:
    """Return the IRI of a term that can be nothing else.

    Raises
    ------
    TypeError
        The term is no IRI.
    """
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"not an IRI: {term}")
    return term.value


def select(store: Store, text: str) -> Iterator[ox.QuerySolution]:
    """Run a SELECT query, with the prefixes of the one map predeclared.

    Raises
    ------
    TypeError
        The text is another form of query.
    """
    solutions = store.query(text, prefixes=prefixes())
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    return iter(solutions)
