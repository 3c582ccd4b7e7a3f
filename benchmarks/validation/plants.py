"""What is planted in some releases to break a shape, and what must then be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from release import DATA, filled, statements, values

from comity_ontology.prefixes import DEFAULT_BASE, VOCABULARIES

__all__ = ["COPIES", "SPARQL", "Found", "Plant", "placed", "plants"]

COPIES = 2  # of each plant, each in a release of its own
SPARQL = "SPARQL"
_ANY = "<urn:any>"
_POINT = f"<{DEFAULT_BASE}time/"


class Found(NamedTuple):
    """What is found: IRI of the shape, name of the component (as MinCount), IRI of the node."""

    shape: str
    component: str
    focus: str


@dataclass(frozen=True, slots=True)
class Plant:
    """A change of a release, with words in capitals.

    Parameters
    ----------
    title : str
    gone : tuple of str
        Statements to take out, in Turtle; ``*`` for any object.
    new : str
        Statements to put in, in Turtle.
    found : tuple of str
        Shape, component and focus node of all that is found then.
    """

    title: str
    gone: tuple[str, ...]
    new: str
    found: tuple[str, ...]

    def put(self, number: int, lines: list[str]) -> tuple[list[str], list[str]]:
        """Change the statements of a release; return them, and the time points that are new."""
        known = values(number)
        for pattern in self.gone:
            statement = pattern.replace(" *", f" {_ANY}")
            [out] = statements(filled(statement, known) + " .")
            kept = [line for line in lines if not line.startswith(out.partition(_ANY)[0])]
            if len(kept) == len(lines):
                raise ValueError(f"{self.title}: nothing to take out for {pattern}")
            lines = kept
        new = statements(filled(self.new, known))
        own = {line.split(" ", 1)[0] for line in new}
        named = {line.split(" ", 2)[2].removesuffix(" .\n") for line in new} - own
        points = [node[len(_POINT) : -1] for node in sorted(named) if node.startswith(_POINT)]
        return lines + new, points

    def expected(self, number: int) -> Iterator[Found]:
        """Say what is found in a release that is changed so."""
        for text in self.found:
            shape, component, focus = filled(text, values(number)).split()
            yield Found(VOCABULARIES["shape"] + shape, component, DEFAULT_BASE + focus)


def plants() -> list[Plant]:
    """Read all plants."""
    read: dict[str, dict[str, Any]] = {}
    for name in ("core", "sparql"):
        read |= yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        Plant(title, _many(plant.get("gone")), plant.get("new", ""), _many(plant["found"]))
        for title, plant in read.items()
    ]


def placed(releases: int) -> dict[int, Plant]:
    """Choose a release for each copy of each plant: the same ones in a register of any size."""
    known = plants()
    copies = min(COPIES, (releases - 1) // len(known))
    return {1 + at: plant for at, plant in enumerate(known * copies)}


def _many(value: str | list[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)
