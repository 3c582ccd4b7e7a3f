"""The two sides of a comparison: a graph, a store or an RDF file, each as sorted statements."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import IO, Protocol, TypeAlias, cast

import pyoxigraph as ox

from comity.errors import InputError, ParameterError
from comity.gate.blank import has_blank_node, name_blank_nodes
from comity.keeping.content import DEFAULT, LinesTo, chosen_graphs, graph_name, named_graphs
from comity.keeping.manifest import MANIFEST
from comity.keeping.sorting import LineSorter
from comity.labels import NAMING
from comity.readers import STDIN, RdfFile
from comity.store import EmbeddedStore, Store, open_store
from comity_ontology.prefixes import current_base
from comity_ontology.terms import COMITY

__all__ = ["NO_GRAPH", "Comparable", "Side", "Statement", "graphs_to_compare", "opened_side"]

NO_GRAPH = "urn:x-comity:no-graph"
"""Stands for the graph of a file's triples that have none."""

_BATCH = 20_000
_KEPT = frozenset({*NAMING, COMITY.factGraph})


class HasStore(Protocol):
    """A graph, that is."""

    store: Store


Comparable: TypeAlias = str | os.PathLike[str] | Store | HasStore
Statement: TypeAlias = tuple[bytes, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes
    ----------
    names : Store
        Where the names of nodes are looked up.
    graphs : tuple of str
        IRIs of the named graphs, :data:`NO_GRAPH` among them for a file's
        triples without one.
    lines : callable
        Called with graphs, gives their statements at least as sorted lines of N-Quads.
    """

    names: Store
    graphs: tuple[str, ...]
    lines: Callable[[Collection[str]], Iterator[bytes]]

    @property
    def has_graphs(self) -> bool:
        """Whether it says which graph a statement is in."""
        return any(graph != NO_GRAPH for graph in self.graphs)

    def statements(self, wanted: Collection[str], *, named: bool) -> Iterator[Statement]:
        """Give each triple, as N-Triples without its dot, and the graphs that it is in.

        Parameters
        ----------
        wanted : collection of str
            IRIs of graphs; those that the side lacks hold nothing.
        named : bool
            Whether graphs are told apart; else all that are wanted count as one.
        """
        names = {graph.encode(): graph for graph in wanted}
        split = (line.rsplit(b" ", 2) for line in self.lines(wanted))
        for triple, found in groupby(split, key=lambda parts: parts[0]):
            # A file may say a thing twice.
            graphs = dict.fromkeys(names.get(parts[1][1:-1]) for parts in found)
            known = tuple(graph for graph in graphs if graph is not None)
            if known:
                yield triple, known if named else (DEFAULT,)


@contextmanager
def opened_side(what: Comparable, format: str | None = None) -> Iterator[Side]:  # noqa: A002
    """Open a side of a comparison.

    The values of a file are written as a store writes them, and its blank
    nodes are named as the gate names them.

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
    with LineSorter() as sorter:
        if not isinstance(what, str | os.PathLike):
            yield _of_store(cast(Store, getattr(cast(object, what), "store", what)), sorter)
            return
        name = os.fspath(what)
        path = Path(name)
        if name != STDIN and not path.exists():
            raise InputError(f"there is no store or file {name}")
        if name == STDIN or not path.is_dir():
            yield _of_file(RdfFile(name, format), sorter)
            return
        if (path / MANIFEST).is_file():
            raise InputError(f"{name} is a backup: name the folder {path / 'store'} in it")
        store = open_store(path, read_only=True)
        try:
            yield _of_store(store, sorter)
        finally:
            store.close()


def _of_store(store: Store, sorter: LineSorter) -> Side:
    there = named_graphs(store)

    def lines(wanted: Collection[str]) -> Iterator[bytes]:
        for graph in there:
            if graph in wanted:
                store.dump(cast(IO[bytes], LinesTo(sorter, graph)), graph_name(graph))
        return sorter.lines()

    return Side(store, tuple(there), lines)


def _of_file(file: RdfFile, sorter: LineSorter) -> Side:
    """Sort a file's statements, keeping aside only what names its nodes."""
    names = EmbeddedStore.in_memory()
    graphs: set[str] = set()
    statements = _named(file)
    while batch := list(islice(statements, _BATCH)):
        engine = ox.Store()  # which writes some values its own way
        engine.extend(batch)
        engine.dump(cast(IO[bytes], LinesTo(sorter)), format=ox.RdfFormat.N_QUADS)
        names.add(ox.Quad(*quad.triple) for quad in engine if quad.predicate.value in _KEPT)
        graphs.update(str(graph)[1:-1] for graph in engine.named_graphs())
    return Side(names, tuple(sorted(graphs)), lambda _wanted: sorter.lines())


def _named(file: RdfFile) -> Iterator[ox.Quad]:
    """Iterate over a file's quads, blank nodes and lacking graphs being named."""
    blank: list[ox.Quad] = []

    def plain() -> Iterator[ox.Quad]:
        for quad in file.quads():
            if has_blank_node(quad):
                blank.append(quad)
            else:
                yield quad

    nowhere = ox.NamedNode(NO_GRAPH)
    # The list is full when the second iterator is asked for its first.
    for quad in chain(plain(), name_blank_nodes(blank, current_base())):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, nowhere)
        else:
            yield quad


def graphs_to_compare(
    sides: tuple[Side, Side], names: tuple[str, ...]
) -> tuple[tuple[Collection[str], Collection[str]], bool]:
    """Find the graphs of each side, and whether they are told apart.

    Parameters
    ----------
    sides : pair of Side
    names : tuple of str
        What :func:`comity.keeping.content.chosen_graphs` takes.

    Returns
    -------
    pair of collection of str, bool
        The graphs of each side. Where one side is triples without graphs, it
        is taken whole, and of the other the graphs that are named, or all,
        count as one.

    Raises
    ------
    ParameterError
        Neither side has a graph of that name.
    """
    wanted = {graph for name in names for graph in _known(sides, name)}
    if DEFAULT in wanted and len(wanted) > 1:
        raise ParameterError("the default graph is the union of all: leave the other graphs out")
    named = all(side.has_graphs for side in sides) and DEFAULT not in wanted
    first, second = (
        wanted if side.has_graphs and wanted - {DEFAULT} else side.graphs for side in sides
    )
    return (first, second), named


def _known(sides: tuple[Side, Side], name: str) -> set[str]:
    found: set[str] = set()
    missing: list[ParameterError] = []
    for side in sides:
        try:
            found.update(chosen_graphs(side.names, [name], side.graphs))
        except ParameterError as error:
            missing.append(error)
    if not found:
        raise missing[0]
    return found
