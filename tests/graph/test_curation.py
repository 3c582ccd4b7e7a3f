"""Corrections, inferences and notes: who, when and why, and nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

import comity
from comity.errors import InputError, ParameterError
from comity_ontology.prefixes import DEFAULT_BASE, expand

DAY = date(2026, 1, 15)
CURATION = "<https://w3id.org/comity/graph/curation>"
SIGNED = "dcterms:creator 'Ada Lark' ; dcterms:created '2026-01-15'^^xsd:date"


@pytest.fixture
def graph(seeded_copy) -> Iterator[comity.Graph]:
    with comity.open(seeded_copy) as opened:
        yield opened


def ask(graph: comity.Graph, pattern: str) -> bool:
    return bool(graph.sparql(f"ASK {{ {pattern} }}"))


def correction(graph: comity.Graph, where: str = "kosgeb-kobia-2021-02-25", **said):
    given = {"verbatim": "is expressed", "corrected": "voiced", "kind": "grammar", **said}
    return graph.correct(where, **{"by": "Ada Lark", "why": "Plainer.", "on": DAY, **given})


def inference(graph: comity.Graph, *triple: str, **said):
    return graph.infer(*triple, **{"basis": "I think so.", "by": "Ada Lark", "on": DAY, **said})


def test_a_correction_says_who_when_why_and_where(graph) -> None:
    done = correction(graph, verbatim="was expressed", corrected="was voiced")
    assert done.changed
    # Counted in the text: "During the visit, satisfaction from the ongoing close cooperation
    # between institutions was expressed."
    assert done.says == "“was expressed” in passage 5, characters 88 to 100, reads “was voiced”"
    assert ask(
        graph,
        f"GRAPH {CURATION} {{ <{done.node}> a comity:Correction ; comity:verbatim 'was expressed' ;"
        f" comity:corrected 'was voiced' ; dcterms:type code:grammar ; {SIGNED} ;"
        " comity:certainty code:certain ; comity:basis 'Plainer.' ;"
        " prov:wasDerivedFrom <https://w3id.org/comity/id/passage/kosgeb-kobia-2021-02-25/5> }",
    )
    assert graph.validate().conforms


def test_the_same_correction_again_changes_nothing(graph) -> None:
    first = correction(graph, verbatim="was expressed")
    before = graph.info()
    again = correction(graph, verbatim="was expressed", on=date(2026, 2, 1), by="Ben Moor")
    assert (again.changed, again.node, again.load) == (False, first.node, None)
    assert graph.info() == before
    shipped = correction(graph, verbatim="Alivey", corrected="Aliyev", kind="typo")
    assert (shipped.changed, shipped.node) == (False, expand("correction:aliyev"))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"verbatim": "KOSGEB"}, "stands in the passages 3, 4, 9, 12, 13, 14, 17, 19 …"),
        ({"verbatim": "kosgeb managers"}, "spelt another way in passage 4"),
        ({"verbatim": "Atatürk"}, "“Atatürk” is not found in the source: copy"),
        ({"verbatim": "KOSGEB", "passage": 99}, "no passage 99: its passages are 1 to 24"),
        ({"verbatim": "KOSGEB", "passage": 5}, "is not found"),
        ({"verbatim": "Covit", "corrected": "Covit"}, "corrects nothing"),
        ({"verbatim": "Covit", "corrected": ""}, "say what is right"),
        ({"verbatim": " "}, "wrong words are not given"),
        ({"verbatim": "Covit", "by": " "}, "not said who"),
        ({"verbatim": "Covit", "why": ""}, "not said why"),
        ({"verbatim": "Covit", "by": "\udcff"}, "not UTF-8 text"),
    ],
)
def test_a_correction_that_cannot_be(graph, said, message) -> None:
    before = graph.info()
    with pytest.raises(InputError, match=message):
        correction(graph, **said)
    assert graph.info() == before


@pytest.mark.parametrize(
    ("where", "said", "message"),
    [
        ("nowhere", {}, "there is no document 'nowhere'"),
        ("source:nowhere/3", {}, "there is no document 'source:nowhere/3'"),
        ("kosgeb-kobia-2021-02-25", {"kind": "grammer"}, "'grammer' is no code .*: write grammar"),
        ("kosgeb-kobia-2021-02-25", {"refers_to": "Atatürk"}, "nothing is called 'Atatürk'"),
    ],
)
def test_a_correction_of_what_is_not_known(graph, where, said, message) -> None:
    with pytest.raises(ParameterError, match=message):
        correction(graph, where, verbatim="was expressed", **said)


def test_one_passage_is_chosen_by_number_or_by_short_form(graph) -> None:
    by_number = correction(graph, verbatim="KOSGEB", corrected="X", passage=4)
    one = "source:kosgeb-kobia-2021-02-25/4"
    by_form = correction(graph, one, verbatim="KOSGEB", corrected="X")
    assert by_number.node == by_form.node
    assert not by_form.changed


def test_why_shows_corrections_of_a_passage_and_what_is_meant(graph) -> None:
    correction(graph, verbatim="was expressed")
    correction(graph, verbatim="managers", corrected="", refers_to="KOSGEB managers", passage=4)
    (of_words,) = graph.why("passage:kosgeb-kobia-2021-02-25/5").notes
    assert (of_words.kind, of_words.by, of_words.on) == ("correction", "Ada Lark", "2026-01-15")
    assert of_words.says == "“was expressed” reads “voiced”"
    (meant,) = graph.why("group:kosgeb-managers").notes
    assert meant.says == "“managers” means KOSGEB managers"


def test_an_inference_is_stated_and_described(graph) -> None:
    done = inference(
        graph,
        "Memorandum of understanding between KOBİA and KOSGEB, 2019",
        "comity:validUntil",
        "about 2024",
        certainty="possible",
        passages=["source:kosgeb-kobia-2021-02-25/19"],
    )
    assert done.changed
    local = done.node.removeprefix(DEFAULT_BASE)
    assert local.startswith("inference/kosgeb-kobia-mou-2019-valid-until-")
    assert local.isascii()
    assert ask(
        graph,
        f"GRAPH {CURATION} {{ agreement:kosgeb-kobia-mou-2019 comity:validUntil ?t ."
        " ?t a comity:TimePoint ; comity:edtf ?e ; comity:earliest '2023-01-01'^^xsd:date ."
        f" <{done.node}> a comity:Inference ; rdf:object ?t ; {SIGNED} ;"
        " comity:certainty code:possible ; comity:basis 'I think so.' ;"
        " prov:wasDerivedFrom <https://w3id.org/comity/id/passage/kosgeb-kobia-2021-02-25/19> }",
    )
    again = inference(
        graph,
        "agreement:kosgeb-kobia-mou-2019",
        "comity:validUntil",
        "2024~",
        certainty="possible",
        on=date(2026, 3, 1),
    )
    assert (again.changed, again.node) == (False, done.node)
    assert graph.validate().conforms


@pytest.mark.parametrize(
    ("triple", "said", "term"),
    [
        (("KOBİA", "comity:acronym", "SMBDA"), {}, "'SMBDA'"),
        (("KOBİA", "skos:altLabel", "SMBDA"), {"language": "en"}, "'SMBDA'@en"),
        (("KOBİA", "dcterms:type", "development agency"), {}, "code:development-agency"),
        (("event:forum-2021-02-16", "dcterms:subject", "code:tourism"), {}, "code:tourism"),
        (("event:forum-2021-02-16", "comity:envisaged", "no"), {}, "false"),
        (("place:karabakh", "comity:inCountry", "AZ"), {}, "country:az"),
        (("agency:kobia", "skos:exactMatch", "http://www.wikidata.org/entity/Q1"), {},
         "<http://www.wikidata.org/entity/Q1>"),
        (("place:baku", "geo:lat", "40.4"), {"datatype": "xsd:decimal"}, "40.4"),
    ],
)  # fmt: skip
def test_the_object_is_what_the_property_asks_for(graph, triple, said, term) -> None:
    if triple[1] == "geo:lat":
        with pytest.raises(InputError, match="One of the two coordinates is missing"):
            inference(graph, *triple, **said)
        return
    assert inference(graph, *triple, **said).changed
    subject = graph.resolve(triple[0])
    assert ask(graph, f"GRAPH {CURATION} {{ <{subject}> {triple[1]} {term} }}")


def test_what_is_said_already_is_said_so(graph) -> None:
    stated = inference(graph, "KOBİA", "comity:ofCountry", "Azerbaijan")
    assert (stated.changed, stated.node) == (False, "")
    assert stated.says.startswith("source:kosgeb-kobia-2021-02-25 says so already")
    with pytest.raises(InputError, match=r"inference:kosgeb-country concludes this already \(cert"):
        inference(graph, "KOSGEB", "comity:ofCountry", "Turkey")


@pytest.mark.parametrize(
    ("triple", "said", "error", "message"),
    [
        (("Nobody", "comity:ofCountry", "Turkey"), {}, ParameterError, "nothing is called"),
        (("KOBİA", "comity:ofContry", "Turkey"), {}, InputError, "did you mean comity:ofCountry"),
        (("KOBİA", "ofCountry", "Turkey"), {}, ParameterError, "neither an IRI nor a short form"),
        (
            ("KOBİA", "comity:ofCountry", "KOSGEB"),
            {},
            ParameterError,
            "is the name of agency:kosgeb, and what is asked for is",
        ),
        (("KOBİA", "skos:altLabel", "X"), {}, InputError, "say in which language"),
        (("KOBİA", "skos:altLabel", "X"), {"language": "e n"}, InputError, "no language tag"),
        (("KOBİA", "dcterms:type", "embasy"), {}, ParameterError, "write embassy"),
        (("KOBİA", "comity:acronym", "X"), {"passages": ["source:x/1"]}, ParameterError, "no pass"),
        (("KOBİA", "comity:acronym", "X"), {"certainty": "sure"}, ParameterError, "no code"),
        (("event:forum-2021-02-16", "comity:time", "16/02/2021"), {}, InputError, "2021-02-16"),
        (("event:forum-2021-02-16", "comity:place", "Ankara"), {}, InputError, "no place"),
        (("code:theme", "comity:acronym", "X"), {}, InputError, "rests on no passage"),
    ],
)
def test_an_inference_that_cannot_be(graph, triple, said, error, message) -> None:
    before = graph.info()
    with pytest.raises(error, match=message):
        inference(graph, *triple, **said)
    assert graph.info() == before


def test_a_note_is_an_annotation_that_why_and_describe_show(graph) -> None:
    done = graph.note(
        "KOSGEB",
        "Ask for its statute.",
        by="person:hasan-basri-kurt",
        why="Who may sign?",
        passages=["source:kosgeb-kobia-2021-02-25/3"],
        on=DAY,
    )
    assert done.changed
    assert ask(
        graph,
        f"GRAPH {CURATION} {{ <{done.node}> a oa:Annotation ; oa:hasTarget agency:kosgeb ;"
        " oa:bodyValue 'Ask for its statute.' ; oa:motivatedBy oa:commenting ;"
        " dcterms:creator person:hasan-basri-kurt ; comity:basis 'Who may sign?' }",
    )
    (shown,) = [note for note in graph.why("KOSGEB").notes if note.kind == "note"]
    assert (shown.says, shown.by) == ("Ask for its statute.", "Hasan Basri Kurt")
    described = graph.describe("KOSGEB").facts
    assert "Ask for its statute." in {fact.shown for fact in described if fact.inverse}
    by = "person:hasan-basri-kurt"
    again = graph.note("agency:kosgeb", " Ask for its statute. ", by=by, why="x")
    assert (again.changed, again.node) == (False, done.node)
    other = graph.note("KOSGEB", "Ask for its statute.", by="Ben Moor", why="x")
    assert other.changed
    assert graph.validate().conforms


def test_a_note_needs_a_target_and_words(graph) -> None:
    with pytest.raises(ParameterError, match="nothing is called 'Nobody'"):
        graph.note("Nobody", "x", by="Ada", why="y")
    with pytest.raises(InputError, match="the note is empty"):
        graph.note("KOSGEB", "  ", by="Ada", why="y")


def test_a_note_outside_the_curation_graph_is_refused(graph, turtle) -> None:
    report = graph.load(
        turtle("note:x a oa:Annotation ; oa:hasTarget agency:kosgeb ; oa:bodyValue 'Hm.' ;"
               " oa:motivatedBy oa:commenting ; dcterms:creator 'Ada' ; comity:basis 'b' ;"
               " dcterms:created '2026-01-15'^^xsd:date ."),
        document="source:kosgeb-kobia-2021-02-25",
    )  # fmt: skip
    assert report.accepted == 0
    assert "is a curator's word" in report.refused[0].reasons[0].message
