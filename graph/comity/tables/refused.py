"""Rows that were refused, in a table of their own that can be mended and loaded again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from comity.errors import StoreError
from comity.results.safe import safe_text
from comity.tables.cells import defused, restored
from comity.tables.columns import REASON, folded
from comity.tables.reading import Table

__all__ = ["write_refused"]


def write_refused(path: Path, table: Table, rows: Sequence[tuple[tuple[str, ...], str]]) -> None:
    """Write refused rows as they stood in their table, each with its reason.

    The file has the table's own separator, a mark by which spreadsheets know
    UTF-8, and no cell that a spreadsheet would take for a formula.

    Parameters
    ----------
    path : Path
        A file that is not there yet; folders are made.
    table : Table
        The table that the rows are from.
    rows : sequence of (cells, reason)

    Raises
    ------
    StoreError
        It cannot be written.
    """
    headings = table.raw_headings()
    place = next((at for at, name in enumerate(headings) if folded(name) == REASON), None)
    width = len(headings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=table.delimiter)
            writer.writerow(_with(headings, place, REASON, width))
            for cells, reason in rows:
                writer.writerow(_with(cells, place, safe_text(" ".join(reason.split())), width))
    except OSError as error:
        raise StoreError(
            f"what could be read is loaded, but the refused rows cannot be written to {path} "
            f"({error.strerror or error}); they are in {table.name} still"
        ) from error


def _with(cells: Sequence[str], place: int | None, reason: str, width: int) -> list[str]:
    """Put the reason in its column, or in one behind the others."""
    safe = [defused(restored(cell)) for cell in cells]
    safe += [""] * (width - len(safe))
    if place is not None:
        safe[place] = defused(reason)
        return safe
    # Cells under no heading stay where they are, and the reason stands before them.
    return [*safe[:width], defused(reason), *safe[width:]]
