"""The file of what was refused: nothing is missing from it, and nothing lost for it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import comity
from comity.errors import StoreError
from comity.gate import quarantine
from comity.gate.report import Refusal
from comity.validation import Result, Severity
from comity_ontology.prefixes import GRAPHS, expand

Turtle = Callable[..., Path]

NODE = expand("agency:one")
GRAPH = ox.NamedNode(f"{GRAPHS.SOURCE}note")
# What ends a line for Python, begins a directive or comment, or acts on a screen.
PIECES = st.sampled_from(["\x85", "\u2028", "\u2029", *"\x0b\x0c\x1c\r\n\x1b\u202e\\}"]) | (
    st.sampled_from(["@prefix a: <b> .", "# reason", '"""', "word"])
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=6).map("".join)


def refusal(text: str, *graphs: ox.NamedNode) -> Refusal:
    quads = [
        ox.Quad(ox.NamedNode(NODE), ox.NamedNode(expand("rdfs:label")), ox.Literal(text), graph)
        for graph in graphs or (GRAPH,)
    ]
    reason = Result(
        severity=Severity.VIOLATION,
        shape=expand("shape:evidence"),
        focus=NODE,
        path="",
        value=text,
        message=f"“{text}” is wrong. Correct it.",
    )
    return Refusal(NODE, (reason,), tuple(quads))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
@example(texts=["a\u0085@prefix b: <c> ."])
@example(texts=["a\u2028@prefix b: <c> ."])
@example(texts=["a\u2029@prefix b: <c> ."])
def test_every_refused_quad_comes_back(texts: list[str]) -> None:
    refused = [refusal(text) for text in texts]
    written = quarantine.as_trig("load", refused)
    back = set(ox.parse(written.encode(), format=ox.RdfFormat.TRIG))
    assert back == {quad for one in refused for quad in one.quads}


def test_comments_cannot_act_on_a_screen() -> None:
    written = quarantine.as_trig("load", [refusal("\x1b[2J\a\u202e\u2066\x9b\u2028x")])
    comments = [line for line in written.split("\n") if line.startswith("#")]
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", "".join(comments))
    assert r"“\u001b[2J\u0007\u202e\u2066\u009b x” is wrong" in comments[-1]


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    there = tmp_path / "there.trig"
    there.write_text("mine")
    link = tmp_path / "link.trig"
    link.symlink_to(tmp_path / "nowhere")
    for path in (there, link):
        with pytest.raises(StoreError, match="exists already: name another one"):
            quarantine.write(path, "load", [refusal("x")])
    assert there.read_text() == "mine"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link.trig", "there.trig"]


def test_the_input_is_not_overwritten(tmp_path: Path, note: Path, turtle: Turtle) -> None:
    facts = turtle("agency:one a comity:Agency .")
    before = facts.read_bytes()
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        info = graph.info()
        with pytest.raises(StoreError, match="exists already"):
            graph.load(facts, document="source:note", quarantine=facts)
        assert graph.info() == info
    assert facts.read_bytes() == before


@pytest.mark.parametrize("links", [True, False])
def test_the_name_appears_with_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "made" / "q.trig"
    quarantine.write(file, "load", [refusal("x")])
    assert file.read_text(encoding="utf-8") == quarantine.as_trig("load", [refusal("x")])
    with pytest.raises(StoreError, match="exists already"):
        quarantine.write(file, "load", [refusal("y")])
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\)"):
        quarantine.write(tmp_path / "q.trig", "load", [refusal("x")])
    assert list(tmp_path.iterdir()) == []


def test_quads_of_a_graph_that_nobody_made_have_none(tmp_path: Path) -> None:
    other = ox.NamedNode(GRAPHS.CURATION)
    written = quarantine.as_trig("load", [refusal("x", GRAPH, other)], {GRAPH.value})
    graphs = {quad.graph_name for quad in ox.parse(written.encode(), format=ox.RdfFormat.TRIG)}
    assert graphs == {ox.DefaultGraph(), other}


def test_the_quarantine_of_a_strict_load_can_be_loaded(
    tmp_path: Path, note: Path, turtle: Turtle
) -> None:
    """The file's own document was never stored, so no quad may name its graph."""
    facts = """
    agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .
    agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en .
    """
    asked = tmp_path / "asked.trig"
    with comity.open(tmp_path / "store") as graph:
        graph.add_document(note)
        report = graph.load(turtle(facts), strict=True, quarantine=asked)
        assert (report.quarantine, report.accepted, report.quarantined) == (asked, 0, 5)
        passage = "<https://w3id.org/comity/id/passage/note/2>"
        mended = asked.read_text(encoding="utf-8") + f"agency:two prov:wasDerivedFrom {passage} .\n"
        asked.write_text(mended, encoding="utf-8")
        again = graph.load(asked, strict=True)
        assert (again.accepted, again.quarantined) == (6, 0)
        assert graph.validate().conforms
