"""Logical constraint components (SHACL §4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from comity.validation.constraints.base import Read, Scope, ValueConstraint, any_of, breaks, joined
from comity.validation.constraints.value_type import Class, instance_of_any
from comity.validation.shapes.model import Shape
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["And", "Not", "Or", "Xone"]


@dataclass(frozen=True, slots=True)
class Not(ValueConstraint):
    """``sh:not``: no value node conforms to a shape (§4.6.1)."""

    component: ClassVar[str] = SH.NS + "NotConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "not",)
    shape: Shape

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        return map(cls, at.nested(parameter))

    def fails(self, value: str, scope: Scope) -> str:
        return f"!({breaks(self.shape, value, scope)})"

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(path, self.shape),)

    def words(self) -> str:
        return "conforms to a shape that it must not conform to"


@dataclass(frozen=True, slots=True)
class _Several(ValueConstraint):
    """A constraint with a list of shapes."""

    shapes: tuple[Shape, ...]

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        return map(cls, at.nested_lists(parameter))

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(path), *(Read(path, shape) for shape in self.shapes))


class And(_Several):
    """``sh:and``: each value node conforms to all of some shapes (§4.6.2)."""

    __slots__ = ()
    component = SH.NS + "AndConstraintComponent"
    parameters = (SH.NS + "and",)

    def fails(self, value: str, scope: Scope) -> str:
        return any_of(breaks(shape, value, scope) for shape in self.shapes)

    def words(self) -> str:
        return "does not conform to all of the shapes"


class Or(_Several):
    """``sh:or``: each value node conforms to at least one of some shapes (§4.6.3)."""

    __slots__ = ()
    component = SH.NS + "OrConstraintComponent"
    parameters = (SH.NS + "or",)

    def fails(self, value: str, scope: Scope) -> str:
        # What only asks for classes is one look at the classes of the value.
        classes = [iri for shape in self.shapes for iri in _classes(shape) or ()]
        rest = (breaks(shape, value, scope) for shape in self.shapes if _classes(shape) is None)
        of_classes = [f"!{instance_of_any(value, classes, scope)}"] if classes else []
        return joined([*of_classes, *rest], "&&") or "true"

    def words(self) -> str:
        return "conforms to none of the shapes"


class Xone(_Several):
    """``sh:xone``: each value node conforms to exactly one of some shapes (§4.6.4)."""

    __slots__ = ()
    component = SH.NS + "XoneConstraintComponent"
    parameters = (SH.NS + "xone",)

    def fails(self, value: str, scope: Scope) -> str:
        held = (f"IF({breaks(shape, value, scope)}, 0, 1)" for shape in self.shapes)
        return f"({joined(held, '+') or '0'} != 1)"

    def words(self) -> str:
        return "does not conform to exactly one of the shapes"


def _classes(shape: Shape) -> tuple[str, ...] | None:
    """Return the classes of which a shape asks that a node is an instance of any, if no more."""
    if shape.deactivated or shape.path is not None or len(shape.constraints) != 1:
        return None
    match shape.constraints[0]:
        case Class(iri):
            return (iri,)
        case Or(shapes):
            inner = [_classes(one) for one in shapes]
            if None not in inner:
                return tuple(iri for one in inner for iri in one or ())
    return None
