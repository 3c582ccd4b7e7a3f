"""What a profile says, and what follows for results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from comity.validation.names import OWN_CHECKS
from comity.validation.results import Result, Severity
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.report import Report

__all__ = ["Profile", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of the results of some shapes.

    Attributes
    ----------
    shape : str
        IRI of a shape, or a pattern for short forms in which ``*`` stands for
        anything and ``?`` for one character.
    severity : Severity or None
        ``None`` where the results are left out.
    """

    shape: str
    severity: Severity | None

    @property
    def is_pattern(self) -> bool:
        """Whether it may be about several shapes."""
        return any(sign in self.shape for sign in "*?")

    def fits(self, shape: str) -> bool:
        """Tell whether it is about a shape, given by its IRI."""
        if self.is_pattern:
            return fnmatchcase(shorten(shape), self.shape) or fnmatchcase(shape, self.shape)
        return shape == self.shape


@dataclass(frozen=True, slots=True)
class Profile:
    """A choice of severities.

    The shape's own line counts first; then, of the patterns that fit, the
    last; then the constraint; then the severity that the shape itself has.

    Attributes
    ----------
    name, description : str
    shapes : tuple of Rule
        By shape.
    constraints : mapping of str to Severity or None
        By IRI of the constraint component, such as that of ``sh:minCount``.
    severities : mapping of Severity to Severity or None
        By the severity that the shape has.
    """

    name: str
    description: str = ""
    shapes: tuple[Rule, ...] = ()
    constraints: Mapping[str, Severity | None] = field(default_factory=dict)
    severities: Mapping[Severity, Severity | None] = field(default_factory=dict)

    def severity(self, result: Result) -> Severity | None:
        """Return the severity that a result has here, ``None`` when it is left out.

        What a check that is no shape finds never becomes less: without it
        there would be no graph to look at.
        """
        chosen = self._chosen(result)
        if result.shape in OWN_CHECKS and not result.constraint:
            return max(result.severity, chosen or result.severity)
        return chosen

    def _chosen(self, result: Result) -> Severity | None:
        fitting = [rule for rule in self.shapes if rule.fits(result.shape)]
        if fitting:
            return min(reversed(fitting), key=lambda rule: rule.is_pattern).severity
        if result.constraint in self.constraints:
            return self.constraints[result.constraint]
        return self.severities.get(result.severity, result.severity)

    def judged(self, report: Report) -> Report:
        """Return a report with the severities of this profile."""
        results = []
        known: dict[tuple[str, str, Severity], Severity | None] = {}
        for result in report.results:
            kind = (result.shape, result.constraint, result.severity)
            if kind not in known:
                known[kind] = self.severity(result)
            severity = known[kind]
            if severity is not None:
                same = severity == result.severity
                other = replace(result, severity=severity, own_severity="")
                results.append(result if same else other)
        if all(kind[-1] == severity for kind, severity in known.items()):
            return replace(report, profile=self.name)  # as it is in order already
        return type(report).of(
            results,
            report.checked,
            profile=self.name,
            background=report.background,
            notes=report.notes,
        )
