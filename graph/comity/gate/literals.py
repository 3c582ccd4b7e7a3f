"""What can be told wrong from one quad alone, while it is being read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache

import pyoxigraph as ox
from rapidfuzz import process

from comity import timepoints
from comity.errors import InputError
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY, EDTF, XSD

__all__ = ["fault_of"]

_DECLARED = frozenset(
    value for name, value in vars(COMITY).items() if name != "NS" and not name.startswith("_")
)
_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")


def fault_of(quad: ox.Quad) -> str | None:
    """Say what is wrong with a quad by itself, if anything is.

    Checked are the terms of Comity's own namespace (they must be declared in
    the ontology), the lexical form of numbers, booleans, dates and EDTF values
    (XML Schema Part 2; the engine would keep an impossible date and compare it
    with nothing), and RDF 1.2 terms, which no other store could read.

    Parameters
    ----------
    quad : Quad
        As it was parsed.

    Returns
    -------
    str or None
        The fault in plain words, with what to do.
    """
    value = quad.object
    if quad.predicate.value.startswith(COMITY.NS):
        fault = _undeclared(quad.predicate.value)
        if fault:
            return fault
    if isinstance(value, ox.NamedNode):
        if value.value.startswith(COMITY.NS):
            return _undeclared(value.value)
        return None
    if isinstance(value, ox.Triple):
        return "a triple term is RDF 1.2, which other stores cannot read: describe it by a node"
    if isinstance(value, ox.Literal):
        if value.direction is not None:
            return "a text direction is RDF 1.2, which other stores cannot read: leave it out"
        check = _CHECKS.get(value.datatype.value)
        if check is not None:
            return check(value.value, value.datatype.value)
    return None


@cache
def _undeclared(iri: str) -> str | None:
    if iri in _DECLARED:
        return None
    nearest = process.extractOne(iri, _DECLARED, score_cutoff=70)
    hint = f"; did you mean {shorten(nearest[0])}?" if nearest else ""
    return f"{shorten(iri)} is not a term of the ontology{hint}"


def _date(text: str, _datatype: str) -> str | None:
    try:
        date.fromisoformat(_ZONE.sub("", text) if len(text) > len("2021-02-25") else text)
    except ValueError:
        return f'"{text}" is not a date: write a day of the calendar as 2021-02-25'
    if len(_ZONE.sub("", text)) != len("2021-02-25"):
        return f'"{text}" is not a date: write a day of the calendar as 2021-02-25'
    return None


def _date_time(text: str, _datatype: str) -> str | None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return f'"{text}" is not a time: write it as 2021-02-25T14:30:00Z'
    return None if "T" in text else f'"{text}" is not a time: write it as 2021-02-25T14:30:00Z'


def _edtf(text: str, _datatype: str) -> str | None:
    try:
        timepoints.parse(text)
    except InputError as error:
        return str(error)
    return None


def _matching(pattern: str, example: str) -> Callable[[str, str], str | None]:
    accepted = re.compile(pattern)

    def check(text: str, datatype: str) -> str | None:
        if accepted.fullmatch(text):
            return None
        return f'"{text}" is not of type {shorten(datatype)}: write it as {example}'

    return check


def _decimal(text: str, datatype: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return f'"{text}" is not of type {shorten(datatype)}: write it as 12.5'
    if not number.is_finite() or "e" in text.lower():
        return f'"{text}" is not of type {shorten(datatype)}: write it as 12.5'
    return None


_INTEGER = _matching(r"[+-]?\d+", "12")
_CHECKS: dict[str, Callable[[str, str], str | None]] = {
    XSD.NS + "date": _date,
    XSD.NS + "dateTime": _date_time,
    XSD.NS + "dateTimeStamp": _date_time,
    XSD.NS + "gYear": _matching(r"-?\d{4,}(Z|[+-]\d\d:\d\d)?", "2021"),
    XSD.NS + "gYearMonth": _matching(r"-?\d{4,}-(0[1-9]|1[0-2])(Z|[+-]\d\d:\d\d)?", "2021-02"),
    XSD.NS + "boolean": _matching(r"true|false|1|0", "true or false"),
    XSD.NS + "decimal": _decimal,
    XSD.NS + "double": _matching(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN", "1.5E0"),
    EDTF: _edtf,
} | {
    XSD.NS + name: _INTEGER
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "unsignedInt",
    )
}
