"""Shapes run on a store: queries in, results out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain

import pyoxigraph as ox

from comity.store import Store
from comity.store.base import Term
from comity.validation.constraints.base import Scope
from comity.validation.constraints.shape_based import Node
from comity.validation.finding import found
from comity.validation.queries import Check, Context, checks_of, listed, screen, targets
from comity.validation.results import Result
from comity.validation.shapes.model import Shape

__all__ = ["Run"]

IN_ONE_QUERY = 500
FEW = 5_000
"""As many nodes are listed in queries; about more, the queries for all are asked."""


class Run:
    """One validation of what a store holds.

    Parameters
    ----------
    store : Store
        Its default graph is checked.
    subclasses : callable
        As for :class:`~comity.validation.constraints.base.Scope`.
    exact : bool
        Whether literals are kept as they were written.
    """

    def __init__(
        self, store: Store, subclasses: Callable[[str], tuple[str, ...]], *, exact: bool = False
    ):
        self._store = store
        self._subclasses = subclasses
        self._exact = exact

    def all(self, shapes: Sequence[Shape]) -> list[Result]:
        """Check all that some shapes target, several shapes at a time."""
        # The engine lets other threads run while it looks for an answer.
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            return list(chain.from_iterable(pool.map(self.results, shapes)))

    def results(self, shape: Shape, contexts: Sequence[Context] = ()) -> list[Result]:
        """Check focus nodes of one shape: those that contexts give, or all."""
        contexts = contexts or targets(shape, self._scope())
        checks = list(checks_of(shape))
        results = [
            result
            for check in checks
            if not check.constraint.screened
            for result in self._explained(check, contexts)
        ]
        screened = [check for check in checks if check.constraint.screened]
        broken = self._broken(screened, contexts) if screened else []
        if broken:
            fewer = _contexts_of(broken) or contexts
            results += [one for check in screened for one in self._explained(check, fewer)]
        return results

    def _broken(self, checks: Sequence[Check], contexts: Sequence[Context]) -> list[Term]:
        found: dict[Term, None] = {}
        for context in contexts:
            for row in self._rows(screen(checks, context, self._scope())):
                if (node := row["this"]) is not None:
                    found[node] = None
        return list(found)

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
        nodes = _contexts_of(values) or [
            check.values(context, self._scope()) for context in contexts
        ]
        inner: dict[Term, list[Result]] = {}
        for nested in checks_of(shape):
            for result, (focus, _) in self._explained(nested, nodes).items():
                inner.setdefault(focus, []).append(result)
        return {
            replace(result, details=tuple(inner.get(value, ()) if value is not None else ())): (
                focus,
                value,
            )
            for result, (focus, value) in results.items()
        }

    def _rows(self, query: str) -> Iterator[dict[str, Term | None]]:
        solutions = self._store.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"no SELECT query: {query}")
        names = [variable.value for variable in solutions.variables]
        return (dict(zip(names, row, strict=True)) for row in solutions)

    def _scope(self) -> Scope:
        return Scope(self._subclasses, exact=self._exact)


def _contexts_of(nodes: Sequence[Term]) -> list[Context]:
    """List nodes in contexts; none where they are too many, or blank and so have no name."""
    if len(nodes) > FEW or any(isinstance(node, ox.BlankNode) for node in nodes):
        return []
    return [listed(batch) for batch in _batches(nodes)]


def _batches(nodes: Sequence[Term]) -> Iterator[Sequence[Term]]:
    return (nodes[at : at + IN_ONE_QUERY] for at in range(0, len(nodes), IN_ONE_QUERY))
