"""Shapes as queries: which focus nodes break one, and what is wrong with them.

Most nodes conform. So a shape is asked about twice: one query *screens* all its
focus nodes at once and gives those that break anything; and only about these one
query for each constraint *explains* what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.store.base import Term
from comity.validation.constraints.base import THIS, Constraint, Scope, any_of, follows
from comity.validation.constraints.shape_based import Property
from comity.validation.constraints.value_type import MOST_CLASSES, instance_of
from comity.validation.shapes.model import Shape
from comity.validation.shapes.path import Path, followed

__all__ = ["Check", "Context", "along", "checks_of", "chosen", "listed", "targets"]

ROOT = "?root"


@dataclass(frozen=True, slots=True)
class Context:
    """A pattern that binds a variable to focus nodes.

    Attributes
    ----------
    before, after : str
        What stands around the variable.
    """

    before: str
    after: str

    def __call__(self, variable: str) -> str:
        """Write the pattern."""
        return f"{self.before}{variable}{self.after}"


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
    through : tuple of Shape
        The property shapes whose paths these are.
    """

    shape: Shape
    constraint: Constraint
    way: tuple[Path, ...] = ()
    through: tuple[Shape, ...] = ()

    def broken(self, scope: Scope) -> str:
        """Write an expression that is true iff ``?this`` breaks the constraint."""
        if not self.way:
            return self.constraint.broken(THIS, self.shape.path, scope)
        node = scope.fresh("w")
        inner = self.constraint.broken(node, self.shape.path, scope)
        return f"EXISTS {{ {along(THIS, self.way, node)} FILTER({inner}) }}"

    def explain(self, context: Context, scope: Scope) -> tuple[str, ...]:
        """Write queries for the results of the focus nodes that a context gives."""
        if not self.way:
            return self.constraint.select(context(THIS), self.shape.path, scope)
        nodes = f"{context(ROOT)} {along(ROOT, self.way, THIS)}"
        return self.constraint.select(nodes, self.shape.path, scope)

    def values(self, context: Context, scope: Scope) -> Context:
        """Return the context of the value nodes that the constraint looks at."""
        way = self.way if self.shape.path is None else (*self.way, self.shape.path)
        if not way:
            return context
        root, mark = scope.fresh("r"), scope.fresh("v")
        before, _, after = along(root, way, mark).rpartition(mark)
        return Context(f"{context(root)} {before}", after)

    def ways(self, context: Context, scope: Scope) -> str:
        """Write a query for the ways from focus nodes to nodes that the shape is about."""
        if not self.way:
            return f"SELECT DISTINCT {THIS} WHERE {{ {context(THIS)} }}"
        nodes = [ROOT, *(scope.fresh("w") for _ in self.way[1:]), THIS]
        pattern = f"{context(ROOT)} {_steps(nodes, self.way)}"
        return f"SELECT DISTINCT {' '.join(nodes)} WHERE {{ {pattern} }}"


def checks_of(shape: Shape, through: tuple[Shape, ...] = ()) -> Iterator[Check]:
    """Iterate over the constraints of a shape and of its property shapes, to any depth."""
    if shape.deactivated:
        return
    way = tuple(step.path for step in through if step.path is not None)
    for constraint in shape.constraints:
        if isinstance(constraint, Property):
            yield from checks_of(constraint.shape, (*through, shape) if shape.path else through)
        else:
            yield Check(shape, constraint, way, through)


def targets(shape: Shape, scope: Scope) -> list[Context]:
    """Return what gives the focus nodes of a shape (§2.1.3): together, all that it targets.

    Each class has a context of its own: it is looked up faster than nodes of any class
    that are then held against a list.
    """
    nodes: list[str] = []
    contexts: dict[Context, None] = {}
    for kind, term in ((target.kind, target.term) for target in shape.targets):
        if kind == "node":
            if not isinstance(term, ox.BlankNode):
                nodes.append(scope.term(term))
        elif isinstance(term, ox.NamedNode):
            contexts.update(dict.fromkeys(_contexts(kind, term.value, scope)))
    return [*contexts, *([listed(nodes)] if nodes else [])]


def _contexts(kind: str, iri: str, scope: Scope) -> Iterator[Context]:
    match kind:
        case "class":
            classes = scope.subclasses(iri)
            if len(classes) > MOST_CLASSES:
                yield Context("", instance_of("", iri, scope))
            else:
                yield from (Context("", f" a <{one}> .") for one in classes)
        case "subjects":
            yield Context("", f" <{iri}> ?target .")
        case "objects":
            yield Context(f"?target <{iri}> ", " .")


def listed(nodes: Iterable[Term | str]) -> Context:
    """Return a context of some nodes, none of them blank; text is SPARQL."""
    return Context("VALUES ", f" {{ {' '.join(map(str, nodes))} }}")


def chosen(nodes: Context, contexts: Iterable[Context]) -> str:
    """Write a query for those of some nodes that any of some contexts gives too."""
    any_context = any_of(f"EXISTS {{ {context(THIS)} }}" for context in contexts)
    return f"SELECT {THIS} WHERE {{ {nodes(THIS)} FILTER({any_context}) }}"


def along(begin: str, way: tuple[Path, ...], end: str) -> str:
    """Write the pattern of some paths, one after another, between two variables."""
    path = followed(*way)
    return "" if path is None else follows(begin, path, end)


def _steps(nodes: list[str], way: tuple[Path, ...]) -> str:
    steps = zip(nodes[:-1], way, nodes[1:], strict=True)
    return " ".join(follows(*step) for step in steps)
