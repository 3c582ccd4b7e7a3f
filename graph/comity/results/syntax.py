"""Rows of terms in the four W3C result formats, a piece of text at a time.

A fifth, ``spreadsheet``, is CSV changed so that nothing in it runs as a formula.

Sources: SPARQL 1.1 Query Results JSON Format; SPARQL Query Results XML Format
(Second Edition); SPARQL 1.1 Query Results CSV and TSV Formats.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from comity.errors import NotSupported
from comity.results.safe import defused
from comity.results.values import Term
from comity_ontology.terms import XSD

__all__ = ["NOT_XML", "SYNTAXES", "XML_HEAD", "Terms"]

Terms: TypeAlias = Sequence[Term | None]

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_ENTITIES = {"\r": "&#13;"}
XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n  <head>{}</head>\n'
)
# literals that SPARQL and Turtle read back from their bare form; rdflib fails on a
# bare negative decimal
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}

_NUMERIC = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.NS + "float"})
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def _json(variables: Sequence[str], rows: Iterable[Terms]) -> Iterator[str]:
    yield f'{{"head":{{"vars":{_dump(list(variables))}}},"results":{{"bindings":['
    comma = "\n"
    for row in rows:
        bound = {
            name: _json_term(term)
            for name, term in zip(variables, row, strict=True)
            if term is not None
        }
        yield comma + _dump(bound)
        comma = ",\n"
    yield "\n]}}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    literal = _literal(term, "JSON")
    form = {"type": "literal", "value": literal.value}
    if literal.language:
        return form | {"xml:lang": literal.language}
    if literal.datatype.value == XSD.string:
        return form
    return form | {"datatype": literal.datatype.value}


def _xml(variables: Sequence[str], rows: Iterable[Terms]) -> Iterator[str]:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    yield XML_HEAD.format(head) + "  <results>\n"
    for row in rows:
        bindings = "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(variables, row, strict=True)
            if term is not None
        )
        yield f"    <result>{bindings}</result>\n"
    yield "  </results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    literal = _literal(term, "XML")
    attribute = ""
    if literal.language:
        attribute = f" xml:lang={quoteattr(literal.language)}"
    elif literal.datatype.value != XSD.string:
        attribute = f" datatype={quoteattr(literal.datatype.value)}"
    return f"<literal{attribute}>{_xml_text(literal.value)}</literal>"


def _xml_text(text: str) -> str:
    if found := NOT_XML.search(text):
        raise NotSupported(
            f"XML cannot hold the character U+{ord(found.group()):04X} in {text[:60]!r}: "
            "use json, csv or tsv"
        )
    return escape(text, _XML_ENTITIES)


def _literal(term: Term, name: str) -> ox.Literal:
    if not isinstance(term, ox.Literal):
        raise NotSupported(f"SPARQL 1.1 {name} results have no form for a triple term: use tsv")
    return term


def _csv(variables: Sequence[str], rows: Iterable[Terms]) -> Iterator[str]:
    return _comma_separated(variables, rows, _plain)


def _spreadsheet(variables: Sequence[str], rows: Iterable[Terms]) -> Iterator[str]:
    """Write CSV that a spreadsheet shows and does not run: not what W3C says, hence its name."""
    yield "\ufeff"  # by which they know that it is UTF-8
    yield from _comma_separated(variables, rows, _defused)


def _comma_separated(
    variables: Sequence[str], rows: Iterable[Terms], text: Callable[[Term], str]
) -> Iterator[str]:
    yield ",".join(variables) + "\r\n"
    for row in rows:
        line = ",".join("" if term is None else _csv_field(text(term)) for term in row)
        # an empty line would be lost on many readers
        yield (line if line or len(row) != 1 else '""') + "\r\n"


def _plain(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _defused(term: Term) -> str:
    text = _plain(term)
    # the datatype alone proves nothing: stores keep what is no number as it is
    numeric = isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC
    return text if numeric and _NUMBER.fullmatch(text) else defused(text)


def _csv_field(text: str) -> str:
    if any(character in text for character in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(variables: Sequence[str], rows: Iterable[Terms]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    for row in rows:
        yield "\t".join(map(_tsv_field, row)) + "\n"


def _tsv_field(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        bare = _BARE.get(term.datatype.value)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
    return str(term)


SYNTAXES: dict[str, Callable[[Sequence[str], Iterable[Terms]], Iterator[str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "spreadsheet": _spreadsheet,
    "tsv": _tsv,
}
