"""The notebooks run, and what is stored in them is what they write."""

from __future__ import annotations

from pathlib import Path

import nbformat

from notebooks import executed, written


def test_the_researchers_notebook_writes_what_it_shows(root: Path) -> None:
    path = root / "docs" / "researcher.ipynb"
    stored = nbformat.read(path, as_version=4)
    nbformat.validate(stored)
    outputs = written(stored)
    assert sum(map(len, outputs)) >= 7
    assert written(executed(path)) == outputs, "run python docs/generate.py and look at it"
