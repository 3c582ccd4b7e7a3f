"""SHACL validation (W3C Recommendation, 20 July 2017) of what a store holds.

pySHACL does the work, here and nowhere else: callers know only
:func:`validate`, so the engine can be replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH

from comity.errors import InputError
from comity.store import Store
from comity.validation.report import Report, Result, Severity
from comity.validation.targets import aimed
from comity.validation.view import viewed
from comity_ontology import shapes as shape_files
from comity_ontology.prefixes import shorten
from comity_ontology.terms import PROV

__all__ = ["shipped_shapes", "validate"]


def validate(
    store: Store,
    shapes: rdflib.Graph,
    focus: Collection[str] | None = None,
    *,
    staged: Store | None = None,
) -> Report:
    """Check nodes of a store against shapes.

    Parameters
    ----------
    store : Store
        The default graph is what is checked.
    shapes : rdflib.Graph
        A SHACL shapes graph (Core and SPARQL-based constraints).
    focus : collection of str, optional
        IRIs of the nodes to check; all that the shapes target when absent.
    staged : Store, optional
        A store whose default graph counts as part of that default graph.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        The shapes graph is malformed, or the data has a chain of links that is
        longer than a path of the shapes can be followed.
    """
    if focus is not None and not focus:
        return Report(checked=0)
    # Imported late: pySHACL takes half a second, and most commands don't need it.
    from pyshacl import validate as run_pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    stores = (store,) if staged is None else (store, staged)
    data = viewed(*stores)
    try:
        _, found, _ = run_pyshacl(
            data,
            shacl_graph=shapes if focus is None else aimed(shapes, data, focus),
            inplace=True,
        )
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise InputError(f"the shapes cannot be used: {error}") from error
    except RecursionError as error:
        raise InputError(
            "a chain of links (such as dcterms:isReplacedBy or comity:partOfEvent) is too long "
            "to be checked: break it after a few hundred links"
        ) from error
    if not isinstance(found, rdflib.Graph):
        raise InputError(f"the shapes cannot be used: {found}")
    results = (_result(found, node, stores) for node in found.objects(None, SH.result))
    return Report.of(results, checked=None if focus is None else len(focus))


@cache
def shipped_shapes() -> rdflib.Graph:
    """Return the shapes that ship with the ontology, parsed once."""
    graph = rdflib.Graph()
    for file in shape_files():
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def _result(found: rdflib.Graph, node: rdflib.term.Node, stores: Sequence[Store]) -> Result:
    def text(predicate: rdflib.URIRef) -> str:
        value = found.value(node, predicate)
        return "" if value is None else str(value)

    focus = text(SH.focusNode)
    path = found.value(node, SH.resultPath)
    value = found.value(node, SH.value)
    constraint = text(SH.sourceConstraintComponent)
    messages = sorted(str(message) for message in found.objects(node, SH.resultMessage))
    return Result(
        severity=Severity.named(text(SH.resultSeverity)),
        shape=text(SH.sourceShape),
        focus=focus,
        path=_path(found, path),
        value=text(SH.value),
        value_is_iri=isinstance(value, rdflib.URIRef),
        message=" ".join(messages) or f"does not satisfy {shorten(constraint)}",
        constraint=constraint,
        passages=_passages(focus, stores),
    )


def _path(found: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    """Write a path: a property, or an inverse; a longer one has no short form."""
    if path is None or isinstance(path, rdflib.URIRef):
        return str(path or "")
    inverse = found.value(path, SH.inversePath)
    return f"^{inverse}" if isinstance(inverse, rdflib.URIRef) else ""


def _passages(focus: str, stores: Sequence[Store]) -> tuple[str, ...]:
    if "://" not in focus:
        return ()
    pattern = (ox.NamedNode(focus), ox.NamedNode(PROV.wasDerivedFrom), None, ox.DefaultGraph())
    found = {quad.object for store in stores for quad in store.match(*pattern)}
    return tuple(sorted(term.value for term in found if isinstance(term, ox.NamedNode)))
