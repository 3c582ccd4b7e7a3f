"""SHACL validation (W3C Recommendation, 20 July 2017) of what a store holds.

Shapes are compiled to SPARQL that finds all results of a constraint at once, and
that runs where the data are. To check a few nodes, only what matters for them is
looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from comity.store import EmbeddedStore, Store
from comity.validation.incremental import Affected, fragment, is_declared
from comity.validation.queries import listed
from comity.validation.report import Report
from comity.validation.results import Result
from comity.validation.running import Run
from comity.validation.scratch import Scratch
from comity.validation.shapes.model import Shape, Shapes, Term
from comity.validation.targets import Selection
from comity.validation.union import Union

__all__ = ["validate"]


def validate(
    store: Store,
    shapes: Shapes,
    focus: Collection[str] | Affected | None = None,
    *,
    staged: Store | None = None,
    exact: bool = False,
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

    Returns
    -------
    Report
        Without background: no labels, no passages.

    Raises
    ------
    InputError
        A query of the shapes cannot be answered.
    """
    if focus is not None and not isinstance(focus, Affected) and not focus:
        return Report(checked=0)
    union = Union(store) if staged is None else Union(store, staged)
    if focus is None:
        whole = _whole(store, staged, union)
        results = Run(whole, union.subclasses, exact=exact).all(shapes.targeted)
        return Report.of(results, notes=shapes.notes)
    if isinstance(focus, Affected):
        chosen, again = focus.nodes, tuple(focus.whole)
    else:
        chosen, again = Selection(shapes, union).focus(map(ox.NamedNode, focus)), ()
    results = list(_few(chosen, union, exact=exact))
    everything = [shape for shape in chosen if not is_declared(shape)]
    if everything or again:
        run = Run(_whole(store, staged, union), union.subclasses, exact=exact)
        for shape in everything:
            named = not any(isinstance(node, ox.BlankNode) for node in chosen[shape])
            results += run.results(shape, [listed(chosen[shape])] if named else ())
        results += run.all(again)
    checked = {node for nodes in chosen.values() for node in nodes}
    notes = (
        f"{shape.name} does not say with comity:reads what its query looks at, "
        "so it was run again for all its nodes"
        for shape in again
    )
    return Report.of(
        results,
        len(checked) if isinstance(focus, Affected) else len(focus),
        notes=(*shapes.notes, *notes),
    )


def _few(
    chosen: Mapping[Shape, Collection[Term]], union: Union, *, exact: bool
) -> Iterable[Result]:
    """Check some nodes, with what matters for them in a store of its own."""
    declared = {shape: nodes for shape, nodes in chosen.items() if is_declared(shape) and nodes}
    if not declared:
        return
    scratch = Scratch(fragment(declared, union.match), declared)
    run = Run(scratch.store, union.subclasses, exact=exact)
    for shape in declared:
        yield from run.results(shape, contexts=[scratch.context(shape)])


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
