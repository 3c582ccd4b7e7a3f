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
    assert "Violation · shape:DefaultGraph · 1" in done.out
    assert "\x1b" not in done.out
    done = comity_command("validate", "--store-check", "--format", "json", "--store", seeded_copy)
    assert json.loads(done.out)["counts"] == {"violation": 1}


def test_the_store_check_takes_no_files(note: Path, comity_command: Command) -> None:
    done = comity_command("validate", "--store-check", note)
    assert (done.code, "leave FILE out" in done.err) == (2, True)


def test_a_damaged_mark_stops_the_store_check(seeded_copy: Path, comity_command: Command) -> None:
    (seeded_copy / "comity.json").write_text("{")
    done = comity_command("validate", "--store-check", "--store", seeded_copy)
    assert (done.code, "comity.json is damaged" in done.err) == (3, True)
