"""Removing a document: what goes, what stays, the file, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import comity
from comity.errors import ParameterError, StoreError
from comity.examples import SEED
from comity.store import EmbeddedStore
from comity_ontology.prefixes import GRAPHS, expand

Turtle = Callable[..., Path]
Contents = Callable[[comity.Graph], set[str]]
Holds = Callable[[comity.Graph], bool]

# Two documents: both tell of Agency One, only the second of Agency Two.
FIRST = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .
"""
SECOND = """
@prefix o: <https://w3id.org/comity/id/passage/other/> .
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; skos:altLabel "The First"@en ;
    prov:wasDerivedFrom o:2 .
agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en ; prov:wasDerivedFrom o:2 .
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    file = tmp_path / "other.txt"
    file.write_text("Another day\n\nThe First met Agency Two. They ate.\n", encoding="utf-8")
    return file


@pytest.fixture
def both(tmp_path: Path, note: Path, other: Path, turtle: Turtle) -> Iterator[comity.Graph]:
    """A store on disk with both documents."""
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        graph.add_document(other)
        assert not graph.load(turtle(FIRST), document="source:note").refused
        assert not graph.load(turtle(SECOND), document="source:other").refused
        yield graph


def test_the_release_goes_and_comes_back(
    seeded_copy: Path, contents: Contents, union_holds: Holds
) -> None:
    with comity.open() as empty:
        nothing = contents(empty)
    with comity.open(seeded_copy) as graph:
        before = contents(graph)
        removed = graph.remove_document(SEED.slug)
        assert contents(graph) == nothing
        assert union_holds(graph)
        assert graph.validate().conforms
        assert graph.documents() == ()
        assert (removed.retraction.stays, removed.retraction.leaning, removed.quads) == (0, (), ())
        assert not removed.checks.results
        assert removed.file is not None
        assert removed.file.parent == seeded_copy / "removed"
        assert [file.name for file in removed.file.parent.iterdir()] == [removed.file.name]
        kept = set(ox.parse(removed.file.read_bytes(), format=ox.RdfFormat.TRIG))
        assert len(kept) == removed.retraction.quads

        back = graph.load(removed.file)
        assert (back.refused, back.duplicate) == ((), 0)
        assert contents(graph) == before
        assert union_holds(graph)


def test_what_both_state_stays(both: comity.Graph, contents: Contents, union_holds: Holds) -> None:
    before = contents(both)
    removed = both.remove_document("source:other")
    entities = {entity.label: entity for entity in removed.retraction.entities}
    # Class and name of Agency One stay; its other name, the key of that and the link go.
    one = entities["Agency One"]
    assert (one.retracted, one.stays, one.stated_by) == (3, 2, (f"{GRAPHS.SOURCE}note",))
    # Class, name, link; and the key in curation.
    assert (entities["Agency Two"].retracted, entities["Agency Two"].stays) == (4, 0)
    # The document: type, graph, digest, title, language, text; 3 passages of 14 quads each
    # (class, kind, number, words, document, two selectors, and 3 and 2 quads of these);
    # and the key of its title.
    document = entities["Another day"]
    assert (document.retracted, document.stays) == (6 + 3 * 12 + 1, 0)
    law = removed.retraction
    assert (law.quads, law.retracted, law.stays) == (52, 50, 2)
    assert law.conservation() == "removed 52 = retracted 50 + still stated elsewhere 2"
    assert both.resolve("Agency One") == expand("agency:one")
    with pytest.raises(ParameterError, match="nothing is called 'The First'"):
        both.resolve("The First")
    assert both.validate().conforms
    assert union_holds(both)
    assert removed.file is not None
    assert not both.load(removed.file).refused
    assert contents(both) == before


def test_records_of_loads_stay(both: comity.Graph) -> None:
    ask = "SELECT ?load { ?load prov:used source:other }"
    assert len(both.sparql(ask)) == 1  # type: ignore[arg-type]
    both.remove_document("source:other")
    assert len(both.sparql(ask)) == 1  # type: ignore[arg-type]
    assert both.validate().conforms


@pytest.mark.parametrize(
    "name",
    [
        "source:other",
        "other",
        "Another day",
        "ANOTHER  DAY",
        "https://w3id.org/comity/id/source/other",
        "<https://w3id.org/comity/id/source/other>",
        "https://w3id.org/comity/graph/source/other",
    ],
)
def test_ways_to_name_a_document(both: comity.Graph, name: str) -> None:
    assert both.remove_document(name, dry_run=True).iri == expand("source:other")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("othr", "there is no document 'othr'; did you mean other"),
        ("Anoter day", "there is no document 'Anoter day'; did you mean Another day"),
        ("source:othr", "there is no document 'source:othr'; did you mean source:other"),
        ("agency:one", "there is no document 'agency:one'"),
        ("graph:ontology", "graph:ontology is no document: it holds what belongs to all"),
        ("graph:codes", "graph:codes is no document"),
        ("graph:curation", "graph:curation is no document"),
        ("graph:meta", "graph:meta is no document"),
        ("", "there is no document ''"),
        ("a b>", "there is no document 'a b>'"),
        ("\udcff", "names no document"),
    ],
)
def test_what_is_no_document(
    both: comity.Graph, contents: Contents, name: str, message: str
) -> None:
    before = contents(both)
    with pytest.raises(ParameterError, match=message):
        both.remove_document(name)
    assert contents(both) == before


def test_a_title_of_two_documents(tmp_path: Path, note: Path, other: Path) -> None:
    with comity.open() as graph:
        graph.add_document(note, title="Same")
        graph.add_document(other, title="Same")
        with pytest.raises(ParameterError, match=r"may be any of source:note, source:other: give"):
            graph.remove_document("same")


def test_a_store_without_documents() -> None:
    with comity.open() as graph, pytest.raises(ParameterError, match="the store has none"):
        graph.remove_document("note")


def test_a_read_only_store(both: comity.Graph, tmp_path: Path) -> None:
    both.close()
    with comity.open(tmp_path / "store", read_only=True) as graph:
        assert graph.remove_document("other", dry_run=True).retraction.quads == 52
        with pytest.raises(StoreError, match="reading only: nothing was removed"):
            graph.remove_document("other")


def test_no_file_no_removal(both: comity.Graph, tmp_path: Path, contents: Contents) -> None:
    before = contents(both)
    (tmp_path / "store" / "removed").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written .*; nothing was changed"):
        both.remove_document("other")
    assert contents(both) == before


def test_no_removal_no_file(
    both: comity.Graph, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = contents(both)
    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedStore, "update", full)
        with pytest.raises(OSError, match="No space"):
            both.remove_document("other")
    both.close()
    assert list((tmp_path / "store" / "removed").iterdir()) == []
    with comity.open(tmp_path / "store") as graph:
        assert contents(graph) == before


def test_what_leans_on_it_is_told(both: comity.Graph, turtle: Turtle, union_holds: Holds) -> None:
    """The first document points at an agency that only the second describes."""
    lean = """
    post:head a org:Post ; skos:prefLabel "Head of Two"@en ; org:role code:president ;
        org:postIn agency:two ; prov:wasDerivedFrom p:2 .
    """
    assert not both.load(turtle(lean, "lean.ttl"), document="source:note").refused
    dry = both.remove_document("other", dry_run=True)
    removed = both.remove_document("other")
    assert dry.retraction == removed.retraction
    assert dry.checks == removed.checks
    lacks = [(one.label, one.lacks) for one in removed.retraction.leaning]
    assert lacks == [("Head of Two", "points at agency:two, which nobody describes any more")]
    assert {result.focus for result in removed.checks.results} == {expand("post:head")}
    assert union_holds(both)


def test_evidence_of_another_graph(both: comity.Graph, turtle: Turtle) -> None:
    """A node of the first document rests on sentences of both; one on the second's alone."""
    shared = """
    @prefix o: <https://w3id.org/comity/id/passage/other/> .
    person:a a foaf:Person ; skos:prefLabel "A"@en ; prov:wasDerivedFrom p:2, o:2 .
    person:b a foaf:Person ; skos:prefLabel "B"@en ; prov:wasDerivedFrom o:3 .
    """
    assert not both.load(turtle(shared, "shared.ttl"), document="source:note").refused
    removed = both.remove_document("other")
    assert [one.passage for one in both.why("person:a").sentences] == [
        "https://w3id.org/comity/id/passage/note/2"
    ]
    lacks = [(one.label, one.lacks) for one in removed.retraction.leaning]
    assert lacks == [("B", "rests on no passage any more")]


