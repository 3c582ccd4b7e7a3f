"""A query of a shape, ready to be asked about many focus nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from comity.validation.constraints.base import THIS, Scope
from comity.validation.constraints.sparql.template import Template

__all__ = ["Query"]


@dataclass(frozen=True)
class Query:
    """A SELECT query in which some variables have a value before it is asked.

    Attributes
    ----------
    whole : Template
        All of it, with places for the pattern that binds ``?this``. Where it
        aggregates, it groups by what has a value.
    nested : Template
        All of it, to be asked within an EXISTS.
    body : Template
        Its outermost braces and what is in them, as those of an EXISTS.
    empty : Template or None
        Of a query that aggregates all rows together: the same for no rows.
    projected : tuple of str
        Names of the variables of its solutions.
    plain : bool
        Whether it has a solution iff its outermost braces have one.
    counting : bool
        Whether it aggregates, so that a row more changes what it finds.
    along_path : bool
        Whether it looks along the path of its shape.
    looks : bool
        Whether it looks at triples at all.
    one_by_one : bool
        Whether it must be asked about each node by itself: it takes the first
        few of its solutions, or looks at a node within ``GRAPH``.
    """

    whole: Template
    nested: Template
    body: Template
    empty: Template | None
    projected: tuple[str, ...]
    plain: bool = True
    counting: bool = False
    along_path: bool = False
    looks: bool = True
    one_by_one: bool = False

    def at_once(self, context: str, *, value: bool = False) -> str:
        """Write a query for the solutions of all nodes that a pattern binds ``?this`` to.

        Parameters
        ----------
        context : str
            May bind other variables too, and find a node more than once.
        value : bool
            Whether ``?value`` is the node where the query says nothing of it.

        Notes
        -----
        ``LATERAL`` (SPARQL-dev proposal SEP-0006; Oxigraph and Jena have it) answers
        its group anew for each solution before it.
        """
        nodes = self._apart(context)
        if not value:
            return self._solutions(nodes, {})
        others = "".join(f" ?{name}" for name in self.projected if name not in ("this", "value"))
        if "value" not in self.projected:
            inner, found = self._solutions(nodes, {}), THIS
        else:
            own = _unused("value", self.whole.names | Template.of(context).names)
            inner, found = self._solutions(nodes, {"value": own}), f"COALESCE(?{own}, {THIS})"
        return f"SELECT {THIS} ({found} AS ?value){others} WHERE {{ {{ {inner} }} }}"

    def _solutions(self, nodes: str, names: Mapping[str, str]) -> str:
        def variable(name: str) -> str:
            return f"?{names.get(name, name)}"

        listed = " ".join(map(variable, self.projected))
        whole = self.whole.filled("" if self.one_by_one else nodes, variable)
        if self.one_by_one:
            return f"SELECT {listed} WHERE {{ {nodes} LATERAL {{ {whole} }} }}"
        if self.empty is None:
            return whole
        body, empty = self.body.filled("", variable), self.empty.filled("", variable)
        none = f"FILTER(NOT EXISTS {body}) {{ {empty} }}"
        return f"SELECT {listed} WHERE {{ {{ {whole} }} UNION {{ {nodes} {none} }} }}"

    def exists(self, names: Mapping[str, str], scope: Scope) -> str:
        """Write an expression that is true iff there is a solution.

        Parameters
        ----------
        names : mapping of str to str
            The variables that have a value where the expression stands, by their
            name in this query.
        scope : Scope
        """
        variable = _renamed(names, scope)
        if self.plain:
            return f"EXISTS {self.body.filled(variable=variable)}"
        whole = self.nested.filled(variable=variable)
        if self.empty is None:
            return f"EXISTS {{ {whole} }}"
        some = f"EXISTS {self.body.filled(variable=variable)}"
        none = f"EXISTS {{ {self.empty.filled(variable=variable)} }}"
        return f"(EXISTS {{ {whole} }} || (!{some} && {none}))"

    def _apart(self, context: str) -> str:
        """Keep variables of a context apart from those here, and rows single that are counted."""
        template = Template.of(context)
        others = template.names - {THIS[1:]}
        if others & self.whole.names:
            taken = others | self.whole.names
            new = {name: _unused(name, taken) for name in sorted(others & self.whole.names)}
            context = template.filled(variable=lambda name: f"?{new.get(name, name)}")
        if others and (self.counting or self.one_by_one):
            return f"{{ SELECT DISTINCT {THIS} WHERE {{ {context} }} }}"
        return context


def _unused(name: str, taken: frozenset[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _renamed(names: Mapping[str, str], scope: Scope) -> Callable[[str], str]:
    """Return what gives each variable of a query a name that is used nowhere else."""
    known = dict(names)

    def variable(name: str) -> str:
        if name not in known:
            known[name] = scope.fresh(name)
        return known[name]

    return variable
