"""SHACL validation (W3C Recommendation, 20 July 2017) of what a store holds.

Shapes are compiled to SPARQL that finds all results of a constraint at once, and
that runs where the data are. To check a few nodes, only what matters for them is
looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

import pyoxigraph as ox

from comity.interrupts import interruptible
from comity.store import EmbeddedStore, Store
from comity.store.base import Term
from comity.validation.explaining import contexts_of
from comity.validation.incremental import Affected, Match, Selected, automaton_of, fragment
from comity.validation.report import Report
from comity.validation.results import Result
from comity.validation.running import Run
from comity.validation.scratch import Scratch
from comity.validation.shapes.model import Shape, Shapes
from comity.validation.union import Union

__all__ = ["validate"]

IN_ONE_SCRATCH = 10_000
"""As many nodes are checked at a time."""


def validate(
    store: Store,
    shapes: Shapes,
    focus: Collection[str] | Affected | None = None,
    *,
    staged: Store | None = None,
    exact: bool = False,
    only_new: bool = False,
) -> Report:
    """Check nodes of a store against shapes.

    Parameters
    ----------
    store : Store
        The default graph is what is checked.
    shapes : Shapes
        SHACL Core and SPARQL-based constraints.
    focus : collection of str, or Affected, optional
        IRIs of the nodes to check, or what a change affects; all that the shapes
        target when absent.
    staged : Store, optional
        A store whose default graph counts as part of that default graph.
    exact : bool
        Whether literals are kept as they were written
        (:func:`comity.validation.written.as_written`).
    only_new : bool
        With :class:`Affected`: of nodes with many values, look only at those that are
        new. What was there before the change is then not all found, what was not is.

    Returns
    -------
    Report
        Without background: no labels, no passages.

    Raises
    ------
    InputError
        A query of the shapes cannot be answered.

    Notes
    -----
    A query in somebody's shapes can take for ever, and no engine stops it. In the main
    thread Ctrl-C ends the waiting for it (KeyboardInterrupt); it goes on in a thread of
    its own until the process ends.
    """
    if focus is not None and not isinstance(focus, Affected) and not focus:
        return Report(checked=0)
    return interruptible(
        partial(_validate, store, shapes, focus, staged, exact=exact, only_new=only_new)
    )


def _validate(
    store: Store,
    shapes: Shapes,
    focus: Collection[str] | Affected | None,
    staged: Store | None,
    *,
    exact: bool,
    only_new: bool,
) -> Report:
    union = Union(store) if staged is None else Union(store, staged)
    if focus is None:
        whole = _whole(store, staged, union)
        everything = Run(whole, union.subclasses, exact=exact).all(shapes.targeted)
        return Report.of(everything, notes=shapes.notes)
    chosen, again = _chosen(shapes, focus, union)
    results: list[Result] = []
    if only_new and isinstance(focus, Affected) and focus.gained.focus:
        chosen, gained = focus.without_gained(), focus.gained
        results += _few(shapes, gained.focus, union, exact=exact, match=gained.within(union.match))
    unknown = automaton_of(shapes).unknown
    results += _few(
        shapes, {one: chosen[one] for one in chosen if one not in unknown}, union, exact=exact
    )
    if again or not unknown.isdisjoint(chosen):
        run = Run(_whole(store, staged, union), union.subclasses, exact=exact)
        for shape in unknown.intersection(chosen):
            few = contexts_of(list(chosen[shape]))
            results += run.some({one: [shape] for one in few}) if few else run.all([shape])
        results += run.all(again)
    notes = (
        f"{shape.name} does not say with comity:reads what its query looks at, "
        "so it was run again for all its nodes"
        for shape in again
    )
    checked = len(focus.nodes if isinstance(focus, Affected) else focus)
    return Report.of(results, checked, notes=(*shapes.notes, *notes))


def _chosen(
    shapes: Shapes, focus: Collection[str] | Affected, union: Union
) -> tuple[Mapping[Shape, Collection[Term]], tuple[Shape, ...]]:
    """Return the nodes to check against each shape, and the shapes for all their nodes."""
    if isinstance(focus, Affected):
        return focus.focus, focus.whole
    selected = Selected(union.match)
    nodes = [ox.NamedNode(iri) for iri in focus]
    chosen = {shape: [node for node in nodes if selected(node, shape)] for shape in shapes}
    return {shape: found for shape, found in chosen.items() if found}, ()


def _few(
    shapes: Shapes,
    chosen: Mapping[Shape, Collection[Term]],
    union: Union,
    *,
    exact: bool,
    match: Match | None = None,
) -> Iterable[Result]:
    """Check some nodes, with what matters for them in a store of its own."""
    for part in _parts(chosen):
        scratch = Scratch(fragment(shapes, part, match or union.match), part)
        yield from Run(scratch.store, union.subclasses, exact=exact).some(scratch.groups)


def _parts(chosen: Mapping[Shape, Collection[Term]]) -> Iterator[Mapping[Shape, Collection[Term]]]:
    """Part what is to be checked by nodes, so that what is copied stays small."""
    by_node: dict[Term, list[Shape]] = {}
    for shape, nodes in chosen.items():
        for node in nodes:
            by_node.setdefault(node, []).append(shape)
    waiting = iter(by_node.items())
    while some := list(islice(waiting, IN_ONE_SCRATCH)):
        part: dict[Shape, list[Term]] = {}
        for node, shapes in some:
            for shape in shapes:
                part.setdefault(shape, []).append(node)
        yield part


def _whole(store: Store, staged: Store | None, union: Union) -> Store:
    """Return a store with all that is looked at; a copy, where it is in several."""
    if staged is None and store.answers_queries:
        return store
    copy = EmbeddedStore.in_memory()
    copy.bulk(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in union.match(None, None, None)
    )
    return copy