def test_a_correction_of_words_that_only_it_had(both: comity.Graph, turtle: Turtle) -> None:
    correction = """
    GRAPH <https://w3id.org/comity/graph/curation> {
      correction:met a comity:Correction ; comity:verbatim "They ate" ;
        comity:corrected "They met" ; dcterms:type code:typo ; comity:certainty code:certain ;
        prov:wasDerivedFrom p:2, <https://w3id.org/comity/id/passage/other/3> . }
    """
    assert not both.load(turtle(correction, "correction.trig")).refused
    removed = both.remove_document("other")
    assert [word.says for word in removed.retraction.curated] == ["“They ate” reads “They met”"]
    assert both.validate().conforms


def test_a_document_that_a_file_describes_in_its_own_graph(
    tmp_path: Path, contents: Contents, turtle: Turtle
) -> None:
    described = f"""
    GRAPH <{GRAPHS.SOURCE}own> {{
      source:own a comity:SourceDocument ; dcterms:title "Own"@en ;
        comity:factGraph <{GRAPHS.SOURCE}own> .
      passage:own-1 a comity:Passage ; oa:hasSource source:own ; comity:text "Row 1" ;
        comity:locator "row 1" .
      agency:own a comity:Agency ; skos:prefLabel "Own"@en ; prov:wasDerivedFrom passage:own-1 .
    }}
    """
    with comity.open() as graph:
        nothing = contents(graph)
        assert not graph.load(turtle(described, "own.trig")).refused
        removed = graph.remove_document("own")
        assert contents(graph) == nothing
        assert removed.retraction.quads == len(removed.quads) == 12


