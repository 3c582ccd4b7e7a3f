# ruff: noqa: E501 - the tables of cases read better with one case a line
from __future__ import annotations

import gzip
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import comity

Run = Callable[..., Any]
Turtle = Callable[..., Path]

AGENCY = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .
"""
ONTO = ("--document", "source:note")


def triples(store: Path) -> int:
    with comity.open(store, read_only=True) as graph:
        return graph.info().triples


def test_a_load_that_accepts_all(comity_command: Run, noted: Path, turtle: Turtle) -> None:
    done = comity_command("load", turtle(AGENCY), *ONTO, "--store", noted)
    assert done.code == 0
    assert done.out == (
        "read 3 = accepted 3 + quarantined 0 + duplicate 0 + superseded 0 + out of scope 0\n"
    )


def test_a_load_that_refuses_something(comity_command: Run, noted: Path, turtle: Turtle) -> None:
    facts = turtle(AGENCY + "agency:two a comity:Agency .")
    done = comity_command("load", facts, *ONTO, "--store", noted)
    assert done.code == 1
    assert done.out.startswith("read 4 = accepted 3 + quarantined 1 + ")
    assert "Nothing shows where this comes from" in done.err
    file = Path(done.err.rpartition("refused quads and reasons: ")[2].strip())
    assert file.parent == noted / "quarantine"
    assert "# node agency:two" in file.read_text()


def test_strict_loads_nothing(comity_command: Run, noted: Path, turtle: Turtle) -> None:
    before = triples(noted)
    facts = turtle(AGENCY + "agency:two a comity:Agency .")
    done = comity_command("load", facts, *ONTO, "--strict", "--store", noted)
    assert done.code == 1
    assert "nothing was loaded: --strict" in done.err
    assert triples(noted) == before


def test_the_quarantine_file_goes_where_it_is_wanted(
    comity_command: Run, noted: Path, turtle: Turtle, tmp_path: Path
) -> None:
    facts = turtle("agency:two a comity:Agency .")
    wanted = tmp_path / "refused.trig"
    done = comity_command("load", facts, *ONTO, "--quarantine", wanted, "--store", noted)
    assert done.code == 1
    assert wanted.exists()


def test_standard_input(comity_command: Run, noted: Path, turtle: Turtle) -> None:
    content = turtle(AGENCY).read_bytes()
    done = comity_command("load", "-", *ONTO, "--store", noted, stdin=gzip.compress(content))
    assert (done.code, done.out.split(" + ")[0]) == (0, "read 3 = accepted 3")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"", "a.ttl is empty: there is nothing to load"),
        ("a.ttl", b"@prefix a: <http://a/> .\n\na:b a .\n", "a.ttl, line 3, column "),
        ("a.ttl", b'<http://a/> <http://b/> "\xfc" .', "a.ttl, line 1, column "),
        ("a.nt", b'<http://a/> <http://b/> "\xfc" .', "UTF-8"),
        ("a.jsonld", b'{"@id": "http://a/", "http://b/": "\xfc"}', "UTF-8"),
        ("a.rdf", b"<rdf", "a.rdf: "),
        ("a.jsonld", b'{"@context": "https://example.org/c"}', "a.jsonld"),
        ("a.ttl.gz", b"\x1f\x8b", "a.ttl.gz is a damaged or cut-off gzip file"),
        ("a.ttl", gzip.compress(b"<http://a/> <http://b/> <http://c/> ." * 999, mtime=0)[:40],
         "a.ttl is a damaged or cut-off gzip file"),
        ("a.doc", b"a,b\n", "a.doc: the suffix .doc does not tell the RDF format; give --format"),
        ("a.xlsx", b"PK", "a.xlsx is a spreadsheet's own format: save it as “CSV UTF-8”"),
        ("a.csv", b"PK\x03\x04\0\0", "a.csv is a spreadsheet's own format under another name"),
        ("a.csv", b"x" * 9999 + b",name\n", "xxx…' is no column of any template"),
        ("agencies.csv", b"name,sentences\nA,2\n" + b"x" * 200_000 + b",2\n",
         "after row 2: a cell holds more than 131,072 characters: shorten it"),
        ("a", b"", "the suffix (none) does not tell the RDF format"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_loads_nothing(
    comity_command: Run, noted: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    before = triples(noted)
    (tmp_path / name).write_bytes(content)
    done = comity_command("load", tmp_path / name, *ONTO, "--store", noted)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("Error: ")
    assert message in done.err
    assert len(done.err.splitlines()) == 1
    assert triples(noted) == before


@pytest.mark.parametrize(
    ("file", "message"),
    [("none.ttl", "cannot be read: No such file"), (".", "is a directory: name the files in it")],
)
def test_what_is_not_there(
    comity_command: Run, noted: Path, tmp_path: Path, file: str, message: str
) -> None:
    done = comity_command("load", tmp_path / file, "--store", noted)
    assert done.code == 3
    assert message in done.err


@pytest.mark.parametrize(
    ("quad", "message"),
    [
        ("agency:one a comity:Agencyy .", "comity:Agencyy is not a term of the ontology; did you mean comity:Agency?"),
        ("agency:one dcterms:type code:sme-agencie .", "did you mean code:sme-agency?"),
        ("agency:one dcterms:date '2021-02-30'^^xsd:date .", '"2021-02-30" is not a date'),
        ("agency:one dcterms:date '25.02.2021'^^xsd:date .", '"25.02.2021" is not a date'),
        ("agency:one dcterms:date 'yesterday'^^xsd:date .", '"yesterday" is not a date'),
        ("""claim:c a comity:Claim ; skos:prefLabel "C"@en ; comity:claimantUnstated true ;
            comity:text "anything" ; prov:wasDerivedFrom p:3 .""",
         "is not found in any passage"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words(
    comity_command: Run, noted: Path, turtle: Turtle, quad: str, message: str
) -> None:
    done = comity_command("load", turtle(quad), *ONTO, "--store", noted)
    assert done.code == 1
    assert message in done.err


def test_documents_must_be_there(comity_command: Run, noted: Path, turtle: Turtle) -> None:
    done = comity_command("load", turtle(AGENCY), "--document", "source:no", "--store", noted)
    assert done.code == 3
    assert "source:no is not a document of this store: add it first" in done.err
    done = comity_command("load", turtle(AGENCY), "--document", "nope:no", "--store", noted)
    assert done.code == 2
    assert "Unknown prefix 'nope'" in done.err


def test_a_file_must_be_named(comity_command: Run) -> None:
    done = comity_command("load")
    assert done.code == 2
    assert "Missing argument 'FILE...'" in done.err


# Lines too long


LONG = 200 * 1024 * 1024


def long_file(path: Path, before: bytes, after: bytes) -> Path:
    """Write a line of 200 MB."""
    with path.open("wb") as stream:
        stream.write(before)
        for _ in range(LONG >> 20):
            stream.write(b"x" * (1 << 20))
        stream.write(after)
    return path


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("a.ttl", b'<http://a/> <http://b/> "', b'" .\n', "too long for the parser"),
        ("a.jsonld", b'{"@id": "http://a/", "http://b/": "', b'"}', "a.jsonld"),
        ("a.txt", b"", b"", "more than the 67,108,864 bytes that a document may have"),
    ],
)
def test_a_line_of_200_megabytes_is_answered_quickly_in_little_memory(
    comity_process: Run, tmp_path: Path, name: str, before: bytes, after: bytes, message: str
) -> None:
    file = long_file(tmp_path / name, before, after)
    verb = ["document", "add"] if name.endswith(".txt") else ["load"]
    began = time.monotonic()
    limit = 1536 * 1024 * 1024
    process = comity_process(
        *verb, file, "--store", tmp_path / "store",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    out, err = process.communicate(timeout=60)
    file.unlink()
    assert (process.returncode, out) == (3, b"")
    assert message in err.decode()
    assert b"Traceback" not in err
    assert time.monotonic() - began < 20


# Interrupts


def test_an_interrupted_load_leaves_the_store_as_it_was(
    comity_process: Run, noted: Path, tmp_path: Path
) -> None:
    before = triples(noted)
    file = tmp_path / "many.nt"
    line = '<https://w3id.org/comity/id/agency/{0}> <http://xmlns.com/foaf/0.1/name> "{0}" .\n'
    with file.open("w") as stream:
        stream.writelines(line.format(number) for number in range(400_000))
    process = comity_process("load", file, *ONTO, "--store", noted)
    time.sleep(1.5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert b"Interrupted; nothing half-done is in the store." in err
    assert triples(noted) == before
    with comity.open(noted) as graph:
        assert graph.info().triples == before


# Stores


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("file", "is a file: a store is a directory"),
        ("file/below", "cannot be used as a store"),
        ("/proc/none", "cannot be used as a store"),
        ("other", "is not a Comity store (it holds x.txt)"),
    ],
)
def test_a_place_that_is_no_store(
    comity_command: Run, tmp_path: Path, turtle: Turtle, place: str, message: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").touch()
    done = comity_command("load", turtle(AGENCY), "--store", tmp_path / place)
    assert (done.code, done.out) == (3, "")
    assert message in done.err


def test_an_address_is_not_supported_yet(comity_command: Run, turtle: Turtle) -> None:
    done = comity_command("load", turtle(AGENCY), "--store", "https://example.org/sparql")
    assert done.code == 4
    assert "is a URL: this version opens a directory" in done.err


def test_a_locked_store(comity_process: Run, noted: Path, turtle: Turtle) -> None:
    with comity.open(noted):
        process = comity_process("load", turtle(AGENCY), *ONTO, "--store", noted)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert b"is being written by another process: wait for it to finish" in err


def test_the_store_of_the_environment(comity_process: Run, noted: Path, turtle: Turtle) -> None:
    process = comity_process("load", turtle(AGENCY), *ONTO, env={"COMITY_STORE": str(noted)})
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.startswith(b"read 3 = accepted 3")


# Documents


@pytest.mark.parametrize(
    ("content", "options", "code", "message"),
    [
        (b"", (), 3, "is empty: there is no text to keep"),
        (b"caf\xe9\n", (), 3, "is not UTF-8 (line 1, byte 3): save it as UTF-8 text"),
        (b"A text.", ("--issued", "25.02.2021"), 2, "'25.02.2021' is not a day of the calendar: write it as 2021-02-25"),
        (b"A text.", ("--issued", "2021-02-30"), 2, "is not a day of the calendar"),
        (b"A text.", ("--issued", "2021-W08-4"), 2, "is not a day of the calendar"),
        (b"A text.", ("--language", "in English"), 3, "is not a language tag"),
        (b"A text.", ("--id", "…"), 3, "no identifier can be made of"),
    ],
)  # fmt: skip
def test_a_document_that_is_none(
    comity_command: Run, tmp_path: Path, content: bytes, options: tuple[str, ...], code: int,
    message: str,
) -> None:  # fmt: skip
    (tmp_path / "text.txt").write_bytes(content)
    done = comity_command(
        "document", "add", tmp_path / "text.txt", *options, "--store", tmp_path / "store"
    )
    assert (done.code, done.out) == (code, "")
    assert message in done.err


def test_a_document_is_added_once(comity_command: Run, tmp_path: Path, note: Path) -> None:
    add = ("document", "add", note, "--issued", "2020-05-04", "--store", tmp_path / "store")
    first, second = comity_command(*add), comity_command(*add)
    assert (first.code, second.code) == (0, 0)
    assert first.out == second.out == "https://w3id.org/comity/id/source/note\n"
    assert "3 passages" in first.err
    assert "nothing changed: the store has this document already" in second.err
    assert comity_command("--quiet", *add).err == ""


# Validation


@pytest.mark.parametrize(
    ("facts", "fail_on", "code"),
    [
        ("agency:two a comity:Agency .", "violation", 1),
        ("agency:two a comity:Agency .", "never", 0),
        (AGENCY, "violation", 0),
        (AGENCY, "warning", 1),
        (AGENCY, "info", 1),
    ],
)
def test_the_exit_code_of_validate(
    comity_command: Run, noted: Path, turtle: Turtle, facts: str, fail_on: str, code: int
) -> None:
    before = triples(noted)
    done = comity_command("validate", turtle(facts), "--fail-on", fail_on, "--store", noted)
    assert done.code == code
    assert ("does not conform" in done.out) == ("agency:two" in facts)
    assert triples(noted) == before


def test_validate_checks_the_store(comity_command: Run, seeded: Path) -> None:
    assert comity_command("validate", "--store", seeded).code == 0
    done = comity_command("validate", "--store", seeded, "--format", "json", "--fail-on", "info")
    assert done.code == (1 if '"info"' in done.out else 0)


def test_the_version(comity_process: Run) -> None:
    out, err = comity_process("--version").communicate(timeout=60)
    assert (out[:7], err) == (b"comity ", b"")


def test_a_document_from_standard_input(comity_command, tmp_path):
    store = tmp_path / "store"
    text = b"A headline\n\nOne sentence. And another.\n"
    done = comity_command("document", "add", "-", "--store", store, stdin=text)
    assert (done.code, done.out) == (3, "")
    assert "needs an identifier: give one with --id" in done.err
    done = comity_command("document", "add", "-", "--id", "note", "--store", store, stdin=text)
    assert (done.code, done.out) == (0, "https://w3id.org/comity/id/source/note\n")
    assert "3 passages" in done.err


def test_no_standard_output(comity_process, tmp_path):
    shell = f"exec {sys.executable} -m comity_cli.main queries 1>&-"
    done = subprocess.run(
        ["sh", "-c", shell],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert (done.returncode, done.stderr) == (3, "Error: there is no standard output to write to\n")


def test_without_shapes_the_other_checks_stay(
    comity_command: Run, noted: Path, turtle: Turtle
) -> None:
    # no evidence, which a shape asks for; a code that no scheme has; a word that is no date
    facts = turtle(
        "agency:two a comity:Agency .\n"
        "agency:three a comity:Agency ; dcterms:type code:sme-agencie .\n"
        "agency:four dcterms:date 'yesterday'^^xsd:date ."
    )
    done = comity_command("load", facts, *ONTO, "--no-validate", "--store", noted)
    assert done.code == 1
    assert done.out.startswith("read 4 = accepted 1 + quarantined 3 + ")
    assert "the shapes were left out: --no-validate" in done.err
    assert "Nothing shows where this comes from" not in done.err
    assert "is not a declared code" in done.err
    assert "is not a date" in done.err
    with comity.open(noted, read_only=True) as graph:
        assert graph.sparql("ASK { GRAPH graph:meta { ?load comity:shapesChecked false } }")
        assert not graph.validate().conforms
    checked = comity_command("load", turtle(AGENCY, "more.ttl"), *ONTO, "--store", noted)
    assert "the shapes were left out" not in checked.err
    with comity.open(noted, read_only=True) as graph:
        assert len(list(graph.sparql("SELECT * { ?load comity:shapesChecked ?any }"))) == 1
