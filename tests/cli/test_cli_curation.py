"""What a steward types to add something, alone or from a table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TABLE = "about,text,why,document,sentences\nKOSGEB,Ask again.,Nobody answered.,,3\n"


@pytest.fixture
def comity(seeded_copy: Path, tmp_path: Path):
    def run(*arguments: str, stdin: str = "", **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "comity_cli.main", *arguments],
            cwd=tmp_path,
            env={"PATH": "", "COMITY_STORE": str(seeded_copy), "PYTHONPATH": ":".join(sys.path),
                 **environment},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )  # fmt: skip

    return run


CORRECT = ("correct", "kosgeb-kobia-2021-02-25", "--verbatim", "was expressed", "--corrected", "x")


def test_who_is_needed_and_may_come_from_the_environment(comity) -> None:
    nobody = comity(*CORRECT, "--why", "y")
    assert nobody.returncode == 2
    assert "Missing option '--by'" in nobody.stderr
    done = comity(*CORRECT, "--why", "y", COMITY_CURATOR="Ada Lark")
    assert done.returncode == 0
    assert done.stdout.startswith("https://w3id.org/comity/id/correction/was-expressed-")
    assert "in passage 5, characters 88 to 100" in done.stderr
    again = comity(*CORRECT, "--why", "y", "--by", "Ben")
    assert again.returncode == 0
    assert again.stdout == done.stdout
    assert again.stderr.startswith("nothing changed: correction:was-expressed-")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((*CORRECT, "--by", "Ada"), 2, "Missing option '--why'"),
        ((*CORRECT, "--by", "Ada", "--why", "y", "--on", "25/02/2021"), 2, "as 2021-02-25"),
        (("correct", "x", "--verbatim", "y", "--by", "a", "--why", "b"), 2, "no document 'x'"),
        (("infer", "KOSGEB", "comity:ofCountry", "Turkey", "--by", "a", "--basis", "b"), 3,
         "concludes this already"),
        (("infer", "KOSGEB", "comity:ofCountry", "Turkey", "--by", "a"), 2, "--basis"),
        (("note", "Nobody", "text", "--by", "a", "--why", "b"), 2, "nothing is called 'Nobody'"),
        (("template", "persons"), 2, "no template is called 'persons'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(comity, arguments, code, said) -> None:
    done = comity(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_inference_and_a_note_are_shown_by_why(comity) -> None:
    infer = ("infer", "KOBİA", "comity:acronym", "SMBDA", "--basis", "So it signs.", "--by", "Ada")
    assert comity(*infer).returncode == 0
    note = ("note", "KOBİA", "Check \x1b[31mthis\x1b[0m.", "--why", "Unsure.", "--by", "Ada")
    assert comity(*note, "--on", "2026-01-15").returncode == 0
    said = comity("why", "KOBİA").stdout
    assert "curator's inference, probable: " in said
    assert "because So it signs." in said
    assert "curator's note: Check" in said
    assert "Ada, 2026-01-15" in said
    assert "\x1b" not in said


def test_a_table_comes_from_a_template_and_goes_in(comity, tmp_path) -> None:
    template = comity("template", "notes", "--separator", "semicolon", "--bom", "-o", "n.csv")
    assert template.returncode == 0
    content = (tmp_path / "n.csv").read_bytes()
    assert content == b"\xef\xbb\xbfabout;text;by;on;why;document;sentences\r\n"
    (tmp_path / "n.csv").write_bytes(content + "KOBİA;Hm.;Ada;;Why not;;\r\n".encode())
    done = comity("load", "n.csv")
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "rows: read 1 = loaded 1 + refused 0",
    )


def test_a_table_may_come_through_a_pipe(comity) -> None:
    piped = comity(
        "load", "-", "--format", "csv", "--document", "kosgeb-kobia-2021-02-25", "--by", "Ada",
        stdin=TABLE,
    )  # fmt: skip
    assert piped.stdout.startswith("rows: read 1 = loaded 1 + refused 0\nread 8 = accepted 8")
    assert piped.returncode == 0


def test_a_refused_row_is_said_with_its_place_and_kept(comity, tmp_path, seeded_copy) -> None:
    (tmp_path / "n.csv").write_text(TABLE.replace(",3", ",99"), encoding="utf-8")
    done = comity("load", "n.csv", "--document", "kosgeb-kobia-2021-02-25", "--by", "Ada")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "rows: read 1 = loaded 0 + refused 1"
    assert "n.csv, row 2: column 'sentences': there is no sentence 99" in done.stderr
    (kept,) = (seeded_copy / "quarantine").glob("*.n.csv")
    assert f"refused rows and reasons: {kept}" in done.stderr


def test_a_row_that_nobody_stands_for_is_refused(comity, tmp_path) -> None:
    (tmp_path / "n.csv").write_text(TABLE, encoding="utf-8")
    done = comity("load", "n.csv", "--document", "kosgeb-kobia-2021-02-25")
    assert done.returncode == 1
    assert "column 'by': it is not said who adds this" in done.stderr


def test_a_file_that_is_no_table_loads_nothing(comity, tmp_path) -> None:
    (tmp_path / "n.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = comity("load", "n.csv")
    assert done.returncode == 3
    assert "n.csv: 'a' is no column of any template" in done.stderr
    missing = comity("load", "nothing.csv")
    assert missing.returncode == 3
    assert "nothing.csv cannot be read" in missing.stderr


def test_a_table_is_checked_before_it_is_loaded(comity, tmp_path) -> None:
    (tmp_path / "n.csv").write_text(
        "about,text,by,why,document,sentences\n"
        "KOSGEB,Ask again.,Ada,Nobody answered.,kosgeb-kobia-2021-02-25,99\n",
        encoding="utf-8",
    )
    wrong = comity("validate", "n.csv", "--format", "table")
    assert wrong.returncode == 1
    assert "n.csv, row 2: column 'sentences': there is no sentence 99" in wrong.stdout
    turtle = comity("validate", "n.csv", "--format", "turtle")
    assert "<file:n.csv#row=2>" in turtle.stdout
    text = (tmp_path / "n.csv").read_text(encoding="utf-8").replace("99", "3")
    (tmp_path / "n.csv").write_text(text, encoding="utf-8")
    assert comity("validate", "n.csv").returncode == 0
