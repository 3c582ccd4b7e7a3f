"""Where candidates wait: the same in memory and on disk, and gone when they are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from comity.gate import staging
from comity.gate.staging import Staging
from comity.store import EmbeddedStore, Store, open_store
from comity_ontology.prefixes import GRAPHS

A, B, C, P = (ox.NamedNode(f"https://example.org/{name}") for name in "abcp")
ONE, TWO = (f"{GRAPHS.SOURCE}{name}" for name in ("one", "two"))


def quad(subject: ox.NamedNode, value: ox.NamedNode, graph: str) -> ox.Quad:
    return ox.Quad(subject, P, value, ox.NamedNode(graph))


@pytest.fixture(params=["memory", "disk"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """A store whose candidates wait in memory, and one where they wait on disk."""
    if request.param == "disk":
        monkeypatch.setattr(staging, "IN_MEMORY", 1)
    opened = open_store(tmp_path / "store")
    yield opened
    opened.close()


def folders(store: Store) -> list[Path]:
    assert store.directory is not None
    return list(store.directory.glob("staging-*"))


def test_candidates_are_not_in_the_store_until_they_are_committed(store: Store) -> None:
    waiting = Staging(store, "l")
    waiting.add([quad(A, B, ONE), quad(A, B, TWO), quad(A, C, ONE), quad(A, C, ONE)])
    assert (waiting.targets, waiting.count()) == ({ONE, TWO}, 3)
    assert not list(store.match(None, None, None))
    assert bool(folders(store)) == (staging.IN_MEMORY == 1)

    extra = quad(C, C, GRAPHS.META)
    waiting.commit([extra])
    waiting.clear()
    expected = {quad(A, B, ONE), quad(A, B, TWO), quad(A, C, ONE), extra}
    expected |= {ox.Quad(*one.triple) for one in expected}
    assert set(store.match(None, None, None)) == expected
    assert not folders(store)


def test_what_the_target_graph_holds_is_dropped(store: Store) -> None:
    store.add([quad(A, B, ONE), quad(A, C, TWO)])
    waiting = Staging(store, "l")
    waiting.add([quad(A, B, ONE), quad(A, B, TWO), quad(A, C, ONE)])
    assert waiting.drop_known() == 1
    assert set(waiting.take([A.value])) == {quad(A, B, TWO), quad(A, C, ONE)}
    assert waiting.count() == 0
    waiting.clear()


def test_a_placeholder_gets_its_target_whether_that_is_used_or_not(store: Store) -> None:
    waiting = Staging(store, "l")
    waiting.add([quad(A, B, "urn:x:1"), quad(A, C, "urn:x:1")])
    waiting.retarget("urn:x:1", ONE)
    waiting.add([quad(A, B, "urn:x:2"), quad(B, B, "urn:x:2")])
    waiting.retarget("urn:x:2", ONE)
    waiting.add([quad(C, C, ONE)])
    waiting.retarget("urn:x:3", TWO)
    assert (waiting.targets, waiting.count()) == ({ONE}, 4)
    assert waiting.subjects(ONE) == {A.value, B.value, C.value}
    expected = {quad(A, B, ONE), quad(A, C, ONE), quad(B, B, ONE), quad(C, C, ONE)}
    assert set(waiting.take_graph(ONE)) == expected
    assert (waiting.targets, waiting.count()) == (set(), 0)
    waiting.clear()


def test_as_a_set_each_triple_counts_once(store: Store) -> None:
    waiting = Staging(store, "l")
    waiting.add([quad(A, B, ONE), quad(A, B, TWO), quad(A, C, TWO)])

    def united() -> set[ox.Quad]:
        return set(waiting.as_set().match(None, None, None, ox.DefaultGraph()))

    assert united() == {ox.Quad(A, P, B), ox.Quad(A, P, C)}
    assert waiting.count() == 3
    assert set(waiting.take_graph(TWO)) == {quad(A, B, TWO), quad(A, C, TWO)}
    assert united() == {ox.Quad(A, P, B)}
    assert waiting.take([A.value]) == [quad(A, B, ONE)]
    assert united() == set()
    waiting.clear()


def test_a_candidate_has_a_target(store: Store) -> None:
    waiting = Staging(store, "l")
    with pytest.raises(TypeError, match="needs a named graph"):
        waiting.add([ox.Quad(A, P, B)])
    waiting.clear()


def test_a_store_in_memory_has_no_folder_to_wait_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "IN_MEMORY", 1)
    waiting = Staging(EmbeddedStore.in_memory(), "l")
    waiting.add([quad(A, B, ONE), quad(A, C, ONE)])
    assert waiting.count() == 2
    waiting.clear()
