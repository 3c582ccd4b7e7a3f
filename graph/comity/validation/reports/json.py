"""A report as JSON; ``report.schema.json`` beside this file describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from comity.validation.paths import short_path
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background
    from comity.validation.reports.shown import Shown
    from comity.validation.results import Result

__all__ = ["json_lines", "report_schema"]

VERSION = 1


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a report in JSON."""
    text = files("comity.validation.reports").joinpath("report.schema.json").read_text("utf-8")
    return dict(json.loads(text))


def json_lines(shown: Shown) -> Iterator[str]:
    """Iterate over the lines: what is said once, then one result a line."""
    report = shown.report
    head = {
        "version": VERSION,
        "conforms": report.conforms,
        "checked": report.checked,
        "profile": report.profile or None,
        "notes": list(report.notes),
        "counts": {severity.word: number for severity, number in report.counts.items()},
        "truncated": shown.truncated,
        "shapes": [
            {
                "code": shorten(shape),
                "shape": shape,
                "name": report.background.shapes.get(shape),
                "severity": severity.word,
                "count": len(members),
            }
            for (severity, shape), members in report.groups().items()
        ],
    }
    yield "{\n"
    for key, value in head.items():
        yield f"{_json(key)}: {_json(value)},\n"
    yield '"results": ['
    passages: set[str] = set()
    yield from _listed(_results(shown, passages))
    yield '],\n"passages": {'
    yield from _listed(
        f"{_json(passage)}: {_json(asdict(found))}" for passage, found in shown.cited(passages)
    )
    yield "}\n}\n"


def _results(shown: Shown, passages: set[str]) -> Iterator[str]:
    """Iterate over the results, and note the passages that they name."""
    for result, background in shown.furnished(shown.results(), words=False):
        passages.update(result.passages, result.value_passages)
        yield _json(_result(result, background))


def _listed(members: Iterator[str]) -> Iterator[str]:
    between = "\n"
    for member in members:
        yield f"{between}{member}"
        between = ",\n"
    if between != "\n":
        yield "\n"


def _result(result: Result, background: Background) -> dict[str, Any]:
    kind = result.value_kind
    value = {
        "kind": kind,
        "text": result.value,
        "datatype": result.datatype or None,
        "language": result.language or None,
        "label": background.labels.get(result.value) if kind == "iri" else None,
        "passages": list(result.value_passages),
    }
    files = background.files.get(result.focus, ())
    return {
        "severity": result.severity.word,
        "code": shorten(result.shape),
        "shape": result.shape,
        "focus": result.focus,
        "label": background.labels.get(result.focus),
        "path": result.path or None,
        "short_path": short_path(result.path) or None,
        "value": value if kind else None,
        "wrong": result.wrong,
        "advice": result.advice or None,
        "message": result.message,
        "constraint": result.constraint or None,
        "passages": list(result.passages),
        "files": [one.name for one in files],
        "lines": [one.line or None for one in files],
        "details": [_result(detail, background) for detail in result.details],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
