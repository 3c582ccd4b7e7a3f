"""``comity network``, and results for spreadsheets, from a shell."""

from __future__ import annotations

import re
import shlex
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comity.network import FORMATS
from comity.projections import projection_names

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_projections_with_their_meaning_and_formats(comity_command: Run) -> None:
    done = comity_command("network", "--help")
    assert done.code == 0
    plain = " ".join(done.out.split())
    for name in projection_names():
        assert re.search(rf" {name} (Edges|Chains) (between|from) ", plain), name
    for name, what in FORMATS.items():
        assert f" {name} {what}" in plain


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("net.png", b"\x89PNG\r\n\x1a\n"),
        ("net.pdf", b"%PDF-"),
        ("net.svg", b"<svg "),
        ("net.gexf", b"<?xml "),
        ("net.cyjs", b'{\n "format_version": "1.0"'),
        ("net.graphology.json", b'{\n "attributes"'),
        ("net.nodes.csv", b"id,label,kind,country\r\n"),
        ("net.edges.csv", b"source,target,kind,"),
    ],
)
def test_the_suffix_tells_the_format(
    comity_command: Run, seeded: Path, tmp_path: Path, file: str, begins: bytes
) -> None:
    path = tmp_path / file
    done = comity_command("network", "country-country", "agency-agency", "-o", path,
                          "--on", "2021-02-25", "--store", seeded)  # fmt: skip
    assert (done.code, done.out, done.err) == (0, f"{path}\n", "4 nodes, 7 edges\n")
    assert path.read_bytes().startswith(begins)
    assert [file.name for file in tmp_path.iterdir()] == [file]


def test_tables_are_two_files(comity_command: Run, seeded: Path, tmp_path: Path) -> None:
    done = comity_command("network", "agency-agency", "-o", tmp_path / "x.csv", "--store", seeded)
    assert done.out == f"{tmp_path / 'x.nodes.csv'}\n{tmp_path / 'x.edges.csv'}\n"


def test_standard_output_holds_the_file_and_nothing_else(comity_process: Run, seeded: Path) -> None:
    process = comity_process("network", "agreement-lineage", "-o", "-", "--format", "png",
                             "--width", "400", "--height", "300", "--dpi", "96",
                             "--store", seeded)  # fmt: skip
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"2 nodes, 1 edges\n")
    assert struct.unpack(">II", out[16:24]) == (400, 300)
    assert out.endswith(b"IEND\xaeB`\x82")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("agency-agency", "-o", "x.xlsx"), ".graphology.json, .nodes.csv, .edges.csv, .cyjs"),
        (("agency-agency", "-o", "x"), "name the format: graphml, gexf, cytoscape"),
        (("agency-agency", "-o", "-"), "standard output does not tell the format"),
        (("agency-agency", "-o", "-", "--format", "csv"), "choose nodes or edges"),
        (("agency-agency", "-o", "x.png", "--format", "bmp"), "'bmp': choose one of graphml"),
        (("agency-agency", "-o", "x.png", "--dpi", "0"), "0 is not in the range"),
        (("agency-agency", "-o", "x.png", "--width", "1e9"), "not a valid integer"),
        (("agency-agency", "-o", "-", "--format", "png", "--width", "20000", "--height", "20000",
          "--dpi", "1200"), "is not between 1 and 200,000,000 pixels"),
        (("people", "-o", "x.svg"), "agency-agency, agreement-lineage, country-country"),
        (("agency-agency", "-o", "x.svg", "--on", "25.02.2021"), "is no day"),
        (("agency-agency", "-o", "x.svg", "--metrics", "fame"), "no measure 'fame'"),
    ],
)  # fmt: skip
def test_wrong_usage_leaves_no_file(
    comity_command: Run, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    done = comity_command("network", *arguments, "--store", seeded)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to(
    comity_command: Run, seeded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "missing" / "x.png"
    done = comity_command("network", "agency-agency", "-o", path, "--store", seeded)
    assert done.code == 3
    assert f"cannot write {path}: No such file or directory" in done.err


def test_without_the_extra_a_figure_is_not_supported_and_a_picture_is(
    comity_command: Run, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # as if it were absent
    done = comity_command("network", "agency-agency", "-o", tmp_path / "x.pdf", "--store", seeded)
    assert (done.code, done.out) == (4, "")
    assert "pip install 'comity[figures]'" in done.err
    done = comity_command("network", "agency-agency", "-o", tmp_path / "x.svg", "--store", seeded)
    assert done.code == 0


def test_help_and_text_formats_do_not_wait_for_matplotlib(comity_process: Run) -> None:
    process = comity_process("network", "--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"networkx" in err
    assert b"matplotlib" not in err


def test_what_the_page_on_networks_shows_runs(
    comity_command: Run, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/networks.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ comity ([^|\n]*)", page, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        done = comity_command(*shlex.split(line), "--store", seeded)
        assert done.code == 0, done.err
    assert {file.name for file in tmp_path.iterdir()} == {
        "agencies.gexf", "people.graphml", "names.csv",
    }  # fmt: skip
    names = (tmp_path / "names.csv").read_text(encoding="utf-8")
    assert names.startswith("\ufeffnode,label,")
    assert "KOBİA" in names
