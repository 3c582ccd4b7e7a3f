"""Files checked on their own: without a store, and their terms exactly as written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from comity.store import EmbeddedStore
from comity.validation.constraints.base import Constraint
from comity.validation.constraints.shape_based import Property
from comity.validation.constraints.sparql import AskComponent, SelectComponent, Sparql
from comity.validation.engine import validate
from comity.validation.report import Report
from comity.validation.shapes.model import Shape, Shapes
from comity.validation.written import as_written

__all__ = ["check_exactly"]


def check_exactly(triples: Iterable[ox.Triple | ox.Quad], shapes: Shapes) -> Report:
    """Check triples by themselves, each term as it is written.

    A store rewrites some literals: of ``"300"^^xsd:byte`` it keeps 300, and nobody
    can tell any more that it was no byte. Here they are told apart.

    Parameters
    ----------
    triples : iterable of Triple or Quad
        One graph, whatever graphs they are in; blank nodes stay what they are.
    shapes : Shapes

    Returns
    -------
    Report
        With one result for each way that leads to it (:attr:`Result.way`), as the
        Recommendation counts them. Results of SPARQL-based constraints, and of
        constraints with such a shape in them, are those of a store: their queries see
        values, as every query does.

    Raises
    ------
    InputError
        A query of the shapes cannot be answered.

    Examples
    --------
    >>> import pyoxigraph as ox
    >>> from comity.validation.shapes.reading import shapes_of
    >>> text = '''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    ...     <urn:example:S> sh:targetNode <urn:example:n> ;
    ...       sh:property [ sh:path <urn:example:p> ; sh:datatype xsd:byte ] .
    ... '''
    >>> data = '<urn:example:n> <urn:example:p> "1"^^<http://www.w3.org/2001/XMLSchema#int> .'
    >>> shapes = shapes_of(ox.parse(text, format=ox.RdfFormat.TURTLE))
    >>> report = check_exactly(ox.parse(data, format=ox.RdfFormat.TURTLE), shapes)
    >>> [(result.value, result.datatype) for result in report.results]
    [('1', 'http://www.w3.org/2001/XMLSchema#int')]
    """
    listed = list(triples)
    core, asking = _parted(shapes, asking=False), _parted(shapes, asking=True)
    report = validate(_store(map(_written, listed)), core, exact=True)
    if not asking.targeted:
        return report
    return report.joined(validate(_store(map(_plain, listed)), asking).results)


def _store(quads: Iterable[ox.Quad]) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.bulk(quads)
    return store


def _plain(triple: ox.Triple | ox.Quad) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _written(triple: ox.Triple | ox.Quad) -> ox.Quad:
    value = triple.object
    kept = as_written(value) if isinstance(value, ox.Literal) else value
    return ox.Quad(triple.subject, triple.predicate, kept)


def _parted(shapes: Shapes, *, asking: bool) -> Shapes:
    """Return the shapes with those constraints only that are SPARQL-based, or that are not."""
    parted = [_part(shape, asking) for shape in shapes]
    return replace(shapes, targeted=tuple(shape for shape in parted if shape.constraints))


def _part(shape: Shape, asking: bool) -> Shape:
    constraints: list[Constraint] = []
    for constraint in shape.constraints:
        if isinstance(constraint, Property):
            inner = _part(constraint.shape, asking)
            if inner.constraints:
                constraints.append(replace(constraint, shape=inner))
        elif _asks(constraint) == asking:
            constraints.append(constraint)
    return replace(shape, constraints=tuple(constraints))


def _asks(constraint: Constraint) -> bool:
    """Tell whether a constraint has a query in it."""
    if isinstance(constraint, Sparql | SelectComponent | AskComponent):
        return True
    inner = (read.shape for read in constraint.reads(None) if read.shape is not None)
    return any(_asks(one) for shape in inner for one in shape.constraints)
