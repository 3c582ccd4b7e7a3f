"""Blank nodes of files get numbers for names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

__all__ = ["numbered"]


def numbered(quads: Iterable[ox.Quad], letter: str, numbers: Iterator[int]) -> Iterator[ox.Triple]:
    """Give the blank nodes of a file numbers; graphs are left out.

    Thus they stay apart from those of other files, and reports name them alike
    each time.

    Parameters
    ----------
    quads : iterable of Quad
        Of one file.
    letter : str
        What labels begin with.
    numbers : iterator of int
        Goes on with the next file.
    """
    known: dict[ox.BlankNode, ox.BlankNode] = {}

    def own(term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        if term not in known:
            known[term] = ox.BlankNode(f"{letter}{next(numbers)}")
        return known[term]

    return (ox.Triple(own(quad.subject), quad.predicate, own(quad.object)) for quad in quads)
