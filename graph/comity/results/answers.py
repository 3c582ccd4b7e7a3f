"""What a query answers: rows, yes or no, or triples, as plain values with types.

Rows are read from the engine as they are asked for and kept, so a result can be
looked at more than once. For answers too large to keep, :func:`write` streams.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, TypeAlias

import pyoxigraph as ox

from comity.results import formats
from comity.results.formats import Written
from comity.results.html import html_table
from comity.results.values import Term, Value, cast

__all__ = ["Answer", "Result", "Row", "Rows", "Triples", "Value", "cast", "read", "write"]

_SHOWN = 100


class Row:
    """One row of an answer: values by position, by name or as attributes.

    Iterating gives the cast values; an unbound variable is None. A variable
    named like a method (``term``, ``to_dict``) is reached by position or name.

    Examples
    --------
    >>> from pyoxigraph import Literal, NamedNode
    >>> row = Rows(["who", "n"], [[NamedNode("https://example.org/a"), Literal(2)]])[0]
    >>> row.n, row["n"], row[1], row.to_dict()
    (2, 2, 2, {'who': 'https://example.org/a', 'n': 2})
    """

    __slots__ = ("_index", "_terms")

    def __init__(self, index: Mapping[str, int], terms: tuple[Term | None, ...]):
        self._index = index
        self._terms = terms

    def term(self, key: int | str) -> Term | None:
        """Give the RDF term itself, with its datatype or language."""
        return self._terms[self._index[key] if isinstance(key, str) else key]

    def terms(self) -> tuple[Term | None, ...]:
        """Give all RDF terms of the row."""
        return self._terms

    def to_dict(self) -> dict[str, Value]:
        """Give the row as a dictionary from variable to value, unbound ones as None."""
        return dict(zip(self._index, self, strict=True))

    def __getitem__(self, key: int | str) -> Value:
        return cast(self.term(key))

    def __getattr__(self, name: str) -> Value:
        if not name.startswith("_") and name in self._index:
            return self[name]
        raise AttributeError(f"this row has no column {name!r}")

    def __iter__(self) -> Iterator[Value]:
        return map(cast, self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return list(self._index) == list(other._index) and self._terms == other._terms

    def __hash__(self) -> int:
        return hash((tuple(self._index), self._terms))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{key}={value!r}' for key, value in self.to_dict().items())})"


class _Written:
    """Writing and showing, the same for the three kinds of answer."""

    __slots__ = ()

    def write(self, fp: IO[bytes], format: str) -> Written:  # noqa: A002
        """Write the answer to a binary file; see :func:`write` for the formats."""
        return write(self, fp, format)  # type: ignore[arg-type]

    def to_bytes(self, format: str) -> bytes:  # noqa: A002
        """Give the answer as bytes in a format of :func:`write`."""
        buffer = io.BytesIO()
        self.write(buffer, format)
        return buffer.getvalue()


class Rows(_Written):
    """The rows of a SELECT.

    Parameters
    ----------
    variables : sequence of str
        Names of the columns, without question marks.
    solutions : iterable
        One iterable of terms (None for unbound) a row; read only as far as needed.
    limit : int, optional
        Keep so many rows at most. :attr:`truncated` tells whether there were more.
    """

    __slots__ = ("_index", "_more", "_read", "_source", "limit", "variables")

    def __init__(
        self,
        variables: Sequence[str],
        solutions: Iterable[Iterable[Term | None]],
        *,
        limit: int | None = None,
    ):
        self.variables = tuple(variables)
        self.limit = limit
        self._index = {name: position for position, name in enumerate(self.variables)}
        self._source = iter(solutions)
        self._read: list[Row] = []
        self._more: bool | None = None

    @property
    def truncated(self) -> bool:
        """Whether the limit left rows out; reads up to the limit to know."""
        self._fill(None)
        return bool(self._more)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Give all rows as dictionaries from variable to value."""
        return [row.to_dict() for row in self]

    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """Iterate over the rows as tuples of RDF terms."""
        return (row.terms() for row in self)

    def __iter__(self) -> Iterator[Row]:
        position = 0
        while self._fill(position + 1):
            yield self._read[position]
            position += 1

    def __getitem__(self, position: int) -> Row:
        self._fill(position + 1 if position >= 0 else None)
        return self._read[position]

    def __len__(self) -> int:
        self._fill(None)
        return len(self._read)

    def __bool__(self) -> bool:
        return self._fill(1)

    def __repr__(self) -> str:
        return f"Rows({', '.join(self.variables)})"

    def _repr_html_(self) -> str:
        shown = list(islice(self, _SHOWN))
        left_out = self._fill(_SHOWN + 1) or (len(shown) == self.limit and self.truncated)
        return html_table(self.variables, (row.terms() for row in shown), len(shown), left_out)

    def _fill(self, count: int | None) -> bool:
        """Read until so many rows are there, all of them for None; say whether they are."""
        while self._more is None and (count is None or len(self._read) < count):
            solution = next(self._source, None)
            if solution is None or len(self._read) == self.limit:
                self._more = solution is not None
                self._source = iter(())
            else:
                self._read.append(Row(self._index, tuple(solution)))
        return count is None or len(self._read) >= count


class Answer(_Written):
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


class Triples(_Written):
    """The triples of a CONSTRUCT or DESCRIBE, at most ``limit`` of them."""

    __slots__ = ("limit", "triples", "truncated")

    def __init__(self, triples: Iterable[ox.Triple], *, limit: int | None = None):
        source = iter(triples)
        self.limit = limit
        self.triples = tuple(islice(source, limit))
        self.truncated = limit is not None and next(source, None) is not None

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        return f"Triples({len(self.triples)})"

    def _repr_html_(self) -> str:
        rows = (tuple(triple) for triple in self.triples[:_SHOWN])
        names = ("subject", "predicate", "object")
        left_out = self.truncated or len(self) > _SHOWN
        return html_table(names, rows, min(len(self), _SHOWN), left_out)


Result: TypeAlias = Rows | Answer | Triples
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
