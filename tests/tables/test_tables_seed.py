"""The shipped release entered with tables alone answers as its shipped model does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.examples import SEED
from comity.gate.report import LoadReport
from comity.labels import labels
from comity_ontology.prefixes import shorten

FILES = sorted((Path(__file__).parents[1] / "cases" / "tables" / "seed").glob("*.csv"))
QUESTIONS: list[tuple[str, dict[str, str]]] = [
    ("who-met-whom", {}),
    ("who-met-whom", {"person": "Hasan Basri Kurt"}),
    ("who-met-whom", {"on": "2021-02-25"}),
    ("agreements-between", {"first": "KOSGEB", "second": "KOBİA"}),
    ("agreements-between", {"first": "Azerbaijan", "second": "Turkey"}),
    ("signatories", {}),
    ("agreement-status", {"on": "2021-02-25"}),
    ("agreement-status", {"on": "2019-05-13"}),
    ("post-holders", {"on": "2021-02-25"}),
    ("post-holders", {"on": "2019-05-14", "person": "Hasan Basri Kurt"}),
    ("person-profile", {"person": "Hasan Basri Kurt"}),
    ("person-profile", {"person": "Orxan Məmmədov"}),
    ("person-profile", {"person": "Ilham Alivey"}),
    ("agency-profile", {"agency": "KOBİA"}),
    ("claims", {}),
    ("claims", {"about": "Karabakh"}),
    ("claims", {"speaker": "Mammadov"}),
    ("implementations", {}),
    ("country-timeline", {"first": "Azerbaijan", "second": "Turkey"}),
    ("evidence", {"node": "Visit of the President of KOBİA to KOSGEB"}),
    ("person-person", {}),
    ("person-agency", {"on": "2021-02-25"}),
    ("agency-agency", {"on": "2021-02-25"}),
    ("find-name", {"name": "KOBIA"}),
]
# What the two may word differently: a curator's reasons.
APART = {"basis"}


@pytest.fixture(scope="module")
def shipped(seeded: Path) -> Iterator[comity.Graph]:
    with comity.open(seeded, read_only=True) as graph:
        yield graph


@pytest.fixture(scope="module")
def entered() -> Iterator[tuple[comity.Graph, LoadReport]]:
    with comity.open() as graph:
        graph.add_document(SEED.text, title=SEED.title, issued=SEED.issued, language=SEED.language)
        report = graph.load(*FILES, document=SEED.slug, curator="Ada Lark")
        yield graph, report


def answers(graph: comity.Graph, name: str, values: dict[str, str]) -> list[list[str]]:
    """The rows of an answer in words: nodes by their labels, passages by their numbers."""
    rows = [row.to_dict() for row in graph.run(name, **values)]
    iris = {
        part
        for row in rows
        for value in row.values()
        for part in str(value).split()
        if part.startswith("https://w3id.org/comity/")
    }
    named = labels(graph.store, iris)
    return sorted(
        [_in_words(value, named) for column, value in row.items() if column not in APART]
        for row in rows
    )


def _in_words(value: Any, named: dict[str, str]) -> str:
    text = "" if value is None else str(value)
    if "https://w3id.org/comity/" not in text:
        return text
    return " ".join(sorted(shorten(p) if "/passage/" in p else named[p] for p in text.split()))


def test_every_row_goes_in(entered) -> None:
    _, report = entered
    assert report.rows is not None
    assert report.rows.refused == ()
    # Counted by hand in the files.
    assert report.rows.read == report.rows.loaded == 105
    assert report.balanced
    assert report.quarantined == 0
    assert report.rows.made == ()


@pytest.mark.parametrize(
    ("name", "values"), QUESTIONS, ids=[f"{name} {values}" for name, values in QUESTIONS]
)
def test_answers_are_those_of_the_shipped_model(name, values, shipped, entered) -> None:
    expected = answers(shipped, name, values)
    assert expected
    assert answers(entered[0], name, values) == expected


def test_what_is_entered_conforms_as_the_shipped_model_does(shipped, entered) -> None:
    assert entered[0].validate().summary() == shipped.validate().summary()


def test_the_same_tables_again_add_nothing(entered) -> None:
    graph, _ = entered
    report = graph.load(*reversed(FILES), document=SEED.slug, curator="Ada Lark")
    assert report.accepted == 0
    assert report.rows.loaded == 105


def test_the_order_of_the_files_does_not_matter(entered) -> None:
    def facts(graph: comity.Graph) -> set[str]:
        found = graph.sparql(
            "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(?g != graph:meta && ?p != dcterms:created) }"
        )
        return {str(row.terms()) for row in found}

    with comity.open() as graph:
        graph.add_document(SEED.text, title=SEED.title, issued=SEED.issued, language=SEED.language)
        report = graph.load(*reversed(FILES), document=SEED.slug, curator="Ada Lark")
        assert report.rows.refused == ()
        assert facts(graph) == facts(entered[0])
