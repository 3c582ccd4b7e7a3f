"""What can be told wrong from one quad alone, while it is being read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import TypeAlias

import pyoxigraph as ox
import rdflib
from rapidfuzz import process
from rdflib import namespace as ns

from comity import timepoints
from comity.errors import InputError
from comity.shipped import shipped_codes, shipped_quads
from comity_ontology.prefixes import DEFAULT_BASE, GRAPHS, shorten
from comity_ontology.terms import CODE_NS, COMITY, EDTF, OWL, RDF, RDFS, SHAPE_NS, XSD

__all__ = ["fault_of"]

_LIKE_OURS = re.compile(r"https?://(www\.)?w3id\.org/comity(?![a-z])")
_OURS = (COMITY.NS, CODE_NS, SHAPE_NS, GRAPHS.BASE, DEFAULT_BASE)
# The vocabularies that rdflib knows whole.
_CLOSED = (ns.SKOS, ns.PROV, ns.ORG, ns.FOAF, ns.DCTERMS, ns.TIME)
_MEANING = frozenset(
    {
        RDFS.subClassOf,
        RDFS.NS + "subPropertyOf",
        RDFS.domain,
        RDFS.range,
        OWL.NS + "equivalentClass",
        OWL.NS + "equivalentProperty",
    }
)
_DECLARED = frozenset(
    value for name, value in vars(COMITY).items() if name != "NS" and not name.startswith("_")
)
_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}" + _ZONE)
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?" + _ZONE
)
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")

_STRING = ox.NamedNode(XSD.NS + "string")

_Check: TypeAlias = Callable[[str, str], str | None]


def fault_of(quad: ox.Quad) -> str | None:
    """Say what is wrong with a quad by itself, if anything is.

    Checked are the terms of Comity's own namespace (they must be declared in
    the ontology, and a file cannot say more about them or about shipped
    codes), the lexical form of numbers, booleans, dates and EDTF values (XML
    Schema Part 2; the engine would keep an impossible date and compare it
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
    if fault := _of_the_product(quad):
        # An export holds what each store holds: that is known, and no change.
        return None if quad in shipped_quads() else fault
    if quad.predicate.value.startswith(COMITY.NS):
        fault = _undeclared(quad.predicate.value)
        if fault:
            return fault
    if fault := _misspelt(quad.predicate.value):
        return fault
    if isinstance(value, ox.NamedNode):
        if quad.predicate.value == RDF.type and (fault := _misspelt(value.value)):
            return fault
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


def _of_the_product(quad: ox.Quad) -> str | None:
    """Refuse what would change the meaning of everything that is stored."""
    subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
    if quad.predicate.value in _MEANING:
        return (
            f"{shorten(quad.predicate.value)} would change what classes and properties mean for "
            "all data: use a code of your own instead"
        )
    if subject.startswith((COMITY.NS, SHAPE_NS, GRAPHS.BASE)):
        return f"{shorten(subject)} belongs to the product: nothing can be said about it in a file"
    if subject.startswith(CODE_NS):
        if subject in shipped_codes():
            return f"{shorten(subject)} is a code of the product: add a code of your own instead"
        if quad.graph_name != ox.NamedNode(GRAPHS.CODES):
            return f"codes go to <{GRAPHS.CODES}>: load {shorten(subject)} as TriG in that graph"
    return None


@cache
def _misspelt(iri: str) -> str | None:
    """Find a predicate or class that its vocabulary does not have, or a look-alike of ours."""
    if _LIKE_OURS.match(iri) and not iri.startswith(_OURS):
        return f"<{iri}> looks like a term of Comity, whose terms begin with {COMITY.NS}"
    if iri.startswith("http://schema.org/"):
        return f"<{iri}>: write schema.org with https, as the ontology does"
    for namespace in _CLOSED:
        if iri.startswith(str(namespace)) and rdflib.URIRef(iri) not in namespace:
            names = [str(name) for name in dir(namespace) if str(name).startswith("http")]
            nearest = process.extractOne(iri, sorted(names), score_cutoff=70)
            hint = f"; did you mean {shorten(nearest[0])}?" if nearest else ""
            return f"{shorten(iri)} is not a term of its vocabulary{hint}"
    return None


@cache
def _undeclared(iri: str) -> str | None:
    if iri in _DECLARED:
        return None
    nearest = process.extractOne(iri, sorted(_DECLARED), score_cutoff=70)
    hint = f"; did you mean {shorten(nearest[0])}?" if nearest else ""
    return f"{shorten(iri)} is not a term of the ontology{hint}"


def _date(text: str, _datatype: str) -> str | None:
    if _DATE.fullmatch(text) and _exists(date.fromisoformat, text[:10]):
        return None
    return f'"{text}" is not a date: write a day of the calendar as 2021-02-25'


def _date_time(text: str, _datatype: str) -> str | None:
    if _DATE_TIME.fullmatch(text) and _exists(datetime.fromisoformat, text[:19]):
        return None
    return f'"{text}" is not a time: write it as 2021-02-25T14:30:00Z'


def _exists(read: Callable[[str], date], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _edtf(text: str, _datatype: str) -> str | None:
    try:
        timepoints.parse(text)
    except InputError as error:
        return str(error)
    return None


def _matching(pattern: str, example: str) -> _Check:
    accepted = re.compile(pattern)

    def check(text: str, datatype: str) -> str | None:
        if accepted.fullmatch(text):
            return None
        return f'"{text}" is not of type {shorten(datatype)}: write it as {example}'

    return check


def _whole(lowest: int | None = None, highest: int | None = None) -> _Check:
    """Check whole numbers; the engine drops the bounds of the narrower types."""

    def check(text: str, datatype: str) -> str | None:
        if not _INTEGER.fullmatch(text):
            return f'"{text}" is not of type {shorten(datatype)}: write it as 12'
        number = int(text)
        if (lowest is not None and number < lowest) or (highest is not None and number > highest):
            return f'"{text}" is out of the range of {shorten(datatype)}: use xsd:integer'
        return None

    return check


def _signed(bits: int) -> _Check:
    return _whole(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def _unsigned(bits: int) -> _Check:
    return _whole(0, 2**bits - 1)


_DOUBLE = _matching(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN", "1.5E0")
_CHECKS: dict[str, _Check] = {EDTF: _edtf} | {
    XSD.NS + name: check
    for name, check in {
        "date": _date,
        "dateTime": _date_time,
        "dateTimeStamp": _date_time,
        "gYear": _matching(rf"-?[0-9]{{4,}}{_ZONE}", "2021"),
        "gYearMonth": _matching(rf"-?[0-9]{{4,}}-(0[1-9]|1[0-2]){_ZONE}", "2021-02"),
        "boolean": _matching(r"true|false|1|0", "true or false"),
        "decimal": _matching(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", "12.5"),
        "double": _DOUBLE,
        "float": _DOUBLE,
        "integer": _whole(),
        "long": _signed(64),
        "int": _signed(32),
        "short": _signed(16),
        "byte": _signed(8),
        "unsignedLong": _unsigned(64),
        "unsignedInt": _unsigned(32),
        "unsignedShort": _unsigned(16),
        "unsignedByte": _unsigned(8),
        "nonNegativeInteger": _whole(lowest=0),
        "positiveInteger": _whole(lowest=1),
        "nonPositiveInteger": _whole(highest=0),
        "negativeInteger": _whole(highest=-1),
    }.items()
}
