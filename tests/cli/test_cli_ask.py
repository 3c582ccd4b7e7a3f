from __future__ import annotations

import json
import os
import pty
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SIGNINGS = "SELECT ?act ?place { ?act a comity:Act ; comity:place ?place } ORDER BY ?act"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("csv", "act,place"),
        ("tsv", "?act\t?place"),
        ("json", "{"),
        ("xml", "<?xml"),
        ("table", "act"),
    ],
)
def test_rows_in_every_format(comity_command: Run, seeded: Path, name: str, begins: str) -> None:
    done = comity_command("sparql", SIGNINGS, "--format", name, "--store", seeded)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(begins)
    assert "ankara" in done.out
    if name == "json":
        assert len(json.loads(done.out)["results"]["bindings"]) == 2


@pytest.mark.parametrize("name", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_triples_in_every_format(comity_command: Run, seeded: Path, name: str) -> None:
    done = comity_command("sparql", "DESCRIBE agency:kobia", "--format", name, "--store", seeded)
    assert (done.code, done.err) == (0, "")
    assert "KOBİA" in done.out


def test_a_format_that_does_not_fit(comity_command: Run, seeded: Path) -> None:
    done = comity_command("sparql", SIGNINGS, "--format", "turtle", "--store", seeded)
    assert (done.code, done.out) == (4, "")
    assert "turtle" in done.err
    done = comity_command("sparql", SIGNINGS, "--format", "toml", "--store", seeded)
    assert done.code == 2


def test_in_a_pipe_it_is_csv_or_turtle(comity_command: Run, seeded: Path) -> None:
    assert comity_command("sparql", SIGNINGS, "--store", seeded).out.startswith("act,place")
    done = comity_command("sparql", "DESCRIBE agency:kobia", "--store", seeded)
    assert "agency:kobia" in done.out


@pytest.mark.parametrize(("suffix", "begins"), [("csv", "act,"), ("json", "{"), ("srx", "<?xml")])
def test_the_suffix_of_the_output_tells_the_format(
    comity_command: Run, seeded: Path, tmp_path: Path, suffix: str, begins: str
) -> None:
    file = tmp_path / f"out.{suffix}"
    done = comity_command("sparql", SIGNINGS, "-o", file, "--store", seeded)
    assert (done.code, done.out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_an_output_that_cannot_be(comity_command: Run, seeded: Path, tmp_path: Path) -> None:
    done = comity_command("sparql", SIGNINGS, "-o", tmp_path / "out.what", "--store", seeded)
    assert done.code == 2
    assert "does not tell the format: give --format" in done.err
    done = comity_command("sparql", SIGNINGS, "-o", tmp_path / "no" / "out.csv", "--store", seeded)
    assert done.code == 3
    assert "cannot be written: No such file or directory" in done.err


def test_the_query_may_be_a_file_or_standard_input(
    comity_command: Run, seeded: Path, tmp_path: Path
) -> None:
    said = comity_command("sparql", SIGNINGS, "--store", seeded).out
    (tmp_path / "q.rq").write_text(SIGNINGS)
    assert comity_command("sparql", tmp_path / "q.rq", "--store", seeded).out == said
    piped = comity_command("sparql", "-", "--store", seeded, stdin=SIGNINGS.encode())
    assert piped.out == said


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("SELECT * {\n ?s ?p }", 3, "line 2, column 9"),
        ("CLEAR ALL", 3, "Error: "),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 3, "would call another server"),
        ("none.rq", 3, "none.rq cannot be read: No such file or directory"),
        ('SELECT * { ?s ?p "\udcff" }', 3, "is not UTF-8"),
    ],
)
def test_a_query_that_cannot_run(
    comity_command: Run, seeded: Path, query: str, code: int, message: str
) -> None:
    done = comity_command("sparql", query, "--store", seeded)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("Error: ")
    assert message in done.err


