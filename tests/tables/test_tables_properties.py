"""Whatever stands in the cells, a row goes in or is refused with a reason, and comes back whole."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comity
from comity.errors import InputError
from comity.tables import TEMPLATES
from comity.tables.cells import defused, languages, person, restored, several
from comity.wording import friendly_date

# What people, spreadsheets and attackers put into cells.
PIECES = [
    "Ada Lark", "note", "source:note", "2", "3-5", "2021-03-01", "25/02/2021", "[..2021]", "2018~",
    "agency:x", "http://[", "<http://x>", "https://example.org/a b", "=1+1", "'=1", "-", "@a", ";",
    "|", ",", '"', "'", "\n", "(as x)", "(for y)", " (as (z))", "tr: x", "tr:", "xx-: y", "\x00",
    "\u202e", "é", "李", "☺", "{}", "}", "\\", "?x", "code:", "code:visit", "meeting", "minister",
    "signing", "certain", "yes", "document", "TR", "implements", "comity:time", "skos:altLabel",
    "999999999999", "tenure:x", "person:", "_:b", "en", "a" * 300,
]  # fmt: skip
cells = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
simple = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("name", TEMPLATES)
@simple
@given(data=st.data())
def test_any_cells_go_in_or_are_refused(name, data, tmp_path: Path, note: Path) -> None:
    columns = [column.name for column in TEMPLATES[name].columns]
    good = {"document": "note", "sentences": "2", "by": "Ada"}
    rows = [
        {
            column: data.draw(cells if column not in good else st.just(good[column]) | cells)
            for column in columns
        }
        for _ in range(2)
    ]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    file = tmp_path / f"{name}.csv"
    file.write_bytes(text.getvalue().encode())
    with comity.open() as graph:
        graph.add_document(note)
        report = graph.load(file, curator="Ada")
        assert report.balanced
        assert report.rows.read == report.rows.loaded + len(report.rows.refused)
        assert all(one.reason and 2 <= one.row <= 3 for one in report.rows.refused)
        assert graph.validate().conforms


@given(cell=st.text())
def test_defusing_can_be_undone(cell) -> None:
    safe = defused(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(safe) == cell


@pytest.mark.parametrize("piece", [" ", "(as x)", "(as (", "x for ", "1-", "tr: ", ";", "..", "a "])
def test_no_cell_takes_long(piece) -> None:
    cell = "a" + piece * (130_000 // len(piece)) + "b"
    start = time.perf_counter()
    for read in (several, languages, person, friendly_date, defused):
        try:
            read(cell)
        except InputError:
            continue
    assert time.perf_counter() - start < 5
