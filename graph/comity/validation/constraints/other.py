"""Other constraint components (SHACL §4.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import pyoxigraph as ox

from comity.validation.constraints.base import (
    THIS,
    VALUE,
    Constraint,
    Read,
    Scope,
    ValueConstraint,
    any_of,
    follows,
)
from comity.validation.shapes.path import Path, Predicate
from comity_ontology.terms import SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["Closed", "HasValue", "In"]


@dataclass(frozen=True, slots=True)
class Closed(Constraint):
    """``sh:closed``: value nodes have no other properties than those listed (§4.8.1).

    Attributes
    ----------
    allowed : tuple of str
        The properties of the shape's property shapes, and ``sh:ignoredProperties``.
    """

    component: ClassVar[str] = SH.NS + "ClosedConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "closed", SH.NS + "ignoredProperties")
    allowed: tuple[str, ...]

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        closed, ignored = cls.parameters
        others = at.iri_members(ignored)
        if at.true(closed):
            parts = [part.path for part in at.nested(SH.NS + "property")]
            own = [path.iri for path in parts if isinstance(path, Predicate)]
            yield cls(tuple(dict.fromkeys((*own, *others))))
        elif others and not at.values(closed):
            at.note(ignored, "changes nothing without sh:closed true")

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        predicate, value = scope.fresh("p"), scope.fresh("v")
        return f"EXISTS {{ {self._pattern(focus, path, predicate, value, scope)} }}"

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (self._pattern(THIS, path, "?path", VALUE, scope),)

    def _pattern(
        self, focus: str, path: Path | None, predicate: str, value: str, scope: Scope
    ) -> str:
        node, reach = focus, ""
        if path is not None:
            node = scope.fresh("v")
            reach = f"{follows(focus, path, node)} "
        listed = ", ".join(f"<{iri}>" for iri in self.allowed)
        other = f"FILTER({predicate} NOT IN ({listed}))" if self.allowed else ""
        return f"{reach}{node} {predicate} {value} . {other}"

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(path, everything=True),)

    def words(self) -> str:
        return "is the value of a property that is not allowed"


@dataclass(frozen=True, slots=True)
class HasValue(Constraint):
    """``sh:hasValue``: one of the value nodes is this (§4.8.2)."""

    component: ClassVar[str] = SH.NS + "HasValueConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "hasValue",)
    term: ox.NamedNode | ox.Literal

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        return (cls(at.kept(parameter, value)) for value in at.values(parameter))

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        if path is None:
            return f"!sameTerm({focus}, {scope.term(self.term)})"
        return f"NOT EXISTS {{ {follows(focus, path, scope.term(self.term))} }}"

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (f"FILTER({self.broken(THIS, path, scope)})",)

    def words(self) -> str:
        return f"does not have the value {self.term}"


@dataclass(frozen=True, slots=True)
class In(ValueConstraint):
    """``sh:in``: each value node is one of a list (§4.8.3)."""

    component: ClassVar[str] = SH.NS + "InConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "in",)
    terms: tuple[ox.NamedNode | ox.Literal, ...]

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        members = at.members(parameter)
        if members is not None:
            yield cls(tuple(at.kept(parameter, member) for member in members))

    def fails(self, value: str, scope: Scope) -> str:
        iris = [str(term) for term in self.terms if isinstance(term, ox.NamedNode)]
        tests = [f"{value} IN ({', '.join(iris)})"] if iris else []
        # IN compares numbers by value, and what is asked for is the same term
        tests += [
            f"sameTerm({value}, {scope.term(t)})" for t in self.terms if isinstance(t, ox.Literal)
        ]
        return f"!({any_of(tests)})"

    def words(self) -> str:
        return "is not one of the values that are allowed"