def test_a_limit_says_that_there_is_more(comity_command: Run, seeded: Path) -> None:
    query = "SELECT ?p { ?p a comity:Passage }"
    done = comity_command("sparql", query, "--limit", 3, "--store", seeded)
    assert len(done.out.splitlines()) == 4
    assert done.err == "stopped at 3: there is more, raise --limit (0 for all)\n"
    quiet = comity_command("--quiet", "sparql", query, "--limit", 3, "--store", seeded)
    assert (quiet.out, quiet.err) == (done.out, "")
    whole = comity_command("sparql", query, "--limit", 0, "--store", seeded)
    for limit in (2**63 - 1, 2**63, 10**30):
        assert comity_command("sparql", query, "--limit", limit, "--store", seeded) == whole
        triples = ("sparql", "CONSTRUCT { ?a ?b ?c } { ?a comity:ordinal ?c ; ?b ?c }")
        done = comity_command(*triples, "--limit", limit, "--store", seeded)
        assert (done.code, done.out.count("comity:ordinal")) == (0, 24)
    assert (len(whole.out.splitlines()), whole.err) == (25, "")


def test_the_time_limit(comity_command: Run, seeded: Path) -> None:
    began = time.monotonic()
    done = comity_command("sparql", CROSS, "--timeout", 0.7, "--store", seeded)
    assert (done.code, done.out) == (124, "")
    assert "the query was stopped after 0.7 s" in done.err
    assert time.monotonic() - began < 10
    for far in ("nan", "-1"):
        assert comity_command("sparql", "ASK {}", "--timeout", far, "--store", seeded).code == 2
    assert comity_command("sparql", "ASK {}", "--timeout", "1e300", "--store", seeded).code == 0
    assert comity_command("sparql", "ASK {}", "--timeout", 0, "--store", seeded).code == 0


def test_no_store(comity_command: Run, tmp_path: Path) -> None:
    done = comity_command("sparql", "ASK {}", "--store", tmp_path / "none")
    assert done.code == 3
    assert "there is no store at" in done.err


def test_a_damaged_store(comity_command: Run, seeded_copy: Path) -> None:
    (seeded_copy / "data" / "CURRENT").write_text("garbage\n")
    done = comity_command("info", "--store", seeded_copy)
    assert done.code == 3
    assert "is damaged" in done.err
    assert "restore a backup, or load the documents and files into a new store" in done.err


# Ready-made queries


