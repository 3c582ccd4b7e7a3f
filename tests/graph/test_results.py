from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import Result as RdflibResult

from comity.errors import NotSupported
from comity.results import Answer, Row, Rows, Triples, cast, read, write

XSD = "http://www.w3.org/2001/XMLSchema#"
IRI = ox.NamedNode("https://example.org/a?b=1&c='é'")

NASTY = [
    ox.Literal('line\nbreak, "quotes"\tand \\backslash\\n'),
    ox.Literal(" <b>&amp;]]></b> "),
    ox.Literal("cr\rlf\r\n"),
    ox.Literal("KOBİA ə 𝒳", language="az-cyrl"),
    ox.Literal("مرحبا \u202eabc", language="ar"),
    ox.Literal(""),
    ox.Literal("'"),
    ox.Literal("12", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("2.5", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("-1.50", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("1.", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("1e3", datatype=ox.NamedNode(XSD + "double")),
    ox.Literal("INF", datatype=ox.NamedNode(XSD + "double")),
    ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")),
    ox.Literal("2021-02-25", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("a,b", datatype=ox.NamedNode("https://example.org/t")),
    ox.Literal("_:b0"),
    ox.BlankNode("b0"),
    IRI,
    None,
]
CONTROL = ox.Literal("bell\x07 \x1b[31mred\x00")


def nasty() -> Rows:
    return Rows(["x", "y"], [(term, IRI) for term in NASTY])


def expected(term: object) -> rdflib.term.Identifier | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode("b0")
    assert isinstance(term, ox.Literal)
    datatype = None if term.language or term.datatype.value == XSD + "string" else term.datatype
    return rdflib.Literal(
        term.value,
        lang=term.language,
        datatype=rdflib.URIRef(datatype.value) if datatype else None,
        normalize=False,
    )


def parsed(content: bytes, name: str) -> Iterator[object]:
    result = RdflibResult.parse(io.BytesIO(content), format=name)
    assert [str(variable) for variable in result.vars or ()] == ["x", "y"]
    for row in result.bindings:
        assert row[rdflib.Variable("y")] == rdflib.URIRef(IRI.value)
        yield row.get(rdflib.Variable("x"))


def same(found: object, term: object) -> bool:
    if isinstance(term, ox.BlankNode):
        return isinstance(found, rdflib.BNode)
    wanted = expected(term)
    if isinstance(wanted, rdflib.Literal) and isinstance(found, rdflib.Literal):
        return (
            str(found) == str(wanted)
            and found.language == wanted.language
            and (found.datatype or rdflib.XSD.string) == (wanted.datatype or rdflib.XSD.string)
        ) or (found.datatype == wanted.datatype and found.value == wanted.value != None)  # noqa: E711
    return found == wanted


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rdflib_reads_back_what_was_written(name: str) -> None:
    found = list(parsed(nasty().to_bytes(name), name))
    assert len(found) == len(NASTY)
    for value, term in zip(found, NASTY, strict=True):
        assert same(value, term), (value, term)


def test_engine_reads_back_what_was_written() -> None:
    rows = Rows(["x"], [(term,) for term in [*NASTY, CONTROL]])
    for name, syntax in (
        ("json", ox.QueryResultsFormat.JSON),
        ("tsv", ox.QueryResultsFormat.TSV),
    ):
        solutions = ox.parse_query_results(rows.to_bytes(name), syntax)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [row[0] for row in solutions] == [*NASTY, CONTROL]


def test_xml_keeps_white_space_as_a_conforming_parser_sees_it() -> None:
    root = ElementTree.fromstring(nasty().to_bytes("xml"))  # noqa: S314
    literals = root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [literal.text or "" for literal in literals] == [
        term.value for term in NASTY if isinstance(term, ox.Literal)
    ]


def test_csv_is_that_of_rfc_4180() -> None:
    content = nasty().to_bytes("csv").decode()
    assert content.startswith(
        f'x,y\r\n"line\nbreak, ""quotes""\tand \\backslash\\n",{IRI.value}\r\n'
    )
    lines = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert [line[0] for line in lines[1:]] == [
        "" if term is None else str(term) if isinstance(term, ox.BlankNode) else term.value
        for term in NASTY
    ]


def test_a_single_empty_field_is_no_empty_line_in_csv() -> None:
    assert Rows(["x"], [(None,), (ox.Literal("a"),)]).to_bytes("csv") == b'x\r\n""\r\na\r\n'


def test_tsv_to_the_letter() -> None:
    assert nasty().to_bytes("tsv").decode().split("\n")[:2] == [
        "?x\t?y",
        '"line\\nbreak, \\"quotes\\"\\tand \\\\backslash\\\\n"\t<' + IRI.value + ">",
    ]
    tail = [line.split("\t")[0] for line in nasty().to_bytes("tsv").decode().split("\n")[8:16]]
    assert tail == [
        "12",
        "2.5",
        f'"-1.50"^^<{XSD}decimal>',
        f'"1."^^<{XSD}decimal>',
        "1e3",
        f'"INF"^^<{XSD}double>',
        f'"true"^^<{XSD}boolean>',
        f'"2021-02-25"^^<{XSD}date>',
    ]


def test_json_to_the_letter() -> None:
    rows = Rows(["a", "b"], [(CONTROL, None), (ox.Literal("x", language="tr"), ox.Literal(1))])
    assert json.loads(rows.to_bytes("json")) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {"a": {"type": "literal", "value": "bell\x07 \x1b[31mred\x00"}},
                {
                    "a": {"type": "literal", "value": "x", "xml:lang": "tr"},
                    "b": {"type": "literal", "value": "1", "datatype": XSD + "integer"},
                },
            ]
        },
    }


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv", "table"])
def test_no_rows_and_no_columns(name: str) -> None:
    assert Rows(["x"], []).to_bytes(name)
    assert Rows([], [(), ()]).to_bytes(name)


def test_xml_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(NotSupported, match=r"U\+0007.*json"):
        Rows(["x"], [(CONTROL,)]).to_bytes("xml")


def test_ask() -> None:
    yes = read(ox.Store().query("ASK {}"))
    assert isinstance(yes, Answer)
    assert yes
    assert json.loads(yes.to_bytes("json")) == {"head": {}, "boolean": True}
    root = ElementTree.fromstring(Answer(False).to_bytes("xml"))  # noqa: S314
    assert root.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == "false"
    assert yes.to_bytes("csv") == b"true\r\n"
    assert yes.to_bytes("tsv") == b"true\n"
    assert yes.to_bytes("table") == b"yes\n"
    with pytest.raises(NotSupported, match="json"):
        yes.to_bytes("turtle")


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("12", "integer", 12),
        ("+7", "int", 7),
        (" 12 ", "long", 12),
        ("1.5", "integer", "1.5"),
        ("1_000", "integer", "1_000"),
        ("9" * 5000, "integer", "9" * 5000),
        ("1.50", "decimal", Decimal("1.50")),
        ("1e3", "decimal", "1e3"),
        ("1e3", "double", 1000.0),
        ("-INF", "float", float("-inf")),
        ("infinity", "double", "infinity"),
        ("1", "boolean", True),
        ("yes", "boolean", "yes"),
        ("2021-02-25", "date", date(2021, 2, 25)),
        ("2021-02-30", "date", "2021-02-30"),
        ("2021-02-25Z", "date", "2021-02-25Z"),
        ("20210225", "date", "20210225"),
        ("2021-02-25T10:00:00Z", "dateTime", datetime(2021, 2, 25, 10, tzinfo=UTC)),
        ("2021-02-25T10:00:00.5", "dateTime", datetime(2021, 2, 25, 10, 0, 0, 500_000)),
        ("2021-02-25T24:00:00", "dateTime", "2021-02-25T24:00:00"),
        ("2021", "gYear", "2021"),
    ],
)
def test_cast_of_literals(value: str, datatype: str, expected: object) -> None:
    found = cast(ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)))
    assert found == expected
    assert type(found) is type(expected)


