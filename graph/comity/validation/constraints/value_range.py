"""Value range constraint components (SHACL §4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import pyoxigraph as ox

from comity.validation.constraints.base import Scope, ValueConstraint
from comity.validation.constraints.lexical import is_well_formed
from comity.validation.constraints.probing import is_true
from comity_ontology.terms import SH, XSD

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["MaxExclusive", "MaxInclusive", "MinExclusive", "MinInclusive"]


_UNORDERED = {XSD.NS + name for name in ("boolean", "anyURI", "hexBinary", "base64Binary")}
"""Datatypes whose values the engine does not compare."""


@dataclass(frozen=True, slots=True)
class _Range(ValueConstraint):
    """A comparison with a literal, as SPARQL's operators make it."""

    operator: ClassVar[str]
    bound: ox.Literal

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        bound = at.literal(parameter)
        if bound is None:
            return
        datatype = bound.datatype.value
        if not is_true(is_well_formed(str(bound), datatype, Scope())):
            raise at.fault(parameter, bound, "give a value that its datatype allows")
        if datatype in _UNORDERED or not (datatype.startswith(XSD.NS) or bound.language):
            at.note(parameter, "the engine can't compare with anything: every value breaks it")
        yield cls(bound)

    def fails(self, value: str, scope: Scope) -> str:
        return f"!COALESCE({scope.compared(value)} {self.operator} {self.bound}, false)"

    def words(self) -> str:
        return f"is not {self.operator} {self.bound.value}"


class MinExclusive(_Range):
    """``sh:minExclusive``: value nodes are greater than a literal (§4.3.1)."""

    __slots__ = ()
    component = SH.NS + "MinExclusiveConstraintComponent"
    parameters = (SH.NS + "minExclusive",)
    operator = ">"


class MinInclusive(_Range):
    """``sh:minInclusive``: value nodes are greater than a literal or equal to it (§4.3.2)."""

    __slots__ = ()
    component = SH.NS + "MinInclusiveConstraintComponent"
    parameters = (SH.NS + "minInclusive",)
    operator = ">="


class MaxExclusive(_Range):
    """``sh:maxExclusive``: value nodes are less than a literal (§4.3.3)."""

    __slots__ = ()
    component = SH.NS + "MaxExclusiveConstraintComponent"
    parameters = (SH.NS + "maxExclusive",)
    operator = "<"


class MaxInclusive(_Range):
    """``sh:maxInclusive``: value nodes are less than a literal or equal to it (§4.3.4)."""

    __slots__ = ()
    component = SH.NS + "MaxInclusiveConstraintComponent"
    parameters = (SH.NS + "maxInclusive",)
    operator = "<="
