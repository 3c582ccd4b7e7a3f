"""The quarantine from the command line, as a steward works with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Turtle = Callable[..., Path]

WRONG = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; comity:acronim "=A1" ;
    prov:wasDerivedFrom p:2 .
agency:two a comity:Agency ; skos:prefLabel "Agency \x1b[2J\u202eTwo"@en .
"""


@pytest.fixture
def file(comity_command: Run, noted: Path, turtle: Turtle) -> Path:
    """The quarantine file of a load with two faults; its store is the folder above."""
    done = comity_command("load", turtle(WRONG), "--document", "source:note", "--store", noted)
    assert done.code == 1
    (found,) = (noted / "quarantine").glob("*.trig")
    return found


@pytest.fixture
def run(comity_command: Run, noted: Path) -> Run:
    return lambda *words: comity_command("quarantine", *words, "--store", noted)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_empty_quarantine_says_so(run: Run) -> None:
    assert run("list", "--format", "table") == (0, "", "nothing is set aside\n")
    assert run("list", "--format", "json").out == "[]\n"
    done = run("list", "--dropped", "--format", "csv")
    assert (done.code, done.out.strip()) == (0, "load,when,by,why,quads,file")
    assert done.err == "nothing was dropped\n"
    assert run("replay", "--all") == (0, "", "nothing is set aside\n")


def test_list(run: Run, file: Path, tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("list", "--format", "csv").out))
    when = row.pop("when")
    assert when.replace("-", "").replace(":", "").removesuffix("Z") == file.stem[:15]
    assert row == {
        "load": file.stem,
        "files": "facts.ttl",
        "nodes": "2",
        "quads": "6",
        "reasons": "shape:WellFormed 1, shape:evidence 1",
    }
    (entry,) = json.loads(run("list", "--format", "json").out)
    assert (entry["started"], entry["path"]) == (when, str(file))
    table = run("list", "--format", "table").out
    assert file.stem in table
    assert run("list", "-o", tmp_path / "list.csv").out == ""
    assert file.stem in (tmp_path / "list.csv").read_text()


def test_show_is_safe_on_a_screen(run: Run, file: Path) -> None:
    done = run("show", file.stem[:6])
    assert done.code == 0
    assert not {"\x1b", "\u202e"} & set(done.out)
    assert done.out.split("\n")[:4] == [
        "agency:one  Agency One",
        "  shape:WellFormed: comity:acronim is not a term of the ontology; did you mean "
        "comity:acronym? (in " + str(file.parents[2] / "facts.ttl") + ")",
        "  “Agency One met Agency Two in Paris on 3 May 2020.”",
        "  graph:source/note",
    ]
    assert '    comity:acronim "=A1"' in done.out
    only = run("show", file.stem, "--node", "agency:two", "--format", "json")
    (node,) = json.loads(only.out)
    assert (node["node"].rpartition("/")[2], node["reasons"][0]["severity"]) == ("two", "violation")
    assert len(node["quads"]) == 2


def test_replay_and_drop(run: Run, file: Path) -> None:
    edit(file, "acronim", "acronym")
    line = "read 6 = accepted 4 + quarantined 2 + duplicate 0 + superseded 0 + out of scope 0\n"
    trial = run("replay", file.stem, "--dry-run")
    assert (trial.code, trial.out) == (1, line)
    assert trial.err.endswith("nothing was changed: --dry-run\n")
    done = run("replay", "--all")
    assert (done.code, done.out) == (1, line)
    assert f"{file.stem}: 1 statement added or changed by hand\n" in done.err
    assert (
        f"{file.stem}: 1 statement taken out or changed by hand; kept in {file.parent}" in done.err
    )
    assert f"{file.stem}: 2 statements still set aside: {file}\n" in done.err

    gone = run("drop", file.stem, "--node", "agency:two", "--why", "No source.", "--by", "Ada")
    assert gone.code == 0
    assert Path(gone.out.strip()).parent == file.parent / "dropped"
    assert gone.err == f"dropped 2 quads that load {file.stem} had set aside\n"
    (row,) = csv.DictReader(io.StringIO(run("list", "--dropped", "--format", "csv").out))
    assert (row["load"], row["by"], row["why"]) == (file.stem, "Ada", "No source.")
    assert row["file"] == Path(gone.out.strip()).name
    assert run("list", "--format", "json").out == "[]\n"


