# ruff: noqa: E501 - the tables of cases read better with one case a line
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.errors import InputError, StoreError
from comity.gate.report import LoadReport
from comity.readers import StatementList
from comity.validation import Severity
from comity_ontology.prefixes import GRAPHS, expand, shorten
from comity_ontology.terms import COMITY

Turtle = Callable[..., Path]
Contents = Callable[[comity.Graph], set[str]]
UnionHolds = Callable[[comity.Graph], bool]

NOTE = "source:note"
NOTE_GRAPH = f"{GRAPHS.SOURCE}note"
AGENCIES = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .
agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en ; prov:wasDerivedFrom p:2 .
"""
# A post in an agency without evidence, and a tenure of that post: 2 + 5 + 7 quads lean on
# each other, and a person, 3 quads, on nobody.
LEANING = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en .
post:head a org:Post ; skos:prefLabel "Head of One"@en ; org:postIn agency:one ;
    org:role code:president ; prov:wasDerivedFrom p:2 .
tenure:ann a comity:Tenure ; org:member person:ann ; org:organization agency:one ;
    comity:post post:head ; org:role code:president ; comity:attestedOn timepoint:2020-05-03 ;
    prov:wasDerivedFrom p:2 .
person:ann a foaf:Person ; skos:prefLabel "Ann"@en ; prov:wasDerivedFrom p:2 .
timepoint:2020-05-03 a comity:TimePoint ; comity:edtf "2020-05-03"^^edtf:EDTF ;
    comity:earliest "2020-05-03"^^xsd:date ; comity:latest "2020-05-03"^^xsd:date ;
    time:inXSDDate "2020-05-03"^^xsd:date .
"""


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    assert report.balanced
    return report.read, report.accepted, report.quarantined, report.duplicate


def messages(report: LoadReport) -> str:
    return "\n".join(result.message for result in report.checks.results)


# The account


def test_what_is_read_is_accounted_for(
    graph: comity.Graph, turtle: Turtle, union_holds: UnionHolds
) -> None:
    report = graph.load(turtle(AGENCIES), document=NOTE)
    assert counts(report) == (6, 6, 0, 0)
    assert report.conservation() == (
        "read 6 = accepted 6 + quarantined 0 + duplicate 0 + superseded 0 + out of scope 0"
    )
    assert report.committed
    assert union_holds(graph)
    assert graph.sparql(f"ASK {{ GRAPH <{NOTE_GRAPH}> {{ agency:one a comity:Agency }} }}")


def test_duplicates_within_a_file_and_across_loads(graph: comity.Graph, turtle: Turtle) -> None:
    assert counts(graph.load(turtle(AGENCIES + AGENCIES), document=NOTE)) == (12, 6, 0, 6)
    more = AGENCIES + 'agency:one skos:altLabel "The First"@en .'
    assert counts(graph.load(turtle(more), document=NOTE)) == (7, 1, 0, 6)


def test_a_load_of_duplicates_alone_leaves_no_trace(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle(AGENCIES), document=NOTE)
    before = graph.info()
    report = graph.load(turtle(AGENCIES), document=NOTE)
    assert not report.committed
    assert graph.info() == before


def test_the_record_of_a_load_says_the_same(graph: comity.Graph, turtle: Turtle) -> None:
    report = graph.load(turtle(AGENCIES + AGENCIES + LEANING), document=NOTE)
    row = graph.sparql(
        f"SELECT * {{ GRAPH graph:meta {{ load:{report.load} comity:readCount ?read ;"
        " comity:acceptedCount ?in ; comity:quarantinedCount ?out ; comity:duplicateCount ?twice ;"
        " prov:used ?document ; dcterms:source ?file } }"
    )[0]
    assert (row.read, row["in"], row.out, row.twice) == counts(report)
    assert (row.document, row.file) == (expand(NOTE), "facts.ttl")


def test_quads_that_are_wrong_by_themselves_count_each_time(
    graph: comity.Graph, turtle: Turtle
) -> None:
    wrong = 'agency:one comity:nonsense "x" .\n'
    report = graph.load(turtle(wrong + wrong), document=NOTE)
    assert counts(report) == (2, 0, 2, 0)


# Sets and bags


