"""Results as Arrow tables and as frames of pandas and polars: the same types in all three."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.errors import NotSupported
from comity.results import Rows
from comity.results.frames import to_polars

XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(value: str, name: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + name))


# Name of the column, its terms, the type in Arrow, the values there.
COLUMNS = [
    ("integer", [typed("3", "integer"), None], pa.int64(), [3, None]),
    ("byte", [typed("7", "byte"), typed("-7", "int")], pa.int64(), [7, -7]),
    ("decimal", [typed("1.50", "decimal"), typed("-2", "decimal")], pa.decimal128(3, 2),
     [Decimal("1.50"), Decimal("-2.00")]),
    ("mixed_exact", [typed("1", "integer"), typed("0.5", "decimal")], pa.decimal128(2, 1),
     [Decimal("1.0"), Decimal("0.5")]),
    ("double", [typed("1e3", "double"), typed("INF", "double")], pa.float64(),
     [1000.0, float("inf")]),
    ("mixed_float", [typed("1", "integer"), typed("2.5", "float")], pa.float64(), [1.0, 2.5]),
    ("boolean", [typed("true", "boolean"), typed("0", "boolean")], pa.bool_(), [True, False]),
    ("day", [typed("1815-06-09", "date"), None], pa.date32(), [date(1815, 6, 9), None]),
    ("zoned", [typed("2020-01-01T01:00:00+01:00", "dateTime"), None],
     pa.timestamp("us", tz="UTC"), [datetime(2020, 1, 1, tzinfo=UTC), None]),
    ("zoneless", [typed("2020-01-01T01:00:00", "dateTime"), None], pa.timestamp("us"),
     [datetime(2020, 1, 1, 1), None]),
    ("zones_mixed", [typed("2020-01-01T01:00:00Z", "dateTime"),
     typed("2020-01-01T01:00:00", "dateTime")], pa.string(),
     ["2020-01-01T01:00:00Z", "2020-01-01T01:00:00"]),
    ("iri", [ox.NamedNode("https://example.org/a"), ox.BlankNode("b")], pa.string(),
     ["https://example.org/a", "_:b"]),
    ("text", [ox.Literal("KOBİA", language="az"), ox.Literal("")], pa.string(), ["KOBİA", ""]),
    ("days_and_text", [typed("2020-01-01", "date"), ox.Literal("2020")], pa.string(),
     ["2020-01-01", "2020"]),
    ("truth_and_number", [typed("true", "boolean"), typed("1", "integer")], pa.string(),
     ["true", "1"]),
    ("no_day", [typed("2021-02-30", "date"), typed("2021-02-25", "date")], pa.string(),
     ["2021-02-30", "2021-02-25"]),
    ("too_long", [typed("9" * 30, "integer"), None], pa.decimal128(30, 0),
     [Decimal("9" * 30), None]),
    ("longer_still", [typed("9" * 50, "integer"), None], pa.string(), ["9" * 50, None]),
    ("nothing", [None, None], pa.string(), [None, None]),
]  # fmt: skip


def one(name: str, terms: list[ox.Literal | None], **options: object) -> Rows:
    return Rows([name], [[term] for term in terms], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "terms", "kind", "values"), COLUMNS, ids=[c[0] for c in COLUMNS])
def test_arrow_types_follow_datatypes(name, terms, kind, values) -> None:
    table = one(name, terms).to_arrow()
    assert table.schema.field(name).type == kind
    assert table.column(name).to_pylist() == values


@pytest.mark.parametrize(("name", "terms", "kind", "values"), COLUMNS, ids=[c[0] for c in COLUMNS])
def test_polars_has_the_same_values(name, terms, kind, values) -> None:
    frame = one(name, terms).to_polars()
    assert frame.columns == [name]
    assert frame[name].to_list() == values


@pytest.mark.parametrize(("name", "terms", "kind", "values"), COLUMNS, ids=[c[0] for c in COLUMNS])
def test_pandas_has_the_same_values(name, terms, kind, values) -> None:
    column = one(name, terms).to_pandas()[name]
    found = [None if pd.isna(value) else value for value in column]
    if kind == pa.date32():
        found = [value and value.date() for value in found]
    assert found == [float(v) if isinstance(v, Decimal) else v for v in values]


def test_pandas_types_are_nullable() -> None:
    frame = Rows(
        ["n", "x", "b", "s", "d"],
        [[typed("1", "integer"), typed("1.5", "decimal"), typed("true", "boolean"),
          ox.Literal("a"), typed("2020-05-03", "date")], [None] * 5],
    ).to_pandas()  # fmt: skip
    assert [str(kind) for kind in frame.dtypes[:3]] == ["Int64", "Float64", "boolean"]
    assert isinstance(frame.dtypes["s"], pd.StringDtype)
    assert pd.api.types.is_datetime64_any_dtype(frame.dtypes["d"])
    assert frame["n"].sum() == 1
    assert frame["d"].dt.year.dropna().tolist() == [2020]


def test_an_empty_answer_has_the_declared_types(seeded) -> None:
    with comity.open(seeded, read_only=True) as graph:
        rows = graph.run("find-name", name="nobody of that name")
    table = rows.to_arrow()
    assert table.num_rows == 0
    assert table.column_names == list(rows.variables)
    assert one("n", [], types={"n": "integer"}).to_polars().schema == {"n": pl.Int64}
    assert one("n", [], types={"n": "date"}).to_arrow().schema.field("n").type == pa.date32()
    decimal = one("n", [None], types={"n": "decimal"}).to_arrow().schema.field("n").type
    assert pa.types.is_decimal(decimal)


def test_a_question_of_the_catalogue_becomes_a_frame(seeded) -> None:
    with comity.open(seeded, read_only=True) as graph:
        frame = graph.run("post-holders", on="2021-02-25", agency="KOBİA").to_polars()
    assert sorted(frame["personLabel"]) == ["Orhan Mammadov", "Rufat Atakishiyev"]
    assert set(frame["answer"]) == {"certain"}


def test_triples_become_a_frame(seeded) -> None:
    with comity.open(seeded, read_only=True) as graph:
        triples = graph.sparql("CONSTRUCT WHERE { agency:kosgeb comity:acronym ?a }")
    assert triples.to_pandas().to_dict("list") == {
        "subject": ["https://w3id.org/comity/id/agency/kosgeb"],
        "predicate": ["https://w3id.org/comity/ns#acronym"],
        "object": ["KOSGEB"],
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(
    st.none(), st.integers().map(lambda n: typed(str(n), "integer")),
    st.decimals(allow_nan=False, allow_infinity=False).map(
        lambda d: typed(f"{d:f}", "decimal")),
    st.floats(allow_nan=False).map(lambda x: typed(repr(x).replace("inf", "INF"), "double")),
    st.dates().map(lambda d: typed(d.isoformat(), "date")),
    st.datetimes().map(lambda d: typed(d.isoformat(), "dateTime")),
    st.text().map(ox.Literal),
), max_size=6))  # fmt: skip
def test_no_value_is_lost_whatever_the_mixture(terms: list[ox.Literal | None]) -> None:
    table = one("x", terms).to_arrow()
    values = table.column("x").to_pylist()
    assert [value is None for value in values] == [term is None for term in terms]
    if pa.types.is_string(table.schema.field("x").type):
        assert values == [term and term.value for term in terms]
    assert one("x", terms).to_polars().height == len(terms) == len(one("x", terms).to_pandas())


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(NotSupported, match=r"needs polars.*pip install 'comity\[tables\]'"):
        to_polars(lambda: pa.table({}))


def test_results_import_no_frame_library() -> None:
    code = (
        "import sys, comity.results; "
        "print({'pandas', 'polars', 'pyarrow', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
