"""Reading sources into staging, each quad counted and looked at by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import pyoxigraph as ox

from comity.gate.blank import has_blank_node, name_blank_nodes
from comity.gate.literals import fault_of
from comity.gate.staging import Staging
from comity.readers import Source
from comity.store.base import Term
from comity.store.terms import as_stored
from comity_ontology.prefixes import current_base

__all__ = ["Home", "Reading", "read"]


@dataclass(frozen=True, slots=True)
class Home:
    """The document that triples without a graph belong to.

    Attributes
    ----------
    document : str
        IRI of the document.
    graph : str
        Its fact graph.
    record : tuple of Quad
        What describes a document that the load itself makes.
    """

    document: str
    graph: str
    record: tuple[ox.Quad, ...] = ()


@dataclass(slots=True)
class Reading:
    """What was met while reading: a count, quads wrong by themselves, and homes.

    ``written`` holds the quads that the engine writes differently, such as
    ``01`` for ``1``, by what it makes of them.
    """

    count: int = 0
    faulty: list[tuple[ox.Quad, str, str]] = field(default_factory=list)
    homes: dict[str, Home] = field(default_factory=dict)
    written: dict[ox.Quad, ox.Quad] = field(default_factory=dict)


def read(sources: Sequence[Source], staging: Staging, home: Callable[[Source], Home]) -> Reading:
    """Read the sources into staging; set aside the quads that are wrong by themselves.

    Triples without a graph wait under a placeholder until their source has
    been read and its document is known.
    """
    reading = Reading()
    for source in sources:
        placeholder = ox.NamedNode(uuid4().urn)
        before = len(reading.faulty)
        blank: list[ox.Quad] = []
        written: dict[ox.Quad, ox.Quad] = {}
        housed = _housed(source, placeholder, reading, blank)
        staging.add(_sound(housed, source, reading, written))
        named = (_in(placeholder, quad) for quad in name_blank_nodes(blank, current_base()))
        staging.add(_sound(named, source, reading, written))
        homeless = any(quad.graph_name == placeholder for quad, *_ in reading.faulty[before:])
        if homeless or placeholder.value in staging.targets:
            place = reading.homes[placeholder.value] = home(source)
            staging.retarget(placeholder.value, place.graph)
            graph = ox.NamedNode(place.graph)
            written = {
                _moved(stored, placeholder, graph): _moved(quad, placeholder, graph)
                for stored, quad in written.items()
            }
        for stored, quad in written.items():
            reading.written.setdefault(stored, quad)
    return reading


def _housed(
    source: Source, placeholder: ox.NamedNode, reading: Reading, blank: list[ox.Quad]
) -> Iterator[ox.Quad]:
    """Count the quads of a source, give each a graph, and put blank ones aside."""
    for quad in source.quads():
        reading.count += 1
        if has_blank_node(quad):
            blank.append(quad)
        else:
            yield _in(placeholder, quad)


def _in(home: ox.NamedNode, quad: ox.Quad) -> ox.Quad:
    """Give a quad a home, if it has no graph."""
    if isinstance(quad.graph_name, ox.DefaultGraph):
        return _to(home, quad)
    return quad


def _sound(
    quads: Iterator[ox.Quad],
    source: Source,
    reading: Reading,
    written: dict[ox.Quad, ox.Quad],
) -> Iterator[ox.Quad]:
    for quad in quads:
        message = fault_of(quad)
        if message is None:
            value = quad.object
            stored = as_stored(value)
            if stored is not value:
                written.setdefault(_with_object(quad, stored), quad)
            yield quad
        else:
            reading.faulty.append((quad, message, source.name))


def _to(graph: ox.NamedNode, quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _moved(quad: ox.Quad, old: ox.NamedNode, new: ox.NamedNode) -> ox.Quad:
    return _to(new, quad) if quad.graph_name == old else quad


def _with_object(quad: ox.Quad, value: Term) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)
