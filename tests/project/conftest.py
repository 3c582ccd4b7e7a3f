"""The project's own files, and copies of them as a newcomer would get."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """The files of the project, relative to its folder: what git tracks or would track."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    names = {name for name in listed.stdout.split("\0") if name}
    return sorted(Path(name) for name in names if (ROOT / name).is_file())


@pytest.fixture(scope="session")
def outside() -> dict[str, str]:
    """An environment in which nothing points to this checkout, a terminal or a running test."""
    leads_back = (
        "COLUMNS",
        "COMITY_STORE",
        "PYTEST_ADDOPTS",
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
    )
    return {name: value for name, value in os.environ.items() if name not in leads_back}


@pytest.fixture(scope="session")
def make_clone(
    project_files: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """Make copies of the project as a fresh clone would be, each a repository of its own."""

    def make() -> Path:
        copy = tmp_path_factory.mktemp("clone") / "comity"
        for file in project_files:
            target = copy / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, target)
        for command in (["init", "-q"], ["add", "-A"]):
            subprocess.run(["git", *command], cwd=copy, check=True)
        return copy

    return make
