"""The exception tree, where users of the library look for it."""

from __future__ import annotations

from comity_ontology.errors import (
    ComityError,
    InputError,
    NotSupported,
    ParameterError,
    QueryError,
    StoreError,
    TimeLimit,
)

__all__ = [
    "ComityError",
    "InputError",
    "NotSupported",
    "ParameterError",
    "QueryError",
    "StoreError",
    "TimeLimit",
]
