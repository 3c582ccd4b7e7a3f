"""A report as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.results.safe import one_line
from comity.validation.reports.wording import (
    SEVERITIES,
    detail_text,
    node_text,
    place,
    shared,
    shared_details,
    told,
    value_text,
)
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background
    from comity.validation.reports.shown import Shown
    from comity.validation.results import Result

__all__ = ["text_lines"]

SENTENCES = 2
DETAILS = 3


def text_lines(shown: Shown) -> Iterator[str]:
    """Iterate over the lines: a summary, then each shape with its count and first results."""
    report = shown.report
    yield f"{report.summary()}\n"
    for note in report.notes:
        yield _line("About this check: ", note)
    for (severity, shape), members in report.groups().items():
        named = report.background.shapes.get(shape, "")
        head = [SEVERITIES[severity], named, shorten(shape), f"{len(members):,}"]
        yield _line("\n", " · ".join(dict.fromkeys(part for part in head if part)))
        wrong = shared(members, lambda one: one.wrong)
        advice = shared(members, lambda one: one.advice)
        alike = shared_details(members)
        yield from _saying("  ", wrong, advice)
        yield from _details("  ", alike, members[0], report.background)
        first = shown.first(members)
        for result, background in shown.furnished(first):
            yield _line("    ", node_text(result, background))
            if value := value_text(result, background):
                yield _line("      ", f"value {value}")
            yield from _saying(
                "      ", "" if wrong else result.wrong, "" if advice else result.advice
            )
            if not alike:
                yield from _details("      ", result.details, result, background)
            yield from _evidence(result, background)
        if len(first) < len(members):
            yield f"    … and {len(members) - len(first):,} more\n"


def _saying(indent: str, wrong: str, advice: str) -> Iterator[str]:
    if wrong:
        yield _line(indent, wrong)
    if advice:
        yield _line(indent, f"To do: {advice}")


def _details(
    indent: str, details: Sequence[Result], result: Result, background: Background
) -> Iterator[str]:
    for detail in details[:DETAILS]:
        yield _line(indent, f"In detail: {detail_text(detail, result, background)}")
    if (more := len(details) - DETAILS) > 0:
        yield f"{indent}… and {more:,} more\n"


def _evidence(result: Result, background: Background) -> Iterator[str]:
    if result.focus in background.files:
        yield _line("      in ", ", ".join(map(str, background.files[result.focus])))
    yield from _quoted(result.passages, background)
    if result.value_passages:
        same = result.value_passages == result.passages
        yield f"      said of the value{': the same' if same else ':'}\n"
        if not same:
            yield from _quoted(result.value_passages, background)


def _quoted(passages: Sequence[str], background: Background) -> Iterator[str]:
    for passage, found in told(passages, background)[:SENTENCES]:
        if found is not None:
            yield _line("      ", f"“{found.text}”")
        yield _line("        ", place(passage, found))
    if (more := len(passages) - SENTENCES) > 0:
        yield f"        and {more:,} more passage{'' if more == 1 else 's'}\n"


def _line(indent: str, text: str) -> str:
    return f"{indent}{one_line(text)}\n"