def test_a_triple_of_two_documents_is_one_triple(
    graph: comity.Graph, turtle: Turtle, union_holds: UnionHolds, tmp_path: Path
) -> None:
    (tmp_path / "second.txt").write_text("Another\n\nAgency One again, in another text.\n")
    graph.add_document(tmp_path / "second.txt")
    for document in (NOTE, "source:second"):
        assert counts(graph.load(turtle(AGENCIES), document=document)) == (6, 6, 0, 0)
    assert union_holds(graph)
    plain = graph.sparql("SELECT (COUNT(*) AS ?n) { agency:one a comity:Agency }")[0].n
    named = graph.sparql("SELECT (COUNT(*) AS ?n) { GRAPH ?g { agency:one a comity:Agency } }")
    assert (plain, named[0].n) == (1, 2)


# Blank nodes

ADDRESS = """
agency:one dcterms:spatial [ rdfs:label "Paris" ; rdfs:seeAlso [ rdfs:label "France" ] ] .
agency:two dcterms:spatial [ rdfs:label "Paris" ; rdfs:seeAlso [ rdfs:label "France" ] ] .
"""


def test_blank_nodes_are_named_by_content(
    graph: comity.Graph, turtle: Turtle, contents: Contents
) -> None:
    assert counts(graph.load(turtle(AGENCIES + ADDRESS), document=NOTE)) == (14, 14, 0, 0)
    before = contents(graph)
    assert not any("_:" in quad for quad in before)
    renamed = """
    _:z rdfs:label "France" . _:y rdfs:label "Paris" ; rdfs:seeAlso _:z .
    agency:one dcterms:spatial _:y .
    """
    assert counts(graph.load(turtle(renamed, "b.ttl"), document=NOTE)) == (4, 0, 0, 4)
    assert contents(graph) == before


def test_their_names_do_not_depend_on_the_order_of_files(
    turtle: Turtle, contents: Contents
) -> None:
    label = 'agency:x dcterms:spatial [ rdfs:label "Paris" ] .'
    files = [turtle(label, "a.ttl"), turtle(label + 'agency:x rdfs:label "x" .', "b.ttl")]
    stores = []
    for ordered in (files, files[::-1]):
        with comity.open() as graph:
            graph.load(*ordered)
            stores.append(contents(graph))
    assert stores[0] == stores[1]


def test_too_many_blank_nodes_that_look_alike(graph: comity.Graph, turtle: Turtle) -> None:
    def all_linked(count: int) -> str:
        pairs = ((a, b) for a in range(count) for b in range(count) if a != b)
        return " ".join(f"_:n{a} <https://example.org/p> _:n{b} ." for a, b in pairs)

    assert graph.load(turtle(all_linked(5)), document=NOTE).accepted == 20
    with pytest.raises(InputError, match="9 blank nodes that hang together look alike"):
        graph.load(turtle(all_linked(9)), document=NOTE)


def test_a_load_names_the_documents_whose_graphs_it_fills(
    graph: comity.Graph, turtle: Turtle, tmp_path: Path
) -> None:
    file = tmp_path / "facts.trig"
    file.write_text(
        f"<{NOTE_GRAPH}> {{ <https://example.org/a> <https://example.org/p> 1 }}", encoding="utf-8"
    )
    report = graph.load(file)
    assert report.accepted == 1
    assert graph.sparql(f"ASK {{ load:{report.load} prov:used <{expand(NOTE)}> }}")


def test_a_document_made_of_a_file_is_found_by_name(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle("<https://example.org/a> <https://example.org/p> 1 .", name="register.ttl"))
    assert graph.run("find-name", name="register")


def test_too_many_blank_nodes_that_hang_together(graph: comity.Graph, turtle: Turtle) -> None:
    chain = "".join(f"_:n{n} rdfs:seeAlso _:n{n + 1} .\n" for n in range(1001))
    with pytest.raises(InputError, match="1,002 blank nodes hang together"):
        graph.load(turtle(chain), document=NOTE)


# Graphs


