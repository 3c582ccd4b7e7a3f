"""What a validation says: results as plain values, and what is needed to read them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

from comity.validation.background import Background
from comity.validation.results import Result, Severity

__all__ = ["Report", "Result", "Severity"]

_WORDS = ((Severity.VIOLATION, "violation"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))


@dataclass(frozen=True, slots=True)
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
        notes: tuple[str, ...] = (),
    ) -> Report:
        """Put results in order, each once."""
        ordered = sorted(
            set(results), key=lambda result: (-result.severity, result.shape, *_rest(result))
        )
        return cls(tuple(ordered), checked, profile, background or Background(), notes)

    def joined(self, results: Iterable[Result]) -> Report:
        """Return the report with some results more."""
        return Report.of(
            [*self.results, *results],
            self.checked,
            profile=self.profile,
            background=self.background,
            notes=self.notes,
        )

    @property
    def conforms(self) -> bool:
        """True when no result is a violation; warnings alone do not fail."""
        return not self.at_least(Severity.VIOLATION)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many results there are of each severity, worst first."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity, _ in _WORDS}

    def at_least(self, severity: Severity) -> tuple[Result, ...]:
        """Return the results of a severity or worse."""
        return tuple(result for result in self.results if result.severity >= severity)

    def groups(self) -> dict[tuple[Severity, str], tuple[Result, ...]]:
        """Return the results by severity and shape, in the report's order."""
        found: dict[tuple[Severity, str], list[Result]] = {}
        for result in self.results:
            found.setdefault((result.severity, result.shape), []).append(result)
        return {key: tuple(members) for key, members in found.items()}

    def summary(self) -> str:
        """Say in one line how many results of each severity there are."""
        counts = self.counts
        said = ", ".join(
            f"{counts[severity]} {word}{'' if counts[severity] == 1 else 's'}"
            for severity, word in _WORDS
        )
        named = self.profile not in ("", "default")
        profile = f" (profile {self.profile})" if named else ""
        return f"{'conforms' if self.conforms else 'does not conform'}: {said}{profile}"

    def to_text(self, limit: int = 5) -> str:
        """Return the report for people, with the first results of each shape."""
        return self._written("table", limit)

    def to_json(self) -> str:
        """Return the report as JSON; ``reports/report.schema.json`` describes it."""
        return self._written("json")

    def to_csv(self) -> str:
        """Return the report as CSV, one result a row, safe to open in a spreadsheet."""
        return self._written("csv")

    def to_turtle(self) -> str:
        """Return the report as SHACL validation report (SHACL §3.6) in Turtle."""
        return self._written("turtle")

    def to_html(self, limit: int = 5) -> str:
        """Return the report as a page that needs nothing else; further results are folded away."""
        return self._written("html", limit)

    def _written(self, format_name: str, limit: int = 5) -> str:
        stream = io.BytesIO()
        self.write(stream, format_name, limit=limit)
        return stream.getvalue().decode()

    def write(self, stream: IO[bytes], format_name: str, *, limit: int = 5) -> None:
        """Write the report to a binary stream; see :func:`comity.validation.reports.write`."""
        # Imported late: most reports are looked at in Python and written by nobody.
        from comity.validation.reports import write

        write(self, stream, format_name, limit=limit)


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
    )
