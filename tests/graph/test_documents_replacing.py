"""Replacing a document: evidence follows its sentences, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.documents import Replaced, replace_document
from comity.documents.alignment import align
from comity.documents.quoting import requoted
from comity.errors import InputError, ParameterError, StoreError
from comity.gate.exchange import exchange
from comity.store import EmbeddedStore
from comity.validation import Severity
from comity_ontology.prefixes import GRAPHS, expand

Turtle = Callable[..., Path]
Contents = Callable[[comity.Graph], set[str]]
Holds = Callable[[comity.Graph], bool]

OLD = """Agencies meet

Agency One met Agency Two in Paris on 3 May 2020. They signed nothing. Ada Lark said that "the \
talk was good". A lunch followed.
"""
# Before the old second sentence stands a new one; the day is another; the lunch is gone.
NEW = """Agencies meet

It rained. Agency One met Agency Two in Paris on 4 May 2020. They signed nothing. Ada Lark said \
that "the talks were good".
"""
FACTS = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2, p:5 .
agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en ; prov:wasDerivedFrom p:2 .
event:talk a comity:Event ; dcterms:type code:meeting ; skos:prefLabel "Talk"@en ;
    prov:wasDerivedFrom p:2, p:3 .
event:lunch a comity:Event ; dcterms:type code:other-event ; skos:prefLabel "Lunch"@en ;
    comity:time timepoint:2020 ; prov:wasDerivedFrom p:5 .
timepoint:2020 a comity:TimePoint ; comity:edtf "2020"^^edtf:EDTF ;
    comity:earliest "2020-01-01"^^xsd:date ; comity:latest "2020-12-31"^^xsd:date .
person:ada a foaf:Person ; skos:prefLabel "Ada Lark"@en ; prov:wasDerivedFrom p:4 .
utterance:good a comity:Utterance ; skos:prefLabel "Ada Lark on the talk"@en ;
    dcterms:type code:statement ; comity:speaker person:ada ; comity:form code:direct-quotation ;
    comity:text "the talk was good" ; prov:wasDerivedFrom p:4 .
"""
CURATED = """
GRAPH <https://w3id.org/comity/graph/curation> {
  event:lunch skos:prefLabel "Essen"@de .
  agency:two skos:prefLabel "Amt Zwei"@de .
  agency:one comity:ofCountry country:al .
  country:al a comity:Country ; skos:prefLabel "Arland"@en ; prov:wasDerivedFrom p:3 .
  inference:land a comity:Inference ; rdf:subject agency:one ; rdf:predicate comity:ofCountry ;
      rdf:object country:al ; comity:basis "It signs for it."@en ;
      comity:certainty code:certain ; prov:wasDerivedFrom p:3 .
  correction:day a comity:Correction ; comity:verbatim "3 May" ; comity:corrected "4 May" ;
      dcterms:type code:typo ; comity:certainty code:certain ; prov:wasDerivedFrom p:2 .
  correction:none a comity:Correction ; comity:verbatim "nothing" ; comity:corrected "it" ;
      dcterms:type code:typo ; comity:certainty code:certain ; prov:wasDerivedFrom p:3 .
}
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "note.txt"
    file.write_text(OLD, encoding="utf-8")
    return file


@pytest.fixture
def new(tmp_path: Path) -> Path:
    file = tmp_path / "new.txt"
    file.write_text(NEW, encoding="utf-8")
    return file


@pytest.fixture
def graph(tmp_path: Path, old: Path, turtle: Turtle) -> Iterator[comity.Graph]:
    """A store on disk with the old text, its facts and what curators add."""
    with comity.open(tmp_path / "store") as opened:
        opened.add_document(old, issued=date(2020, 5, 5))
        assert not opened.load(turtle(FACTS), document="source:note").refused
        assert not opened.load(turtle(CURATED, "curated.trig")).refused
        yield opened


def rests_on(graph: comity.Graph, node: str) -> list[int]:
    return [sentence.ordinal for sentence in graph.why(node).sentences]


def check_sentences(replaced: Replaced) -> None:
    passages = replaced.passages
    assert (passages.same, passages.moved) == (2, 1)
    assert [(one.old, one.new) for one in passages.changed] == [(2, 3), (4, 5)]
    assert passages.changed[0].before == "Agency One met Agency Two in Paris on 3 May 2020."
    assert passages.changed[0].after == "Agency One met Agency Two in Paris on 4 May 2020."
    assert [label for _, label in passages.changed[0].nodes] == [
        "Agency One",
        "Agency Two",
        "correction:day",
        "Talk",
    ]
    assert [(one.number, one.text) for one in passages.added] == [(2, "It rained.")]
    assert [(one.number, one.text) for one in passages.removed] == [(5, "A lunch followed.")]
    assert [label for _, label in passages.removed[0].nodes] == ["Agency One", "Lunch"]
    assert [(one.before, one.after) for one in passages.quotes] == [
        ("the talk was good", "the talks were good")
    ]


def test_evidence_follows_its_sentence(
    graph: comity.Graph, new: Path, contents: Contents, union_holds: Holds
) -> None:
    before = contents(graph)
    dry = graph.replace_document("note", new, dry_run=True)
    check_sentences(dry)
    assert not dry.committed
    assert contents(graph) == before

    replaced = graph.replace_document("note", new)
    check_sentences(replaced)
    assert (replaced.committed, replaced.changed) == (True, True)
    assert replaced.retraction == dry.retraction
    assert [one.text for one in graph.document("note").passages] == [
        "Agencies meet",
        "It rained.",
        "Agency One met Agency Two in Paris on 4 May 2020.",
        "They signed nothing.",
        'Ada Lark said that "the talks were good".',
    ]
    assert rests_on(graph, "agency:one") == [3]
    assert rests_on(graph, "event:talk") == [3, 4]
    assert rests_on(graph, "person:ada") == [5]
    assert rests_on(graph, "inference:land") == [4]
    assert rests_on(graph, "correction:none") == [4]
    assert graph.sparql('ASK { utterance:good comity:text "the talks were good" }')

    # The lunch, its year and its German name went; so did the correction of a mended mistake.
    with pytest.raises(ParameterError, match="is not in the graph"):
        graph.why("event:lunch")
    assert not graph.sparql("ASK { ?event comity:time ?time }")
    assert not graph.sparql("ASK { timepoint:2020 ?says ?what }")
    assert [word.says for word in replaced.retraction.curated] == ["“3 May” reads “4 May”"]
    assert graph.sparql('ASK { agency:two skos:prefLabel "Amt Zwei"@de }')
    assert replaced.retraction.leaning == ()
    assert graph.validate().conforms
    assert union_holds(graph)


def test_what_went_is_in_the_file(graph: comity.Graph, new: Path, contents: Contents) -> None:
    named = {line for line in contents(graph) if line.endswith(f"<{GRAPHS.SOURCE}note>")}
    replaced = graph.replace_document("note", new)
    assert replaced.file is not None
    kept = {str(quad) for quad in ox.parse(replaced.file.read_bytes(), format=ox.RdfFormat.TRIG)}
    assert named - contents(graph) <= kept
    assert any("3 May 2020" in line and "fullText" in line for line in kept)


def test_the_same_again_changes_nothing(graph: comity.Graph, new: Path, contents: Contents) -> None:
    assert graph.replace_document("note", new).changed
    before = contents(graph)
    again = graph.replace_document("note", new, issued=date(2020, 5, 5))
    assert (again.changed, again.committed, again.file) == (False, False, None)
    assert contents(graph) == before


def test_there_and_back(graph: comity.Graph, new: Path, old: Path, turtle: Turtle,
                        contents: Contents, union_holds: Holds) -> None:  # fmt: skip
    before = contents(graph)
    graph.replace_document("note", new)
    facts = turtle(FACTS)
    graph.replace_document("note", old, facts=[facts])
    graph.load(turtle(CURATED, "curated.trig"))
    assert contents(graph) == before
    assert union_holds(graph)


def test_new_facts_with_the_new_text(graph: comity.Graph, new: Path, turtle: Turtle) -> None:
    facts = turtle(
        """
        agency:one a comity:Agency ; skos:prefLabel "Agency No. One"@en ; prov:wasDerivedFrom p:3 .
        agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en ; prov:wasDerivedFrom p:3 .
        """,
        "new.ttl",
    )
    replaced = graph.replace_document("note", new, facts=[facts])
    assert replaced.committed
    changes = {one.label: one for one in replaced.facts}
    assert ("preferred label", "“Agency One”", "“Agency No. One”") in [
        (says.replace("skos:prefLabel", "preferred label"), before, now)
        for says, before, now in changes["Agency One"].changed
    ]
    assert len(changes["Lunch"].removed) == 5
    assert rests_on(graph, "agency:two") == [3]
    assert not graph.sparql("ASK { ?event a comity:Event }")
    assert graph.sparql('ASK { agency:one comity:searchKey "agency no. one" }')
    assert not graph.sparql('ASK { agency:one comity:searchKey "agency one" }')
    assert graph.validate().conforms


def test_facts_that_the_gate_refuses(
    graph: comity.Graph, new: Path, turtle: Turtle, contents: Contents
) -> None:
    before = contents(graph)
    facts = turtle("agency:three a comity:Agency .", "wrong.ttl")
    replaced = graph.replace_document("note", new, facts=[facts])
    assert (replaced.committed, replaced.file) == (False, None)
    assert replaced.load is not None
    assert "Nothing shows where this comes from" in str(replaced.load.checks.results)
    assert contents(graph) == before


def test_facts_that_lack_what_the_old_ones_had(
    graph: comity.Graph, new: Path, turtle: Turtle, contents: Contents
) -> None:
    """Nothing is new in them, but without the rest of the old ones they do not conform."""
    before = contents(graph)
    facts = turtle("agency:one a comity:Agency .", "less.ttl")
    replaced = graph.replace_document("note", new, facts=[facts])
    assert (replaced.committed, replaced.file) == (False, None)
    assert {result.focus for result in replaced.checks.results} == {expand("agency:one")}
    assert contents(graph) == before


@pytest.mark.parametrize("passage", ["1", "4"])
def test_a_text_without_what_others_point_at(
    graph: comity.Graph, new: Path, turtle: Turtle, contents: Contents, passage: str
) -> None:
    """Who ate at the lunch, by another sentence: the lunch cannot go with its own.

    That sentence keeps its number, or gets another, so that the gate looks at the guest anyway.
    """
    guest = """
    participation:ada a comity:Participation ; comity:event event:lunch ;
        comity:participant person:ada ; comity:role code:guest ; prov:wasDerivedFrom p:PASSAGE .
    """.replace("PASSAGE", passage)
    assert not graph.load(turtle(guest, "guest.ttl"), document="source:note").refused
    before = contents(graph)
    replaced = graph.replace_document("note", new)
    assert not replaced.committed
    assert replaced.load is not None
    reasons = [*replaced.checks.results, *replaced.load.checks.results]
    said = {
        result.focus
        for result in reasons
        if result.severity is Severity.VIOLATION and not result.shape.endswith("/Strict")
    }
    assert said == {expand("participation:ada")}
    assert contents(graph) == before


def test_facts_cannot_rewrite_the_record(graph: comity.Graph, turtle: Turtle) -> None:
    facts = turtle(f'GRAPH <{GRAPHS.META}> {{ source:note dcterms:title "Mine"@en }}', "sneak.trig")
    with pytest.raises(InputError, match="say something about source:note itself"):
        graph.replace_document("note", facts=[facts])


def test_what_is_known_about_it(graph: comity.Graph, contents: Contents) -> None:
    replaced = graph.replace_document(
        "note", title="A meeting", issued=date(2020, 6, 1), publisher="Arland Times", source="desk"
    )
    assert replaced.metadata == (
        ("title", "Agencies meet", "A meeting"),
        ("issued", "2020-05-05", "2020-06-01"),
        ("publisher", "", "Arland Times"),
        ("source", "", "desk"),
    )
    (record,) = graph.documents()
    assert (record.title, record.issued, record.publisher) == (
        "A meeting", "2020-06-01", "Arland Times",
    )  # fmt: skip
    assert graph.resolve("a meeting") == expand("source:note")
    with pytest.raises(ParameterError):
        graph.resolve("agencies meet")
    assert rests_on(graph, "agency:one") == [2, 5]
    graph.replace_document("note", publisher="", source="")
    assert graph.documents()[0].publisher == ""


def test_a_day_with_a_zone_stays(graph: comity.Graph, new: Path) -> None:
    """Files may say so; only Comity's own commands write plain days."""
    day = ox.Literal("2020-05-05Z", datatype=ox.NamedNode(expand("xsd:date")))
    meta = ox.NamedNode(GRAPHS.META)
    issued = (ox.NamedNode(expand("source:note")), ox.NamedNode(expand("dcterms:issued")))
    (old,) = graph.store.match(*issued, None, meta)
    exchange(graph.store, [old], [ox.Quad(*issued, day, meta)])
    assert graph.replace_document("note", new).committed
    assert graph.documents()[0].issued == "2020-05-05Z"


