"""The text of a query: its tokens and groups, changes to it, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from comity.errors import QueryError
from comity_queries.grouping import read_groups
from comity_queries.groups import Group
from comity_queries.tokens import Token, code_tokens, position

__all__ = ["code_of", "edited", "fault_at", "fault_on_line", "groups_of"]


@lru_cache(maxsize=16)
def code_of(text: str) -> tuple[Token, ...]:
    """Split a query into tokens without its comments; each step of reading it asks for them."""
    return tuple(code_tokens(text))


@lru_cache(maxsize=16)
def groups_of(text: str) -> Group:
    """Read the groups of a query; nobody changes them."""
    return read_groups(text)


def fault_at(text: str, place: int, said: str) -> QueryError:
    """Make an error about a place in a query."""
    line, column = position(text, place)
    return QueryError(f"line {line}, column {column}: {said}", line=line, column=column)


def fault_on_line(text: str, place: int, said: str) -> QueryError:
    """Make an error about a place in a query that is spelt out: its lines are as written."""
    line, _ = position(text, place)
    return QueryError(f"line {line}: {said}", line=line)


def edited(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    """Replace pieces of a text, given by begin and end; an empty piece is an insertion."""
    parts, last = [], 0
    for (start, end), new in sorted(edits.items()):
        parts += [text[last:start], new]
        last = end
    return "".join([*parts, text[last:]])
