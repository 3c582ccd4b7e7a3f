"""Value range constraint components (SHACL §4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pyoxigraph as ox

from comity.validation.constraints.base import Scope, ValueConstraint
from comity_ontology.terms import SH

__all__ = ["MaxExclusive", "MaxInclusive", "MinExclusive", "MinInclusive"]


@dataclass(frozen=True, slots=True)
class _Range(ValueConstraint):
    """A comparison with a literal, as SPARQL's operators make it."""

    operator: ClassVar[str]
    bound: ox.Literal

    def fails(self, value: str, scope: Scope) -> str:
        return f"!COALESCE({scope.compared(value)} {self.operator} {self.bound}, false)"

    def words(self) -> str:
        return f"is not {self.operator} {self.bound.value}"


class MinExclusive(_Range):
    """``sh:minExclusive``: value nodes are greater than a literal (§4.3.1)."""

    __slots__ = ()
    component = SH.NS + "MinExclusiveConstraintComponent"
    operator = ">"


class MinInclusive(_Range):
    """``sh:minInclusive``: value nodes are greater than a literal or equal to it (§4.3.2)."""

    __slots__ = ()
    component = SH.NS + "MinInclusiveConstraintComponent"
    operator = ">="


class MaxExclusive(_Range):
    """``sh:maxExclusive``: value nodes are less than a literal (§4.3.3)."""

    __slots__ = ()
    component = SH.NS + "MaxExclusiveConstraintComponent"
    operator = "<"


class MaxInclusive(_Range):
    """``sh:maxInclusive``: value nodes are less than a literal or equal to it (§4.3.4)."""

    __slots__ = ()
    component = SH.NS + "MaxInclusiveConstraintComponent"
    operator = "<="
