"""What a graph can do to check what it holds, its store, and files before they are loaded."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import pyoxigraph as ox

from comity.keeping.check import check_store
from comity.labels import resolve
from comity.loading import gathered, load_sources
from comity.readers import Source
from comity.store import Store, iri_of
from comity.validation import (
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
        names = shape_names(rules.shapes, (result.shape for result in report.results))
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
            Its background names the RDF files in which nodes stand.

        Raises
        ------
        InputError
            A file or the profile cannot be read, the shapes are malformed, or the
            document is not known.
        """
        # Imported late, as in comity.loading.
        from comity.tables import Table

        checked = _shapes(shapes)
        with gathered(paths, format) as opened:
            sources = [one if isinstance(one, Table) else _Noting(one) for one in opened]
            report = load_sources(
                self.store,
                sources,
                document=document,
                curator=curator,
                dry_run=True,
                shapes=checked,
                profile=_profile(profile),
            ).checks
        noted = [source for source in sources if isinstance(source, _Noting)]
        names = shape_names(checked, (result.shape for result in report.results))
        files = {
            result.focus: tuple(source.name for source in noted if result.focus in source.subjects)
            for result in report.results
        }
        known = {node: found for node, found in files.items() if found}
        background = replace(report.background, shapes=names, files=known)
        return replace(report, background=background, notes=checked.notes)

    def check_store(self) -> Report:
        """Check that the store itself is sound; see :func:`comity.keeping.check.check_store`."""
        report = check_store(self.store)
        names = shape_names(shipped_shapes(), (result.shape for result in report.results))
        return furnished(report, about_in(self.store), names)


class _Noting:
    """A source that notes what its quads are about."""

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
            self.subjects.add(iri_of(quad.subject))
            yield quad


def _shapes(shapes: Shapes | Files | None) -> Shapes:
    if shapes is None:
        return shipped_shapes()
    if isinstance(shapes, Shapes):
        return shapes
    return read_shapes(*([shapes] if isinstance(shapes, str | os.PathLike) else shapes))


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
