"""Blank nodes become IRIs made from their content.

The same content gives the same IRIs, so loading a file again adds nothing.
Canonical labels are those of RDF Dataset Canonicalization (RDFC-1.0, W3C 2024),
computed for each set of blank nodes that hang together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

from comity.errors import InputError

__all__ = ["has_blank_node", "name_blank_nodes"]

LARGEST_COMPONENT = 1_000
MOST_ALIKE = 7

_Term = TypeVar("_Term")


def has_blank_node(quad: ox.Quad) -> bool:
    """Tell whether a quad mentions a blank node as subject, object or graph."""
    return (
        isinstance(quad.subject, ox.BlankNode)
        or isinstance(quad.object, ox.BlankNode)
        or isinstance(quad.graph_name, ox.BlankNode)
    )


def name_blank_nodes(quads: Iterable[ox.Quad], base: str) -> Iterator[ox.Quad]:
    """Replace the blank nodes of one file by IRIs.

    Parameters
    ----------
    quads : iterable of Quad
        All quads of the file that mention a blank node.
    base : str
        The namespace of instances; the IRIs are ``<base>node/<digest>-<n>``.

    Yields
    ------
    Quad
        The same quads, each once, with IRIs in place of blank nodes.

    Raises
    ------
    InputError
        More than 1,000 blank nodes hang together, or more than 7 of those
        that do look alike: canonical naming takes exponential time to tell
        them apart, and such data should name its nodes.
    """
    listed = list(quads)
    if not listed:
        return
    import networkx as nx  # late, because most files have no blank nodes

    links: nx.Graph[str] = nx.Graph()
    for quad in listed:
        nx.add_path(links, _mentioned(quad))
    component_of: dict[str, int] = {}
    for number, component in enumerate(nx.connected_components(links)):
        if len(component) > LARGEST_COMPONENT:
            raise InputError(
                f"{len(component):,} blank nodes hang together (the limit is "
                f"{LARGEST_COMPONENT:,}): give the nodes IRIs; nothing was loaded"
            )
        component_of.update(dict.fromkeys(component, number))
    members: dict[int, list[ox.Quad]] = {}
    for quad in listed:
        members.setdefault(component_of[_mentioned(quad)[0]], []).append(quad)
    for component_quads in members.values():
        _must_differ(component_quads)
        yield from _named(component_quads, base)


def _must_differ(quads: list[ox.Quad]) -> None:
    """Refuse nodes that only a search through all their orders could tell apart.

    Alike are nodes with the same first-degree hash (RDFC-1.0 §4.6): the same
    statements, when other blank nodes are not told from each other.
    """
    statements: dict[str, list[str]] = {}
    for quad in quads:
        for name in set(_mentioned(quad)):
            seen = [
                ("a" if term.value == name else "z") if isinstance(term, ox.BlankNode) else term
                for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
            ]
            statements.setdefault(name, []).append(" ".join(map(str, seen)))
    alike = Counter("\n".join(sorted(said)) for said in statements.values())
    most = max(alike.values())
    if most > MOST_ALIKE:
        raise InputError(
            f"{most} blank nodes that hang together look alike (the limit is {MOST_ALIKE}): "
            "give the nodes IRIs; nothing was loaded"
        )


def _named(quads: list[ox.Quad], base: str) -> Iterator[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    content = "\n".join(sorted(map(str, dataset)))
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]

    def named(term: _Term) -> _Term | ox.NamedNode:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(f"{base}node/{digest}-{term.value.removeprefix('c14n')}")
        return term

    for quad in dataset:
        yield ox.Quad(
            named(quad.subject), quad.predicate, named(quad.object), named(quad.graph_name)
        )


def _mentioned(quad: ox.Quad) -> list[str]:
    return [
        term.value
        for term in (quad.subject, quad.object, quad.graph_name)
        if isinstance(term, ox.BlankNode)
    ]