def test_quads_keep_a_graph_that_is_known(graph: comity.Graph, turtle: Turtle) -> None:
    facts = "".join(
        f'{name} {{ agency:one rdfs:label "{n}" }}\n'
        for n, name in enumerate((f"<{NOTE_GRAPH}>", "graph:curation", "graph:meta", "graph:codes"))
    )
    assert counts(graph.load(turtle(facts, "facts.trig"))) == (4, 4, 0, 0)
    held = graph.sparql("SELECT ?g { GRAPH ?g { agency:one rdfs:label ?l } } ORDER BY ?l")
    assert [row.g for row in held] == [
        NOTE_GRAPH, GRAPHS.CURATION, GRAPHS.META, GRAPHS.CODES
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("<https://example.org/g>", "is not known: add its document first"),
        ("graph:ontology", "belongs to the product"),
        ("<https://w3id.org/comity/graph/staging/x>", "is not known"),
        ("_:g", "is not known"),
        ("<urn:comity:home:0>", "is not known"),
    ],
)
def test_other_graphs_are_refused(
    graph: comity.Graph, turtle: Turtle, contents: Contents, name: str, why: str
) -> None:
    before = contents(graph)
    report = graph.load(turtle(f'{name} {{ agency:one rdfs:label "x" }}', "x.trig"))
    assert counts(report) == (1, 0, 1, 0)
    assert why in messages(report)
    assert contents(graph) == before


@pytest.mark.parametrize("taken", ["graph:ontology", "<https://w3id.org/comity/graph/staging/x>"])
def test_no_document_can_claim_the_products_graphs(
    graph: comity.Graph, turtle: Turtle, taken: str
) -> None:
    claim = f"""
    graph:meta {{ source:mine a comity:SourceDocument ; dcterms:title "Mine" ;
        comity:factGraph {taken} ; comity:sha256 "{"0" * 64}" }}
    {taken} {{ comity:Agency rdfs:comment "mine" }}
    """
    report = graph.load(turtle(claim, "claim.trig"))
    assert report.quarantined >= 1
    assert not graph.sparql('ASK { comity:Agency rdfs:comment "mine" }')


def test_a_graph_goes_with_the_document_that_was_refused(
    graph: comity.Graph, turtle: Turtle
) -> None:
    """The document has no title, and the label in its graph no fault of its own."""
    facts = f"""
    graph:meta {{ source:mine a comity:SourceDocument ; comity:sha256 "{"0" * 64}" ;
        comity:factGraph <https://w3id.org/comity/graph/source/mine> }}
    <https://w3id.org/comity/graph/source/mine> {{ agency:one rdfs:label "x" }}
    """
    report = graph.load(turtle(facts, "facts.trig"))
    assert counts(report) == (4, 0, 4, 0)
    assert "is not known: add its document first" in messages(report)


# Homes


def test_a_document_must_be_there(graph: comity.Graph, turtle: Turtle) -> None:
    with pytest.raises(InputError, match="source:none is not a document of this store"):
        graph.load(turtle(AGENCIES), document="source:none")


def test_a_file_becomes_a_document(graph: comity.Graph, turtle: Turtle, contents: Contents) -> None:
    file = turtle(AGENCIES, "First Facts.ttl")
    assert counts(graph.load(file)) == (6, 6, 0, 0)
    made = f"{GRAPHS.SOURCE}first-facts"
    assert graph.info().graphs[made] == 6
    assert graph.sparql(f"ASK {{ source:first-facts comity:factGraph <{made}> }}")
    before = contents(graph)
    assert counts(graph.load(file)) == (6, 0, 0, 6)
    assert contents(graph) == before
    assert graph.validate().conforms


def test_a_file_of_the_same_name_becomes_another(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle(AGENCIES))
    graph.load(turtle(AGENCIES + 'agency:one skos:altLabel "One"@en .'))
    made = [iri for iri, *_ in graph.info().documents if "facts" in iri]
    assert len(made) == 2
    assert made[0] == expand("source:facts")
    assert made[1].startswith(expand("source:facts-"))
    assert graph.validate().conforms


def test_files_of_the_same_name_in_one_load(graph: comity.Graph, turtle: Turtle) -> None:
    one, two = turtle(AGENCIES, "a/facts.ttl"), turtle(AGENCIES + " ", "b/facts.ttl")
    report = graph.load(one, two, one)
    assert counts(report) == (18, 12, 0, 6)
    assert len([iri for iri, *_ in graph.info().documents if "facts" in iri]) == 2
    assert graph.validate().conforms


