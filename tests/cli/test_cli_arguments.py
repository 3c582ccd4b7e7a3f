"""What a user may type, pipe or have lying about, and the clear errors that it gives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Turtle = Callable[..., Path]
NOT_TEXT = "a\udcff"  # how Python keeps the argument a\xff


def test_modules_in_the_folder_that_one_works_in_are_not_run(noted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "json.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    paths = os.pathsep.join(path for path in sys.path if Path(path).is_absolute())
    done = subprocess.run(
        # as the installed command does, which has no current folder on its path
        [sys.executable, "-P", "-m", "comity_cli.main", "sparql", "ASK { ?s ?p ?o }"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths, "COMITY_STORE": str(noted)},
        capture_output=True,
        check=False,
    )
    assert not (tmp_path / "ran").exists()
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("option", ["--title", "--source", "--publisher", "--id"])
def test_what_is_said_of_a_document_must_be_text(
    comity_command: Run, note: Path, tmp_path: Path, option: str
) -> None:
    store = tmp_path / "new"
    done = comity_command("document", "add", note, option, NOT_TEXT, "--store", store)
    assert done.code == 3
    assert "is not UTF-8 text" in done.err


def test_files_whose_names_are_no_text(comity_command: Run, tmp_path: Path, turtle: Turtle) -> None:
    file = tmp_path / f"{NOT_TEXT}.txt"
    try:
        file.write_text("One sentence.", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes Unicode names alone")
    store = tmp_path / "new"
    assert comity_command("document", "add", file, "--store", store).code == 0
    facts = turtle("agency:one a comity:Agency .").rename(tmp_path / f"{NOT_TEXT}.ttl")
    done = comity_command("load", facts, "--document", "source:a", "--store", store)
    assert done.code == 1
    assert "read 1 = accepted 0 + quarantined 1" in done.out


@pytest.mark.parametrize("verb", [["info"], ["sparql", "ASK {}"]])
def test_a_store_must_have_a_name_that_is_text(
    comity_command: Run, tmp_path: Path, verb: list[str]
) -> None:
    done = comity_command(*verb, "--store", tmp_path / NOT_TEXT)
    assert done.code == 3
    assert "no UTF-8 path" in done.err


@pytest.mark.parametrize("document", ["http://[", "http://%zz"])
def test_a_document_is_named_by_an_iri(
    comity_command: Run, noted: Path, turtle: Turtle, document: str
) -> None:
    file = turtle("agency:one a comity:Agency .")
    done = comity_command("load", file, "--document", document, "--store", noted)
    assert done.code == 3
    assert f"'{document}' is no IRI of a document" in done.err


@pytest.mark.parametrize("output", ["", ".", "..", "/"])
def test_a_network_needs_a_file(comity_command: Run, noted: Path, output: str) -> None:
    done = comity_command(
        "network", "agency-agency", "--format", "csv", "-o", output, "--store", noted
    )
    assert done.code == 3
    assert "name a file" in done.err


@pytest.mark.parametrize(
    "verb",
    [["sparql", "-"], ["load", "-"], ["document", "add", "-", "--id", "one"]],
    ids=["sparql", "load", "document"],
)
def test_standard_input_may_be_closed(
    comity_process: Run, tmp_path: Path, noted: Path, verb: list[str]
) -> None:
    process = comity_process(
        *verb, "--store", noted, preexec_fn=lambda: os.close(0), stdin=subprocess.DEVNULL
    )
    _, said = process.communicate()
    assert said == (
        b"Error: there is no standard input to read: name a file, or pipe the text in\n"
    )
    assert process.returncode == 3


def test_what_needs_no_standard_input_works_without(comity_process: Run, noted: Path) -> None:
    process = comity_process(
        "info", "--store", noted, preexec_fn=lambda: os.close(0), stdin=subprocess.DEVNULL
    )
    process.communicate()
    assert process.returncode == 0


def test_a_query_from_standard_input_is_utf_8(comity_command: Run, noted: Path) -> None:
    ask = 'ASK { FILTER("ə" = "\\u0259") }'
    done = comity_command("sparql", "-", "--format", "csv", "--store", noted, stdin=ask.encode())
    assert (done.code, done.out.strip()) == (0, "true")
    done = comity_command("sparql", "-", "--store", noted, stdin=b"ASK { ?s ?p '\xff' }")
    assert done.code == 3
    assert "standard input is not UTF-8" in done.err


def test_a_file_beside_the_output_stays(comity_command: Run, noted: Path, tmp_path: Path) -> None:
    beside = tmp_path / "out.csv.part"
    beside.write_text("mine")
    target = tmp_path / "out.csv"
    before = os.umask(0o027)
    try:
        ask = ("sparql", "SELECT (1 AS ?one) {}", "-o", target, "--store", noted)
        assert comity_command(*ask).code == 0
    finally:
        os.umask(before)
    assert beside.read_text() == "mine"
    assert target.read_bytes() == b"one\r\n1\r\n"
    assert target.stat().st_mode & 0o777 == 0o640
    assert not list(tmp_path.glob(".comity-*"))
