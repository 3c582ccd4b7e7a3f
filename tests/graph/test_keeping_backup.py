"""Backups share nothing with the store; what is restored is whole, or nothing is."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import comity
from comity.errors import InputError, NotSupported, StoreError
from comity.keeping.backup import backup
from comity.keeping.export import write_export
from comity.store import open_store
from comity_ontology.prefixes import GRAPHS

NAMES = ["kept", "kept.tar", "kept.tar.gz", "kept.tgz"]
A, P = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p")


def exported(store: Path) -> bytes:
    stream = io.BytesIO()
    opened = open_store(store, read_only=True)
    write_export(opened, stream, "nquads")
    opened.close()
    return stream.getvalue()


@pytest.fixture
def store(seeded_copy: Path) -> Path:
    """A store with files beside the engine's."""
    for folder, name in (("quarantine", "one.trig"), ("removed", "zwei ü.trig")):
        (seeded_copy / folder).mkdir()
        (seeded_copy / folder / name).write_text(f"# {name}\n", encoding="utf-8")
    return seeded_copy


def made(store: Path, target: Path) -> Path:
    opened = open_store(store, create=False)
    backup(opened, target)
    opened.close()
    return target


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_restored_is_what_was_kept(store: Path, tmp_path: Path, name: str) -> None:
    before = exported(store)
    kept = made(store, tmp_path / name)
    shutil.rmtree(store)  # so nothing of the store can be needed
    restored = comity.restore(kept, tmp_path / "new" / "store")
    assert exported(tmp_path / "new" / "store") == before
    assert (tmp_path / "new/store/quarantine/one.trig").read_text() == "# one.trig\n"
    assert (tmp_path / "new/store/removed/zwei ü.trig").read_text() == "# zwei ü.trig\n"
    assert restored.manifest.documents == 1
    assert restored.manifest.graphs == 5
    assert not restored.replaced
    with comity.open(tmp_path / "new" / "store") as graph:
        assert graph.check_store().conforms
        assert graph.info().triples == restored.manifest.triples
    assert left(tmp_path) == {name, "new"}


def test_the_list_gives_the_digest_of_every_file(store: Path, tmp_path: Path) -> None:
    kept = made(store, tmp_path / "kept")
    found = json.loads((kept / "backup.json").read_text())
    assert (found["kind"], found["format"], found["store_format"]) == ("comity backup", 1, 1)
    assert found["comity"] == comity.__version__
    there = {p.relative_to(kept).as_posix(): p for p in (kept / "store").rglob("*") if p.is_file()}
    assert {one["path"]: (one["size"], one["sha256"]) for one in found["files"]} == {
        name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for name, path in there.items()
    }


def test_a_backup_shares_no_file_with_the_store(store: Path, tmp_path: Path) -> None:
    with comity.open(store) as graph:
        graph.store.bulk([ox.Quad(A, P, A)])  # which writes a table, that a checkpoint links
        kept = graph.backup(tmp_path / "kept").path
    inodes = {path.stat().st_ino for path in store.rglob("*") if path.is_file()}
    assert list((kept / "store/data").glob("*.sst"))
    assert not inodes & {path.stat().st_ino for path in kept.rglob("*") if path.is_file()}


