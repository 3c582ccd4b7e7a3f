"""Headers, discovery, and what every shipped query must satisfy."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib.plugins.sparql import prepareQuery

from comity_ontology.errors import InputError, ParameterError
from comity_queries import Parameter, Query, bind, catalog, enumeration, get, names
from comity_queries.header import read_query
from comity_queries.lint import lint

NS = "https://w3id.org/comity/ns#"
CODE = "https://w3id.org/comity/code/"

HEADER = """\
#+ title: Who held which post on a day
#+ summary: >-
#+   One line,
#+   and another.
#+ parameters:
#+   on: {type: date, required: true, summary: The day}
#+   agency: {type: iri, class: [comity:Agency, comity:Country], many: true}
#+   role: {type: code, scheme: role, default: president}
#+   name: {type: string, fold: true}
#+ columns: {person: iri, answer: "certain|possible", evidence: iris}
#+ example: {on: 2021-02-25, agency: ["agency:kosgeb"]}
"""
BODY = "SELECT ?person ?answer ?evidence { VALUES ?on { 1 } } ORDER BY ?person\n"


def read(text: str) -> Query:
    return read_query(text, name="test", topic="own", path=Path("test.rq"))


def test_header() -> None:
    query = read(HEADER + BODY)
    assert query.title == "Who held which post on a day"
    assert query.summary == "One line, and another."
    assert dict(query.parameters) == {
        "on": Parameter("on", "date", required=True, summary="The day"),
        "agency": Parameter("agency", "iri", many=True, classes=(f"{NS}Agency", f"{NS}Country")),
        "role": Parameter("role", "code", scheme=f"{CODE}role", default=f"{CODE}president"),
        "name": Parameter("name", "string", fold=True),
    }
    assert list(query.columns.items()) == [
        ("person", "iri"),
        ("answer", "certain | possible"),
        ("evidence", "iris"),
    ]
    assert enumeration(query.columns["answer"]) == ("certain", "possible")
    assert dict(query.example) == {
        "on": date(2021, 2, 25),
        "agency": ("https://w3id.org/comity/id/agency/kosgeb",),
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: Who", "titel: Who", "titel: unknown key"),
        ("#+ title: Who held which post on a day\n", "", "title: is missing"),
        ("required: true,", "requird: true,", "parameters.on.requird: unknown key"),
        ("required: true,", "required: yes,", "parameters.on.required: 'yes' is none of true"),
        ("type: date", "type: day", "parameters.on.type: 'day' is none of iri"),
        ("{type: date, required: true, summary: The day}", "date", "parameters.on: should be"),
        ("on: {", "On: {", "parameters.On: names are like"),
        ("class: [", "class: [x:y, ", "parameters.agency.class: 'x:y' is no IRI"),
        ("scheme: role, ", "", "parameters.role.scheme: a code needs one"),
        ("default: president", "default: vice president", "parameters.role.default: parameter"),
        ("fold: true", "class: comity:Act", "parameters.name.class: is for type iri, not string"),
        ("required: true, s", "required: true, default: 2021-01-01, s", "on.default: a required"),
        ("person: iri", "person: uri", "columns.person: 'uri' is none of iri"),
        ("certain|possible", "certain|", "columns.answer: an enumeration is like"),
        ("on: 2021-02-25", "on: 2021-02-30", "example.on: parameter on: '2021-02-30' is not a day"),
        ("on: 2021-02-25, ", "", "example.on: is missing"),
        ("on: 2021-02-25", "on: 2021-02-25, day: 1", "example.day: there is no such parameter"),
        ("on: 2021-02-25", "on: [2021-02-25]", "example.on: a list, but the parameter is not many"),
        ("#+   role", "#+   on: {type: date}\n#+   role", "line 8: header: key 'on' stands twice"),
        ("on: {type: date", "on: {type: date]", "line 6: header: "),
        ("person: iri", "person: *again", "*again refers to another value: write the value"),
        ("title: ", "title: " + 20_000 * "[", "nested too deep"),
        ("#+", "#", "there is no header"),
    ],
)
def test_wrong_headers_name_file_and_key(old: str, new: str, message: str) -> None:
    assert old in HEADER
    with pytest.raises(InputError) as caught:
        read(HEADER.replace(old, new) + BODY)
    assert str(caught.value).startswith("test.rq")
    assert message in str(caught.value)


def test_own_folder(tmp_path: Path) -> None:
    (tmp_path / "trade").mkdir()
    (tmp_path / "my-query.rq").write_text(HEADER + BODY, encoding="utf-8")
    (tmp_path / "trade" / "other.rq").write_text(HEADER + BODY, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no query", encoding="utf-8")
    assert set(names(tmp_path)) == {*names(), "my-query", "other"}
    found = catalog(tmp_path)
    assert (found["my-query"].topic, found["other"].topic) == ("own", "trade")
    assert get("other", tmp_path).path == tmp_path / "trade" / "other.rq"


def test_own_folder_with_mistakes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        names(tmp_path / "missing")
    (tmp_path / "Mein Name.rq").touch()
    with pytest.raises(InputError, match="has a name like"):
        names(tmp_path)
    (tmp_path / "Mein Name.rq").rename(tmp_path / "post-holders.rq")
    with pytest.raises(InputError, match=r"is taken by .*posts/post-holders\.rq; choose"):
        names(tmp_path)
    (tmp_path / "post-holders.rq").rename(tmp_path / "latin.rq")
    (tmp_path / "latin.rq").write_bytes("#+ title: Größe".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.rq: not UTF-8 at byte 12"):
        get("latin", tmp_path)


def test_unknown_query_offers_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"no query 'post-holder'; did you mean post-holders"):
        get("post-holder")


def test_names_need_no_yaml_and_no_engine() -> None:
    program = (
        "import sys; from comity_queries import names; assert 'post-holders' in names();"
        "print(sorted({'yaml', 'rapidfuzz', 'pyoxigraph', 'rdflib'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", names())
def test_shipped(name: str) -> None:
    query = get(name)
    assert [str(finding) for finding in lint(query)] == []
    for text in (query.text, bind(query, query.example)):
        prepareQuery(text)
        variables = [variable.value for variable in Store().query(text).variables]
        assert variables == list(query.columns)
