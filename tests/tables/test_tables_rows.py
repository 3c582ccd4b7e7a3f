"""What rows become, and what is said of rows that cannot be read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import comity
from comity_ontology.prefixes import expand


def ask(graph: comity.Graph, pattern: str) -> bool:
    return bool(graph.sparql(f"ASK {{ {pattern} }}"))


def refusals(report) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in report.rows.refused]


def test_a_release_in_three_tables_in_any_order(graph, table) -> None:
    files = [
        table(
            "title;kind;parties;signed on;signed in;signatories;document;sentences\n"
            "Protocol between Arland and Borland;protocol;Arland | Borland;2021-03-01;Arl;"
            "Ada Lark (as Minister of Trade);note;2-3\n",
            "agreements.csv",
        ),
        table(
            "person,post,role,organization,attested on,document,sentences\n"
            "Ada Lark,Minister of Trade,minister,Arland,2021-03-01,note,2\n",
            "posts.csv",
        ),
        table(
            "name,iso code,kind,document,sentences\nArland,AL,country,note,2\nBorland,BL,,note,2\n",
            "places.csv",
        ),
    ]
    report = graph.load(*files)
    assert refusals(report) == []
    # Nobody had a row for these two; the countries were found by their rows.
    assert dict(report.rows.made) == {
        expand("person:ada-lark"): "Ada Lark",
        expand("place:arl"): "Arl",
    }
    assert ask(graph, "country:al comity:iso3166 'AL' . country:bl a comity:Country")
    rows = graph.run("signatories")
    assert [(row.signatoryLabel, row.statement) for row in rows] == [("Ada Lark", "stated")]
    assert ask(
        graph,
        "?p comity:actingAs/comity:attestedOn timepoint:2021-03-01 ; comity:onBehalfOf country:al",
    )
    assert graph.validate().conforms


def test_what_a_document_says_and_what_a_curator_adds_stay_apart(graph, table) -> None:
    graph.load(
        table(
            "name,kind,iso code,misspelt,names in other languages,document,sentences\n"
            "Arland,country,al,,tr: Arlanda | az: Arland,note,2\n"
            "Borrland,country,BL,Borland,,note,2\n",
            "places.csv",
        )
    )
    source, curation = (f"<https://w3id.org/comity/graph/{n}>" for n in ("source/note", "curation"))
    assert ask(graph, f"GRAPH {source} {{ country:al skos:prefLabel 'Arland'@en }}")
    assert ask(graph, f"GRAPH {curation} {{ country:al skos:prefLabel 'Arlanda'@tr }}")
    assert ask(graph, f"GRAPH {curation} {{ country:al comity:iso3166 'AL' }}")
    assert not ask(graph, f"GRAPH {source} {{ country:al comity:iso3166 ?code }}")
    # No sentence has the right name, so it is the curator's.
    assert ask(graph, f"GRAPH {source} {{ country:bl skos:hiddenLabel 'Borland'@en }}")
    assert ask(graph, f"GRAPH {curation} {{ country:bl skos:prefLabel 'Borrland'@en }}")


def test_a_row_with_a_basis_is_a_conclusion(graph, table) -> None:
    report = graph.load(
        table(
            "name,acronym,kind,country,document,sentences,basis,certainty,by\n"
            "Arland Trade Office,ATO,,,note,3,,,\n"
            "Arland Trade Office,,development-agency,Arland,note,3,"
            "The name says so.,probable,Ada\n",
            "agencies.csv",
        )
    )
    assert refusals(report) == []
    curation = "<https://w3id.org/comity/graph/curation>"
    assert ask(graph, f"GRAPH {curation} {{ agency:arland-trade-office comity:ofCountry ?c }}")
    assert ask(
        graph,
        "?i a comity:Inference ; rdf:subject agency:arland-trade-office ; "
        "rdf:predicate comity:ofCountry ; comity:basis 'The name says so.' ; "
        "comity:certainty code:probable ; dcterms:creator 'Ada'",
    )
    assert not ask(
        graph,
        "GRAPH <https://w3id.org/comity/graph/source/note> { ?a comity:ofCountry ?c }",
    )
    again = graph.load(*[report.files[0]])
    assert again.accepted == 0


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2021-02-25", "2021-02-25"),
        ("2021-02", "2021-02"),
        ("2021", "2021"),
        ("~2018", "2018~"),
        ("2018~", "2018~"),
        ("about 2018", "2018~"),
        ("by 2021-02-25", "[..2021-02-25]"),
        ("before 2021-02-25", "[..2021-02-24]"),
        ("since 2020", "[2020..]"),
        ("2019..2020", "[2019..2020]"),
        ("between 2019 and 2020-03", "[2019-01-01..2020-03-31]"),
        ("[..2021-02-25]", "[..2021-02-25]"),
        ("2021-02-25 00:00:00", "2021-02-25"),
    ],
)
def test_dates_as_people_write_them(cell, edtf, graph, table) -> None:
    text = f"title,kind,date,document,sentences\nTalks,meeting,{cell},note,2\n"
    assert refusals(graph.load(table(text))) == []
    rows = graph.sparql("SELECT ?edtf { ?e a comity:Event ; comity:time/comity:edtf ?edtf }")
    assert [str(row.edtf) for row in rows] == [edtf]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("25/02/2021", "2021-02-25"),
        ("2/25/21", "2021-02-25"),
        ("03/04/2021", "2021-04-03 or 2021-03-04"),
        ("25.02.2021", "2021-02-25"),
        ("2021/02/25", "write 2021-02-25"),
        ("2021-2-5", "write 2021-02-05"),
        ("44252", "a spreadsheet's own count of days"),
        ("2021-02-30", "there is no day 2021-02-30"),
        ("25 February 2021", "not a date that can be read"),
        ("2020/2021", "is an interval"),
    ],
)
def test_dates_that_could_be_others_are_refused(cell, said, graph, table) -> None:
    text = f"title,kind,date,document,sentences\nTalks,meeting,{cell},note,2\n"
    (row, reason), = refusals(graph.load(table(text)))  # fmt: skip
    assert row == 2
    assert reason.startswith("column 'date': ")
    assert said in reason
    assert not ask(graph, "?e a comity:Event")


EVENTS = "title,kind,place,part of,attendees,mode,envisaged,document,sentences"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Talks,meting,,,,,,note,2", "column 'kind': 'meting' is no code of the scheme event-type"),
        ("Talks,meeting,,,,,,nott,2", "column 'document': there is no document 'nott'"),
        ("Talks,meeting,,,,,,,2", "column 'document': is empty"),
        ("Talks,meeting,,,,,,note,", "column 'sentences': is empty"),
        ("Talks,meeting,,,,,,note,9", "column 'sentences': there is no sentence 9"),
        ("Talks,meeting,,,,,,note,2-999999999", "has the sentences 1 to 5"),
        ("Talks,meeting,,,,,,note,4-2", "write 2-4"),
        ("Talks,meeting,,,,,,note,two", "no list of sentence numbers"),
        (",meeting,,,,,,note,2", "column 'title': is empty"),
        ("Talks,meeting,,Forum,,,,note,2", "column 'part of': nothing is called 'Forum'"),
        ("Talks,meeting,,,,video,,note,2", "column 'mode': 'video' is none of in person"),
        ("Talks,meeting,,,,,perhaps,note,2", "column 'envisaged': 'perhaps' is neither yes nor no"),
        ("Talks,meeting,,,Ada (as King),,,note,2", "nothing says that Ada is 'King'"),
        ("Talks,meeting,,,agency:nobody,,,note,2", "agency:nobody is not in the graph"),
        ("Talks,meeting,,,,,,note,2,more", "1 filled cells stand under no heading"),
        ("Talks\x07,meeting,,,,,,note,2", "column 'title': has a control character"),
    ],
)
def test_a_bad_row_is_refused_with_row_and_column(row, said, graph, table) -> None:
    text = f"{EVENTS}\n\nOther talks,meeting,,,,,,note,2\n{row}\n"
    report = graph.load(table(text))
    (number, reason), = refusals(report)  # fmt: skip
    assert number == 4
    assert said in reason
    assert report.rows.conservation() == "rows: read 2 = loaded 1 + refused 1"
    assert ask(graph, "event:other-talks a comity:Event")
    assert not ask(graph, "event:talks a comity:Event")


def test_an_ambiguous_name_lists_who_may_be_meant(graph, table) -> None:
    people = table(
        "id,name,document,sentences\nlark-1,Ada Lark,note,2\nlark-2,Ada Lark,note,4\n",
        "people.csv",
    )
    events = table(f"{EVENTS}\nTalks,meeting,,,Ada Lark,,,note,2\n")
    (_, reason), = refusals(graph.load(people, events))  # fmt: skip
    assert "'Ada Lark' may be any of person:lark-1" in reason
    assert "person:lark-2" in reason
    mended = table(f"{EVENTS}\nTalks,meeting,,,person:lark-2,,,note,2\n")
    assert refusals(graph.load(mended)) == []
    assert ask(graph, "?p comity:participant person:lark-2 ; comity:event event:talks")


def test_names_in_any_script_make_readable_iris(graph, table) -> None:
    text = "name,document,sentences\nОрхан Мамедов,note,2\n李明,note,2\n☺,note,2\n"
    assert refusals(graph.load(table(text, "people.csv"))) == []
    rows = graph.sparql("SELECT ?p { ?p a foaf:Person }")
    iris = {str(row.p) for row in rows}
    assert all(iri.isascii() for iri in iris)
    assert {expand("person:orkhan-mamedov"), expand("person:liming")} < iris
    assert len(iris) == 3


def test_names_with_one_slug_stay_two(graph, table) -> None:
    text = "name,acronym,document,sentences\nA-B Bank,,note,2\nA B Bank,,note,3\n"
    assert refusals(graph.load(table(text))) == []
    rows = graph.sparql("SELECT ?a { ?a a comity:Agency }")
    assert len(list(rows)) == 2
    assert graph.load(table(text)).accepted == 0


def test_a_second_name_of_a_known_node_is_an_alternative(graph, table) -> None:
    head = "id,name,acronym,document,sentences\n"
    graph.load(table(f"{head}ato,Arland Trade Office,ATO,note,3\n"))
    report = graph.load(table(f"{head}ato,Trade Office of Arland,,note,3\n"))
    assert refusals(report) == []
    assert ask(graph, "agency:ato skos:altLabel 'Trade Office of Arland'@en")
    renamed = (expand("agency:ato"), "Arland Trade Office", "Trade Office of Arland")
    assert report.rows.renamed == (renamed,)


def test_refused_rows_are_kept_mended_and_loaded_again(graph, table) -> None:
    text = (
        "about;text;by;why;document;sentences\r\n"
        "note;=1+1;Ada;because;note;2\r\n"
        "note;=2+2;Ada;because;note;77\r\n"
        "note;'s-Hertogenbosch;@ada;-5;note;99\r\n"
    )
    report = graph.load(table(text.encode("utf-8-sig"), "my notes.csv"))
    assert report.rows.conservation() == "rows: read 3 = loaded 1 + refused 2"
    (kept,) = report.rows.files
    assert kept.parent == graph.store.directory / "quarantine"
    content = kept.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfabout;text;by;why;document;sentences;reason\r\n")
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [row[1:4] for row in rows[1:]] == [
        ["'=2+2", "Ada", "because"],
        ["'s-Hertogenbosch", "'@ada", "'-5"],
    ]
    assert "no sentence 77" in rows[1][6]
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    kept.write_bytes(content.replace(b";77;", b";3;").replace(b";99;", b";4;"))
    again = graph.load(kept)
    assert again.rows.conservation() == "rows: read 2 = loaded 2 + refused 0"
    texts = {str(row.t) for row in graph.sparql("SELECT ?t { ?n oa:bodyValue ?t }")}
    assert texts == {"=1+1", "=2+2", "'s-Hertogenbosch"}
    assert ask(graph, "?n dcterms:creator '@ada' ; comity:basis '-5'")


def test_a_row_that_the_gate_refuses_is_kept_too(graph, table) -> None:
    text = (
        "id,title,kind,begin,end,document,sentences\n"
        "good,Good talks,meeting,2021-01-01,2021-01-02,note,2\n"
        "bad,Bad talks,meeting,2021-01-05,2021-01-02,note,2\n"
    )
    report = graph.load(table(text, "events.csv"))
    (row, reason), = refusals(report)  # fmt: skip
    assert row == 3
    assert reason.startswith("event:bad: It begins on")
    assert report.balanced
    assert report.quarantined > 0
    (kept,) = report.rows.files
    assert report.quarantine.parent == kept.parent
    kept.write_bytes(kept.read_bytes().replace(b"2021-01-05", b"2021-01-01"))
    assert refusals(graph.load(kept)) == []
    assert ask(graph, "event:bad comity:begin timepoint:2021-01-01")


def test_a_strict_load_loads_all_rows_or_none(graph, table) -> None:
    text = f"{EVENTS}\nTalks,meeting,,,,,,note,2\nMore talks,meeting,,,,,,note,77\n"
    before = graph.info()
    report = graph.load(table(text), strict=True)
    assert report.rows.conservation() == "rows: read 2 = loaded 0 + refused 1 + held back 1"
    assert report.rows.files == ()
    assert not report.committed
    assert graph.info() == before


def test_a_dry_run_changes_nothing_and_says_what_would_be_made(graph, table) -> None:
    before = graph.info()
    report = graph.load(table(f"{EVENTS}\nTalks,meeting,Arl,,,,,note,2\n"), dry_run=True)
    assert report.rows.made == ((expand("place:arl"), "Arl"),)
    assert not report.committed
    assert graph.info() == before


def test_a_name_that_is_almost_another_is_pointed_out(graph, table) -> None:
    graph.load(table("name,document,sentences\nBen Moor,note,3\nAda Lark,note,2\n", "people.csv"))
    report = graph.load(
        table(f"{EVENTS}\nTalks,meeting,Moors,,Ben Moore | Zoe Quist | Moor,,,note,2\n")
    )
    made = {expand(iri) for iri in ("person:ben-moore", "person:zoe-quist", "person:moor")}
    assert {iri for iri, _ in report.rows.made} - {expand("place:moors")} == made
    # A place has no name like a person's, and nobody is like Zoe Quist.
    assert report.rows.alike == (
        (expand("person:ben-moore"), expand("person:ben-moor"), "Ben Moor"),
        (expand("person:moor"), expand("person:ben-moor"), "Ben Moor"),
    )
    assert graph.load(table("name,document,sentences\nEve,note,2\n", "people.csv")).rows.alike == ()


def test_tables_and_rdf_go_in_as_one_load(graph, table, turtle) -> None:
    rdf = turtle("person:ben-moor a foaf:Person ; skos:prefLabel 'Ben Moor'@en ; "
                 "prov:wasDerivedFrom p:4 .")  # fmt: skip
    events = table(f"{EVENTS}\nTalks,meeting,,,person:ben-moor,,,note,2\n")
    report = graph.load(rdf, document="source:note")
    assert report.accepted == 3
    assert refusals(graph.load(rdf, events, document="source:note")) == []
    assert ask(graph, "?p comity:participant person:ben-moor")


def test_a_store_in_memory_keeps_refusals_in_the_report(table, note) -> None:
    with comity.open() as graph:
        graph.add_document(note)
        report = graph.load(table(f"{EVENTS}\nTalks,meeting,,,,,,note,77\n"))
    assert refusals(report)
    assert report.rows.files == ()


def test_refused_rows_go_beside_a_quarantine_file_that_is_named(graph, table, tmp_path) -> None:
    wanted = tmp_path / "out" / "aside.trig"
    report = graph.load(table(f"{EVENTS}\nTalks,meeting,,,,,,note,77\n"), quarantine=wanted)
    assert report.rows.files == (tmp_path / "out" / "aside.table.csv",)
    assert Path(report.rows.files[0]).is_file()
    assert not wanted.exists()


def test_events_of_one_title_on_other_days_are_two(graph, table) -> None:
    head = "title,kind,date,attendees,document,sentences\n"
    first = table(f"{head}Talks,meeting,2021-01-01,Ada Lark,note,2\nTalks,meeting,,Ben,note,3\n")
    assert refusals(graph.load(first)) == []
    assert ask(graph, "event:talks comity:time timepoint:2021-01-01")
    assert ask(graph, "?p comity:event event:talks ; comity:participant person:ben")
    other = table(f"{head}Talks,meeting,2021-02-03,Ada Lark,note,2\n", "other.csv")
    assert refusals(graph.load(other)) == []
    assert ask(graph, "event:talks-2021-02-03 comity:time timepoint:2021-02-03")
    assert graph.load(other).accepted == 0
    assert graph.load(first, other).rows.refused[0].row == 3  # which talks did Ben attend?
    within = table(f"{head}Talks,meeting,2021-02,Cid,note,2\n", "within.csv")
    assert refusals(graph.load(within)) == []
    assert ask(graph, "?p comity:event event:talks-2021-02-03 ; comity:participant person:cid")


def test_statements_of_one_title_in_two_documents_are_two(graph, table, tmp_path) -> None:
    (tmp_path / "second.txt").write_text("They praised their close ties.\n")
    graph.add_document(tmp_path / "second.txt")
    text = "title,kind,text,document,sentences\nPraise,statement,close ties,{},{}\n"
    assert refusals(graph.load(table(text.format("note", 5)))) == []
    assert refusals(graph.load(table(text.format("second", 1), "b.csv"))) == []
    both = "utterance:praise a comity:Utterance . utterance:praise-second a comity:Utterance"
    assert ask(graph, both)


def test_a_tenure_may_be_named_by_its_short_form(graph, table) -> None:
    posts = table(
        "id,person,post,role,organization,begin,document,sentences\n"
        "lark-1,Ada Lark,Minister,minister,Arland,2019,note,2\n"
        "lark-2,Ada Lark,Minister,minister,Arland,2021-02-01,note,2\n",
        "posts.csv",
    )
    head = "title,kind,date,attendees,document,sentences\n"
    unclear = table(f"{head}Talks,meeting,2021-03-01,Ada Lark (as Minister),note,2\n", "events.csv")
    (_, reason), = refusals(graph.load(posts, unclear))  # fmt: skip
    assert "more than once: write the tenure" in reason
    clear = table(f"{head}Talks,meeting,2021-03-01,Ada Lark (as tenure:lark-2),note,2\n", "c.csv")
    assert refusals(graph.load(posts, clear)) == []
    assert ask(graph, "?p comity:actingAs tenure:lark-2 ; comity:onBehalfOf agency:arland")
