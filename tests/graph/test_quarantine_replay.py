"""Listing, mending, replaying and dropping what was set aside, with real files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.errors import InputError, NotSupported, ParameterError, StoreError
from comity.gate import set_aside
from comity.gate.report import Refusal
from comity.quarantine import files
from comity.readers import RdfFile
from comity.validation import Result, Severity
from comity_ontology.prefixes import GRAPHS, expand
from comity_ontology.terms import COMITY

Turtle = Callable[..., Path]
Contents = Callable[[comity.Graph], set[str]]

NOTE = "source:note"
ONE = 'agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .\n'
TWO = 'agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en .\n'  # no evidence
THREE = (
    'agency:three a comity:Agency ; comity:acronim "A3" ; skos:prefLabel "Agency Three"@en ; '
    "prov:wasDerivedFrom p:3 .\n"  # no such term
)
SOURCE = "<https://w3id.org/comity/graph/source/note>"
MENDED = (
    f"{SOURCE} {{ agency:two prov:wasDerivedFrom <https://w3id.org/comity/id/passage/note/2> }}\n"
)


@pytest.fixture
def kept(tmp_path: Path, note: Path) -> Iterator[comity.Graph]:
    """A store on disk that has the note."""
    with comity.open(tmp_path / "store") as opened:
        opened.add_document(note)
        yield opened


def refused(
    graph: comity.Graph, turtle: Turtle, text: str = ONE + TWO + THREE, name: str = "facts.ttl"
) -> Path:
    """Load something with faults; return the quarantine file."""
    report = graph.load(turtle(text, name), document=NOTE)
    assert report.quarantine is not None
    return report.quarantine


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def quads(file: Path) -> set[str]:
    return {str(quad) for quad in RdfFile(str(file)).quads()}


def names(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir())


def test_what_is_set_aside_is_listed(kept: comity.Graph, turtle: Turtle) -> None:
    assert kept.quarantine() == ()
    file = refused(kept, turtle)
    (one,) = kept.quarantine()
    assert (one.load, one.files, one.path) == (file.stem, ("facts.ttl",), file)
    assert (one.nodes, one.quads) == (2, 6)
    assert one.reasons == {expand("shape:WellFormed"): 1, expand("shape:evidence"): 1}
    assert one.recorded
    assert not one.fault
    assert one.started is not None
    assert f"{one.started:%Y%m%dT%H%M%S}" == file.stem.split("-")[0]


def test_the_list_counts_what_the_file_holds_now(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle)
    edit(file, "\tagency:three comity:acronim", "\tagency:four comity:acronim")
    (one,) = kept.quarantine()
    assert (one.nodes, one.quads) == (2, 6)
    assert one.reasons == {expand("shape:evidence"): 1}


def test_what_is_set_aside_is_shown_with_reasons_and_sentences(
    kept: comity.Graph, turtle: Turtle
) -> None:
    file = refused(kept, turtle)
    three, two = kept.quarantined(file.stem[:8])
    assert (two.label, two.passages) == ("Agency Two", {})
    assert [reason.shape for reason in two.reasons] == [expand("shape:evidence")]
    assert "did you mean comity:acronym?" in three.reasons[0].message
    assert three.label == "Agency Three"
    assert three.passages == {expand("passage:note/3"): "They signed nothing."}
    assert sorted(three.statements()) == [
        'comity:acronim "A3"',
        "prov:wasDerivedFrom passage:note/3",
        "rdf:type comity:Agency",
        'skos:prefLabel "Agency Three"@en',
    ]
    assert kept.quarantined(file.stem, "agency:two") == (two,)
    with pytest.raises(ParameterError, match="has set nothing aside about agency:one"):
        kept.quarantined(file.stem, "agency:one")


def test_what_is_mended_goes_in_and_the_rest_stays(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle)
    edit(file, "acronim", "acronym")
    done = kept.replay(file.stem)
    assert done.report.conservation() == (
        "read 6 = accepted 4 + quarantined 2 + duplicate 0 + superseded 0 + out of scope 0"
    )
    (one,) = done.loads
    assert (one.load, one.read, one.left, one.added) == (file.stem, 6, 2, 1)
    assert [str(quad.object) for quad in one.taken_out] == ['"A3"']
    assert quads(file) == {
        f"<{expand('agency:two')}> <{expand('rdf:type')}> <{COMITY.Agency}> {SOURCE}",
        f'<{expand("agency:two")}> <{expand("skos:prefLabel")}> "Agency Two"@en {SOURCE}',
    }
    text = file.read_text(encoding="utf-8")
    assert "# reason [violation] shape:evidence: Nothing shows" in text
    assert f"run: comity quarantine replay {file.stem}" in text
    assert "three" not in text

    add(file, MENDED)
    assert kept.replay(file.stem).report.refused == ()
    assert names(file) == [f"{file.stem}.json"]  # for the statement that was changed by hand
    content = json.loads(set_aside.beside(file).read_text(encoding="utf-8"))
    assert content["refused"] == []
    assert ["acronim" in line for line in content["taken_out"]] == [True]


def test_the_record_of_a_replay_names_the_load(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle, TWO)
    before = kept.info().triples
    assert kept.replay(file.stem).report.accepted == 0
    assert kept.info().triples == before  # nothing went in, so nothing is recorded
    add(file, MENDED)
    done = kept.replay(everything=True)
    (row,) = list(
        kept.sparql(
            "SELECT ?replay ?load ?in ?file { ?replay a comity:Load ; prov:wasInformedBy ?load ;"
            " comity:acceptedCount ?in ; dcterms:source ?file }"
        )
    )
    assert [str(value) for value in row] == [
        expand(f"load:{done.report.load}"),
        expand(f"load:{file.stem}"),
        "3",
        file.name,
    ]
    assert names(file) == []
    assert kept.validate().conforms


def test_what_is_taken_out_by_hand_is_said_and_kept(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle)
    before = quads(file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.partition("# node agency:three")[0], encoding="utf-8")
    done = kept.replay(file.stem)
    assert (done.report.read, done.loads[0].left) == (0, 0)
    assert {str(quad) for quad in done.loads[0].taken_out} == before
    assert names(file) == [f"{file.stem}.json"]
    kept_beside = set_aside.read(set_aside.beside(file))
    assert kept_beside is not None
    assert {str(quad) for quad in kept_beside.taken_out} == before


def test_a_dry_run_changes_nothing(kept: comity.Graph, turtle: Turtle, contents: Contents) -> None:
    file = refused(kept, turtle)
    edit(file, "acronim", "acronym")
    before, text = contents(kept), file.read_bytes()
    done = kept.replay(file.stem, dry_run=True)
    assert (done.report.accepted, done.loads[0].left) == (4, 2)
    assert not done.report.committed
    assert (contents(kept), file.read_bytes()) == (before, text)


def test_another_file_stands_for_it(kept: comity.Graph, turtle: Turtle, tmp_path: Path) -> None:
    file = refused(kept, turtle, TWO)
    other = tmp_path / "mended.trig"
    other.write_text(file.read_text(encoding="utf-8") + MENDED, encoding="utf-8")
    before = other.read_bytes()
    assert kept.replay(file.stem, mended=other).report.accepted == 3
    assert not file.exists()
    assert other.read_bytes() == before
    # The load is recorded still, so what is left of another file comes back to its place.
    other.write_text(before.decode().replace("agency:two", "agency:new").replace(MENDED, ""))
    edit(other, "agency:new prov:wasDerivedFrom", "agency:new skos:altLabel")
    assert kept.replay(file.stem, mended=other).loads[0].left == 3
    assert quads(file) == quads(other)


def test_loads_that_depend_on_each_other_replay_as_one(
    kept: comity.Graph, turtle: Turtle, contents: Contents
) -> None:
    """Each of two posts is of an agency in the other file; neither file could go in alone."""
    texts = [
        f"{agency} a comity:Agency ; org:subOrganizationOf {other} ; "
        f'skos:prefLabel "{agency}"@en ; prov:wasDerivedFrom p:99 .\n'
        for agency, other in (("agency:one", "agency:top"), ("agency:top", "country:x"))
    ]
    texts[1] += 'country:x a comity:Country ; skos:prefLabel "X"@en ; prov:wasDerivedFrom p:2 .\n'
    found = [refused(kept, turtle, text) for text in texts]
    for file in found:
        edit(file, "note\\/99", "note\\/2")
    done = kept.replay(found[1].stem, found[0].stem)
    assert done.report.refused == ()
    assert [one.load for one in done.loads] == sorted(file.stem for file in found)
    assert kept.quarantine() == ()


def test_a_statement_in_two_files_stays_in_one(kept: comity.Graph, turtle: Turtle) -> None:
    first = refused(kept, turtle, TWO)
    again = kept.load(turtle(TWO), document=NOTE)
    done = kept.replay(everything=True)
    assert done.report.conservation() == (
        "read 4 = accepted 0 + quarantined 2 + duplicate 2 + superseded 0 + out of scope 0"
    )
    assert sorted((one.load, one.left) for one in done.loads) == sorted(
        [(min(first.stem, again.load), 2), (max(first.stem, again.load), 0)]
    )


@pytest.mark.parametrize("step", ["committed", "noted"])
def test_a_process_that_is_killed_midway_loses_nothing(
    kept: comity.Graph, turtle: Turtle, contents: Contents, step: str
) -> None:
    """After the commit, or after the file for machines: a second replay tidies up."""
    file = refused(kept, turtle)
    edit(file, "acronim", "acronym")
    beside = set_aside.beside(file)
    trig, note = file.read_bytes(), beside.read_bytes()
    done = kept.replay(file.stem)
    after, left, store = quads(file), beside.read_bytes(), contents(kept)
    file.write_bytes(trig)
    if step == "committed":
        beside.write_bytes(note)
    (file.parent / ".half.part").write_text("half")
    again = kept.replay(file.stem)
    assert (again.report.accepted, again.report.duplicate) == (0, done.report.accepted)
    assert (quads(file), contents(kept)) == (after, store)
    assert json.loads(beside.read_bytes())["taken_out"] == json.loads(left)["taken_out"]
    assert names(file) == [f"{file.stem}.json", file.name]


def test_a_file_that_was_loaded_by_hand_goes_away(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle, TWO)
    add(file, MENDED)
    assert kept.load(file).accepted == 3
    done = kept.replay(file.stem)
    assert (done.report.read, done.report.duplicate) == (3, 3)
    assert names(file) == []


def test_a_load_that_was_never_committed_is_told(kept: comity.Graph, turtle: Turtle) -> None:
    """Its process was killed after it wrote the file: there is no record of it."""
    file = refused(kept, turtle, TWO)
    orphan = file.with_name("20200101T000000-abcdef.trig")
    orphan.write_bytes(file.read_bytes())
    assert [(one.load, one.recorded) for one in kept.quarantine()] == [
        (orphan.stem, False),
        (file.stem, True),
    ]
    add(orphan, MENDED)
    assert kept.replay(orphan.stem).report.accepted == 3
    assert kept.validate().conforms  # and no record that informs of a load that never was


def test_a_slip_of_the_pen_is_told_with_its_line(
    kept: comity.Graph, turtle: Turtle, contents: Contents
) -> None:
    file = refused(kept, turtle)
    line = file.read_text(encoding="utf-8").split("\n").index("# node agency:two") + 5
    edit(file, 'skos:prefLabel "Agency Two"@en .', "skos:prefLabel Agency Two .")
    before, text = contents(kept), file.read_bytes()
    for act in (
        lambda: kept.replay(everything=True),
        lambda: kept.quarantined(file.stem),
        lambda: kept.drop(file.stem, why="x", by="x"),
    ):
        with pytest.raises(InputError, match=rf"{file.name}, line {line}, column .*: "):
            act()
    assert (contents(kept), file.read_bytes()) == (before, text)
    (one,) = kept.quarantine()
    assert f"line {line}" in one.fault
    file.write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        kept.replay(file.stem)
    set_aside.beside(file).write_text("{")
    file.write_bytes(text)
    edit(file, "skos:prefLabel Agency Two .", 'skos:prefLabel "Agency Two"@en .')
    with pytest.raises(InputError, match=rf"{file.stem}.json is damaged .*move it away"):
        kept.replay(file.stem)


def test_statements_without_a_graph_go_to_the_document_of_the_load(
    kept: comity.Graph, turtle: Turtle
) -> None:
    file = refused(kept, turtle, TWO)
    documents = kept.info().documents
    add(file, "agency:two prov:wasDerivedFrom <https://w3id.org/comity/id/passage/note/2> .\n")
    add(file, '[] a foaf:Person ; skos:prefLabel "P"@en ; prov:wasDerivedFrom passage:note\\/2 .\n')
    done = kept.replay(file.stem)
    assert (done.report.accepted, done.report.quarantined) == (6, 0)
    assert kept.info().documents == documents
    graphs = {row[0] for row in kept.sparql("SELECT ?g { GRAPH ?g { ?s prov:wasDerivedFrom ?p } }")}
    assert graphs == {f"{GRAPHS.SOURCE}note"}


def test_statements_without_a_graph_need_one_document(
    kept: comity.Graph, turtle: Turtle, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Other\n\nA sentence.\n")
    kept.add_document(other)
    both = f"{SOURCE} {{ {TWO} }} <{GRAPHS.SOURCE}other> {{ {ONE} }}"
    file = refused(kept, turtle, both, "facts.trig")
    add(file, "agency:two a foaf:Agent .\n")
    with pytest.raises(InputError, match=r"about agency:two in what load .* has no graph"):
        kept.replay(file.stem)


def test_words_are_kept_as_they_were_written(kept: comity.Graph, turtle: Turtle) -> None:
    """The engine would write 01 as 1 and a byte as an integer, and knows no other kind of 1."""
    text = (
        'agency:two a comity:Agency ; schema:a 01, "7"^^xsd:byte, "1"^^xsd:boolean ;'
        ' schema:b "x\\n# node"@az, "2020-05-03T10:00:00.000Z"^^xsd:dateTime ;'
        ' schema:c <<( agency:a rdfs:label "é"@az )>> .'
    )
    file = refused(kept, turtle, text)
    written = {
        f"{quad} {SOURCE}"
        for quad in ox.parse(turtle(text).read_bytes(), format=ox.RdfFormat.TURTLE)
    }
    assert quads(file) == {one.replace(f" {SOURCE}", "").strip() + f" {SOURCE}" for one in written}
    kept.replay(file.stem)
    assert quads(file) == {one.replace(f" {SOURCE}", "").strip() + f" {SOURCE}" for one in written}
    beside = set_aside.read(set_aside.beside(file))
    assert beside is not None
    assert {str(quad) for quad in beside.quads} == quads(file)


def test_giving_up_says_who_and_why(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle)
    before = quads(file)
    done = kept.drop(file.stem, "agency:two", why="No source\nnames it.", by="Ada \u202eLark")
    assert done.path is not None
    assert (done.load, done.quads, done.by) == (file.stem, 2, "Ada \u202eLark")
    assert quads(done.path) | quads(file) == before
    assert not quads(done.path) & quads(file)
    text = done.path.read_text(encoding="utf-8")
    assert "# Why: No source names it.\n" in text
    assert "\u202e" not in text.partition("@prefix")[0]
    assert "# reason [violation] shape:evidence" in text
    assert [one.nodes for one in kept.quarantine()] == [1]

    last = kept.drop(file.stem, why="The rest too", by="Ada")
    assert names(file) == ["dropped"]
    assert set(kept.drops()) == {done, last}  # in the order of their seconds
    assert kept.validate().conforms
    # Whoever thinks better of it loads the file.
    add(done.path, MENDED)
    assert kept.load(done.path).accepted == 3


def test_a_copy_with_an_odd_name_is_a_file_like_any_other(
    kept: comity.Graph, turtle: Turtle
) -> None:
    file = refused(kept, turtle, TWO)
    odd = file.with_name("a> } ; DROP ALL # ü.trig")
    odd.write_bytes(file.read_bytes())
    assert [one.load for one in kept.quarantine()] == [file.stem, odd.stem]
    assert kept.replay(odd.stem).loads[0].left == 2
    done = kept.drop(odd.stem, why="It is a copy.", by="Ada")
    assert kept.drops() == (done,)
    assert done.load == odd.stem
    assert [one.load for one in kept.quarantine()] == [file.stem]
    assert kept.validate().conforms


def test_nothing_is_given_up_in_silence(kept: comity.Graph, turtle: Turtle) -> None:
    file = refused(kept, turtle)
    before, text = kept.info(), file.read_bytes()
    for why, by in (("", "Ada"), ("because", " "), ("\udcff", "Ada")):
        with pytest.raises(ParameterError, match=r"give --|is not UTF-8 text"):
            kept.drop(file.stem, why=why, by=by)
    with pytest.raises(ParameterError, match="has set nothing aside about agency:four"):
        kept.drop(file.stem, "agency:four", why="because", by="Ada")
    assert (kept.info(), file.read_bytes(), kept.drops()) == (before, text, ())


def test_which_load_is_meant(kept: comity.Graph, turtle: Turtle, tmp_path: Path) -> None:
    file = refused(kept, turtle, TWO)
    (file.parent / f"{file.stem}0.trig").write_bytes(file.read_bytes())
    assert kept.quarantined(file.stem)  # a name in full is no beginning
    with pytest.raises(ParameterError, match=r"can be .*, .*: write more of it"):
        kept.replay(file.stem[:10])
    for wrong in ("", "2019", "../store/comity", "/etc/passwd"):
        with pytest.raises(ParameterError, match="has anything set aside"):
            kept.replay(wrong)
        with pytest.raises(ParameterError, match="has anything set aside"):
            kept.replay(wrong, mended=file)
    with pytest.raises(ParameterError, match="name the loads"):
        kept.replay()
    with pytest.raises(ParameterError, match="not both"):
        kept.replay(file.stem, everything=True)
    with pytest.raises(ParameterError, match="name that load"):
        kept.replay(everything=False, mended=file)
    with pytest.raises(InputError, match="cannot be read"):
        kept.replay(file.stem, mended=tmp_path / "nowhere.trig")


def test_a_store_in_memory_has_no_quarantine() -> None:
    with comity.open() as graph:
        assert graph.quarantine() == ()
        assert graph.drops() == ()
        assert graph.replay(everything=True).loads == ()
        with pytest.raises(NotSupported, match="keep the store in a directory"):
            graph.replay("2020")


def test_what_is_edited_during_a_replay_is_left_alone(
    kept: comity.Graph, turtle: Turtle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves the file between its reading and its writing."""
    file = refused(kept, turtle)
    edit(file, "acronim", "acronym")
    read = files.QuarantineFile.read

    def read_then_saved(self: files.QuarantineFile, *rest: object) -> object:
        found = read(self, *rest)  # type: ignore[arg-type]
        add(file, MENDED)
        return found

    monkeypatch.setattr(files.QuarantineFile, "read", read_then_saved)
    done = kept.replay(file.stem)
    assert done.report.accepted == 4
    assert done.loads[0].edited_meanwhile
    monkeypatch.undo()
    assert MENDED in file.read_text(encoding="utf-8")
    again = kept.replay(file.stem)
    assert (again.report.accepted, again.report.duplicate, again.report.refused) == (3, 4, ())


