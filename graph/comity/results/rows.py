"""Rows of a SELECT, as plain values with types.

Rows are read from the engine as they are asked for and kept, so a result can be
looked at more than once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from comity.results.html import html_table
from comity.results.tabular import SHOWN, Tabular
from comity.results.values import Term, Value, cast

__all__ = ["Row", "Rows"]


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


class Rows(Tabular):
    """The rows of a SELECT.

    Parameters
    ----------
    variables : sequence of str
        Names of the columns, without question marks.
    solutions : iterable
        One iterable of terms (None for unbound) a row; read only as far as needed.
    limit : int, optional
        Keep so many rows at most. :attr:`truncated` tells whether there were more.
    types : mapping of str to str, optional
        Types of columns as the header of a question declares them.
    """

    __slots__ = ("_index", "_more", "_read", "_source", "limit", "types", "variables")

    def __init__(
        self,
        variables: Sequence[str],
        solutions: Iterable[Iterable[Term | None]],
        *,
        limit: int | None = None,
        types: Mapping[str, str] | None = None,
    ):
        self.variables = tuple(variables)
        self.types = dict(types or {})
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
        shown = list(islice(self, SHOWN))
        left_out = self._fill(SHOWN + 1) or (len(shown) == self.limit and self.truncated)
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
