"""A folder of one's own queries: the same header, commands, lint and expected results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.errors import ParameterError

Run = Callable[..., Any]

QUERY = """#+ title: Agencies of a country
#+ summary: Every agency of a country, by its acronym.
#+ parameters:
#+   country: {type: iri, class: comity:Country, required: true}
#+ columns: {agency: iri, acronym: string}
#+ example: {country: country:az}
PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX country: <https://w3id.org/comity/id/country/>
SELECT ?agency ?acronym WHERE {
  VALUES ?country { country:az }
  ?agency comity:ofCountry ?country ; comity:acronym ?acronym .
}
ORDER BY ?agency ?acronym
"""
CASES = """- case: two agencies, and none of another country
  values: {country: country:az}
  columns: [agency, acronym]
  rows:
    - [agency:one, ONE]
    - [agency:two, TWO]
- case: a country without agencies
  values: {country: country:none}
  columns: [agency]
  rows: []
"""
DATA = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix agency: <https://w3id.org/comity/id/agency/> .
@prefix country: <https://w3id.org/comity/id/country/> .
<https://example.org/graph> {
  agency:one comity:ofCountry country:az ; comity:acronym "ONE" .
  agency:two comity:ofCountry country:az ; comity:acronym "TWO" .
  agency:far comity:ofCountry country:tr ; comity:acronym "FAR" .
}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one query, its cases and its data."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "agencies-of.rq").write_text(QUERY, encoding="utf-8")
    (folder / "agencies-of.cases.yaml").write_text(CASES, encoding="utf-8")
    (folder / "agencies-of.data.trig").write_text(DATA, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_usual_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person who runs the tests plays a part."""
    monkeypatch.delenv("COMITY_QUERIES", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_it_is_a_command_like_the_shipped_ones(
    comity_command: Run, seeded: Path, own: Path
) -> None:
    arguments = ("agencies-of", "--country", "Turkey", "--store", seeded)
    done = comity_command("query", "--queries", own, *arguments)
    assert (done.code, done.err) == (0, "")
    assert (
        done.out.replace("\r\n", "\n")
        == "agency,acronym\nhttps://w3id.org/comity/id/agency/kosgeb,KOSGEB\n"
    )
    assert comity_command("query", *arguments).code != 0


def test_the_environment_and_the_usual_folder_name_it_too(
    comity_command: Run, seeded: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("query", "agencies-of", "--country", "Turkey", "--store", seeded)
    monkeypatch.setenv("COMITY_QUERIES", str(own))
    assert "KOSGEB" in comity_command(*arguments).out
    assert "agencies-of" in comity_command("query", "--help").out
    monkeypatch.delenv("COMITY_QUERIES")
    usual = tmp_path / "config" / "comity"
    usual.mkdir(parents=True)
    own.rename(usual / "queries")
    assert "KOSGEB" in comity_command(*arguments).out


def test_it_is_listed_and_shown(comity_command: Run, own: Path) -> None:
    listed = comity_command("queries", "--queries", own).out
    assert "own\n  agencies-of" in listed
    assert "signatories" in listed
    shown = comity_command("queries", "--queries", own, "agencies-of").out
    assert "--country" in shown
    assert "SELECT ?agency ?acronym" in shown


def test_from_python(seeded: Path, own: Path) -> None:
    with comity.open(seeded, read_only=True, queries=own) as graph:
        assert [row.acronym for row in graph.run("agencies-of", country="Azerbaijan")] == ["KOBİA"]
    with comity.open(seeded, read_only=True) as graph, pytest.raises(ParameterError):
        graph.run("agencies-of", country="Azerbaijan")


def test_a_sound_one_is_said_to_be_sound(comity_command: Run, own: Path) -> None:
    done = comity_command("queries", "check", own)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{own / 'agencies-of.rq'}: sound, 2 cases\n"


def test_the_store_is_asked_where_no_data_lies_beside(
    comity_command: Run, own: Path, seeded: Path
) -> None:
    (own / "agencies-of.data.trig").unlink()
    done = comity_command("queries", "check", own / "agencies-of.rq")
    assert done.code == 1
    assert "there is no data" in done.out
    done = comity_command("queries", "check", own / "agencies-of.rq", "--store", seeded)
    assert done.code == 1
    assert "two agencies, and none of another country: 2 rows are expected and 1 found" in done.out


def test_without_expected_results_it_says_so(comity_command: Run, own: Path) -> None:
    (own / "agencies-of.cases.yaml").unlink()
    done = comity_command("queries", "check", own)
    assert done.code == 0
    assert "0 cases" in done.out
    assert "add agencies-of.cases.yaml beside it" in done.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[agency:two, TWO]", "[agency:two, TOO]", "row 2, acronym: 'TOO' is expected, not 'TWO'"),
        ("[agency:two, TWO]", "[agency:tow, TWO]", "'agency:tow' is expected, not 'agency:two'"),
        ("columns: [agency]", "columns: [agencies]", "has no column 'agencies'"),
        ("columns: [agency]", "columns: []", "columns: list those that are compared"),
        ("{country: country:none}", "{land: country:none}", "has no parameter 'land'"),
        ("{country: country:none}", "{country: 'no iri'}", "values:"),
        ("[agency:two, TWO]", "[agency:two]", "a list of 2 cells"),
        ("[agency:two, TWO]", "[agency:two, [TWO]]", "a cell is text"),
        ("case: a country", "name: a country", "unknown key 'name'"),
        ("rows: []", "rows: [", "line"),
    ],
)
def test_a_wrong_case_is_a_finding(
    comity_command: Run, own: Path, old: str, new: str, said: str
) -> None:
    assert old in CASES
    cases = CASES.replace(old, new)
    (own / "agencies-of.cases.yaml").write_text(cases, encoding="utf-8")
    done = comity_command("queries", "check", own)
    assert done.code == 1
    assert said in done.out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#+ title: Agencies of a country\n", "", "title: is missing"),
        ("required: true", "required: maybe", "none of true, false"),
        ("ORDER BY ?agency ?acronym", "ORDER BY ?agency", "ORDER BY leaves ties"),
        ("  VALUES ?country { country:az }\n", "", "there is no VALUES ?country"),
        ("?agency comity:of", "SERVICE <http://localhost:1/> { ?agency comity:of", "SERVICE"),
        ("SELECT ?agency", "SELECT ?agencies", "SELECT gives"),
        ("ofCountry ?country ;", "ofCountry ?country , ;", "does not run"),
        ("{ country:az }", "{ country:tr }", "other rows than bound with its example"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_a_finding(
    comity_command: Run, own: Path, old: str, new: str, said: str
) -> None:
    assert old in QUERY
    (own / "agencies-of.rq").write_text(QUERY.replace(old, new), encoding="utf-8")
    done = comity_command("queries", "check", own)
    assert done.code == 1
    assert done.out.startswith(f"{own / 'agencies-of.rq'}:")
    assert said in done.out


def test_bad_paths_and_names(comity_command: Run, own: Path, tmp_path: Path) -> None:
    assert comity_command("queries", "check", tmp_path / "none.rq").code == 3
    assert comity_command("queries", "check", own / "agencies-of.cases.yaml").code == 3
    (tmp_path / "empty").mkdir()
    assert "holds no query" in comity_command("queries", "check", tmp_path / "empty").err
    assert comity_command("queries", "--queries", tmp_path / "none").code == 3
    assert comity_command("queries", "check").code == 2
    (own / "agencies-of.rq").rename(own / "signatories.rq")
    done = comity_command("queries", "check", own)
    assert (done.code, "a shipped query has this name" in done.out) == (1, True)
    (own / "signatories.rq").write_bytes(b"#+ title: \xff")
    assert "not UTF-8" in comity_command("queries", "check", own).out


def test_shipped_queries_pass_their_own_check(comity_command: Run) -> None:
    import comity_queries

    folder = Path(comity_queries.__file__).parent
    done = comity_command("queries", "check", folder)
    assert done.code == 0, done.out
    assert done.out.count(": sound") == len(comity_queries.names())
