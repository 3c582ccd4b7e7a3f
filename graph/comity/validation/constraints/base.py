"""What every constraint component can say in SPARQL.

Variables are written with their question mark. An expression of a constraint
never ends in an error: what cannot be compared does not conform (SHACL §4).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, ClassVar, Self

import pyoxigraph as ox

from comity.store.terms import as_stored
from comity.validation.shapes.model import Shape
from comity.validation.shapes.path import Path, sparql_path, walked
from comity.validation.written import WRITTEN, as_written

if TYPE_CHECKING:
    from comity.validation.shapes.at import At
    from comity.validation.shapes.triples import Triples

__all__ = [
    "Constraint",
    "Read",
    "Scope",
    "ValueConstraint",
    "any_of",
    "breaks",
    "follows",
    "joined",
]

THIS, VALUE = "?this", "?value"
_GROUP = 8


class Scope:
    """What a query is written in: variables not used yet, and the classes of the data.

    Parameters
    ----------
    subclasses : callable
        Gives, for the IRI of a class, those of it and all its subclasses in the
        data graph (SHACL §1.1, "SHACL subclass"), itself first.
    exact : bool
        Whether the data were kept as they were written
        (:func:`comity.validation.written.as_written`).
    """

    def __init__(
        self,
        subclasses: Callable[[str], tuple[str, ...]] = lambda iri: (iri,),
        *,
        exact: bool = False,
    ):
        self.subclasses = subclasses
        self.exact = exact

    def fresh(self, name: str) -> str:
        """Return a variable that is used nowhere else."""
        return f"?{name}_{next(_NUMBERS)}"

    def term(self, term: ox.NamedNode | ox.Literal) -> str:
        """Write a term of the shapes as it stands in the data."""
        return str(as_written(term) if self.exact and isinstance(term, ox.Literal) else term)

    def datatypes(self, iri: str) -> tuple[str, ...]:
        """Return the datatypes that literals of a datatype may have in the data."""
        if self.exact:
            return (iri, WRITTEN + iri)
        return tuple(dict.fromkeys((_kept(iri), iri)))

    def compared(self, variable: str) -> str:
        """Write an expression for the value of a literal, to be compared by it."""
        if not self.exact:
            return variable
        datatype = f"STR(DATATYPE({variable}))"
        return (
            f"IF(COALESCE(STRSTARTS({datatype}, '{WRITTEN}'), false), "
            f"STRDT(STR({variable}), IRI(STRAFTER({datatype}, '{WRITTEN}'))), {variable})"
        )


# Parts of one query can be written in several scopes.
_NUMBERS = count(1)


def _kept(datatype: str) -> str:
    """Return the datatype under which the engine keeps literals of a datatype."""
    kept = as_stored(ox.Literal("1", datatype=ox.NamedNode(datatype)))
    return kept.datatype.value if isinstance(kept, ox.Literal) else datatype


@dataclass(frozen=True, slots=True)
class Read:
    """Something of the data graph that the result of a constraint depends on.

    Attributes
    ----------
    path : Path or None
        What is walked along from the focus node; ``None`` for the node itself.
    shape : Shape or None
        A shape that the nodes at the end of the path are then held against.
    everything : bool
        All triples that have a node at the end of the path as subject.
    unknown : bool
        Nobody said what it is: it can be anything in the data graph.
    """

    path: Path | None = None
    shape: Shape | None = None
    everything: bool = False
    unknown: bool = False


class Constraint(ABC):
    """One constraint of a shape.

    Attributes
    ----------
    component : str
        IRI of the constraint component.
    parameters : tuple of str
        IRIs of its parameters.
    screened : bool
        Whether :meth:`broken` is the way to find out which of many nodes break it;
        otherwise :meth:`select` is, asked once for all.
    messages : tuple of Literal
        Its own ``sh:message``; those of the shape count where it has none.
    """

    component: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]] = ()
    screened: ClassVar[bool] = True
    messages: tuple[ox.Literal, ...] = ()
    __slots__ = ()

    @classmethod
    def declared(cls, graph: Triples) -> Iterable[str]:  # noqa: ARG003 - others need it
        """Return its parameters; a component may find more of them in the shapes graph."""
        return cls.parameters

    @classmethod
    @abstractmethod
    def read(cls, at: At) -> Iterator[Self]:
        """Iterate over the constraints of this kind that a shape has.

        Only shapes that have one of the parameters are asked.

        Raises
        ------
        InputError
            A parameter is malformed.
        """

    @abstractmethod
    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        """Return an expression that is true iff a focus node does not satisfy the constraint.

        Parameters
        ----------
        focus : str
            The variable that holds the focus node.
        path : Path or None
            The path of the shape.
        scope : Scope
        """

    @abstractmethod
    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        """Return rests of groups that bind ``?this``: each solution is a result.

        They may bind ``?value``; ``?path``, where that is not the shape's; and
        ``?against``, what the value is at odds with.
        """

    def select(self, context: str, path: Path | None, scope: Scope) -> tuple[str, ...]:
        """Return queries for the results of all focus nodes.

        Parameters
        ----------
        context : str
            A pattern that binds ``?this`` to the focus nodes.
        path, scope
            As for :meth:`broken`.

        Returns
        -------
        tuple of str
            Each solution is a result: ``?this``, and as in :meth:`results`.
        """
        return tuple(
            f"SELECT DISTINCT {THIS} {VALUE} ?path ?against WHERE {{ {context} {rest} }}"
            for rest in self.results(path, scope)
        )

    def reads(self, path: Path | None) -> Iterable[Read]:
        """Say what of the data graph the constraint looks at; by default the value nodes."""
        return (Read(path),)

    def words(self) -> str:
        """Say in plain words what is asked for, for results of shapes without a message."""
        return ""


class ValueConstraint(Constraint):
    """A constraint that looks at each value node by itself."""

    __slots__ = ()

    @abstractmethod
    def fails(self, value: str, scope: Scope) -> str:
        """Return an expression that is true iff the value node in a variable fails."""

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        """Ask whether any value node fails."""
        if path is None:
            return self.fails(focus, scope)
        value = scope.fresh("v")
        return f"EXISTS {{ {follows(focus, path, value)} FILTER({self.fails(value, scope)}) }}"

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        """Find each value node that fails."""
        reach = f"BIND({THIS} AS {VALUE})" if path is None else follows(THIS, path, VALUE)
        return (f"{reach} FILTER({self.fails(VALUE, scope)})",)


def follows(begin: str, path: Path, end: str) -> str:
    """Write the pattern of a path between two variables or terms."""
    return f"{begin} {sparql_path(walked(path))} {end} ."


def any_of(expressions: Iterable[str]) -> str:
    """Join expressions by *or*."""
    return joined(expressions, "||") or "false"


def joined(expressions: Iterable[str], operator: str) -> str:
    """Join expressions by an operator for which brackets make no difference.

    Many are joined in groups of groups: the engine nests a long row as deep as it
    has members, for which its stack does not suffice.

    Examples
    --------
    >>> joined(["?a", "?b", "?c"], "&&")
    '(?a && ?b && ?c)'
    """
    parts = list(expressions)
    while len(parts) > 1:
        groups = [parts[at : at + _GROUP] for at in range(0, len(parts), _GROUP)]
        parts = [f"({f' {operator} '.join(group)})" for group in groups]
    return parts[0] if parts else ""


def breaks(shape: Shape, node: str, scope: Scope) -> str:
    """Write an expression that is true iff a node does not conform to a shape (§3.4.1)."""
    if shape.deactivated:
        return "false"
    return any_of(_broken(shape, node, scope))


def _broken(shape: Shape, node: str, scope: Scope) -> Iterator[str]:
    for constraint in shape.constraints:
        yield constraint.broken(node, shape.path, scope)
