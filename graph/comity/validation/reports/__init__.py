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
from comity.validation.reports.shown import Shown
from comity.validation.reports.text import text_lines

if TYPE_CHECKING:
    from comity.validation.lookup import About
    from comity.validation.report import Report

__all__ = ["EXAMPLES", "FOLDED", "FORMATS", "ReportFormat", "Shown", "format_of", "write"]

EXAMPLES = 5
"""How many results of each shape a person sees first."""
FOLDED = 500
"""How many more of each a page has folded away: with 20 shapes, it is about 10 MB."""


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
        Takes what is shown of a report, and a binary stream.
    limit : int
        How many results of each shape there are unless somebody says; 0 for all.
    """

    about: str
    suffixes: tuple[str, ...]
    write: Callable[[Shown, IO[bytes]], None]
    limit: int = 0


def _text(made: Callable[[Shown], Iterator[str]]) -> Callable[[Shown, IO[bytes]], None]:
    def write(shown: Shown, stream: IO[bytes]) -> None:
        for part in made(shown):
            # a file's name may hold what is no Unicode; it must not cost the report
            stream.write(part.encode("utf-8", "backslashreplace"))

    return write


def _rdf(syntax: ox.RdfFormat) -> Callable[[Shown, IO[bytes]], None]:
    return lambda shown, stream: write_rdf(shown, stream, syntax)


FORMATS = {
    "table": ReportFormat("text for people", (".txt",), _text(text_lines), EXAMPLES),
    "html": ReportFormat("one page for a browser", (".html", ".htm"), _text(html_page), EXAMPLES),
    "json": ReportFormat("for programs", (".json",), _text(json_lines)),
    "csv": ReportFormat("for spreadsheets", (".csv",), _text(csv_rows)),
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


def write(
    report: Report,
    stream: IO[bytes],
    format_name: str,
    *,
    limit: int | None = None,
    fold: int | None = None,
    about: About | None = None,
) -> None:
    """Write a report, piece by piece.

    Parameters
    ----------
    report : Report
    stream : binary stream
    format_name : str
        One of :data:`FORMATS`.
    limit : int, optional
        How many results of each shape are written, 0 for all. By default all,
        and :data:`EXAMPLES` in formats that people read: the table counts the
        others, the page has them folded away. Counts are always of all results,
        and formats for programs say where some are left out.
    fold : int, optional
        How many more of each shape the page has folded away, 0 for all; by
        default :data:`FOLDED`. It counts the others.
    about : callable, optional
        Says what is known about a node (:func:`comity.validation.about_in`),
        for a report that has no labels and passages yet: they are looked up for
        what is written, and not kept.

    Raises
    ------
    ParameterError
        There is no such format, or a number is negative.
    """
    if format_name not in FORMATS:
        raise ParameterError(
            f"no format of reports is called {format_name!r}: use {', '.join(FORMATS)}"
        )
    chosen = FORMATS[format_name]
    limit = chosen.limit if limit is None else limit
    fold = FOLDED if fold is None else fold
    if min(limit, fold) < 0:
        raise ParameterError("a number of results to show cannot be negative; 0 is for all")
    chosen.write(Shown(report, limit, fold, about), stream)