def test_a_query_by_name(comity_command: Run, seeded: Path) -> None:
    done = comity_command(
        "query", "post-holders", "--on", "2021-02-25", "--agency", "kobia", "--store", seeded
    )
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("querry",), "No such command 'querry'. Did you mean query"),
        (("query", "post-holder"), "there is no query 'post-holder'; did you mean post-holders?"),
        (("queries", "post-holder"), "there is no query 'post-holder'"),
        (("query", "post-holders"), "Missing option '--on'"),
        (("query", "post-holders", "--om", "x"), "No such option '--om'"),
        (("query", "post-holders", "--on", "25.02.2021"), "parameter on: '25.02.2021' is no day"),
        (("query", "post-holders", "--on", "2021-02-30"), "is not a day of the calendar"),
        (("query", "post-holders", "--on", "yesterday"), "parameter on: 'yesterday' is no day"),
        (("query", "agency-profile", "--agency", "KOSGEP"), "near it are agency:kosgeb (KOSGEB)"),
        (("query", "agency-profile", "--agency", "agency:x"), "agency:x is not in the graph"),
        (("query", "agency-profile", "--agency", "code:signing"), "is not of the class"),
        (("query", "find-name", "--name", "x", "--limit", "-1"), "--limit"),
        (("describe", "Nobody"), "nothing is called 'Nobody'"),
        (("describe", "\udcff"), "is not UTF-8 text"),
        (("why", "agency:nobody"), "agency:nobody is not in the graph"),
        (("why", "http://[x"), "http://[x is not an IRI"),
        (("network", "agency-agenci", "-o", "x.svg"), "is no projection: use agency-agency"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(
    comity_command: Run, seeded: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], message: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("COMITY_STORE", str(seeded))
    options = () if arguments[0] in ("querry", "queries") else ("--store", seeded)
    done = comity_command(*arguments, *options)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_an_ambiguous_name_lists_what_it_may_mean(
    comity_command: Run, noted: Path, turtle: Callable[..., Path]
) -> None:
    twins = """
    agency:a a comity:Agency ; skos:prefLabel "Twin"@en ; prov:wasDerivedFrom p:2 .
    agency:b a comity:Agency ; skos:prefLabel "TWIN"@en ; prov:wasDerivedFrom p:2 .
    """
    loaded = comity_command("load", turtle(twins), "--document", "source:note", "--store", noted)
    assert loaded.code == 0
    done = comity_command("describe", "twin", "--store", noted)
    assert done.code == 2
    assert "'twin' may be any of agency:a (Twin); agency:b (TWIN)" in done.err


def test_codes_have_no_sentences(comity_command: Run, seeded: Path) -> None:
    done = comity_command("why", "code:signing", "--store", seeded)
    assert (done.code, done.out) == (3, "")
    assert "code:signing rests on no passage" in done.err


def test_why_marks_the_words(comity_command: Run, seeded: Path) -> None:
    done = comity_command("why", "act:kosgeb-kobia-mou-2019-signing", "--store", seeded)
    assert done.code == 0
    assert "⟦14 May 2019⟧ in ⟦Ankara⟧." in done.out
    found = json.loads(comity_command("why", "KOSGEB", "--format", "json", "--store", seeded).out)
    assert len(found["sentences"]) == 9


def test_the_other_verbs_answer(comity_command: Run, seeded: Path, tmp_path: Path) -> None:
    described = comity_command("describe", "KOSGEB", "--store", seeded).out
    assert described.startswith("KOSGEB  <https://w3id.org/comity/id/agency/kosgeb>\n  is agency\n")
    found = json.loads(comity_command("info", "--format", "json", "--store", seeded).out)
    assert found["triples"] > 3_000
    assert "post-holders" in comity_command("queries").out
    picture = tmp_path / "people.svg"
    done = comity_command("network", "person-person", "-o", picture, "--store", seeded)
    assert (done.code, done.out) == (0, f"{picture}\n")
    assert "<svg" in picture.read_text(encoding="utf-8")


# Processes


def test_a_reader_that_goes_away(comity_process: Run, seeded: Path) -> None:
    query = "SELECT * { ?s ?p ?o . ?a ?b ?o }"
    process = comity_process("sparql", query, "--limit", 0, "--format", "csv", "--store", seeded)
    with process:
        assert process.stdout.readline() == b"a,b,o,p,s\r\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_full_disk(comity_process: Run, seeded: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = comity_process("info", "--store", seeded, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err == b"Error: the result cannot be written: No space left on device\n"


def test_colours_are_for_terminals_that_want_them(comity_process: Run, seeded: Path) -> None:
    """In a pseudo-terminal words are bold, with NO_COLOR they are bracketed."""
    said = []
    for environment in ({"TERM": "xterm"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        master, slave = pty.openpty()
        what = "act:kosgeb-kobia-mou-2019-signing"
        process = comity_process("why", what, "--store", seeded, stdout=slave,
                                 stdin=subprocess.DEVNULL, env=environment)  # fmt: skip
        os.close(slave)
        output = b""
        try:
            while chunk := os.read(master, 65_536):
                output += chunk
        except OSError:
            pass  # how Linux says that the other end is closed
        os.close(master)
        process.communicate(timeout=60)
        assert process.returncode == 0
        said.append(output.decode())
    assert "\x1b[1m14 May 2019\x1b[0m" in said[0]
    assert "\x1b" not in said[1]
    assert "⟦14 May 2019⟧" in said[1]


def test_output_to_a_device_or_through_a_link(
    comity_command: Callable[..., Any], seeded: Path, tmp_path: Path
) -> None:
    ask = ("sparql", "ASK { ?a ?b ?c }", "--store", seeded, "--format", "csv", "-o")
    assert comity_command(*ask, "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()
    done = comity_command(*ask, "/dev/full")
    assert (done.code, Path("/dev/full").is_char_device()) == (3, True)
    assert "/dev/full cannot be written: No space left on device" in done.err
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    assert comity_command(*ask, link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").strip() == "true"


def test_an_empty_query_is_said_to_be(comity_command: Callable[..., Any], seeded: Path) -> None:
    done = comity_command("sparql", " ", "--store", seeded)
    assert (done.code, done.out) == (3, "")
    assert "the query is empty" in done.err
