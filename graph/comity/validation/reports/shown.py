"""What a format shows of a report, and what stands beside each result there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.validation.background import Background, Cited
from comity.validation.lookup import About, Lookup

if TYPE_CHECKING:
    from comity.validation.report import Report
    from comity.validation.results import Result

__all__ = ["Shown"]

BATCH = 1_000
"""For how many results labels and sentences are in memory, where they are looked up meanwhile."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A report, and how much of it is written.

    Attributes
    ----------
    report : Report
    limit : int
        How many results of each shape come first, or at all; 0 for all.
    fold : int
        How many more of each shape a page has folded away; 0 for all.
    about : callable or None
        Says what is known about a node, for a report without labels and
        passages: they are looked up for what is written, and not kept.
    """

    report: Report
    limit: int = 0
    fold: int = 0
    about: About | None = None

    def first(self, members: Sequence[Result]) -> Sequence[Result]:
        """Return the results of a shape that come first."""
        return members[: self.limit] if self.limit else members

    def results(self) -> Iterator[Result]:
        """Iterate over the first results of each shape."""
        for members in self.report.groups().values():
            yield from self.first(members)

    @property
    def truncated(self) -> bool:
        """Whether there are more."""
        groups = self.report.groups().values()
        return any(len(self.first(members)) < len(members) for members in groups)

    def furnished(
        self, results: Iterator[Result] | Sequence[Result], *, words: bool = True
    ) -> Iterator[tuple[Result, Background]]:
        """Iterate over results with their background, without the words of passages if need be."""
        if self.about is None:
            for result in results:
                yield result, self.report.background
            return
        lookup = Lookup(self.about)
        for batch in _batches(results):
            rested, labels = lookup.furnished(batch)
            known = lookup.cited(_passages(rested)) if words else {}
            background = replace(self.report.background, labels=labels, passages=known)
            for result in rested:
                yield result, background

    def cited(self, passages: set[str]) -> Iterator[tuple[str, Cited]]:
        """Iterate over the passages whose words are known, in the order of their IRIs."""
        known = self.report.background.passages
        find = known.get if self.about is None else Lookup(self.about).passage
        for passage in sorted(passages):
            if (cited := find(passage)) is not None:
                yield passage, cited


def _batches(results: Iterator[Result] | Sequence[Result]) -> Iterator[list[Result]]:
    batch: list[Result] = []
    for result in results:
        batch.append(result)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _passages(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        yield from result.passages
        yield from result.value_passages
