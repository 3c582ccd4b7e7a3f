"""What a store holds, as sorted lines of N-Triples, with or without its bookkeeping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import RawIOBase
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.keeping.sorting import LineSorter
from comity.shipped import stored_triples
from comity.store import GraphName, Store, iri_of
from comity_ontology.prefixes import GRAPHS, current_base, expand, shorten
from comity_ontology.terms import COMITY

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = [
    "DEFAULT",
    "Content",
    "LinesTo",
    "chosen_graphs",
    "graph_lines",
    "graph_name",
    "named_graphs",
    "quads_of",
]

DEFAULT = ""
"""Stands for the default graph where graphs are named by their IRIs."""

_FIXED = ("curation", "meta", "codes", "ontology")
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Content:
    """Which statements count.

    Attributes
    ----------
    shipped : bool
        The ontology, the shipped codes and the record of their version.
    loads : bool
        The records that loads left.
    keys : bool
        The search keys, which follow from the names.
    """

    shipped: bool = True
    loads: bool = True
    keys: bool = True

    def keep(self, lines: Iterable[bytes], graph: str) -> Iterator[bytes]:
        """Pass on the lines of a graph that count."""
        if graph == GRAPHS.ONTOLOGY and not self.shipped:
            return
        ours = _shipped_lines() if not self.shipped else frozenset()
        loads = f"<{current_base()}load/".encode()
        versions = f"<{GRAPHS.BASE}".encode()
        key = f"> <{COMITY.searchKey}> ".encode()
        for line in lines:
            if not self.loads and line.startswith(loads):
                continue
            if not self.shipped and (line.startswith(versions) or line in ours):
                continue
            if not self.keys and key in line and line.index(key) == line.index(b"> "):
                continue
            yield line


def graph_lines(store: Store, graph: str, sorter: LineSorter) -> Iterator[bytes]:
    """Iterate over the triples of a graph, as lines of N-Triples in the order of their bytes.

    Parameters
    ----------
    store : Store
    graph : str
        IRI of a named graph, or :data:`DEFAULT`.
    sorter : LineSorter
        An empty one.
    """
    store.dump(cast(IO[bytes], LinesTo(sorter)), graph_name(graph))
    return sorter.lines()


class LinesTo(RawIOBase):
    """A binary stream that passes the complete lines written to it to a sorter.

    Parameters
    ----------
    sorter : LineSorter
    graph : str
        IRI of the graph to name in each line, which makes N-Quads of N-Triples.
    """

    def __init__(self, sorter: LineSorter, graph: str = DEFAULT):
        self._sorter = sorter
        self._end = f" {ox.NamedNode(graph)} .\n".encode() if graph else b""
        self._rest = b""

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take some bytes."""
        taken = bytes(data)
        whole, feed, self._rest = (self._rest + taken).rpartition(b"\n")
        if feed:
            # A line feed in a value is escaped, so this is the end of a statement.
            lines = whole + feed
            self._sorter.add(lines.replace(b" .\n", self._end) if self._end else lines)
        return len(taken)


def quads_of(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Iterate over the quads of lines of N-Triples or N-Quads."""
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            yield from ox.parse(b"".join(batch), format=ox.RdfFormat.N_QUADS)
            batch = []
    yield from ox.parse(b"".join(batch), format=ox.RdfFormat.N_QUADS)


def named_graphs(store: Store) -> list[str]:
    """List the IRIs of the named graphs, sorted."""
    return sorted(store.graphs())


def graph_name(graph: str) -> GraphName:
    """Return the engine's name of a graph."""
    return ox.NamedNode(graph) if graph != DEFAULT else ox.DefaultGraph()


def chosen_graphs(
    store: Store, names: Iterable[str], there: Sequence[str] | None = None
) -> list[str]:
    """Find the graphs that a user means.

    Parameters
    ----------
    store : Store
    names : iterable of str
        ``curation``, ``meta``, ``codes``, ``ontology``; ``default`` for the
        union of all; a document, as ``source:note``, for the graph of its
        facts; or the IRI or short form of a graph. All named graphs when empty.
    there : sequence of str, optional
        IRIs of the graphs there are, by default those of the store.

    Returns
    -------
    list of str
        IRIs, or :data:`DEFAULT`, sorted and each once.

    Raises
    ------
    ParameterError
        The store has no such graph or document.
    """
    there = named_graphs(store) if there is None else there
    return sorted({_chosen(store, there, name) for name in names}) or list(there)


def _chosen(store: Store, there: Sequence[str], name: str) -> str:
    if name == "default":
        return DEFAULT
    if name in _FIXED:
        return GRAPHS.BASE + name
    iri = expand(name)
    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise ParameterError(f"{name} is not an IRI: {error}") from error
    facts, everywhere = ox.NamedNode(COMITY.factGraph), ox.DefaultGraph()
    of_document = next(store.match(node, facts, None, everywhere), None)
    if of_document is not None:
        return iri_of(of_document.object)
    # The graph of a document that says nothing yet is no less a graph.
    if iri in there or next(store.match(None, facts, node, everywhere), None) is not None:
        return iri
    listed = ", ".join(shorten(graph) for graph in there[:8])
    more = " …" if len(there) > 8 else ""
    raise ParameterError(f"there is no graph or document {name}; there are default, {listed}{more}")


@cache
def _shipped_lines() -> frozenset[bytes]:
    """Return the shipped triples as the engine writes them."""
    return frozenset(
        f"{triple} .\n".encode()
        for graph in (GRAPHS.ONTOLOGY, GRAPHS.CODES)
        for triple in stored_triples(graph)
    )
