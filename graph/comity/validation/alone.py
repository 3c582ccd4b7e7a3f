"""Files checked on their own: without a store, and their terms exactly as written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

import pyoxigraph as ox

from comity.lines import can_be_read_twice, first_lines
from comity.readers import RdfFile
from comity.store import EmbeddedStore, Store
from comity.validation.background import FileLine
from comity.validation.constraints.base import Constraint
from comity.validation.constraints.shape_based import Property
from comity.validation.constraints.sparql import AskComponent, SelectComponent, Sparql
from comity.validation.engine import validate
from comity.validation.finding import focus_text
from comity.validation.lookup import about_in, furnished
from comity.validation.names import shape_names
from comity.validation.numbering import numbered
from comity.validation.profiles.judging import Profile
from comity.validation.report import Report
from comity.validation.shapes.model import Shape, Shapes
from comity.validation.shapes.shipped import shipped_shapes
from comity.validation.written import as_written

__all__ = ["check_alone", "check_exactly"]


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
    return _checked(_store(map(_written, listed)), listed, shapes)


def check_alone(
    *paths: str | os.PathLike[str],
    shapes: Shapes | None = None,
    format: str | None = None,  # noqa: A002 - the word users know
    profile: Profile | None = None,
) -> Report:
    """Check RDF files on their own, together and without a store, exactly as written.

    Parameters
    ----------
    *paths : path
        In any RDF syntax; ``"-"`` is standard input. What they say in named graphs
        counts as well.
    shapes : Shapes, optional
        By default those of the ontology.
    format : str, optional
        RDF syntax, where the suffix does not tell it.
    profile : Profile, optional
        Judges what is found; by default the severities are those of the shapes.

    Returns
    -------
    Report
        As of :func:`check_exactly`, each result once. Its background names the files in
        which nodes stand.

    Raises
    ------
    InputError
        A file cannot be read, or a query of the shapes cannot be answered.
    """
    shapes = shipped_shapes() if shapes is None else shapes
    blanks = count(1)
    files: list[tuple[RdfFile, list[ox.Triple]]] = []
    for path in paths:
        source = RdfFile(os.fspath(path), format, outcome="nothing was checked")
        files.append((source, list(numbered(source.quads(), "n", blanks))))
    listed = [triple for _, triples in files for triple in triples]
    store = _store(map(_written, listed))
    report = _checked(store, listed, shapes)
    # People want to know what is wrong, and not by how many ways one comes to it.
    once = dict.fromkeys(replace(result, way=()) for result in report.results)
    report = replace(report, results=tuple(once))
    if profile is not None:
        report = profile.judged(report)
    focus = {result.focus for result in report.results}
    described: dict[str, tuple[FileLine, ...]] = {}
    for source, triples in files:
        lines = dict.fromkeys({focus_text(triple.subject) for triple in triples} & focus, 0)
        if can_be_read_twice(source):
            lines |= first_lines(source, focus)
        for node, line in lines.items():
            described[node] = (*described.get(node, ()), FileLine(source.name, line))
    names = shape_names(shapes, (result.shape for result in report.results))
    return furnished(report, about_in(store), names, described)


def _checked(store: Store, listed: Sequence[ox.Triple | ox.Quad], shapes: Shapes) -> Report:
    core, asking = _parted(shapes, asking=False), _parted(shapes, asking=True)
    report = validate(store, core, exact=True)
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
