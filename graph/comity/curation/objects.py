"""What the object of a statement is, by its property's range: a node, a code, a day, a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from comity.codes import Codes
from comity.curation.entry import Find
from comity.errors import InputError, ParameterError
from comity.shipped import shipped_triples
from comity.timepoints import parse, to_triples
from comity.wording import friendly_date
from comity_ontology.prefixes import GRAPHS, expand, prefixes, shorten
from comity_ontology.terms import COMITY, DCTERMS, ORG, RDF, RDFS, SKOS, XSD

__all__ = ["Typed", "object_of"]

_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, DCTERMS.title)
_CODED = (DCTERMS.type, DCTERMS.subject, ORG.role)
_OUTSIDE = (SKOS.exactMatch, SKOS.closeMatch, RDF.type)


@dataclass(frozen=True, slots=True)
class Typed:
    """An object, and what has to be said about it too.

    Attributes
    ----------
    term : NamedNode or Literal
    described : tuple of (str, str, term)
        Subject, property and value of each statement that describes a time
        point; else empty.
    """

    term: ox.NamedNode | ox.Literal
    described: tuple[tuple[str, str, ox.NamedNode | ox.Literal], ...] = ()


def object_of(
    predicate: str,
    text: str,
    *,
    find: Find,
    codes: Codes,
    language: str = "",
    datatype: str = "",
) -> Typed:
    """Read the object of a property as its range asks.

    Parameters
    ----------
    predicate : str
        IRI of the property.
    text : str
        What a person wrote.
    find : callable
        Looks up nodes.
    codes : Codes
    language, datatype : str
        Make it a literal, whatever the range.

    Raises
    ------
    InputError
        The text is no such value, or no language is given for a name.
    ParameterError
        There is no such node or code.
    """
    if language and datatype:
        raise InputError("a text has a language or a datatype, not both: leave one out")
    if not text.strip():
        raise InputError("the object is empty: say what it is")
    if language or datatype:
        return Typed(_literal(text, language, datatype))
    if predicate in _LABELS:
        raise InputError(f"{shorten(predicate)} is a name: say in which language (as en, tr or az)")
    wanted = _ranges().get(predicate, "")
    if wanted == COMITY.TimePoint:
        return _day(text)
    if wanted == SKOS.Concept or predicate in _CODED:
        return Typed(ox.NamedNode(codes.find(text)))
    if wanted.startswith((XSD.NS, RDFS.Literal)):
        return Typed(_plain(text, wanted, predicate))
    if predicate in _OUTSIDE:
        return Typed(_iri(text))
    return _node(predicate, wanted, text, find)


def _node(predicate: str, wanted: str, text: str, find: Find) -> Typed:
    try:
        return Typed(ox.NamedNode(find(text, [wanted] if wanted.startswith(COMITY.NS) else ())))
    except ParameterError as error:
        if predicate == COMITY.relativeTo:  # counts from a day, an event or a document
            return _day(text)
        prefix = text.partition(":")[0]
        if wanted or prefix in prefixes() or predicate.startswith((COMITY.NS, ORG.NS)):
            raise
        raise ParameterError(
            f"{error}; if {text!r} is words and no node, say in which language or of which datatype"
        ) from error


def _day(text: str) -> Typed:
    point = parse(friendly_date(text))
    described = tuple(
        (point.iri(), triple.predicate.value, triple.object)
        for triple in to_triples(point)
        if isinstance(triple.object, ox.NamedNode | ox.Literal)
    )
    return Typed(ox.NamedNode(point.iri()), described)


def _literal(text: str, language: str, datatype: str) -> ox.Literal:
    try:
        if language:
            return ox.Literal(text, language=language)
        return ox.Literal(text, datatype=ox.NamedNode(expand(datatype)))
    except ValueError as error:
        said = language or datatype
        raise InputError(f"{said!r} is no language tag or datatype: {error}") from error


def _plain(text: str, wanted: str, predicate: str) -> ox.Literal:
    if wanted == XSD.boolean:
        folded = text.strip().casefold()
        if folded not in ("true", "false", "yes", "no"):
            raise InputError(f"{shorten(predicate)} is true or false, not {text!r}")
        return ox.Literal(folded in ("true", "yes"))
    if wanted in (XSD.string, RDFS.Literal):
        return ox.Literal(text)
    return ox.Literal(text, datatype=ox.NamedNode(wanted))  # the gate looks at its form


def _iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(expand(text))
    except ValueError as error:
        raise InputError(f"{text!r} is no IRI: {error}") from error


@cache
def _ranges() -> dict[str, str]:
    """Return the range of each property of the ontology that has one."""
    return {
        triple.subject.value: triple.object.value
        for triple in shipped_triples()[GRAPHS.ONTOLOGY]
        if triple.predicate.value == RDFS.range
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
    }
