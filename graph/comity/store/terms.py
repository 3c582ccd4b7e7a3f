"""Terms as the engine keeps them: it rewrites some literals."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import pyoxigraph as ox

__all__ = ["as_stored"]

_Term = TypeVar("_Term")
_STRING = ox.Literal("").datatype


def as_stored(term: _Term) -> _Term | ox.Literal:
    """Return what the engine keeps of a term: ``1`` for ``01``, ``xsd:integer`` for its kinds.

    The term itself where nothing changes.
    """
    if not isinstance(term, ox.Literal) or (term.datatype == _STRING and not term.language):
        return term
    return _literal_as_stored(term)


@lru_cache(maxsize=10_000)
def _literal_as_stored(literal: ox.Literal) -> ox.Literal:
    scratch, some = ox.Store(), ox.NamedNode("urn:x")
    scratch.add(ox.Quad(some, some, literal))
    (kept,) = scratch
    if isinstance(kept.object, ox.Literal) and kept.object != literal:
        return kept.object
    return literal