def test_readers_do_not_hinder_a_backup_and_writers_do(store: Path, tmp_path: Path) -> None:
    with comity.open(store, read_only=True):
        made(store, tmp_path / "kept")
    code = "import comity, sys; g = comity.open(sys.argv[1]); print('open'); sys.stdin.read()"
    writer = subprocess.Popen(
        [sys.executable, "-c", code, store],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"open\n"
    try:
        with pytest.raises(StoreError, match="being written by another process"):
            made(store, tmp_path / "other")
        with pytest.raises(StoreError, match="being written by another process"):
            comity.restore(tmp_path / "kept", store, replace=True)
    finally:
        writer.communicate()
    assert left(tmp_path) == {"kept", "store"}


def test_a_graph_that_only_reads_can_be_backed_up(store: Path, tmp_path: Path) -> None:
    with comity.open(store, read_only=True) as graph:
        graph.backup(tmp_path / "kept")
    comity.restore(tmp_path / "kept", tmp_path / "new")
    assert exported(tmp_path / "new") == exported(store)


def test_what_was_written_a_moment_ago_is_kept(store: Path, tmp_path: Path) -> None:
    with comity.open(store) as graph:
        graph.store.add([ox.Quad(A, P, A, ox.NamedNode(GRAPHS.CURATION)), ox.Quad(A, P, A)])
        graph.backup(tmp_path / "kept")
        graph.store.update(f"DELETE DATA {{ GRAPH <{GRAPHS.CURATION}> {{ {A} {P} {A} }} }}")
    comity.restore(tmp_path / "kept", tmp_path / "new")
    row = f"{A} {P} {A} <{GRAPHS.CURATION}> .\n".encode()
    assert row in exported(tmp_path / "new")
    assert row not in exported(store)


def test_where_a_backup_cannot_be_made(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    for target, message in (
        (tmp_path / "file", "exists already"),
        (tmp_path / "full", "holds something already"),
        (store / "kept", "lies in the store itself"),
        (store, "lies in the store itself"),
        (tmp_path / "none" / "kept", "there is no folder"),
    ):
        with pytest.raises(InputError, match=message):
            made(store, target)
    with comity.open() as graph, pytest.raises(NotSupported, match="export it"):
        graph.backup(tmp_path / "kept")
    (store / "quarantine" / "link").symlink_to("/etc/hostname")
    with pytest.raises(StoreError, match="link or no file"):
        made(store, tmp_path / "kept")
    assert left(tmp_path) == {"file", "full", "store"}


def test_files_with_odd_names(store: Path, tmp_path: Path) -> None:
    odd = [b"a:b?.trig", b"A.trig", b"a.trig", b"\xff.trig", b"-", b"a\nb"]
    for name in odd:
        (store / "quarantine" / os.fsdecode(name)).write_bytes(name)
    for name in ("kept", "kept.tar.gz"):
        comity.restore(made(store, tmp_path / name), tmp_path / f"new{name}")
        for one in odd:
            file = tmp_path / f"new{name}" / "quarantine" / os.fsdecode(one)
            assert file.read_bytes() == one
    (store / "quarantine" / "a\\b").write_text("")
    with pytest.raises(InputError, match="no file of a store"):
        made(store, tmp_path / "other")
    with pytest.raises(InputError, match="no UTF-8 path"):
        made(store, tmp_path / os.fsdecode(b"\xff"))
    assert left(tmp_path) == {"store", "kept", "kept.tar.gz", "newkept", "newkept.tar.gz"}


def test_a_half_written_file_of_the_quarantine_is_left_out(store: Path, tmp_path: Path) -> None:
    (store / "quarantine" / ".load.part").write_text("half")
    kept = made(store, tmp_path / "kept")
    assert left(kept / "store" / "quarantine") == {"one.trig"}


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
def test_each_damaged_file_is_noticed(store: Path, tmp_path: Path, name: str) -> None:
    kept = made(store, tmp_path / name)
    listed = json.loads(the_list(kept))["files"]
    sizes = {one["path"]: one["size"] for one in listed}
    for path in [*sizes, "backup.json"]:
        if sizes.get(path) == 0:
            continue
        copy = tmp_path / f"copy{name}"
        if kept.is_dir():
            shutil.copytree(kept, copy)
            flip(copy / path, 0)
        else:
            shutil.copy(kept, copy)
            with tarfile.open(kept) as tar:
                flip(copy, tar.getmember(path).offset_data)
        with pytest.raises(InputError, match=r"is damaged|is not a backup"):
            comity.restore(copy, tmp_path / "new")
        assert left(tmp_path) == {name, f"copy{name}", "store"}
        shutil.rmtree(copy) if copy.is_dir() else copy.unlink()


def the_list(kept: Path) -> bytes:
    if kept.is_dir():
        return (kept / "backup.json").read_bytes()
    with tarfile.open(kept) as tar:
        content = tar.extractfile("backup.json")
        assert content is not None
        return content.read()


def flip(path: Path, place: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        byte = stream.read(1)
        stream.seek(place)
        stream.write(bytes([byte[0] ^ 0xFF]))


@pytest.mark.parametrize("name", ["kept.tar", "kept.tar.gz"])
@pytest.mark.parametrize("part", [0, 0.001, 0.3, 0.6, 0.97])
def test_an_archive_that_is_cut_off(store: Path, tmp_path: Path, name: str, part: float) -> None:
    kept = made(store, tmp_path / name)
    with kept.open("r+b") as stream:
        stream.truncate(int(kept.stat().st_size * part))
    with pytest.raises(InputError, match=r"damaged|not a backup|incomplete"):
        comity.restore(kept, tmp_path / "new")
    assert left(tmp_path) == {name, "store"}


def test_what_is_no_backup(store: Path, tmp_path: Path, note: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source, message in (
        (tmp_path / "none", "there is no backup"),
        (note, "no archive"),
        (store, "is not a backup"),
        (tmp_path / "empty", "is not a backup"),
    ):
        with pytest.raises(InputError, match=message):
            comity.restore(source, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def changed(kept: Path, change: Callable[[dict[str, Any]], object]) -> None:
    found = json.loads((kept / "backup.json").read_text())
    change(found)
    (kept / "backup.json").write_text(json.dumps(found))


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", 2, "has format 2, this version reads 1"),
        ("store_format", 0, "has store format 0, this version reads 1"),
        ("kind", "other", "is not a backup"),
        ("files", 7, "is damaged"),
        ("files", [], "lists no store/comity.json"),
        ("files", [{"path": "store/x"}], "is damaged"),
        ("triples", "many", "is damaged"),
    ],
)
def test_a_list_that_is_none(
    store: Path, tmp_path: Path, key: str, value: object, message: str
) -> None:
    kept = made(store, tmp_path / "kept")
    changed(kept, lambda found: found.update({key: value}))
    with pytest.raises(InputError, match=message):
        comity.restore(kept, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "store/../../evil",
        "/evil",
        "store",
        "evil",
        "store//evil",
        "store/./evil",
        "store\\evil",
        "store/a\x00b",
        7,
        None,
    ],
)
def test_a_path_out_of_the_store_is_refused(store: Path, tmp_path: Path, path: object) -> None:
    kept = made(store, tmp_path / "kept")
    changed(kept, lambda found: found["files"][0].update(path=path))
    with pytest.raises(InputError, match="no file of a store"):
        comity.restore(kept, tmp_path / "new" / "store")
    assert left(tmp_path) == {"kept", "store"}


def test_files_too_many_and_too_few(store: Path, tmp_path: Path) -> None:
    kept = made(store, tmp_path / "kept")
    (kept / "store" / "more").write_text("x")
    with pytest.raises(InputError, match="does not list it"):
        comity.restore(kept, tmp_path / "new")
    (kept / "store" / "more").unlink()
    (kept / "store" / "quarantine" / "one.trig").unlink()
    with pytest.raises(InputError, match=r"lacks store/quarantine/one\.trig"):
        comity.restore(kept, tmp_path / "new")
    (kept / "store" / "quarantine" / "one.trig").symlink_to(store / "quarantine" / "one.trig")
    with pytest.raises(InputError, match="a link or no file"):
        comity.restore(kept, tmp_path / "new")
    changed(kept, lambda found: found["files"].append(found["files"][0]))
    with pytest.raises(InputError, match="twice"):
        comity.restore(kept, tmp_path / "new")
    assert left(tmp_path) == {"kept", "store"}


def hostile(kind: bytes, name: str, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize(
    "member",
    [
        hostile(tarfile.SYMTYPE, "store/data", "/tmp"),  # noqa: S108
        hostile(tarfile.LNKTYPE, "store/comity.json", "/etc/passwd"),
        hostile(tarfile.CHRTYPE, "store/null"),
        hostile(tarfile.FIFOTYPE, "store/pipe"),
        hostile(tarfile.DIRTYPE, "store/folder"),
        hostile(tarfile.REGTYPE, "../evil"),
        hostile(tarfile.REGTYPE, "/evil"),
        hostile(tarfile.REGTYPE, "store/comity.json"),
    ],
    ids=lambda member: f"{member.type.decode()} {member.name}",
)
def test_members_that_no_backup_has(store: Path, tmp_path: Path, member: tarfile.TarInfo) -> None:
    kept = made(store, tmp_path / "kept.tar")
    with tarfile.open(kept) as old, tarfile.open(tmp_path / "evil.tar", "w") as new:
        for number, one in enumerate(old.getmembers()):
            new.addfile(one, old.extractfile(one))
            if number == 1:
                new.addfile(member, io.BytesIO(b""))
    with pytest.raises(InputError, match=r"no plain file|does not list it|is not what was kept"):
        comity.restore(tmp_path / "evil.tar", tmp_path / "new")
    assert left(tmp_path) == {"kept.tar", "evil.tar", "store"}


def test_a_store_is_replaced_only_when_asked(store: Path, tmp_path: Path) -> None:
    kept = made(store, tmp_path / "kept")
    before = exported(store)
    with comity.open(store) as graph:
        graph.store.add([ox.Quad(A, P, A, ox.NamedNode(GRAPHS.CURATION))])
    (store / "demo").mkdir()
    with pytest.raises(StoreError, match="--replace"):
        comity.restore(kept, store)
    assert exported(store) != before
    assert comity.restore(kept, store, replace=True).replaced
    assert exported(store) == before
    assert left(store) == {"comity.json", "data", "quarantine", "removed"}
    assert left(tmp_path) == {"kept", "store"}


def test_a_damaged_backup_leaves_the_store_that_it_was_to_replace(
    store: Path, tmp_path: Path
) -> None:
    kept = made(store, tmp_path / "kept")
    before = exported(store)
    flip(kept / "store" / "quarantine" / "one.trig", 0)
    with pytest.raises(InputError, match="is damaged"):
        comity.restore(kept, store, replace=True)
    assert exported(store) == before
    assert left(tmp_path) == {"kept", "store"}


@pytest.mark.parametrize("damage", ["mark", "lost mark", "data"])
def test_a_damaged_store_can_be_replaced(store: Path, tmp_path: Path, damage: str) -> None:
    kept = made(store, tmp_path / "kept")
    before = exported(store)
    if damage == "mark":
        (store / "comity.json").write_text("{")
    elif damage == "lost mark":
        (store / "comity.json").unlink()
    else:
        for file in (store / "data").glob("MANIFEST*"):
            file.write_bytes(b"nothing")
    comity.restore(kept, store, replace=True)
    assert exported(store) == before


def test_a_folder_that_is_no_store_is_never_replaced(store: Path, tmp_path: Path) -> None:
    kept = made(store, tmp_path / "kept")
    home = tmp_path / "home"
    home.mkdir()
    (home / "data").mkdir()
    (home / "letter.txt").write_text("dear")
    for replace in (False, True):
        with pytest.raises(StoreError, match="is no store"):
            comity.restore(kept, home, replace=replace)
    with pytest.raises(StoreError, match="is a file"):
        comity.restore(kept, home / "letter.txt", replace=True)
    assert (home / "letter.txt").read_text() == "dear"


def limited(call: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """Call a function where no file can grow over 100,000 bytes, as on a full disk."""
    code = f"""
        import resource, signal, sys, comity
        from comity.keeping.backup import backup
        from comity.store import open_store
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            {call}
        except comity.ComityError as error:
            print(type(error).__name__, error)
        """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )


def test_a_full_disk_leaves_nothing_half(store: Path, tmp_path: Path) -> None:
    kept = made(store, tmp_path / "kept")
    assert max(path.stat().st_size for path in (kept / "store/data").iterdir()) > 100_000
    done = limited("comity.restore(*sys.argv[1:])", kept, tmp_path / "new")
    assert done.stdout.startswith("StoreError")
    assert "cannot be written: File too large" in done.stdout
    for name in ("other", "other.tar"):
        call = "backup(open_store(sys.argv[1], read_only=True), sys.argv[2])"
        done = limited(call, store, tmp_path / name)
        assert done.stdout.startswith("InputError"), done
    assert left(tmp_path) == {"kept", "store"}


def test_ending_the_process_leaves_no_half_backup(store: Path, tmp_path: Path) -> None:
    with comity.open(store) as graph:
        graph.store.bulk(
            ox.Quad(A, P, ox.Literal(n), ox.NamedNode(GRAPHS.META)) for n in range(9_999)
        )
    code = """
        import sys
        from comity.keeping.backup import backup
        from comity.store import open_store
        store = open_store(sys.argv[1])
        print("go", flush=True)
        for number in range(1_000):
            backup(store, f"{sys.argv[2]}/{number}{'.tar' if number % 2 else ''}")
        """
    whole = 0
    for round_ in range(6):
        folder = tmp_path / f"round{round_}"
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), store, folder],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"go\n"
        time.sleep(0.15 + 0.07 * round_)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        names = sorted(name for name in left(folder) if not name.startswith("."))
        # The last one is the one that could be half.
        for name in names[-2:]:
            comity.restore(folder / name, folder / f"{name}-restored")
            whole += 1
    assert whole
    assert open_store(store).writable


def test_ending_the_process_leaves_no_half_store(store: Path, tmp_path: Path) -> None:
    kept = made(store, tmp_path / "kept.tar")
    before = exported(store)
    code = """
        import sys, comity
        print("go", flush=True)
        for _ in range(1_000):
            comity.restore(*sys.argv[1:], replace=True)
        """
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), kept, store],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"go\n"
        time.sleep(0.11 + 0.07 * round_)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        aside = [path for path in tmp_path.iterdir() if path.name.startswith("store.replaced-")]
        if not store.exists():
            aside.pop().rename(store)
        assert exported(store) == before
        for path in aside:
            shutil.rmtree(path)
