"""A report as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.results.safe import one_line
from comity.validation.paths import short_path
from comity.validation.reports.wording import SEVERITIES, cited, place, shared, value_text
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background
    from comity.validation.report import Report
    from comity.validation.results import Result

__all__ = ["text_lines"]

SENTENCES = 2


def text_lines(report: Report, limit: int) -> Iterator[str]:
    """Iterate over the lines: a summary, then each shape with its count and first results."""
    yield f"{report.summary()}\n"
    for (severity, shape), members in report.groups().items():
        named = report.background.shapes.get(shape, "")
        head = [SEVERITIES[severity], named, shorten(shape), f"{len(members):,}"]
        shown = members[:limit] if limit else members
        yield _line("\n", " · ".join(dict.fromkeys(part for part in head if part)))
        wrong = shared(members, lambda one: one.wrong)
        advice = shared(members, lambda one: one.advice)
        yield from _saying("  ", wrong, advice)
        for result in shown:
            yield from _result(result, report.background)
            yield from _saying(
                "      ", "" if wrong else result.wrong, "" if advice else result.advice
            )
            yield from _evidence(result, report.background)
        if len(shown) < len(members):
            yield f"    … and {len(members) - len(shown):,} more\n"


def _saying(indent: str, wrong: str, advice: str) -> Iterator[str]:
    if wrong:
        yield _line(indent, wrong)
    if advice:
        yield _line(indent, f"To do: {advice}")


def _result(result: Result, background: Background) -> Iterator[str]:
    label = background.labels.get(result.focus)
    node = f"{shorten(result.focus)} {label}" if label else shorten(result.focus)
    yield _line("    ", f"{node} · {short_path(result.path)}" if result.path else node)
    if value := value_text(result, background):
        yield _line("      ", f"value {value}")


def _evidence(result: Result, background: Background) -> Iterator[str]:
    for passage, found in list(cited(result, background))[:SENTENCES]:
        if found is not None:
            yield _line("      ", f"“{found.text}”")
        yield _line("        ", place(passage, found))
    more = len(result.passages) - SENTENCES
    if more > 0:
        yield f"        and {more} more passage{'' if more == 1 else 's'}\n"
    if not result.passages and result.focus in background.files:
        yield _line("        in ", ", ".join(background.files[result.focus]))


def _line(indent: str, text: str) -> str:
    return f"{indent}{one_line(text)}\n"
