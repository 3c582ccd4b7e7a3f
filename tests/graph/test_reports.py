"""Reports: what stands beside a result, and the formats that people and programs read."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

import comity
from comity.errors import ParameterError
from comity.validation import Background, Cited, FileLine, Report, Result, Severity, shipped_shapes
from comity.validation.names import OWN_CHECKS, shape_names
from comity.validation.reports import FORMATS, format_of, write
from comity.validation.reports.csv import COLUMNS
from comity.validation.reports.json import report_schema
from comity_ontology.terms import SHAPE_NS

Turtle = Callable[..., Path]
EX = "https://example.org/"
STRING = "http://www.w3.org/2001/XMLSchema#string"
MIN_COUNT = "http://www.w3.org/ns/shacl#MinCountConstraintComponent"
HOSTILE = '<script>alert(1)</script>" onload=x \u202eevil\x1b[2J'
# Agency one has its acronym in a language, agency two no evidence.
FACTS = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en, "الوكالة"@ar ;
    comity:acronym "A1"@en ; prov:wasDerivedFrom p:2 .
agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en ; dcterms:type code:other-agency .
"""


def fault(number: int, **changes: object) -> Result:
    fields: dict[str, object] = {
        "severity": Severity.VIOLATION,
        "shape": f"{SHAPE_NS}Act-type",
        "focus": f"{EX}{number:03}",
        "path": f"{EX}p",
        "value": "",
        "message": "An act has a kind. Correct it.",
        "constraint": MIN_COUNT,
    }
    return Result(**{**fields, **changes})  # type: ignore[arg-type]


def written(report: Report, name: str, limit: int = 5) -> str:
    stream = io.BytesIO()
    write(report, stream, name, limit=limit)
    return stream.getvalue().decode()


class Page(HTMLParser):
    """Reads a page: which elements it has, with what in them, and whether they nest."""

    VOID = ("meta", "br", "wbr")

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def count(self, tag: str) -> int:
        return sum(1 for name, _ in self.tags if name == tag)


# What stands beside a result


def test_a_file_is_checked_with_names_sentences_and_its_own_name(
    graph: comity.Graph, turtle: Turtle
) -> None:
    other = 'agency:three a comity:Agency ; skos:prefLabel "Agency Three"@en .'
    report = graph.check_files(
        turtle(FACTS, "a.ttl"), turtle(other, "b.ttl"), document="source:note"
    )
    found = {
        (result.shape.removeprefix(SHAPE_NS), result.focus.rpartition("/")[2]): result
        for result in report.at_least(Severity.VIOLATION)
    }
    assert set(found) == {("acronym", "one"), ("evidence", "two"), ("evidence", "three")}
    acronym = found["acronym", "one"]
    assert (acronym.value, acronym.language, acronym.value_kind) == ("A1", "en", "literal")
    assert acronym.wrong == "An acronym is a plain string as the source writes it."
    assert acronym.advice == "Remove the language tag."
    background = report.background
    assert background.labels[acronym.focus] == "Agency One"
    assert background.shapes[acronym.shape] == "labels: acronym"
    (passage,) = acronym.passages
    cited = background.passages[passage]
    assert (cited.text, cited.ordinal) == ("Agency One met Agency Two in Paris on 3 May 2020.", 2)
    assert (cited.title, cited.language) == ("Agencies meet", "en")
    files = {node.rpartition("/")[2]: names for node, names in background.files.items()}
    # the prefixes take a line each in front of the facts
    head = Path(files["three"][0].name).read_text(encoding="utf-8").partition("agency:three")[0]
    first = head.count("\n") + 1
    assert [(Path(one.name).name, one.line - first) for one in files["two"]] == [("a.ttl", 3)]
    assert [(Path(one.name).name, one.line - first) for one in files["three"]] == [("b.ttl", 0)]
    with pytest.raises(ParameterError, match="not in the graph"):
        graph.resolve("agency:one")  # nothing was loaded


def test_a_stored_result_has_its_sentence(graph: comity.Graph, turtle: Turtle) -> None:
    graph.load(turtle(FACTS), document="source:note", validate=False)
    report = graph.validate(["Agency One"])
    assert report.checked == 1
    (acronym,) = report.at_least(Severity.VIOLATION)
    assert [report.background.passages[one].ordinal for one in acronym.passages] == [2]
    assert (
        "“Agency One met Agency Two in Paris on 3 May 2020.”\n        Agencies meet, passage 2"
        in (report.to_text())
    )
    assert report.background.files == {}


def test_a_node_that_is_not_there_cannot_be_checked(graph: comity.Graph) -> None:
    for node in ("agency:nowhere", "Nobody at all"):
        with pytest.raises(ParameterError, match=r"nowhere|Nobody"):
            graph.validate([node])


def test_a_load_tells_the_sentence_too(graph: comity.Graph, turtle: Turtle) -> None:
    checks = graph.load(turtle(FACTS), document="source:note").checks
    assert "Agency One met Agency Two in Paris on 3 May 2020." in checks.to_text()


