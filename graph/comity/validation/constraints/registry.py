"""All constraint components that shapes are read with."""

from __future__ import annotations

from typing import Final

from comity.validation.constraints.base import Constraint
from comity.validation.constraints.cardinality import MaxCount, MinCount
from comity.validation.constraints.logical import And, Not, Or, Xone
from comity.validation.constraints.other import Closed, HasValue, In
from comity.validation.constraints.property_pair import (
    Disjoint,
    Equals,
    LessThan,
    LessThanOrEquals,
)
from comity.validation.constraints.shape_based import (
    Node,
    Property,
    QualifiedMaxCount,
    QualifiedMinCount,
)
from comity.validation.constraints.sparql import AskComponent, SelectComponent, Sparql
from comity.validation.constraints.string_based import (
    LanguageIn,
    MaxLength,
    MinLength,
    Pattern,
    UniqueLang,
)
from comity.validation.constraints.value_range import (
    MaxExclusive,
    MaxInclusive,
    MinExclusive,
    MinInclusive,
)
from comity.validation.constraints.value_type import Class, Datatype, NodeKind

__all__ = ["COMPONENTS"]

COMPONENTS: Final[tuple[type[Constraint], ...]] = (
    *(Class, Datatype, NodeKind),
    *(MinCount, MaxCount),
    *(MinExclusive, MinInclusive, MaxExclusive, MaxInclusive),
    *(MinLength, MaxLength, Pattern, LanguageIn, UniqueLang),
    *(Equals, Disjoint, LessThan, LessThanOrEquals),
    *(Not, And, Or, Xone),
    *(Node, Property, QualifiedMinCount, QualifiedMaxCount),
    *(Closed, HasValue, In),
    *(Sparql, AskComponent, SelectComponent),
)
"""In the order of the specification (SHACL §4 to 6), which is that of a shape's constraints."""
