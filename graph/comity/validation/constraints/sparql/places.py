"""Where in a query it must be said which nodes it is about.

SPARQL answers each group on its own before it joins them (SPARQL 1.1 §18.2.2), and
SHACL has ``$this`` known in all of them (appendix A: every basic graph pattern is
joined with it). For many nodes at once, the pattern that finds them is put

- in front of the whole, and of what each sub-select is about;
- in front of a group whose expressions, ``EXISTS`` or ``OPTIONAL`` look at ``$this``,
  unless its first triples bind it.

A group without such things may go without: joined with the rest, its solutions are
those of the same nodes. Within ``EXISTS``, all that is known outside is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.validation.constraints.sparql.text import code_of
from comity_queries.groups import Group

__all__ = ["places"]

_OPTIONAL = re.compile(r"\bOPTIONAL\s*$", re.IGNORECASE)
_GRAPH = re.compile(r"\bGRAPH\s*(?:<[^<>]*>|[?$]\w+)\s*$", re.IGNORECASE)


def places(text: str, root: Group, name: str) -> Iterator[tuple[int, bool]]:
    """Iterate over the places for a pattern that binds a variable.

    Parameters
    ----------
    text : str
        A SELECT query, spelt out.
    root : Group
        Its groups.
    name : str
        The variable.

    Yields
    ------
    place : int
    elsewhere : bool
        Whether it is within ``GRAPH``, where the same pattern would be looked for
        in another graph.
    """
    uses = [
        token.start
        for token in code_of(text)
        if token.kind == "variable" and token.text[1:] == name
    ]
    yield from _within(text, root, name, uses, elsewhere=False)


def _within(
    text: str, group: Group, name: str, uses: list[int], *, elsewhere: bool
) -> Iterator[tuple[int, bool]]:
    if group.select:
        if group.where is not None:
            yield group.where.start + 1, elsewhere
            yield from _inner(text, group.where, name, uses, elsewhere=elsewhere)
        return
    if _looks_at(text, group, name, uses) and not _binds_first(group, name):
        yield group.start + 1, elsewhere
    yield from _inner(text, group, name, uses, elsewhere=elsewhere)


def _inner(
    text: str, group: Group, name: str, uses: list[int], *, elsewhere: bool
) -> Iterator[tuple[int, bool]]:
    for child in group.children:
        if not child.hidden:
            apart = elsewhere or bool(_GRAPH.search(text[: child.start]))
            yield from _within(text, child, name, uses, elsewhere=apart)


def _looks_at(text: str, group: Group, name: str, uses: list[int]) -> bool:
    """Tell whether the solutions of a group depend on what a variable is bound to before."""
    if any(token.text[1:] == name for one in group.expressions for token in one.variables):
        return True
    return any(
        child.start <= use < child.end
        for child in group.children
        if child.hidden or _OPTIONAL.search(text[: child.start])
        for use in uses
    )


def _binds_first(group: Group, name: str) -> bool:
    """Tell whether the first triples of a group bind a variable in all its solutions."""
    others = [child.start for child in group.children if not child.hidden]
    others += [one.keyword.start for one in group.expressions if one.keyword.is_word("BIND")]
    first = min(others, default=group.end)
    return any(token.text[1:] == name and token.start < first for token in group.plain)
