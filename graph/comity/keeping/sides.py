"""The two sides of a comparison: a graph, a store or an RDF file, each as a store to read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Protocol, TypeAlias, cast

import pyoxigraph as ox

from comity.errors import InputError, ParameterError
from comity.gate.blank import has_blank_node, name_blank_nodes
from comity.keeping.content import DEFAULT, LinesTo, chosen_graphs, graph_name, named_graphs
from comity.keeping.manifest import MANIFEST
from comity.keeping.sorting import LineSorter
from comity.readers import STDIN, RdfFile
from comity.store import EmbeddedStore, Store, open_store
from comity_ontology.prefixes import current_base

__all__ = ["NO_GRAPH", "Comparable", "Side", "graphs_to_compare", "opened_side"]

NO_GRAPH = "urn:x-comity:no-graph"
"""Stands for the graph of a file's triples that have none."""

IN_MEMORY = 50_000


class HasStore(Protocol):
    """A graph, that is."""

    store: Store


Comparable: TypeAlias = str | os.PathLike[str] | Store | HasStore


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes
    ----------
    name : str
        What the user calls it.
    store : Store
        Holds its statements, the default graph being the union.
    graphs : tuple of str
        IRIs of its named graphs.
    """

    name: str
    store: Store
    graphs: tuple[str, ...]

    @property
    def has_graphs(self) -> bool:
        """Whether it says which graph a statement is in."""
        return any(graph != NO_GRAPH for graph in self.graphs)

    def sort_into(self, sorter: LineSorter, graphs: list[str], *, named: bool) -> None:
        """Pass the statements of some graphs to a sorter, as N-Quads or N-Triples."""
        for graph in graphs:
            if graph == DEFAULT or graph in self.graphs:
                lines = LinesTo(sorter, graph if named else DEFAULT)
                self.store.dump(cast(IO[bytes], lines), graph_name(graph))


@contextmanager
def opened_side(what: Comparable, format: str | None = None) -> Iterator[Side]:  # noqa: A002
    """Open a side of a comparison.

    A file is read into a store of its own, so that its values are written as
    a store writes them, and its blank nodes are named as the gate names them.

    Parameters
    ----------
    what : path, Graph or Store
        A store's directory, an RDF file (``"-"`` is standard input), or an open graph or
        store.
    format : str, optional
        RDF syntax of a file, where the suffix does not tell it.

    Raises
    ------
    InputError
        There is no such file, or it cannot be read.
    StoreError
        The store cannot be opened.
    """
    if not isinstance(what, str | os.PathLike):
        open_already = cast(Store, getattr(cast(object, what), "store", what))
        yield Side(open_already.location, open_already, tuple(named_graphs(open_already)))
        return
    name = os.fspath(what)
    path = Path(name)
    if name != STDIN and not path.exists():
        raise InputError(f"there is no store or file {name}")
    if name != STDIN and path.is_dir():
        if (path / MANIFEST).is_file():
            raise InputError(f"{name} is a backup: name the folder {path / 'store'} in it")
        store = open_store(path, read_only=True)
        try:
            yield Side(name, store, tuple(named_graphs(store)))
        finally:
            store.close()
        return
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        store = _read(RdfFile(name, format), Path(folder) / "store")
        try:
            yield Side(name, store, tuple(named_graphs(store)))
        finally:
            store.close()


def _read(file: RdfFile, place: Path) -> Store:
    """Read a file into a store, on disk when it is large."""
    blank: list[ox.Quad] = []

    def plain() -> Iterator[ox.Quad]:
        for quad in file.quads():
            if has_blank_node(quad):
                blank.append(quad)
            else:
                yield quad

    # The list is full when the second iterator is asked for its first.
    quads = _twice(chain(plain(), name_blank_nodes(blank, current_base())))
    first = list(islice(quads, IN_MEMORY))
    if len(first) < IN_MEMORY:
        store: Store = EmbeddedStore.in_memory()
        store.add(first)
    else:
        store = open_store(place)
        store.bulk(chain(first, quads))
    return store


def _twice(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Put each statement in its graph and in the default graph."""
    nowhere = ox.NamedNode(NO_GRAPH)
    for quad in quads:
        graph = nowhere if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def graphs_to_compare(sides: tuple[Side, Side], names: tuple[str, ...]) -> list[list[str]]:
    """Find the graphs of each side, and make sides comparable of which one has no graphs.

    Parameters
    ----------
    sides : pair of Side
    names : tuple of str
        What :func:`comity.keeping.content.chosen_graphs` takes.

    Returns
    -------
    list of list of str
        The graphs of each side, as IRIs. Where one side is triples without
        graphs, it is taken whole, and of the other the graphs that are named,
        or the union of all.

    Raises
    ------
    ParameterError
        Neither side has a graph of that name.
    """
    wanted = {graph for name in names for graph in _known(sides, name)}
    if DEFAULT in wanted and len(wanted) > 1:
        raise ParameterError("the default graph is the union of all: leave the other graphs out")
    if all(side.has_graphs for side in sides):
        return [sorted(wanted) or list(side.graphs) for side in sides]
    return [(sorted(wanted) if side.has_graphs and wanted else [DEFAULT]) for side in sides]


def _known(sides: tuple[Side, Side], name: str) -> set[str]:
    found: set[str] = set()
    missing: list[ParameterError] = []
    for side in sides:
        try:
            found.update(chosen_graphs(side.store, [name]))
        except ParameterError as error:
            missing.append(error)
    if not found:
        raise missing[0]
    return found
