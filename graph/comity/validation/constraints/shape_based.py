"""Shape-based constraint components (SHACL §4.7), and ``sh:property`` (§2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

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
from comity.validation.shapes.nesting import siblings
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["Node", "Property", "QualifiedMaxCount", "QualifiedMinCount"]


@dataclass(frozen=True, slots=True)
class Node(ValueConstraint):
    """``sh:node``: each value node conforms to a node shape (§4.7.1)."""

    component: ClassVar[str] = SH.NS + "NodeConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "node",)
    shape: Shape

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        for shape in at.nested(parameter):
            if shape.path is not None:
                advice = "it has an sh:path, and is named with sh:property"
                raise at.fault(parameter, shape.node, advice)
            yield cls(shape)

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
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "property",)
    shape: Shape

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        for shape in at.nested(parameter):
            if shape.path is None:
                advice = "a property shape has an sh:path: add it, or name the shape with sh:node"
                raise at.fault(parameter, shape.node, advice)
            yield cls(shape)

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

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        own, other, qualified, disjoint = cls.parameters
        at.of_property(qualified)
        number, value, apart = at.integer(own), at.one(qualified), at.true(disjoint)
        if value is None:
            if number is not None:
                at.note(own, "counts nothing without sh:qualifiedValueShape")
            return
        if number is not None:
            others = siblings(at.graph, at.node) if apart else ()
            disjoint_to = tuple(at.shape(qualified, one) for one in others)
            yield cls(number, at.shape(qualified, value), disjoint_to)
        elif at.one(other) is None:
            advice = "say how many with sh:qualifiedMinCount or sh:qualifiedMaxCount"
            raise at.fault(qualified, None, advice)

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
    parameters = (
        SH.NS + "qualifiedMinCount",
        SH.NS + "qualifiedMaxCount",
        SH.NS + "qualifiedValueShape",
        SH.NS + "qualifiedValueShapesDisjoint",
    )

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return f"!({self._at_least(self.number, focus, path, scope)})"

    def words(self) -> str:
        return f"has fewer than {self.number} values that conform to {self.shape.name}"


class QualifiedMaxCount(_Qualified):
    """``sh:qualifiedMaxCount``: not more such value nodes (§4.7.3)."""

    __slots__ = ()
    component = SH.NS + "QualifiedMaxCountConstraintComponent"
    parameters = (
        SH.NS + "qualifiedMaxCount",
        SH.NS + "qualifiedMinCount",
        SH.NS + "qualifiedValueShape",
        SH.NS + "qualifiedValueShapesDisjoint",
    )

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return self._at_least(self.number + 1, focus, path, scope)

    def words(self) -> str:
        return f"has more than {self.number} values that conform to {self.shape.name}"
