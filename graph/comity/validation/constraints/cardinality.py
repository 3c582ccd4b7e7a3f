"""Cardinality constraint components (SHACL §4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from comity.validation.constraints.base import THIS, Constraint, Scope, follows
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["MaxCount", "MinCount", "at_least"]


def at_least(number: int, focus: str, path: Path, scope: Scope, condition: str = "") -> str:
    """Write an expression that is true iff a path has so many values that fulfil a condition.

    Parameters
    ----------
    number : int
        From 1.
    focus : str
        A variable.
    path : Path
    scope : Scope
    condition : str
        A template with ``{}`` for the variable of the value; empty for any value.

    Notes
    -----
    Where the engine asks once for each node, the sub-select is answered for the
    node at hand; by the standard it is the same, as the node is projected.
    """
    value = scope.fresh("n")
    held = f" FILTER({condition.replace('{}', value)})" if condition else ""
    pattern = f"{follows(focus, path, value)}{held}"
    if number == 1:
        return f"EXISTS {{ {pattern} }}"
    if number == 2 and not condition:
        other = scope.fresh("n")
        return (
            f"EXISTS {{ {follows(focus, path, value)} {follows(focus, path, other)} "
            f"FILTER(!sameTerm({value}, {other})) }}"
        )
    return (
        f"EXISTS {{ SELECT {focus} {{ {pattern} }} GROUP BY {focus} "
        f"HAVING(COUNT(DISTINCT {value}) >= {number}) }}"
    )


@dataclass(frozen=True, slots=True)
class MinCount(Constraint):
    """``sh:minCount``: there are not fewer value nodes (§4.2.1)."""

    component: ClassVar[str] = SH.NS + "MinCountConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "minCount",)
    number: int

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        at.of_property(parameter)
        number = at.integer(parameter)
        if number is not None:
            yield cls(number)

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        if self.number < 1 or path is None:
            return "false"
        return f"!{at_least(self.number, focus, path, scope)}"

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (f"FILTER({self.broken(THIS, path, scope)})",)

    def words(self) -> str:
        return f"has fewer than {self.number} value{'' if self.number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class MaxCount(Constraint):
    """``sh:maxCount``: there are not more value nodes (§4.2.2)."""

    component: ClassVar[str] = SH.NS + "MaxCountConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "maxCount",)
    number: int

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        at.of_property(parameter)
        number = at.integer(parameter)
        if number is not None:
            yield cls(number)

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        if path is None:
            return "false"
        return at_least(self.number + 1, focus, path, scope)

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (f"FILTER({self.broken(THIS, path, scope)})",)

    def words(self) -> str:
        return f"has more than {self.number} value{'' if self.number == 1 else 's'}"