def test_a_headline_as_title_follows(graph: comity.Graph, tmp_path: Path) -> None:
    file = tmp_path / "renamed.txt"
    file.write_text(OLD.replace("Agencies meet", "Agencies lunch"), encoding="utf-8")
    assert graph.replace_document("note", file).title == "Agencies lunch"


def test_another_language(graph: comity.Graph) -> None:
    replaced = graph.replace_document("note", language="tr")
    assert replaced.metadata == (("language", "en", "tr"),)
    assert graph.sparql('ASK { source:note dcterms:title "Agencies meet"@tr }')
    assert graph.validate().conforms


def test_an_rdf_document(tmp_path: Path, old: Path, turtle: Turtle, contents: Contents) -> None:
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(old)
        first = turtle(FACTS, "facts.ttl")
        graph.load(first)
        second = turtle(
            FACTS.replace('"Agency Two"@en', '"Agency 2"@en').replace("event:talk", "event:talks"),
            "second.ttl",
        )
        replaced = graph.replace_document("facts", second)
        assert [name for name, *_ in replaced.metadata] == ["sha256"]
        by_node = {one.node: one for one in replaced.facts}
        assert len(by_node[expand("event:talk")].removed) == 5
        assert len(by_node[expand("event:talks")].added) == 5
        assert len(by_node[expand("agency:two")].changed) == 1
        assert expand("agency:one") not in by_node
        assert replaced.load is not None
        # 36 facts of which 30 were there; the digest.
        assert replaced.load.accepted == 7
        assert not graph.replace_document("facts", second).changed
        third = turtle("agency:two a comity:Agency .", "third.ttl")
        before = contents(graph)
        assert not graph.replace_document("facts", third).committed
        assert contents(graph) == before
        graph.replace_document("facts", first)
        with comity.open() as other:
            other.add_document(old)
            other.load(first)
            assert contents(graph) == contents(other)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("blank.txt", b" \n\n", "blank.txt is empty"),
        ("latin.txt", b"caf\xe9", "latin.txt is not UTF-8"),
        ("nul.txt", b"a\x00b", "holds NUL characters"),
        ("facts.ttl", b"<a:a> <a:b> <a:c> .", "is RDF, and source:note is a text: give .* --facts"),
        ("twin.txt", b"Twin\n\nAnother text.\n", "twin.txt is source:twin already, byte by byte"),
        (None, None, "cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_take_its_place(
    graph: comity.Graph, tmp_path: Path, contents: Contents,
    name: str | None, content: bytes | None, message: str,
) -> None:  # fmt: skip
    twin = tmp_path / "twin.txt"
    twin.write_bytes(b"Twin\n\nAnother text.\n")
    graph.add_document(twin)
    file = tmp_path / (name or "absent.txt")
    if content is not None:
        file.write_bytes(content)
    before = contents(graph)
    with pytest.raises(InputError, match=message):
        graph.replace_document("note", file)
    assert contents(graph) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "nothing new is given for source:note"),
        ({"title": "  "}, "a document needs a title"),
        ({"language": "not a tag"}, "is not a language tag"),
        ({"source": "\udcff"}, "is not UTF-8 text"),
        ({"facts": ["absent.ttl"]}, "cannot be read"),
    ],
)
def test_options_that_make_no_sense(
    graph: comity.Graph, contents: Contents, options: dict[str, object], message: str
) -> None:
    before = contents(graph)
    with pytest.raises((InputError, ParameterError), match=message):
        replace_document(graph.store, "note", **options)  # type: ignore[arg-type]
    assert contents(graph) == before


