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
    from comity.validation.report import Report
    from comity.validation.results import Result

__all__ = ["json_lines", "report_schema"]

VERSION = 1


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a report in JSON."""
    text = files("comity.validation.reports").joinpath("report.schema.json").read_text("utf-8")
    return dict(json.loads(text))


def json_lines(report: Report) -> Iterator[str]:
    """Iterate over the lines: what is said once, then one result a line."""
    background = report.background
    head = {
        "version": VERSION,
        "conforms": report.conforms,
        "checked": report.checked,
        "profile": report.profile or None,
        "counts": {severity.word: number for severity, number in report.counts.items()},
        "shapes": [
            {
                "code": shorten(shape),
                "shape": shape,
                "name": background.shapes.get(shape),
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
    yield from _listed(_json(_result(result, background)) for result in report.results)
    yield '],\n"passages": {'
    yield from _listed(
        f"{_json(passage)}: {_json(asdict(found))}"
        for passage, found in sorted(background.passages.items())
    )
    yield "}\n}\n"


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
    }
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
        "files": list(background.files.get(result.focus, ())),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
