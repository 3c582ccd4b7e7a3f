"""Results: what a query answers, as plain values with types, and the formats to write it in."""

from __future__ import annotations

from comity.results.answers import Answer, Result, Triples, read, write
from comity.results.formats import Written
from comity.results.rows import Row, Rows
from comity.results.values import Term, Value, cast

__all__ = [
    "Answer",
    "Result",
    "Row",
    "Rows",
    "Term",
    "Triples",
    "Value",
    "Written",
    "cast",
    "read",
    "write",
]
