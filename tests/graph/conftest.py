"""A small world: one text of three passages, and a few true facts about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY


@pytest.fixture
def graph(note: Path) -> Iterator[comity.Graph]:
    """A store in memory that has the note."""
    with comity.open() as opened:
        opened.add_document(note)
        yield opened


@pytest.fixture
def contents() -> Callable[[comity.Graph], set[str]]:
    """What a store holds, in N-Quads, without the records of loads."""

    def found(graph: comity.Graph) -> set[str]:
        is_load = ox.NamedNode(COMITY.Load)
        assert isinstance(graph.store, comity.store.EmbeddedStore)
        engine = graph.store.engine
        loads = {quad.subject for quad in engine.quads_for_pattern(None, None, is_load)}
        return {str(quad) for quad in engine if quad.subject not in loads}

    return found


@pytest.fixture
def union_holds() -> Callable[[comity.Graph], bool]:
    """Whether the default graph is the set union of the named graphs."""

    def holds(graph: comity.Graph) -> bool:
        assert isinstance(graph.store, comity.store.EmbeddedStore)
        default: set[str] = set()
        named: set[str] = set()
        for quad in graph.store.engine:
            if isinstance(quad.graph_name, ox.DefaultGraph):
                default.add(str(quad.triple))
            else:
                assert not str(quad.graph_name).startswith(f"<{GRAPHS.STAGING}")
                named.add(str(quad.triple))
        return default == named

    return holds
