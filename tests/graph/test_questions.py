# ruff: noqa: E501 - the tables of cases read better with one case a line
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.errors import InputError, NotSupported, ParameterError
from comity.questions import for_reading, run
from comity_ontology.prefixes import expand
from comity_queries import get


@pytest.fixture(scope="module")
def seed(seeded: Path) -> Iterator[comity.Graph]:
    with comity.open(seeded, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    "kurt", ["Hasan Basri Kurt", "person:hasan-basri-kurt", "hasan basri kurt"]
)
@pytest.mark.parametrize("day", ["2021-02-25", date(2021, 2, 25)])
def test_names_and_days_become_terms(seed: comity.Graph, kurt: str, day: object) -> None:
    rows = seed.run("post-holders", on=day, person=kurt)
    assert [(row.post, row.answer) for row in rows] == [
        (expand("post:kosgeb-president"), "certain")
    ]


def test_many_values_are_taken(seed: comity.Graph) -> None:
    both = seed.run("post-holders", on="2021-02-25", agency=["KOSGEB", "kobia"])
    assert {row.person for row in both} == {
        expand(f"person:{name}")
        for name in ("hasan-basri-kurt", "orhan-mammadov", "rufat-atakishiyev")
    }
    with pytest.raises(ParameterError, match="parameter agency takes one value, not 2"):
        seed.run("agency-profile", agency=["KOSGEB", "kobia"])


def test_a_missing_node_in_a_list_is_a_warning(seed: comity.Graph) -> None:
    with pytest.warns(UserWarning, match="left out: parameter agency: nothing is called 'Nobody'"):
        rows = seed.run("post-holders", on="2021-02-25", agency=["KOSGEB", "Nobody"])
    assert [row.organization for row in rows] == [expand("agency:kosgeb")]
    with pytest.raises(ParameterError, match="nothing is called 'Nobody'"):
        seed.run("post-holders", on="2021-02-25", agency=["Nobody", "agency:none"])


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("post-holder", {}, "there is no query 'post-holder'.*post-holders"),
        ("post-holders", {"om": "2021-02-25"}, "has no parameter om.*on"),
        ("post-holders", {}, "needs the parameter on"),
        ("post-holders", {"on": "25.02.2021"}, "on"),
        ("post-holders", {"on": "2021-02-30"}, "on"),
        ("post-holders", {"on": 7}, "on"),
        ("post-holders", {"on": "2021-02-25", "person": "Kort"}, "parameter person: nothing is called 'Kort'; near it are"),
        ("post-holders", {"on": "2021-02-25", "person": "person:none"}, "parameter person: person:none is not in the graph"),
        ("agency-profile", {"agency": "person:hasan-basri-kurt"}, "parameter agency: .* is not of the class that is asked for: agency"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_told_before_anything_runs(
    seed: comity.Graph, name: str, values: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message) as caught:
        seed.run(name, **values)
    assert caught.value.exit_code == 2


OWN = """#+ title: Acts of a type
#+ summary: Acts.
#+ parameters:
#+   type: {type: code, scheme: code:act-type, required: true}
#+ columns: {act: iri}
#+ example: {type: signing}
SELECT ?act {
  VALUES ?type { code:signing }
  ?act dcterms:type ?type
} ORDER BY ?act
"""


def test_questions_of_ones_own_and_their_codes(seed: comity.Graph, tmp_path: Path) -> None:
    (tmp_path / "acts-of-type.rq").write_text(OWN)
    for said in ("signing", "code:signing"):
        rows = run(seed.store, "acts-of-type", {"type": said}, extra=tmp_path)
        assert [row.act for row in rows] == [
            expand("act:kosgeb-kobia-action-plan-2020-signing"),
            expand("act:kosgeb-kobia-mou-2019-signing"),
        ]
    for said in ("signning", "ministry"):
        with pytest.raises(ParameterError, match=said):
            run(seed.store, "acts-of-type", {"type": said}, extra=tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        run(seed.store, "acts-of-type", {}, extra=tmp_path / "none")


def test_a_limit_and_a_time_limit(seed: comity.Graph) -> None:
    rows = seed.run("find-name", name="KOSGEB", limit=0)
    assert (len(rows), rows.truncated) == (0, True)
    whole = seed.run("country-timeline", first="AZ", second="TR")
    timed = seed.run("country-timeline", first="AZ", second="TR", timeout=60, limit=len(whole))
    assert list(whole) == list(timed)
    assert not timed.truncated
    cut = seed.run("country-timeline", first="AZ", second="TR", limit=len(whole) - 1)
    assert cut.truncated


def test_a_store_in_memory_has_no_time_limit(graph: comity.Graph) -> None:
    with pytest.raises(NotSupported):
        graph.run("find-name", name="x", timeout=1)


def test_evidence_is_in_the_order_of_the_text(seed: comity.Graph) -> None:
    for row in seed.run("who-met-whom", person="Kurt"):
        numbers = [int(iri.rpartition("/")[2]) for iri in str(row.evidence).split()]
        assert numbers == sorted(numbers)


def test_a_table_shows_names_and_no_empty_columns(seed: comity.Graph) -> None:
    query = get("post-holders")
    shown = for_reading(query, seed.run("post-holders", on="2021-02-25", person="Kurt"))
    assert "person" in shown.variables
    assert "personLabel" not in shown.variables
    assert shown[0].person == "Hasan Basri Kurt"
    assert str(shown[0].evidence).startswith("kosgeb-kobia-2021-02-25 ")
    assert all(any(value is not None for value in column) for column in zip(*shown, strict=True))
