"""The one exception tree of Comity.

::

    ComityError
      InputError        data that cannot be read: what, where (file, line, node), what to do
      QueryError        SPARQL that cannot be run, with line and column where known
        ParameterError  a query, parameter, code or name that does not exist or does not fit
      StoreError        a store that is locked, missing, not writable or not a store
      NotSupported      something this store or format cannot do
      TimeLimit         a query that ran longer than allowed

It lives in the lowest package so that every layer can raise from it; users
import the names from :mod:`comity`.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "ComityError",
    "InputError",
    "NotSupported",
    "ParameterError",
    "QueryError",
    "StoreError",
    "TimeLimit",
]


class ComityError(Exception):
    """Base of all errors that Comity raises on purpose.

    The message says what was wrong, where, and what to do; ``exit_code`` is
    what the command line returns for it.
    """

    exit_code: ClassVar[int] = 3


class InputError(ComityError):
    """Data that cannot be read or accepted as a whole."""


class QueryError(ComityError):
    """A query that cannot be run.

    Parameters
    ----------
    message : str
        What was wrong and what to do.
    line, column : int, optional
        Position in the query text, both counted from 1.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None):
        super().__init__(message)
        self.line = line
        self.column = column


class ParameterError(QueryError):
    """An unknown query, parameter, code or name, or a value of the wrong type."""

    exit_code = 2


class StoreError(ComityError):
    """A store that cannot be opened, read or written."""


class NotSupported(ComityError):  # noqa: N818 - the name users read is the fact
    """Something that this kind of store, or this format, cannot do."""

    exit_code = 4


class TimeLimit(ComityError):  # noqa: N818 - the name users read is the fact
    """A query that ran longer than its limit and was stopped."""

    exit_code = 124
