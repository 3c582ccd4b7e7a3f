"""Literals as they were written, in a store that would rewrite them.

An engine keeps ``"01"^^xsd:integer`` as ``1`` and ``xsd:int`` as ``xsd:integer``.
Where the exact term counts, a literal that would change is kept under a datatype
of its own, which holds the one it had.

Of what a datatype has no room for, the engine makes a value all the same: of
``"300"^^xsd:byte`` the number 300. Such a literal has a datatype that never is read
as a value.
"""

from __future__ import annotations

import pyoxigraph as ox

from comity.store.terms import as_stored
from comity.validation.constraints.lexical import is_in_range

__all__ = ["WRITTEN", "as_read", "as_written"]

WRITTEN = "urn:x-comity:written:"
_NO_VALUE = "urn:x-comity:no-value:"


def as_written(term: ox.Literal) -> ox.Literal:
    """Return a literal that the engine keeps, from which the one given can be read.

    Examples
    --------
    >>> import pyoxigraph as ox
    >>> byte = ox.NamedNode("http://www.w3.org/2001/XMLSchema#byte")
    >>> as_written(ox.Literal("5", datatype=byte)).datatype.value
    'urn:x-comity:written:http://www.w3.org/2001/XMLSchema#byte'
    """
    if as_stored(term) == term:
        return term
    start = WRITTEN if is_in_range(term.value, term.datatype.value) else _NO_VALUE
    return ox.Literal(term.value, datatype=ox.NamedNode(start + term.datatype.value))


def as_read(term: ox.Literal) -> ox.Literal:
    """Return the literal that :func:`as_written` was given."""
    datatype = term.datatype.value
    for start in (WRITTEN, _NO_VALUE):
        if datatype.startswith(start):
            return ox.Literal(term.value, datatype=ox.NamedNode(datatype.removeprefix(start)))
    return term
