"""A table as a source of the gate: rows become quads, and those that cannot be read are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.errors import InputError, ParameterError
from comity.gate.report import RowRefusal
from comity.tables.cells import Refused, without_controls
from comity.tables.context import Context
from comity.tables.reading import Table
from comity.tables.records import Record
from comity.tables.row import Row

__all__ = ["Refusal", "TableSource"]

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused row, with its cells as they stood in the table."""

    said: RowRefusal
    raw: tuple[str, ...]


class TableSource:
    """The quads of a table, row by row.

    Parameters
    ----------
    table : Table
    context : Context

    Attributes
    ----------
    read : int
        How many rows were read.
    refused : list of Refusal
        The rows that could not be read.
    """

    def __init__(self, table: Table, context: Context):
        self.table = table
        self._context = context
        self.read = 0
        self.refused: list[Refusal] = []

    @property
    def name(self) -> str:
        """How reports call it."""
        return self.table.name

    @property
    def sha256(self) -> str:
        """Digest of the file's bytes."""
        return self.table.sha256

    def quads(self) -> Iterator[ox.Quad]:
        """Iterate over the quads of the rows that can be read, each row's own once."""
        self.read = 0
        self.refused = []
        for record, quads in self.rows():
            self.read += 1
            if isinstance(quads, InputError):
                column = quads.column if isinstance(quads, Refused) else ""
                self.refuse(record, column, str(quads))
            else:
                yield from quads

    def rows(self) -> Iterator[tuple[Record, list[ox.Quad] | InputError]]:
        """Iterate over the rows, each with its quads or with what is wrong."""
        for record in self.table.records():
            yield record, self._quads_of(record)

    def refuse(self, record: Record, column: str, reason: str) -> None:
        """Set a row aside; a reason that repeats a whole long cell is cut."""
        if len(reason) > LONGEST_REASON:
            reason = f"{reason[:LONGEST_REASON]}…"
        said = RowRefusal(self.name, record.number, column, reason)
        self.refused.append(Refusal(said, record.raw))

    def _quads_of(self, record: Record) -> list[ox.Quad] | InputError:
        try:
            for column, cell in record.cells.items():
                if not without_controls(cell):
                    raise Refused("has a control character: type the cell again", column)
            row = Row(self._context, self.table.template, record)
            self.table.template.build(row)
        except InputError as error:
            return error
        except ParameterError as error:
            return Refused(str(error))
        return list(dict.fromkeys(row.quads))
