"""Writing answers: the W3C result formats, RDF, and a table to read.

CSV and TSV have no form for yes or no, so it is the bare word, as other engines
write it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import islice
from typing import IO, TypeVar

import pyoxigraph as ox

from comity.errors import NotSupported
from comity.readers import FORMATS as RDF_FORMATS
from comity.results.syntax import NOT_XML, SYNTAXES, XML_HEAD, Terms
from comity.results.table import render
from comity_ontology.prefixes import prefixes

__all__ = [
    "GRAPH_FORMATS",
    "ROW_FORMATS",
    "Written",
    "check_rdfxml",
    "upto",
    "write_boolean",
    "write_rows",
    "write_triples",
]

_T = TypeVar("_T")

ROW_FORMATS = ("json", "xml", "csv", "tsv", "spreadsheet", "table")
GRAPH_FORMATS = (*RDF_FORMATS, "table")

_BATCH = 1_000
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written.

    Parameters
    ----------
    count : int
        Rows or triples.
    truncated : bool
        Whether a limit left some out.
    """

    count: int
    truncated: bool


def write_rows(
    fp: IO[bytes],
    format: str,  # noqa: A002
    variables: Sequence[str],
    rows: Iterable[Terms],
    limit: int | None = None,
    *,
    more: bool = False,
) -> Written:
    """Write rows of terms; only a table keeps them in memory.

    Parameters
    ----------
    fp : binary file
        Where to write.
    format : {'json', 'xml', 'csv', 'tsv', 'spreadsheet', 'table'}
        How. CSV is exact; ``spreadsheet`` is CSV with a byte order mark in which
        text that would run as a formula has an apostrophe before it.
    variables : sequence of str
        Names of the columns.
    rows : iterable
        A sequence of terms (None for unbound) a row.
    limit : int, optional
        Write so many at most.
    more : bool
        Whether rows are known to be missing from ``rows`` already.

    Returns
    -------
    Written
        How many, and whether there were more.

    Raises
    ------
    NotSupported
        The format is none of these or cannot hold a value.
    """
    source = iter(rows)
    kept = upto(source, limit)
    if format == "table":
        table = list(kept)
        truncated = _more(source, limit) or more
        fp.write(render(variables, table, truncated).encode())
        return Written(len(table), truncated)
    try:
        write = SYNTAXES[format]
    except KeyError:
        raise _no_format(format, "rows", ROW_FORMATS) from None
    count = 0

    def counted() -> Iterator[Terms]:
        nonlocal count
        for row in kept:
            count += 1
            yield row

    parts = write(variables, counted())
    while batch := "".join(islice(parts, _BATCH)):
        fp.write(batch.encode())
    return Written(count, _more(source, limit) or more)


def write_boolean(fp: IO[bytes], format: str, value: bool) -> Written:  # noqa: A002
    """Write the answer of an ASK; formats as for rows."""
    word = "true" if value else "false"
    forms = {
        "json": f'{{"head":{{}},"boolean":{word}}}\n',
        "xml": XML_HEAD.format("") + f"  <boolean>{word}</boolean>\n</sparql>\n",
        "csv": f"{word}\r\n",
        "spreadsheet": f"{word}\r\n",
        "tsv": f"{word}\n",
        "table": "yes\n" if value else "no\n",
    }
    if format not in forms:
        raise _no_format(format, "a yes or no", ROW_FORMATS)
    fp.write(forms[format].encode())
    return Written(1, False)


def write_triples(
    fp: IO[bytes],
    format: str,  # noqa: A002
    triples: Iterable[ox.Triple],
    limit: int | None = None,
    *,
    more: bool = False,
) -> Written:
    """Write triples as RDF, prefixes declared where the syntax has them.

    Raises
    ------
    NotSupported
        The format is none of :data:`GRAPH_FORMATS`, or RDF/XML cannot hold a
        value (control characters) or predicate (one that does not end in a name).
    """
    if format == "table":
        names = ("subject", "predicate", "object")
        rows = (tuple(triple) for triple in triples)
        return write_rows(fp, format, names, rows, limit, more=more)
    if format not in RDF_FORMATS:
        raise _no_format(format, "triples", GRAPH_FORMATS)
    source = iter(triples)
    count = 0

    def counted() -> Iterator[ox.Triple]:
        nonlocal count
        for triple in upto(source, limit):
            if format == "rdfxml":
                check_rdfxml(triple)
            count += 1
            yield triple

    ox.serialize(counted(), fp, RDF_FORMATS[format], prefixes=_used(triples))
    return Written(count, _more(source, limit) or more)


def upto(items: Iterator[_T], limit: int | None) -> Iterator[_T]:
    """Give so many items at most; what no system can count to is no limit."""
    return islice(items, None if limit is None else min(limit, sys.maxsize))


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Keep the prefixes that occur; all of them where looking would use the triples up."""
    if not isinstance(triples, Sized):
        return prefixes()
    text = {
        term.value if isinstance(term, ox.NamedNode) else term.datatype.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode | ox.Literal)
    }
    return {
        name: namespace
        for name, namespace in prefixes().items()
        if any(iri.startswith(namespace) for iri in text)
    }


def _more(source: Iterator[object], limit: int | None) -> bool:
    return limit is not None and next(source, None) is not None


def _no_format(name: str, kind: str, formats: Sequence[str]) -> NotSupported:
    return NotSupported(f"{kind} cannot be written as {name!r}: use {', '.join(formats)}")


def check_rdfxml(triple: ox.Triple) -> None:
    """Refuse a triple that RDF/XML cannot hold; see :func:`write_triples`."""
    if not _XML_NAME.search(triple.predicate.value):
        raise NotSupported(
            f"RDF/XML cannot name the predicate <{triple.predicate.value}>, which does not end "
            "in an XML name: use turtle or jsonld"
        )
    value = triple.object
    if isinstance(value, ox.Triple):
        raise NotSupported("RDF/XML has no form for a triple term: use turtle or ntriples")
    # A carriage return too: the engine writes it bare, and an XML reader makes a line feed of it.
    if found := NOT_XML.search(value.value) or re.search("\r", value.value):
        raise NotSupported(
            f"RDF/XML cannot hold the character U+{ord(found.group()):04X} in "
            f"{value.value[:60]!r}: use turtle or jsonld"
        )
