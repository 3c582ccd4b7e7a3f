"""``comity validate``: formats, profiles, exit codes, and what is wrong in what it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.validation.reports import FORMATS
from comity_cli.commands import validate as verb

Run = Callable[..., Any]
# A warning only: the kind of the agency is not given.
AGENCY = 'agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .'


@pytest.fixture
def noted(tmp_path: Path, note: Path) -> Path:
    directory = tmp_path / "store"
    with comity.open(directory) as graph:
        graph.add_document(note)
    return directory


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == verb._FORMATS


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("r.html", b"<!DOCTYPE html>"),
        ("r.HTM", b"<!DOCTYPE html>"),
        ("r.json", b"{"),
        ("r.csv", b"severity,code,"),
        ("r.ttl", b"@prefix"),
        ("r.nt", b"_:"),
        ("r.jsonld", b"["),
        ("r.txt", b"conforms: 0 violations"),
    ],
)
def test_the_suffix_tells_the_format(
    comity_command: Run, seeded: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    done = comity_command("validate", "--store", seeded, "-o", tmp_path / name)
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_the_format_named_goes_before_the_suffix(
    comity_command: Run, seeded: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.json"
    assert comity_command("validate", "--store", seeded, "--format", "html", "-o", out).code == 0
    assert out.read_bytes().startswith(b"<!DOCTYPE")


def test_profiles_decide_the_exit_code(
    comity_command: Run, noted: Path, turtle: Callable[..., Path], tmp_path: Path
) -> None:
    given = ("validate", turtle(AGENCY), "--document", "source:note", "--store", noted)
    mine = tmp_path / "mine.yaml"
    mine.write_text("name: mine\nseverities: {warning: off, info: off}\n", encoding="utf-8")
    for profile, code in (("default", 0), ("draft", 0), ("strict", 1), (mine, 0)):
        done = comity_command(*given, "--profile", profile, "--format", "json")
        assert done.code == code
        assert json.loads(done.out)["profile"] == getattr(profile, "stem", profile)
    assert comity_command(*given, "--fail-on", "warning").code == 1
    assert comity_command(*given, "--fail-on", "warning", "--profile", mine).code == 0
    assert comity_command(*given, "--profile", "strict", "--fail-on", "never").code == 0


def test_one_node_is_checked(comity_command: Run, seeded: Path) -> None:
    plan = "agreement:kosgeb-kobia-action-plan-2020"
    given = ("validate", "--store", seeded, "--format", "json", "--focus")
    found = json.loads(comity_command(*given, plan, "--focus", "KOSGEB").out)
    assert found["checked"] == 2
    assert {result["code"] for result in found["results"]} == {"shape:Agreement-party-stated"}
    assert json.loads(comity_command(*given, "KOSGEB").out)["results"] == []


def test_the_table_is_cut_to_the_limit(
    comity_command: Run, noted: Path, turtle: Callable[..., Path]
) -> None:
    facts = "\n".join(AGENCY.replace("one", f"n{number}") for number in range(8))
    given = ("validate", turtle(facts), "--document", "source:note", "--store", noted)
    assert "… and 3 more" in comity_command(*given).out
    assert "… and 6 more" in comity_command(*given, "--limit", "2").out
    assert " more" not in comity_command(*given, "--limit", "0").out


@pytest.mark.parametrize("name", ["r.json", "r.csv", "r.ttl"])
def test_formats_for_programs_are_cut_when_asked_and_say_so(
    comity_command: Run, noted: Path, turtle: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    facts = "\n".join(AGENCY.replace("one", f"n{number}") for number in range(8))
    given = ("validate", turtle(facts), "--document", "source:note", "--store", noted)
    given = (*given, "-o", tmp_path / name)
    done = comity_command(*given)
    assert (done.code, done.err) == (0, "")
    assert all(f"n{number}" in (tmp_path / name).read_text("utf-8") for number in range(8))
    done = comity_command(*given, "--limit", "2")
    assert done.err == "--limit 2: not all of the 16 results were written\n"
    text = (tmp_path / name).read_text("utf-8")
    assert "n1" in text
    assert "n7" not in text
    assert comity_command("-q", *given, "--limit", "2").err == ""
    assert comity_command(*given, "--limit", "8").err == ""


def test_the_page_folds_as_much_as_asked(
    comity_command: Run, noted: Path, turtle: Callable[..., Path], tmp_path: Path
) -> None:
    facts = "\n".join(AGENCY.replace("one", f"n{number}") for number in range(8))
    out = tmp_path / "r.html"
    given = ("validate", turtle(facts), "--document", "source:note", "--store", noted, "-o", out)
    for options, more in (((), 0), (("--fold", "1"), 2), (("--fold", "0"), 0)):
        comity_command(*given, *options)
        assert out.read_text("utf-8").count(" more are not on this page") == more
        assert "n0" in out.read_text("utf-8")
    assert "<summary>Results 6 to 8 of 8</summary>" in out.read_text("utf-8")


def test_a_reader_that_has_seen_enough_ends_it(
    comity_process: Callable[..., Any], seeded_copy: Path, tmp_path: Path
) -> None:
    node = "<https://w3id.org/comity/id/agency/n{}> a <https://w3id.org/comity/ns#Agency> .\n"
    file = tmp_path / "many.ttl"
    file.write_text("".join(node.format(number) for number in range(1_000)), encoding="utf-8")
    given = ("validate", file, "--store", seeded_copy, "--format", "csv")
    with comity_process(*given) as process:
        assert process.stdout.read(20) == b"severity,code,shape_"
        process.stdout.close()  # as head does
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_line_of_a_file_is_told(comity_command: Run, turtle: Callable[..., Path]) -> None:
    file = turtle("\nagency:x a comity:Agency .", "mine.ttl")
    line = file.read_text("utf-8").count("\n") + 1
    done = comity_command("validate", file)
    assert done.code == 1
    assert f"      in {file}:{line}\n" in done.out
    found = json.loads(comity_command("validate", file, "--format", "json").out)["results"]
    assert {(*one["files"], *one["lines"]) for one in found} == {(str(file), line)}
    done = comity_command("validate", "-", stdin=file.read_bytes())
    assert "      in standard input\n" in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-o", "report.pdf"], 2, "the suffix of report.pdf does not tell"),
        (["-o", "report"], 2, "the suffix of report does not tell"),
        (["--profile", "strct"], 2, "did you mean strict?"),
        (["--profile", "."], 3, "cannot be read"),
        (["--focus", "agency:nowhere"], 2, "agency:nowhere is not in the graph"),
        (["--focus", "KOSGEBB"], 2, "near it are agency:kosgeb"),
        (["--focus", "KOSGEB", "--store-check"], 2, "--focus names nodes of a store"),
        (["--profile", "strict", "--store-check"], 2, "leave --store-check out"),
        (["--document", "source:note"], 2, "--document is about FILE"),
        (["--limit", "-1"], 2, "--limit"),
        (["--format", "pdf"], 2, "pdf"),
        (["nowhere.ttl"], 3, "nowhere.ttl"),
    ],
)
def test_what_is_wrong_in_what_it_is_given(
    comity_command: Run,
    seeded: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = comity_command("validate", "--store", seeded, *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_line_of_a_profile_is_named(
    comity_command: Run, seeded: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("name: mine\nshapes:\n  shape:evidence: warn\n", encoding="utf-8")
    done = comity_command("validate", "--store", seeded, "--profile", mine)
    assert (done.code, done.out) == (3, "")
    assert "mine.yaml, line 3: 'warn' is no severity" in done.err
    assert "did you mean warning?" in done.err


def test_files_are_checked_alone(
    comity_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_STORE", str(tmp_path / "no-store"))
    head = (
        "@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    )
    Path("data.ttl").write_text(f'{head} ex:a ex:p "300"^^xsd:byte .')
    Path("shapes.ttl").write_text(
        f"{head} ex:S sh:targetSubjectsOf ex:p ; "
        "sh:property [ sh:path ex:p ; sh:datatype xsd:byte ] ."
    )
    given = ("validate", "data.ttl", "--alone", "--shapes", "shapes.ttl")
    done = comity_command(*given, "--format", "json")
    assert done.code == 1
    (result,) = json.loads(done.out)["results"]
    assert result["value"]["text"] == "300"
    assert comity_command(*given, "--fail-on", "never").code == 0
    for wrong, said in (
        (("validate", "--alone"), "name one"),
        ((*given, "--store", "x"), "leave --store out"),
        ((*given, "--store-check"), "leave"),
        ((*given, "--focus", "ex:a"), "leave"),
        ((*given, "--document", "ex:a"), "leave"),
    ):
        refused = comity_command(*wrong)
        assert (refused.code, refused.out) == (2, "")
        assert said in refused.err
    Path("data.csv").write_text("a,b\n1,2\n")
    refused = comity_command("validate", "data.csv", "--alone")
    assert refused.code == 3
    assert "the suffix .csv does not tell the RDF format" in refused.err
    assert not Path("no-store").exists()
