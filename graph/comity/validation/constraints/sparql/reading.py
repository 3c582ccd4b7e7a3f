"""What is common to all nodes of a shapes graph that have a query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from comity.errors import InputError, NotSupported, QueryError
from comity.validation.constraints.base import Read
from comity.validation.constraints.sparql.compiling import compiled
from comity.validation.constraints.sparql.prefixes import prefixes_for
from comity.validation.constraints.sparql.query import Query
from comity.validation.shapes.at import At
from comity.validation.shapes.model import Node, Term
from comity.validation.shapes.path import Path, Predicate, followed, sparql_path
from comity.validation.shapes.read_path import read_path
from comity.validation.shapes.triples import written
from comity_ontology.terms import COMITY, SH, XSD

__all__ = ["Source", "looked_at"]

_READS = COMITY.NS + "reads"


@dataclass(frozen=True, slots=True)
class Source:
    """A node of a shapes graph that has a query.

    Attributes
    ----------
    at : At
        The shape that it is asked for.
    parameter : str
        IRI of the property of the shape because of which it is.
    value : Term or None
        The value of that, where errors should show it.
    node : Node
    form : str
        SELECT or ASK.
    about : str
        What errors begin with.
    """

    at: At
    parameter: str
    value: Term | None
    node: Node
    form: str
    about: str = ""

    def fault(self, said: str) -> InputError:
        """Make an error that names the shape and the node."""
        shown = None if isinstance(self.value, ox.BlankNode) else self.value
        return self.at.fault(self.parameter, shown, f"{self.about}{said}")

    def query(
        self, values: Mapping[str, ox.NamedNode | ox.Literal], names: Collection[str]
    ) -> Query:
        """Read the query.

        Parameters
        ----------
        values : mapping of str to term
            What parameters have as value, by the name of their variable.
        names : collection of str
            The names of all parameters.
        """
        known = {name: str(term) for name, term in values.items()}
        if isinstance(self.at.node, ox.NamedNode):
            known["currentShape"] = str(self.at.node)
        if self.at.path is not None:
            path = sparql_path(self.at.path)
            known["PATH"] = path if isinstance(self.at.path, Predicate) else f"({path})"
        word = self.form.lower()
        try:
            return compiled(
                self._text(SH.NS + word, f"sh:{word}"),
                self.form,
                prefixes=prefixes_for(self.at.graph, self.node),
                values=known,
                prebound=names,
            )
        except NotSupported as error:
            raise NotSupported(str(self.fault(f"its sh:{word}, {error}"))) from error
        except QueryError as error:
            raise self.fault(f"its sh:{word} cannot be used: {error}") from error

    def _text(self, parameter: str, name: str) -> str:
        found = self.at.graph.values(self.node, parameter)
        if len(found) != 1:
            count = f"has {len(found)} {name}; keep one" if found else f"lacks {name}; add it"
            raise self.fault(f"it {count}")
        if not isinstance(found[0], ox.Literal) or found[0].datatype.value != XSD.string:
            raise self.fault(f"its {name} is {written(found[0])}; give the query as text")
        return found[0].value

    def messages(self) -> tuple[ox.Literal, ...]:
        """Return its own messages."""
        return tuple(replace(self.at, node=self.node).messages())

    def declared(self) -> tuple[Path, ...] | None:
        """Return the paths along which it looks (``comity:reads``); ``None`` if nobody says."""
        values = self.at.graph.values(self.node, _READS)
        paths = tuple(read_path(self.at.graph, self.node, value, _READS) for value in values)
        return paths or None


def looked_at(
    declared: tuple[Path, ...] | None, path: Path | None, *, from_values: bool
) -> Iterator[Read]:
    """Say what a query looks at.

    Parameters
    ----------
    declared : tuple of Path or None
        Along which paths; ``None`` if nobody says.
    path : Path or None
        The shape's, if the query looks along it.
    from_values : bool
        Whether the paths begin at the value nodes, rather than at the focus node.
    """
    yield Read(path)
    if declared is None:
        yield Read(unknown=True)
    else:
        yield from (Read(followed(path if from_values else None, one)) for one in declared)
