"""What the engine makes of an expression, asked before it is used."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import pyoxigraph as ox

__all__ = ["is_defined", "is_true"]


def is_defined(expression: str) -> bool:
    """Whether an expression without variables has a value and does not end in an error.

    Examples
    --------
    >>> is_defined("REGEX('a', '(')")
    False
    """
    return _value(expression) is not None


def is_true(expression: str) -> bool:
    """Whether an expression without variables is true."""
    return _value(f"({expression}) = true") == ox.Literal(True)


@lru_cache(maxsize=1_024)
def _value(expression: str) -> object:
    answer = cast(ox.QuerySolutions, ox.Store().query(f"SELECT ({expression} AS ?value) {{}}"))
    return next(answer)["value"]
