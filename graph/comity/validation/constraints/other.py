"""Other constraint components (SHACL §4.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import pyoxigraph as ox

from comity.validation.constraints.base import (
    THIS,
    VALUE,
    Constraint,
    Read,
    Scope,
    ValueConstraint,
    follows,
)
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

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
    allowed: tuple[str, ...]

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
        return "has a property that is not allowed"


@dataclass(frozen=True, slots=True)
class HasValue(Constraint):
    """``sh:hasValue``: one of the value nodes is this (§4.8.2)."""

    component: ClassVar[str] = SH.NS + "HasValueConstraintComponent"
    term: ox.NamedNode | ox.Literal

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
    terms: tuple[ox.NamedNode | ox.Literal, ...]

    def fails(self, value: str, scope: Scope) -> str:
        iris = [str(term) for term in self.terms if isinstance(term, ox.NamedNode)]
        tests = [f"{value} IN ({', '.join(iris)})"] if iris else []
        # IN compares numbers by value, and what is asked for is the same term
        tests += [
            f"sameTerm({value}, {scope.term(t)})" for t in self.terms if isinstance(t, ox.Literal)
        ]
        return f"!({' || '.join(tests)})" if tests else "true"

    def words(self) -> str:
        return "is not one of the values that are allowed"