def test_a_name_without_letters(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle(AGENCIES, "…….ttl"))
    assert graph.validate().conforms


def test_statements_made_in_python_need_a_document(graph: comity.Graph) -> None:
    one = ox.NamedNode(expand("agency:one"))
    said = StatementList("script", [ox.Quad(one, one, ox.Literal("x"))])
    with pytest.raises(InputError, match="script has triples without a graph and is no file"):
        graph.load(said)
    assert counts(graph.load(said, document=NOTE)) == (1, 1, 0, 0)


def test_files_of_one_load_lean_on_each_other(graph: comity.Graph, turtle: Turtle) -> None:
    leaning = turtle(LEANING, "a.ttl")
    assert graph.load(leaning, document=NOTE, dry_run=True).quarantined == 14
    evidence = turtle("agency:one prov:wasDerivedFrom p:2 .", "b.ttl")
    assert counts(graph.load(leaning, evidence, document=NOTE)) == (23, 23, 0, 0)


def test_an_error_in_one_file_loads_nothing_of_any(
    graph: comity.Graph, turtle: Turtle, contents: Contents
) -> None:
    before = contents(graph)
    with pytest.raises(InputError, match=r"b\.ttl, line \d+"):
        graph.load(turtle(AGENCIES, "a.ttl"), turtle("agency:one a .", "b.ttl"), document=NOTE)
    assert contents(graph) == before


# Quarantine


def test_quarantine_takes_what_leans_on_a_fault(
    graph: comity.Graph, turtle: Turtle, union_holds: UnionHolds
) -> None:
    report = graph.load(turtle(LEANING), document=NOTE)
    assert counts(report) == (22, 8, 14, 0)
    refused = {refusal.node.rpartition("/id/")[2]: len(refusal.quads) for refusal in report.refused}
    assert refused == {"agency/one": 2, "post/head": 5, "tenure/ann": 7}
    assert all(refusal.reasons for refusal in report.refused)
    assert "Nothing shows where this comes from" in messages(report)
    assert graph.sparql("ASK { person:ann a foaf:Person }")
    assert not graph.sparql("ASK { { agency:one ?p ?o } UNION { ?s ?p agency:one } }")
    assert graph.validate().conforms
    assert union_holds(graph)


def test_a_fault_of_one_quad_takes_its_node(graph: comity.Graph, turtle: Turtle) -> None:
    facts = AGENCIES + "agency:one comity:nonsense agency:two ."
    report = graph.load(turtle(facts), document=NOTE)
    assert counts(report) == (7, 3, 4, 0)
    assert [refusal.node for refusal in report.refused] == [expand("agency:one")]


def test_a_stored_node_is_not_taken_back(graph: comity.Graph, turtle: Turtle) -> None:
    """A second title makes the stored one wrong, so the second is refused."""
    graph.load(turtle(AGENCIES), document=NOTE)
    second = turtle('agency:one skos:prefLabel "Number One"@en .')
    report = graph.load(second, document=NOTE)
    assert counts(report) == (1, 0, 1, 0)
    assert graph.resolve("Agency One") == expand("agency:one")


def test_quads_that_point_at_a_stored_fault_are_blamed(graph: comity.Graph, turtle: Turtle) -> None:
    """The load says nothing about the person, but makes a tenure of an agency of them."""
    sound = LEANING.replace('"Agency One"@en', '"Agency One"@en ; prov:wasDerivedFrom p:2')
    assert not graph.load(turtle(sound), document=NOTE).refused
    wrong = """
    tenure:two a comity:Tenure ; org:member agency:one ; org:organization agency:one ;
        comity:post post:head ; org:role code:president ; prov:wasDerivedFrom p:2 ;
        comity:attestedOn timepoint:2020-05-03 .
    """
    report = graph.load(turtle(wrong), document=NOTE)
    assert counts(report) == (7, 0, 7, 0)
    assert graph.validate().conforms


