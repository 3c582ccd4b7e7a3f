"""What a question of the catalogue is: plain, frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "COLUMN_TYPES",
    "PARAMETER_TYPES",
    "RESERVED_NAMES",
    "Parameter",
    "Query",
    "enumeration",
]

PARAMETER_TYPES = ("iri", "string", "integer", "decimal", "boolean", "date", "code")
"""Types that a parameter of a question may have."""
COLUMN_TYPES = ("iri", "iris", "string", "integer", "decimal", "boolean", "date", "edtf")
"""Types that a column of a question may have."""
# Options that every query has on the command line already.
RESERVED_NAMES = frozenset(
    {"format", "help", "limit", "output", "quiet", "store", "timeout", "verbose"}
)
"""Names that no parameter may have, as commands use them themselves."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of a query.

    Attributes
    ----------
    name : str
        Its name, which is that of the variable without the question mark.
    type : str
        One of ``PARAMETER_TYPES``.
    required : bool
        Whether the query cannot be asked without it.
    many : bool
        Whether several values may be given.
    classes : tuple of str
        For ``iri``: IRIs of the classes of which the thing should be one.
    scheme : str or None
        For ``code``: IRI of the scheme that the code is from.
    fold : bool
        For ``string``: whether the value is folded to a search key before binding.
    default : object
        The typed value used when none is given (a tuple for ``many``), else None.
    summary : str
        One line that explains it, or empty.
    """

    name: str
    type: str
    required: bool = False
    many: bool = False
    classes: tuple[str, ...] = ()
    scheme: str | None = None
    fold: bool = False
    default: object = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One question of the catalogue.

    Attributes
    ----------
    name : str
        File stem, unique over all topics.
    topic : str
        The folder it is in.
    title, summary : str
        What it asks, and what the answer means.
    parameters : mapping of str to Parameter
        In the order of the header.
    columns : mapping of str to str
        Name and type of each column, in the order of the rows: one of
        ``COLUMN_TYPES`` or an enumeration (see :func:`enumeration`).
    example : mapping of str to object
        Typed values that the query can be bound with.
    text : str
        The file as it is.
    path : Path
        Where it was read.
    """

    name: str
    topic: str
    title: str
    summary: str
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, str]
    example: Mapping[str, object]
    text: str
    path: Path


def enumeration(column_type: str) -> tuple[str, ...]:
    """Values of an enumerated column type.

    Parameters
    ----------
    column_type : str
        A column type of a header.

    Returns
    -------
    tuple of str
        Empty when the type is not an enumeration.

    Examples
    --------
    >>> enumeration("certain | possible")
    ('certain', 'possible')
    >>> enumeration("date")
    ()
    """
    if "|" not in column_type:
        return ()
    return tuple(value.strip() for value in column_type.split("|"))
