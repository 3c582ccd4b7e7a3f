from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.documents import adding
from comity.errors import InputError
from comity_ontology.prefixes import GRAPHS, expand


@pytest.fixture
def graph() -> comity.Graph:
    return comity.open()


def texts(graph: comity.Graph, document: str) -> list[tuple[object, ...]]:
    rows = graph.sparql(
        f"SELECT ?kind ?from ?to ?text {{ ?p oa:hasSource {document} ; comity:ordinal ?n ;"
        " dcterms:type ?kind ; comity:text ?text ;"
        " oa:hasSelector [ oa:start ?from ; oa:end ?to ] } ORDER BY ?n"
    )
    return [(str(row.kind).rpartition("/")[2], row["from"], row.to, row.text) for row in rows]


def test_a_text_becomes_a_document_with_passages(graph: comity.Graph, note: Path) -> None:
    added = graph.add_document(note)
    assert (added.iri, added.passages, added.changed) == (expand("source:note"), 3, True)
    assert added.load is not None
    assert added.load.read == added.load.accepted
    assert texts(graph, "source:note") == [
        ("headline", 0, 13, "Agencies meet"),
        ("sentence", 15, 64, "Agency One met Agency Two in Paris on 3 May 2020."),
        ("sentence", 65, 85, "They signed nothing."),
    ]
    assert graph.validate().conforms


def test_the_same_bytes_change_nothing(graph: comity.Graph, note: Path, tmp_path: Path) -> None:
    graph.add_document(note)
    before = graph.info()
    (tmp_path / "other-name.txt").write_bytes(note.read_bytes())
    added = graph.add_document(tmp_path / "other-name.txt", title="Another title")
    assert (added.iri, added.passages, added.changed) == (expand("source:note"), 3, False)
    assert added.load is None
    assert graph.info() == before


def test_other_bytes_of_the_same_name_need_another(graph: comity.Graph, note: Path) -> None:
    graph.add_document(note)
    before = graph.info()
    note.write_text("Something else.\n")
    with pytest.raises(InputError, match=r"source:note is another document already: .*--id"):
        graph.add_document(note)
    assert graph.info() == before
    assert graph.add_document(note, identifier="Another Note").iri == expand("source:another-note")


def test_what_is_known_about_it_is_kept(graph: comity.Graph, note: Path) -> None:
    graph.add_document(
        note,
        title="Not: Türkiyə",
        issued=date(2020, 5, 4),
        publisher="https://example.org/press",
        source="an archive in Baku",
        language="az",
        identifier="press",
    )
    row = graph.sparql(
        "SELECT * { GRAPH graph:meta { source:press a comity:SourceDocument ; dcterms:title ?t ;"
        " dcterms:issued ?d ; dcterms:publisher ?p ; dcterms:source ?s ; dcterms:language ?l ;"
        " comity:factGraph ?g ; comity:fullText ?text } }"
    )[0]
    assert row.term("t") == ox.Literal("Not: Türkiyə", language="az")
    assert (row.d, row.l) == (date(2020, 5, 4), "az")
    assert row.term("p") == ox.NamedNode("https://example.org/press")
    assert row.term("s") == ox.Literal("an archive in Baku")
    assert row.g == f"{GRAPHS.SOURCE}press"
    assert row.text == note.read_text(encoding="utf-8")
    assert graph.resolve("not: turkiye") == expand("source:press")
    assert graph.info().documents == ((expand("source:press"), "Not: Türkiyə", "2020-05-04"),)


@pytest.mark.parametrize("source", ["http://[not", "http://exa mple.org", "see <this>"])
def test_what_only_looks_like_an_address_is_text(
    graph: comity.Graph, note: Path, source: str
) -> None:
    graph.add_document(note, source=source)
    assert graph.sparql("SELECT ?s { source:note dcterms:source ?s }")[0].term("s") == ox.Literal(
        source
    )


def test_the_headline_is_the_title_by_default(graph: comity.Graph, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n  The headline  \n\nA sentence.\n")
    graph.add_document(tmp_path / "a.txt")
    assert graph.info().documents[0][1] == "The headline"


def test_a_byte_order_mark_is_not_text(graph: comity.Graph, note: Path) -> None:
    note.write_bytes(b"\xef\xbb\xbf" + note.read_bytes())
    graph.add_document(note)
    assert texts(graph, "source:note")[0] == ("headline", 0, 13, "Agencies meet")


def test_line_ends_of_windows_count_as_they_are(graph: comity.Graph, note: Path) -> None:
    note.write_bytes(note.read_bytes().replace(b"\n", b"\r\n"))
    graph.add_document(note)
    found = texts(graph, "source:note")
    assert found[1] == ("sentence", 17, 66, "Agency One met Agency Two in Paris on 3 May 2020.")
    text = graph.sparql("SELECT ?t { source:note comity:fullText ?t }")[0].t
    assert [str(text)[start:end] for _, start, end, _ in found] == [words for *_, words in found]  # type: ignore[misc]
    assert graph.validate().conforms


def test_offsets_are_in_code_points(graph: comity.Graph, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("𝔄 bold İ headline\n\nƏn 🙂 yaxşı. Bəli.\n", encoding="utf-8")
    graph.add_document(tmp_path / "a.txt", language="az")
    assert texts(graph, "source:a") == [
        ("headline", 0, 17, "𝔄 bold İ headline"),
        ("sentence", 19, 30, "Ən 🙂 yaxşı."),
        ("sentence", 31, 36, "Bəli."),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"note\.txt is empty"),
        (b" \n\t\n", r"note\.txt is empty"),
        (b"\xef\xbb\xbf", r"note\.txt is empty"),
        ("Yazı\nikinci sətir ə\n".encode("cp1254", "replace"), r"is not UTF-8 \(line 1, byte 3\)"),
        ("Agencies\n\nmeet ü\n".encode("latin-1"), r"is not UTF-8 \(line 3, byte 15\)"),
        ("Agencies".encode("utf-16"), r"is not UTF-8 \(line 1, byte 0\)"),
        (b"Agencies\x00meet\n", "holds NUL characters: it is no text file"),
    ],
)
def test_what_is_no_text_is_refused(
    graph: comity.Graph, note: Path, content: bytes, message: str
) -> None:
    before = graph.info()
    note.write_bytes(content)
    with pytest.raises(InputError, match=message):
        graph.add_document(note)
    assert graph.info() == before


def test_a_text_can_be_too_large(
    graph: comity.Graph, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "LARGEST", 20)
    with pytest.raises(InputError, match=r"more than the 20 bytes .* cut it into parts"):
        graph.add_document(note)


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_cannot_be_read_is_said(graph: comity.Graph, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"cannot be read: (No such file|Is a directory)"):
        graph.add_document(tmp_path / name)


def test_a_language_is_a_tag(graph: comity.Graph, note: Path) -> None:
    with pytest.raises(InputError, match="'plain English' is not a language tag: write it as en"):
        graph.add_document(note, language="plain English")


def test_a_name_of_no_letters_needs_another(graph: comity.Graph, tmp_path: Path) -> None:
    (tmp_path / "…….txt").write_text("A text.")
    with pytest.raises(InputError, match="no identifier can be made of '……': give one with --id"):
        graph.add_document(tmp_path / "…….txt")
