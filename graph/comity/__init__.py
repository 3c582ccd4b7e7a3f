"""Comity: a knowledge graph of bilateral institutional relations."""

from __future__ import annotations

from comity.errors import (
    ComityError,
    InputError,
    NotSupported,
    ParameterError,
    QueryError,
    StoreError,
    TimeLimit,
)
from comity.graph import Graph, open  # noqa: A004 - read as comity.open
from comity.keeping.diff import diff
from comity.keeping.restore import restore

__version__ = "0.1.0"

__all__ = [
    "ComityError",
    "Graph",
    "InputError",
    "NotSupported",
    "ParameterError",
    "QueryError",
    "StoreError",
    "TimeLimit",
    "__version__",
    "diff",
    "open",
    "restore",
]
