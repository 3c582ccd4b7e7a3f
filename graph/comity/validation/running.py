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
from comity.validation.finding import focus_text, found
from comity.validation.queries import Check, Context, checks_of, listed, targets
from comity.validation.results import Result
from comity.validation.scratch import Scratch
from comity.validation.screening import screen
from comity.validation.shapes.model import Shape, Target
from comity.validation.written import as_read, as_written

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
        checks = list(checks_of(shape))
        if contexts:
            return self._found(shape, checks, contexts)
        absent = [target for target in shape.targets if self._is_absent(target)]
        if not absent:
            return self._found(shape, checks, targets(shape, self._scope()))
        # A path that may be skipped leads a node to itself, but for the engine only where some
        # triple is about it: there is one in the scratch.
        scratch = Scratch((), {shape: [self._kept(target.term) for target in absent]})
        alone = Run(scratch.store, self._subclasses, exact=self._exact)
        screened = [check for check in checks if check.constraint.screened]
        queried = [check for check in checks if not check.constraint.screened]
        known = replace(shape, targets=tuple(one for one in shape.targets if one not in absent))
        return [
            *self._found(shape, queried, targets(shape, self._scope())),
            *self._found(shape, screened, targets(known, self._scope())),
            *alone._found(shape, screened, [scratch.context(shape)]),
        ]

    def _is_absent(self, target: Target) -> bool:
        if target.kind != "node":
            return False
        node = self._kept(target.term)
        own: Iterator[ox.Quad] = iter(())
        if not isinstance(node, ox.Literal | ox.Triple):
            own = self._store.match(node, None, None, ox.DefaultGraph())
        there = self._store.match(None, None, node, ox.DefaultGraph())
        return next(chain(own, there), None) is None

    def _kept(self, term: Term) -> Term:
        return as_written(term) if self._exact and isinstance(term, ox.Literal) else term

    def _found(
        self, shape: Shape, checks: Sequence[Check], contexts: Sequence[Context]
    ) -> list[Result]:
        results = [
            result
            for check in checks
            if not check.constraint.screened
            for result in self._told(shape, check, contexts)
        ]
        screened = [check for check in checks if check.constraint.screened]
        broken = self._broken(screened, contexts) if screened else []
        if broken:
            fewer = _contexts_of(broken) or contexts
            results += [one for check in screened for one in self._told(shape, check, fewer)]
        return results

    def _told(self, shape: Shape, check: Check, contexts: Sequence[Context]) -> Iterator[Result]:
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
                way = tuple(zip(map(self._text, nodes), names, strict=True))
                ways.setdefault(nodes[-1], {})[way] = None
        for result, (focus, _) in results.items():
            for way in ways[focus]:
                yield replace(result, way=way)

    def _text(self, term: Term | None) -> str:
        return focus_text(as_read(term) if isinstance(term, ox.Literal) else term)

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
