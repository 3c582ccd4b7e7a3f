"""Names of any characters, in all formats: nothing runs, nothing breaks, nothing is lost."""

# ruff: noqa: S314 - only our own files are parsed
from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.network import (
    EdgeRow,
    NodeInfo,
    build,
    draw,
    edges_csv,
    nodes_csv,
    to_cytoscape,
    to_gexf,
    to_graphml,
    to_graphology,
    to_json,
)
from comity.network.records import clean
from comity.results.safe import defused

# Of all characters, and often of those that mean something to some format.
MEANING = "\"'<>&;,=+-@|`$\\{}[]()%\t\r\n\x00\x0b\x1f\x7f\x85\u2028\u202e\u2066\u200f\u0301\ufeff"
TEXT = st.text(
    st.one_of(st.sampled_from(MEANING), st.characters(exclude_categories=[])), max_size=20
)
TAGS = {"svg", "title", "desc", "rect", "circle", "polygon", "path", "g", "text", "tspan"}


def made(label: str, words: str) -> nx.MultiDiGraph[str]:
    nodes = {"n:1": NodeInfo("n:1", label, words, words), "n:2": NodeInfo("n:2", words, label)}
    row = EdgeRow("n:1", "n:2", words, evidence=("p:1",), answer=words, via="v:1", via_label=label)
    return build([row], nodes, title=label, projection=words)


def unescaped(cell: str, text: str) -> str:
    """What a cell says: the apostrophe is ours where the text would be a formula."""
    return text if cell == defused(text) else cell


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
@example("</title><script>alert(1)</script>", "]]>&#0;<!ENTITY")
@example('=HYPERLINK("http://x","y")', "\t=1+1")
@example("\ud800", "e\u0301\u0323")
@example("\u202egnp.exe", "وزارة الخارجية")
def test_any_text_survives_in_every_format(label: str, words: str) -> None:
    graph = made(label, words)
    name = clean(label) or "n:1"
    for text in (to_graphml(graph), to_gexf(graph)):
        root = etree.fromstring(text.encode())  # strict: XML 1.0 or an error
        assert not root.findall(".//{*}script")
    back = nx.parse_graphml(to_graphml(graph), force_multigraph=True)
    assert back.nodes["n:1"]["label"] == name
    (edge,) = (data for *_, data in back.edges(data=True))
    assert edge.get("via_label", "") == (clean(label) or "v:1")
    (one, _) = ET.fromstring(to_gexf(graph)).iter("{http://gexf.net/1.3}node")
    assert one.get("label") == name
    assert json.loads(to_json(graph))["nodes"][0]["label"] == name
    assert json.loads(to_cytoscape(graph))["elements"]["nodes"][0]["data"]["name"] == name
    found = json.loads(to_graphology(graph))
    assert found["nodes"][0]["attributes"]["label"] == name
    assert found["edges"][0]["attributes"]["kind"] == clean(words)


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
@example(" =1", "＝1")
@example("-1", "+1")
def test_no_cell_of_a_table_begins_like_a_formula(label: str, words: str) -> None:
    graph = made(label, words)
    for text in (nodes_csv(graph), edges_csv(graph)):
        (head, *rows) = csv.reader(io.StringIO(text, newline=""))
        for row in rows:
            assert len(row) == len(head)
            for cell in row:
                assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    (row, _) = csv.DictReader(io.StringIO(nodes_csv(graph), newline=""))
    name = clean(label) or "n:1"
    assert unescaped(row["label"], name) == name


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT)
@example("</text><script>alert(1)</script>", '" onload="alert(1)')
def test_no_text_adds_anything_to_a_picture(label: str, words: str) -> None:
    graph = made(label, words)
    text = draw(graph, title=label, subtitle=words, source_line=label, countries={words: label})
    root = etree.fromstring(text.encode())
    assert {etree.QName(element).localname for element in root.iter()} <= TAGS
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    for element in root.iter():
        # What would turn other letters round is shown, not done.
        assert not set(element.text or "") & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2069")


def test_letters_that_run_from_right_to_left_stay() -> None:
    name = "وزارة\u200f الخارجية"
    text = draw(build([EdgeRow("a", "b", "k")], {"a": NodeInfo("a", name)}), title="A")
    assert name in text


@pytest.mark.parametrize("format_of", [to_graphml, to_gexf, to_json, nodes_csv])
def test_half_a_character_becomes_a_mark(format_of: object) -> None:
    # A store cannot hold one; a network made by hand can.
    assert callable(format_of)
    assert "A\ufffdB" in format_of(made("A\ud800B", "k"))
