"""Exporting: the same content gives the same bytes, wherever and however it was stored."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.keeping.content import DEFAULT, Content, chosen_graphs, graph_lines, quads_of
from comity.keeping.files import complete_file
from comity.keeping.sorting import LineSorter
from comity.readers import FORMATS, format_of_suffix
from comity.results.formats import check_rdfxml
from comity.store import Store
from comity_ontology.prefixes import prefixes

__all__ = ["Exported", "export", "export_format", "write_export"]

_WITH_GRAPHS = ("trig", "nquads", "jsonld")
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes
    ----------
    format : str
        One of :data:`comity.readers.FORMATS`.
    graphs : tuple of str
        IRIs of the graphs that were asked for, in order; empty for the default graph.
    statements : int
        How many quads, or triples, were written.
    """

    format: str
    graphs: tuple[str, ...]
    statements: int


def export(
    store: Store,
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002 - the name that the command has
    graphs: Sequence[str] = (),
    content: Content | None = None,
) -> Exported:
    """Write graphs to a file, which appears only when it is complete.

    Parameters
    ----------
    store : Store
    path : path
        Ends it in ``.gz``, the file is compressed.
    format : str, optional
        One of :data:`comity.readers.FORMATS`; by default from the suffix.
    graphs : sequence of str
        As in :func:`write_export`.
    content : Content, optional
        As in :func:`write_export`.

    Returns
    -------
    Exported

    Raises
    ------
    ParameterError
        The suffix tells no format, a graph is not known, or several graphs
        are asked for in a format that holds one.
    NotSupported
        RDF/XML cannot hold a value.
    InputError
        The file cannot be written.
    StoreError
        There is no space for sorting.
    """
    chosen = format or export_format(path)
    with complete_file(Path(path)) as stream, _packed(stream, path) as plain:
        return write_export(store, plain, chosen, graphs=graphs, content=content)


def write_export(
    store: Store,
    stream: IO[bytes],
    format: str,  # noqa: A002
    *,
    graphs: Sequence[str] = (),
    content: Content | None = None,
) -> Exported:
    """Write graphs to a stream, in one order that depends on nothing but what they say.

    Graphs come in the order of their IRIs, triples in that of the bytes of
    their N-Triples lines (RDF 1.1 N-Triples, §4, without its choices). More
    than fits in memory is sorted in temporary files.

    Parameters
    ----------
    store : Store
        Nothing may write to it meanwhile.
    stream : binary file
    format : str
        One of :data:`comity.readers.FORMATS`. Turtle, N-Triples and RDF/XML
        have no graphs, so they take one, whose name is not written.
    graphs : sequence of str
        What :func:`comity.keeping.content.chosen_graphs` takes; all named
        graphs when empty.
    content : Content, optional
        What is left out; nothing unless given. Records of loads tell when each
        file was loaded, so stores that were filled apart differ in them.

    Returns
    -------
    Exported

    Raises
    ------
    ParameterError, NotSupported, StoreError
        As for :func:`export`.

    Examples
    --------
    >>> import comity, io
    >>> with comity.open() as graph:
    ...     written = write_export(graph.store, io.BytesIO(), "trig", graphs=["codes"])
    >>> written.graphs
    ('https://w3id.org/comity/graph/codes',)
    """
    if format not in FORMATS:
        raise ParameterError(f"no RDF format is called {format!r}: use {', '.join(FORMATS)}")
    chosen = chosen_graphs(store, graphs)
    if format not in _WITH_GRAPHS and len(chosen) != 1:
        raise ParameterError(
            f"{format} has no graphs, and {len(chosen)} are to be written: use one of "
            f"{', '.join(_WITH_GRAPHS)}, or --graph with one graph or default"
        )
    counted = _Counted(_lines(store, chosen, content or Content(), named=format in _WITH_GRAPHS))
    if format in ("nquads", "ntriples"):
        stream.writelines(counted)
    else:
        quads = quads_of(counted)
        if format == "rdfxml":
            quads = _fit_for_xml(quads)
        ox.serialize(quads, stream, FORMATS[format], prefixes=prefixes())
    return Exported(format, tuple(chosen) if chosen != [DEFAULT] else (), counted.count)


def export_format(path: str | os.PathLike[str]) -> str:
    """Return the RDF format that a file's suffix tells, ``.gz`` looked through.

    Raises
    ------
    ParameterError
        It tells none.
    """
    name = format_of_suffix(Path(path).name)
    if name is None:
        raise ParameterError(
            f"the suffix of {os.fspath(path)} does not tell the format: give --format"
        )
    return name


def _lines(
    store: Store, graphs: Sequence[str], content: Content, *, named: bool
) -> Iterator[bytes]:
    for graph in graphs:
        with LineSorter() as sorter:
            lines = content.keep(graph_lines(store, graph, sorter), graph)
            if graph == DEFAULT or not named:
                yield from lines
            else:
                end = f"{ox.NamedNode(graph)} .\n".encode()
                yield from (line[:-2] + end for line in lines)


class _Counted(Iterator[bytes]):
    """Lines that are counted as they pass."""

    def __init__(self, lines: Iterator[bytes]):
        self._lines = lines
        self.count = 0

    def __next__(self) -> bytes:
        line = next(self._lines)
        self.count += 1
        return line


def _fit_for_xml(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        check_rdfxml(quad.triple)
        yield quad


@contextmanager
def _packed(stream: IO[bytes], path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """Compress what is written if the name ends in ``.gz``; no name and no time go in."""
    if not os.fspath(path).endswith(".gz"):
        yield stream
        return
    with gzip.GzipFile("", "wb", _LEVEL, stream, mtime=0) as packed:
        yield cast(IO[bytes], packed)