def test_a_mended_quarantine_file_makes_the_store_of_a_clean_load(
    tmp_path: Path, note: Path, turtle: Turtle, contents: Contents
) -> None:
    clean = AGENCIES + LEANING
    wrong = clean.replace('"Agency Two"@en ; prov:wasDerivedFrom p:2', '"Agency Two"@en').replace(
        '"2020-05-03"^^edtf:EDTF', '"3 May 2020"^^edtf:EDTF'
    )
    stores = []
    for name, facts in (("clean", clean), ("mended", wrong)):
        with comity.open(tmp_path / name) as graph:
            graph.add_document(note)
            report = graph.load(turtle(facts), document=NOTE)
            if report.quarantine is not None:
                text = report.quarantine.read_text(encoding="utf-8")
                assert "# node agency:two" in text
                assert "# reason [violation] shape:evidence: Nothing shows" in text
                mended = text.replace('"3 May 2020"^^edtf:EDTF', '"2020-05-03"^^edtf:EDTF')
                file = tmp_path / "mended.trig"
                file.write_text(
                    mended + f"<{NOTE_GRAPH}> {{ agency:two prov:wasDerivedFrom "
                    "<https://w3id.org/comity/id/passage/note/2> }"
                )
                assert not graph.load(file).refused
            stores.append(contents(graph))
    assert stores[0] == stores[1]


def test_the_quarantine_file_holds_every_refused_quad(
    tmp_path: Path, note: Path, turtle: Turtle
) -> None:
    """Whatever is in the literals: the reasons are comments, and must not swallow quads."""
    facts = (
        r'agency:one comity:nonsense "a\n@prefix b: <c> .\n# reason\r\n\"\"\"" , "x"@az , '
        '"2021-02-30"^^xsd:date , <https://example.org/ü> , << agency:a rdfs:label "é" >> .'
    ).replace('<< agency:a rdfs:label "é" >>', '<<( agency:a rdfs:label "é" )>>')
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        report = graph.load(turtle(facts), document=NOTE)
        assert counts(report) == (5, 0, 5, 0)
        assert report.quarantine is not None
        again = graph.load(report.quarantine)
        assert {str(quad) for refusal in again.refused for quad in refusal.quads} == {
            str(quad) for refusal in report.refused for quad in refusal.quads
        }
        assert again.quarantined == 5


def test_where_the_quarantine_file_goes(tmp_path: Path, note: Path, turtle: Turtle) -> None:
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        report = graph.load(turtle("agency:one a comity:Agency ."), document=NOTE)
        assert report.quarantine == tmp_path / "store" / "quarantine" / f"{report.load}.trig"
        asked = tmp_path / "made" / "here.trig"
        facts = turtle("agency:two a comity:Agency .")
        assert graph.load(facts, document=NOTE, quarantine=asked).quarantine == asked
        before = graph.info()
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match="cannot be written"):
            graph.load(facts, document=NOTE, quarantine=tmp_path / "file" / "x.trig")
        assert graph.info() == before


def test_strict_is_all_or_nothing(tmp_path: Path, note: Path, turtle: Turtle) -> None:
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        before = graph.info()
        report = graph.load(turtle(LEANING), strict=True)
        assert counts(report) == (22, 0, 22, 0)
        assert not report.committed
        assert report.quarantine is None
        assert graph.info() == before
        assert counts(graph.load(turtle(AGENCIES), strict=True)) == (6, 6, 0, 0)


def test_a_dry_run_changes_nothing(
    tmp_path: Path, note: Path, turtle: Turtle, contents: Contents
) -> None:
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        before, files = contents(graph), sorted((tmp_path / "store").iterdir())
        report = graph.load(turtle(LEANING), dry_run=True, quarantine=tmp_path / "q.trig")
        assert counts(report) == (22, 8, 14, 0)
        assert not report.committed
        assert contents(graph) == before
        assert sorted((tmp_path / "store").iterdir()) == files
        assert not (tmp_path / "q.trig").exists()


def test_warnings_go_in(graph: comity.Graph, turtle: Turtle) -> None:
    report = graph.load(turtle(AGENCIES), document=NOTE)
    assert {result.severity for result in report.checks.results} == {
        Severity.WARNING,
        Severity.INFO,
    }
    assert report.checks.conforms
    assert not report.refused


# What is wrong by itself

