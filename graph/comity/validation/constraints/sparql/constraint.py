"""SPARQL-based constraints (SHACL §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import pyoxigraph as ox

from comity.validation.constraints.base import THIS, Constraint, Read, Scope
from comity.validation.constraints.sparql.query import Query
from comity.validation.constraints.sparql.reading import Source, looked_at
from comity.validation.shapes.at import At
from comity.validation.shapes.model import Node
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

__all__ = ["Sparql"]

_SPARQL = SH.NS + "sparql"
_DEACTIVATED = SH.NS + "deactivated"


@dataclass(frozen=True, slots=True)
class Sparql(Constraint):
    """``sh:sparql``: a SELECT query has no solutions (§5.1).

    Attributes
    ----------
    source : NamedNode or BlankNode
        The constraint's name in the shapes graph.
    query : Query
    along : tuple of Path or None
        What it says it reads, from the focus node; ``None`` if it does not say.
    messages : tuple of Literal
    """

    component: ClassVar[str] = SH.NS + "SPARQLConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (_SPARQL,)
    screened: ClassVar[bool] = False
    source: Node
    query: Query
    along: tuple[Path, ...] | None
    messages: tuple[ox.Literal, ...] = ()

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        for node in at.values(_SPARQL):
            if isinstance(node, ox.Literal):
                raise at.fault(_SPARQL, node, "give a node with sh:select, as [ sh:select … ]")
            if at.graph.is_true(node, _DEACTIVATED):
                continue
            source = Source(at, _SPARQL, node, node, "SELECT")
            yield cls(node, source.query({}, ()), source.declared(), source.messages())

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return self.query.exists({THIS[1:]: focus}, scope)

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (f"FILTER({self.broken(THIS, path, scope)})",)

    def select(self, context: str, path: Path | None, scope: Scope) -> tuple[str, ...]:
        return (self.query.at_once(context, value=path is None),)

    def reads(self, path: Path | None) -> Iterable[Read]:
        return looked_at(self.along, path if self.query.along_path else None, from_values=False)

    def words(self) -> str:
        return "is found by a query that should find nothing"
