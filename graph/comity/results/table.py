"""Answers as a table for people: short IRIs, nothing that could act on a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from comity.results.safe import one_line
from comity_ontology.prefixes import shorten
from comity_ontology.terms import XSD

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["render", "table"]

UNSEEN_WIDTH = 160
_NUMBERS = frozenset([XSD.integer, XSD.decimal, XSD.double, XSD.NS + "float"])


def table(
    variables: Sequence[str], rows: Iterable[Sequence[object]], truncated: bool
) -> RenderableType:
    """Lay rows of terms out for the caller's rich console to print.

    Parameters
    ----------
    variables : sequence of str
        Column heads.
    rows : iterable
        A sequence of RDF terms (None for unbound) a row.
    truncated : bool
        Whether rows were left out; said below the table.

    Returns
    -------
    rich renderable
        Long cells are folded, numbers set to the right.
    """
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    body = list(rows)
    layout = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for position, name in enumerate(variables):
        column = [row[position] for row in body if row[position] is not None]
        numeric = bool(column) and all(map(_is_number, column))
        layout.add_column(
            Text(name), justify="right" if numeric else "left", overflow="fold", max_width=60
        )
    for row in body:
        layout.add_row(*(Text(_shown(term)) for term in row))
    if not truncated:
        return layout
    return Group(layout, Text(f"the first {len(body)} rows; there are more"))


def render(
    variables: Sequence[str],
    rows: Iterable[Sequence[object]],
    truncated: bool,
    width: int | None = None,
) -> str:
    """Give the table as plain text without colours.

    Parameters
    ----------
    variables, rows, truncated
        As for :func:`table`.
    width : int, optional
        Columns of the screen; by default ``COLUMNS``, else the terminal's, and
        160 where there is none.

    Returns
    -------
    str
        Lines without trailing spaces.
    """
    from rich.console import Console

    if width is None and not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        width = UNSEEN_WIDTH
    text = io.StringIO()
    console = Console(file=text, width=width, no_color=True, force_terminal=False, highlight=False)
    console.print(table(variables, rows, truncated))
    lines = (line.rstrip() for line in text.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def _is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _shown(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        text = shorten(term.value)
    else:
        text = term.value if isinstance(term, ox.Literal) else str(term)
    return one_line(text)
