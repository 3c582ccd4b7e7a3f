"""What is checked, and how bad what is found is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from comity.store import Store
from comity.validation.engine import validate
from comity.validation.incremental import Affected
from comity.validation.profiles.judging import Profile
from comity.validation.report import Report
from comity.validation.results import Result
from comity.validation.shapes.model import Shapes

__all__ = ["Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """Shapes, and the profile that judges what they find.

    Attributes
    ----------
    shapes : Shapes
    profile : Profile or None
        ``None`` for the severities of the shapes.
    """

    shapes: Shapes
    profile: Profile | None = None

    def check(
        self,
        store: Store,
        focus: Collection[str] | Affected | None = None,
        *,
        staged: Store | None = None,
        only_new: bool = False,
    ) -> Report:
        """Check nodes of a store; see :func:`comity.validation.validate`."""
        report = validate(store, self.shapes, focus, staged=staged, only_new=only_new)
        return report if self.profile is None else self.profile.judged(report)

    def judged(self, results: Iterable[Result]) -> Report:
        """Put in a report what else was found, not by shapes."""
        report = Report.of(results)
        return report if self.profile is None else self.profile.judged(report)
