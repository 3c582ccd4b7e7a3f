"""Exchanging quads: one step, and the default graph stays the set union of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from comity.gate.exchange import exchange
from comity.store import Store, open_store
from comity_ontology.prefixes import GRAPHS

ONE, TWO, OTHER = (ox.NamedNode(f"{GRAPHS.SOURCE}{name}") for name in ("one", "two", "other"))
DEFAULT = ox.DefaultGraph()
Quads = Callable[[str, ox.NamedNode], list[ox.Quad]]


def triples(letters: str, graph: ox.NamedNode) -> list[ox.Quad]:
    """One quad a letter: <a> <p> "a"."""
    return [
        ox.Quad(
            ox.NamedNode(f"https://example.org/{letter}"),
            ox.NamedNode("https://example.org/p"),
            ox.Literal(letter),
            graph,
        )
        for letter in letters
    ]


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Graph one states a, b, c; graph two states b, d; the default graph their union."""
    opened = open_store() if request.param == "memory" else open_store(tmp_path / "store")
    opened.add(triples("abc", ONE) + triples("bd", TWO))
    opened.add(ox.Quad(*quad.triple, DEFAULT) for quad in triples("abcd", ONE))
    yield opened
    opened.close()


def held(store: Store, graph: ox.NamedNode | ox.DefaultGraph) -> str:
    found = store.match(None, None, None, graph)
    return "".join(sorted(quad.object.value for quad in found))  # type: ignore[union-attr]


def all_held(store: Store) -> tuple[str, str, str, str]:
    assert not [graph for graph in store.graphs() if graph.startswith(GRAPHS.STAGING)]
    return held(store, DEFAULT), held(store, ONE), held(store, TWO), held(store, OTHER)


def test_what_another_graph_states_stays(store: Store) -> None:
    exchange(store, triples("ab", ONE))
    assert all_held(store) == ("bcd", "c", "bd", "")


def test_the_last_graph_takes_the_triple_along(store: Store) -> None:
    exchange(store, triples("ab", ONE) + triples("b", TWO))
    assert all_held(store) == ("cd", "c", "d", "")


def test_a_whole_graph_goes(store: Store) -> None:
    exchange(store, [], whole=[ONE.value])
    assert all_held(store) == ("bd", "", "bd", "")


def test_two_whole_graphs_that_share_a_triple_go(store: Store) -> None:
    exchange(store, [], whole=[ONE.value, TWO.value])
    assert all_held(store) == ("", "", "", "")


def test_a_whole_graph_and_single_quads_that_share_a_triple_go(store: Store) -> None:
    exchange(store, triples("b", TWO), whole=[ONE.value])
    assert all_held(store) == ("d", "", "d", "")


def test_what_comes_is_there_even_where_it_goes(store: Store) -> None:
    exchange(store, triples("ac", ONE), triples("ax", ONE) + triples("y", OTHER), whole=[TWO.value])
    assert all_held(store) == ("abxy", "abx", "", "y")


def test_what_is_not_there_does_not_matter(store: Store) -> None:
    before = all_held(store)
    exchange(store, triples("d", ONE) + triples("z", OTHER), whole=[OTHER.value])
    assert all_held(store) == before
    exchange(store, [])
    assert all_held(store) == before


def test_a_step_that_fails_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = all_held(store)

    def broken() -> Iterator[ox.Quad]:
        yield from triples("xy", OTHER)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        exchange(store, triples("a", ONE), broken())
    assert all_held(store) == before
