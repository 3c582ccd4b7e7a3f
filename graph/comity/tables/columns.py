"""What a template is: columns with their meaning, and how a row becomes nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from comity_ontology.names import search_key

if TYPE_CHECKING:
    from comity.tables.row import Row

__all__ = ["EVIDENCE", "INFERRED", "REASON", "Cells", "Column", "Template", "folded"]

Cells: TypeAlias = Mapping[str, str]
"""The filled cells of a row, by column name."""

REASON = "reason"
"""The column that a file of refused rows has besides its own; ignored when it is loaded."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a template.

    Attributes
    ----------
    name, says : str
        Its heading, and what belongs into it.
    required : bool
        Whether each row must fill it.
    many : bool
        Whether a cell may hold several values, with ``;`` or ``|`` between them.
    classes : tuple of str
        IRIs of the classes of the nodes that it names; empty for other columns.
    makes : str
        The class of the node that is made where nothing has the name; empty
        where such a row is refused.
    scheme : str
        The scheme of its codes; empty for other columns.
    people : bool
        Whether a value may go on in brackets: ``(as POST)``, ``(for AGENCY)``.
    """

    name: str
    says: str
    required: bool = False
    many: bool = False
    classes: tuple[str, ...] = ()
    makes: str = ""
    scheme: str = ""
    people: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of table.

    Attributes
    ----------
    name, says : str
        As in ``comity template NAME``, and what one row is.
    columns : tuple of Column
    build : callable
        Makes the statements of a row.
    examples : tuple of mapping
        Rows that load into a store with the shipped release.
    node_class : callable
        The class of the node that a row describes, from its cells; empty where
        a row describes no node that others can name.
    named_by : tuple of str
        Columns whose cells are names of that node, the most proper first.
    found_by : tuple of str
        Columns by which the node is looked for in the store.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    build: Callable[[Row], None]
    examples: tuple[Cells, ...]
    node_class: Callable[[Cells], str] = lambda _: ""
    named_by: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a table of this kind must have."""
        return tuple(column.name for column in self.columns if column.required)


def folded(heading: str) -> str:
    """Fold a heading for comparing: case, spaces, underscores and hyphens do not matter."""
    return " ".join(search_key(heading).replace("_", " ").replace("-", " ").split())


EVIDENCE = (
    Column(
        "document",
        "The document that says it: its identifier, short form or title. May be left empty where "
        "`--document` names one for all rows.",
    ),
    Column(
        "sentences",
        "Numbers of the sentences that say it, as `3, 13` or `3-5`; `comity why` shows them.",
        required=True,
    ),
)
INFERRED = (
    Column(
        "basis",
        "Fill this in only where the row is your own conclusion: what it rests on. The row then "
        "goes to the curation graph, each of its statements with an inference.",
    ),
    Column(
        "certainty", "How sure a conclusion is: certain, probable or possible.", scheme="certainty"
    ),
    Column("by", "Who concludes it. May be left empty where `--by` names somebody."),
)
