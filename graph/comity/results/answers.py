"""What a query answers: rows, yes or no, or triples, as plain values with types.

Rows are read from the engine as they are asked for and kept, so a result can be
looked at more than once. For answers too large to keep, :func:`write` streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import IO, TypeAlias

import pyoxigraph as ox

from comity.results import formats
from comity.results.formats import Written, upto
from comity.results.html import html_table
from comity.results.rows import Row, Rows
from comity.results.tabular import SHOWN, Tabular, Writable
from comity.results.values import Term, Value, cast

__all__ = ["Answer", "Result", "Row", "Rows", "Triples", "Value", "cast", "read", "write"]


class Answer(Writable):
    """The answer of an ASK; true in a condition when it is yes."""

    __slots__ = ("value",)

    def __init__(self, value: bool):
        self.value = bool(value)

    def __bool__(self) -> bool:
        return self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self.value == other.value

    def __hash__(self) -> int:
        return hash((Answer, self.value))

    def __repr__(self) -> str:
        return f"Answer({self.value})"


class Triples(Tabular):
    """The triples of a CONSTRUCT or DESCRIBE, at most ``limit`` of them."""

    __slots__ = ("limit", "triples", "truncated")

    variables = ("subject", "predicate", "object")
    types: Mapping[str, str] = MappingProxyType({})

    def __init__(self, triples: Iterable[ox.Triple], *, limit: int | None = None):
        source = iter(triples)
        self.limit = limit
        self.triples = tuple(upto(source, limit))
        self.truncated = limit is not None and next(source, None) is not None

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """Iterate over the triples as rows of three terms."""
        return (tuple(triple) for triple in self.triples)

    def __repr__(self) -> str:
        return f"Triples({len(self.triples)})"

    def _repr_html_(self) -> str:
        left_out = self.truncated or len(self) > SHOWN
        rows = islice(self.terms(), SHOWN)
        return html_table(self.variables, rows, min(len(self), SHOWN), left_out)


Result: TypeAlias = Rows | Answer | Triples
"""What a query answers, by its form."""
Engine: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def read(answer: Engine, *, limit: int | None = None) -> Result:
    """Wrap what the engine answered, keeping at most ``limit`` rows or triples.

    Returns
    -------
    Rows, Answer or Triples
        By the form of the query.
    """
    if isinstance(answer, ox.QueryBoolean):
        return Answer(bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        return Rows([variable.value for variable in answer.variables], answer, limit=limit)
    return Triples(answer, limit=limit)


def write(
    answer: Result | Engine,
    fp: IO[bytes],
    format: str,  # noqa: A002
    *,
    limit: int | None = None,
) -> Written:
    """Write an answer, reading it row by row and keeping nothing.

    Parameters
    ----------
    answer : Result or what the engine answered
        An engine's answer is used up; a :class:`Rows` keeps what it reads.
    fp : binary file
        Where to write; text is UTF-8.
    format : str
        Rows and yes or no: json, xml, csv, tsv, table. Triples: turtle, trig,
        ntriples, nquads, jsonld, rdfxml, table.
    limit : int, optional
        Write so many rows or triples at most.

    Returns
    -------
    Written
        How many were written, and whether the limit left some out.

    Raises
    ------
    NotSupported
        The format does not fit the kind of answer or cannot hold a value in it.
    """
    if isinstance(answer, Answer | ox.QueryBoolean):
        return formats.write_boolean(fp, format, bool(answer))
    if isinstance(answer, Rows):
        # only a table reads all rows before the first is written, and says what it lacks
        more = format == "table" and answer.truncated
        names: Sequence[str] = answer.variables
        written = formats.write_rows(fp, format, names, answer.terms(), limit, more=more)
        return Written(written.count, written.truncated or answer.truncated)
    if isinstance(answer, ox.QuerySolutions):
        names = [variable.value for variable in answer.variables]
        return formats.write_rows(fp, format, names, map(tuple, answer), limit)
    more = isinstance(answer, Triples) and answer.truncated
    return formats.write_triples(fp, format, answer, limit, more=more)
