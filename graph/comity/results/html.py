"""Answers as an HTML table, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pyoxigraph as ox

from comity.results.values import Term
from comity_ontology.prefixes import shorten

__all__ = ["html_table"]


def html_table(
    names: Sequence[str], rows: Iterable[Iterable[Term | None]], count: int, left_out: bool
) -> str:
    """Give rows of terms as a table, everything in them escaped.

    Parameters
    ----------
    names : sequence of str
        Column heads.
    rows : iterable
        Terms (None for unbound) of each row.
    count : int
        How many rows these are.
    left_out : bool
        Whether there are more; said above the table.

    Returns
    -------
    str
        A ``table`` element; only http and https IRIs are links.
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    note = f"<caption>the first {count} rows; there are more</caption>" if left_out else ""
    return f"<table>{note}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(term: Term | None) -> str:
    if term is None:
        return "<td></td>"
    if isinstance(term, ox.NamedNode):
        iri, text = escape(term.value), escape(shorten(term.value))
        # other schemes could run a script when clicked
        if term.value.startswith(("http://", "https://")):
            return f'<td><a href="{iri}">{text}</a></td>'
        return f"<td>{text}</td>"
    if isinstance(term, ox.Literal):
        language = f' lang="{escape(term.language)}"' if term.language else ""
        return f'<td dir="auto"{language}>{escape(term.value)}</td>'
    return f"<td>{escape(str(term))}</td>"