def test_a_replay_that_leaves_nothing_ends_well(run: Run, file: Path, tmp_path: Path) -> None:
    mended = tmp_path / "mended.trig"
    text = file.read_text(encoding="utf-8").replace("acronim", "acronym")
    passage = "<https://w3id.org/comity/id/passage/note/3>"
    mended.write_text(text + f"agency:two prov:wasDerivedFrom {passage} .\n", encoding="utf-8")
    done = run("replay", file.stem, "--file", mended)
    assert (done.code, done.out[:21]) == (0, "read 7 = accepted 7 +")
    assert done.err.endswith(f"{file.stem}: nothing is set aside any more\n")
    assert not file.exists()


def test_bad_input_is_told(comity_command: Run, run: Run, file: Path, tmp_path: Path) -> None:
    for words, code, said in (
        (("replay",), 2, "name the loads to replay, or ask for all"),
        (("replay", "--all", file.stem), 2, "not both"),
        (("replay", "2019"), 2, "no load '2019' has anything set aside"),
        (("show", "../x"), 2, "has anything set aside"),
        (("show", file.stem, "--node", "agency:nine"), 2, "nothing aside about agency:nine"),
        (("show", file.stem, "--node", "nine"), 2, "neither an IRI nor a short form"),
        (("drop", file.stem, "--why", " ", "--by", "Ada"), 2, "give --why"),
        (("drop", file.stem, "--why", "x"), 2, "Missing option '--by'"),
        (("replay", file.stem, "--file", tmp_path / "no.trig"), 3, "cannot be read"),
    ):
        done = run(*words)
        assert (done.code, done.out) == (code, ""), words
        assert said in done.err
    edit(file, "agency:two", "agency two")
    assert "line " in run("replay", "--all").err
    listed = run("list", "--format", "csv")
    assert listed.code == 0
    assert f"{file.name}, line " in listed.out
    done = comity_command("quarantine", "list", "--store", tmp_path / "nowhere")
    assert (done.code, "there is no store at" in done.err) == (3, True)
    done = comity_command("quarantine", "replay", "--all", "--store", tmp_path / "nowhere")
    assert (done.code, "there is no store at" in done.err) == (3, True)
    assert not (tmp_path / "nowhere").exists()


def test_refused_rows_are_listed_too(comity_command: Run, noted: Path, tmp_path: Path) -> None:
    """They are no statements that could be replayed, but they wait all the same."""
    table = tmp_path / "places.csv"
    table.write_text("name,kind,sentences\nArl,place,two\nBor,place,2\n", encoding="utf-8")
    where = ["--document", "note", "--store", noted]
    assert comity_command("load", table, *where).code == 1
    (aside,) = (noted / "quarantine").iterdir()
    done = comity_command("quarantine", "list", "--store", noted)
    assert done.err.splitlines()[1] == f"  {aside}"
    assert "nothing is set aside" not in done.err
    # Refused again, it keeps its name and gets a new load before it, not both.
    assert comity_command("load", aside, *where).code == 1
    again = {path.name.partition(".")[2] for path in (noted / "quarantine").iterdir()}
    assert again == {"places.csv"}


def test_a_list_of_no_end_is_damage(run: Run, file: Path) -> None:
    file.with_suffix(".json").write_text("[" * 100_000)
    done = run("list")
    assert (done.code, "is damaged (RecursionError" in done.out) == (0, True)


def test_a_curator_need_not_say_who_each_time(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_CURATOR", "Ines Vale")
    assert run("drop", file.stem, "--why", "No source.").code == 0
    assert "Ines Vale" in run("list", "--dropped").out
