"""RDF terms as Python values, by datatype (XML Schema 1.1 Part 2)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

import pyoxigraph as ox

from comity_ontology.terms import XSD

__all__ = ["Term", "Value", "cast"]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""A term of the store."""
Value: TypeAlias = str | int | float | Decimal | bool | date | datetime | None
"""What a term becomes in Python; None is an unbound variable."""

_INTEGER_TYPES = frozenset(
    XSD.NS + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger"),
        *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    _DATE.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(Z|[+-]\d\d:\d\d)?"
)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def cast(term: Term | None) -> Value:
    """Turn a term into a Python value by its datatype.

    Parameters
    ----------
    term : NamedNode, BlankNode, Literal, Triple or None
        None is an unbound variable.

    Returns
    -------
    str, int, float, Decimal, bool, date, datetime or None
        IRIs and other literals are str, and so is a literal that does not fit
        its datatype or Python's type (a zoned date, a year beyond 9999); a blank
        node is ``_:`` and its label.

    Examples
    --------
    >>> from pyoxigraph import Literal
    >>> cast(Literal(3)), cast(Literal("KOBİA", language="az"))
    (3, 'KOBİA')
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        return _cast_literal(term.value, term.datatype.value)
    return str(term)


def _cast_literal(value: str, datatype: str) -> Value:
    if not datatype.startswith(XSD.NS) or datatype == XSD.string:
        return value
    text = value.strip(" \t\r\n")
    try:
        if datatype in _INTEGER_TYPES:
            return int(text) if _INTEGER.fullmatch(text) else value
        if datatype == XSD.decimal:
            return Decimal(text) if _DECIMAL.fullmatch(text) else value
        if datatype in (XSD.double, XSD.NS + "float"):
            return float(text) if _DOUBLE.fullmatch(text) else value
        if datatype == XSD.boolean:
            return _BOOLEANS.get(text, value)
        if datatype == XSD.date:
            return date.fromisoformat(text) if _DATE.fullmatch(text) else value
        if datatype == XSD.dateTime:
            return datetime.fromisoformat(text) if _DATETIME.fullmatch(text) else value
    except ValueError:  # a day that does not exist
        return value
    return value
