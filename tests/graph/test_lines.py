"""The line on which a file first describes a node, in every syntax."""

from __future__ import annotations

import gzip
import os
import threading
from pathlib import Path

import pytest

import comity
from comity.errors import InputError
from comity.lines import first_lines
from comity.readers import RdfFile
from comity.validation import FileLine, Report

EX = "http://example.org/"
TURTLE = """@prefix a: <http://example.org/> .
@prefix b: <http://example.org/deep/> .
# a:late is not described here
a:one a a:Kind ;
    a:says "one" , '''two
a:late is not described here either
''' ; a:of a:late .

a:two
    # a comment between
    a:when [ a:day 1 ;
             a:month 2 ] .
a:three a:says "x" . a:four a:says "y" .
<http://example.org/five> a:says a:three .
b:six-7 a:says a:one ; a:of
    a:late .
a:late a:says "at last" .
"""
IN_TURTLE = {"one": 4, "two": 9, "three": 13, "four": 13, "five": 14, "deep/six-7": 15, "late": 17}
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:a="http://example.org/">
<rdf:Description rdf:about="http://example.org/one">

  <a:of rdf:resource="http://example.org/two"/>
</rdf:Description>
<a:Kind rdf:about="http://example.org/two"><a:says>x</a:says></a:Kind>
</rdf:RDF>
"""
JSON = """{"@context": {"a": "http://example.org/", "b": {"@id": "http://example.org/deep/"}},
"@graph": [
 {"a:of": {"@id": "a:two"},
  "@id": "a:one",
  "a:says": "} { \\"@id\\": \\"a:three\\""
 },
 {"@id": "a:two", "@type": "a:Kind",
  "a:of": {"@id": "b:six",
           "a:says": 1}}
]}
"""


def lines(file: Path, *names: str, syntax: str | None = None) -> dict[str, int]:
    found = first_lines(RdfFile(str(file), syntax), [f"{EX}{name}" for name in names])
    return {node.removeprefix(EX): line for node, line in found.items()}


def test_turtle(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TURTLE, encoding="utf-8")
    assert lines(file, *IN_TURTLE, "nowhere", "Kind") == IN_TURTLE
    packed = tmp_path / "a.ttl.gz"
    packed.write_bytes(gzip.compress(TURTLE.encode()))
    assert lines(packed, *IN_TURTLE) == IN_TURTLE


def test_a_value_on_a_line_of_its_own_is_no_subject(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(
        f"@prefix a: <{EX}> .\na:one a:of\n  a:two ,\n  a:three .\n\na:three\n  a:of\n  a:three .\n"
        "a:two a:says 1 .",
        encoding="utf-8",
    )
    assert lines(file, "one", "two", "three") == {"one": 2, "three": 6, "two": 9}


def test_turtle_of_another_system(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"\xef\xbb\xbf" + TURTLE.replace("\n", "\r\n").encode())
    assert lines(file, *IN_TURTLE) == IN_TURTLE


def test_trig(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text(
        "@prefix a: <http://example.org/> .\na:g {\n  a:one a:says 1 .\n\n  a:two a:says 1\n}\n"
        "a:g { a:one a:says 2 . a:three\n a:says 3 }\n",
        encoding="utf-8",
    )
    assert lines(file, "one", "two", "three", "g") == {"one": 3, "two": 5, "three": 7}


def test_a_line_for_each_statement(tmp_path: Path) -> None:
    said = f'<{EX}one> <{EX}p> "1" .\n# <{EX}two>\n\n<{EX}two> <{EX}p> <{EX}three> .\n'
    (tmp_path / "a.nt").write_text(said, encoding="utf-8")
    (tmp_path / "a.nq").write_text(said.replace(" .\n", f" <{EX}g> .\n"), encoding="utf-8")
    for name in ("a.nt", "a.nq"):
        assert lines(tmp_path / name, "one", "two", "three") == {"one": 1, "two": 4}


def test_xml(tmp_path: Path) -> None:
    file = tmp_path / "a.rdf"
    file.write_text(XML, encoding="utf-8")
    assert lines(file, "one", "two") == {"one": 3, "two": 7}


def test_json_ld_tells_what_is_described_from_what_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text(JSON, encoding="utf-8")
    found = lines(file, "one", "two", "three", "deep/six")
    assert found == {"one": 4, "two": 7, "deep/six": 8}


def test_names_that_are_relative(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("\n<b> <p> 1 .\n", encoding="utf-8")
    (tmp_path / "a.jsonld").write_text('{"@id": "b",\n"http://p/": 1}', encoding="utf-8")
    node = (tmp_path / "b").as_uri()
    assert first_lines(RdfFile(str(tmp_path / "a.ttl")), [node]) == {node: 2}
    assert first_lines(RdfFile(str(tmp_path / "a.jsonld")), [node]) == {node: 1}


@pytest.mark.parametrize("count", [10, 50_000])
def test_after_a_value_of_many_lines(tmp_path: Path, count: int) -> None:
    file = tmp_path / "a.ttl"
    text = "\n".join(f"a:one line {number}" for number in range(count))
    file.write_text(
        f'@prefix a: <{EX}> .\na:one a:says """{text}""" .\na:two a:says 1 .\na:three a:says 1 .',
        encoding="utf-8",
    )
    assert lines(file, "one", "two", "three") == {"one": 2, "two": count + 2, "three": count + 3}


def test_it_stops_when_all_is_found(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    many = "".join(f'<{EX}{number}> <{EX}p> "1" .\n' for number in range(20_000))
    file.write_text(f"{many}no statement\n", encoding="utf-8")
    assert lines(file, "3", "7") == {"3": 4, "7": 8}
    with pytest.raises(InputError, match="line 20001"):
        lines(file, "3", "nowhere")
    assert lines(file) == {}


def test_a_pipe_has_no_lines(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.nt"
    os.mkfifo(pipe)
    assert lines(pipe, "one") == {}  # and does not wait for somebody to write


def places(report: Report) -> dict[str, tuple[FileLine, ...]]:
    return {node.rpartition("/")[2]: found for node, found in report.background.files.items()}


def test_files_that_are_checked(tmp_path: Path) -> None:
    """Lines of each file that describes a node; of a pipe its name only."""
    file, other = tmp_path / "one.ttl", tmp_path / "two.ttl"
    head = "@prefix c: <https://w3id.org/comity/ns#> .\n"
    head += "@base <https://w3id.org/comity/id/agency/> .\n"
    file.write_text(f"{head}<x> a c:Agency .\n", encoding="utf-8")
    other.write_text(f"{head}\n<y> a c:Agency .\n<x> c:acronym 'X' .\n", encoding="utf-8")
    with comity.open() as graph:
        report = graph.check_files(file, other)
        assert places(report) == {
            "x": (FileLine(str(file), 3), FileLine(str(other), 5)),
            "y": (FileLine(str(other), 4),),
        }
        assert f"in {file}:3, {other}:5\n" in report.to_text()
        assert f"in {file}:3, {other}:5</p>" in report.to_html().replace("<wbr>", "")
        pipe = tmp_path / "pipe.ttl"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_bytes(file.read_bytes()))
        writer.start()
        report = graph.check_files(pipe)
        writer.join()
        assert places(report) == {"x": (FileLine(str(pipe)),)}


def test_rows_of_tables(tmp_path: Path, note: Path) -> None:
    table = tmp_path / "agencies.csv"
    table.write_text(
        'id,name,kind,sentences\none,"Agency\nOne",,2\ntwo,Agency Two,ministry,2\n'
        "three,Agency Three,,2\n",
        encoding="utf-8",
    )
    with comity.open() as graph:
        graph.add_document(note)
        report = graph.check_files(table, document="source:note")
        three = FileLine(str(table), 4, is_row=True)
        assert places(report)["three"] == (three,)
        assert places(report)["one"] == (FileLine(str(table), 2, is_row=True),)
        assert f"in {table}, row 4\n" in report.to_text()
        assert graph.load(table, document="source:note").rows.places == ()


def test_json_that_is_odd(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    odd = [
        '{"@id": "//[x", "http://p/": 1}', '{"@id": "http://example.org/one", "http://p/": "\\x"}',
        '{"@id": [], "http://p/": {}}', "}}}", '{"@id": "http://example.org/one", "http://p/": 1}',
    ]  # fmt: skip
    file.write_text("[" + ",\n".join(odd) + "]", encoding="utf-8")
    assert lines(file, "one") == {"one": 2}


def test_a_file_with_blank_nodes_can_be_checked(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    text = b"<https://w3id.org/comity/id/agency/x> a <https://w3id.org/comity/ns#Agency> ;\n"
    text += b"<https://w3id.org/comity/ns#begin> [ <https://w3id.org/comity/ns#edtf> '2019' ] ."
    (tmp_path / "file.ttl").write_bytes(text)
    writer = threading.Thread(target=lambda: pipe.write_bytes(text))
    writer.start()
    with comity.open() as graph:
        assert places(graph.check_files(pipe))["x"] == (FileLine(str(pipe)),)
        file = tmp_path / "file.ttl"
        assert places(graph.check_files(file))["x"] == (FileLine(str(file), 1),)
    writer.join()
