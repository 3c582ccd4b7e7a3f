"""An invented register of releases, written as N-Triples; each statement stands there once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plants import Found, Plant, placed, plants
from release import release, time_point, times, world

from comity.shipped import shipped_triples

__all__ = ["Register", "read_expected", "smallest"]

# Triples about time points: in a release of a small register, and in a large one, which
# names each day there is.
_NEW_TIMES, _ALL_TIMES = 25, 27_000


@dataclass(frozen=True)
class Register:
    """A register of so many releases, with what is planted in some; some may be left out."""

    releases: int
    left_out: frozenset[int] = frozenset()

    @classmethod
    def of(cls, triples: int) -> Register:
        """Make one of about so many triples."""
        return cls(round(max(triples / (_each() + _NEW_TIMES), (triples - _ALL_TIMES) / _each())))

    @cached_property
    def planted(self) -> dict[int, Plant]:
        """The plants, by number of the release."""
        return placed(self.releases)

    def text(self) -> Iterator[str]:
        """Iterate over its N-Triples, release by release."""
        yield "".join([*ontology(), *world()])
        told: set[str] = set()  # some thousand days, then all have been told
        for number in (each for each in range(self.releases) if each not in self.left_out):
            lines, points = release(number), times(number)
            if number in self.planted:
                lines, more = self.planted[number].put(number, lines)
                points += more
            new = [point for point in dict.fromkeys(points) if point not in told]
            told.update(new)
            yield "".join([*lines, *map(time_point, new)])

    def expected(self) -> set[Found]:
        """Say what is to be found, whole."""
        return {found for number, plant in self.planted.items() for found in plant.expected(number)}

    def write(self, folder: Path) -> int:
        """Write ``data.nt`` and ``expected.json``; return the number of triples."""
        triples = 0
        with (folder / "data.nt").open("w", encoding="utf-8") as stream:
            for text in self.text():
                stream.write(text)
                triples += text.count("\n")
        (folder / "expected.json").write_text(json.dumps(sorted(self.expected())))
        return triples


def ontology() -> list[str]:
    """Give the ontology and the codes, which every store holds, as N-Triples."""
    triples = (triple for graph in shipped_triples().values() for triple in graph)
    return sorted({f"{triple} .\n" for triple in triples})


def read_expected(folder: Path) -> set[Found]:
    """Read what is to be found."""
    return {Found(*found) for found in json.loads((folder / "expected.json").read_text())}


def smallest() -> int:
    """Return how many triples have room for each violation once."""
    return round((len(plants()) + 2) * (_each() + _NEW_TIMES))


def _each() -> float:
    lines = [len(release(number)) for number in range(5)]
    return sum(lines) / len(lines)
