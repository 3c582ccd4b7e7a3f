"""What a reader of the release would ask its graph, and what it does not say.

``cases/seed_questions`` holds the questions, each in plain words and in SPARQL (``.rq``), with
the answer worked out by hand from the release (``.json``): rows in short form, an unbound cell
null, or true or false. What is answered false has an update (``.ru``) that makes it true, so
that no such question is one that could not find anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import comity
from comity_ontology.prefixes import shorten

CASES = Path(__file__).parents[1] / "cases" / "seed_questions"
QUESTIONS = sorted(CASES.glob("*.rq"))


@pytest.fixture(scope="session")
def release(seeded: Path) -> Iterator[comity.Graph]:
    """A graph in memory that holds the shipped release, as the gate lets it in."""
    with comity.open() as graph, comity.open(seeded, read_only=True) as loaded:
        graph.store.bulk(loaded.store.match(None, None, None, None))
        yield graph


def _cell(term: object) -> str | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    assert isinstance(term, ox.Literal), "a blank node"
    return term.value


def _in_order(rows: list[list[str | None]]) -> list[list[str | None]]:
    return sorted(rows, key=lambda row: [(cell is not None, cell or "") for cell in row])


def _expected(question: Path) -> Any:
    return json.loads(question.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda file: file.stem)
def test_answer(release, question):
    answer = release.sparql(question.read_text(encoding="utf-8"))
    expected = _expected(question)
    if isinstance(expected, bool):
        assert bool(answer) == expected
    else:
        found = [[_cell(term) for term in row] for row in answer.terms()]
        assert _in_order(found) == _in_order(expected)


@pytest.mark.parametrize(
    "question", [file for file in QUESTIONS if _expected(file) is False], ids=lambda file: file.stem
)
def test_no_is_no_accident(release, question):
    store = ox.Store()
    for graph in (ox.DefaultGraph(), *map(ox.NamedNode, release.store.graphs())):
        store.extend(release.store.match(None, None, None, graph))
    text = question.read_text(encoding="utf-8")
    assert not store.query(text)
    store.update(question.with_suffix(".ru").read_text(encoding="utf-8"))
    assert store.query(text)


def test_questions_stand_alone():
    for file in QUESTIONS:
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# ")
        ox.Store().query(text)  # without the prefixes that the product declares
    assert {file.stem for file in CASES.glob("*.json")} == {file.stem for file in QUESTIONS}