def test_a_store_in_memory_gives_the_quads(note: Path, turtle: Turtle, contents: Contents) -> None:
    with comity.open() as graph:
        nothing = contents(graph)
        graph.add_document(note)
        graph.load(turtle(FIRST), document="source:note")
        removed = graph.remove_document("note")
        assert contents(graph) == nothing
        assert removed.file is None
        assert len(removed.quads) == removed.retraction.quads


def test_titles_cannot_act_in_the_file(tmp_path: Path, note: Path) -> None:
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note, title='x\n<a> <b> "c" .\x1b[2J\u202e', identifier="../..//n")
        (known,) = graph.documents()
        removed = graph.remove_document(known.iri)
        assert removed.file is not None
        assert removed.file.parent == tmp_path / "store" / "removed"
        text = removed.file.read_text(encoding="utf-8")
        assert '# x <a> <b> "c" .\\u001b[2J\\u202e' in text
        assert len(set(ox.parse(text.encode(), format=ox.RdfFormat.TRIG))) == (
            removed.retraction.quads
        )


def looked_up(others: int, note: Path, turtle: Turtle, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the quads that removing the note reads, in a store with other documents."""
    count = 0
    with comity.open() as graph:
        graph.add_document(note)
        graph.load(turtle(FIRST), document="source:note")
        assert isinstance(graph.store, EmbeddedStore)
        engine, one = graph.store.engine, ox.NamedNode(expand("agency:one"))
        for number in range(others):
            source = ox.NamedNode(f"{GRAPHS.SOURCE}o{number}")
            told = graph.store.match(one, None, None, ox.NamedNode(f"{GRAPHS.SOURCE}note"))
            facts = sorted(told, key=str)[:2]  # the class and the name, without the link
            own = ox.NamedNode(expand(f"agency:own-{number}"))
            engine.extend(ox.Quad(*quad.triple, source) for quad in facts)
            for quad in facts:
                engine.add(ox.Quad(own, quad.predicate, quad.object, source))
                engine.add(ox.Quad(own, quad.predicate, quad.object))
        with monkeypatch.context() as patched:
            found = EmbeddedStore.match

            def counted(*arguments: Any) -> Iterator[ox.Quad]:
                nonlocal count
                for quad in found(*arguments):
                    count += 1
                    yield quad

            patched.setattr(EmbeddedStore, "match", counted)
            assert graph.remove_document("note").retraction.stays == 2 * bool(others)
    return count


def test_the_work_is_that_of_the_document(
    note: Path, turtle: Turtle, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (looked_up(size, note, turtle, monkeypatch) for size in (5, 500))
    assert many < 1.5 * few


def test_left_over_parts_of_files_are_cleared(both: comity.Graph, tmp_path: Path) -> None:
    both.close()
    folder = tmp_path / "store" / "removed"
    folder.mkdir()
    (folder / ".abc.part").write_bytes(b"half")
    (folder / "kept.trig").write_bytes(b"")
    with comity.open(tmp_path / "store"):
        assert [file.name for file in folder.iterdir()] == ["kept.trig"]
