"""Shapes as plain values (SHACL §2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from comity.validation.shapes.path import Path

if TYPE_CHECKING:
    from comity.validation.constraints.base import Constraint

__all__ = ["Node", "Shape", "Shapes", "Target", "Term"]

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape is about (§2.1.3).

    Attributes
    ----------
    kind : str
        ``class`` (also the implicit one), ``node``, ``subjects`` or ``objects``.
    term : Term
        The class, the node, or the property.
    """

    kind: str
    term: Term


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A node shape, or a property shape if it has a path (§2.2, 2.3).

    Attributes
    ----------
    node : NamedNode or BlankNode
        Its name in the shapes graph.
    path : Path or None
    targets : tuple of Target
    constraints : tuple of Constraint
        Shapes that they name are values in them: no shape leads back to itself.
    severity : str
        IRI of the severity (§2.1.4).
    messages : tuple of Literal
        Its ``sh:message`` (§2.1.5).
    deactivated : bool
        Every node conforms to such a shape (§2.1.6).
    """

    node: Node
    path: Path | None = None
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    severity: str = "http://www.w3.org/ns/shacl#Violation"
    messages: tuple[ox.Literal, ...] = ()
    deactivated: bool = False

    @property
    def name(self) -> str:
        """Its IRI; ``_:`` and a label where it has none."""
        return str(self.node) if isinstance(self.node, ox.BlankNode) else self.node.value


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """A shapes graph, read.

    Attributes
    ----------
    targeted : tuple of Shape
        The active shapes that have targets, by name.
    names : mapping of str to str
        What shapes are called, by IRI, for people.
    notes : tuple of str
        What in the graph was not understood, and so is not checked.
    """

    targeted: tuple[Shape, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Shape]:
        return iter(self.targeted)
