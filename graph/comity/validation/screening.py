"""One expression for all that a focus node can break, with as few look-ups as possible.

Looked up one by one, the values of each property cost a search of their own. So what
is asked of the values of several properties is asked in one walk over what is said of
the node, and so are the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.validation.constraints.base import THIS, Scope, ValueConstraint, any_of, follows
from comity.validation.constraints.cardinality import MaxCount, MinCount
from comity.validation.queries import Check, Context, along
from comity.validation.shapes.path import Path, Predicate

__all__ = ["diagnose", "screen"]


def screen(checks: Iterable[Check], context: Context, scope: Scope) -> str:
    """Write a query for the focus nodes that break any of some constraints."""
    return f"SELECT {THIS} WHERE {{ {context(THIS)} FILTER({broken(checks, scope)}) }}"


def diagnose(checks: Iterable[Check], context: Context, scope: Scope) -> str:
    """Write a query that says of each focus node which of some constraints it breaks.

    Its columns are the node and, in the order of the constraints, true or false.
    """
    told = [f"({check.broken(scope)} AS {scope.fresh('b')})" for check in checks]
    return f"SELECT {THIS} {' '.join(told)} WHERE {{ {context(THIS)} }}"


def broken(checks: Iterable[Check], scope: Scope) -> str:
    """Write an expression that is true iff ``?this`` breaks any of some constraints."""
    values: dict[tuple[tuple[Path, ...], Path | None], list[ValueConstraint]] = {}
    required: list[str] = []
    single: list[str] = []
    rest: list[Check] = []
    for check in checks:
        constraint, path = check.constraint, check.shape.path
        own = path.iri if isinstance(path, Predicate) and not check.way else ""
        if isinstance(constraint, ValueConstraint):
            values.setdefault((check.way, path), []).append(constraint)
        elif own and constraint == MinCount(1):
            required.append(own)
        elif own and constraint == MaxCount(1):
            single.append(own)
        else:
            rest.append(check)
    return any_of(
        [
            *_counts(required, single, scope),
            *_values(values, scope),
            *(check.broken(scope) for check in rest),
        ]
    )


def _values(
    values: dict[tuple[tuple[Path, ...], Path | None], list[ValueConstraint]], scope: Scope
) -> list[str]:
    """Ask whether any value fails what is asked of it."""
    found, node = [], scope.fresh("o")
    by_property: dict[str, str] = {}
    for (way, path), constraints in values.items():
        if isinstance(path, Predicate) and not way:
            by_property[path.iri] = any_of(one.fails(node, scope) for one in constraints)
            continue
        steps = way if path is None else (*way, path)
        value = scope.fresh("v") if steps else THIS
        fails = any_of(one.fails(value, scope) for one in constraints)
        reach = along(THIS, steps, value) if steps else ""
        found.append(f"EXISTS {{ {reach} FILTER({fails}) }}" if steps else fails)
    if len(by_property) == 1:
        ((iri, fails),) = by_property.items()
        found.append(f"EXISTS {{ {follows(THIS, Predicate(iri), node)} FILTER({fails}) }}")
    elif by_property:
        predicate, fails = scope.fresh("p"), "false"
        for iri, condition in by_property.items():
            fails = f"IF({predicate} = <{iri}>, {condition}, {fails})"
        found.append(f"EXISTS {{ {THIS} {predicate} {node} FILTER({fails}) }}")
    return found


def _counts(required: Sequence[str], single: Sequence[str], scope: Scope) -> list[str]:
    """Ask whether any property that must have a value has none, or several where it may not."""
    once, least = list(dict.fromkeys(single)), list(dict.fromkeys(required))
    several = [iri for iri in least if iri not in once]
    found = [MinCount(1).broken(THIS, Predicate(iri), scope) for iri in several]
    least = [iri for iri in least if iri in once]
    if len(once) < 2:
        found += [MinCount(1).broken(THIS, Predicate(iri), scope) for iri in least]
        found += [MaxCount(1).broken(THIS, Predicate(iri), scope) for iri in once]
        return found
    predicate, node = scope.fresh("p"), scope.fresh("o")
    listed = ", ".join(f"<{iri}>" for iri in once)
    counted = (
        f"SELECT {THIS} {{ {THIS} {predicate} {node} FILTER({predicate} IN ({listed})) }} "
        f"GROUP BY {THIS} HAVING"
    )
    once_each = f"COUNT(*) = COUNT(DISTINCT {predicate})"
    if not least:
        return [*found, f"EXISTS {{ {counted}(!({once_each})) }}"]
    free = ", ".join(f"<{iri}>" for iri in once if iri not in least)
    present = f"COUNT(*) - SUM(IF({predicate} IN ({free}), 1, 0))" if free else "COUNT(*)"
    return [*found, f"NOT EXISTS {{ {counted}({once_each} && {present} = {len(least)}) }}"]
