"""A report as CSV, one result a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.results.safe import defused
from comity.validation.paths import short_path
from comity.validation.reports.wording import cited, detail_text, place
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background
    from comity.validation.reports.shown import Shown
    from comity.validation.results import Result

__all__ = ["COLUMNS", "csv_rows"]

COLUMNS = (
    "severity",
    "code",
    "shape_name",
    "focus",
    "label",
    "path",
    "value",
    "value_kind",
    "datatype",
    "language",
    "wrong",
    "advice",
    "constraint",
    "sentences",
    "places",
    "passages",
    "files",
    "lines",
    "value_label",
    "value_sentences",
    "value_places",
    "value_passages",
    "details",
)
"""Names of the columns."""


def csv_rows(shown: Shown) -> Iterator[str]:
    """Iterate over the lines (RFC 4180); cells that could run as a formula are defused.

    Several sentences, places, passages, files or details in one cell stand on
    lines of their own.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result, background in shown.furnished(shown.results()):
        writer.writerow([defused(cell) for cell in _cells(result, background)])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _cells(result: Result, background: Background) -> tuple[str, ...]:
    found = cited(result.passages, background)
    other = cited(result.value_passages, background)
    files = background.files.get(result.focus, ())
    return (
        result.severity.word,
        shorten(result.shape),
        background.shapes.get(result.shape, ""),
        result.focus,
        background.labels.get(result.focus, ""),
        short_path(result.path),
        result.value,
        result.value_kind,
        shorten(result.datatype),
        result.language,
        result.wrong,
        result.advice,
        shorten(result.constraint),
        "\n".join(one.text for _, one in found if one is not None),
        "\n".join(place(passage, one) for passage, one in found),
        "\n".join(result.passages),
        "\n".join(one.name for one in files),
        "\n".join(str(one.line or "") for one in files),
        background.labels.get(result.value, "") if result.value_is_iri else "",
        "\n".join(one.text for _, one in other if one is not None),
        "\n".join(place(passage, one) for passage, one in other),
        "\n".join(result.value_passages),
        "\n".join(detail_text(one, result, background) for one in result.details),
    )
