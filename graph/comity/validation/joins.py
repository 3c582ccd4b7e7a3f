"""The order of joins in a query about one node, for rdflib's engine.

A SPARQL-based constraint is asked with ``$this`` bound to the focus node (SHACL
§5.3.1). rdflib orders the patterns of a query before it knows that, and may begin
with all events of the store instead of the one that is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from rdflib import BNode, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.sparql import Query

__all__ = ["from_focus", "ordered"]

_Pattern: TypeAlias = tuple[Any, Any, Any]


def from_focus(text: str) -> Query:
    """Prepare a query so that its joins begin at ``$this``.

    Parameters
    ----------
    text : str
        SPARQL with all its prefixes; ``$this`` will be bound when it is asked.

    Returns
    -------
    rdflib.plugins.sparql.sparql.Query
    """
    query = prepareQuery(text)
    known: set[Any] = {Variable("this")}

    def reorder(part: Any) -> None:
        if getattr(part, "name", "") == "BGP":
            part.triples = ordered(part.triples, known)
            known.update(term for pattern in part.triples for term in pattern if _is_open(term))

    traverse(query.algebra, visitPre=reorder)
    return query


def ordered(patterns: Sequence[_Pattern], known: Collection[Any]) -> list[_Pattern]:
    """Put the patterns of a basic graph pattern in an order that follows what is known.

    Next is always a pattern that is tied to something known, if there is one; of
    these the one with the fewest open variables, and of these the first.

    Parameters
    ----------
    patterns : sequence of triples
        Terms and variables of rdflib.
    known : collection of Variable
        Those that will have a value.

    Examples
    --------
    >>> from rdflib import RDF, Variable
    >>> this, what, other = map(Variable, ("this", "what", "other"))
    >>> found = ordered([(other, RDF.type, RDF.Bag), (other, RDF.value, what),
    ...                  (this, RDF.value, what)], {this})
    >>> [str(subject) for subject, *_ in found]
    ['this', 'other', 'other']
    """
    waiting, bound, order = list(patterns), set(known), []
    while waiting:
        best = min(waiting, key=lambda pattern: _rank(pattern, bound))
        waiting.remove(best)
        order.append(best)
        bound.update(term for term in best if _is_open(term))
    return order


def _rank(pattern: _Pattern, bound: set[Any]) -> tuple[bool, int]:
    free = sum(_is_open(term) and term not in bound for term in pattern)
    tied = any(term in bound for term in pattern) or not free
    return (not tied, free)


def _is_open(term: Any) -> bool:
    return isinstance(term, Variable | BNode)