@pytest.mark.parametrize(
    ("message", "wrong", "advice"),
    [
        ("One thing is wrong. Do this.", "One thing is wrong.", "Do this."),
        ("Only this: do it.", "Only this: do it.", ""),
        ("“He came. She left” is not found. Copy it.",
         "“He came. She left” is not found.", "Copy it."),
        ("It claims: “One. Two.”. Cut it again.", "It claims: “One. Two.”.", "Cut it again."),
        ("It is past 14.5. 2021. Correct x.y.", "It is past 14.5. 2021.", "Correct x.y."),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_message_is_parted_after_its_first_sentence(
    message: str, wrong: str, advice: str
) -> None:
    result = fault(1, message=message)
    assert (result.wrong, result.advice) == (wrong, advice)


def test_every_check_that_is_no_shape_has_a_name_and_advice() -> None:
    used = set()
    modules = Path(comity.__file__).parent.rglob("*.py")
    for file in (one for one in modules if "validation" not in one.parts):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.args[:1] or None, list):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                name = node.args[0] if called == "fault" else None
                name = node.args[1] if called == "_about" and len(node.args) == 3 else name
                if isinstance(name, ast.Constant):
                    used.add(f"{SHAPE_NS}{name.value}")
    assert len(used) > 12
    assert used == set(OWN_CHECKS)
    assert not used & shipped_shapes().names.keys()


def test_shapes_have_plain_names() -> None:
    names = {"Act-type": "act: kind", "subject": "theme", "WellFormed": "statement by itself"}
    given = {f"{SHAPE_NS}{shape}": name for shape, name in names.items()}
    assert shape_names(shipped_shapes(), given) == given
    assert shape_names(shipped_shapes(), [f"{EX}S"]) == {f"{EX}S": f"{EX}S"}


# Formats


def test_the_table_counts_what_it_does_not_show() -> None:
    report = Report.of([fault(number, value=f"{number}", datatype=STRING) for number in range(7)])
    text = report.to_text(limit=3)
    assert text.count('value "') == 3
    assert "  To do: Correct it.\n" in text
    assert text.count("Correct it.") == 1
    assert "… and 4 more" in text
    assert report.to_text(limit=0).count('value "') == 7


def test_json_fits_its_schema(graph: comity.Graph, turtle: Turtle) -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    reports = [
        Report(),
        graph.validate(profile="draft"),
        graph.check_store(),
        graph.check_files(turtle(FACTS), document="source:note"),
        Report.of([fault(1, value=HOSTILE, datatype=STRING), fault(2, value="_:b", path="")]),
        Report.of([fault(1, value=f"{EX}v", value_is_iri=True)], checked=3),
    ]
    for report in reports:
        content = json.loads(report.to_json())
        jsonschema.validate(content, schema)
        assert content["conforms"] == report.conforms
        assert len(content["results"]) == sum(content["counts"].values()) == len(report.results)
        assert sum(shape["count"] for shape in content["shapes"]) == len(report.results)
    broken = json.loads(reports[4].to_json())
    broken["results"][0]["severity"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


def test_json_says_what_the_report_says(graph: comity.Graph, turtle: Turtle) -> None:
    content = json.loads(graph.check_files(turtle(FACTS), document="source:note").to_json())
    assert content["profile"] == "default"
    assert content["counts"]["violation"] == 2
    (result,) = [one for one in content["results"] if one["code"] == "shape:acronym"]
    assert result["label"] == "Agency One"
    assert result["short_path"] == "comity:acronym"
    assert result["value"] == {
        "kind": "literal", "text": "A1", "language": "en", "label": None, "passages": [],
        "datatype": "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    }  # fmt: skip
    assert content["passages"][result["passages"][0]]["title"] == "Agencies meet"
    assert [Path(name).suffix for name in result["files"]] == [".ttl"]


def test_csv_is_one_result_a_row_and_runs_nothing() -> None:
    focus = f"{EX}001"
    background = Background(
        labels={focus: "=1+1"}, passages={f"{EX}p1": Cited("@SUM(A1)", f"{EX}d", "-Title", "2021")}
    )
    results = [
        fault(1, value='+cmd|"x"\nsecond line', datatype=STRING, passages=(f"{EX}p1", f"{EX}p2")),
        fault(2),
    ]
    text = written(Report.of(results, background=background), "csv")
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert first["value"] == '\'+cmd|"x"\nsecond line'
    assert (first["label"], first["sentences"]) == ("'=1+1", "'@SUM(A1)")
    assert first["places"] == (f"'-Title (2021)\n{EX}p2, whose words are not in the store")
    assert (first["wrong"], first["advice"]) == ("An act has a kind.", "Correct it.")
    assert (second["severity"], second["code"]) == ("violation", "shape:Act-type")
    assert second["value_kind"] == second["sentences"] == ""


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    node = f"{EX}001"
    passages = {f"{EX}p": Cited(HOSTILE, f"{EX}d", HOSTILE, HOSTILE, HOSTILE, 1)}
    background = Background(
        labels={node: HOSTILE}, shapes={f"{SHAPE_NS}Act-type": HOSTILE}, passages=passages,
        files={f"{EX}002": (FileLine(HOSTILE, 3),)},
    )  # fmt: skip
    inner = fault(4, focus=HOSTILE, value=HOSTILE, message=HOSTILE)
    results = [
        fault(1, value=HOSTILE, language=HOSTILE, datatype=HOSTILE, passages=(f"{EX}p", HOSTILE)),
        fault(2, path=HOSTILE, message=HOSTILE, focus=f"{EX}002", value=HOSTILE, details=(inner,)),
        fault(3, shape=HOSTILE, focus=HOSTILE, value_passages=(f"{EX}p", HOSTILE)),
    ]
    report = Report.of(results, profile=HOSTILE, background=background, notes=[HOSTILE])
    page = report.to_html()
    assert page == report.to_html()
    assert "\u202e" not in page
    assert "\x1b" not in page
    read = Page(page)
    assert read.count("script") == 0
    for tag, attributes in read.tags:
        assert not any(name.startswith("on") for name in attributes), tag
        assert not {"src", "srcset", "data", "action", "style"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in page
    assert "@import" not in page
    assert "".join(read.text).count("<script>alert(1)</script>") >= 8


def test_the_page_is_made_for_reading(graph: comity.Graph, turtle: Turtle) -> None:
    report = graph.check_files(turtle(FACTS), document="source:note")
    page = report.to_html()
    read = Page(page)
    assert ("html", {"lang": "en"}) in read.tags
    assert ("p", {"dir": "auto", "lang": "en"}) in read.tags  # the sentence
    assert read.count("h1") == read.count("main") == read.count("title") == 1
    assert read.count("section") == read.count("h3") == len(report.groups())
    assert all(one.get("scope") == "col" for tag, one in read.tags if tag == "th")
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    targets = {one.get("id") for _, one in read.tags}
    assert {str(one["href"])[1:] for tag, one in read.tags if tag == "a"} <= targets
    assert "Agency One met Agency Two in Paris on 3 May 2020." in read.text


def test_the_page_folds_what_is_many_and_loses_nothing() -> None:
    report = Report.of([fault(number) for number in range(2_345)])
    read = Page(report.to_html(limit=10, fold=0))
    summaries = [text for text in read.text if text.startswith("Results ")]
    assert summaries[-3:] == [
        "Results 11 to 1,010 of 2,345",
        "Results 1,011 to 2,010 of 2,345",
        "Results 2,011 to 2,345 of 2,345",
    ]
    shown = "".join(read.text)
    assert all(f"{number:03}" in shown for number in range(2_345))
    rows = sum(1 for tag, _ in read.tags if tag == "tr")
    assert rows == 2_345 + 4 + 2  # the heads of four tables; the contents and their head
    assert Page(report.to_html(limit=0)).count("details") == 0


def test_an_empty_page_says_so() -> None:
    assert "Nothing was found." in Page(Report().to_html()).text


class Counting(io.RawIOBase):
    """A stream that keeps nothing but the size of the largest piece."""

    largest = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        size = len(piece)  # type: ignore[arg-type]
        self.largest = max(self.largest, size)
        return size


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_piece_by_piece(name: str) -> None:
    report = Report.of([fault(number, path=f"^<{EX}p>") for number in range(5_000)])
    stream = Counting()
    write(report, stream, name, limit=0, fold=0)  # type: ignore[arg-type]
    assert 0 < stream.largest < 100_000


def test_formats_are_known_by_suffix() -> None:
    told = {suffix: name for name, one in FORMATS.items() for suffix in one.suffixes}
    for suffix, name in told.items():
        assert format_of(f"report{suffix}") == format_of(f"REPORT{suffix.upper()}") == name
    with pytest.raises(ParameterError, match=r"suffix of report\.pdf .* \.html"):
        format_of("report.pdf")
    with pytest.raises(ParameterError, match="no format of reports is called 'pdf'"):
        write(Report(), io.BytesIO(), "pdf")


def test_a_report_stays_a_value() -> None:
    one, other = (Report.of([fault(2), fault(1), fault(1)]) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert [result.focus for result in one.results] == [f"{EX}001", f"{EX}002"]
    with pytest.raises(AttributeError):
        one.profile = "x"  # type: ignore[misc]


def test_iris_in_a_message_are_short_where_people_read_it() -> None:
    said = "Nothing shows https://w3id.org/comity/id/tenure/a-b. Add https://example.org/c."
    ours = "https://example.org/"
    result = Result(Severity.WARNING, f"{ours}s", f"{ours}n", "", "", said)
    assert result.wrong == "Nothing shows tenure:a-b."
    assert result.advice == "Add https://example.org/c."
    assert result.message == said
