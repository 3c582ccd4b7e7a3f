"""What a graph can do to check what it holds, its store, and files before they are loaded."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from comity.keeping.check import check_store
from comity.labels import resolve
from comity.lines import can_be_read_twice, first_lines
from comity.loading import gathered, load_sources
from comity.readers import RdfFile, Source
from comity.store import Store
from comity.validation import (
    Background,
    FileLine,
    Profile,
    Report,
    Rules,
    Shapes,
    about_in,
    furnished,
    read_shapes,
    shape_names,
    shipped_shapes,
)
from comity_ontology.prefixes import expand, prefixes

if TYPE_CHECKING:
    from comity.tables import Table

__all__ = ["CheckMethods"]

Files: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"


class CheckMethods:
    """The part of :class:`comity.Graph` that checks."""

    store: Store

    def validate(
        self,
        focus: Sequence[str] | None = None,
        *,
        profile: str | os.PathLike[str] | Profile = "default",
        shapes: Shapes | Files | None = None,
        background: bool = True,
    ) -> Report:
        """Check the graph, or some nodes of it, against the shapes of the ontology.

        Parameters
        ----------
        focus : sequence of str, optional
            Nodes by IRI, short form or name; everything when absent.
        profile : str, path or Profile
            Decides how bad what is found is: ``"default"``, ``"strict"``,
            ``"draft"``, or a YAML file.
        shapes : Shapes, path or sequence of paths, optional
            SHACL shapes, or RDF files that hold them, to check against instead of
            those of the ontology.
        background : bool
            Whether to look up labels and sentences for all results now. For
            many results, ``report.write(..., about=about_in(graph.store))``
            looks them up for what it writes.

        Returns
        -------
        Report

        Raises
        ------
        ParameterError
            A node is not in the graph, or there is no such profile.
        InputError
            The profile cannot be read, or the shapes are malformed.

        Examples
        --------
        >>> import comity
        >>> with comity.open() as graph:
        ...     graph.validate(profile="strict").summary()
        'conforms: 0 violations, 0 warnings, 0 notes (profile strict)'
        """
        rules = Rules(_shapes(shapes), _profile(profile))
        nodes = None if focus is None else [_node(self.store, one) for one in focus]
        report = rules.check(self.store, nodes)
        names = _names(report, rules.shapes)
        if not background:
            return replace(report, background=Background(shapes=names))
        return furnished(report, about_in(self.store), names)

    def check_files(
        self,
        *paths: str | os.PathLike[str] | Source,
        document: str = "",
        format: str | None = None,  # noqa: A002 - the word users know
        curator: str = "",
        profile: str | os.PathLike[str] | Profile = "default",
        shapes: Shapes | Files | None = None,
    ) -> Report:
        """Check files as a load would, in the context of the graph; nothing is changed.

        Parameters
        ----------
        *paths : path or Source
            RDF files and tables (``"-"`` is standard input), or sources made in
            Python.
        document : str
            The document that triples without a graph belong to, and rows that
            name none.
        format : str, optional
            RDF syntax, or ``"csv"``, where the suffix does not tell it.
        curator : str
            Who stands for conclusions in rows that do not say who.
        profile, shapes
            As for :meth:`validate`.

        Returns
        -------
        Report
            Its background names the files that describe its nodes, with the rows
            of tables, and the lines of RDF files that can be read twice.

        Raises
        ------
        InputError
            A file or the profile cannot be read, the shapes are malformed, or the
            document is not known.
        """
        against = _shapes(shapes)
        with gathered(paths, format) as opened:
            sources = [_noting(source) for source in opened]
            checked = load_sources(
                self.store,
                sources,
                document=document,
                curator=curator,
                dry_run=True,
                shapes=against,
                profile=_profile(profile),
            )
            report = checked.checks
            files = _described(report, sources)
        rows = () if checked.rows is None else checked.rows.places
        for node, name, row in rows:
            files[node] = (*files.get(node, ()), FileLine(name, row, is_row=True))
        background = replace(report.background, shapes=_names(report, against), files=files)
        notes = tuple(dict.fromkeys((*report.notes, *against.notes)))
        return replace(report, background=background, notes=notes)

    def check_store(self) -> Report:
        """Check that the store itself is sound; see :func:`comity.keeping.check.check_store`."""
        report = check_store(self.store)
        return furnished(report, about_in(self.store), _names(report, shipped_shapes()))


def _names(report: Report, shapes: Shapes) -> dict[str, str]:
    return shape_names(shapes, (shape for _, shape in report.groups()))


def _described(
    report: Report, sources: Iterable[Source | Table]
) -> dict[str, tuple[FileLine, ...]]:
    """Say where files describe what a report is about."""
    focus = {result.focus for result in report.results}
    found: dict[str, list[FileLine]] = {}
    for source in sources:
        lines: dict[str, int] = {}
        if isinstance(source, _Noting):
            lines = dict.fromkeys(source.subjects & focus, 0)
        elif isinstance(source, RdfFile):
            lines = first_lines(source, focus)
        for node, line in lines.items():
            found.setdefault(node, []).append(FileLine(source.name, line))
    return {node: tuple(places) for node, places in found.items()}


class _Noting:
    """A source that can be read once, and notes what its quads are about."""

    def __init__(self, source: Source):
        self._source = source
        self.subjects: set[str] = set()

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def sha256(self) -> str:
        return self._source.sha256

    def quads(self) -> Iterator[ox.Quad]:
        for quad in self._source.quads():
            if isinstance(quad.subject, ox.NamedNode):
                self.subjects.add(quad.subject.value)
            yield quad


def _shapes(shapes: Shapes | Files | None) -> Shapes:
    if shapes is None:
        return shipped_shapes()
    if isinstance(shapes, Shapes):
        return shapes
    return read_shapes(*([shapes] if isinstance(shapes, str | os.PathLike) else shapes))


def _noting(source: Source | Table) -> Source | Table:
    # Imported late, as in comity.loading.
    from comity.tables import Table

    again = isinstance(source, RdfFile) and can_be_read_twice(source)
    return source if again or isinstance(source, Table) else _Noting(source)


def _profile(profile: str | os.PathLike[str] | Profile) -> Profile:
    if isinstance(profile, Profile):
        return profile
    # Imported late: few need a parser of YAML.
    from comity.validation.profiles.reading import read_profile

    return read_profile(profile)


def _node(store: Store, text: str) -> str:
    """Return the IRI of a node; one given by its IRI is itself, even if another replaced it."""
    found = resolve(store, text)
    stripped = text.strip()
    given = "://" in stripped or stripped.partition(":")[0] in prefixes()
    return expand(stripped) if given else found
