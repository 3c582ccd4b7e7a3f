"""How the examples of the pages run: beside the stores that the demos leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from running import copy_stores

# Examples of docstrings run where they are written.
collect_ignore_glob = ["python/*.md"]


@pytest.fixture(autouse=True)
def beside_the_stores(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run a page in a folder of its own, which holds the stores it opens."""
    if request.path.suffix == ".md":
        copy_stores(request.path.read_text(encoding="utf-8"), tmp_path)
        monkeypatch.chdir(tmp_path)
