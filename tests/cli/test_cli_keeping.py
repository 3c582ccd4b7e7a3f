"""Checking, exporting, comparing, backing up and restoring from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

Command = Callable[..., Any]
A, P = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p")


def test_a_sound_store_passes_the_store_check(seeded: Path, comity_command: Command) -> None:
    done = comity_command("validate", "--store-check", "--store", seeded)
    assert (done.code, done.out) == (0, "conforms: 0 violations, 0 warnings, 0 notes\n")


def test_a_damaged_store_fails_the_store_check(seeded_copy: Path, comity_command: Command) -> None:
    ox.Store(str(seeded_copy / "data")).add(ox.Quad(A, P, ox.Literal("\x1b[31m")))
    done = comity_command("validate", "--store-check", "--store", seeded_copy)
    assert done.code == 1
    assert "shape:DefaultGraph · 1\n" in done.out
    assert "\x1b" not in done.out
    done = comity_command("validate", "--store-check", "--format", "json", "--store", seeded_copy)
    assert json.loads(done.out)["counts"]["violation"] == 1


def test_the_store_check_takes_no_files(note: Path, comity_command: Command) -> None:
    done = comity_command("validate", "--store-check", note)
    assert (done.code, "leave FILE out" in done.err) == (2, True)


def test_a_damaged_mark_stops_the_store_check(seeded_copy: Path, comity_command: Command) -> None:
    (seeded_copy / "comity.json").write_text("{")
    done = comity_command("validate", "--store-check", "--store", seeded_copy)
    assert (done.code, "comity.json is damaged" in done.err) == (3, True)


def test_export_to_a_file_and_to_standard_output(
    seeded: Path, tmp_path: Path, comity_command: Command
) -> None:
    done = comity_command("export", "--store", seeded, "-o", tmp_path / "all.trig")
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith(" statements\n")
    assert comity_command("export", "--store", seeded).out.encode() == (
        (tmp_path / "all.trig").read_bytes()
    )
    done = comity_command("--quiet", "export", "--store", seeded, "--graph", "curation", "-o", "-")
    assert done.out.count("graph:") == 2  # one prefix, one graph
    assert done.err == ""


def test_an_export_that_cannot_be(seeded: Path, tmp_path: Path, comity_command: Command) -> None:
    for arguments, code, said in (
        (["-o", tmp_path / "x.ttl"], 2, "turtle has no graphs"),
        (["-o", tmp_path / "x"], 2, "give --format"),
        (["--graph", "source:none"], 2, "there is no graph or document source:none"),
        (["--graph", "no:where"], 2, "Unknown prefix"),
        (["-o", tmp_path / "none" / "x.nq"], 3, "cannot be written"),
        (["--store", tmp_path / "none"], 3, "there is no store"),
    ):
        done = comity_command("export", "--store", seeded, *arguments)
        assert (done.code, done.out) == (code, "")
        assert said in done.err
    assert list(tmp_path.iterdir()) == []


def test_keep_lose_and_restore(seeded_copy: Path, tmp_path: Path, comity_command: Command) -> None:
    kept = tmp_path / "kept.tar.gz"
    done = comity_command("backup", kept, "--store", seeded_copy)
    assert (done.code, done.out) == (0, f"{kept}\n")
    assert " triples of 1 document, " in done.err
    done = comity_command("restore", kept, "--store", seeded_copy)
    assert (done.code, "--replace" in done.err) == (3, True)
    done = comity_command("restore", kept, "--store", seeded_copy, "--replace")
    assert (done.code, done.out) == (0, f"{seeded_copy}\n")
    done = comity_command("restore", kept, "--store", tmp_path / "new")
    assert done.code == 0
    done = comity_command("diff", seeded_copy, tmp_path / "new", "--all")
    assert (done.code, done.out, done.err) == (0, "", "nothing differs\n")
    assert comity_command("backup", kept, "--store", seeded_copy).code == 3
    assert comity_command("backup", tmp_path / "x", "--store", tmp_path / "none").code == 3
    assert comity_command("restore", tmp_path / "x", "--store", tmp_path / "y").code == 3
    assert {path.name for path in tmp_path.iterdir()} == {"kept.tar.gz", "store", "new"}


def test_a_store_that_may_only_be_read_is_backed_up(
    seeded_copy: Path, tmp_path: Path, comity_command: Command
) -> None:
    for path in [seeded_copy, *seeded_copy.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = comity_command("backup", tmp_path / "kept", "--store", seeded_copy)
    assert done.code == 0
    done = comity_command("diff", "--all", seeded_copy, tmp_path / "kept" / "store")
    assert (done.code, done.err) == (0, "nothing differs\n")


def test_differences(tmp_path: Path, comity_command: Command) -> None:
    one, other = tmp_path / "one.nt", tmp_path / "other.nt"
    one.write_text('<x:s> <x:p> "\\u001B[31mred" .\n')
    other.write_text('<x:s> <x:p> "blue" .\n')
    done = comity_command("diff", one, other)
    assert done.code == 1
    assert done.out == "x:s\n  changed: x:p was “\\u001b[31mred”, is “blue”\n"
    assert done.err == "1 node differs: 1 changed, 0 added, 0 removed, 0 with other sources\n"
    done = comity_command("diff", one, "-", "--input-format", "ntriples", stdin=one.read_bytes())
    assert (done.code, done.out) == (0, "")
    done = comity_command("diff", one, other, "--format", "patch", "-o", tmp_path / "p")
    assert done.code == 1
    assert (tmp_path / "p").read_text().splitlines() == [
        "TX .",
        'D <x:s> <x:p> "\\u001B[31mred" .',
        'A <x:s> <x:p> "blue" .',
        "TC .",
    ]


def test_differences_that_cannot_be_told(tmp_path: Path, comity_command: Command) -> None:
    one = tmp_path / "one.nt"
    one.write_text('<x:s> <x:p> "a" .\n')
    (tmp_path / "bad.nt").write_text("<x:s> <x:p> .\n")
    for arguments, code, said in (
        ([one, tmp_path / "none"], 3, "there is no store or file"),
        ([one, tmp_path / "bad.nt"], 3, "bad.nt, line 1"),
        ([one, one, "--graph", "source:x"], 2, "there is no graph or document"),
        (["-", "-"], 2, "only one side"),
        ([one], 2, "Missing argument 'B'"),
    ):
        done = comity_command("diff", *arguments)
        assert (done.code, done.out) == (code, "")
        assert said in done.err


def test_nothing_is_written_over_a_stores_own_files(
    seeded_copy: Path, tmp_path: Path, comity_command: Command
) -> None:
    """A slip in -o would be the end of the store, and of all that is in it."""
    store, current = ["--store", seeded_copy], seeded_copy / "data" / "CURRENT"
    link = tmp_path / "link.trig"
    link.symlink_to(current)
    before = {path: path.read_bytes() for path in (seeded_copy / "comity.json", current)}
    for arguments in (
        ["export", "--format", "trig", "-o", seeded_copy / "comity.json", *store],
        ["export", "--format", "trig", "-o", current, *store],
        ["export", "-o", link, *store],
        ["why", "KOSGEB", "-o", seeded_copy / "comity.json", *store],
        ["network", "agency-agency", "--format", "json", "-o", current, *store],
        ["diff", seeded_copy, seeded_copy, "-o", current],
        ["export", "-o", seeded_copy / "data" / "new.trig", *store],
    ):
        done = comity_command(*arguments)
        assert (done.code, "itself, or would be: name another place" in done.err) == (3, True)
    assert {path: path.read_bytes() for path in before} == before
    assert not (seeded_copy / "data" / "new.trig").exists()
    # Beside them is a fine place.
    assert comity_command("export", "-o", seeded_copy / "all.trig", *store).code == 0


def test_a_backup_stays_one(seeded: Path, tmp_path: Path, comity_command: Command) -> None:
    kept = tmp_path / "kept"
    assert comity_command("backup", kept, "--store", seeded).code == 0
    done = comity_command("restore", kept, "--store", kept / "new")
    assert (done.code, "lies in the backup itself" in done.err) == (3, True)
    assert comity_command("restore", kept, "--store", tmp_path / "new").code == 0
    done = comity_command("backup", tmp_path / "new/data/kept.tar", "--store", seeded)
    assert (done.code, "name another place" in done.err) == (3, True)
