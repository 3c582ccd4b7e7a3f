"""What a validation says: results as plain values, and what is needed to read them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import IO, TYPE_CHECKING

from comity.validation.background import Background
from comity.validation.results import Result, Severity

if TYPE_CHECKING:
    from comity.validation.lookup import About

__all__ = ["Report", "Result", "Severity"]

_WORDS = ((Severity.VIOLATION, "violation"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))


@dataclass(frozen=True)
class Report:
    """All results of a validation, worst first and grouped by shape.

    Attributes
    ----------
    results : tuple of Result
    checked : int or None
        How many nodes were checked, ``None`` when all were.
    profile : str
        Name of the profile that judged; empty where none was asked for.
    background : Background
        Labels, names of shapes and sentences.
    notes : tuple of str
        What readers must know of the check itself, such as parts of the shapes that
        were not understood.
    """

    results: tuple[Result, ...] = ()
    checked: int | None = None
    profile: str = ""
    background: Background = field(default_factory=Background)
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        results: Iterable[Result],
        checked: int | None = None,
        *,
        profile: str = "",
        background: Background | None = None,
        notes: Iterable[str] = (),
    ) -> Report:
        """Put results in order, each once; notes stay in theirs."""
        ordered = sorted(
            set(results),
            key=lambda one: (-one.severity, one.shape, *_rest(one), one.details),
        )
        said = tuple(dict.fromkeys(notes))
        return cls(tuple(ordered), checked, profile, background or Background(), said)

    def joined(self, results: Iterable[Result]) -> Report:
        """Return the report with some results more."""
        return replace(self, results=Report.of([*self.results, *results]).results)

    @property
    def conforms(self) -> bool:
        """True when no result is a violation; warnings alone do not fail."""
        return not self.counts[Severity.VIOLATION]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many results there are of each severity, worst first."""
        return {severity: self._counted[severity] for severity, _ in _WORDS}

    def at_least(self, severity: Severity) -> tuple[Result, ...]:
        """Return the results of a severity or worse."""
        return tuple(result for result in self.results if result.severity >= severity)

    def groups(self) -> dict[tuple[Severity, str], tuple[Result, ...]]:
        """Return the results by severity and shape, in the report's order."""
        return dict(self._grouped)

    # Both are asked for again and again, and a report may have 100,000 results.

    @cached_property
    def _counted(self) -> Counter[Severity]:
        return Counter(result.severity for result in self.results)

    @cached_property
    def _grouped(self) -> dict[tuple[Severity, str], tuple[Result, ...]]:
        found: dict[tuple[Severity, str], list[Result]] = {}
        for key, members in groupby(self.results, lambda result: (result.severity, result.shape)):
            found.setdefault(key, []).extend(members)
        return {key: tuple(members) for key, members in found.items()}

    def summary(self) -> str:
        """Say in one line how many results of each severity there are."""
        counts = self.counts
        said = ", ".join(
            f"{counts[severity]:,} {word}{'' if counts[severity] == 1 else 's'}"
            for severity, word in _WORDS
        )
        named = self.profile not in ("", "default")
        profile = f" (profile {self.profile})" if named else ""
        return f"{'conforms' if self.conforms else 'does not conform'}: {said}{profile}"

    def to_text(self, limit: int = 5) -> str:
        """Return the report for people, with the first results of each shape."""
        return self._written("table", limit)

    def to_json(self, limit: int = 0) -> str:
        """Return the report as JSON; ``reports/report.schema.json`` describes it."""
        return self._written("json", limit)

    def to_csv(self, limit: int = 0) -> str:
        """Return the report as CSV, one result a row, safe to open in a spreadsheet."""
        return self._written("csv", limit)

    def to_turtle(self, limit: int = 0) -> str:
        """Return the report as SHACL validation report (SHACL §3.6) in Turtle."""
        return self._written("turtle", limit)

    def to_html(self, limit: int = 5, fold: int = 500) -> str:
        """Return the report as a page that needs nothing else; further results are folded away."""
        return self._written("html", limit, fold)

    def _written(self, format_name: str, limit: int, fold: int = 0) -> str:
        stream = io.BytesIO()
        self.write(stream, format_name, limit=limit, fold=fold)
        return stream.getvalue().decode()

    def write(
        self,
        stream: IO[bytes],
        format_name: str,
        *,
        limit: int | None = None,
        fold: int | None = None,
        about: About | None = None,
    ) -> None:
        """Write the report to a binary stream; see :func:`comity.validation.reports.write`."""
        # Imported late: most reports are looked at in Python and written by nobody.
        from comity.validation.reports import write

        write(self, stream, format_name, limit=limit, fold=fold, about=about)


def _rest(result: Result) -> tuple[str, ...]:
    return (
        result.focus,
        result.path,
        result.value,
        result.message,
        result.datatype,
        result.language,
        result.constraint,
        result.against,
        *(name for step in result.way for name in step),
    )
