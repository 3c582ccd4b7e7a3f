"""What a load says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from comity.validation import Report, Result

__all__ = ["LoadReport", "Refusal", "RowAccount", "RowRefusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A node whose new quads were not let in.

    Attributes
    ----------
    node : str
        IRI of the node.
    reasons : tuple of Result
        What is wrong with it.
    quads : tuple of Quad
        All that the load said about it and the store did not know.
    """

    node: str
    reasons: tuple[Result, ...]
    quads: tuple[ox.Quad, ...]


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row of a table that was set aside.

    Attributes
    ----------
    file : str
    row : int
        As the spreadsheet shows it: the headings are row 1.
    column : str
        The column at fault, or empty.
    reason : str
    """

    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowAccount:
    """The account of the tables of a load; the unit is the row.

    Attributes
    ----------
    read, loaded : int
        ``read`` is the sum of loaded, refused and held back.
    refused : tuple of RowRefusal
    held : int
        Rows in order that were not loaded since others are not, in a strict load.
    files : tuple of Path
        The tables that hold the refused rows, with a column for the reason.
    made : tuple of (str, str)
        IRI and name of what was made since nothing had the name.
    alike : tuple of (str, str, str)
        For the first of these, IRI of what was made, and IRI and name of what
        was there and has almost the same name: slips of the pen show here.
    places : tuple of (str, str, int)
        IRI of what a check of tables found something about, and file and row that
        first describe it; only where nothing is loaded.
    renamed : tuple of (str, str, str)
        IRI, preferred name and other name of what rows call otherwise than
        the graph does: slips of an ``id`` show here.
    """

    read: int
    loaded: int
    refused: tuple[RowRefusal, ...] = ()
    held: int = 0
    files: tuple[Path, ...] = ()
    made: tuple[tuple[str, str], ...] = ()
    alike: tuple[tuple[str, str, str], ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()
    places: tuple[tuple[str, str, int], ...] = ()

    def conservation(self) -> str:
        """Return the conservation line.

        Examples
        --------
        >>> RowAccount(12, 11, (RowRefusal("a.csv", 3, "kind", "is no code"),)).conservation()
        'rows: read 12 = loaded 11 + refused 1'
        """
        held = f" + held back {self.held:,}" if self.held else ""
        return (
            f"rows: read {self.read:,} = loaded {self.loaded:,} + refused "
            f"{len(self.refused):,}{held}"
        )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The account of one load; the unit is the quad.

    Attributes
    ----------
    load : str
        The load's identifier.
    files : tuple of str
        What was read.
    read, accepted, quarantined, duplicate, superseded, out_of_scope : int
        The conservation law: ``read`` is the sum of the others.
    refused : tuple of Refusal
        What was quarantined, by node.
    checks : Report
        All results, those of refused nodes and the warnings of accepted ones.
    quarantine : Path or None
        The file that holds what was refused, with reasons.
    committed : bool
        Whether the store was changed.
    validated : bool
        Whether the shapes were looked at.
    removed : Path or None
        The file that holds what went in the same step.
    rows : RowAccount or None
        The account of the rows, if tables were among what was loaded.
    """

    load: str
    files: tuple[str, ...]
    read: int
    accepted: int
    quarantined: int
    duplicate: int
    superseded: int = 0
    out_of_scope: int = 0
    refused: tuple[Refusal, ...] = ()
    checks: Report = field(default_factory=Report)
    quarantine: Path | None = None
    committed: bool = False
    validated: bool = True
    removed: Path | None = None
    rows: RowAccount | None = None

    @property
    def balanced(self) -> bool:
        """Whether nothing was lost and nothing came from nowhere."""
        return self.read == (
            self.accepted + self.quarantined + self.duplicate + self.superseded + self.out_of_scope
        )

    def conservation(self) -> str:
        """Return the conservation line.

        Examples
        --------
        >>> LoadReport("l1", ("a.ttl",), 7, 4, 2, 1).conservation()
        'read 7 = accepted 4 + quarantined 2 + duplicate 1 + superseded 0 + out of scope 0'
        """
        return (
            f"read {self.read:,} = accepted {self.accepted:,} + quarantined "
            f"{self.quarantined:,} + duplicate {self.duplicate:,} + superseded "
            f"{self.superseded:,} + out of scope {self.out_of_scope:,}"
        )
