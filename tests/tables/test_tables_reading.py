"""How tables may be written, and what is said of those that cannot be read."""

from __future__ import annotations

import csv
import io

import pytest

import comity
from comity.errors import InputError, ParameterError
from comity.tables import TEMPLATES, Table, template_csv

PEOPLE = "name,also called,document,sentences\nAda Lark,Lark,note,2\n"


def names(graph: comity.Graph) -> set[str]:
    rows = graph.sparql("SELECT ?name { ?p a foaf:Person ; skos:prefLabel ?name }")
    return {str(row.name) for row in rows}


@pytest.mark.parametrize(
    "content",
    [
        PEOPLE.encode(),
        PEOPLE.replace(",", ";").encode(),
        PEOPLE.replace(",", "\t").encode(),
        PEOPLE.replace(",", "|").encode(),
        PEOPLE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PEOPLE.replace(",", ";").replace("\n", "\r\n").encode(),
        PEOPLE.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + PEOPLE.replace(",", ";").encode(),
        PEOPLE.rstrip("\n").encode(),
        (PEOPLE.replace("sentences\n", "sentences,,\n") + ",,,,,\n\n , ,\n").encode(),
        b"NAME, Also_Called ,Document,SENTENCES\nAda Lark,Lark,note,2\n",
        b"sentences,name,document\n2,Ada Lark,note\n",
        b'"name","document","sentences"\n"Ada Lark","note","2"\n',
    ],
    ids=["comma", "semicolon", "tab", "bar", "crlf", "mark", "utf-16", "sep", "no last line end",
         "empty rows and columns", "headings written otherwise", "another order", "quotes"],
)  # fmt: skip
def test_a_table_is_read_however_it_was_saved(content, graph, table) -> None:
    report = graph.load(table(content, "people.csv"))
    assert (report.rows.read, report.rows.loaded) == (1, 1)
    assert names(graph) == {"Ada Lark"}


def test_a_cell_may_hold_separators_quotes_and_line_ends(graph, table) -> None:
    text = 'about,text,by,why,document\nnote,"He said ""no, ""\nand left; twice",Ada,"a, b",note\n'
    assert graph.load(table(text)).rows.loaded == 1
    found = [str(row.text) for row in graph.sparql("SELECT ?text { ?n oa:bodyValue ?text }")]
    assert found == ['He said "no, "\nand left; twice']


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no headings"),
        (b"\n", "has no headings"),
        (b"name,sentences,nme\n", "'nme' is no column of any template: did you mean 'name'"),
        (b"name,acronym,in country,sentences\n", "'(acronym|in country)' is no column of the"),
        (b"name,acronim,kind,country,sentences\n", "'acronim'.*did you mean 'acronym'"),
        (b"name,name,sentences\n", "has the column 'name' twice"),
        (b"name,acronym,country\n", "has no column 'sentences'"),
        (b"name,document,sentences\n", "could be those of .* keep more of the template's columns"),
        (b"name,\xff,sentences\n", "is not UTF-8 text"),
        (b'"name,acronym,sentences\n', "row 1"),
        (b"colour,size\n", "'colour' is no column of any template; the templates are places, "),
    ],
)
def test_headings_that_are_no_template_are_refused(content, said, table) -> None:
    with pytest.raises(InputError, match=said) as error:
        Table(table(content))
    assert "table.csv" in str(error.value)


def test_the_name_of_the_file_decides_where_the_headings_leave_it_open(table) -> None:
    content = "name,document,sentences\n"
    assert Table(table(content, "people.csv")).template.name == "people"
    assert Table(table(content, "2021 agencies (new).csv")).template.name == "agencies"


@pytest.mark.parametrize("bad", [b'Ada,note,"2\n', b"Ada,note,2\xff\n", b'Ada,note,"2"x\n'])
def test_a_damaged_table_loads_nothing(bad, graph, table) -> None:
    content = b"name,document,sentences\nBen,note,2\n" + bad
    with pytest.raises(InputError, match=r"people\.csv"):
        graph.load(table(content, "people.csv"))
    assert names(graph) == set()


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_template_is_told_by_its_headings(name, delimiter, table) -> None:
    text = template_csv(name, delimiter=delimiter)
    found = Table(table(text, "x.csv"))
    assert (found.template.name, found.delimiter) == (name, delimiter)
    assert list(found.records()) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_examples_load_into_the_example_store(name, seeded_copy, table) -> None:
    text = template_csv(name, example=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert all(row.get("document") for row in rows)
    with comity.open(seeded_copy) as graph:
        report = graph.load(table(text, f"{name}.csv"))
        assert report.rows.refused == ()
        assert report.rows.loaded == len(rows)
        assert graph.validate().conforms


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(ParameterError, match="no template is called 'agency': write one of places"):
        template_csv("agency")


def test_each_column_is_explained_once() -> None:
    for template in TEMPLATES.values():
        columns = [column.name for column in template.columns]
        assert len(columns) == len(set(columns))
        assert all(column.says.endswith((".", "…")) for column in template.columns), template.name
        for row in template.examples:
            assert set(row) <= set(columns)
