"""Comparing two stores, files or exports fact by fact.

Both sides are sorted and read side by side: what is held in memory are the
differences of the nodes being looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby, islice
from typing import TypeAlias

import pyoxigraph as ox

from comity.keeping.content import Content
from comity.keeping.differences import Change, Entity, Kind, with_labels
from comity.keeping.sides import Comparable, Statement, graphs_to_compare, opened_side
from comity.store.base import Term

__all__ = ["FACTS", "Change", "Entity", "Kind", "diff"]

_Difference: TypeAlias = tuple[bytes, tuple[str, ...], tuple[str, ...]]

FACTS = Content(shipped=False, loads=False, keys=False)
"""What is compared unless asked otherwise: no bookkeeping."""

_BATCH = 100  # nodes whose labels are looked up at once


def diff(
    first: Comparable,
    second: Comparable,
    *,
    graphs: Sequence[str] = (),
    content: Content = FACTS,
    format: str | None = None,  # noqa: A002 - the name that the command has
) -> Iterator[Entity]:
    """Compare two sides, node by node.

    Parameters
    ----------
    first, second : path, Graph or Store
        A store's directory, an RDF file, or what is open. Where one is
        triples without graphs, the other's graphs are taken together.
    graphs : sequence of str
        Which graphs to compare, as in
        :func:`comity.keeping.content.chosen_graphs`; all when empty.
    content : Content
        What counts. By default neither what ships with Comity nor records of
        loads nor search keys, which follow from the names.
    format : str, optional
        RDF syntax of files, where the suffix does not tell it.

    Yields
    ------
    Entity
        In the order of their IRIs; nothing when the sides are equal.

    Raises
    ------
    InputError, StoreError
        A side cannot be read.
    ParameterError
        Neither side has a graph that is asked for.

    Examples
    --------
    >>> import comity
    >>> with comity.open() as one, comity.open() as other:
    ...     list(diff(one, other))
    []
    """
    with ExitStack() as stack:
        sides = (
            stack.enter_context(opened_side(first, format)),
            stack.enter_context(opened_side(second, format)),
        )
        wanted, named = graphs_to_compare(sides, tuple(graphs))
        one, other = (
            side.statements(chosen, named=named) for side, chosen in zip(sides, wanted, strict=True)
        )
        entities = _entities(_counting(_unequal(one, other), content))
        while batch := list(islice(entities, _BATCH)):
            yield from with_labels(batch, (sides[1].names, sides[0].names))


def _unequal(first: Iterator[Statement], second: Iterator[Statement]) -> Iterator[_Difference]:
    """Read two sorted streams side by side and keep what differs."""
    one, other = next(first, None), next(second, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None  # noqa: S101 - or the loop had ended
            yield (*one, ())
            one = next(first, None)
        elif one is None or other[0] < one[0]:
            yield (other[0], (), other[1])
            other = next(second, None)
        else:
            if one[1] != other[1]:
                yield (*one, other[1])
            one, other = next(first, None), next(second, None)


def _counting(found: Iterable[_Difference], content: Content) -> Iterator[_Difference]:
    """Leave out what does not count; the graphs that are left may be equal then."""
    for triple, before, after in found:
        line = triple + b" .\n"
        before, after = (
            tuple(graph for graph in graphs if any(content.keep((line,), graph)))
            for graphs in (before, after)
        )
        if before != after:
            yield triple, before, after


def _entities(found: Iterable[_Difference]) -> Iterator[Entity]:
    """Group differences by their subject, yet without labels."""
    parsed = ((_triple(triple), before, after) for triple, before, after in found)
    for node, members in groupby(parsed, key=lambda one: one[0].subject):
        yield Entity(node, "", tuple(_changes(list(members))))


def _triple(line: bytes) -> ox.Triple:
    quad = next(iter(ox.parse(line + b" .", format=ox.RdfFormat.N_TRIPLES)))
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def _changes(
    members: list[tuple[ox.Triple, tuple[str, ...], tuple[str, ...]]],
) -> Iterator[Change]:
    for predicate, group in groupby(members, key=lambda one: one[0].predicate):
        facts = list(group)
        slots: dict[str, list[Change]] = {}
        for triple, before, after in facts:
            change = _change(predicate.value, triple.object, before, after)
            slots.setdefault(_slot(triple.object), []).append(change)
        for changes in slots.values():
            yield from _paired(changes)


def _slot(value: Term) -> str:
    """Values in different languages do not take each other's place."""
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def _change(predicate: str, value: Term, before: tuple[str, ...], after: tuple[str, ...]) -> Change:
    kind: Kind
    if not before:
        kind = "added"
    elif not after:
        kind = "removed"
    else:
        kind = "no longer said" if set(after) < set(before) else "also said"
    return Change(
        kind,
        predicate,
        "",
        value if before else None,
        value if after else None,
        "",
        "",
        before,
        after,
    )


def _paired(changes: list[Change]) -> list[Change]:
    """Make one change of a value that went and one that came, if it is one of each."""
    gone = [change for change in changes if change.kind == "removed"]
    come = [change for change in changes if change.kind == "added"]
    if len(gone) != 1 or len(come) != 1:
        return changes
    changed = replace(
        gone[0], kind="changed", after=come[0].after, graphs_after=come[0].graphs_after
    )
    return [changed, *(change for change in changes if change not in (gone[0], come[0]))]
