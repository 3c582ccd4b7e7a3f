"""The groups of a query: which variable is bound, and which is used, in which braces.

A group is what stands directly between one pair of braces (SPARQL 1.1 section
5.2): ``GRAPH {}``, ``OPTIONAL {}``, each branch of a UNION, MINUS, ``EXISTS {}``,
plain ``{}`` and the WHERE of a sub-select are groups of their own. Expressions
in a SELECT or HAVING clause are worked out over the WHERE group of that select.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .tokens import Token

__all__ = ["Expression", "Group"]


@dataclass(slots=True)
class Expression:
    """One bracketed expression.

    Attributes
    ----------
    keyword : Token
        The word that introduces it, such as FILTER, BIND, SELECT or HAVING.
    variables : list of Token
        Variables used directly in it, not within an EXISTS.
    guarded : set of str
        Names of variables that it tests with BOUND.
    coalesces : bool
        Whether it calls COALESCE.
    alias : str or None
        The variable after AS.
    """

    keyword: Token
    variables: list[Token] = field(default_factory=list)
    guarded: set[str] = field(default_factory=set)
    coalesces: bool = False
    alias: str | None = None


@dataclass(slots=True)
class Group:
    """One pair of braces, or (for the root) the query around them.

    Attributes
    ----------
    parent : Group or None
        The group around it.
    values : dict of str to list of Token
        Variables that have a block of their own here, ``VALUES ?p { … }``.
    tables : list of Token
        Variables of parenthesised blocks, ``VALUES (?p ?q) { (…) }``.
    expressions : list of Expression
        FILTER and BIND, or for a select the expressions of its clauses.
    plain : list of Token
        Variables in patterns.
    children : list of Group
        Groups directly in it.
    hidden : bool
        Whether it is that of an EXISTS or MINUS, of which nothing is seen outside.
    select : bool
        Whether it is a query or sub-select, whose WHERE is :attr:`where`.
    star : bool
        Whether it selects ``*``.
    projected, grouped, ordered : list of str
        Variables of its clauses; an entry of `grouped` is empty for an
        expression without a name, and `ordered` leaves expressions out.
    start, end : int
        Its place in the query, braces included, the end exclusive.
    """

    parent: Group | None = None
    values: dict[str, list[Token]] = field(default_factory=dict)
    tables: list[Token] = field(default_factory=list)
    expressions: list[Expression] = field(default_factory=list)
    plain: list[Token] = field(default_factory=list)
    children: list[Group] = field(default_factory=list)
    hidden: bool = False
    select: bool = False
    star: bool = False
    projected: list[str] = field(default_factory=list)
    grouped: list[str] = field(default_factory=list)
    ordered: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0

    @property
    def where(self) -> Group | None:
        """The WHERE group of a select."""
        return self.children[0] if self.select and self.children else None

    def binds(self, name: str) -> bool:
        """Tell whether a variable can be bound in the solutions of this group.

        Parameters
        ----------
        name : str
            A variable without its question mark.

        Returns
        -------
        bool
        """
        if self.select:
            return self.star or name in self.projected
        return (
            name in self.values
            or any(token.text[1:] == name for token in (*self.plain, *self.tables))
            or any(child.binds(name) for child in self.children if not child.hidden)
        )

    def walk(self) -> Iterator[Group]:
        """Go through this group and all groups within it.

        Yields
        ------
        Group
        """
        yield self
        for child in self.children:
            yield from child.walk()
