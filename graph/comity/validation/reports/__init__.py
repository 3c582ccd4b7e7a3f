"""Reports of validation in the formats that people and programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.validation.reports.csv import csv_rows
from comity.validation.reports.html import html_page
from comity.validation.reports.json import json_lines
from comity.validation.reports.rdf import write_rdf
from comity.validation.reports.text import text_lines

if TYPE_CHECKING:
    from comity.validation.report import Report

__all__ = ["EXAMPLES", "FORMATS", "ReportFormat", "format_of", "write"]

EXAMPLES = 5
"""How many results of each shape a person sees first."""


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format of reports.

    Attributes
    ----------
    about : str
        What it is, in a few words.
    suffixes : tuple of str
        Of files in it, in lower case.
    write : callable
        Takes a report, a binary stream and the number of examples.
    """

    about: str
    suffixes: tuple[str, ...]
    write: Callable[[Report, IO[bytes], int], None]


def _text(made: Callable[[Report, int], Iterator[str]]) -> Callable[[Report, IO[bytes], int], None]:
    def write(report: Report, stream: IO[bytes], limit: int) -> None:
        for part in made(report, limit):
            # a file's name may hold what is no Unicode; it must not cost the report
            stream.write(part.encode("utf-8", "backslashreplace"))

    return write


def _rdf(syntax: ox.RdfFormat) -> Callable[[Report, IO[bytes], int], None]:
    return lambda report, stream, _limit: write_rdf(report, stream, syntax)


FORMATS = {
    "table": ReportFormat("text for people", (".txt",), _text(text_lines)),
    "html": ReportFormat("one page for a browser", (".html", ".htm"), _text(html_page)),
    "json": ReportFormat("for programs", (".json",), _text(lambda one, _: json_lines(one))),
    "csv": ReportFormat("for spreadsheets", (".csv",), _text(lambda one, _: csv_rows(one))),
    "turtle": ReportFormat("SHACL report in Turtle", (".ttl",), _rdf(ox.RdfFormat.TURTLE)),
    "ntriples": ReportFormat("SHACL report in N-Triples", (".nt",), _rdf(ox.RdfFormat.N_TRIPLES)),
    "jsonld": ReportFormat("SHACL report in JSON-LD", (".jsonld",), _rdf(ox.RdfFormat.JSON_LD)),
}
"""The formats by name."""


def format_of(path: str) -> str:
    """Return the name of the format that a file's suffix tells.

    Raises
    ------
    ParameterError
        No format has that suffix.

    Examples
    --------
    >>> format_of("report.html")
    'html'
    """
    suffix = Path(path).suffix.lower()
    for name, one in FORMATS.items():
        if suffix in one.suffixes:
            return name
    known = ", ".join(one.suffixes[0] for one in FORMATS.values())
    raise ParameterError(
        f"the suffix of {path} does not tell a report's format: use {known}, or name the format"
    )


def write(report: Report, stream: IO[bytes], format_name: str, *, limit: int = EXAMPLES) -> None:
    """Write a report, piece by piece.

    Parameters
    ----------
    report : Report
    stream : binary stream
    format_name : str
        One of :data:`FORMATS`.
    limit : int
        For formats that people read: how many results of each shape come
        first; 0 for all. The page has the others folded away, the table counts
        them. All other formats have all results.

    Raises
    ------
    ParameterError
        There is no such format.
    """
    if format_name not in FORMATS:
        raise ParameterError(
            f"no format of reports is called {format_name!r}: use {', '.join(FORMATS)}"
        )
    FORMATS[format_name].write(report, stream, limit)
