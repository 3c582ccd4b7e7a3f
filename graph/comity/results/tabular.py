"""What the kinds of answer have in common: they can be written, and tables become frames."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING

from comity.results import frames
from comity.results.formats import Written
from comity.results.values import Term

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["SHOWN", "Tabular", "Writable"]

SHOWN = 100  # rows in a notebook


class Writable:
    """Writing, the same for the three kinds of answer."""

    __slots__ = ()

    def write(self, fp: IO[bytes], format: str) -> Written:  # noqa: A002
        """Write the answer to a binary file; see :func:`write` for the formats."""
        from comity.results.answers import write  # here, because that module knows all kinds

        return write(self, fp, format)  # type: ignore[arg-type]

    def to_bytes(self, format: str) -> bytes:  # noqa: A002
        """Give the answer as bytes in a format of :func:`write`."""
        buffer = io.BytesIO()
        self.write(buffer, format)
        return buffer.getvalue()


class Tabular(Writable, ABC):
    """A table of terms, which pandas, polars and Arrow users can take over.

    Attributes
    ----------
    variables : tuple of str
        Names of the columns.
    types : mapping of str to str
        Types of columns that are known without looking at the values.
    """

    __slots__ = ()

    variables: tuple[str, ...]
    types: Mapping[str, str]

    @abstractmethod
    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """Iterate over the rows as tuples of RDF terms."""

    def to_arrow(self) -> pa.Table:
        """Give the table as an Arrow table; needs the extra ``tables``.

        A column's type follows from the datatypes of its values: int64, float64,
        decimal128, bool, date32, timestamp in UTC where values have a zone, else
        string. IRIs are strings, what is unbound is null. Columns without a value
        have the type that the question declares, else string; columns of several
        types keep the values as written.

        Returns
        -------
        pyarrow.Table

        Raises
        ------
        NotSupported
            PyArrow is not installed.
        """
        return frames.to_arrow(self.variables, self.terms(), self.types)

    def to_polars(self) -> pl.DataFrame:
        """Give the table as a polars frame, with the types of :meth:`to_arrow`.

        Returns
        -------
        polars.DataFrame

        Raises
        ------
        NotSupported
            polars or PyArrow is not installed.
        """
        return frames.to_polars(self.to_arrow)

    def to_pandas(self) -> pd.DataFrame:
        """Give the table as a pandas frame.

        The types are the nullable ones that match those of :meth:`to_arrow`, and
        ``datetime64`` for days. Decimals become ``Float64``, since pandas has no
        exact type for them.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        NotSupported
            pandas or PyArrow is not installed.

        Examples
        --------
        >>> from comity.results import Rows
        >>> from pyoxigraph import Literal
        >>> frame = Rows(["n"], [[Literal(3)], [None]]).to_pandas()
        >>> frame["n"].sum(), str(frame["n"].dtype)
        (np.int64(3), 'Int64')
        """
        return frames.to_pandas(self.to_arrow)