WRONG = {
    "agency:one a comity:Agencie .": "comity:Agencie is not a term of the ontology; did you mean comity:Agency?",
    "agency:one comity:acronim 'O' .": "did you mean comity:acronym?",
    "agency:one dcterms:type code:sme-agencie .": "code:sme-agencie is not a declared code; did you mean code:sme-agency?",
    "agency:one dcterms:date '2021-02-30'^^xsd:date .": '"2021-02-30" is not a date: write a day of the calendar as 2021-02-25',
    "agency:one dcterms:date '25.02.2021'^^xsd:date .": '"25.02.2021" is not a date',
    "agency:one dcterms:date 'yesterday'^^xsd:date .": '"yesterday" is not a date',
    "agency:one dcterms:date '2021-W08-4'^^xsd:date .": '"2021-W08-4" is not a date',
    "agency:one dcterms:date '20210225'^^xsd:date .": '"20210225" is not a date',
    "agency:one dcterms:date '2021-02-25T25:00:00'^^xsd:dateTime .": "is not a time: write it as 2021-02-25T14:30:00Z",
    "agency:one dcterms:date '2021-02-25T14'^^xsd:dateTime .": "is not a time",
    "agency:one dcterms:date '2021-13'^^xsd:gYearMonth .": "is not of type xsd:gYearMonth: write it as 2021-02",
    "agency:one dcterms:date 'next'^^xsd:gYear .": "write it as 2021",
    "agency:one dcterms:date '2021-02-30'^^edtf:EDTF .": "is not a date that can be read",
    "agency:one dcterms:date 'yesterday'^^edtf:EDTF .": "is not a date that can be read",
    "agency:one geo:lat 'north'^^xsd:decimal .": '"north" is not of type xsd:decimal: write it as 12.5',
    "agency:one geo:lat '1_000'^^xsd:decimal .": "is not of type xsd:decimal",
    "agency:one geo:lat 'NaN'^^xsd:decimal .": "is not of type xsd:decimal",
    "agency:one comity:ordinal 'two'^^xsd:integer .": "is not of type xsd:integer: write it as 12",
    "agency:one comity:ordinal '٢'^^xsd:integer .": "is not of type xsd:integer",
    "agency:one comity:ordinal '-1'^^xsd:nonNegativeInteger .": "is out of the range of xsd:nonNegativeInteger",
    "agency:one comity:ordinal '300'^^xsd:byte .": "is out of the range of xsd:byte",
    "agency:one geo:lat 'fast'^^xsd:double .": "is not of type xsd:double: write it as 1.5E0",
    "agency:one comity:envisaged 'yes'^^xsd:boolean .": "write it as true or false",
    "agency:one rdfs:seeAlso <<( agency:a rdfs:label 'b' )>> .": "a triple term is RDF 1.2",
    "agency:one rdfs:label 'x'@ar--rtl .": "a text direction is RDF 1.2",
}  # fmt: skip


@pytest.mark.parametrize(("quad", "message"), WRONG.items(), ids=map(str, range(len(WRONG))))
def test_a_fault_is_said_in_plain_words(
    graph: comity.Graph, turtle: Turtle, quad: str, message: str
) -> None:
    report = graph.load(turtle(quad), document=NOTE)
    assert counts(report) == (1, 0, 1, 0)
    assert message in messages(report)
    assert not graph.sparql("ASK { agency:one ?p ?o }")


@pytest.mark.parametrize(
    "value",
    ["'2021-02-25Z'^^xsd:date", "'2021-02-25T14:30:00.5+01:00'^^xsd:dateTime", "'+7'^^xsd:byte",
     "'-.5'^^xsd:decimal", "'-INF'^^xsd:double", "'1'^^xsd:boolean", "'2021~'^^edtf:EDTF",
     "'2021-02-30'", "code:ministry", "comity:Agency"],
)  # fmt: skip
def test_what_is_right_goes_in(graph: comity.Graph, turtle: Turtle, value: str) -> None:
    report = graph.load(turtle(f"agency:one rdfs:seeAlso {value} ."), document=NOTE)
    assert counts(report) == (1, 1, 0, 0)


