"""Tables of RDF terms as Arrow tables and as frames of polars and pandas.

The types of the columns are decided once, here, and the three have the same.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from comity.errors import NotSupported
from comity.results.values import Term, Value, cast

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["to_arrow", "to_pandas", "to_polars"]

DIGITS = 38  # of a decimal128, the widest that polars has
LONG = range(-(2**63), 2**63)
# What the header of a question calls the types; the others are text.
_DECLARED: Mapping[str, type] = {
    "integer": int,
    "decimal": Decimal,
    "boolean": bool,
    "date": date,
}


def to_arrow(
    names: Sequence[str], rows: Iterable[Sequence[Term | None]], declared: Mapping[str, str]
) -> pa.Table:
    """Make an Arrow table; see :meth:`comity.results.Rows.to_arrow`.

    Parameters
    ----------
    names : sequence of str
        Column heads.
    rows : iterable
        RDF terms (None for unbound) of each row.
    declared : mapping of str to str
        Types of columns, as in the header of a question; used for a column
        without values.

    Raises
    ------
    NotSupported
        PyArrow is not installed.
    """
    arrow = _module("pyarrow")
    columns: list[list[Term | None]] = [[] for _ in names]
    for row in rows:
        for column, term in zip(columns, row, strict=True):
            column.append(term)
    arrays = [
        _array(arrow, column, declared.get(name, ""))
        for name, column in zip(names, columns, strict=True)
    ]
    table: pa.Table = arrow.Table.from_arrays(arrays, names=list(names))
    return table


def to_polars(table: Callable[[], pa.Table]) -> pl.DataFrame:
    """Make a polars frame of an Arrow table, asked for once polars is there."""
    polars = _module("polars")
    frame: pl.DataFrame = polars.DataFrame(table())
    return frame


def to_pandas(table: Callable[[], pa.Table]) -> pd.DataFrame:
    """Make a pandas frame of an Arrow table, asked for once pandas is there."""
    pandas, arrow = _module("pandas"), _module("pyarrow")
    made = table()
    for position, field in enumerate(made.schema):
        if arrow.types.is_decimal(field.type):
            numbers = made.column(position).cast(arrow.float64())
            made = made.set_column(position, field.name, numbers)
    nullable = {
        arrow.int64(): pandas.Int64Dtype(),
        arrow.float64(): pandas.Float64Dtype(),
        arrow.bool_(): pandas.BooleanDtype(),
        arrow.string(): pandas.StringDtype(),
    }
    frame: pd.DataFrame = made.to_pandas(types_mapper=nullable.get, date_as_object=False)
    return frame


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise NotSupported(
            f"this needs {name}, which is not installed: pip install 'comity[tables]'"
        ) from error


def _array(arrow: Any, terms: list[Term | None], declared: str) -> Any:
    values = [cast(term) for term in terms]
    kind = _kind([value for value in values if value is not None], declared)
    if kind is str:
        return arrow.array([_text(term) for term in terms], arrow.string())
    if kind is Decimal:
        exact = [None if value is None else Decimal(str(value)) for value in values]
        return arrow.array(exact) if any(exact) else arrow.array(exact, arrow.decimal128(DIGITS, 0))
    if kind is float:
        return arrow.array([None if v is None else float(str(v)) for v in values], arrow.float64())
    if kind is datetime:
        zoned = any(isinstance(value, datetime) and value.tzinfo for value in values)
        return arrow.array(values, arrow.timestamp("us", tz="UTC" if zoned else None))
    types = {int: arrow.int64(), bool: arrow.bool_(), date: arrow.date32()}
    return arrow.array(values, types[kind])


def _kind(values: Sequence[Value], declared: str) -> type:
    """Find the one type that holds all values as what they are; text holds any."""
    kinds = {type(value) for value in values}
    if not kinds:
        return _DECLARED.get(declared, str)
    if kinds == {datetime}:
        aware = {bool(value.tzinfo) for value in values if isinstance(value, datetime)}
        return datetime if len(aware) == 1 else str
    if kinds == {int} and all(value in LONG for value in values):
        return int
    if kinds <= {int, Decimal}:
        return Decimal if _fit(values) else str
    if kinds <= {int, Decimal, float}:
        return float
    return kinds.pop() if kinds in ({bool}, {date}) else str


def _fit(values: Sequence[Value]) -> bool:
    """Tell whether the numbers fit one column of decimals."""
    parts = [Decimal(str(value)).as_tuple() for value in values]
    scale = max(max(-int(part.exponent), 0) for part in parts)
    whole = max(len(part.digits) + int(part.exponent) for part in parts)
    return max(whole, 0) + scale <= DIGITS


def _text(term: Term | None) -> str | None:
    if term is None:
        return None
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)
