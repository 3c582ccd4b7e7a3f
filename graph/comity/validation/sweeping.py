"""Constraints asked about a whole store at once: two scans and a hash table, no look-ups.

To look up the values of each focus node takes a search for each. A query of the form
``?this :p ?value MINUS { ?value a :Class }`` scans both sides once, which is many times
faster, above all on disk. It asks for all that have the property, whatever they are,
and so it serves all shapes with this constraint; what it finds is then held against
their targets. Constraints that have no such form are left to :mod:`screening`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.validation.constraints.base import THIS, VALUE, Constraint, Scope, ValueConstraint
from comity.validation.constraints.cardinality import MaxCount, MinCount
from comity.validation.constraints.logical import And, Not, Or
from comity.validation.constraints.other import HasValue
from comity.validation.constraints.property_pair import Disjoint
from comity.validation.constraints.shape_based import (
    Node,
    Property,
)
from comity.validation.constraints.string_based import UniqueLang
from comity.validation.constraints.value_type import MOST_CLASSES, Class
from comity.validation.queries import Check, Context
from comity.validation.shapes.model import Shape
from comity.validation.shapes.path import Alternative, Inverse, Path, Predicate

__all__ = ["FASTER_IN_MEMORY", "sweep"]

FASTER_IN_MEMORY = (Class, Node, Or, And, Not, UniqueLang, Disjoint)
"""In memory, looking up costs little more than scanning: what is swept there too, as measured."""


def sweep(check: Check, contexts: Sequence[Context], scope: Scope, *, alone: bool) -> str:
    """Write a query for all nodes that break a constraint, or empty text if there is none.

    Parameters
    ----------
    check : Check
    contexts : sequence of Context
        All that give focus nodes for this constraint.
    scope : Scope
    alone : bool
        Whether nothing else is asked of the values of the property, so that few of
        those that no context gives break the constraint.

    Returns
    -------
    str
        A query with the one column ``?this``, which gives every focus node that breaks
        the constraint, and few others.
    """
    if check.way or not check.constraint.screened:
        return ""
    constraint, path = check.constraint, check.shape.path
    focus = _either(context(THIS) for context in contexts)
    if path is None:
        body = _of_node(constraint, focus, scope)
        return body and f"SELECT DISTINCT {THIS} WHERE {{ {body} }}"
    if not isinstance(path, Predicate):
        return ""
    values = f"{THIS} <{path.iri}> {VALUE} ."
    match constraint:
        case MinCount(1):
            return f"SELECT DISTINCT {THIS} WHERE {{ {focus} MINUS {{ {values} }} }}"
        case MaxCount(number):
            return f"SELECT {THIS} WHERE {{ {values} }} GROUP BY {THIS} HAVING(COUNT(*) > {number})"
        case UniqueLang():
            return (
                f"SELECT DISTINCT {THIS} WHERE {{ {values} FILTER(LANG({VALUE}) != '') }} "
                f"GROUP BY {THIS} (LANG({VALUE}) AS ?language) HAVING(COUNT(*) > 1)"
            )
        case Disjoint(iri):
            other = f"SELECT {THIS} {VALUE} WHERE {{ {THIS} <{iri}> {VALUE} }}"
            return f"SELECT DISTINCT {THIS} WHERE {{ {values} {{ {other} }} }}"
        case HasValue(term):
            own = _steps(THIS, path, scope.term(term))
            return f"SELECT DISTINCT {THIS} WHERE {{ {focus} MINUS {{ {own} }} }}"
        case ValueConstraint():
            failing = _failing(constraint, VALUE, scope)
            reach = values if alone else f"{focus} {values}"
            return failing and f"SELECT DISTINCT {THIS} WHERE {{ {reach} {failing} }}"
    return ""


def _of_node(constraint: Constraint, focus: str, scope: Scope) -> str:
    """Write a pattern of the focus nodes that themselves break a constraint."""
    failing = _failing(constraint, THIS, scope) if isinstance(constraint, ValueConstraint) else ""
    return failing and f"{focus} {failing}"


def _failing(constraint: ValueConstraint, value: str, scope: Scope) -> str:
    """Write what leaves, of a group that binds a value, those solutions in which it fails."""
    if isinstance(constraint, Not):
        bad = _conforming(constraint.shape, value, scope)
        return bad and f"{{ SELECT DISTINCT {value} WHERE {{ {bad} }} }}"
    if good := _good(constraint, value, scope):
        return f"MINUS {{ {good} }}"
    fails = constraint.fails(value, scope)
    return "" if "EXISTS" in fails else f"FILTER({fails})"


def _good(constraint: Constraint, node: str, scope: Scope) -> str:
    """Write a pattern of exactly the nodes that satisfy a constraint, if there is one."""
    match constraint:
        case Class(iri):
            classes = scope.subclasses(iri)
            few = len(classes) <= MOST_CLASSES
            return _either(f"{node} a <{one}> ." for one in classes) if few else ""
        case Node(shape) | Property(shape):
            return _conforming(shape, node, scope)
        case Or(shapes):
            patterns = [_conforming(shape, node, scope) for shape in shapes]
            return _either(patterns) if all(patterns) else ""
        case And(shapes):
            patterns = [_conforming(shape, node, scope) for shape in shapes]
            return " ".join(patterns) if all(patterns) else ""
    return ""


def _conforming(shape: Shape, node: str, scope: Scope) -> str:
    """Write a pattern of exactly the nodes that conform to a shape, if there is one."""
    if shape.deactivated or not shape.constraints:
        return ""
    patterns = [_satisfying(one, shape.path, node, scope) for one in shape.constraints]
    return " ".join(patterns) if all(patterns) else ""


def _satisfying(constraint: Constraint, path: Path | None, node: str, scope: Scope) -> str:
    if path is None:
        return _good(constraint, node, scope)
    match constraint:
        case HasValue(term):
            return _steps(node, path, scope.term(term))
        case MinCount(1):
            return _steps(node, path, scope.fresh("s"))
    return ""


def _steps(begin: str, path: Path, end: str) -> str:
    """Write the pattern of a path of one step, whichever of some properties it is."""
    match path:
        case Predicate(iri):
            return f"{begin} <{iri}> {end} ."
        case Inverse(inner) if not end.startswith('"'):  # of a literal nothing is said
            return _steps(end, inner, begin)
        case Alternative(parts):
            patterns = [_steps(begin, part, end) for part in parts]
            return _either(patterns) if all(patterns) else ""
    return ""


def _more_than(number: int, values: str) -> str:
    """Count rows: to keep values apart would take a hash table for each node.

    A value that is found in two ways counts twice; explaining tells.
    """
    return f"SELECT {THIS} WHERE {{ {values} }} GROUP BY {THIS} HAVING(COUNT(*) > {number})"


def _either(patterns: Iterable[str]) -> str:
    parts = list(patterns)
    return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)
