"""Shapes as queries: which focus nodes break one, and what is wrong with them.

Most nodes conform. So a shape is asked about twice: one query *screens* all its
focus nodes at once and gives those that break anything; and only about these one
query for each constraint *explains* what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from comity.store.base import Term
from comity.validation.constraints.base import THIS, Constraint, Scope, any_of, follows
from comity.validation.constraints.shape_based import Property
from comity.validation.constraints.value_type import instance_of
from comity.validation.shapes.model import Shape, Target
from comity.validation.shapes.path import Path

__all__ = ["Check", "Context", "checks_of", "listed", "screen", "targets"]

Context: TypeAlias = Callable[[str], str]
"""Writes the pattern that binds a variable to focus nodes."""

ROOT = "?root"


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint, as it comes up in the validation of a focus node.

    Attributes
    ----------
    shape : Shape
        Whose constraint it is.
    constraint : Constraint
    way : tuple of Path
        From the focus node to the nodes that the shape is about, where
        ``sh:property`` is nested.
    """

    shape: Shape
    constraint: Constraint
    way: tuple[Path, ...] = ()

    def broken(self, scope: Scope) -> str:
        """Write an expression that is true iff ``?this`` breaks the constraint."""
        if not self.way:
            return self.constraint.broken(THIS, self.shape.path, scope)
        node = scope.fresh("w")
        inner = self.constraint.broken(node, self.shape.path, scope)
        return f"EXISTS {{ {_along(THIS, self.way, node, scope)} FILTER({inner}) }}"

    def explain(self, context: Context, scope: Scope) -> tuple[str, ...]:
        """Write queries for the results of the focus nodes that a context gives."""
        if not self.way:
            return self.constraint.select(context(THIS), self.shape.path, scope)
        nodes = f"{context(ROOT)} {_along(ROOT, self.way, THIS, scope)}"
        return self.constraint.select(nodes, self.shape.path, scope)

    def values(self, context: Context, scope: Scope) -> Context:
        """Return the context of the value nodes that the constraint looks at."""
        way = self.way if self.shape.path is None else (*self.way, self.shape.path)
        if not way:
            return context
        return lambda variable: (
            f"{context(root := scope.fresh('r'))} {_along(root, way, variable, scope)}"
        )


def checks_of(shape: Shape, way: tuple[Path, ...] = ()) -> Iterator[Check]:
    """Iterate over the constraints of a shape and of its property shapes, to any depth."""
    if shape.deactivated:
        return
    for constraint in shape.constraints:
        if isinstance(constraint, Property):
            further = way if shape.path is None else (*way, shape.path)
            yield from checks_of(constraint.shape, further)
        else:
            yield Check(shape, constraint, way)


def screen(checks: Iterable[Check], context: Context, scope: Scope) -> str:
    """Write a query for the focus nodes that break any of some constraints."""
    broken = any_of(check.broken(scope) for check in checks)
    return f"SELECT {THIS} WHERE {{ {context(THIS)} FILTER({broken}) }}"


def targets(shape: Shape, scope: Scope) -> list[Context]:
    """Return what gives the focus nodes of a shape: together, all that its targets select."""
    nodes = [
        scope.term(target.term)
        for target in shape.targets
        if target.kind == "node" and not isinstance(target.term, ox.BlankNode)
    ]
    patterns = [_pattern(target, scope) for target in shape.targets if target.kind != "node"]
    return [*patterns, *([listed(nodes)] if nodes else [])]


def listed(nodes: Iterable[Term | str]) -> Context:
    """Return a context of some nodes, none of them blank; text is SPARQL."""
    values = " ".join(map(str, nodes))
    return lambda variable: f"VALUES {variable} {{ {values} }}"


def _pattern(target: Target, scope: Scope) -> Context:
    """Write the pattern of a target (SHACL §2.1.3)."""
    if isinstance(target.term, ox.NamedNode):
        iri = target.term.value
        other = scope.fresh("t")
        match target.kind:
            case "class":
                return lambda variable: instance_of(variable, iri, scope)
            case "subjects":
                return lambda variable: f"{variable} <{iri}> {other} ."
            case "objects":
                return lambda variable: f"{other} <{iri}> {variable} ."
    raise TypeError(f"no such target: {target}")


def _along(begin: str, way: tuple[Path, ...], end: str, scope: Scope) -> str:
    nodes = [begin, *(scope.fresh("w") for _ in way[1:]), end]
    return " ".join(follows(*step) for step in zip(nodes, way, nodes[1:], strict=False))
