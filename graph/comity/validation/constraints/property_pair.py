"""Property pair constraint components (SHACL §4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from comity.validation.constraints.base import (
    THIS,
    VALUE,
    Constraint,
    Read,
    Scope,
    follows,
)
from comity.validation.constraints.lexical import has_order
from comity.validation.shapes.path import Path, Predicate
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["Disjoint", "Equals", "LessThan", "LessThanOrEquals"]


@dataclass(frozen=True, slots=True)
class _Pair(Constraint):
    """A comparison of the value nodes with the values of a property."""

    iri: str

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        return map(cls, at.iris(parameter))

    def reads(self, path: Path | None) -> Iterable[Read]:
        return (Read(path), Read(Predicate(self.iri)))

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return (
            f"EXISTS {{ {self._pattern(focus, path, scope.fresh('v'), scope.fresh('o'), scope)} }}"
        )

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (self._pattern(THIS, path, VALUE, "?against", scope),)

    def _pattern(self, focus: str, path: Path | None, value: str, other: str, scope: Scope) -> str:
        raise NotImplementedError

    def _other(self, focus: str, value: str) -> str:
        return f"{focus} <{self.iri}> {value} ."


class Equals(_Pair):
    """``sh:equals``: the value nodes are the values of a property (§4.5.1)."""

    __slots__ = ()
    component = SH.NS + "EqualsConstraintComponent"
    parameters = (SH.NS + "equals",)

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        theirs = self._other(THIS, VALUE)
        if path is None:
            own = f"BIND({THIS} AS {VALUE}) FILTER NOT EXISTS {{ {THIS} <{self.iri}> {THIS} }}"
            return own, f"{theirs} FILTER(!sameTerm({THIS}, {VALUE}))"
        own = follows(THIS, path, VALUE)
        return (
            f"{own} FILTER NOT EXISTS {{ {theirs} }}",
            f"{theirs} FILTER NOT EXISTS {{ {own} }}",
        )

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        value, other = scope.fresh("v"), scope.fresh("o")
        if path is None:
            return (
                f"(NOT EXISTS {{ {focus} <{self.iri}> {focus} }} || "
                f"EXISTS {{ {self._other(focus, other)} FILTER(!sameTerm({focus}, {other})) }})"
            )
        return (
            f"(EXISTS {{ {follows(focus, path, value)} "
            f"FILTER(NOT EXISTS {{ {self._other(focus, value)} }}) }} || "
            f"EXISTS {{ {self._other(focus, other)} "
            f"FILTER(NOT EXISTS {{ {follows(focus, path, other)} }}) }})"
        )

    def words(self) -> str:
        return f"is a value of only one of the property and {shorten(self.iri)}"


class Disjoint(_Pair):
    """``sh:disjoint``: no value node is a value of a property (§4.5.2)."""

    __slots__ = ()
    component = SH.NS + "DisjointConstraintComponent"
    parameters = (SH.NS + "disjoint",)

    def _pattern(self, focus: str, path: Path | None, value: str, other: str, scope: Scope) -> str:
        if path is None:
            return f"{self._other(focus, value)} FILTER(sameTerm({focus}, {value}))"
        return f"{follows(focus, path, value)} {self._other(focus, value)}"

    def words(self) -> str:
        return f"is also a value of {shorten(self.iri)}"


class _Less(_Pair):
    __slots__ = ()
    operator: ClassVar[str]

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        at.of_property(*cls.parameters)
        return super().read(at)

    def _pattern(self, focus: str, path: Path | None, value: str, other: str, scope: Scope) -> str:
        if path is None:
            return "FILTER(false)"
        both = f"{follows(focus, path, value)} {self._other(focus, other)}"
        compared = f"{scope.compared(value)} {self.operator} {scope.compared(other)}"
        if "=" in self.operator:
            # The engine takes each term, also an IRI, as equal to itself.
            compared += f" && (!sameTerm({value}, {other}) || {has_order(value, scope)})"
        return f"{both} FILTER(!COALESCE({compared}, false))"

    def words(self) -> str:
        return f"is not {self.operator} the value of {shorten(self.iri)}"


class LessThan(_Less):
    """``sh:lessThan``: value nodes are less than all values of a property (§4.5.3)."""

    __slots__ = ()
    component = SH.NS + "LessThanConstraintComponent"
    parameters = (SH.NS + "lessThan",)
    operator = "<"


class LessThanOrEquals(_Less):
    """``sh:lessThanOrEquals``: no value node is greater than a value of a property (§4.5.4)."""

    __slots__ = ()
    component = SH.NS + "LessThanOrEqualsConstraintComponent"
    parameters = (SH.NS + "lessThanOrEquals",)
    operator = "<="