POINT = """
<https://w3id.org/comity/id/time/2019-05> a comity:TimePoint ; comity:edtf "2019-05"^^edtf:EDTF ;
    comity:earliest "2019-05-01"^^xsd:date ; comity:latest "2019-05-31"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("2019-05-31", "2019-06-30", "the latest day 2019-05-31, not 2019-06-30"),
        ('; comity:latest "2019-05-31"^^xsd:date', "", "the latest day 2019-05-31, not none"),
    ],
)
def test_bounds_follow_from_the_value(
    graph: comity.Graph, turtle: Turtle, right: str, wrong: str, message: str
) -> None:
    assert not graph.load(turtle(POINT), document=NOTE, dry_run=True).refused
    report = graph.load(turtle(POINT.replace(right, wrong)), document=NOTE)
    assert report.accepted == 0
    assert message in messages(report)


def test_bounds_are_compared_with_what_is_stored(graph: comity.Graph, turtle: Turtle) -> None:
    openended = """
    <https://w3id.org/comity/id/time/%5B..2021-02-25%5D> a comity:TimePoint ;
        comity:edtf "[..2021-02-25]"^^edtf:EDTF ; comity:latest "2021-02-25"^^xsd:date .
    """
    assert not graph.load(turtle(openended), document=NOTE).refused
    more = """
    <https://w3id.org/comity/id/time/%5B..2021-02-25%5D> comity:earliest "2020-01-01"^^xsd:date .
    """
    report = graph.load(turtle(more), document=NOTE)
    assert "no earliest day, not 2020-01-01" in messages(report)
    assert counts(report) == (1, 0, 1, 0)


def test_a_quote_must_stand_in_the_text(graph: comity.Graph, turtle: Turtle) -> None:
    correction = """
    graph:curation {
      correction:c a comity:Correction ; comity:verbatim "nothing" ; comity:corrected "much" ;
        dcterms:type code:typo ; comity:certainty code:possible ; prov:wasDerivedFrom p:3 . }
    """
    assert not graph.load(turtle(correction, "right.trig"), dry_run=True).refused
    elsewhere = turtle(correction.replace("p:3", "p:2"), "wrong.trig")
    report = graph.load(elsewhere)
    assert [refusal.node for refusal in report.refused] == [expand("correction:c")]
    assert "“nothing” is not found in any passage that this correction names" in messages(report)


def test_a_passage_must_stand_in_its_document(graph: comity.Graph, turtle: Turtle) -> None:
    """Passage 2 begins at 15: its quote, at another place, is that of nothing."""
    moved = """
    graph:meta { <https://w3id.org/comity/id/passage/note/4> a comity:Passage ;
        dcterms:type code:sentence ; comity:ordinal 4 ; comity:text "Agency One" ;
        oa:hasSource source:note ; oa:hasSelector p:p4 , p:q4 .
      p:p4 a oa:TextPositionSelector ; oa:start 15 ; oa:end 25 .
      p:q4 a oa:TextQuoteSelector ; oa:exact "Agency One" . }
    """
    assert not graph.load(turtle(moved, "right.trig"), dry_run=True).refused
    wrong = moved.replace("oa:start 15 ; oa:end 25", "oa:start 16 ; oa:end 26")
    report = graph.load(turtle(wrong, "wrong.trig"))
    assert report.accepted < report.read
    assert graph.validate().conforms


# Search keys


def test_names_can_be_found_whatever_their_spelling(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle(AGENCIES.replace("Agency One", "Ağ ƏN İki")), document=NOTE)
    assert graph.resolve("AG EN IKI") == expand("agency:one")
    key = ox.NamedNode(COMITY.searchKey)
    curated = ox.NamedNode(GRAPHS.CURATION)
    assert next(graph.store.match(ox.NamedNode(expand("agency:one")), key, None, curated))


def test_a_report_holds_what_the_shapes_say_and_not_how_they_found_out(
    graph: comity.Graph, turtle: Turtle
) -> None:
    """A party that is a person breaks one shape, by way of two others that say less."""
    graph.load(turtle(AGENCIES), document=NOTE)
    report = graph.load(
        turtle(
            'person:p a foaf:Person ; skos:prefLabel "P"@en ; prov:wasDerivedFrom p:2 .'
            'agreement:x a comity:Agreement ; dcterms:type code:protocol ; skos:prefLabel "X"@en ;'
            " comity:party person:p, agency:one ; prov:wasDerivedFrom p:2 ."
        ),
        document=NOTE,
    )
    assert [
        (shorten(result.shape), shorten(result.focus)) for result in report.checks.at_least(3)
    ] == [("shape:Agreement-party", "agreement:x")]
    assert [shorten(refusal.node) for refusal in report.refused] == ["agreement:x"]
