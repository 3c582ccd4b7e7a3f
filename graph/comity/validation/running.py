"""Shapes run on a store: queries in, results out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TypeAlias

import pyoxigraph as ox

from comity.interrupts import side_by_side
from comity.store import Store
from comity.store.base import Term
from comity.validation.constraints.base import Constraint, Scope
from comity.validation.explaining import Explaining, contexts_of
from comity.validation.queries import Check, Context, checks_of, chosen, targets
from comity.validation.results import Result
from comity.validation.scratch import Scratch
from comity.validation.screening import diagnose, screen
from comity.validation.shapes.model import Shape, Target
from comity.validation.shapes.path import Path
from comity.validation.sweeping import FASTER_IN_MEMORY, sweep
from comity.validation.written import as_written

__all__ = ["Run"]

TOGETHER = 200
"""Constraints that one query is about; one about 3,000 ended the process: no stack is so deep."""
_TRUE = ox.Literal(True)
_Own: TypeAlias = tuple[Shape, Check]
_Task: TypeAlias = Callable[[], Iterable[Result]]


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
        self._explaining = Explaining(self._rows, self._scope, exact=exact)

    def all(self, shapes: Iterable[Shape]) -> list[Result]:
        """Check all that some shapes target, several groups of nodes at a time."""
        results: list[Result] = []
        groups: dict[Context, list[_Own]] = {}
        for shape in shapes:
            known, alone = self._apart(shape)
            results += alone
            for own in _checks(shape):
                for context in targets(
                    known if own[1].constraint.screened else shape, self._scope()
                ):
                    groups.setdefault(context, []).append(own)
        tasks = self._tasks(groups) if self._exact else self._sweeping(groups)
        # The engine lets other threads run while it looks for an answer.
        found = side_by_side((partial(_done, task) for task in tasks), min(4, os.cpu_count() or 1))
        return [*results, *chain.from_iterable(found)]

    def some(self, groups: Mapping[Context, Sequence[Shape]]) -> list[Result]:
        """Check the nodes that contexts give against the shapes of each."""
        owned = {
            context: [o for s in shapes for o in _checks(s)] for context, shapes in groups.items()
        }
        return [result for task in self._tasks(owned) for result in task()]

    def _tasks(self, groups: Mapping[Context, Sequence[_Own]]) -> Iterator[_Task]:
        """Part the work: what is screened together is one task, and each query of a shape is."""
        for context, owned in groups.items():
            screened = [own for own in owned if own[1].constraint.screened]
            for few in _batches(screened):
                yield partial(self._screened, few, context)
            for shape, check in owned:
                if not check.constraint.screened:
                    yield partial(self._explaining.results, shape, check, [context])

    def _sweeping(self, groups: Mapping[Context, Sequence[_Own]]) -> Iterator[_Task]:
        """Part the work: a constraint that can be swept is one task, for all who ask for it."""
        asked: dict[tuple[Path | None, Constraint], dict[_Own, list[Context]]] = {}
        rest: dict[Context, list[_Own]] = {}
        for context, owned in groups.items():
            for own in owned:
                _, check = own
                on_disk = self._store.directory is not None
                if (on_disk or isinstance(check.constraint, FASTER_IN_MEMORY)) and sweep(
                    check, [context], self._scope(), alone=True
                ):
                    key = (check.shape.path, check.constraint)
                    asked.setdefault(key, {}).setdefault(own, []).append(context)
                else:
                    rest.setdefault(context, []).append(own)
        rivals = Counter((path, constraint.component) for path, constraint in asked)
        for (path, constraint), uses in asked.items():
            yield partial(self._swept, uses, alone=rivals[path, constraint.component] == 1)
        yield from self._tasks(rest)

    def _swept(self, uses: Mapping[_Own, Sequence[Context]], *, alone: bool) -> Iterator[Result]:
        """Find all nodes that break a constraint, then those that are focus nodes, and then how."""
        (_, first), *_ = uses
        contexts = list(dict.fromkeys(chain.from_iterable(uses.values())))
        broken = self._nodes(sweep(first, contexts, self._scope(), alone=alone))
        few = contexts_of(broken)
        for (shape, check), own in uses.items() if broken else ():
            if not few:
                for context in own:
                    yield from self._screened([(shape, check)], context)
                continue
            focus = [node for some in few for node in self._nodes(chosen(some, own))]
            if where := contexts_of(focus):
                yield from self._explaining.results(shape, check, where)

    def _nodes(self, query: str) -> list[Term]:
        rows = self._rows(query)
        return list(dict.fromkeys(node for row in rows if (node := row["this"]) is not None))

    def _screened(self, owned: Sequence[_Own], context: Context) -> Iterator[Result]:
        """Find the nodes that break any constraint, then which, and then how."""
        checks = [check for _, check in owned]
        broken = self._nodes(screen(checks, context, self._scope()))
        if not broken:
            return
        few = contexts_of(broken)
        by_check: list[list[Term]] = [[] for _ in checks]
        for nodes in few:
            for row in self._rows(diagnose(checks, nodes, self._scope())):
                node, *told = row.values()
                for breaking, breaks in zip(by_check, told, strict=True):
                    if node is not None and breaks == _TRUE:
                        breaking.append(node)
        for (shape, check), breaking in zip(owned, by_check, strict=True):
            if breaking or not few:
                where = contexts_of(breaking) if few else [context]
                yield from self._explaining.results(shape, check, where)

    def _apart(self, shape: Shape) -> tuple[Shape, list[Result]]:
        """Check nodes that a shape names and the data don't.

        A path that may be skipped leads a node to itself, but for the engine only where
        some triple is about it: there is one in the scratch.

        Returns
        -------
        Shape, list of Result
            The shape without these nodes, and what is wrong with them.
        """
        absent = [target for target in shape.targets if self._is_absent(target)]
        if not absent:
            return shape, []
        scratch = Scratch((), {shape: [self._kept(target.term) for target in absent]})
        run = Run(scratch.store, self._subclasses, exact=self._exact)
        owned = [own for own in _checks(shape) if own[1].constraint.screened]
        tasks = [(few, context) for context in scratch.groups for few in _batches(owned)]
        alone = [result for task in tasks for result in run._screened(*task)]
        return replace(shape, targets=tuple(t for t in shape.targets if t not in absent)), alone

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

    def _rows(self, query: str) -> Iterator[dict[str, Term | None]]:
        solutions = self._store.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"no SELECT query: {query}")
        names = [variable.value for variable in solutions.variables]
        return (dict(zip(names, row, strict=True)) for row in solutions)

    def _scope(self) -> Scope:
        return Scope(self._subclasses, exact=self._exact)


def _batches(owned: Sequence[_Own]) -> Iterator[Sequence[_Own]]:
    return (owned[at : at + TOGETHER] for at in range(0, len(owned), TOGETHER))


def _done(task: Callable[[], Iterable[Result]]) -> list[Result]:
    return list(task())


def _checks(shape: Shape) -> Iterator[_Own]:
    return ((shape, check) for check in checks_of(shape))