def test_cast_of_other_terms() -> None:
    assert cast(IRI) == IRI.value
    assert cast(None) is None
    assert cast(ox.BlankNode("b")) == "_:b"
    assert cast(ox.Literal("KOBİA", language="az")) == "KOBİA"


def test_rows_have_types_and_three_ways_in() -> None:
    rows = Rows(["who", "index"], [(IRI, ox.Literal(3)), (None, ox.Literal("a"))])
    assert rows[0].who == rows[0]["who"] == rows[0][0] == IRI.value
    assert rows[0].index == rows[0][-1] == 3
    assert tuple(rows[1]) == (None, "a")
    assert rows[0].term("who") == IRI
    assert rows.to_dicts() == [{"who": IRI.value, "index": 3}, {"who": None, "index": "a"}]
    assert repr(rows[1]) == "Row(who=None, index='a')"
    with pytest.raises(AttributeError, match="nobody"):
        _ = rows[0].nobody
    with pytest.raises(KeyError):
        _ = rows[0]["nobody"]
    assert {rows[0]: 1}[Row({"who": 0, "index": 1}, (IRI, ox.Literal(3)))] == 1


def test_rows_from_the_engine() -> None:
    rows = read(ox.Store().query("SELECT ?a (1+1 AS ?b) { VALUES ?a { 1 2 3 } } ORDER BY ?a"))
    assert isinstance(rows, Rows)
    assert rows.variables == ("a", "b")
    assert [tuple(row) for row in rows] == [tuple(row) for row in rows] == [(1, 2), (2, 2), (3, 2)]
    assert not rows.truncated


