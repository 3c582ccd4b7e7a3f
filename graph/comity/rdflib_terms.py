"""Terms of the store as terms of rdflib, and back, their lexical forms untouched."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import rdflib

__all__ = ["as_rdflib_term", "as_stored_term"]

_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


@lru_cache(maxsize=65_536)
def as_rdflib_term(term: Any) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """Turn a term of the store into rdflib's, its lexical form untouched."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == _STRING:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def as_stored_term(term: Any) -> Any:
    """Turn a term of rdflib, or None for any, into the store's."""
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype is None:
        return ox.Literal(str(term))
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
