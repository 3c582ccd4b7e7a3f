"""CSV is exact; ``spreadsheet`` is CSV in which no text runs."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import comity
from comity.results.formats import write_rows
from comity_ontology.terms import XSD


def written(format_name: str, *terms: ox.NamedNode | ox.Literal | None) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    names = [f"v{number}" for number in range(len(terms))]
    assert write_rows(out, format_name, names, [terms]).count == 1
    text = out.getvalue().decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head == names
    return out.getvalue(), row


def number(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(datatype))


def test_text_is_defused_and_numbers_are_not() -> None:
    terms = (
        ox.Literal("=1+1"),
        ox.Literal("@SUM(A1)", language="en"),
        ox.Literal("-5"),
        number("-5", XSD.integer),
        number("-2.5", XSD.decimal),
        number("-1.0E3", XSD.double),
        number("+.5", XSD.NS + "float"),
        number("=1+1", XSD.integer),  # which a store keeps, although it is none
        number("-INF", XSD.double),
        number("2021-02-25", XSD.date),
        ox.NamedNode("https://example.org/=1"),
        None,
    )
    content, row = written("spreadsheet", *terms)
    assert content.startswith(b"\xef\xbb\xbfv0,")
    assert row == ["'=1+1", "'@SUM(A1)", "'-5", "-5", "-2.5", "-1.0E3", "+.5", "'=1+1", "'-INF",
                   "2021-02-25", "https://example.org/=1", ""]  # fmt: skip
    content, row = written("csv", *terms)
    assert content.startswith(b"v0,")
    assert row == [term.value if term is not None else "" for term in terms]


# Not half characters, which no store holds, nor NUL, which not every reader of CSV takes.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(TEXT)
@example("\t=1")
@example("  +1")
@example('a"b,c\r\nd')
def test_csv_keeps_any_text_and_a_spreadsheet_runs_none(text: str) -> None:
    assert written("csv", ox.Literal(text))[1] == [text]
    (cell,) = written("spreadsheet", ox.Literal(text))[1]
    assert cell in (text, f"'{text}")
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(("query", "word"), [("ASK {}", b"true"), ("ASK { ?s ?p 1 }", b"false")])
def test_yes_and_no_have_a_form_too(query: str, word: bytes) -> None:
    with comity.open() as graph:
        assert graph.sparql(query).to_bytes("spreadsheet").split() == [word]
