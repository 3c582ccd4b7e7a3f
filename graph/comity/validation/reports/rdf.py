"""A report as SHACL validation report (SHACL §3.6), for any SHACL tool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from comity.validation.paths import path_triples
from comity_ontology.prefixes import prefixes
from comity_ontology.terms import RDF, RDFS, SH

if TYPE_CHECKING:
    from comity.store.base import Term
    from comity.validation.reports.shown import Shown
    from comity.validation.results import Result

__all__ = ["write_rdf"]

_REPORT = ox.BlankNode("report")


def write_rdf(shown: Shown, stream: IO[bytes], syntax: ox.RdfFormat) -> None:
    """Write a report as RDF.

    ``sh:conforms`` is false as soon as there is any result, of whatever
    severity, as the Recommendation has it (§3.1, §3.6.1.1). What readers have
    to know about the run, and whether results are left out, is a comment.
    """
    ox.serialize(_triples(shown), stream, format=syntax, prefixes=prefixes())


def _triples(shown: Shown) -> Iterator[ox.Triple]:
    report = shown.report
    yield _said(_REPORT, RDF.type, ox.NamedNode(SH.ValidationReport))
    yield _said(_REPORT, SH.conforms, ox.Literal(not report.results))
    for note in report.notes:
        # a file's name may hold what is no Unicode
        text = note.encode("utf-8", "backslashreplace").decode()
        yield _said(_REPORT, RDFS.comment, ox.Literal(text))
    if shown.truncated:
        part = f"Of {len(report.results):,} results, the first {shown.limit:,} of each shape."
        yield _said(_REPORT, RDFS.comment, ox.Literal(part))
    for number, result in enumerate(shown.results()):
        node = ox.BlankNode(f"r{number}")
        yield _said(_REPORT, SH.result, node)
        yield from _result(result, node)


def _result(result: Result, node: ox.BlankNode) -> Iterator[ox.Triple]:
    yield _said(node, RDF.type, ox.NamedNode(SH.ValidationResult))
    yield _said(node, SH.focusNode, _node(result.focus))
    severity = result.own_severity or SH.NS + result.severity.name.capitalize()
    yield _said(node, SH.resultSeverity, ox.NamedNode(severity))
    language = result.message_language or None
    yield _said(node, SH.resultMessage, ox.Literal(result.message, language=language))
    yield _said(node, SH.sourceShape, _node(result.shape))
    # Each result has one; a check that is no shape is its own component.
    yield _said(node, SH.sourceConstraintComponent, _node(result.constraint or result.shape))
    if result.path:
        path, described = path_triples(result.path, node.value)
        yield _said(node, SH.resultPath, path)
        yield from described
    if result.value_kind:
        yield _said(node, SH.value, _value(result))
    for number, detail in enumerate(result.details):
        inner = ox.BlankNode(f"{node.value}d{number}")
        yield _said(node, SH.detail, inner)
        yield from _result(detail, inner)


def _said(subject: ox.BlankNode, predicate: str, value: Term) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _node(text: str) -> Term:
    """Return the term of a node: an IRI, a blank node, or a literal that has neither form."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    if text.startswith('"'):
        line = f"<x:x> <x:x> {text} .".encode()
        literal: Term = next(ox.parse(line, format=ox.RdfFormat.N_TRIPLES)).object
        return literal
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.Literal(text)


def _value(result: Result) -> Term:
    if result.value_kind != "literal":
        return _node(result.value)
    if result.language:
        return ox.Literal(result.value, language=result.language)
    datatype = ox.NamedNode(result.datatype) if result.datatype else None
    return ox.Literal(result.value, datatype=datatype)