def test_no_replacement_without_the_file(
    graph: comity.Graph, new: Path, tmp_path: Path, contents: Contents
) -> None:
    before = contents(graph)
    (tmp_path / "store" / "removed").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written .*; nothing was changed"):
        graph.replace_document("note", new)
    assert contents(graph) == before


def test_a_step_that_fails_leaves_no_file(
    graph: comity.Graph, new: Path, tmp_path: Path, contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = contents(graph)
    update = EmbeddedStore.update

    def full(store: EmbeddedStore, text: str) -> None:
        if "fullText" in text or f"INSERT {{ GRAPH <{GRAPHS.META}>" in text:
            raise OSError(28, "No space left on device")
        update(store, text)

    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedStore, "update", full)
        with pytest.raises(OSError, match="No space"):
            graph.replace_document("note", new)
    assert list((tmp_path / "store" / "removed").iterdir()) == []
    assert contents(graph) == before


def test_a_read_only_store(graph: comity.Graph, new: Path, tmp_path: Path) -> None:
    graph.close()
    with (
        comity.open(tmp_path / "store", read_only=True) as reading,
        pytest.raises(StoreError, match="reading only: nothing was replaced"),
    ):
        reading.replace_document("note", new)


@pytest.mark.parametrize(
    ("old", "new", "same", "changed"),
    [
        ([], ["a"], {}, {}),
        (["a", "b"], ["b", "a"], {0: 1, 1: 0}, {}),
        # The repeated one goes with its neighbours.
        (["one", "yes", "two", "yes"], ["two", "yes"], {2: 0, 3: 1}, {}),
        (["yes", "yes"], ["yes"], {0: 0}, {}),
        (["a  b\nc"], ["a b c"], {0: 0}, {}),
        (["They met in May.", "x"], ["x", "They met in June."], {1: 0}, {}),
        (["They met in May.", "x"], ["They met in June.", "x"], {1: 1}, {0: 0}),
        (["entirely other words"], ["zzz"], {}, {}),
    ],
)
def test_alignment(
    old: list[str], new: list[str], same: dict[int, int], changed: dict[int, int]
) -> None:
    aligned = align(old, new)
    assert (aligned.same, aligned.changed) == (same, changed)
    assert set(aligned.removed) == set(range(len(old))) - {*same, *changed}
    assert set(aligned.added) == set(range(len(new))) - {*same.values(), *changed.values()}


@pytest.mark.parametrize(
    ("words", "before", "after", "found"),
    [
        ("the talk", "He said the talk was good.", "She said the talk was good.", "the talk"),
        ("two Sunday", "A Crop, two Sunday here", "A Crop, two Sundays here", "two Sundays"),
        ("Karabakh, freed", "In Karabakh, freed now.", "It rained all day long.", ""),
        ("absent", "other words", "other words", ""),
    ],
)
def test_quoted_words(words: str, before: str, after: str, found: str) -> None:
    assert requoted(words, before, after) == found
