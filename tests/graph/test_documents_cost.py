"""Adding a document: twice the text may take about twice the work, not four times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.validation.union import Union


def looked_up(folder: Path, sentences: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the triples that the check of one new document reads."""
    file = folder / f"text-{sentences}.txt"
    said = (f"Agency {number} met its partner in Baku. " for number in range(sentences))
    file.write_text("".join(said), encoding="utf-8")
    count = 0
    match = Union.match

    def counted(*arguments: Any, **named: Any) -> Iterator[Any]:
        nonlocal count
        for found in match(*arguments, **named):
            count += 1
            yield found

    with monkeypatch.context() as patched, comity.open() as graph:
        patched.setattr(Union, "match", counted)
        assert graph.add_document(file, title="Text", identifier="text").passages == sentences
    return count


def test_the_work_grows_with_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large, twice = (looked_up(tmp_path, size, monkeypatch) for size in (1, 60, 120))
    assert small < large
    assert twice - small < 2.1 * (large - small)
