"""``comity validate --shapes``: against shapes of one's own, and what can be wrong with them."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.validation import read_shapes

Run = Callable[..., Any]
AGENCY = 'agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .'
LONG_NAMES = """
shape:Own a sh:NodeShape ; rdfs:label "agency"@en ; sh:targetClass comity:Agency ; sh:property [
    sh:path skos:prefLabel ; sh:minLength 11 ; sh:message "Too short: {$value}."@en ] .
"""


@pytest.fixture
def store(tmp_path: Path, note: Path, turtle: Callable[..., Path]) -> Path:
    """A store with an agency whose name has ten characters, and that lacks much else."""
    directory = tmp_path / "store"
    with comity.open(directory) as graph:
        graph.add_document(note)
        assert not graph.load(turtle(AGENCY), document="note").refused
    return directory


def test_a_store_is_checked_against_these_shapes_only(
    comity_command: Run, store: Path, turtle: Callable[..., Path]
) -> None:
    shapes = turtle(LONG_NAMES, "own.ttl")
    done = comity_command("validate", "--store", store, "--shapes", shapes, "--format", "json")
    said = json.loads(done.out)
    assert done.code == 1
    assert [(one["focus"], one["message"], one["code"]) for one in said["results"]] == [
        ("https://w3id.org/comity/id/agency/one", "Too short: Agency One.", "_:b1")
    ]
    assert said["shapes"][0]["name"] == "agency: skos:prefLabel"


def test_what_conforms_conforms(
    comity_command: Run, store: Path, turtle: Callable[..., Path]
) -> None:
    shapes = turtle(LONG_NAMES.replace("11", "10"), "own.ttl")
    done = comity_command("validate", "--store", store, "--shapes", shapes)
    assert (done.code, done.out[:9]) == (0, "conforms:")


def test_several_files_are_one_shapes_graph(
    comity_command: Run, store: Path, turtle: Callable[..., Path]
) -> None:
    first = turtle("shape:Own sh:targetClass comity:Agency ; sh:node shape:Long .", "a.ttl")
    second = turtle("shape:Long sh:property [ sh:path skos:altLabel ; sh:minCount 1 ] .", "b.ttl")
    options = ("--shapes", first, "--shapes", second, "--format", "json")
    done = comity_command("validate", "--store", store, *options)
    assert done.code == 1
    assert [one["shape"] for one in json.loads(done.out)["results"]] == [
        "https://w3id.org/comity/shape/Own"
    ]
    alone = comity_command("validate", "--store", store, "--shapes", first)
    assert alone.code == 0


def test_a_file_is_checked_against_these_shapes_alone_or_with_a_store(
    comity_command: Run, store: Path, note: Path, turtle: Callable[..., Path]
) -> None:
    shapes = turtle(LONG_NAMES, "own.ttl")
    two = turtle(AGENCY.replace("one", "two").replace("One", "2"), "two.ttl")
    for place in ([], ["--store", store, "--document", "note"]):
        options = ("--shapes", shapes, "--format", "json")
        done = comity_command("validate", two, *place, *options)
        said = json.loads(done.out)
        found = [one for one in said["results"] if one["shape"].startswith("_:")]
        assert done.code == 1
        assert [one["message"] for one in found] == ["Too short: Agency 2."]


def test_a_query_that_answers_otherwise_each_time_comes_to_an_end(
    comity_command: Run, store: Path, turtle: Callable[..., Path]
) -> None:
    """What is stored breaks the shape, with a value that is not the same when asked again."""
    shapes = turtle(
        'shape:Own sh:targetClass comity:Agency ; sh:sparql [ sh:message "Random."@en ; sh:select '
        '"SELECT $this (STR(RAND()) AS ?value) WHERE { $this ?p ?o }" ] .',
        "own.ttl",
    )
    two = turtle(AGENCY.replace("one", "two").replace("One", "2"), "two.ttl")
    options = ("--store", store, "--document", "note", "--shapes", shapes, "--format", "json")
    done = comity_command("validate", two, *options)
    said = json.loads(done.out)
    assert done.code == 1
    assert "https://w3id.org/comity/id/agency/two" in {one["focus"] for one in said["results"]}
    assert any("comity:reads" in note for note in said["notes"])


def test_one_node_is_checked_against_these_shapes(
    comity_command: Run, store: Path, turtle: Callable[..., Path]
) -> None:
    shapes = turtle(LONG_NAMES, "own.ttl")
    options = ("--store", store, "--shapes", shapes, "--focus")
    assert comity_command("validate", *options, "agency:one").code == 1
    assert comity_command("validate", *options, "passage:note/2").code == 0


def test_shapes_from_python(store: Path, turtle: Callable[..., Path]) -> None:
    file = turtle(LONG_NAMES, "own.ttl")
    with comity.open(store) as graph:
        for shapes in (file, str(file), [file], read_shapes(file)):
            assert [one.message for one in graph.validate(shapes=shapes).results] == [
                "Too short: Agency One."
            ]


def test_a_misspelt_parameter_is_named_in_the_report(
    store: Path, turtle: Callable[..., Path]
) -> None:
    shapes = turtle("shape:Own sh:targetClass comity:Agency ; sh:minLenght 5 .", "own.ttl")
    facts = turtle(AGENCY)
    with comity.open(store) as graph:
        for report in (graph.validate(shapes=shapes), graph.check_files(facts, shapes=shapes)):
            (said,) = report.notes
            assert said.endswith(
                "shape shape:Own has sh:minLenght, which is not known and not checked; "
                "did you mean sh:minLength?"
            )


@pytest.mark.parametrize("format_name", ["table", "html", "json", "turtle", "ntriples", "csv"])
def test_what_is_not_checked_is_told_in_every_format(
    comity_command: Run, store: Path, turtle: Callable[..., Path], format_name: str
) -> None:
    shapes = turtle("shape:Own sh:targetClass comity:Agency ; sh:minLenght 5 .", "own.ttl")
    done = comity_command("validate", "--store", store, "--shapes", shapes, "--format", format_name)
    assert done.code == 0
    assert "sh:minLenght" in (done.err if format_name == "csv" else done.out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shape:Own sh:targetClass", "own.ttl, line "),
        (
            "shape:Own sh:targetClass comity:Agency ; sh:node shape:Own .",
            "own.ttl: shape shape:Own leads back to itself",
        ),
        (
            'shape:Own sh:targetClass comity:Agency ; sh:maxLength "two" .',
            'own.ttl: shape shape:Own has sh:maxLength "two": give a whole number',
        ),
        (
            'shape:Own sh:targetClass comity:Agency ; sh:pattern "[\\u001B" .',
            "own.ttl: shape shape:Own has sh:pattern ",
        ),
        (
            "shape:Own sh:targetClass comity:Agency ; sh:property [ sh:minCount 1 ; "
            f"sh:path ( {'skos:prefLabel ' * 2_000} ) ] .",
            "the path has more than 1,000 steps: make it shorter",
        ),
        (
            "shape:Own sh:targetClass comity:Agency ; "
            'sh:sparql [ sh:select "SELECT ?x { ?x ?p ?o }" ] .',
            "shape shape:Own has sh:sparql: its sh:select cannot be used: it must select $this",
        ),
        (
            "shape:Own sh:targetClass comity:Agency ; sh:sparql [ "
            'sh:select "SELECT $this { SERVICE <http://example.org/> { $this ?p ?o } }" ] .',
            "line 1, column 16: SERVICE would call another server; remove it",
        ),
        (
            "shape:Own sh:targetClass comity:Agency ; sh:property [ "
            'sh:path skos:prefLabel ; sh:minCount "two" ] .',
            'has sh:minCount "two": give a whole number',
        ),
    ],
)
@pytest.mark.parametrize("with_file", [True, False])
def test_malformed_shapes_are_an_error(
    comity_command: Run,
    store: Path,
    turtle: Callable[..., Path],
    text: str,
    said: str,
    with_file: bool,
) -> None:
    shapes = turtle(text, "own.ttl")
    files = [turtle(AGENCY, "more.ttl")] if with_file else []
    done = comity_command("validate", "--store", store, "--shapes", shapes, *files)
    assert (done.code, done.out) == (3, "")
    assert said in done.err
    assert "\x1b" not in done.err


def test_a_file_of_shapes_that_is_not_there(comity_command: Run, store: Path) -> None:
    done = comity_command("validate", "--store", store, "--shapes", "none.ttl")
    assert done.code == 3
    assert "none.ttl cannot be read: No such file or directory" in done.err


def test_entailment_is_not_supported(
    comity_command: Run, store: Path, turtle: Callable[..., Path]
) -> None:
    shapes = turtle("<urn:g> sh:entailment <urn:regime> .", "own.ttl")
    done = comity_command("validate", "--store", store, "--shapes", shapes)
    assert done.code == 4


def test_the_check_of_the_store_itself_has_no_shapes(comity_command: Run, store: Path) -> None:
    done = comity_command("validate", "--store", store, "--store-check", "--shapes", "own.ttl")
    assert done.code == 2


# Four patterns that have nothing to do with each other: nobody lives to see the answer.
ENDLESS = """
shape:Endless sh:targetClass comity:Agency, comity:Passage, comity:TimePoint ; sh:sparql [ sh:select
    '''SELECT $this { $this a ?c . ?a ?b ?d . ?e ?f ?g . ?h ?i ?j . ?k ?l ?m
    FILTER(STRLEN(CONCAT(STR(?a), STR(?e), STR(?h), STR(?k))) < 3) }''' ] .
"""


@pytest.mark.parametrize("what", ["all", "a node", "a file", "a file alone"])
def test_a_query_without_end_can_be_interrupted(
    comity_process: Run, store: Path, turtle: Callable[..., Path], what: str
) -> None:
    shapes = turtle(ENDLESS, "endless.ttl")
    many = " ".join(f"agency:a{number} a comity:Agency ." for number in range(200))
    where: list[object] = ["--store", store]
    if what == "a node":
        where += ["--focus", "agency:one"]
    elif what == "a file":
        where += [turtle(many), "--document", "source:note"]
    elif what == "a file alone":
        where = ["--alone", turtle(many)]
    process = comity_process("validate", "--shapes", shapes, *where)
    time.sleep(2.5)
    assert process.poll() is None, process.communicate()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (130, b"")
    assert err.strip() == b"Interrupted; nothing half-done is in the store."
    with comity.open(store) as graph:
        assert graph.info().triples
