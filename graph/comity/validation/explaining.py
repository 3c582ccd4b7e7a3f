"""What is wrong with nodes that break a constraint: its results, each with what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import pyoxigraph as ox

from comity.store.base import Term
from comity.validation.constraints.base import Scope
from comity.validation.constraints.shape_based import Node
from comity.validation.finding import focus_text, found
from comity.validation.queries import Check, Context, checks_of, listed
from comity.validation.results import Result
from comity.validation.shapes.model import Shape
from comity.validation.written import as_read

__all__ = ["Explaining", "Rows", "contexts_of"]

Rows: TypeAlias = Callable[[str], Iterator[dict[str, Term | None]]]
"""Answers a SELECT query: solutions by name of variable."""

IN_ONE_QUERY = 500
FEW = 5_000
"""As many nodes are listed in queries; about more, the queries for all are asked."""


class Explaining:
    """Finds the results of constraints.

    Parameters
    ----------
    rows : callable
        Answers queries about the data.
    scope : callable
        Makes a scope for a query.
    exact : bool
        Whether literals are kept as they were written.
    """

    def __init__(self, rows: Rows, scope: Callable[[], Scope], *, exact: bool):
        self._rows = rows
        self._scope = scope
        self._exact = exact

    def results(self, shape: Shape, check: Check, contexts: Sequence[Context]) -> Iterator[Result]:
        """Explain a constraint; where terms count exactly, once for each way to a node."""
        results = self._explained(check, contexts)
        if not self._exact:
            yield from results
            return
        names = (shape.name, *(step.name for step in check.through))
        ways: dict[Term | None, dict[tuple[tuple[str, str], ...], None]] = {}
        for context in contexts:
            for row in self._rows(check.ways(context, self._scope())):
                nodes = list(row.values())
                way = tuple(zip(map(_text, nodes), names, strict=True))
                ways.setdefault(nodes[-1], {})[way] = None
        for result, (focus, _) in results.items():
            for way in ways[focus]:
                yield replace(result, way=way)

    def _explained(
        self, check: Check, contexts: Sequence[Context]
    ) -> dict[Result, tuple[Term, Term | None]]:
        """Return the results of a constraint, with their focus nodes and values."""
        results: dict[Result, tuple[Term, Term | None]] = {}
        for context in contexts:
            for query in check.explain(context, self._scope()):
                for row in self._rows(query):
                    if (focus := row["this"]) is not None:
                        results[found(check, row, exact=self._exact)] = (focus, row.get("value"))
        if isinstance(check.constraint, Node) and results:
            return self._detailed(check, check.constraint.shape, results, contexts)
        return results

    def _detailed(
        self,
        check: Check,
        shape: Shape,
        results: Mapping[Result, tuple[Term, Term | None]],
        contexts: Sequence[Context],
    ) -> dict[Result, tuple[Term, Term | None]]:
        """Give results of ``sh:node`` what is wrong with their values (``sh:detail``, §3.6.2.4)."""
        values = list(dict.fromkeys(value for _, value in results.values() if value is not None))
        nodes = contexts_of(values) or [
            check.values(context, self._scope()) for context in contexts
        ]
        inner: dict[Term, list[Result]] = {}
        for nested in checks_of(shape):
            for result, (focus, _) in self._explained(nested, nodes).items():
                inner.setdefault(focus, []).append(result)
        return {
            # Sorted: each store has an order of its own.
            replace(result, details=tuple(sorted(inner.get(value, ())) if value else ())): (
                focus,
                value,
            )
            for result, (focus, value) in results.items()
        }


def _text(term: Term | None) -> str:
    return focus_text(as_read(term) if isinstance(term, ox.Literal) else term)


def contexts_of(nodes: Sequence[Term]) -> list[Context]:
    """List nodes in contexts; none where they are too many, or blank and so have no name."""
    if len(nodes) > FEW or any(isinstance(node, ox.BlankNode) for node in nodes):
        return []
    return [listed(nodes[at : at + IN_ONE_QUERY]) for at in range(0, len(nodes), IN_ONE_QUERY)]