def test_a_file_that_cannot_be_replaced_is_told(
    kept: comity.Graph, turtle: Turtle, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = refused(kept, turtle)
    edit(file, "acronim", "acronym")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match=r"cannot be written: No space left on device"):
        kept.replay(file.stem)
    monkeypatch.undo()
    assert names(file) == [f"{file.stem}.json", file.name]
    assert kept.replay(file.stem).report.duplicate == 4


def test_reasons_come_back_as_they_were(tmp_path: Path) -> None:
    given = (Severity.WARNING, "https://example.org/s", "https://example.org/n", "", "", "Mend.")
    inner = Result(*given, passages=("https://example.org/p",))
    outer = Result(
        *given,
        value_passages=("https://example.org/q",),
        details=(inner,),
        way=(("https://example.org/n", "https://example.org/s"),),
    )
    kept = set_aside.SetAside(
        load="one",
        files=("a.ttl",),
        started=datetime(2026, 1, 1, tzinfo=UTC),
        refused=(Refusal("https://example.org/n", (outer, inner), ()),),
        taken_out=(),
    )
    set_aside.write(tmp_path / "one.json", kept)
    back = set_aside.read(tmp_path / "one.json")
    assert back is not None
    assert back == kept
    assert {reason for refusal in back.refused for reason in refusal.reasons} == {outer, inner}
