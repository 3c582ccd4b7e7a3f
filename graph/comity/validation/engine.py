"""SHACL validation (W3C Recommendation, 20 July 2017) of what a store holds.

pySHACL does the work, here and nowhere else: callers know only
:func:`validate`, so the engine can be replaced.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import rdflib
from rdflib.namespace import RDF, SH, XSD

from comity.errors import InputError
from comity.store import Store
from comity.validation.paths import path_text
from comity.validation.report import Report, Result, Severity
from comity.validation.targets import aimed
from comity.validation.view import viewed
from comity_ontology import shapes as shape_files
from comity_ontology.prefixes import shorten

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
        Without background: no labels, no passages.

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
    results = (_result(found, node) for node in found.objects(None, SH.result))
    return Report.of(results, checked=None if focus is None else len(focus))


@cache
def shipped_shapes() -> rdflib.Graph:
    """Return the shapes that ship with the ontology, parsed once."""
    graph = rdflib.Graph()
    for file in shape_files():
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def _result(found: rdflib.Graph, node: rdflib.term.Node) -> Result:
    def text(predicate: rdflib.URIRef) -> str:
        return _text(found.value(node, predicate))

    value = found.value(node, SH.value)
    datatype = language = ""
    if isinstance(value, rdflib.Literal):
        language = value.language or ""
        datatype = str(value.datatype or (RDF.langString if language else XSD.string))
    constraint = text(SH.sourceConstraintComponent)
    messages = sorted(str(message) for message in found.objects(node, SH.resultMessage))
    return Result(
        severity=Severity.named(text(SH.resultSeverity)),
        shape=text(SH.sourceShape),
        focus=text(SH.focusNode),
        path=path_text(found, found.value(node, SH.resultPath)),
        value=_text(value),
        message=" ".join(messages) or f"does not satisfy {shorten(constraint)}",
        constraint=constraint,
        value_is_iri=isinstance(value, rdflib.URIRef),
        datatype=datatype,
        language=language,
    )


def _text(term: rdflib.term.Node | None) -> str:
    if isinstance(term, rdflib.BNode):
        return f"_:{term}"
    return "" if term is None else str(term)
