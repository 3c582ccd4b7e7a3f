from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.errors import InputError, ParameterError
from comity.evidence import Sentence
from comity_ontology.prefixes import expand


@pytest.fixture(scope="module")
def seed(seeded: Path) -> Iterator[comity.Graph]:
    with comity.open(seeded, read_only=True) as opened:
        yield opened


def marked(sentence: Sentence) -> list[str]:
    return [sentence.text[start:end] for start, end in sentence.marks]


def test_a_signing_rests_on_one_sentence(seed: comity.Graph) -> None:
    found = seed.why("act:kosgeb-kobia-mou-2019-signing")
    assert found.node == expand("act:kosgeb-kobia-mou-2019-signing")
    (sentence,) = found.sentences
    assert sentence.text == (
        "A memorandum of understanding was signed between KOBİA and KOSGEB "
        "on 14 May 2019 in Ankara."
    )
    assert sentence.ordinal == 19
    assert sentence.heading == "Memorandum of Understanding and Action Plan"
    assert sentence.issued == "2021-02-25"
    assert sentence.document == expand("source:kosgeb-kobia-2021-02-25")
    assert marked(sentence) == [
        "memorandum of understanding", "was signed", "KOBİA", "KOSGEB", "14 May 2019", "Ankara"
    ]  # fmt: skip


def test_dates_are_marked_as_the_source_writes_them(seed: comity.Graph) -> None:
    (sentence,) = seed.why("act:kosgeb-kobia-action-plan-2020-signing").sentences
    assert "February 27, 2020" in marked(sentence)


def test_sentences_come_in_the_order_of_the_text(seed: comity.Graph) -> None:
    ordinals = [sentence.ordinal for sentence in seed.why("KOSGEB").sentences]
    assert ordinals == [3, 4, 9, 12, 13, 14, 17, 19, 24]


def test_curators_notes_stand_beside(seed: comity.Graph) -> None:
    notes = seed.why("KOBİA").notes
    assert [(note.kind, note.says) for note in notes] == [
        ("correction", "“the SME’s” reads “KOBİA”")
    ]
    assert notes[0].certainty == expand("code:certain")
    assert "was" in notes[0].basis
    inferred = seed.why("place:baku").notes
    assert [(note.kind, note.says) for note in inferred] == [
        ("inference", "Baku in country Azerbaijan")
    ]
    assert inferred[0].basis == "Baku is the capital of Azerbaijan."


def test_passages_and_documents_have_their_own_words(seed: comity.Graph) -> None:
    (sentence,) = seed.why("passage:kosgeb-kobia-2021-02-25/19").sentences
    assert sentence.ordinal == 19
    assert len(seed.why("source:kosgeb-kobia-2021-02-25").sentences) == 24


@pytest.mark.parametrize("what", ["code:signing", "timepoint:2019-05-14", "comity:Agency"])
def test_what_no_source_says_rests_on_nothing(seed: comity.Graph, what: str) -> None:
    with pytest.raises(InputError, match=f"{what} rests on no passage"):
        seed.why(what)


def test_what_is_not_there_has_no_evidence(seed: comity.Graph) -> None:
    with pytest.raises(ParameterError, match="nothing is called 'Nobody'"):
        seed.why("Nobody")


def test_two_documents_speak_of_one_node(
    graph: comity.Graph, turtle: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "older.txt").write_text("Old news\n\nAgency One opened.\n")
    graph.add_document(tmp_path / "older.txt", issued=date(2019, 1, 1))
    facts = """
    agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 ,
        <https://w3id.org/comity/id/passage/older/2> .
    """
    assert not graph.load(turtle(facts), document="source:note").refused
    found = graph.why("agency one").sentences
    assert [(sentence.issued, sentence.ordinal) for sentence in found] == [
        ("", 2), ("2019-01-01", 2)
    ]  # fmt: skip
    assert [marked(sentence) for sentence in found] == [["Agency One"], ["Agency One"]]
