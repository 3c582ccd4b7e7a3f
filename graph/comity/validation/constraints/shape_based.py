"""Shape-based constraint components (SHACL §4.7), and ``sh:property`` (§2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from comity.validation.constraints.base import (
    THIS,
    Constraint,
    Read,
    Scope,
    ValueConstraint,
    breaks,
)
from comity.validation.constraints.cardinality import at_least
from comity.validation.shapes.model import Shape
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

__all__ = ["Node", "Property", "QualifiedMaxCount", "QualifiedMinCount"]


@dataclass(frozen=True, slots=True)
class Node(ValueConstraint):
    """``sh:node``: each value node conforms to a node shape (§4.7.1)."""

    component: ClassVar[str] = SH.NS + "NodeConstraintComponent"
    shape: Shape

    def fails(self, value: str, scope: Scope) -> str:
        return breaks(self.shape, value, scope)

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(path, self.shape),)

    def words(self) -> str:
        return f"does not conform to {self.shape.name}"


@dataclass(frozen=True, slots=True)
class Property(ValueConstraint):
    """``sh:property``: each value node conforms to a property shape (§4.7.2).

    It has no results of its own: they are those of the property shape, whose
    focus nodes the value nodes are.
    """

    component: ClassVar[str] = SH.NS + "PropertyConstraintComponent"
    shape: Shape

    def fails(self, value: str, scope: Scope) -> str:
        return breaks(self.shape, value, scope)

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(path, self.shape),)


@dataclass(frozen=True, slots=True)
class _Qualified(Constraint):
    """How many value nodes conform to a shape, and to none of its disjoint siblings (§4.7.3)."""

    number: int
    shape: Shape
    siblings: tuple[Shape, ...] = ()

    def reads(self, path: Path | None) -> Iterable[Read]:
        return tuple(Read(path, shape) for shape in (self.shape, *self.siblings))

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (f"FILTER({self.broken(THIS, path, scope)})",)

    def _at_least(self, number: int, focus: str, path: Path | None, scope: Scope) -> str:
        if path is None or number < 1:
            return "true" if number < 1 else "false"
        held = [f"!({breaks(self.shape, '{}', scope)})"]
        held += [f"({breaks(sibling, '{}', scope)})" for sibling in self.siblings]
        return at_least(number, focus, path, scope, " && ".join(held))


class QualifiedMinCount(_Qualified):
    """``sh:qualifiedMinCount``: not fewer such value nodes (§4.7.3)."""

    __slots__ = ()
    component = SH.NS + "QualifiedMinCountConstraintComponent"

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return f"!({self._at_least(self.number, focus, path, scope)})"

    def words(self) -> str:
        return f"has fewer than {self.number} values that conform to {self.shape.name}"


class QualifiedMaxCount(_Qualified):
    """``sh:qualifiedMaxCount``: not more such value nodes (§4.7.3)."""

    __slots__ = ()
    component = SH.NS + "QualifiedMaxCountConstraintComponent"

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return self._at_least(self.number + 1, focus, path, scope)

    def words(self) -> str:
        return f"has more than {self.number} values that conform to {self.shape.name}"