def test_rows_are_read_only_as_far_as_needed() -> None:
    taken: list[int] = []

    def solutions() -> Iterator[tuple[ox.Literal]]:
        for number in range(1_000):
            taken.append(number)
            yield (ox.Literal(number),)

    rows = Rows(["n"], solutions())
    assert taken == []
    assert rows
    assert next(iter(rows)).n == 0
    assert taken == [0]
    assert len(rows) == 1_000


@pytest.mark.parametrize(("limit", "truncated"), [(0, True), (2, True), (3, False), (9, False)])
def test_a_limit_says_whether_it_cut(limit: int, truncated: bool) -> None:
    query = "SELECT ?a { VALUES ?a { 1 2 3 } } ORDER BY ?a"
    rows = read(ox.Store().query(query), limit=limit)
    assert isinstance(rows, Rows)
    assert rows.truncated is truncated
    assert [row.a for row in rows] == [1, 2, 3][:limit]
    for name in ("json", "csv", "table"):
        written = write(ox.Store().query(query), io.BytesIO(), name, limit=limit)
        assert (written.count, written.truncated) == (min(limit, 3), truncated)
    kept = rows.write(io.BytesIO(), "tsv")
    assert (kept.count, kept.truncated) == (min(limit, 3), truncated)


def table(rows: Rows) -> str:
    return rows.to_bytes("table").decode()


def test_table_shortens_iris_and_says_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    agency = ox.NamedNode("https://w3id.org/comity/id/agency/kosgeb")
    rows = Rows(["agency", "n"], [(agency, ox.Literal(n)) for n in (5, 10, 15)], limit=2)
    lines = table(rows).splitlines()
    assert lines[0].split() == ["agency", "n"]
    assert [line.split() for line in lines[2:4]] == [
        ["agency:kosgeb", "5"],
        ["agency:kosgeb", "10"],
    ]
    assert lines[2].endswith("  5")
    assert lines[4].strip() == "the first 2 rows; there are more"


