"""A disk that is full, and one that may not be written to: an error, and the store as before."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.errors import StoreError
from comity.readers import StatementList
from comity_ontology.prefixes import GRAPHS

Mount = Callable[..., Path]
CURATION = ox.NamedNode(GRAPHS.CURATION)


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mount file systems for one test; it is skipped where that is not allowed."""
    mounted: list[Path] = []

    def made(*options: str, at: str = "disk") -> Path:
        place = tmp_path / at
        place.mkdir(parents=True, exist_ok=True)
        command = ["mount", *options, place]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            pytest.skip(f"there is no mount here: {error}")
        if done.returncode:
            pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
        mounted.append(place)
        return place

    yield made
    for place in reversed(mounted):
        subprocess.run(["umount", place], check=True)


def things(name: str, count: int, size: int = 200) -> StatementList:
    node = ox.NamedNode("https://example.org/p")
    return StatementList(
        name,
        [
            ox.Quad(
                ox.NamedNode(f"https://example.org/{name}-{number}"),
                node,
                ox.Literal("x" * size + str(number)),
                CURATION,
            )
            for number in range(count)
        ],
    )


def held(store: Path) -> set[str]:
    with comity.open(store) as graph:
        assert graph.check_store().conforms
        assert {entry.name for entry in store.iterdir()} <= {"comity.json", "data", "quarantine"}
        return {str(quad) for quad in graph.store.match(None, None, None, CURATION)}


@pytest.mark.parametrize("count", [2_000, 60_000])
def test_a_full_disk(mount: Mount, count: int) -> None:
    """A small load, which the engine logs, and a large one, for which it makes files."""
    disk = mount("-t", "tmpfs", "-o", "size=24m", "tmpfs")
    with comity.open(disk / "store") as graph:
        assert graph.load(things("before", 20)).accepted == 20
    before = held(disk / "store")
    assert len(before) == 20
    with comity.open(disk / "store") as graph:
        if count < 50_000:
            free = os.statvfs(disk)
            (disk / "full").write_bytes(bytes(free.f_bavail * free.f_bsize - 16_384))
        with pytest.raises(StoreError, match="nothing was changed") as caught:
            graph.load(things("after", count))
        assert caught.value.exit_code == 3
        assert graph.store.query("ASK { <https://example.org/before-0> ?p ?o }")
        assert not graph.store.query("ASK { <https://example.org/after-0> ?p ?o }")
    (disk / "full").unlink(missing_ok=True)
    assert held(disk / "store") == before
    with comity.open(disk / "store") as graph:
        assert graph.load(things("after", 30)).accepted == 30


def test_a_disk_without_room_for_what_waits(mount: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = mount("-t", "tmpfs", "-o", "size=24m", "tmpfs")
    comity.open(disk / "store").close()
    before = held(disk / "store")
    monkeypatch.setattr("comity.gate.staging.IN_MEMORY", 1_000)
    with comity.open(disk / "store") as graph:
        with pytest.raises(StoreError, match="cannot be written to"):
            graph.load(things("after", 60_000))
        assert not list((disk / "store").glob("staging-*"))
    assert held(disk / "store") == before


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    """The same by a limit of the process, where nothing can be mounted."""
    store = tmp_path / "store"
    with comity.open(store) as graph:
        assert graph.load(things("before", 20)).accepted == 20
    before = held(store)
    facts = tmp_path / "facts.nq"
    with facts.open("wb") as stream:
        ox.serialize(things("after", 20_000).statements, stream, format=ox.RdfFormat.N_QUADS)
    code = """
        import resource, sys
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        from comity_cli.main import main
        main(["load", sys.argv[2], "--no-validate", "--store", sys.argv[1]])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), store, facts],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert held(store) == before


def test_a_directory_that_may_not_be_written_to(mount: Mount, seeded_copy: Path) -> None:
    """Reading works; writing is told, by the library and with exit code 3."""
    inside = mount("--bind", str(seeded_copy), at="bound")
    subprocess.run(["mount", "-o", "remount,ro,bind", inside], check=True)
    with comity.open(inside, read_only=True) as graph:
        assert graph.run("agreements-between", first="KOSGEB", second="KOBİA")
        assert graph.check_store().conforms
        with pytest.raises(StoreError, match="opened for reading only"):
            graph.load(things("after", 20))
    with pytest.raises(StoreError, match=r"cannot be opened: .*Read-only file system"):
        comity.open(inside)
    (seeded_copy / "new").mkdir()
    with pytest.raises(StoreError, match="cannot be used as a store: Read-only file system"):
        comity.open(inside / "new")


def test_quarantine_that_cannot_be_written(mount: Mount, tmp_path: Path, note: Path) -> None:
    store = tmp_path / "store"
    with comity.open(store) as graph:
        graph.add_document(note)
        (store / "quarantine").mkdir()
        before = graph.info()
        folder = mount("--bind", str(store / "quarantine"), at="store/quarantine")
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        facts = tmp_path / "facts.ttl"
        facts.write_text(
            "<https://w3id.org/comity/id/agency/x> a <https://w3id.org/comity/ns#Agency> ."
        )
        with pytest.raises(StoreError, match=r"quarantine.* cannot be written") as caught:
            graph.load(facts, document="source:note")
        assert caught.value.exit_code == 3
        assert graph.info() == before
        assert not list(folder.iterdir())
    with comity.open(store) as graph:
        assert graph.info() == before
