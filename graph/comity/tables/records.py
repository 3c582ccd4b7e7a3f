"""A row of a table, as it was read."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Record"]


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table that is not empty.

    Attributes
    ----------
    number : int
        As the spreadsheet shows it: the headings are row 1.
    cells : dict
        The filled cells by column, without white space around.
    raw : tuple of str
        All cells as they stand in the file.
    extra : int
        How many filled cells stand under no heading.
    """

    number: int
    cells: dict[str, str]
    raw: tuple[str, ...]
    extra: int = 0
