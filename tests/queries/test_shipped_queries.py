"""Each shipped query against rows worked out by hand, in both engines.

``cases/queries/<name>/cases.yaml`` holds the questions: values of the parameters, the
columns that are compared, and the rows in their order. The data is the story that the case
names, else ``data.trig`` beside it, else the common story ``world.trig``.
``cases/seed/<name>.yaml`` asks the shipped release, ``cases/corpus/<name>.yaml`` the invented
corpus, whose passages are written ``mou-2014:3``. Cells are in short form; an empty cell is
unbound, and a cell of type ``iris`` holds several separated by spaces, compared as a set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.examples import CORPUS
from comity_ontology.prefixes import DEFAULT_BASE, prefixes
from comity_queries import Query, bind, catalog, parse_value
from comity_queries.lint import lint

CASES = Path(__file__).parents[1] / "cases"
QUERIES = catalog()
FIRST = {
    "agreements-between", "country-timeline", "who-met-whom", "post-holders", "agreement-status",
    "implementations", "signatories", "agency-profile", "person-profile", "evidence", "claims",
    "find-name",
}  # fmt: skip
PROJECTIONS = {
    "agency-agency", "country-country", "person-person", "person-agency", "person-post-agency",
    "agreement-lineage",
}  # fmt: skip
SHORT = dict(prefixes()) | {
    "bulletin": DEFAULT_BASE + "passage/bulletin/",
    "gazette": DEFAULT_BASE + "passage/gazette/",
    "news": DEFAULT_BASE + "passage/news/",
    "register": DEFAULT_BASE + "passage/register/",
    "release": DEFAULT_BASE + "passage/kosgeb-kobia-2021-02-25/",
    **{example.slug: f"{DEFAULT_BASE}passage/{example.slug}/" for example in CORPUS},
}
LONGEST_FIRST = sorted(SHORT.items(), key=lambda item: -len(item[1]))

Case = dict[str, Any]


def _read(path: Path) -> list[Any]:
    # Cells stay text: YAML would make dates and booleans of some.
    cases: list[Case] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return [pytest.param(path, case, id=f"{_name(path)}: {case['case']}") for case in cases]


def _name(path: Path) -> str:
    return path.parent.name if path.stem == "cases" else path.stem


STORIES = [case for path in sorted(CASES.glob("queries/*/cases.yaml")) for case in _read(path)]
SEED = [case for path in sorted(CASES.glob("seed/*.yaml")) for case in _read(path)]
INVENTED = [case for path in sorted(CASES.glob("corpus/*.yaml")) for case in _read(path)]


def _bound(query: Query, values: Mapping[str, Any]) -> str:
    typed: dict[str, object] = {}
    for name, value in values.items():
        parameter = query.parameters[name]
        if isinstance(value, list):
            typed[name] = [parse_value(parameter, text) for text in value]
        else:
            typed[name] = parse_value(parameter, value)
    return bind(query, typed)


def _short(iri: str) -> str:
    for prefix, namespace in LONGEST_FIRST:
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _cell(kind: str, value: str) -> str:
    if kind == "iri":
        return _short(value)
    if kind == "iris":
        return " ".join(sorted({_short(iri) for iri in value.split()}))
    if kind == "decimal" and value:
        return f"{Decimal(value).normalize():f}"
    return value


def _compared(query: Query, case: Case, rows: list[dict[str, str]]) -> list[list[str]]:
    return [
        [_cell(query.columns[name], row.get(name, "")) for name in case["columns"]] for row in rows
    ]


def _expected(query: Query, case: Case) -> list[list[str]]:
    kinds = [query.columns[name] for name in case["columns"]]
    assert all(len(row) == len(kinds) for row in case["rows"]), "a row has too few or many cells"
    return [
        [_cell(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in case["rows"]
    ]


@pytest.mark.parametrize("engine", ["embedded", "rdflib"])
@pytest.mark.parametrize(("path", "case"), STORIES)
def test_story(load: Callable[..., Any], path: Path, case: Case, engine: str) -> None:
    query = QUERIES[_name(path)]
    own = path.parent / "data.trig"
    story = case.get("story", "world.trig")
    data = load(own if own.exists() and "story" not in case else path.parents[1] / story)
    rows = getattr(data, engine)(_bound(query, case["values"]))
    assert _compared(query, case, rows) == _expected(query, case)


@pytest.mark.parametrize("engine", ["embedded", "rdflib"])
@pytest.mark.parametrize(("path", "case"), SEED)
def test_seed(seed: Any, path: Path, case: Case, engine: str) -> None:
    query = QUERIES[_name(path)]
    rows = getattr(seed, engine)(_bound(query, case["values"]))
    assert _compared(query, case, rows) == _expected(query, case)


@pytest.mark.parametrize("engine", ["embedded", "rdflib"])
@pytest.mark.parametrize(("path", "case"), INVENTED)
def test_corpus(invented: Any, path: Path, case: Case, engine: str) -> None:
    query = QUERIES[_name(path)]
    rows = getattr(invented, engine)(_bound(query, case["values"]))
    assert _compared(query, case, rows) == _expected(query, case)


def test_catalogue_holds_the_first_queries() -> None:
    assert set(QUERIES) >= FIRST | PROJECTIONS
    assert {name for name, query in QUERIES.items() if query.topic == "projections"} == PROJECTIONS


def test_every_query_has_expected_results() -> None:
    assert {_name(case.values[0]) for case in STORIES} == set(QUERIES)
    assert {_name(case.values[0]) for case in SEED} == set(QUERIES)
    assert {_name(case.values[0]) for case in INVENTED} >= set(QUERIES) - FIRST - PROJECTIONS


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_file_passes_the_lint(name: str) -> None:
    assert [str(finding) for finding in lint(QUERIES[name])] == []


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_file_runs_unmodified_and_gives_its_example(seed: Any, invented: Any, name: str) -> None:
    query = QUERIES[name]
    example = bind(query, query.example)
    for shipped in (seed, invented):
        assert shipped.embedded(query.text) == shipped.embedded(example)
    # One release alone has no two sources that disagree, and no event without a day.
    found = seed.embedded(example) or invented.embedded(example)
    assert found, "the example should find something in the documents that ship"
