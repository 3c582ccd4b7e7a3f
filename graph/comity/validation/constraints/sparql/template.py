"""The text of a query with places for a pattern and for names of variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from comity.validation.constraints.sparql.text import code_of

__all__ = ["Template"]


@dataclass(frozen=True)
class Template:
    """A text in which variables can be renamed and a pattern put in.

    Attributes
    ----------
    parts : tuple of str
        By turns text as it is, and the name of a variable; the name is empty at
        a place for the pattern.
    """

    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str, places: Iterable[int] = ()) -> Template:
        """Make a template of SPARQL without comments.

        Parameters
        ----------
        text : str
        places : iterable of int
            Where in it the pattern goes.

        Examples
        --------
        >>> Template.of("SELECT ?a { ?a ?b 1 }", [11]).parts
        ('SELECT ', 'a', ' {', '', ' ', 'a', ' ', 'b', ' 1 }')
        """
        slots = [(token.start, token.end) for token in code_of(text) if token.kind == "variable"]
        slots += [(place, place) for place in places]
        parts, last = [], 0
        for start, end in sorted(slots):
            parts += [text[last:start], text[start + 1 : end]]
            last = end
        return cls((*parts, text[last:]))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its variables."""
        return frozenset(name for name in self.parts[1::2] if name)

    def filled(
        self, pattern: str = "", variable: Callable[[str], str] = lambda name: f"?{name}"
    ) -> str:
        """Write it out.

        Parameters
        ----------
        pattern : str
            What goes into the places for it.
        variable : callable
            Gives the variable that stands for a name.
        """
        parts = list(self.parts)
        for at in range(1, len(parts), 2):
            parts[at] = variable(parts[at]) if parts[at] else f" {pattern} "
        return "".join(parts)
