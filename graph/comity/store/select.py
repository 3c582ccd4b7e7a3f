"""Asking a store for rows."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity.store.base import Store
from comity_ontology.prefixes import prefixes

__all__ = ["select"]


def select(store: Store, text: str, *, staged: bool = False) -> Iterator[ox.QuerySolution]:
    """Run a SELECT query, with the prefixes of the one map predeclared.

    Raises
    ------
    TypeError
        The text is another form of query.
    """
    solutions = store.query(text, prefixes=prefixes(), staged=staged)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    return iter(solutions)