def test_table_keeps_rows_without_values() -> None:
    assert table(Rows(["x"], [(None,), (ox.Literal("a"),), (None,)])).splitlines()[2:] == [
        "",
        "a",
        "",
    ]


def test_table_disarms_what_could_act_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = table(Rows(["x"], [(CONTROL,), (ox.Literal("[bold]a[/bold]\nb \u202ec"),)]))
    assert "bell\\u0007 \\u001b[31mred\\u0000" in text
    assert "[bold]a[/bold] b \\u202ec" in text
    assert "\x1b" not in text


def test_html_is_escaped_and_links_only_to_the_web() -> None:
    rows = Rows(
        ["<x>"],
        [
            (ox.Literal("<script>alert('1')</script>", language="en"),),
            (ox.NamedNode("javascript:alert(1)"),),
            (IRI,),
            (None,),
        ],
    )
    html = rows._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<th>&lt;x&gt;</th>" in html
    assert html.count("href=") == 1
    assert "b=1&amp;c=&#x27;é&#x27;" in html
    assert "there are more" not in html


def test_html_shows_the_first_hundred() -> None:
    html = Rows(["n"], [(ox.Literal(n),) for n in range(101)])._repr_html_()
    assert html.count("<tr>") == 101
    assert "there are more" in html


@pytest.fixture
def triples() -> Triples:
    store = ox.Store()
    store.update(
        "PREFIX c: <https://w3id.org/comity/ns#> INSERT DATA { <https://w3id.org/comity/id/"
        'agency/kobia> a c:Agency ; c:acronym "KOBİA" ; c:note "a\\"b\\n"@az, 3 , _:b }'
    )
    result = read(store.query("CONSTRUCT WHERE { ?s ?p ?o }"))
    assert isinstance(result, Triples)
    return result


# rdflib uses its own deprecated names whenever it reads into a dataset
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "parser"),
    [
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("trig", "trig"),
        ("nquads", "nquads"),
        ("jsonld", "json-ld"),
        ("rdfxml", "xml"),
    ],
)
def test_rdflib_reads_graphs_back(triples: Triples, name: str, parser: str) -> None:
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=triples.to_bytes(name), format=parser)
    agency = rdflib.URIRef("https://w3id.org/comity/id/agency/kobia")
    note = rdflib.URIRef("https://w3id.org/comity/ns#note")
    assert len(set(graph.triples((None, None, None)))) == len(triples) == 5
    assert rdflib.Literal('a"b\n', lang="az") in set(graph.objects(agency, note))


def test_turtle_declares_the_prefixes(triples: Triples) -> None:
    assert (
        "@prefix agency: <https://w3id.org/comity/id/agency/>"
        in triples.to_bytes("turtle").decode()
    )


def test_graphs_as_tables_and_limits(triples: Triples) -> None:
    assert "comity:acronym" in triples.to_bytes("table").decode()
    assert "comity:Agency" in triples._repr_html_()
    cut = Triples(triples, limit=2)
    assert (len(cut), cut.truncated, triples.truncated) == (2, True, False)
    written = write(triples, io.BytesIO(), "turtle", limit=5)
    assert (written.count, written.truncated) == (5, False)
    with pytest.raises(NotSupported, match="turtle"):
        triples.to_bytes("csv")


@pytest.mark.parametrize(
    ("predicate", "value"),
    [("https://example.org/1", ox.Literal("a")), ("https://example.org/p", CONTROL)],
)
def test_rdfxml_refuses_what_it_cannot_hold(predicate: str, value: ox.Literal) -> None:
    graph = Triples([ox.Triple(IRI, ox.NamedNode(predicate), value)])
    with pytest.raises(NotSupported, match="turtle"):
        graph.to_bytes("rdfxml")


def test_rows_are_no_turtle() -> None:
    with pytest.raises(NotSupported, match="json, xml, csv, tsv, spreadsheet, table"):
        nasty().to_bytes("turtle")
